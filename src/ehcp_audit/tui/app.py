"""The application: the workspace, the open database, who is at the keyboard, and the screens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, TextArea

from ehcp_audit.auditing.typed_notes import NoteText
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.wording import banner_of
from ehcp_audit.settings.person import (
    Person,
    new_auditor_id,
    person_file,
    read_person,
    write_person,
)
from ehcp_audit.settings.team import TeamSettings, team_settings
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Store, Written
from ehcp_audit.tui import themes
from ehcp_audit.tui.actions import Action
from ehcp_audit.tui.dialogs import WhoDialog
from ehcp_audit.tui.keymap import LEADER, LETTERS_ARE_OFF, read_keymap
from ehcp_audit.tui.typing_ahead import TypingAhead

if TYPE_CHECKING:
    from ehcp_audit.domain.rubric import Rubric

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present time in UTC; the default clock."""
    return datetime.now(UTC)


class AuditApp(App[None]):
    """ehcp-audit on a terminal."""

    TITLE = "ehcp-audit"
    ENABLE_COMMAND_PALETTE = False
    CSS = (
        themes.STYLE_SHEET
        + """
    ToastRack { dock: top; align: right top; margin: 1 0 0 0; }
    * {
        scrollbar-color: $muted; scrollbar-color-hover: $muted; scrollbar-color-active: $muted;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    Toast { width: 56; max-width: 70%; }
    """
    )
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True)
    ]

    def __init__(
        self,
        workspace: Workspace,
        *,
        chosen: Identity | None = None,
        clock: Clock = now,
        debug: bool = False,
    ) -> None:
        self.person: Person | None = read_person(person_file(os.environ))
        super().__init__(ansi_color="NO_COLOR" in os.environ or None)  # no colour at all, not grey
        # There the light theme's cursor line would be as white as the rest.
        self.set_class(self.console.color_system == "standard", "-sixteen")
        self.keymap = read_keymap(self.person.keys if self.person else {})
        self.workspace = workspace
        self.team: TeamSettings = team_settings(workspace)
        self.store: Store | None = None
        self.clock = clock
        self.fault: Exception | None = None
        self.left_typing: tuple[NoteText, Future[Written]] | None = None
        self._debug = debug
        self._chosen = chosen
        self._led = False
        self._pressed = 0
        self._said_after: int | None = None  # which press a passing sentence answers
        self._page: Screen[Any] | None = None
        self.typing = TypingAhead(self, self._hand_on)
        if workspace.database.exists():
            self.store = Store.open(workspace.database, clock=clock)

    # ------------------------------------------------------------ what screens need

    @property
    def today(self) -> date:
        """The local calendar date."""
        return self.clock().astimezone().date()

    @property
    def identity(self) -> Identity | None:
        """Who is at the keyboard, or None until they have said so."""
        if self._chosen is not None:
            return self._chosen
        return self.person.identity if self.person else None

    @property
    def letters_off(self) -> bool:
        """Whether a letter, digit or sign does something only after ^g."""
        return self.person is not None and self.person.letters == "off"

    @property
    def banner(self) -> str:
        """What every screen must say of this database; empty for an ordinary one."""
        return banner_of(self.store)

    def database(self) -> Store:
        """Return the open database, making it on first use."""
        if self.store is None:
            self.store = Store.open_or_create(self.workspace.database, clock=self.clock)
        return self.store

    def rubric_of(self, rubric_hash: str) -> Rubric:
        """Return a rubric that audits here are pinned to."""
        return self.database().rubric(rubric_hash)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while, in place of the last; nothing in it is markup."""
        self._said_after = self._pressed
        self.clear_notifications()
        self.notify(visible(sentence), markup=False, timeout=5)

    def tell(self, error: AuditToolError) -> None:
        """Tell an error in its own words."""
        text = visible(error.sentences)
        self._said_after = None
        self.clear_notifications()  # one refusal after the other would cover the screen
        self.notify(text, title=visible(error.title), severity="error", markup=False, timeout=10)

    def page_shown(self, page: Screen[Any]) -> None:
        """Take away what was said on the page before, unless the same press led to this one.

        So a refusal does not lie over the next page, and “Withdrawn” is read on home. Errors stay.
        """
        before, self._page = self._page, page
        passing = self._said_after is not None and self._said_after < self._pressed
        if passing and page is not before:
            self.clear_notifications()

    def with_identity(self, go_on: Callable[[Identity], None]) -> None:
        """Go on with who is at the keyboard, asking first where it is not known."""
        if self.identity is not None:
            go_on(self.identity)
            return
        self.ask_who(go_on)

    def ask_who(self, go_on: Callable[[Identity], None] | None = None) -> None:
        """Ask for name and agency, keep them, and go on."""
        auditor_id = self.person.auditor_id if self.person else new_auditor_id()

        def keep(identity: Identity | None) -> None:
            if identity is None:
                return
            person = self.person or Person(auditor_id)
            try:
                self.keep_person(replace(person, name=identity.name, agency=identity.agency))
            except AuditToolError as error:
                self.tell(error)
                return
            self._chosen = None
            if go_on is not None:
                go_on(identity)

        self.push_screen(WhoDialog(self.identity, auditor_id), keep)

    def keep_person(self, person: Person) -> None:
        """Keep the person's own settings."""
        write_person(person_file(os.environ), person)
        self.person = person

    def change_theme(self) -> None:
        """Go to the next of our themes, and remember it."""
        self.theme = themes.following(self.theme)
        if self.person is not None:
            self.keep_person(replace(self.person, theme=self.theme))

    def open_workspace(self, workspace: Workspace) -> None:
        """Leave this workspace and open another."""
        if self.store is not None:
            self.store.close()
            self.store = None
        self.workspace = workspace
        self.team = team_settings(workspace)
        if workspace.database.exists():
            self.store = Store.open(workspace.database, clock=self.clock)

    def show_help(
        self,
        purpose: str,
        here: str,
        actions: tuple[Action, ...],
        first: tuple[tuple[str, str, str], ...],
    ) -> None:
        """Show what a screen is for, what has the focus (`here`), and its keys."""
        from ehcp_audit.tui.screens.help import HelpScreen  # noqa: PLC0415

        self.push_screen(HelpScreen(purpose, here, actions, first, letters_off=self.letters_off))

    def show_palette(self) -> None:
        """Open the palette with everything the screen below it can do."""
        from ehcp_audit.tui.palette import ActionProvider  # noqa: PLC0415

        self.push_screen(
            CommandPalette(providers=[ActionProvider], placeholder="Type part of a command…")
        )

    # ------------------------------------------------------------ running

    async def on_event(self, event: events.Event) -> None:
        """Take keys in order, however fast they come; what is pasted is made visible first."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            self._pressed += isinstance(event, events.MouseDown)
            await super().on_event(event)
            return
        if isinstance(event, events.Paste):
            event.text = visible(event.text)
        elif self.letters_off and self._held_back(event):
            return
        await self.typing.take(event)

    async def _hand_on(self, event: events.Event) -> None:
        self._pressed += 1
        await super().on_event(event)

    def _held_back(self, key: events.Key) -> bool:
        """Whether a key does nothing by itself, because single letters are off."""
        led, self._led = self._led, False
        if isinstance(self.focused, (Input, TextArea)):
            return False  # letters are text there, as ever
        if key.key == LEADER:
            self._led = True
        elif led or not key.is_printable:
            return False
        else:
            self.say(LETTERS_ARE_OFF)
        return True

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours' names, so that style sheets may use them in any theme."""
        return dict(themes.THEMES[0].variables)

    def on_mount(self) -> None:
        """Choose the colours and open the first screen."""
        from ehcp_audit.tui.screens.home import HomeScreen  # noqa: PLC0415

        for theme in themes.THEMES:
            self.register_theme(theme)
        wanted = self.person.theme if self.person else ""
        self.theme = wanted if wanted in themes.NAMES else themes.NAMES[0]
        self._catch_signals()
        self.push_screen(HomeScreen())

    def _catch_signals(self) -> None:
        """Leave in good order on hang-up and terminate; typed text is kept as drafts already."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.exit)

        if hasattr(signal, "SIGCONT") and hasattr(self._driver, "_must_signal_resume"):
            signal.signal(signal.SIGCONT, self._wake)

    def _wake(self, *_: object) -> None:
        """Paint anew after a sleep; only what Ctrl+Z left is started again.

        Textual starts a second pair of threads where nothing had ended the first, which are then
        never ended: the program would not leave.
        """
        driver = self._driver
        if driver is not None and getattr(driver, "_must_signal_resume", False):
            driver.resume_application_mode()
        else:
            self.refresh(layout=True)

    def _handle_exception(self, error: Exception) -> None:
        """Leave with one sentence; Textual's own traceback would print what is on the screen."""
        self.fault = error
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()


