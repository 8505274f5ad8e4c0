"""What managers decide on, defined once: every measure says what it counts, and out of what."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import FACTS_BY_ID
from ehcp_audit.domain.questions import (
    GRADE_ID,
    THEME_MET,
    THEME_PREFIX,
    CountedAudit,
    theme_criterion,
)
from ehcp_audit.domain.rubric import (
    AGENCIES,
    AGENCY_LABELS,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    Agency,
    Criterion,
    Rubric,
)
from ehcp_audit.domain.versions import grade_key, theme_key
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.twenty_weeks import on_time, on_time_without_exceptions

Improvement = Literal["up", "down", "neutral"]

GOOD_OR_BETTER: Final = "good-or-better"
INADEQUATE: Final = "inadequate"
NOT_SEEN: Final = "not-seen"
CRITERION_PREFIX: Final = "criterion:"
AGENCY_PREFIX: Final = "agency:"
REVIEW_PREFIX: Final = "review:"
ON_TIME: Final = "on-time"
_GOOD: Final = "good"


@dataclass(frozen=True)
class Measure:
    """One measure of a rubric, in the sense of its newest version.

    Attributes:
        id: how commands and files name it.
        title: how pages name it.
        counts: what is counted, such as “plans graded Good or Outstanding”.
        out_of: what it is a share of.
        improvement: which way is better.
        criteria: the tally ids that it looks at.
        versions: hashes of the rubric versions in which it means the same.
        of: of one audit, how many it counts and out of how many; (0, 0) is outside.
        per_plan: whether an audit is one trial, so that a binomial interval is right.
    """

    id: str
    title: str
    counts: str
    out_of: str
    improvement: Improvement
    criteria: tuple[str, ...]
    versions: frozenset[str]
    of: Callable[[CountedAudit], tuple[int, int]]
    per_plan: bool = True

    @property
    def definition(self) -> str:
        """What is counted and out of what, in one sentence."""
        return f"{self.counts[:1].upper()}{self.counts[1:]} ÷ {self.out_of}."

    def share(self, audits: Sequence[CountedAudit]) -> Share:
        """Return the share over audits; those of versions in which it means another are outside."""
        count = total = 0
        for audit in audits:
            if audit.rubric_hash in self.versions:
                counted, out_of = self.of(audit)
                count += counted
                total += out_of
        return Share(count, total)


def measures_of(rubrics: Sequence[Rubric]) -> dict[str, Measure]:
    """Return every measure of a rubric by id; `rubrics` are its versions in use, oldest first."""
    measures = [
        *_grades(rubrics),
        *(_theme(rubrics, theme.id) for theme in rubrics[-1].themes),
        *_agencies(rubrics),
        _not_seen(rubrics),
        *_timeliness(rubrics),
        *_review_outcomes(rubrics),
        *(_criterion(rubrics, criterion) for criterion in rubrics[-1].criteria),
    ]
    return {measure.id: measure for measure in measures}


def measure_named(named: str, measures: Mapping[str, Measure]) -> Measure:
    """Return a measure by its id, a criterion also by its own; the error names the valid ones."""
    wanted = named.strip().lower()
    for candidate in (wanted, CRITERION_PREFIX + wanted, THEME_PREFIX + wanted):
        if candidate in measures:
            return measures[candidate]
    close = difflib.get_close_matches(wanted, measures, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    what = f"“{named}” is not a measure{hint}."
    raise UsageError(what, f"Use one of: {', '.join(measures)}.")


def criterion_named(named: str, rubric: Rubric) -> str:
    """Return a criterion's id as typed, in any case; the error names the valid ones."""
    wanted = named.strip().lower().removeprefix(CRITERION_PREFIX)
    ids = [criterion.id for criterion in rubric.criteria]
    if wanted in ids:
        return wanted
    close = difflib.get_close_matches(wanted, ids, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    what = f"“{named}” is not a question of {rubric.name}{hint}."
    raise UsageError(what, f"Use one of: {', '.join(ids)}.")


def _same(rubrics: Sequence[Rubric], key: Callable[[Rubric], str]) -> frozenset[str]:
    """Return the versions that mean the same by `key` as the newest."""
    newest = key(rubrics[-1])
    return frozenset(rubric.hash for rubric in rubrics if key(rubric) == newest)


def good_or_better(rubric: Rubric) -> tuple[str, ...]:
    """Return the ids of the grades, best first, that are Good or better.

    They end with Good where there is one; else they are the better half of the grades.
    """
    best_first = [rule.id for rule in rubric.grades]
    line = best_first.index(_GOOD) if _GOOD in best_first else max(len(best_first) // 2 - 1, 0)
    return tuple(best_first[: line + 1])


def good_title(rubric: Rubric) -> str:
    """Return what a rubric's grades of Good or better are together called."""
    good = good_or_better(rubric)
    label = rubric.grades[len(good) - 1].label
    return f"{label} or better" if len(good) > 1 else label


def _grades(rubrics: Sequence[Rubric]) -> Iterator[Measure]:
    rubric = rubrics[-1]
    same = _same(rubrics, grade_key)
    good = good_or_better(rubric)
    good_rank = rubric.grade_rank(good[-1])
    labels = [rule.label for rule in rubric.grades]
    better = " or ".join(reversed(labels[: len(good)]))
    title = good_title(rubric)

    def by_rank(wanted: Callable[[int], bool]) -> Callable[[CountedAudit], tuple[int, int]]:
        def of(audit: CountedAudit) -> tuple[int, int]:
            rank = audit.levels.get(GRADE_ID, 0)
            return (int(wanted(rank)), 1) if rank > 0 else (0, 0)

        return of

    yield Measure(
        GOOD_OR_BETTER, title, f"plans graded {better}", "plans graded", "up",
        (GRADE_ID,), same, by_rank(lambda rank: rank >= good_rank),
    )  # fmt: skip
    yield Measure(
        INADEQUATE, labels[-1], f"plans graded {labels[-1]}", "plans graded", "down",
        (GRADE_ID,), same, by_rank(lambda rank: rank == 1),
    )  # fmt: skip


def _theme(rubrics: Sequence[Rubric], theme_id: str) -> Measure:
    rubric = rubrics[-1]
    measured = theme_criterion(theme_id)
    met_at = rubric.theme_met_at * 100
    meets = rubric.scale.level(rubric.scale.met_from).label
    holders = [each for each in rubrics if any(theme.id == theme_id for theme in each.themes)]

    def of(audit: CountedAudit) -> tuple[int, int]:
        result = audit.levels.get(measured, NOT_EVIDENCED)
        return (int(result == THEME_MET), 1) if result > 0 else (0, 0)

    return Measure(
        measured,
        rubric.theme(theme_id).title,
        f"plans where at least {float(met_at):g}% of that theme's scored weight is at {meets} or "
        "better",
        "plans with the theme scored",
        "up",
        (measured,),
        _same(holders, lambda each: theme_key(each, theme_id)),
        of,
    )


def _criterion(rubrics: Sequence[Rubric], criterion: Criterion) -> Measure:
    rubric = rubrics[-1]
    met_from = rubric.scale.met_from
    holders = [each for each in rubrics if each.has_criterion(criterion.id)]

    def of(audit: CountedAudit) -> tuple[int, int]:
        level = audit.levels.get(criterion.id, NOT_EVIDENCED)
        return (int(level >= met_from), 1) if level > 0 else (0, 0)

    return Measure(
        CRITERION_PREFIX + criterion.id,
        criterion.title,
        f"plans at {rubric.scale.level(met_from).label} or better",
        "plans given a level",
        "up",
        (criterion.id,),
        _same(holders, lambda each: each.comparison_key(criterion.id)),
        of,
    )


def contributions(rubric: Rubric, agency: Agency) -> tuple[Criterion, ...]:
    """Return the criteria that show an agency's contribution.

    They are those it owns where a weak answer asks for its cause; where it has none, all it owns.
    """
    owned = [each for each in rubric.criteria if each.agency == agency and not each.measured]
    return tuple([each for each in owned if each.ask_cause] or owned)


def _agencies(rubrics: Sequence[Rubric]) -> Iterator[Measure]:
    for agency in AGENCIES:
        criteria = contributions(rubrics[-1], agency)
        if criteria:
            yield _agency(rubrics, agency, criteria)


def _agency(rubrics: Sequence[Rubric], agency: Agency, criteria: Sequence[Criterion]) -> Measure:
    rubric = rubrics[-1]
    ids = tuple(criterion.id for criterion in criteria)
    met_from = rubric.scale.met_from
    holders = [each for each in rubrics if all(each.has_criterion(one) for one in ids)]
    named = " and ".join(f"“{criterion.title}”" for criterion in criteria)

    def of(audit: CountedAudit) -> tuple[int, int]:
        levels = [level for one in ids if (level := audit.levels.get(one, NOT_EVIDENCED)) > 0]
        return (int(all(level >= met_from for level in levels)), 1) if levels else (0, 0)

    meets = rubric.scale.level(met_from).label
    applied = named if len(ids) == 1 else f"whichever applied of {named}"
    return Measure(
        AGENCY_PREFIX + agency,
        f"{AGENCY_LABELS[agency].capitalize()} contribution",
        f"plans at {meets} or better on {applied}",
        f"plans where {'it' if len(ids) == 1 else 'one of them'} was scored",
        "up",
        ids,
        _same(holders, lambda each: " ".join(each.comparison_key(one) for one in ids)),
        of,
    )


def _not_seen(rubrics: Sequence[Rubric]) -> Measure:
    ids = tuple(each.id for each in rubrics[-1].criteria)

    def of(audit: CountedAudit) -> tuple[int, int]:
        levels = [audit.levels[each] for each in ids if each in audit.levels]
        applying = [level for level in levels if level != NOT_APPLICABLE]
        return sum(level == NOT_EVIDENCED for level in applying), len(applying)

    return Measure(
        NOT_SEEN, "Could not be seen", "questions not evidenced", "questions that applied", "down",
        ids, frozenset(rubric.hash for rubric in rubrics), of, per_plan=False,
    )  # fmt: skip


def _timeliness(rubrics: Sequence[Rubric]) -> Iterator[Measure]:
    every = frozenset(rubric.hash for rubric in rubrics)
    counts = "audited plans final within 20 weeks of the request"
    yield Measure(
        ON_TIME, "On time, audited plans", counts,
        "audited plans final by their audit, whose dates are known", "up", (), every, on_time,
    )  # fmt: skip
    yield Measure(
        f"{ON_TIME}-without-exceptions", "On time, without exceptions", counts,
        "the same plans, without those late with an exception of the law",
        "up", (), every, on_time_without_exceptions,
    )  # fmt: skip


def _review_outcomes(rubrics: Sequence[Rubric]) -> Iterator[Measure]:
    fact = FACTS_BY_ID["review_outcome"]

    def outcome(value: str) -> Callable[[CountedAudit], tuple[int, int]]:
        def of(audit: CountedAudit) -> tuple[int, int]:
            given = audit.facts.get("review_outcome")
            return (0, 0) if given is None else (int(given == value), 1)

        return of

    for choice in fact.choices:
        yield Measure(
            REVIEW_PREFIX + choice.id, f"Review ended in: {choice.label.lower()}",
            f"plans whose last review ended in “{choice.label.lower()}”",
            "plans whose review outcome is known", "neutral",
            (), frozenset(rubric.hash for rubric in rubrics), outcome(choice.id),
        )  # fmt: skip
