"""What the trends screen asks: a filter, and which two groups or periods to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from ehcp_audit.domain.facts import REPORTED, Fact, show_fact
from ehcp_audit.domain.questions import Question
from ehcp_audit.trends.asking import occurring
from ehcp_audit.trends.pairs import Side, group_sides, period_sides
from ehcp_audit.trends.spans import TrendPeriod
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.find_dialog import ask_one

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

LETTERS: Final = "abcdefghijklmnoprstuvwxyz"
CLEAR: Final = "0"
Sides = Callable[[Side, Side], None]
Value = TypeVar("Value")


def ask_filter(desk: AuditApp, question: Question, go_on: Callable[[Question], None]) -> None:
    """Ask for a fact, then for a value that occurs; or clear the filters."""

    def chosen(fact: Fact | None) -> None:
        if fact is None:
            go_on(replace(question, filters={}))
            return
        filters = question.filters
        _ask_value(
            desk,
            fact,
            lambda value: go_on(replace(question, filters={**filters, fact.id: (value,)})),
        )

    ask_fact(desk, "Filter by which fact?", chosen, clear=bool(question.filters))


def ask_fact(
    desk: AuditApp, prompt: str, go_on: Callable[[Fact | None], None], *, clear: bool = False
) -> None:
    """Ask for a fact that has values here; None where `clear` was offered and taken."""
    facts = [fact for fact in REPORTED if desk.database().fact_values(fact.id)]
    options = [Option(letter, fact.label) for letter, fact in zip(LETTERS, facts, strict=False)]
    if clear:
        options.insert(0, Option(CLEAR, "Clear the filters", "all again"))

    def chosen(key: str | None) -> None:
        if key is not None:
            go_on(None if key == CLEAR else facts[LETTERS.index(key)])

    desk.push_screen(ChoiceDialog(prompt, options), chosen)


def _ask_value(desk: AuditApp, fact: Fact, go_on: Callable[[str], None]) -> None:
    values = occurring(desk.database(), fact)
    _ask_one(desk, fact.label, [show_fact(fact, value) for value in values], values, go_on)


def _ask_one(
    desk: AuditApp,
    prompt: str,
    labels: Sequence[str],
    values: Sequence[Value],
    go_on: Callable[[Value], None],
) -> None:
    if not values:
        desk.say("There is nothing else to choose here.")
        return
    answers = [(label, "") for label in labels]
    ask_one(desk, prompt, answers, LETTERS, lambda place: go_on(values[place]))


def ask_two(desk: AuditApp, periods: Iterable[TrendPeriod], go_on: Sides) -> None:
    """Ask which two to compare: two values of a fact, or two periods."""
    options = (
        Option("g", "Two groups of plans", "two values of a fact"),
        Option("p", "Two periods", "such as this quarter and the same of last year"),
    )

    def groups(fact: Fact | None) -> None:
        if fact is not None:
            sides = group_sides(desk.database(), fact)
            _ask_sides(desk, f"{fact.label}: the first", sides, go_on)

    def chosen(key: str | None) -> None:
        if key == "g":
            ask_fact(desk, "Groups by which fact?", groups)
        elif key == "p":
            _ask_sides(desk, "The first period", period_sides(periods), go_on)

    desk.push_screen(ChoiceDialog("Compare what?", options), chosen)


def _ask_sides(desk: AuditApp, prompt: str, sides: Sequence[Side], go_on: Sides) -> None:
    def ask(prompt: str, offered: Sequence[Side], then: Callable[[Side], None]) -> None:
        _ask_one(desk, prompt, [side.name for side in offered], offered, then)

    def second(first: Side) -> None:
        others = [side for side in sides if side is not first]
        ask(f"{first.name} beside which?", others, lambda other: go_on(first, other))

    ask(prompt, sides, second)
