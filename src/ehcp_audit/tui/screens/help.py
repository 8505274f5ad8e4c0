"""Help: what the screen is for, the rules of scoring, and every key."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from ehcp_audit.tui.actions import BACK, Action, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.shown import joined, shown, stacked
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.page import Page

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


def keys_of(actions: tuple[Action, ...], first: tuple[tuple[str, str, str], ...]) -> list[Content]:
    """Return one line a key: the key, what it does, and more."""
    lines = [joined(shown(f"  {key:<9}", "bold $accent"), shown(word)) for _, key, word in first]
    lines += [
        joined(
            shown(f"  {action.shown:<9}", "bold $accent"),
            shown(f"{action.title.partition(': ')[2]}.  "),
            shown(action.help, "$muted"),
        )
        for action in actions
    ]
    return lines


class HelpScreen(AuditScreen[None]):
    """The help of another screen."""

    ACTIONS = (BACK,)
    BINDINGS = bindings(ACTIONS)  # type: ignore[assignment]

    def __init__(
        self, purpose: str, actions: tuple[Action, ...], first: tuple[tuple[str, str, str], ...]
    ) -> None:
        super().__init__()
        self._purpose = purpose
        self._actions = actions
        self._first = first

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="help", can_focus=True)

    def on_mount(self) -> None:
        """Write the page."""
        self.query_one(TopLine).show(shown("Help", "bold"), shown("Esc: back", "$muted"))
        page = self.query_one("#help", Page)
        page.show(self._write)
        page.focus()

    def _write(self, width: int) -> Content:
        lines = [shown("")]
        lines += [shown(f" {line}") for line in textwrap.wrap(self._purpose, max(width - 2, 20))]
        lines += [shown(""), shown(" Keys", "bold $primary")]
        lines += keys_of(self._actions, self._first)
        lines += [
            joined(
                shown("  ↑ ↓ PgUp PgDn  ", "bold $accent"),
                shown("Move and scroll; the mouse works too."),
            ),
            shown(""),
            shown(" Rules of scoring", "bold $primary"),
        ]
        for name, rule in RULES:
            first, *rest = textwrap.wrap(rule, max(width - 19, 20))
            lines.append(joined(shown(f"  {name:<16}", "bold"), shown(first)))
            lines += [shown(" " * 18 + line) for line in rest]
        lines += [
            shown(""),
            shown(
                " Nothing needs saving: every key is on the disk before the screen says ✓ saved.",
                "$muted",
            ),
        ]
        return stacked(*lines)
