"""The flags of the workspace: what waits to be passed on, for whoever leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual import on
from textual.widget import Widget

from ehcp_audit.auditing.flag_words import answer_words
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.flags import FLAG_LABELS
from ehcp_audit.domain.identity import Identity
from ehcp_audit.store import FlagRow
from ehcp_audit.tui.actions import FLAGS, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.flagging import Flagging
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import EMPTY, Line, hanging, line, wrapped
from ehcp_audit.tui.widgets.page import Page


class FlagsScreen(AuditScreen[None]):
    """Every flag that waits for an answer, safeguarding before the rest, the newest first."""

    PURPOSE = (
        "Flags are what an auditor passes on: safeguarding, provision not happening, another "
        "child's details, something to come back to. This tool tells nobody: it keeps which role "
        "was told and when, or why it is no concern."
    )
    ACTIONS = FLAGS
    BINDINGS = bindings(FLAGS)  # type: ignore[assignment]
    CSS = """
    FlagsScreen #flags { height: 1fr; padding: 1 1 0 1; }
    FlagsScreen #about { height: 8; border-top: solid $rule; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._every = False
        self._rows: dict[str, FlagRow] = {}

    def body(self) -> Iterable[Widget]:
        """The list, and the flag under the cursor in full."""
        yield LineList(id="flags")
        yield Page(id="about")

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one("#flags").focus()

    def refresh_shown(self) -> None:
        """Read the flags anew and show them."""
        store = self.desk.database()
        rows = store.flags() if self._every else store.open_flags()
        rows = tuple(sorted(rows, key=lambda row: not row.flag.blocks_sign_off))
        self._rows = {row.flag.id: row for row in rows}
        shown = "open and answered" if self._every else "open"
        self.query_one(TopLine).show((("Flags", "bold"), (f"  {len(rows)} {shown}", "muted")))
        none = [line("No flag waits for an answer.", "muted")]
        self.query_one("#flags", LineList).show([_line(row) for row in rows] or none)
        self._show_about()
        self.show_keys()

    @property
    def _row(self) -> FlagRow | None:
        return self._rows.get(self.query_one("#flags", LineList).key or "")

    @on(LineList.Moved, "#flags")
    def _show_about(self) -> None:
        row = self._row
        self.query_one("#about", Page).show(
            lambda width: [] if row is None else self._about(row, width)
        )

    def _about(self, row: FlagRow, width: int) -> list[Line]:
        flag, lines = row.flag, [EMPTY]
        if flag.criterion is not None:
            rubric = self.desk.rubric_of(row.rubric_hash)
            known = rubric.has_criterion(flag.criterion)
            title = rubric.criterion(flag.criterion).title if known else flag.criterion
            lines += hanging((("Seen at   ", "muted"),), title, width)
        if flag.text:
            lines += hanging((("Says      ", "muted"),), flag.text, width, "bold")
        lines += hanging((("Stands    ", "muted"),), answer_words(flag), width)
        return lines + wrapped(f"Plan {row.ref}, audit by {row.auditor_name}.", width, "muted")

    def why_not(self, name: str) -> str | None:
        """Say why nothing can be done with a flag."""
        if name in ("answer", "open") and self._row is None:
            return "No flag waits for an answer."
        if name == "answer" and not self.desk.database().writable:
            return "This workspace is open for reading only."
        return None

    @on(LineList.Chosen, "#flags")
    def _clicked(self) -> None:
        self.action_run("answer")

    def do_answer(self) -> None:
        """Answer the flag under the cursor, or answer it anew."""
        row = self._row
        if row is None:
            return

        def answer(identity: Identity) -> None:
            state = self.desk.database().audit(row.audit_id)
            flag = next(each for each in state.flags if each.id == row.flag.id)
            Flagging(self.desk, state, identity, self.refresh_shown).answer(flag)

        self.desk.with_identity(answer)

    def do_open(self) -> None:
        """Open the audit where the flag was raised."""
        from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

        if self._row is not None:
            self.app.push_screen(WalkScreen(self._row.audit_id, at=self._row.flag.criterion))

    def do_every(self) -> None:
        """Show those that are answered too, or only the open ones again."""
        self._every = not self._every
        self.refresh_shown()


def _line(row: FlagRow) -> Line:
    flag = row.flag
    style = "muted" if not flag.open else "error" if flag.kind == "safeguarding" else "warn"
    when = show_date(datetime.fromisoformat(flag.raised_at).astimezone().date())
    return Line(
        (
            (" ⚑ " if flag.open else " ✓ ", style),
            (f"{FLAG_LABELS[flag.kind]:<25}", style),
            (f"{row.ref:<14}", "accent"),
            (flag.text.replace("\n", " "), "text"),
        ),
        key=flag.id,
        right=((f"{row.raised_by_name} · {when}", "muted"),),
    )
