"""Criteria that came and went: added, retired, replaced by one, split into several, merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.rubric_versions.changes import Change, ChangeKind
from ehcp_audit.rubric_versions.values import in_words


def replacements(
    old: Rubric, new: Rubric, given: Mapping[str, Sequence[str]] | None
) -> dict[str, tuple[str, ...]]:
    """Return what took the place of each criterion that is gone, as far as anybody says.

    `given` overrides what the new version says of its retired criteria.
    """
    said = _said_by(new) if given is None else given
    kept: dict[str, tuple[str, ...]] = {}
    for criterion in old.criteria:
        targets = tuple(key for key in said.get(criterion.id, ()) if new.has_criterion(key))
        if targets and not new.has_criterion(criterion.id):
            kept[criterion.id] = targets
    return kept


def _said_by(new: Rubric) -> dict[str, tuple[str, ...]]:
    return {each.id: tuple(each.replaced_by) for each in new.retired}


def replacing_changes(
    old: Rubric, new: Rubric, replaced: Mapping[str, tuple[str, ...]]
) -> Iterator[Change]:
    """Yield what became of each criterion that is gone, then those that are new."""
    sources: dict[str, list[str]] = {}
    for gone, targets in replaced.items():
        for target in targets:
            sources.setdefault(target, []).append(gone)
    merged = {
        target
        for target, gone in sources.items()
        if len(gone) > 1 or (len(replaced[gone[0]]) == 1 and old.has_criterion(target))
    }
    for criterion in old.criteria:
        targets = replaced.get(criterion.id, ())
        if new.has_criterion(criterion.id) or (len(targets) == 1 and targets[0] in merged):
            continue  # a merged one is told with what it was merged into
        if targets:
            kind: ChangeKind = "replaced" if len(targets) == 1 else "split"
            took_its_place = [new.criterion(key) for key in targets]
            yield _change(kind, criterion, _named([criterion]), _named(took_its_place))
        else:
            why = in_words(_why_retired(new, criterion.id))
            yield _change("retired", criterion, in_words(criterion.question), why)
    for target in (key for key in sources if key in merged):
        into = new.criterion(target)
        gone_into = [old.criterion(key) for key in sources[target]]
        yield _change("merged", into, _named(gone_into), _named([into]))
    for criterion in new.criteria:
        if criterion.id not in sources and not old.has_criterion(criterion.id):
            yield _change("added", criterion, "", in_words(criterion.question))


def _why_retired(new: Rubric, criterion_id: str) -> str:
    said = (each.why for each in new.retired if each.id == criterion_id)
    return next(said, "")


def _change(kind: ChangeKind, about: Criterion, old: str, new: str) -> Change:
    return Change(kind, "criteria", about.id, about.title, "", old, new)


def _named(criteria: Sequence[Criterion]) -> str:
    return ", ".join(f"“{criterion.title}” ({criterion.id})" for criterion in criteria)
