"""Before and after: what re-audits say of the plans that were put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ehcp_audit.domain.questions import AuditedAgain, Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.trends.asking import versions_used
from ehcp_audit.trends.measures import GOOD_OR_BETTER, Measure, measures_of
from ehcp_audit.trends.shares import Share

if TYPE_CHECKING:
    from ehcp_audit.store import Store


@dataclass(frozen=True)
class BeforeAndAfter:
    """One measure of the same plans, before and after; only plans that have it both times."""

    measure: Measure
    before: Share
    after: Share


@dataclass(frozen=True)
class Again:
    """What re-audits show.

    Attributes:
        question: what was asked; its filters and days are those of the re-audit.
        rubrics: the versions in use, oldest first.
        pairs: the re-audits beside the audits they follow.
        put_right: questions below the meeting level before that are at it or above after.
        put_right_by: the same by criterion, in the order of the rubric; those with none left out.
        slipped: questions at the meeting level before that are below it after.
        lines: grade and themes before and after.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    pairs: tuple[AuditedAgain, ...]
    put_right: Share
    put_right_by: tuple[tuple[str, Share], ...]
    slipped: Share
    lines: tuple[BeforeAndAfter, ...]


def again(store: Store, question: Question) -> Again:
    """Return what the re-audits of a rubric show; raises `UsageError` for an unknown rubric."""
    rubrics = versions_used(store, question.rubric_id)
    rubric = rubrics[-1]
    measures = measures_of(rubrics)
    shown = [measures[GOOD_OR_BETTER]]
    shown += [measures[f"theme:{theme.id}"] for theme in rubric.themes]
    ids = [criterion.id for criterion in rubric.criteria if not criterion.measured]
    wanted = dict.fromkeys([*ids, *(one for each in shown for one in each.criteria)])
    pairs = store.audited_again(question, tuple(wanted))
    by_id = {one: _moved(pairs, one, rubrics, was_met=False) for one in ids}
    fell = [_moved(pairs, one, rubrics, was_met=True) for one in ids]
    return Again(
        question=question,
        rubrics=rubrics,
        pairs=pairs,
        put_right=_pooled(list(by_id.values())),
        put_right_by=tuple(
            (rubric.criterion(one).title, share) for one, share in by_id.items() if share.total
        ),
        slipped=_pooled([Share(each.total - each.count, each.total) for each in fell]),
        lines=tuple(_line(pairs, each) for each in shown),
    )


def _pooled(shares: Sequence[Share]) -> Share:
    return Share(sum(each.count for each in shares), sum(each.total for each in shares))


def _moved(
    pairs: Sequence[AuditedAgain], criterion: str, rubrics: Sequence[Rubric], *, was_met: bool
) -> Share:
    """Return how many plans meet a criterion after, of those that did (not) before."""
    met_from: Mapping[str, int] = {each.hash: each.scale.met_from for each in rubrics}
    count = total = 0
    for pair in pairs:
        before = pair.before.levels.get(criterion, 0)
        after = pair.after.levels.get(criterion, 0)
        if before > 0 and after > 0 and (before >= met_from[pair.before.rubric_hash]) == was_met:
            total += 1
            count += after >= met_from[pair.after.rubric_hash]
    return Share(count, total)


def _line(pairs: Sequence[AuditedAgain], measure: Measure) -> BeforeAndAfter:
    both = [
        pair
        for pair in pairs
        if measure.share([pair.before]).total and measure.share([pair.after]).total
    ]
    return BeforeAndAfter(
        measure,
        measure.share([pair.before for pair in both]),
        measure.share([pair.after for pair in both]),
    )
