"""Whether a condition can hold at all, worked out from the allowed values of each fact.

A condition becomes a list of cases, each a set of allowed values for each fact; a case in which
a fact has no value left cannot happen. Where there are too many cases nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ehcp_audit.domain.conditions import Comparison, Condition, Some, comparisons
from ehcp_audit.domain.facts import DERIVED, Fact

MOST_CASES: Final = 200
MOST_STEPS: Final = 20_000  # a tenth of a second, however a file is made
_OTHER: Final = "\0"  # any value of a code that the condition does not name
_MOST_MONTHS: Final = 1_200
_CHANGE_MONTHS: Final = 12  # as `domain.facts.is_asked` has it
_YES: Final = "yes"
_NO: Final = "no"

Case = Mapping[str, frozenset[str]]


class TooManyCasesError(Exception):
    """Says that a condition is too large to be worked out."""


@dataclass
class Reach:
    """Works out the conditions of one rubric, all of them within one budget of steps."""

    known: Mapping[str, Fact]
    steps: int = 0
    _values: dict[str, frozenset[str]] = field(default_factory=dict)

    def about(self, condition: Condition) -> None:
        """Take in the codes and months that a condition names; call it before `cases`."""
        for comparison in comparisons(condition):
            for variable, values in self._named(comparison):
                before = self._values.get(variable, frozenset())
                self._values[variable] = before | values

    def cases(self, condition: Condition, *, holds: bool = True) -> list[Case]:
        """Return the cases in which the condition holds (or does not); none: it never does.

        Raises `TooManyCasesError`.
        """
        if isinstance(condition, Comparison):
            return [case for case in [self._case(condition, holds=holds)] if all(case.values())]
        if isinstance(condition, Some) is holds:
            return self._any_of([self.cases(part, holds=holds) for part in condition.parts])
        found: list[Case] = [{}]
        for part in condition.parts:
            found = self.both(found, self.cases(part, holds=holds))
        return found

    def both(self, left: list[Case], right: list[Case]) -> list[Case]:
        """Return the cases in which one of each list holds; raises `TooManyCasesError`."""
        met: list[Case] = []
        for one in left:
            for other in right:
                self._spend(len(met))
                case = dict(one)
                for variable, values in other.items():
                    case[variable] = case.get(variable, values) & values
                if all(case.values()) and self._arises(case):
                    met.append(case)
        return met

    def _any_of(self, parts: list[list[Case]]) -> list[Case]:
        found = [case for cases in parts for case in cases]
        self._spend(len(found))
        return found

    def _spend(self, cases: int) -> None:
        self.steps += 1
        if cases > MOST_CASES or self.steps > MOST_STEPS:
            raise TooManyCasesError

    def _named(self, comparison: Comparison) -> Iterator[tuple[str, frozenset[str]]]:
        fact_id, values = comparison.fact, comparison.values
        if fact_id in DERIVED:
            number = int(values[0])
            near = {0, number - 1, number, number + 1, _MOST_MONTHS}
            near |= {_CHANGE_MONTHS - 1, _CHANGE_MONTHS}
            yield fact_id, frozenset(str(each) for each in near if each >= 0)
        elif self.known[fact_id].kind == "choices":
            yield f"{fact_id} {values[0]}", frozenset((_YES, _NO))
        elif self.known[fact_id].kind == "code":
            yield fact_id, frozenset((*values, _OTHER))
        else:
            yield fact_id, frozenset(self.known[fact_id].choice_ids())

    def _case(self, comparison: Comparison, *, holds: bool) -> Case:
        fact_id, operator, values = comparison.fact, comparison.operator, comparison.values
        if operator == "has":
            return {f"{fact_id} {values[0]}": frozenset((_YES if holds else _NO,))}
        every = self._values[fact_id]
        if operator in ("is", "in"):
            allowed = every & frozenset(values)
        elif operator in ("is_not", "not_in"):
            allowed = every - frozenset(values)
        else:
            allowed = frozenset(
                each for each in every if self._ordered(fact_id, operator, each, values[0])
            )
        return {fact_id: allowed if holds else every - allowed}

    def _ordered(self, fact_id: str, operator: str, left: str, right: str) -> bool:
        if fact_id in DERIVED:
            one, other = int(left), int(right)
        else:
            order = self.known[fact_id].choice_ids()
            one, other = order.index(left), order.index(right)
        return one >= other if operator == "at_least" else one <= other

    def _arises(self, case: Case) -> bool:
        """Whether two facts that are asked only after other answers can be as the case has them."""
        if any(
            name.startswith("ordered_sections ") and values == {_YES}
            for name, values in case.items()
        ) and "ordered" not in case.get("plan_kind", ("ordered",)):
            return False
        if _NO in case.get("change_reported", (_NO,)):
            return True
        months = case.get("plan_age_months", frozenset((str(_CHANGE_MONTHS),)))
        old = any(int(each) >= _CHANGE_MONTHS for each in months)
        return old or "yes" in case.get("reviewed", ("yes",))
