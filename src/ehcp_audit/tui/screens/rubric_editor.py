"""The rubric editor: the file as it is, what is wrong with it as you type, and how it will look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import events, on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import TextArea

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.files import write_whole
from ehcp_audit.rubric_files import Problem, check_rubric, read_text
from ehcp_audit.tui import themes
from ehcp_audit.tui.actions import RUBRIC_EDITOR, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.screens.question import Question
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import Line, hanging, line, wrapped
from ehcp_audit.tui.widgets.page import Page

PAUSE_SECONDS = 0.25  # after the last keystroke, before the file is checked


class RubricText(TextArea):
    """The text of a rubric in the colours of the screen; Esc belongs to the screen."""

    HELP = (
        "The text of the rubric. F8 goes to the next problem, Ctrl+S writes the file, "
        "Ctrl+Z takes back."
    )

    def on_mount(self) -> None:
        """Follow the theme."""
        self.watch(self.app, "theme", self._take_colours)

    def _take_colours(self, name: str) -> None:
        self.register_theme(themes.text_theme(name))
        self.theme = name

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()


class RubricEditor(AuditScreen[None]):
    """Edits one rubric file."""

    PURPOSE = (
        "The editor checks the file a moment after you stop typing. Problems are listed below; "
        "F8 goes to the next one. On the right is the question you are in, as an auditor will "
        "see it. Ctrl+S writes the file, valid or not; only a valid one can be used."
    )
    ACTIONS = RUBRIC_EDITOR
    BINDINGS = bindings(RUBRIC_EDITOR)  # type: ignore[assignment]
    CSS = """
    RubricEditor #text { height: 2fr; border: none; }
    RubricEditor #problems { height: 8; border-top: solid $rule; padding: 0 1; }
    RubricEditor #preview { display: none; width: 45%; border-left: solid $rule; padding: 1 1 0 2; }
    RubricEditor.-wide #preview { display: block; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._written = ""
        self._rubric: Rubric | None = None
        self._problems: tuple[Problem, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The text and its problems on the left, the question on the right."""
        with Horizontal():
            with Vertical():
                yield RubricText(
                    id="text",
                    show_line_numbers=True,
                    soft_wrap=False,
                    tab_behavior="indent",
                    language="toml",
                )
                yield LineList(id="problems", letters=False)
            yield Page(id="preview")

    def on_mount(self) -> None:
        """Read the file."""
        area = self.query_one("#text", TextArea)
        area.indent_width = 2
        try:
            self._written = read_text(self._path)
        except AuditToolError as error:
            self.tell(error)
        area.load_text(self._written)
        area.focus()
        self._check(self.text)

    @property
    def text(self) -> str:
        """The text as it stands in the editor."""
        return self.query_one("#text", TextArea).text

    @property
    def changed(self) -> bool:
        """Whether the text differs from the file."""
        return self.text != self._written

    # ------------------------------------------------------------ checking

    @on(TextArea.Changed, "#text")
    def _typed(self) -> None:
        self._show_top()
        self.set_timer(PAUSE_SECONDS, self._check_if_still(self.text))

    def _check_if_still(self, text: str):  # type: ignore[no-untyped-def] # noqa: ANN202
        def check() -> None:
            if self.is_mounted and self.text == text:
                self._check(text)

        return check

    @work(thread=True, exclusive=True, group="check")
    def _check(self, text: str) -> None:
        """Check beside the screen, so that typing never waits."""
        checked = check_rubric(text, name=self._path.name)
        self.from_worker(
            self._show, checked.rubric, (*checked.errors, *checked.warnings), len(checked.errors)
        )

    def _show(self, rubric: Rubric | None, problems: tuple[Problem, ...], errors: int) -> None:
        self._rubric = rubric or self._rubric
        self._problems = problems
        lines: list[Line] = []
        room = self.query_one("#problems", LineList).size.width
        for number, problem in enumerate(problems):
            mark = ("✗ ", "error") if number < errors else ("! ", "warn")
            place = (f"{problem.line:>3}  " if problem.line else "     ", "muted")
            first, *rest = hanging((mark, place), problem.sentence, room)
            lines += [Line(first.parts, key=str(number)), *rest]
        frozen = self._frozen()
        if frozen:
            lines = [*hanging((("✗      ", "error"),), frozen, room), *lines]
        self.query_one("#problems", LineList).show(lines or [line("✓ In order.", "good")])
        self._show_top(errors)
        self._show_preview()
        self.show_keys()

    def _frozen(self) -> str:
        """Return the sentence for a version that audits were made with and that differs now."""
        store, rubric = self.desk.store, self._rubric
        if store is None or rubric is None:
            return ""
        kept = store.rubric_hash(rubric.id, rubric.version)
        if kept is None or kept == rubric.hash:
            return ""
        return (
            f"Version {rubric.version} is fixed: audits were made with it. Raise `version` to use "
            "these changes; past audits keep theirs."
        )

    def _show_top(self, errors: int | None = None) -> None:
        told = "checking…" if errors is None else f"{errors} to put right" if errors else "in order"
        if self.changed:
            told = f"not written yet · {told}"
        style = "warn" if errors or self.changed else "good"
        self.query_one(TopLine).show(((self._path.name, "bold"),), ((told, style),))

    # ------------------------------------------------------------ the question in view

    @on(TextArea.SelectionChanged, "#text")
    def _moved(self) -> None:
        self._show_preview()

    def _criterion(self) -> Criterion | None:
        """Return the criterion whose block the cursor is in."""
        if self._rubric is None:
            return None
        row = self.query_one("#text", TextArea).cursor_location[0]
        before = self.text.split("\n")[: row + 1]
        number = sum(each.strip() == "[[criteria]]" for each in before)
        return (
            self._rubric.criteria[number - 1] if 0 < number <= len(self._rubric.criteria) else None
        )

    def _show_preview(self) -> None:
        rubric, criterion = self._rubric, self._criterion()

        def write(width: int) -> list[Line]:
            if rubric is None:
                return wrapped("The question shows here once the file is in order.", width, "muted")
            if criterion is None:
                name = f"{rubric.name}: {len(rubric.criteria)} criteria"
                rest = "Move into a question to see it as an auditor will."
                return [line(name, "bold"), *wrapped(rest, width, "muted")]
            blank = AuditState("", "", "", rubric.hash, "", (), "")
            return Question(rubric, criterion, blank, self.desk.today, full=True).write(width)

        self.query_one("#preview", Page).show(write)

    # ------------------------------------------------------------ doing

    @on(LineList.Chosen, "#problems")
    @on(LineList.Moved, "#problems")
    def _to_problem(self, event: LineList.Moved) -> None:
        self._go_to(self._problems[int(event.key)])

    def _go_to(self, problem: Problem) -> None:
        area = self.query_one("#text", TextArea)
        area.move_cursor((max(problem.line - 1, 0), max(problem.column - 1, 0)), center=True)
        area.focus()

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if name == "next_problem" and not self._problems:
            return "Nothing is wrong."
        return None

    def do_next_problem(self) -> None:
        """Go to the next problem below the cursor, going round."""
        row = self.query_one("#text", TextArea).cursor_location[0] + 1
        below = [problem for problem in self._problems if problem.line > row]
        problem = (below or self._problems)[0]
        self._go_to(problem)
        self.say(problem.sentence)

    def do_write(self) -> None:
        """Write the file."""
        text = self.text
        try:
            write_whole(self._path, text, overwrite=True, private=False)
        except AuditToolError as error:
            self.tell(error)
            return
        self._written = text
        self.say("Written.")
        self._check(text)

    def do_back(self) -> None:
        """Go back, asking what becomes of changes that are not written."""
        if not self.changed:
            self.dismiss()
            return

        def chosen(key: str | None) -> None:
            if key == "w":
                self.do_write()
            if key in ("w", "t"):
                self.dismiss()

        options = [Option("w", "Write the file and leave"), Option("t", "Throw the changes away")]
        self.app.push_screen(ChoiceDialog("The changes are not written.", options), chosen)
