"""Trends: every measure with its line and what it says, down to the evidence it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final, TypeVar

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.periods import GRANULARITIES, PERIOD_WORDS
from ehcp_audit.domain.questions import AXES, NotesOnCriterion, Question
from ehcp_audit.reports.again import options_of, stamped
from ehcp_audit.reports.evidence_page import evidence_report
from ehcp_audit.reports.line_page import line_report
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.page_facts import PageFacts, worked_out
from ehcp_audit.reports.pair_page import pair_report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.trend_page import trend_report
from ehcp_audit.store import Store
from ehcp_audit.trends.asking import ask
from ehcp_audit.trends.board import Board, board
from ehcp_audit.trends.measures import CRITERION_PREFIX
from ehcp_audit.trends.pairs import Side, pair
from ehcp_audit.tui.actions import TRENDS, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.report_lines import report_lines
from ehcp_audit.tui.screens.report import ReportScreen
from ehcp_audit.tui.screens.trends_asking import ask_filter, ask_two
from ehcp_audit.tui.screens.trends_lines import (
    evidence_lines,
    evidence_page,
    measure_lines,
    question_lines,
)
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import Line, line, wrapped
from ehcp_audit.tui.widgets.page import Page

Figures = TypeVar("Figures")

_NOTHING: Final = "No audit is signed off yet, so there is nothing to show."
_ASKING: Final = frozenset({"period", "axis", "filter", "reasons"})


@dataclass(frozen=True)
class Shown:
    """What the list shows: all measures, the questions below one, or a question's evidence.

    `at` is the line that was chosen, so that going back finds it again; `facts` stand around
    the page of the evidence.
    """

    measure_id: str = ""
    evidence: tuple[NotesOnCriterion, ...] | None = None
    facts: PageFacts | None = None
    at: str | None = None


class TrendsScreen(AuditScreen[None]):
    """A list of measures beside the chart and words of the chosen one."""

    PURPOSE = (
        "Trends shows what the signed audits say: each measure over time, with what is signal and "
        "what is chance. Enter goes from a theme to its questions, from a question to the "
        "evidence, from there to the audit; Esc goes back up. v opens the whole page, as it is "
        "printed, and there w writes it to a file."
    )
    ACTIONS = TRENDS
    BINDINGS = bindings(TRENDS)  # type: ignore[assignment]
    CSS: ClassVar[str] = """
    TrendsScreen #both { layout: vertical; }
    TrendsScreen #measures { height: 2fr; padding: 0 1; border-bottom: solid $rule; }
    TrendsScreen #trends { height: 3fr; padding: 0 2; }
    TrendsScreen.-wide #both { layout: horizontal; }
    TrendsScreen.-wide #measures {
        width: 1fr; height: 1fr; padding: 1; border-bottom: none; border-right: solid $rule;
    }
    TrendsScreen.-wide #trends { width: 1fr; height: 1fr; padding: 1 2; }
    """
    _board: Board | None = None
    _facts: PageFacts
    _counting: Worker[None] | None = None

    def body(self) -> Iterable[Widget]:
        """The list and the page beside it, or below it in a narrow window."""
        with Horizontal(id="both"):
            yield LineList(id="measures")
            yield Page(id="trends")

    def on_mount(self) -> None:
        """Ask the first question: the team's period and axis, of the rubric most used."""
        defaults = self.desk.team.reports
        rubric_id = defaults.rubric or self.desk.database().most_used_rubric()
        self._question = Question(rubric_id or "", axis=defaults.by, granularity=defaults.period)
        self._ways: list[Shown] = [Shown()]
        self.query_one("#measures").focus()
        if rubric_id is None:
            self.query_one("#trends", Page).show(lambda room: wrapped(_NOTHING, room))
            return
        self._ask(self._question)

    # ------------------------------------------------------------ counting

    def _ask(self, question: Question) -> None:
        self.query_one(TopLine).show(
            (("Trends", "bold"),), (("… counting", "warn"), ("  Esc stops", "muted"))
        )
        self._counting = self._work_out(question)

    @work(thread=True, exclusive=True, group="trend")
    def _work_out(self, question: Question) -> None:
        """Count beside the screen, so that it never stands still."""
        desk, worker = self.desk, get_current_worker()
        counted: tuple[Board, PageFacts] | AuditToolError
        try:
            counted = self._at_one_head(
                lambda store: board(store, question, today=desk.today, every_line=True)
            )
        except AuditToolError as error:
            counted = error
        if not worker.is_cancelled:
            self.from_worker(self._counted, question, counted)

    def _at_one_head(self, work_out: Callable[[Store], Figures]) -> tuple[Figures, PageFacts]:
        desk = self.desk
        store = desk.database()
        return worked_out(store, desk.team, desk.today, lambda: work_out(store))

    def _counted(
        self, question: Question, counted: tuple[Board, PageFacts] | AuditToolError
    ) -> None:
        self._counting = None
        if isinstance(counted, AuditToolError):
            self.tell(counted)
        else:
            before, (self._board, self._facts) = self._board, counted
            if before is None or before.rubric.id != self._board.rubric.id:
                self._ways = [Shown()]
            self._question = question
            self._ways = [way for way in self._ways if way.evidence is None]
        self._show_list()

    # ------------------------------------------------------------ what is shown

    def _show_top(self) -> None:
        question, counted = self._question, self._board
        chosen = [PERIOD_WORDS[question.granularity], f"by {question.axis} date"]
        chosen += [
            f"{FACTS_BY_ID[fact_id].label}: "
            + ", ".join(show_fact(FACTS_BY_ID[fact_id], value) for value in values)
            for fact_id, values in question.filters.items()
        ]
        chosen.append("routine sample" if question.reasons else "all audits")
        if counted is not None:
            chosen.append(f"{len(counted.counted.audits):,} audits")
        self.query_one(TopLine).show((("Trends", "bold"),), ((" · ".join(chosen), "muted"),))

    def _show_list(self) -> None:
        self._show_top()
        if self._board is None:
            return
        way = self._ways[-1]
        if way.evidence is not None:
            title = self._board.lines[way.measure_id].measure.title
            lines = evidence_lines(self._board.rubric, title, way.evidence)
        elif way.measure_id:
            lines = question_lines(self._board, way.measure_id)
        else:
            lines = measure_lines(self._board)
        self.query_one("#measures", LineList).show(lines, way.at)
        self._show_page()
        self.show_keys()

    def _show_page(self) -> None:
        key, way, counted = self.query_one("#measures", LineList).key, self._ways[-1], self._board
        page = self.query_one("#trends", Page)
        if counted is None or key is None:
            page.show(lambda room: wrapped(_NOTHING, room))
        elif way.evidence is not None:
            row = way.evidence[int(key)]
            page.show(lambda room: evidence_page(counted.rubric, row, room))
        else:
            report = line_report(counted, counted.row(key), self._facts)
            page.show(lambda room: _without_frame(report, room))

    @on(LineList.Moved, "#measures")
    def _moved(self) -> None:
        self._show_page()

    @on(LineList.Chosen, "#measures")
    def _chosen(self) -> None:
        self.action_run("deeper")

    # ------------------------------------------------------------ going down, and back up

    def do_deeper(self) -> None:
        """From a theme to its questions, to their evidence, to the audit."""
        key, way, counted = self.query_one("#measures", LineList).key, self._ways[-1], self._board
        if counted is None or key is None:
            return
        self._ways[-1] = replace(way, at=key)
        if way.evidence is not None:
            from ehcp_audit.tui.screens.summary import SummaryScreen  # noqa: PLC0415

            self.app.push_screen(SummaryScreen(way.evidence[int(key)].audit))
            return
        if key.startswith(CRITERION_PREFIX):
            criterion = key.removeprefix(CRITERION_PREFIX)
            self._ways.append(
                Shown(
                    key,
                    *self._at_one_head(
                        lambda store: store.notes_on_criterion(self._question, criterion)
                    ),
                )
            )
        elif counted.below(key):
            self._ways.append(Shown(key))
        else:
            self.say("Nothing lies below this measure; the themes lead to the evidence.")
            return
        self._show_list()

    def do_back(self) -> None:
        """Stop counting, go back up, or leave."""
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
            self.say("Counting was stopped.")
            self._show_list()
        elif len(self._ways) > 1:
            self._ways.pop()
            self._show_list()
        else:
            self.dismiss()

    def refresh_shown(self) -> None:
        """Count again when coming back, where something was written meanwhile."""
        if self._board is None or self._counting is not None:
            return
        if self.desk.database().head() != self._facts.log_head:
            self._ask(self._question)

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "_question"):
            return None
        if self._board is None and name in (*_ASKING, "deeper", "page", "compare"):
            return "No audit is signed off yet." if self._counting is None else "Still counting."
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
        self._ask(replace(self._question, granularity=following))

    def do_axis(self) -> None:
        """Change between audit date and plan date."""
        other = AXES[1 - AXES.index(self._question.axis)]
        self._ask(replace(self._question, axis=other))

    def do_reasons(self) -> None:
        """Change between the routine sample and all audits."""
        reasons = () if self._question.reasons else ("routine",)
        self._ask(replace(self._question, reasons=reasons))

    def do_rubric(self) -> None:
        """Go to the next rubric."""
        ids = self._rubric_ids()
        following = ids[(ids.index(self._question.rubric_id) + 1) % len(ids)]
        self._ask(replace(self._question, rubric_id=following, filters={}))

    def do_filter(self) -> None:
        """Choose a fact, then a value that occurs."""
        ask_filter(self.desk, self._question, self._ask)

    # ------------------------------------------------------------ pages

    def do_page(self) -> None:
        """Open the whole page: of the measure in view, or all of the trend."""
        counted, way = self._board, self._ways[-1]
        if counted is None:
            return
        name = way.measure_id.replace(":", "-").replace(".", "-")
        if way.evidence is not None and way.facts is not None:
            criterion = way.measure_id.removeprefix(CRITERION_PREFIX)
            report = evidence_report(
                counted.question, counted.rubrics, criterion, way.evidence, way.facts
            )
            self._open(report, way.facts, f"evidence-{name}", "evidence", criterion)
            return
        if way.measure_id:
            report = line_report(counted, counted.row(way.measure_id), self._facts)
            self._open(report, self._facts, name, "measure", way.measure_id)
            return
        figures, facts = self._at_one_head(
            lambda store: ask(store, self._question, today=self.desk.today)
        )
        self._open(trend_report(figures, facts), facts, "trend", "trends")

    def do_compare(self) -> None:
        """Set two groups or two periods side by side."""
        counted = self._board
        if counted is None:
            return

        def go_on(first: Side, second: Side) -> None:
            figures, facts = self._at_one_head(
                lambda store: pair(store, self._question, first, second, today=self.desk.today)
            )
            page = pair_report(figures, facts)
            self._open(page, facts, "two-side-by-side", "two", first.typed, second.typed)

        ask_two(self.desk, counted.periods, go_on)

    def _open(self, report: Report, facts: PageFacts, name: str, *command: str) -> None:
        page = stamped(report, facts, (*command, *options_of(self._question)))
        self.app.push_screen(ReportScreen(lambda: page, f"{name}-{self.desk.today}"))


def _without_frame(report: Report, room: int) -> list[Line]:
    """Return a report's sections alone, as they are printed."""
    bare = replace(report, title="", subtitle=(), banners=(), definitions=(), foot=())
    text = render_terminal(bare, width=max(room, 40)).lstrip("\n")
    lines = report_lines(text)
    definition = report.definitions[0][1] if report.definitions else ""
    return [*lines, line(""), *wrapped(definition, room, "muted")]
