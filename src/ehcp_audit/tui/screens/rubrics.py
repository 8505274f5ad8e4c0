"""Rubrics: what is in rubrics/, whether it is in order, and how an auditor will see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.identity import Identity
from ehcp_audit.files import write_whole
from ehcp_audit.reports.rubric_page import rubric_report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.wording import counted
from ehcp_audit.rubric_files import RubricEntry, list_rubrics
from ehcp_audit.rubric_files.skeleton import skeleton
from ehcp_audit.rubric_versions import foretell, publish
from ehcp_audit.tui.actions import RUBRICS, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import NoticeDialog, ReasonDialog, ask
from ehcp_audit.tui.report_lines import report_lines
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import EMPTY, Line, line, wrapped
from ehcp_audit.tui.widgets.page import Page


class RubricsScreen(AuditScreen[None]):
    """The rubric files of the workspace."""

    PURPOSE = (
        "Rubrics lists the files in rubrics/ and shows each as an auditor will see it. e opens "
        "the editor, which says what is wrong while you type. Past audits keep the version they "
        "were made with, whatever happens to a file."
    )
    ACTIONS = RUBRICS
    BINDINGS = bindings(RUBRICS)  # type: ignore[assignment]
    CSS = """
    RubricsScreen #files { width: 34; border-right: solid $rule; padding: 1; }
    RubricsScreen #rubric { padding: 1 2 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, RubricEntry] = {}

    def body(self) -> Iterable[Widget]:
        """The files on the left, the chosen one on the right."""
        with Horizontal():
            yield LineList(id="files", pages=False)
            yield Page(id="rubric")

    def on_mount(self) -> None:
        """Give the list the focus."""
        self.query_one("#files").focus()

    def refresh_shown(self) -> None:
        """Read the files anew."""
        folder = self.desk.workspace.rubrics
        self._entries = {entry.path.name: entry for entry in list_rubrics(folder)}
        count = f"{len(self._entries)} in {folder.name}/"
        self.query_one(TopLine).show((("Rubrics", "bold"),), ((count, "muted"),))
        self.query_one("#files", LineList).show(self._lines())
        self._show_chosen()
        self.show_keys()

    def _lines(self) -> list[Line]:
        if not self._entries:
            return [line("No rubric file here; n begins one.", "muted")]
        used, store = self._used(), self.desk.store
        frozen = {kept.hash for kept in store.rubric_versions()} if store is not None else set()
        lines = []
        for name, entry in self._entries.items():
            rubric = entry.file.rubric if entry.file is not None else None
            if rubric is None:
                lines += [Line(((f"✗ {Path(name).stem}", "error"),), key=name)]
                lines.append(line("  cannot be used: e mends it", "muted"))
                continue
            state = "fixed, no audit yet" if rubric.hash in frozen else "not used yet"
            if rubric.hash in used:
                state = f"in {counted(used[rubric.hash], 'audit')}"
            lines.append(Line(((f"✓ {Path(name).stem}", "text"),), key=name))
            lines.append(line(f"  {rubric.version}, {state}", "muted"))
        return lines

    def _used(self) -> Mapping[str, int]:
        return self.desk.store.audits_by_rubric() if self.desk.store is not None else {}

    @property
    def chosen(self) -> RubricEntry | None:
        """The file under the cursor."""
        return self._entries.get(self.query_one("#files", LineList).key or "")

    @on(LineList.Moved, "#files")
    def _moved(self) -> None:
        self._show_chosen()
        self.show_keys()

    @on(LineList.Chosen, "#files")
    def _clicked(self) -> None:
        self.action_run("edit")

    def _show_chosen(self) -> None:
        entry = self.chosen

        def write(width: int) -> list[Line]:
            if entry is None:
                return [EMPTY]
            if entry.error is not None:
                told = [problem.show(entry.path.name) for problem in entry.error.problems]
                return wrapped("\n\n".join(told), width)
            if entry.file is None:
                return [EMPTY]
            return report_lines(render_terminal(rubric_report(entry.file.rubric), width=width))

        self.query_one("#rubric", Page).show(write)

    # ------------------------------------------------------------ doing

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if name in ("edit", "form", "publish") and (not self.is_mounted or self.chosen is None):
            return "There is no rubric file here; n begins one."
        if name in ("form", "publish") and self.chosen is not None and self.chosen.file is None:
            return "This file cannot be used yet; e mends it."
        return None

    def do_edit(self) -> None:
        """Open the editor on the chosen file."""
        from ehcp_audit.tui.screens.rubric_editor import RubricEditor  # noqa: PLC0415

        if self.chosen is not None:
            self.app.push_screen(RubricEditor(self.chosen.path))

    def do_create(self) -> None:
        """Begin a new rubric from the skeleton."""
        folder = self.desk.workspace.rubrics

        def named(name: str) -> None:
            path = folder / f"{Path(name).stem}.toml"
            folder.mkdir(exist_ok=True)
            write_whole(path, skeleton(path.stem), private=False)
            self.refresh_shown()
            self.query_one("#files", LineList).move_to(path.name)
            self.do_edit()

        def dialog(offered: str) -> ReasonDialog:
            explanation = "It becomes the file's name and the rubric's id, such as early-years."
            return ReasonDialog("A name for the new rubric", explanation, value=offered)

        ask(self.desk, dialog, named)

    def do_publish(self) -> None:
        """Say what publishing does, ask who read the sources and when, then freeze the version."""
        self.desk.with_identity(self._publish)

    def _publish(self, identity: Identity) -> None:
        entry = self.chosen
        if entry is None or entry.file is None:
            return
        store, file, today = self.desk.database(), entry.file, self.desk.today
        told = "\n\n".join("\n".join(part) for part in foretell(store, file.rubric, today=today))

        def read_on(by: str, typed: str) -> None:
            published = publish(
                store,
                file.rubric,
                file.text,
                identity,
                sources_read_by=by,
                sources_read_on=parse_date(typed, today=today),
                today=today,
            )
            self.say(f"Published: version {published.version} can no longer be changed.")
            self.refresh_shown()

        def who(offered: str) -> ReasonDialog:
            role = "A role rather than a name, such as SEND quality lead."
            return ReasonDialog("Who read the law and the sources again?", role, value=offered)

        def when(offered: str) -> ReasonDialog:
            day = "A date, such as today or 3 Sep 25."
            return ReasonDialog("When were they read?", day, value=offered)

        def ask_who(seen: bool | None) -> None:
            if seen:
                ask(self.desk, who, lambda by: ask(self.desk, when, partial(read_on, by)))

        self.app.push_screen(NoticeDialog("Before publishing", told), ask_who)

    def do_form(self) -> None:
        """Write the blank form beside the database."""
        if self.chosen is None or self.chosen.file is None:
            return
        rubric = self.chosen.file.rubric
        path = self.desk.workspace.folder / f"{rubric.id}-{rubric.version}-form.txt"
        write_whole(path, render_terminal(rubric_report(rubric, form=True)), private=False)
        self.say(f"Written to {path}")
