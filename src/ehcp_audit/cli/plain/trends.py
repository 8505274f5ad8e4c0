"""Trends in lines: the page that the report prints, read out, and asked otherwise by a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ehcp_audit.cli.plain.commands import TRENDS, converse
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.pages import AtPage
from ehcp_audit.cli.plain.reading import say_part, say_parts
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.cli.plain.trends_deeper import compare_two, go_deeper
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import REPORTED, Fact, show_fact
from ehcp_audit.domain.periods import GRANULARITIES
from ehcp_audit.domain.questions import AXES, Question
from ehcp_audit.reports.again import options_of, stamped
from ehcp_audit.reports.lines import Part
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.page_facts import worked_out
from ehcp_audit.reports.trend_page import trend_report
from ehcp_audit.trends.asking import ask, occurring


class Trends:
    """The question asked of the audits, and its answer read out."""

    def __init__(self, desk: Desk, rubric_id: str) -> None:
        self.desk = desk
        self.talk = desk.talk
        defaults = desk.team.reports
        self._question = Question(rubric_id, axis=defaults.by, granularity=defaults.period)
        self._parts: tuple[Part, ...] = ()

    def run(self) -> None:
        """Read the figures out, and ask until they are left."""
        self.read("")
        do: dict[str, Callable[[str], None]] = {
            "period": self.period,
            "axis": self.axis,
            "filter": self.filter,
            "reasons": self.reasons,
            "rubric": self.rubric,
            "deeper": lambda _: go_deeper(self.desk, self._question),
            "page": lambda _: AtPage(self.desk, self._report, self._file_name).run(),
            "compare": lambda _: compare_two(self.desk, self._question),
            "part": self.part,
            "read": self.read,
        }
        converse(self.talk, "Trends:", TRENDS, do, enter="read", number="part")

    def read(self, _: str) -> None:
        """Work the figures out and read them out."""
        self._parts = say_parts(self.talk, self._report())

    def _report(self) -> Report:
        desk = self.desk
        store = desk.database()
        figures, facts = worked_out(
            store, desk.team, desk.today, lambda: ask(store, self._question, today=desk.today)
        )
        return stamped(trend_report(figures, facts), facts, ("trends", *options_of(self._question)))

    def _file_name(self) -> str:
        return f"trend-{self.desk.today}"

    def part(self, number: str) -> None:
        """Read one part out."""
        if not 1 <= int(number or "0") <= len(self._parts):
            self.talk.cannot(f"Type a number from 1 to {len(self._parts)}.")
            return
        say_part(self.talk, self._parts[int(number) - 1])

    def _ask_otherwise(self, question: Question) -> None:
        before, self._question = self._question, question
        try:
            self.read("")
        except AuditToolError:
            self._question = before
            raise

    def period(self, _: str) -> None:
        """Choose the length of a period."""
        offers = [Offer(each.replace("_", " ")) for each in GRANULARITIES]
        at = GRANULARITIES.index(self._question.granularity)
        chosen = self.talk.choose("Which period?", offers, GRANULARITIES, default=at)
        if chosen is not None:
            self._ask_otherwise(replace(self._question, granularity=chosen))

    def axis(self, _: str) -> None:
        """Go by the other date."""
        other = AXES[1 - AXES.index(self._question.axis)]
        self.talk.say(f"By the date of the {other}.")
        self._ask_otherwise(replace(self._question, axis=other))

    def reasons(self, _: str) -> None:
        """Change between the routine sample and all audits."""
        reasons = () if self._question.reasons else ("routine",)
        self.talk.say("The routine sample only." if reasons else "All audits.")
        self._ask_otherwise(replace(self._question, reasons=reasons))

    def rubric(self, _: str) -> None:
        """Choose another rubric."""
        kept = self.desk.database().rubric_versions()
        ids = tuple(dict.fromkeys(each.rubric_id for each in kept))
        if len(ids) == 1:
            self.talk.cannot("All audits here were made against one rubric.")
            return
        chosen = self.talk.choose("Which rubric?", [Offer(each) for each in ids], ids)
        if chosen is not None:
            self._ask_otherwise(replace(self._question, rubric_id=chosen, filters={}))

    def filter(self, _: str) -> None:
        """Choose a fact, then a value that occurs."""
        store = self.desk.database()
        facts: list[Fact | None] = [fact for fact in REPORTED if store.fact_values(fact.id)]
        if self._question.filters:
            facts.insert(0, None)
        offers = [Offer("Clear the filters" if fact is None else fact.label) for fact in facts]
        places = range(len(facts))
        place = self.talk.choose("Filter by which fact?", offers, places)
        if place is None:
            return
        fact = facts[place]
        if fact is None:
            self._ask_otherwise(replace(self._question, filters={}))
            return
        values = occurring(store, fact)
        value = self.talk.choose(
            f"{fact.label}?", [Offer(show_fact(fact, each)) for each in values], values
        )
        if value is not None:
            filters = {**self._question.filters, fact.id: (value,)}
            self._ask_otherwise(replace(self._question, filters=filters))


def run(desk: Desk) -> None:
    """Say what the audits show, where any is signed off."""
    rubric_id = desk.team.reports.rubric or desk.database().most_used_rubric()
    if rubric_id is None:
        desk.talk.cannot("No audit is signed off yet, so there is nothing to show.")
        return
    Trends(desk, rubric_id).run()
