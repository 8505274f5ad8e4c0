"""The plan's facts in lines: a fact a question, the rest as offered with one word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ehcp_audit.auditing import change_facts, walk_reasons
from ehcp_audit.auditing.facts_asking import (
    FactsAnswer,
    audit_again,
    audited_before,
    earlier_words,
    form_for,
)
from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.auditing.facts_words import doubt_words, limits_of, note_words
from ehcp_audit.cli.plain.commands import FORM, said_of, understand
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.errors import AuditToolError, UsageError
from ehcp_audit.domain.facts import FACTS_BY_ID, GROUPS, Fact, FactValue, show_fact
from ehcp_audit.domain.limit_words import limit_sentence

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.walk import Walk

_NONE = "0"
_MANY = 10  # answers that are read out only on demand where one is offered


class FactsAsking:
    """The form at the prompt: one fact after another, in order, until all are answered."""

    def __init__(self, desk: Desk, form: FactsForm, *, new: bool, follows: str | None) -> None:
        self.desk = desk
        self.talk = desk.talk
        self.form = form
        self._new = new
        self._follows = follows
        self._seen_before: set[str] = set()
        self._group = 0  # of the fact asked last
        self._to: Fact | None = None  # where “more” goes

    def ask(self) -> FactsAnswer | None:
        """Ask for every fact; None where the form is left."""
        missing = self.form.missing()
        place = self._place(missing[0].id) if missing and self._new else 0
        self.talk.say(
            "Enter takes what is offered. done takes the rest; up goes back; ? says all commands."
        )
        while True:
            facts = self.form.asked()
            if place >= len(facts):
                answer = self._finish()
                if answer is not None:
                    return answer
                place = self._place(self.form.missing()[0].id)
                continue
            moved = self.one(facts[place], f"{place + 1} of {len(facts)}")
            if moved == "cancel":
                return None
            if moved == "done":
                place = len(facts)
                continue
            if moved == "more" and self._to is not None:
                place = self._place(self._to.id)
                continue
            if facts[place].id == "plan_ref" and moved == "on":
                look_at = self._look_for_earlier()
                if look_at is not None:
                    return FactsAnswer({}, look_at=look_at)
                if self.form.answers.get("plan_ref") is None:
                    continue
                facts = self.form.asked()
            place = max(place + (-1 if moved == "back" else 1), 0)

    def _place(self, fact_id: str) -> int:
        return [fact.id for fact in self.form.asked()].index(fact_id)

    def _finish(self) -> FactsAnswer | None:
        missing = self.form.missing()
        if missing:
            self.talk.cannot(f"Still needed: {', '.join(fact.label for fact in missing)}.")
            return None
        return FactsAnswer(self.form.values(), self._follows)

    # ------------------------------------------------------------ one fact

    def one(self, fact: Fact, place: str = "") -> str:
        """Ask one fact, with its place in the form; returns on, back, more, done or cancel."""
        self._read(fact, place)
        while True:
            line = self.talk.line(f"{fact.label}{self._offered(fact)}:")
            typed = understand(line, FORM) if len(line.strip()) > 1 or line.strip() == "?" else None
            if typed is None or typed.rest:
                if self._answer(fact, line.strip(), echo=bool(place)):
                    return "on"
                continue
            name = typed.command.name
            if name == "help":
                self._read(fact, place, again=True)
                self.talk.say(*said_of(FORM))
            elif name == "list":
                self.talk.say(*list_facts(self.form))
            elif name == "clear":
                self.form = self.form.clear(fact)
                return "on"
            elif name == "more":
                self.form, self._to = self.form.with_more(fact)
                return "more"
            else:
                return {"finish": "done", "next": "on", "previous": "back", "back": "cancel"}[name]

    def _read(self, fact: Fact, place: str, *, again: bool = False) -> None:
        group = f"{GROUPS[fact.group]}. " if fact.group != self._group else ""
        self._group = fact.group
        self.talk.say("", f"{group}Fact {place}: {fact.label}." if place else f"{fact.label}.")
        if fact.help:
            self.talk.say(fact.help)
        if fact.kind == "date":
            self.talk.say("Day first: 3/9/2025, 3 Sep 25, or today.")
        choices = self._choices(fact)
        if len(choices) > _MANY and not again and self.form.values().get(fact.id) is not None:
            choices = [f"? says the {len(choices)} answers."]
        self.talk.say(*choices)
        if again:
            self._say_what_follows(fact, sources=True)

    def _choices(self, fact: Fact) -> list[str]:
        choices = self.form.choices(fact)
        if fact.id == "year_group":
            letters = [f"{each.key}. {each.label}" for each in choices if each.key.isalpha()]
            return ["1 to 14. The year", *letters]
        lines = [f"{number}. {each.label}" for number, each in enumerate(choices, start=1)]
        if fact.kind == "choices":
            lines.append("Several may be given, such as 1,3; 0 for none.")
        return lines

    def _offered(self, fact: Fact) -> str:
        value = self.form.values().get(fact.id)
        if value is not None:
            return f" (Enter: {show_fact(fact, value)})"
        needed = fact.id in {each.id for each in self.form.missing()}
        return "" if needed else " (Enter: none)"

    def _answer(self, fact: Fact, typed: str, *, echo: bool) -> bool:
        """Take an answer into the form; False where it cannot be read."""
        if not typed:
            if fact.id in {each.id for each in self.form.missing()}:
                self.talk.cannot(f"{fact.label} is needed.")
                return False
            return True
        try:
            self.form = self._put(fact, typed)
        except AuditToolError as error:
            self.talk.not_done(error)
            return False
        said = show_fact(fact, self.form.values().get(fact.id))
        if echo and said.lower() != typed.lower():
            self.talk.say(f"{said}.")
        self._say_what_follows(fact, sources=False)
        return True

    def _say_what_follows(self, fact: Fact, *, sources: bool) -> None:
        """Say what to bear in mind, what does not fit, and where the limits of a date stand."""
        self.talk.say(*note_words(self.form, fact), *doubt_words(self.form, fact))
        begun = [each for each in limits_of(self.form, fact) if each.begun]
        for result in begun:
            self.talk.say(f"{result.limit.title}: {limit_sentence(result)}")
            if sources:
                self.talk.say(result.limit.citation)

    def _put(self, fact: Fact, typed: str) -> FactsForm:
        if self.form.typed(fact):
            return self.form.type(fact, typed)
        if fact.kind == "choices":
            wanted = [] if typed == _NONE else typed.replace(",", " ").split()
            ticked = {self._choice(fact, each) for each in wanted}
            return self.form.put(fact, tuple(c for c in fact.choice_ids() if c in ticked))
        return self.form.put(fact, self._choice(fact, typed))

    def _choice(self, fact: Fact, typed: str) -> str:
        """Return the choice meant by a number (for year groups, the year), a key, id or label."""
        choices, lowered = self.form.choices(fact), typed.lower()
        numbered = fact.id != "year_group"
        if numbered and typed.isdigit() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1].id
        for choice in choices:
            if lowered in (choice.key, choice.id.lower(), choice.label.lower()):
                return choice.id
        what = f"“{typed}” is not an answer to “{fact.label}”."
        raise UsageError(what, "? says the answers again.")

    # ------------------------------------------------------------ a reference seen before

    def _look_for_earlier(self) -> str | None:
        """Ask what to do where the plan was audited before; returns an audit to look at."""
        ref = str(self.form.answers.get("plan_ref"))
        if not self._new or ref in self._seen_before:
            return None
        earlier = audited_before(self.desk.store, self.form)
        if earlier is None:
            return None
        chosen = self.talk.choose(
            f"{ref} was audited before.",
            [
                Offer("Look at that audit", key="l"),
                Offer("Audit the plan again", "Begins with its facts.", key="a"),
                Offer("It is another plan", "Type another reference.", key="p"),
            ],
            ("look", "again", "another"),
            explanation=earlier_words(earlier),
        )
        if chosen == "look":
            return earlier.id
        if chosen == "again":
            self._seen_before.add(ref)
            self.form = audit_again(self.form, earlier)
            self._follows = earlier.id
        else:
            self.form = self.form.clear(FACTS_BY_ID["plan_ref"])
        return None


def list_facts(form: FactsForm) -> list[str]:
    """Say every fact that is asked, with its answer, numbered."""
    values, needed = form.values(), {fact.id for fact in form.missing()}
    lines = []
    for number, fact in enumerate(form.asked(), start=1):
        value = values.get(fact.id)
        said = "not known" if value is None else show_fact(fact, value)
        lines.append(f"{number}. {fact.label}: {said}.{' Needed.' if fact.id in needed else ''}")
        lines += doubt_words(form, fact)
    if given := form.given_later():
        lines.append(f"{given} more are answered; more reads them.")
    return lines


def ask_facts(
    desk: Desk,
    facts: Mapping[str, FactValue],
    *,
    own: tuple[Fact, ...],
    follows: str | None,
) -> FactsAnswer | None:
    """Ask for the facts of a new audit; None where it is given up."""
    form = form_for(desk.team, facts, desk.today, own=own, asks_reference=follows is None)
    return FactsAsking(desk, form, new=True, follows=follows).ask()


def say_facts(desk: Desk, facts: Mapping[str, FactValue], own: tuple[Fact, ...]) -> None:
    """Read an audit's facts out."""
    form = form_for(desk.team, facts, desk.today, own=own, asks_reference=False)
    desk.talk.say(*list_facts(replace(form, more=True)))


