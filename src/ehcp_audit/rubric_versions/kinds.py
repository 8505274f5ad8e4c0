"""Which kind of change each key of the rubric makes.

A key that is not named here counts as the kind that assumes most of its part, so that a key the
format gains is never taken for wording by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ehcp_audit.rubric_versions.changes import ChangeKind

_KINDS: Final[Mapping[str, Mapping[ChangeKind, str]]] = {
    "rubric": {
        "wording": "title summary owner effective_from effective_to law_as_at ungraded_says",
        "meaning": "id",
    },
    "scale": {"wording": "not_applicable not_evidenced"},
    "levels": {"wording": "id label symbol meaning"},
    "grades": {"wording": "label"},
    "limits": {"wording": "says order"},
    "themes": {"wording": "title order"},
    "causes": {"wording": "label order"},
    "sources": {"wording": "title by date order"},
    "criteria": {
        "wording": "title guidance sections ask_cause law on_lowest findings examples order",
        "agency": "agency scored_by",
        "evidence": "evidence_at",
        "moved": "theme",
        "conditions": "applies_when",
        "reweighted": "weight",
        "grading": "limiting measured",
    },
    "facts": {"wording": "label help group"},
    "retired": {"wording": "since why replaced_by order"},
}
_OTHERWISE: Final[Mapping[str, ChangeKind]] = {
    "rubric": "grading",
    "scale": "scale",
    "levels": "scale",
    "grades": "grading",
    "limits": "grading",
    "themes": "moved",
    "causes": "wording",
    "sources": "wording",
    "criteria": "meaning",
    "facts": "conditions",
    "retired": "wording",
}
_COMING: Final[Mapping[str, ChangeKind]] = {"themes": "added", "criteria": "added"}
_GOING: Final[Mapping[str, ChangeKind]] = {"themes": "retired", "criteria": "retired"}
_BY_KEY: Final[Mapping[tuple[str, str], ChangeKind]] = {
    (part, key): kind
    for part, kinds in _KINDS.items()
    for kind, keys in kinds.items()
    for key in keys.split()
}


def kind_of(part: str, key: str) -> ChangeKind:
    """Return the kind of a change of one key of a part."""
    return _BY_KEY.get((part, key), _otherwise(part))


def kind_of_coming(part: str) -> ChangeKind:
    """Return the kind of a change that adds a whole level, grade or criterion."""
    return _COMING.get(part, _otherwise(part))


def kind_of_going(part: str) -> ChangeKind:
    """Return the kind of a change that takes a whole level, grade or criterion away."""
    return _GOING.get(part, _otherwise(part))


def _otherwise(part: str) -> ChangeKind:
    return _OTHERWISE.get(part, "conditions")