def run(
    workspace: Workspace,
    *,
    chosen: Identity | None = None,
    debug: bool = False,
    clock: Clock = now,
) -> int:
    """Run the UI until it is left; returns the exit code. Opening errors are raised as told."""
    app = AuditApp(workspace, chosen=chosen, clock=clock, debug=debug)
    gc.freeze()  # what is loaded is there to stay: no key waits while it is looked through
    try:
        app.run()
    finally:
        if app.store is not None:
            app.store.close()
        _print_what_was_not_kept(app)
    if app.fault is None:
        return 0
    print(  # noqa: T201
        "This is a fault in ehcp-audit, not in your work; everything shown as saved is saved. "
        "Start it again; with --debug it says where the fault was.",
        file=sys.stderr,
    )
    if debug:
        traceback.print_exception(app.fault)
    return 1


def _print_what_was_not_kept(app: AuditApp) -> None:
    """Print the note being typed where the disk refused it to the end, so that it is not lost."""
    if app.left_typing is None:
        return
    note, kept = app.left_typing
    error = kept.exception() if kept.done() else None
    if isinstance(error, AuditToolError) and not note.empty:
        place = f" ({note.place})" if note.place else ""
        print(f"The evidence you were writing could not be kept. {error.what}")  # noqa: T201
        print(f"{visible(note.text)}{visible(place)}")  # noqa: T201
