"""Answering the plan's facts, a letter each: what is asked, what a key means, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ehcp_audit.domain.date_doubts import Doubt, doubts
from ehcp_audit.domain.errors import AuditToolError, UsageError
from ehcp_audit.domain.facts import (
    FACTS,
    OWN_GROUP,
    Choice,
    Fact,
    FactValue,
    is_asked,
    missing_facts,
    parse_fact,
    with_defaults,
)

FIRST_GROUPS = (1, 2, 3)
ASKED_GROUPS = (*FIRST_GROUPS, OWN_GROUP)
DATES_GROUP = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class FactsForm:
    """The facts as answered so far.

    `answers` holds what was typed or offered; `required` names facts that this team needs
    beyond those every audit needs; `codes` the team's own codes for a fact; `more` whether the
    later groups are asked too; `extra` the facts that the rubric adds, which are always asked;
    `backlog` the first and last days of the team's backlog pushes.
    """

    on: date
    answers: Mapping[str, FactValue] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: bool = False
    without: tuple[str, ...] = ()
    extra: tuple[Fact, ...] = ()
    backlog: tuple[tuple[date, date], ...] = ()

    def asked(self) -> tuple[Fact, ...]:
        """Return the facts that are asked now, in order."""
        values = self.values()
        return tuple(
            fact
            for fact in (*FACTS, *self.extra)
            if (fact.group in ASKED_GROUPS or self.more or fact.id in self.required)
            and fact.id not in self.without
            and is_asked(fact, values, self.on)
        )

    def values(self) -> dict[str, FactValue]:
        """Return the answers with every default that follows from them."""
        return with_defaults(self.answers, self.on, self.extra, self.backlog)

    def choices(self, fact: Fact) -> tuple[Choice, ...]:
        """Return what a fact may be answered with, each with its key; empty for typed facts."""
        if fact.kind == "code":
            listed = self.codes.get(fact.id, ())
            if len(listed) > len(_LETTERS):
                return ()  # typed, because there is no letter for each
            return tuple(
                Choice(code, code, letter) for code, letter in zip(listed, _LETTERS, strict=False)
            )
        return fact.choices

    def typed(self, fact: Fact) -> bool:
        """Whether the fact is answered by typing a text."""
        return not self.choices(fact)

    def press(self, fact: Fact, key: str) -> tuple[FactsForm, bool] | None:
        """Answer a fact by a key; returns the form and whether to go on to the next fact.

        None where the key means nothing for it. Years 10 to 14 are 1 and then a digit, so a 1
        waits for what follows.
        """
        key = key.lower()
        if fact.id == "year_group" and key.isdigit():
            return self._press_year(fact, key)
        choice = next((each for each in self.choices(fact) if each.key == key), None)
        if choice is None:
            return None
        if fact.kind == "choices":
            return self._toggle(fact, choice.id), False
        return self.put(fact, choice.id), True

    def _press_year(self, fact: Fact, digit: str) -> tuple[FactsForm, bool] | None:
        two_digits = f"1{digit}"
        if self.answers.get(fact.id) == "1" and fact.choice(two_digits) is not None:
            return self.put(fact, two_digits), True
        if fact.choice(digit) is None:
            return None
        return self.put(fact, digit), digit != "1"

    def _toggle(self, fact: Fact, choice_id: str) -> FactsForm:
        now = self.answers.get(fact.id) or ()
        ticked = set(now) ^ {choice_id}
        return self.put(fact, tuple(each for each in fact.choice_ids() if each in ticked))

    def put(self, fact: Fact, value: FactValue) -> FactsForm:
        """Answer a fact with a value."""
        return replace(self, answers={**self.answers, fact.id: value})

    def type(self, fact: Fact, text: str) -> FactsForm:
        """Answer a fact with a typed text; raises `UsageError` saying what may be typed."""
        value = parse_fact(fact, text, today=self.on)
        listed = self.codes.get(fact.id, ())
        if not listed or value is None:
            return self.put(fact, value)
        same = [code for code in listed if code.casefold() == str(value).casefold()]
        if not same:
            what = f"“{value}” is no {fact.label.lower()} that settings.toml lists."
            raise UsageError(what, f"Use one of: {', '.join(listed)}.", title="Not listed")
        return self.put(fact, same[0])

    def reading(self, fact: Fact, text: str) -> FactsForm:
        """Return the form as it would be with what is being typed; unknown until it can be read."""
        try:
            return self.type(fact, text)
        except AuditToolError:
            return self.clear(fact)

    def with_more(self, at: Fact) -> tuple[FactsForm, Fact]:
        """Show where the plan came from, go on to the dates, or hide both; returns where to go.

        `at` is the fact one is at now.
        """
        if self.more and at.group < DATES_GROUP:
            return self, next(fact for fact in self.asked() if fact.group == DATES_GROUP)
        form = replace(self, more=not self.more)
        if form.more:
            before = {fact.id for fact in self.asked()}
            return form, next(fact for fact in form.asked() if fact.id not in before)
        still = form.asked()
        return form, at if at in still else still[-1]

    def given_later(self) -> int:
        """Return how many facts of the later groups are answered and not shown."""
        shown = {fact.id for fact in self.asked()}
        return sum(
            self.answers.get(fact.id) is not None
            for fact in FACTS
            if fact.id not in shown and fact.id not in self.without
        )

    def doubts(self) -> tuple[Doubt, ...]:
        """Return what does not fit together among the answers."""
        return doubts(self.values(), self.on)

    def clear(self, fact: Fact) -> FactsForm:
        """Make a fact unknown again."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k != fact.id})

    def missing(self) -> tuple[Fact, ...]:
        """Return the facts that are still needed, in order."""
        values = self.values()
        wanted = {fact.id for fact in missing_facts(values, self.extra)}
        wanted |= {fact_id for fact_id in self.required if values.get(fact_id) is None}
        change = values.get("change_reported") is None
        return tuple(
            fact
            for fact in self.asked()
            if fact.id in wanted or (fact.id == "change_reported" and change)
        )
