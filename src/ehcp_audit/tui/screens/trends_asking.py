"""What the trends screen asks: a filter, and which two groups or periods to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ehcp_audit.domain.facts import REPORTED, Fact, show_fact
from ehcp_audit.domain.questions import Question
from ehcp_audit.trends.lines import LinePoint
from ehcp_audit.trends.pairs import Side
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.find_dialog import ask_one

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

LETTERS: Final = "abcdefghijklmnoprstuvwxyz"
CLEAR: Final = "0"
Sides = Callable[[Side, Side], None]


def ask_filter(desk: AuditApp, question: Question, go_on: Callable[[Question], None]) -> None:
    """Ask for a fact, then for a value that occurs; or clear the filters."""

    def chosen(fact: Fact | None) -> None:
        if fact is None:
            go_on(replace(question, filters={}))
            return
        ask_value(
            desk, fact, fact.label,
            lambda value: go_on(
                replace(question, filters={**question.filters, fact.id: (value,)})
            ),
        )  # fmt: skip

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


def ask_value(
    desk: AuditApp, fact: Fact, prompt: str, go_on: Callable[[str], None], *, but: str = ""
) -> None:
    """Ask for a value of a fact that occurs here, other than `but`."""
    known = fact.choice_ids()
    values = sorted(
        (value for value in desk.database().fact_values(fact.id) if value != but),
        key=lambda value: known.index(value) if value in known else len(known),
    )
    _ask_one(desk, prompt, [show_fact(fact, value) for value in values], values, go_on)


def _ask_one(
    desk: AuditApp,
    prompt: str,
    labels: Sequence[str],
    values: Sequence[str],
    go_on: Callable[[str], None],
) -> None:
    if not values:
        desk.say("There is nothing else to choose here.")
        return
    answers = [(label, "") for label in labels]
    ask_one(desk, prompt, answers, LETTERS, lambda place: go_on(values[place]))


def ask_two(desk: AuditApp, points: Sequence[LinePoint], go_on: Sides) -> None:
    """Ask which two to compare: two values of a fact, or two periods."""
    options = (
        Option("g", "Two groups of plans", "two values of a fact"),
        Option("p", "Two periods", "such as this quarter and the same of last year"),
    )

    def chosen(key: str | None) -> None:
        if key == "g":
            ask_fact(desk, "Groups by which fact?", lambda fact: _two_groups(desk, fact, go_on))
        elif key == "p":
            _two_periods(desk, points, go_on)

    desk.push_screen(ChoiceDialog("Compare what?", options), chosen)


def _two_groups(desk: AuditApp, fact: Fact | None, go_on: Sides) -> None:
    if fact is None:
        return

    def side(value: str) -> Side:
        return Side(show_fact(fact, value), {fact.id: (value,)})

    def second(first: str) -> None:
        prompt = f"{show_fact(fact, first)} beside which?"
        ask_value(desk, fact, prompt, lambda value: go_on(side(first), side(value)), but=first)

    ask_value(desk, fact, f"{fact.label}: the first", second)


def _two_periods(desk: AuditApp, points: Sequence[LinePoint], go_on: Sides) -> None:
    periods = {
        point.period.period.key: point.period.period
        for point in reversed(points)
        if point.period.audits
    }

    def side(key: str) -> Side:
        return Side(periods[key].label, {}, periods[key])

    def ask(prompt: str, keys: list[str], then: Callable[[str], None]) -> None:
        _ask_one(desk, prompt, [periods[key].label for key in keys], keys, then)

    def second(first: str) -> None:
        others = [key for key in periods if key != first]
        prompt = f"{periods[first].label} beside which?"
        ask(prompt, others, lambda key: go_on(side(first), side(key)))

    ask("The first period", list(periods), second)
