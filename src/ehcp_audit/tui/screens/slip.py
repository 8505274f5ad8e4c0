"""The feedback slips of one audit: one for the plan's writer, one for each agency."""

from __future__ import annotations

from datetime import date

from ehcp_audit.auditing.slip import Slip, check_due, form_of, make_slip
from ehcp_audit.domain.audit import PARTIES, AuditState
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import slip_of
from ehcp_audit.tui.actions import SLIP, bindings
from ehcp_audit.tui.answering import ask_answer
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog
from ehcp_audit.tui.screens.report import ReportScreen

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SlipScreen(ReportScreen):
    """The slip for one party at a time."""

    PURPOSE = (
        "A feedback slip: what is good, then what is asked. A draft plan can be put right before "
        "issue; a final plan is changed only by notice, evidence and 15 days for the family."
    )
    ACTIONS = SLIP
    BINDINGS = bindings(SLIP)

    def __init__(self, audit_id: str) -> None:
        super().__init__(self._slip, "slip")
        self._audit_id = audit_id
        self._party = PARTIES[0]
        self._due: date | None = None
        self._pen: tuple[str, ...] = ()

    def _read(self) -> tuple[AuditState, Rubric]:
        store = self.desk.database()
        state = store.audit(self._audit_id)
        return state, store.rubric(state.rubric_hash)

    def _slip(self) -> Report:
        self.state, self.rubric = self._read()
        return slip_of(
            self.desk.database(),
            self.state,
            party=self._party,
            today=self.desk.today,
            due=self._due,
            pen=self._pen_here(),
            team=self.desk.team.name,
        )

    def _points(self) -> Slip:
        """Return the slip of the party as it is without any slip of the pen."""
        return make_slip(self.rubric, self.state, self._party, self.desk.today)

    def _pen_here(self) -> tuple[str, ...]:
        """Return the slips of the pen that this party's slip has."""
        here = {criterion.id for criterion in self._points().points}
        return tuple(each for each in self._pen if each in here)

    @property
    def file_name(self) -> str:
        """The plan's reference and whose slip it is."""
        return f"{self.state.plan_ref}-slip-{self._party.replace('_', '-')}"

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "state"):
            return None
        final = form_of(self.state) == "final"
        if name == "due" and final:
            return "This plan is final: changing it is a legal process, so the slip sets no date."
        if name == "pen" and not final:
            return "A draft plan is put right before issue, slips of the pen and all the rest."
        if name == "pen" and not self._points().points:
            return "There is no point on this slip."
        return None

    def do_party(self) -> None:
        """Show the next party's slip."""
        self._party = PARTIES[(PARTIES.index(self._party) + 1) % len(PARTIES)]
        self.show_report()

    def do_due(self) -> None:
        """Ask by when a draft plan is to be put right; empty leaves a line on the slip for it."""

        def dated(typed: str | None) -> None:
            if typed is None:
                return
            try:
                due = parse_date(typed, today=self.desk.today) if typed else None
                check_due(self._points(), due, self.desk.today)
            except AuditToolError as error:
                self.tell(error)
                return
            self._due = due
            self.show_report()

        said = "The day you give. Leave it empty to agree one later."
        self.app.push_screen(ReasonDialog("Put right by when?", said, optional=True), dated)

    def do_pen(self) -> None:
        """Ask which point is a slip of the pen, or is none after all."""
        points = self._points().points

        def chosen(letter: str | None) -> None:
            if letter is None:
                return
            criterion = points[_LETTERS.index(letter)].id
            pen = set(self._pen) ^ {criterion}
            self._pen = tuple(c.id for c in self.rubric.criteria if c.id in pen)
            self.show_report()

        options = [
            Option(letter, point.title, "slip of the pen" if point.id in self._pen else "")
            for letter, point in zip(_LETTERS, points, strict=False)
        ]
        said = "What may simply be corrected, such as a misspelt name or a wrong page number."
        self.app.push_screen(
            ChoiceDialog("Which is only a slip of the pen?", options, said), chosen
        )

    def do_answer(self) -> None:
        """Keep what this slip's party answered."""
        ask_answer(self.desk, self._audit_id, self._party, self.show_report)
