"""The summary: grade, what limits it, what would raise it, what is missing; sign-off and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from textual.widget import Widget

from ehcp_audit.auditing import Summary, reopen, sign, summarise, summary_words
from ehcp_audit.auditing.handing_over import hands
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.re_audit import earlier_of, keep_all, still_offered
from ehcp_audit.auditing.signing import check_audit_date
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import MakesReport
from ehcp_audit.tui.actions import SUMMARY, bindings
from ehcp_audit.tui.answering import ask_answer, choose_party
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.beginning import begin
from ehcp_audit.tui.dialogs import ReasonDialog, ask
from ehcp_audit.tui.identifying import ask_text
from ehcp_audit.tui.screens.summary_lines import Shown, summary_lines
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.lines import Line
from ehcp_audit.tui.widgets.page import Page


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
        self._earlier = earlier_of(store, self.state)
        names = {each.id: each.name for each in store.auditors()}
        self._hands = hands(self.state, names)
        self._shown = Shown(
            self.state, self.rubric, self.summary, self._hands, self.desk.today, self._earlier
        )

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
        return summary_lines(self._shown, room)

    # ------------------------------------------------------------ doing

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "state"):
            return None
        return summary_words.why_not(
            name,
            self.state,
            self.summary,
            self.desk.identity,
            follows=self._earlier is not None,
            offers=bool(still_offered(self.rubric, self.state, self.desk.today)),
        )

    def arises(self, name: str) -> bool:
        """Leave out what this audit cannot need; sign-off stays in view until it is done."""
        to_sign = name == "sign" and hasattr(self, "state") and self.state.status == "draft"
        return to_sign or self.why_not(name) is None

    def do_sign(self) -> None:
        """Ask for the audit date, then lock the audit."""

        def dated(text: str) -> None:
            day = parse_date(text, today=self.desk.today)
            check_audit_date(day, self.desk.today)
            if day == self.desk.today:
                self._sign(day, Checked(""))
            else:
                ask_text(self.desk, why(day), lambda reason: self._sign(day, reason))

        def dialog(offered: str) -> ReasonDialog:
            means = summary_words.sign_off_words(self.rubric, self.state)
            return ReasonDialog("Sign off this audit?", means, value=offered)

        def why(day: date) -> Callable[[str], ReasonDialog]:
            return lambda offered: ReasonDialog(
                f"Why {show_date(day)} and not today?",
                summary_words.WHY_ANOTHER_DAY,
                suggestions=summary_words.OTHER_DAYS,
                value=offered,
            )

        ask(self.desk, dialog, dated, value=show_date(self.desk.today))

    def _sign(self, day: date, reason: Checked) -> None:
        identity = self.desk.identity
        if identity is None:
            return
        event = sign(
            self.rubric, self.state, identity.id,
            audit_date=day, today=self.desk.today, date_reason=reason.text,
        )  # fmt: skip
        self._write_events([event, *reason.logged(self.state, "audit date", identity.id)])
        self.say("Signed off. It counts from now.")

    def _write_events(self, events: list[NewEvent]) -> None:
        try:
            self.desk.database().write(events, expects={events[0].subject: self.state.rev})
        finally:
            self.refresh_shown()  # where somebody else changed it, as it is now

    def do_reopen(self) -> None:
        """Reopen, with a reason."""

        def reopened(reason: Checked) -> None:
            identity = self.desk.identity
            if identity is None:
                return
            event = reopen(self.state, identity.id, reason.text)
            self._write_events([event, *reason.logged(self.state, "reopening", identity.id)])
            self.say("Reopened. It does not count until it is signed off again.")

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog("Reopen this audit: why?", summary_words.REOPEN, value=offered)

        self.desk.with_identity(lambda _: ask_text(self.desk, dialog, reopened))

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

    def do_keep(self) -> None:
        """Keep all that is offered unchanged and not decided yet."""
        identity = self.desk.identity
        if identity is None or self._earlier is None:
            return
        today = self.desk.today
        count = len(still_offered(self.rubric, self.state, today))
        events = keep_all(self.rubric, self.state, self._earlier[0], identity.id, today)
        if not events:
            return
        try:
            self._write_events(list(events))
        except AuditToolError as error:
            self.tell(error)
        else:
            self.say(f"Kept {count} unchanged, with their evidence. u in the walk takes them back.")

    def do_slip(self) -> None:
        """Show the feedback slips."""
        from ehcp_audit.tui.screens.slip import SlipScreen  # noqa: PLC0415

        self.app.push_screen(SlipScreen(self._audit_id))

    def do_answer(self) -> None:
        """Ask whose answer it is, then keep it."""
        choose_party(
            self.desk,
            lambda party: ask_answer(self.desk, self._audit_id, party, self.refresh_shown),
        )

    def do_report(self) -> None:
        """Show the audit's report."""
        from ehcp_audit.reports.one_audit import audit_of  # noqa: PLC0415

        self._show_report("audit", audit_of)

    def do_trail(self) -> None:
        """Show everything that was done to this audit."""
        from ehcp_audit.reports.one_audit import trail_of  # noqa: PLC0415

        self._show_report("trail", trail_of)

    def do_before_after(self) -> None:
        """Show this re-audit beside the audit it follows."""
        from ehcp_audit.reports.one_audit import before_after_of  # noqa: PLC0415

        self._show_report("before-after", before_after_of)

    def _show_report(self, kind: str, make: MakesReport) -> None:
        from ehcp_audit.tui.screens.report import ReportScreen  # noqa: PLC0415

        def made() -> Report:
            store = self.desk.database()
            return make(store, store.audit(self._audit_id), today=self.desk.today)

        self.app.push_screen(ReportScreen(made, f"{self.state.plan_ref}-{kind}"))

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
