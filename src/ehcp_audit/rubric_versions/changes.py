"""What a comparison of two versions holds: every change, each of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ehcp_audit.domain.rubric import Rubric

ChangeKind = Literal[
    "wording", "agency", "evidence", "moved", "conditions", "reweighted", "meaning", "scale",
    "grading", "added", "retired", "replaced", "split", "merged",
]  # fmt: skip

# In the order of a heading: how many of each there are.
KIND_LABELS: Final[Mapping[ChangeKind, str]] = {
    "added": "added",
    "retired": "retired",
    "replaced": "replaced",
    "split": "split",
    "merged": "merged",
    "meaning": "changed meaning",
    "scale": "changed scale",
    "reweighted": "reweighted",
    "conditions": "changed conditions",
    "grading": "changed grading",
    "moved": "moved",
    "evidence": "evidence asked",
    "agency": "changed agency",
    "wording": "wording",
}

# What the rubric is made of, in the order of its file.
PART_LABELS: Final[Mapping[str, str]] = {
    "rubric": "The rubric",
    "scale": "Scale",
    "grades": "Grades",
    "limits": "Limits",
    "themes": "Themes",
    "causes": "Causes",
    "sources": "Sources",
    "facts": "Facts",
    "retired": "Retired criteria",
    "criteria": "Criteria",
}


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    Attributes:
        kind: what it does to drafts, trends and grades depends on this alone.
        part: the part of the rubric it belongs to: a name of `PART_LABELS`, or of a field.
        id: which one of the part, such as a criterion's id; empty for a part that is one.
        title: what that one is called.
        what: the key that differs; empty where the whole came or went.
        old: how it was, in words; empty for nothing.
        new: how it is, in words; empty for nothing.
    """

    kind: ChangeKind
    part: str
    id: str
    title: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """Two versions of a rubric and every change from the old to the new.

    `replaced_by` maps a criterion that is gone to those that took its place.
    """

    old: Rubric
    new: Rubric
    changes: tuple[Change, ...]
    replaced_by: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind that occurs, the gravest kind first."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in KIND_LABELS if kind in counted}

    @property
    def added(self) -> tuple[str, ...]:
        """The ids of the criteria that only the new version has, whatever they replace."""
        return tuple(c.id for c in self.new.criteria if not self.old.has_criterion(c.id))

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of the criteria that only the old version has, whatever replaced them."""
        return tuple(c.id for c in self.old.criteria if not self.new.has_criterion(c.id))

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of these kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)
