"""Help: what the screen is for, the rules of scoring, and every key."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from ehcp_audit.tui.actions import BACK, Action, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.keymap import LETTERS_ARE_OFF
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.lines import EMPTY, Line, hanging, line, wrapped
from ehcp_audit.tui.widgets.page import Page

WIDEST = 100
RULES = (
    ("Not met", "You looked in the right place and it is missing or wrong."),
    ("Not evidenced", "You could not look (paper missing, no access). Say which paper."),
    ("Not applicable", "The question does not arise for this plan."),
    ("Score the page", "Score what is on the page, not what you know of the child or the writer."),
    ("Evidence", "Write it as if the family will read it. They may ask to."),
    (
        "Tribunal",
        (
            "Where the Tribunal fixed the wording, score it for the child all the same; "
            "it is left out of writer and team figures."
        ),
    ),
)


def keys_of(
    actions: tuple[Action, ...], first: tuple[tuple[str, str, str], ...], room: int
) -> list[Line]:
    """Return one entry a key: the key, what it does, and more."""
    lines = [Line(((f"  {key:<9}", "strong"), (word, "text"))) for _, key, word in first]
    for action in actions:
        said = f"{action.title.partition(': ')[2]}. {action.help}"
        lines += hanging(((f"  {action.shown:<9}", "strong"),), said, room)
    return lines


class HelpScreen(AuditScreen[None]):
    """The help of another screen."""

    ACTIONS = (BACK,)
    BINDINGS = bindings(ACTIONS)  # type: ignore[assignment]

    def __init__(
        self,
        purpose: str,
        here: str,
        actions: tuple[Action, ...],
        first: tuple[tuple[str, str, str], ...],
        *,
        letters_off: bool,
    ) -> None:
        super().__init__()
        self._purpose = purpose
        self._here = here
        self._letters_off = letters_off
        self._actions = actions
        self._first = first

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="help", can_focus=True)

    def on_mount(self) -> None:
        """Write the page."""
        self.query_one(TopLine).show((("Help", "bold"),), (("Esc: back", "muted"),))
        page = self.query_one("#help", Page)
        page.show(self._write)
        page.focus()

    def _write(self, width: int) -> list[Line]:
        width = min(width - 1, WIDEST)
        moving = "Move and scroll; the mouse works too."
        lines = [EMPTY, *wrapped(self._purpose, width, indent=" "), EMPTY]
        if self._here:
            lines += [line(" Where you are", "heading")]
            lines += [*wrapped(self._here, width, indent=" "), EMPTY]
        lines.append(line(" Keys", "heading"))
        if self._letters_off:
            lines += wrapped(LETTERS_ARE_OFF, width, indent="  ")
        lines += keys_of(self._actions, self._first, width)
        lines += hanging((("  ↑ ↓ PgUp PgDn  ", "strong"),), moving, width)
        lines += [EMPTY, line(" Rules of scoring", "heading")]
        for name, rule in RULES:
            lines += hanging(((f"  {name:<16}", "bold"),), rule, width)
        said = "Nothing needs saving: every key is on the disk before the screen says ✓ saved."
        return [*lines, EMPTY, *wrapped(said, width, "muted", indent=" ")]