def change_audit_facts(walk: Walk) -> None:
    """Read the facts of an audit out, and change one after another; each is saved at once."""
    desk, talk = walk.desk, walk.talk
    own = walk.rubric.facts
    form = form_for(desk.team, walk.session.state.facts, desk.today, own=own, asks_reference=False)
    if reading := walk_reasons.readers_reason(walk.session):
        say_facts(desk, walk.session.state.facts, own)
        talk.say(f"Reading only. {reading}")
        return
    talk.say(*list_facts(form))
    while True:
        typed = talk.line("Number of the fact to change, more, or Enter to go back:").strip()
        if typed == "more":
            form = replace(form, more=not form.more)  # with the dates, in one list
        if typed in ("more", "list", "?"):
            talk.say(*list_facts(form))
            continue
        facts = form.asked()
        if not typed.isdigit() or not 1 <= int(typed) <= len(facts):
            if typed in ("", "back", "done"):
                return
            talk.cannot(f"Type a number from 1 to {len(facts)}.")
            continue
        form = _change_one(walk, form, facts[int(typed) - 1])


def _change_one(walk: Walk, form: FactsForm, fact: Fact) -> FactsForm:
    """Ask one fact and save it; returns the form as it then is."""
    asking = FactsAsking(walk.desk, form, new=False, follows=None)
    if asking.one(fact) == "cancel":
        return form
    values = asking.form.values()
    event = change_facts(walk.session.state, values, walk.session.identity.id)
    if event is None:
        return form
    walk.save(event, f"{fact.label}: {show_fact(fact, values.get(fact.id))}.")
    return asking.form
