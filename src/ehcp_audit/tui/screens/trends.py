"""Trends: what the audits say, the same page as on paper, with filters by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import work
from textual.widget import Widget

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, REPORTED, show_fact
from ehcp_audit.domain.periods import GRANULARITIES, PERIOD_WORDS
from ehcp_audit.domain.questions import AXES, Question
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.trend_page import trend_report
from ehcp_audit.trends.asking import ask
from ehcp_audit.tui.actions import TRENDS, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.report_lines import report_lines
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.lines import Line, line
from ehcp_audit.tui.widgets.page import Page

LETTERS = "abcdefghijklmnoprstuvwxyz"
WIDEST = 100


class TrendsScreen(AuditScreen[None]):
    """The trend report on the screen."""

    PURPOSE = (
        "Trends shows what the signed audits say, period by period: grades, each theme and each "
        "question, with the number of plans and the 95% range. It is the page that "
        "“ehcp-audit report trends” prints."
    )
    ACTIONS = TRENDS
    BINDINGS = bindings(TRENDS)  # type: ignore[assignment]
    CSS = "TrendsScreen #trends { padding: 1 2; }"

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="trends", can_focus=True)

    def on_mount(self) -> None:
        """Ask the first question: quarters of the rubric most used."""
        defaults = self.desk.team.reports
        rubric_id = defaults.rubric or self.desk.database().most_used_rubric()
        self._question = Question(rubric_id or "", axis=defaults.by, granularity=defaults.period)
        page = self.query_one("#trends", Page)
        page.focus()
        if rubric_id is None:
            page.show(lambda _: [line("No audit is signed off yet, so there is nothing to show.")])
            return
        self._ask()

    def _ask(self) -> None:
        self.query_one(TopLine).show((("Trends", "bold"),), (("… counting", "warn"),))
        self._work_out(self._question)

    @work(thread=True, exclusive=True, group="trend")
    def _work_out(self, question: Question) -> None:
        """Count and word beside the screen, so that it never stands still."""
        desk = self.desk
        store = desk.database()
        try:
            report: Report | None = trend_report(
                ask(store, question, today=desk.today),
                made=desk.today,
                area=desk.team.name,
                banner=desk.banner,
                log_head=store.head(),
                too_few_under=desk.team.reports.min_n,
            )
        except AuditToolError as error:
            desk.call_from_thread(self.tell, error)
            report = None
        desk.call_from_thread(self._show, question, report)

    def _show(self, question: Question, report: Report | None) -> None:
        if not self.is_mounted or question != self._question or report is None:
            return
        chosen = [PERIOD_WORDS[question.granularity], f"by {question.axis} date"]
        chosen += [
            f"{FACTS_BY_ID[fact_id].label}: "
            + ", ".join(show_fact(FACTS_BY_ID[fact_id], value) for value in values)
            for fact_id, values in question.filters.items()
        ]
        chosen.append("routine sample" if question.reasons else "all audits")
        self.query_one(TopLine).show((("Trends", "bold"),), ((" · ".join(chosen), "muted"),))

        def write(width: int) -> list[Line]:
            text = render_terminal(report, width=min(max(width, 40), WIDEST))
            return report_lines(text)

        self.query_one("#trends", Page).show(write)

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "_question"):
            return None
        if not self._question.rubric_id and name in ("period", "axis", "filter", "reasons"):
            return "No audit is signed off yet."
        if name == "rubric" and len(self._rubric_ids()) < 2:  # noqa: PLR2004
            return "All audits here were made against one rubric."
        return None

    def _rubric_ids(self) -> list[str]:
        return list(
            dict.fromkeys(kept.rubric_id for kept in self.desk.database().rubric_versions())
        )

    # ------------------------------------------------------------ asking otherwise

    def do_period(self) -> None:
        """Go to the next length of period."""
        at = GRANULARITIES.index(self._question.granularity)
        following = GRANULARITIES[(at + 1) % len(GRANULARITIES)]
        self._question = replace(self._question, granularity=following)
        self._ask()

    def do_axis(self) -> None:
        """Change between audit date and plan date."""
        other = AXES[1 - AXES.index(self._question.axis)]
        self._question = replace(self._question, axis=other)
        self._ask()

    def do_reasons(self) -> None:
        """Change between the routine sample and all audits."""
        reasons = () if self._question.reasons else ("routine",)
        self._question = replace(self._question, reasons=reasons)
        self._ask()

    def do_rubric(self) -> None:
        """Go to the next rubric."""
        ids = self._rubric_ids()
        following = ids[(ids.index(self._question.rubric_id) + 1) % len(ids)]
        self._question = replace(self._question, rubric_id=following, filters={})
        self._ask()

    def do_filter(self) -> None:
        """Choose a fact, then a value that occurs."""
        facts = [fact for fact in REPORTED if self.desk.database().fact_values(fact.id)]
        options = [Option(letter, fact.label) for letter, fact in zip(LETTERS, facts, strict=False)]
        if self._question.filters:
            options.insert(0, Option("0", "Clear the filters", "all again"))

        def chosen(key: str | None) -> None:
            if key == "0":
                self._question = replace(self._question, filters={})
                self._ask()
            elif key is not None:
                self._choose_value(facts[LETTERS.index(key)].id)

        self.app.push_screen(ChoiceDialog("Filter by which fact?", options), chosen)

    def _choose_value(self, fact_id: str) -> None:
        fact = FACTS_BY_ID[fact_id]
        occurring = self.desk.database().fact_values(fact_id)
        ordered = sorted(
            occurring,
            key=lambda v: (
                fact.choice_ids().index(v) if v in fact.choice_ids() else len(fact.choices)
            ),
        )
        options = [
            Option(letter, show_fact(fact, value))
            for letter, value in zip(LETTERS, ordered, strict=False)
        ]

        def chosen(key: str | None) -> None:
            if key is not None:
                filters = {**self._question.filters, fact_id: (ordered[LETTERS.index(key)],)}
                self._question = replace(self._question, filters=filters)
                self._ask()

        self.app.push_screen(ChoiceDialog(fact.label, options), chosen)
