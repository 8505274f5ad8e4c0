"""Conditions that make no sense: parts that never hold, and parts that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ehcp_audit.domain.conditions import Comparison, Condition, Every
from ehcp_audit.domain.facts import DERIVED
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.problems import KeyPath
from ehcp_audit.rubric_files.reachability import Case, Reach, TooManyCasesError

_WORDS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "has": "has",
    "at_least": "is at least",
    "at_most": "is at most",
}
_ALWAYS = "This always holds where it is asked, so it changes nothing; leave it out."


def check_sense(reach: Reach, condition: Condition, path: KeyPath) -> Iterator[Complaint]:
    """Yield each part of a sound condition that can never hold, and each that always does.

    `reach` must have been told `about` the condition.
    """
    try:
        yield from _check(reach, condition, path, [{}], ())
    except TooManyCasesError:
        return


def can_hold_together(reach: Reach, one: Condition | None, other: Condition | None) -> bool:
    """Whether some plan can bring up both conditions; true where that is too much to work out."""
    cases: list[Case] = [{}]
    try:
        for condition in (one, other):
            if condition is not None:
                cases = reach.both(cases, reach.cases(condition))
    except TooManyCasesError:
        return True
    return bool(cases)


def _check(
    reach: Reach,
    condition: Condition,
    path: KeyPath,
    within: list[Case],
    before: Sequence[Condition],
) -> Iterator[Complaint]:
    """Check one part where `within` holds besides, because of the conditions `before` it."""
    if isinstance(condition, Comparison):
        yield from _check_comparison(reach, condition, path, within, before)
    elif isinstance(condition, Every):
        for index, part in enumerate(condition.parts):
            told = list(_check(reach, part, (*path, "all", index), within, before))
            yield from told
            if any(not complaint.doubt for complaint in told):
                return  # what follows would be measured against what never holds
            within = reach.both(within, reach.cases(part))
            before = (*before, part)
    else:
        for index, part in enumerate(condition.parts):
            yield from _check(reach, part, (*path, "any", index), within, before)
        if not reach.both(within, reach.cases(condition, holds=False)):
            yield Complaint(path, _ALWAYS, doubt=True)


def _check_comparison(
    reach: Reach,
    comparison: Comparison,
    path: KeyPath,
    within: list[Case],
    before: Sequence[Condition],
) -> Iterator[Complaint]:
    if not reach.both(within, reach.cases(comparison)):
        rival = _rival(reach, comparison, before)
        if rival:
            told = f"No plan fits this as well as what stands before it: {rival}."
            yield Complaint(path, f"{told} Did you mean “any” instead of “all”?")
        else:
            yield Complaint(path, f"No plan fits this: {in_words(comparison)}.")
    elif not reach.both(within, reach.cases(comparison, holds=False)):
        yield Complaint(path, _ALWAYS, doubt=True)


def _rival(reach: Reach, comparison: Comparison, before: Sequence[Condition]) -> str:
    """Return the comparisons before it that leave nothing, in words: one, or else two."""
    told = [part for part in before if isinstance(part, Comparison)]
    cases = reach.cases(comparison)
    for count in (1, 2):
        for rivals in combinations(told, count):
            left = cases
            for rival in rivals:
                left = reach.both(left, reach.cases(rival))
            if not left:
                return " and ".join(in_words(rival) for rival in rivals)
    return ""


def in_words(comparison: Comparison) -> str:
    """Return a comparison as “plan_kind” is “draft”."""
    quoted = comparison.fact not in DERIVED
    values = " or ".join(f"“{value}”" if quoted else value for value in comparison.values)
    return f"“{comparison.fact}” {_WORDS[comparison.operator]} {values}"
