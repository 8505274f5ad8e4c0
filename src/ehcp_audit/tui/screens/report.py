"""A report on the screen as it is on paper, and written to a file from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.widget import Widget

from ehcp_audit.reports.files import write_named
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.tui.actions import PAGE, Action, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import ReasonDialog, ask
from ehcp_audit.tui.report_lines import report_lines
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.lines import Line
from ehcp_audit.tui.widgets.page import Page

WIDEST = 100
_WRITTEN = "Its ending says the format: .txt, .md, .html, .pdf or .json. No file is written over."


class ReportScreen(AuditScreen[None]):
    """One report; `make` puts it into words anew whenever it is shown."""

    PURPOSE = (
        "The page as it is printed. PgUp and PgDn scroll; w writes it to a file in the format "
        "that the file's name ends in."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = PAGE
    BINDINGS = bindings(PAGE)  # type: ignore[assignment]
    DEFAULT_CSS = "ReportScreen #report { padding: 1 2; }"

    def __init__(self, make: Callable[[], Report], file_name: str) -> None:
        super().__init__()
        self._make = make
        self._file_name = file_name

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="report", can_focus=True)

    def on_mount(self) -> None:
        """Show the report."""
        super().on_mount()
        self.show_report()
        self.query_one("#report").focus()

    def show_report(self) -> None:
        """Put the report into words and show it from its first line."""
        self.report = self.make()
        self.query_one(TopLine).show(((self.report.title, "bold"),))
        self.query_one("#report", Page).show(self._lines)
        self.show_keys()

    def make(self) -> Report:
        """Return the report as it is now."""
        return self._make()

    def _lines(self, width: int) -> list[Line]:
        return report_lines(render_terminal(self.report, width=max(min(width, WIDEST), 40)))

    def do_write(self) -> None:
        """Ask for the file's name, then write it into the workspace's folder."""

        def named(name: str) -> None:
            path = write_named(self.report, name, self.desk.workspace)
            self.say(f"Written to {path}")

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog("Write it to which file?", _WRITTEN, value=offered)

        ask(self.desk, dialog, named, value=f"{self._file_name}.pdf")
