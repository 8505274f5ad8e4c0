"""What every screen has: its actions, the line at the top, the banner, the keys, and a voice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.css.query import NoMatches
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.tui.actions import Action, bindings
from ehcp_audit.tui.widgets.bars import Banner, Keys, TopLine
from ehcp_audit.tui.widgets.frames import Covered, Rows
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import wrapped
from ehcp_audit.tui.widgets.page import Page

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp
    from ehcp_audit.tui.screens.jump import Target

Result = TypeVar("Result")

NARROWEST, LOWEST = 60, 20
WIDE = 100


class AuditScreen(Screen[Result], Covered, Generic[Result]):
    """A screen whose keys come from the action table.

    An action `name` is done by the method `do_NAME`; `why_not` returns the sentence that keeps
    it from being done now, which is what a disabled key says.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    PURPOSE: ClassVar[str] = ""
    DEFAULT_CSS = """
    AuditScreen #too-small { display: none; height: 1fr; padding: 1 2; }
    AuditScreen.-small #whole { display: none; }
    AuditScreen.-small #too-small { display: block; }
    AuditScreen #whole { height: 1fr; }
    """

    _focus_when_larger: Widget | None = None

    @property
    def desk(self) -> AuditApp:
        """The application: workspace, store and who is at the keyboard."""
        return cast("AuditApp", self.app)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The screen's actions with the keys that the person chose."""
        return self.desk.keymap.remapped(self.ACTIONS)

    def compose(self) -> ComposeResult:
        """Lay out the frame round the screen's own body."""
        with Rows(id="whole"):
            yield TopLine()
            yield Banner()
            yield from self.body()
            yield Keys()
        yield Page(id="too-small")

    def body(self) -> Iterable[Widget]:
        """Return the screen's own widgets."""
        return ()

    def on_mount(self) -> None:
        """Take the person's keys, show the banner and the keys; screens add to this."""
        self._take_own_keys()
        self.query_one(Banner).show(self.desk.banner)
        self.show_keys()

    def _take_own_keys(self) -> None:
        if self.actions == self.ACTIONS:
            return
        names = {action.name for action in self.ACTIONS}
        kept = {
            key: [each for each in bound if each.id not in names]
            for key, bound in self._bindings.key_to_bindings.items()
        }
        own = BindingsMap(bindings(self.actions))
        self._bindings = BindingsMap.merge([own, BindingsMap.from_keys(kept)])

    def on_resize(self) -> None:
        """Say so where the window is too small to work in, and mark where it is wide."""
        width, height = self.size
        small = width < NARROWEST or height < LOWEST
        if small and not self.has_class("-small"):
            self._focus_when_larger = self.focused  # what is hidden loses the focus
        elif not small and self.has_class("-small"):
            self.call_after_refresh(self.set_focus, self._focus_when_larger)
        self.set_class(small, "-small")
        self.set_class(width >= WIDE, "-wide")
        self.query_one("#too-small", Page).show(
            lambda room: wrapped(
                f"This window is {width}×{height}; ehcp-audit needs {NARROWEST}×{LOWEST}. "
                "Make it larger, or the letters smaller. Nothing is lost.",
                room,
            )
        )

    def on_screen_resume(self) -> None:
        """Bring the screen up to date when it is seen again."""
        self.desk.page_shown(self)
        self.query_one(Banner).show(self.desk.banner)
        self.refresh_shown()

    def refresh_shown(self) -> None:
        """Show everything anew; screens that show stored things override this."""

    def from_worker(self, show: Callable[..., None], *found: Any) -> None:
        """Show what a worker thread found; a screen that is being taken down shows nothing."""

        def shown() -> None:
            with contextlib.suppress(NoMatches):  # its widgets go before it does
                show(*found)

        self.desk.call_from_thread(shown)

    def show_keys(self) -> None:
        """Bring the footer up to date with what can be done now."""
        lead = (("help", "^g", "then a key"),) if self.desk.letters_off else ()
        offered = tuple(action for action in self.actions if self.arises(action.name))
        self.query_one(Keys).show(offered, self.why_not, (*lead, *self.first_keys()))

    def first_keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return keys that are not in the table because the rubric gives them (the levels)."""
        return ()

    def why_not(self, name: str) -> str | None:
        """Return why an action cannot be done now, or None where it can."""
        del name
        return None

    def arises(self, name: str) -> bool:
        """Whether an action can arise here at all; the footer leaves out one that cannot."""
        del name
        return True

    def action_run(self, name: str) -> None:
        """Do an action, or say why not; errors are told, never raised."""
        reason = self.why_not(name)
        if reason is not None:
            self.say(reason)
            return
        try:
            getattr(self, f"do_{name}")()
        except AuditToolError as error:
            self.tell(error)

    @on(Keys.Pressed)
    def _key_clicked(self, event: Keys.Pressed) -> None:
        self.action_run(event.name)

    def say(self, sentence: str) -> None:
        """Say a sentence without stopping the work."""
        self.desk.say(sentence)

    def tell(self, error: AuditToolError) -> None:
        """Tell what went wrong and what to do."""
        self.desk.tell(error)

    def do_help(self) -> None:
        """Show what this screen is for, what has the focus, and every key."""
        here = getattr(self.focused, "HELP", None) or ""
        self.desk.show_help(self.PURPOSE, here, self.actions, self.first_keys())

    def do_jump(self) -> None:
        """Put a letter beside every line and field in view, and go to the one pressed."""
        from ehcp_audit.tui.screens.jump import JumpScreen  # noqa: PLC0415

        targets = self._jump_targets()
        if targets:
            self.app.push_screen(JumpScreen(targets))
        else:
            self.say("There is nothing to jump to here.")

    def _jump_targets(self) -> list[Target]:
        from ehcp_audit.tui.screens.jump import Target  # noqa: PLC0415

        targets = []
        for widget in self.focus_chain:
            at = widget.content_region.offset
            if isinstance(widget, LineList):
                targets += [
                    Target(Offset(at.x, at.y + y), partial(widget.go_to, key))
                    for y, key in widget.places()
                ]
            else:
                targets.append(Target(at, partial(self.set_focus, widget)))
        return targets

    def do_palette(self) -> None:
        """Open the command palette."""
        self.desk.show_palette()

    def do_quit(self) -> None:
        """Leave the program."""
        self.desk.exit()

    def do_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    def key_pageup(self) -> None:
        """Scroll the page up."""
        self._scroll_page(-1)

    def key_pagedown(self) -> None:
        """Scroll the page down."""
        self._scroll_page(1)

    def _scroll_page(self, pages: int) -> None:
        for page in self.query(Page):
            if page.id != "too-small":
                page.scroll_page(pages)
