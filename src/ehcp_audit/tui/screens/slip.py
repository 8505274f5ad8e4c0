"""The feedback slips of one audit: one for the plan's writer, one for each agency."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ehcp_audit.auditing.slip import PEN, SlipChoice, check_due, why_not
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import chosen_slip, slip_file_name
from ehcp_audit.tui.actions import SLIP, bindings
from ehcp_audit.tui.answering import ask_answer
from ehcp_audit.tui.dialogs import ReasonDialog
from ehcp_audit.tui.find_dialog import FindDialog
from ehcp_audit.tui.screens.report import ReportScreen
from ehcp_audit.tui.widgets.lines import Line

_DUE: Final = "The day you give. Leave it empty to agree one later."


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
        self._choice = SlipChoice()

    def _made(self) -> Report:
        desk, store = self.desk, self.desk.database()
        state = store.audit(self._audit_id)
        self._file_name = slip_file_name(state, self._choice.party)
        self._slip, page = chosen_slip(
            store, state, self._choice, today=desk.today, team=desk.team.name
        )
        return page

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        return why_not(name, self._slip) if hasattr(self, "_slip") else None

    def arises(self, name: str) -> bool:
        """Leave out what is only for the other form of slip."""
        return self.why_not(name) is None

    def _choose(self, choice: SlipChoice) -> None:
        self._choice = choice
        self.show_report()

    def do_party(self) -> None:
        """Show the next party's slip."""
        self._choose(self._choice.next_party())

    def do_due(self) -> None:
        """Ask by when a draft plan is to be put right; empty leaves a line on the slip for it."""

        def dated(typed: str | None) -> None:
            if typed is None:
                return
            try:
                due = parse_date(typed, today=self.desk.today) if typed else None
                check_due(self._slip, due, self.desk.today)
            except AuditToolError as error:
                self.tell(error)
                return
            self._choose(replace(self._choice, due=due))

        self.app.push_screen(ReasonDialog("Put right by when?", _DUE, optional=True), dated)

    def do_pen(self) -> None:
        """Ask which point is a slip of the pen, or is none after all."""
        points, pen = self._slip.points, self._choice.pen

        def found(words: str) -> list[Line]:
            return [
                Line(
                    ((f" {point.title}", "text"),),
                    key=point.id,
                    right=(("slip of the pen", "muted"),) if point.id in pen else (),
                )
                for point in points
                if words.strip().casefold() in point.title.casefold()
            ]

        def chosen(criterion_id: str | None) -> None:
            if criterion_id is not None:
                self._choose(self._choice.toggled(criterion_id))

        dialog = FindDialog(
            "Which is only a slip of the pen?", found, explanation=PEN,
            nothing="No point has those words.",
        )  # fmt: skip
        self.app.push_screen(dialog, chosen)

    def do_answer(self) -> None:
        """Keep what this slip's party answered."""
        ask_answer(self.desk, self._audit_id, self._choice.party, self.show_report)
