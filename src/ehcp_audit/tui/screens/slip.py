"""The feedback slips of one audit: one for the plan's writer, one for each agency."""

from __future__ import annotations

from dataclasses import replace

from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.slip import DUE, PEN, make_slip, next_party, set_slip, toggled, why_not
from ehcp_audit.domain.audit import WRITER, SlipSaid
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.identity import Identity
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import slip_file_name, slip_of
from ehcp_audit.tui.actions import SLIP, bindings
from ehcp_audit.tui.answering import ask_answer
from ehcp_audit.tui.dialogs import ReasonDialog, ask
from ehcp_audit.tui.find_dialog import FindDialog
from ehcp_audit.tui.screens.report import ReportScreen
from ehcp_audit.tui.widgets.lines import Line


class SlipScreen(ReportScreen):
    """The slip for one party at a time."""

    PURPOSE = (
        "A feedback slip: what is good, then what is asked. A draft plan can be put right before "
        "issue; a final plan is changed only by notice, evidence and 15 days for the family."
    )
    ACTIONS = SLIP
    BINDINGS = bindings(SLIP)

    def __init__(self, audit_id: str) -> None:
        super().__init__(self._made, "slip")
        self._audit_id = audit_id
        self._party = WRITER

    def _made(self) -> Report:
        desk, store = self.desk, self.desk.database()
        self._state = state = store.audit(self._audit_id)
        self._rubric = store.rubric(state.rubric_hash)
        self._slip = make_slip(self._rubric, state, self._party, desk.today)
        self._file_name = slip_file_name(state, self._party)
        return slip_of(store, state, party=self._party, today=desk.today, team=desk.team.name)

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        return why_not(name, self._slip) if hasattr(self, "_slip") else None

    def arises(self, name: str) -> bool:
        """Leave out what is only for the other form of slip."""
        return self.why_not(name) is None

    def do_party(self) -> None:
        """Show the next party's slip."""
        self._party = next_party(self._party)
        self.show_report()

    def _say(self, said: SlipSaid) -> None:
        """Keep what is said for the slips, and show the slip anew."""

        def keep(identity: Identity) -> None:
            store, state = self.desk.database(), self._state
            try:
                event = set_slip(self._rubric, state, said, identity.id, today=self.desk.today)
                if event is not None:
                    events = [*joining(store, identity), event]
                    store.write(events, expects={event.subject: state.rev})
                    self.say("Kept. It stands on every slip of this audit.")
            except AuditToolError as error:
                self.tell(error)
            self.show_report()

        self.desk.with_identity(keep)

    def do_due(self) -> None:
        """Ask by when a draft plan is to be put right; empty leaves a line on the slip for it."""
        before = self._state.slip

        def dated(typed: str) -> None:
            due = parse_date(typed, today=self.desk.today) if typed else None
            self._say(replace(before, due=due))

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog("Put right by when?", DUE, value=offered, optional=True)

        ask(self.desk, dialog, dated, value=show_date(before.due) if before.due else "")

    def do_pen(self) -> None:
        """Ask which point is a slip of the pen, or is none after all."""
        points, before = self._slip.points, self._state.slip

        def found(words: str) -> list[Line]:
            return [
                Line(
                    ((f" {point.title}", "text"),),
                    key=point.id,
                    right=(("slip of the pen", "muted"),) if point.id in before.pen else (),
                )
                for point in points
                if words.strip().casefold() in point.title.casefold()
            ]

        def chosen(criterion_id: str | None) -> None:
            if criterion_id is not None:
                self._say(replace(before, pen=toggled(before.pen, criterion_id)))

        dialog = FindDialog(
            "Which is only a slip of the pen?", found, explanation=PEN,
            nothing="No point has those words.",
        )  # fmt: skip
        self.app.push_screen(dialog, chosen)

    def do_answer(self) -> None:
        """Keep what this slip's party answered."""
        ask_answer(self.desk, self._audit_id, self._party, self.show_report)
