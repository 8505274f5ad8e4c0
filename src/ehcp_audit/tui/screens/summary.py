"""The summary: grade, what limits it, what would raise it, what is missing; sign-off and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from textual.widget import Widget

from ehcp_audit.auditing import Summary, reopen, sign, summarise, summary_words
from ehcp_audit.auditing.identifying import Decision, PointedOut
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.grading import ThemeResult, percent
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.tui.actions import SUMMARY, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.beginning import begin
from ehcp_audit.tui.dialogs import ReasonDialog
from ehcp_audit.tui.identifying import ask_text
from ehcp_audit.tui.screens.question import level_symbol
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.lines import EMPTY, Line, Part, hanging, line, wrapped
from ehcp_audit.tui.widgets.page import Page

BAR_CELLS = 20


class SummaryScreen(AuditScreen[str]):
    """One audit summed up; answers with the question to go to, if any."""

    PURPOSE = (
        "The summary shows the grade, what limits it and what would raise it, and what is still "
        "missing. Signing off locks the audit; from then on it counts."
    )
    ACTIONS = SUMMARY
    BINDINGS = bindings(SUMMARY)  # type: ignore[assignment]
    CSS = "SummaryScreen #summary { padding: 1 2; }"

    def __init__(self, audit_id: str, *, from_walk: bool = False) -> None:
        super().__init__()
        self._audit_id = audit_id
        self._from_walk = from_walk

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="summary", can_focus=True)

    def on_mount(self) -> None:
        """Read the audit and show it."""
        self._read()
        self._paint()
        self.query_one("#summary").focus()

    def refresh_shown(self) -> None:
        """Read the audit anew."""
        self._read()
        self._paint()

    def _read(self) -> None:
        store = self.desk.database()
        self.state: AuditState = store.audit(self._audit_id)
        pinned = store.rubric(self.state.rubric_hash)
        self.rubric: Rubric = pinned.said_of(self.state.facts)
        self.summary: Summary = summarise(self.rubric, self.state, self.desk.today)
        auditor = store.auditor(self.state.auditor)
        self._auditor = auditor.name if auditor else self.state.auditor

    # ------------------------------------------------------------ showing

    def _paint(self) -> None:
        status = self.state.status
        style = {"draft": "muted", "withdrawn": "warn", "signed": "good"}[status]
        self.query_one(TopLine).show(
            ((self.state.plan_ref, "bold"), (f" · {self.rubric.name} · summary", "text")),
            (("signed off" if status == "signed" else status, style),),
        )
        self.query_one("#summary", Page).show(self._write)
        self.show_keys()

    def _write(self, width: int) -> list[Line]:
        room = max(width, 30)
        lines = self._about_plan(room)
        lines += [EMPTY, *self._grade(room), *self._gaps(room)]
        lines += [EMPTY, line("By theme", "heading")]
        lines += [self._theme(theme) for theme in self.summary.result.themes]
        lines += self._unseen(room)
        if across := summary_words.across_words(self.rubric, self.state):
            lines += [EMPTY, *wrapped(across, room, "warn")]
        return lines

    def _about_plan(self, room: int) -> list[Line]:
        facts, who = summary_words.about_plan(self.state, self._auditor)
        return [*wrapped(facts, room), *wrapped(who, room, "muted")]

    def _grade(self, room: int) -> list[Line]:
        result = self.summary.result
        if self._undecided:
            said = summary_words.no_grade_yet(self.summary)
            return [line("Grade", "heading"), *wrapped(said, room)]
        if result.grade is None or result.score is None or result.reached is None:
            return [line("Grade", "heading"), *wrapped(result.ungraded, room, "warn")]
        borderline = f"   {summary_words.BORDERLINE}" if result.borderline else ""
        parts = (
            ("Grade   ", "heading"),
            (self.rubric.grade_label(result.grade), "bold"),
            (f"   score {percent(result.score)}", "muted"),
            (borderline, "warn"),
        )
        lines = [Line(parts)]
        for limit in summary_words.limit_words(self.rubric, self.summary):
            style = "warn" if limit.bites else "muted"
            lines += _labelled(limit.label, limit.sentence, room, style)
        return lines + self._raise(room)

    @property
    def _undecided(self) -> bool:
        """Whether a question of this draft still waits for a decision; then nothing is graded."""
        return summary_words.undecided(self.summary)

    def _raise(self, room: int) -> list[Line]:
        said = summary_words.raise_words(self.rubric, self.summary)
        return _labelled("To raise", said, room) if said else []

    def _theme(self, theme: ThemeResult) -> Line:
        title = (f"  {self.rubric.theme(theme.theme).title:<36}", "text")
        symbols = tuple(self._symbol(c.id) for c in self.rubric.in_theme(theme.theme))
        if self._undecided and theme.applicable:
            return Line((title, *symbols))
        if theme.score is None:
            word = "not scored" if theme.applicable else "does not apply"
            return Line((title, (f"{'–':>6}  {word}", "muted")))
        met = (" met", "good") if theme.met else (" not met", "warn")
        share = (f"{percent(theme.score):>6} ", "text")
        return Line((title, share, (f"{_bar(theme.score)} ", "heading"), *symbols, met))

    def _symbol(self, criterion_id: str) -> Part:
        if self.state.sign_off is not None:
            level: int | None = self.state.sign_off.levels[criterion_id]
        else:
            level = self.state.resolved_level(self.rubric.criterion(criterion_id), self.desk.today)
        style = "error" if level == 1 else "muted" if level is None or level <= 0 else "text"
        return level_symbol(self.rubric, level), style

    def _gaps(self, room: int) -> list[Line]:
        if self.state.status != "draft":
            return []
        if not self.summary.gaps:
            return [EMPTY, line("Nothing is missing. g signs off.", "good")]
        lines = [EMPTY, line(f"Missing before sign-off ({len(self.summary.gaps)})", "warn")]
        for lack, titles in summary_words.gap_words(self.rubric, self.summary):
            lines += _labelled(lack, " · ".join(titles), room)
        return lines

    def _unseen(self, room: int) -> list[Line]:
        if not self.summary.not_evidenced:
            return []
        titles = [self.rubric.criterion(key).title for key in self.summary.not_evidenced]
        return [EMPTY, *_labelled("Not seen", " · ".join(titles), room, "muted")]

    # ------------------------------------------------------------ doing

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "state"):
            return None
        return summary_words.why_not(name, self.state, self.summary, self.desk.identity)

    def do_sign(self) -> None:
        """Ask for the audit date, then lock the audit."""
        today = show_date(self.desk.today)

        def dated(text: str | None) -> None:
            if text is None:
                return
            try:
                day = parse_date(text or "today", today=self.desk.today)
            except AuditToolError as error:
                self.tell(error)
                return
            if day == self.desk.today:
                self._sign(day, "")
            else:
                self.app.push_screen(
                    ReasonDialog(
                        f"Why {show_date(day)} and not today?",
                        summary_words.WHY_ANOTHER_DAY,
                        suggestions=summary_words.OTHER_DAYS,
                    ),
                    lambda reason: self._sign(day, reason) if reason else None,
                )

        self.app.push_screen(
            ReasonDialog(
                "Sign off this audit?",
                summary_words.sign_off_words(self.rubric, self.state),
                value=today,
            ),
            dated,
        )

    def _sign(self, day: date, reason: str) -> None:
        identity = self.desk.identity
        if identity is None:
            return
        try:
            event = sign(
                self.rubric, self.state, identity.id,
                audit_date=day, today=self.desk.today, date_reason=reason,
            )  # fmt: skip
        except AuditToolError as error:
            self.tell(error)
            return
        if self._write_events([event]):
            self.say("Signed off. It counts from now.")

    def _write_events(self, events: list[NewEvent]) -> bool:
        try:
            self.desk.database().write(events, expects={events[0].subject: self.state.rev})
        except AuditToolError as error:
            self.tell(error)
            self.refresh_shown()
            return False
        self.refresh_shown()
        return True

    def do_reopen(self) -> None:
        """Reopen, with a reason."""

        def reopened(reason: str, pointed: PointedOut | None, decision: Decision | None) -> None:
            identity = self.desk.identity
            if identity is None:
                return
            try:
                events = [reopen(self.state, identity.id, reason)]
            except AuditToolError as error:  # reopened elsewhere meanwhile
                self.tell(error)
                return
            if pointed is not None and decision is not None:
                events.append(pointed.event(self.state, "reopening", decision, identity.id))
            if self._write_events(events):
                self.say("Reopened. It does not count until it is signed off again.")

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog("Reopen this audit: why?", summary_words.REOPEN, value=offered)

        def ask(_: Identity) -> None:
            ask_text(self.desk, dialog, reopened)

        self.desk.with_identity(ask)

    def do_first_gap(self) -> None:
        """Go to the first question that lacks something."""
        self._to_walk(self.summary.gaps[0].criterion)

    def do_walk(self) -> None:
        """Open the walk."""
        self._to_walk(None)

    def _to_walk(self, criterion_id: str | None) -> None:
        from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

        if self._from_walk:
            self.dismiss(criterion_id)
        else:
            self.app.push_screen(WalkScreen(self._audit_id, at=criterion_id))

    def do_re_audit(self) -> None:
        """Begin an audit of the same plan, with its facts."""
        facts = {**self.state.facts, "audit_reason": "re_audit"}
        begin(self.desk, facts=facts, follows=self.state.id)

    def do_facts(self) -> None:
        """Show the facts."""
        from ehcp_audit.tui.screens.facts import FactsScreen  # noqa: PLC0415

        reading = "Change the facts from the walk."
        self.app.push_screen(
            FactsScreen(
                f"Facts · {self.state.plan_ref}",
                self.state.facts,
                new=False,
                reading=reading,
                own=self.rubric.facts,
            )
        )


def _bar(share: Fraction) -> str:
    """Return a bar of 20 cells for a share."""
    full = int(share * BAR_CELLS + Fraction(1, 2))
    return "█" * full + "░" * (BAR_CELLS - full)


def _labelled(label: str, text: str, room: int, style: str = "text") -> list[Line]:
    """Return a label with its text beside it, wrapped under itself."""
    return hanging(((f"  {label:<10}", "muted"),), text, room, style)
