"""A pair of hands at the screens: keys, the mouse, and what can be read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from rich.segment import Segment
from tests.small_rubric import FACTS, ME, TODAY, at_noon
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from ehcp_audit.auditing import begin_audit, score, sign, write_note
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import AuditToolError, DatabaseError
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import RubricFile, read_rubric, shipped_rubrics
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import AuditQuery, Store, Work, Written
from ehcp_audit.tui.app import AuditApp
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.line_list import LineList

WIDE, NARROW, TINY = (120, 40), (80, 24), (50, 15)
CORE: RubricFile = read_rubric(shipped_rubrics() / "peer-findings.toml")
PLAIN_PLAN: dict[str, FactValue] = {**FACTS, "known_to_health": "no", "seen": ()}
NAMED = {
    " ": "space", "/": "slash", "?": "question_mark", ":": "colon", "-": "minus",
    ".": "full_stop", ",": "comma", "!": "exclamation_mark", "*": "asterisk", "\n": "enter",
}  # fmt: skip
CHARACTERS = {
    **{character: character for character in map(chr, range(33, 127))},
    **{name: character for character, name in NAMED.items()},
    "enter": "\r",
}
WidgetType = TypeVar("WidgetType", bound=Widget)


def flow(lines: Iterable[str]) -> str:
    """Return lines as one, without the frames drawn round them."""
    return " ".join(" ".join(lines).translate(_FRAMES).split())


_FRAMES = str.maketrans("│╭╮╰╯─▊▎▔▁", " " * 10)


def named(character: str) -> str:
    """Return Textual's name of the key that types a character."""
    return NAMED.get(character, character)


@dataclass
class Hands:
    """The running application, and what a person does and sees."""

    app: AuditApp
    pilot: Pilot[None]
    pressed: int = 0

    # ------------------------------------------------------------ doing

    async def press(self, *keys: str) -> None:
        """Press keys, each answered before the next (the application sees to that)."""
        self.pressed += len(keys)
        for key in map(named, keys):
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, character))
        await self._answered()
        await self.pause()

    async def _answered(self) -> None:
        """Wait until the application, and then every widget, has nothing left to answer."""
        done = asyncio.Event()
        if not self.app._running or not self.app.call_later(done.set):
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(2):  # a program that has ended answers nothing
                await done.wait()
                while not self.app.typing.idle:  # noqa: ASYNC110  (it has no event)
                    await asyncio.sleep(0)

    async def pause(self, seconds: float | None = None) -> None:
        """Wait until nothing is left to do, if the program still runs."""
        for _ in range(2):
            if self.app._running:
                await self.pilot.pause(seconds)

    async def write(self, text: str) -> None:
        """Type a text, a key a character; a line end is Enter."""
        await self.press(*(named(character) for character in text))

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self, seconds: float | None = None) -> None:
        """Wait until nothing is left to do."""
        await self._answered()
        await self.pause(seconds)

    async def until(self, true: Callable[[], object], seconds: float = 5.0) -> None:
        """Wait until something holds; fail where it never does."""
        last = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < last, "it never came true"
            await asyncio.sleep(0.01)
            await self.pause()

    async def click_text(self, wanted: str) -> None:
        """Click the last place on the screen where a text stands."""
        for y, line in reversed(list(enumerate(self.lines))):
            x = line.find(wanted)
            if x >= 0:
                await self.pilot.click(offset=(x, y))
                await self.settle()
                return
        raise AssertionError(f"{wanted!r} is not on the screen:\n{self.text}")

    async def wheel(self, widget: Widget) -> None:
        """Turn the wheel down once over a widget."""
        x, y = widget.region.center
        x, y = int(x), int(y)
        self.app.post_message(
            events.MouseScrollDown(
                widget, x, y, 0, 1, 0,
                shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y,
            )
        )  # fmt: skip
        await self.settle()

    # ------------------------------------------------------------ seeing

    @property
    def segments(self) -> list[list[Segment]]:
        """What the screen's lines are made of, as the terminal would be sent it."""
        screen = self.app.screen
        screen._compositor.reflow_visible(screen, screen.size)
        return [list(strip) for strip in screen._compositor.render_strips()]

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return ["".join(segment.text for segment in line) for line in self.segments]

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def flowing(self) -> str:
        """The whole screen as one line, so that a sentence is found however it was wrapped."""
        return flow(self.lines)

    def words(self, selector: str) -> str:
        """What a widget shows, as one line."""
        region = self.app.screen.query_one(selector).region
        lines = self.lines[region.y : region.bottom]
        return flow(line[region.x : region.right] for line in lines)

    @property
    def said(self) -> str:
        """What was said last, in a note at the side."""
        notes = list(self.app._notifications)
        return f"{notes[-1].title} {notes[-1].message}".strip() if notes else ""

    @property
    def screen(self) -> Screen[Any]:
        """The screen in front."""
        return self.app.screen

    @property
    def screen_name(self) -> str:
        """The name of the class of the screen in front."""
        return type(self.app.screen).__name__

    def find(self, selector: str, kind: type[WidgetType]) -> WidgetType:
        """Return a widget of the screen in front."""
        return self.app.screen.query_one(selector, kind)

    # ------------------------------------------------------------ the record

    @property
    def store(self) -> Store:
        """The open database."""
        assert self.app.store is not None
        return self.app.store

    @property
    def walk(self) -> WalkScreen:
        """The walk in front."""
        assert isinstance(self.app.screen, WalkScreen), self.screen_name
        return self.app.screen

    @property
    def at(self) -> str:
        """The id of the question in view."""
        return self.walk.criterion.id

    def only_audit(self) -> AuditState:
        """Return the one audit of the workspace, as stored."""
        (row,) = self.store.audits(AuditQuery(states=("draft", "signed", "withdrawn")))
        return self.store.audit(row.id)

    def at_fact(self) -> str | None:
        """Return the fact under the cursor of the form."""
        return self.find("#facts", LineList).key


@asynccontextmanager
async def opened(
    workspace: Workspace,
    size: tuple[int, int] = WIDE,
    *,
    chosen: Identity | None = None,
    notifications: bool = False,
) -> AsyncIterator[Hands]:
    """Open the screens on a workspace at noon of a fixed day."""
    app = AuditApp(workspace, chosen=chosen, clock=at_noon)
    # What is seen is asked of the compositor; to send it to no terminal as well is time lost.
    with patch.object(Screen, "_compositor_refresh"):
        async with _running(app, size, notifications) as hands:
            yield hands


@asynccontextmanager
async def _running(
    app: AuditApp, size: tuple[int, int], notifications: bool
) -> AsyncIterator[Hands]:
    try:
        async with app.run_test(size=size, notifications=notifications) as pilot:
            hands = Hands(app, pilot)
            await hands.settle()
            yield hands
    finally:
        if app.store is not None:
            app.store.close()


@asynccontextmanager
async def walking(
    workspace: Workspace,
    size: tuple[int, int] = WIDE,
    *,
    at: str | None = None,
    identity: Identity = ME,
    facts: dict[str, FactValue] | None = None,
) -> AsyncIterator[Hands]:
    """Begin an audit (unless there is one) and open the walk."""
    with make_store(workspace) as store:
        rows = store.audits()
        audit_id = (
            rows[0].id
            if rows
            else begin_audit(
                store, CORE.rubric, CORE.text, facts or PLAIN_PLAN, identity, today=TODAY
            )
        )
    async with opened(workspace, size) as hands:
        hands.app.push_screen(WalkScreen(audit_id, at=at))
        await hands.settle()
        yield hands


def make_store(workspace: Workspace) -> Store:
    """Open the database of a workspace, making it where there is none."""
    path = workspace.database
    if path.exists():
        return Store.open(path, clock=at_noon)
    return Store.create(path, clock=at_noon)


def begin(store: Store, identity: Identity = ME, *, file: RubricFile = CORE, **facts: Any) -> str:
    """Begin an audit of the plain plan, some of its facts changed."""
    return begin_audit(
        store, file.rubric, file.text, {**PLAIN_PLAN, **facts}, identity, today=TODAY
    )


def decide(store: Store, audit_id: str, *, levels: int = 3, except_for: Sequence[str] = ()) -> None:
    """Give every question that applies a level, in one transaction."""
    state = store.audit(audit_id)
    rubric = store.rubric(state.rubric_hash)
    store.write(
        [
            score(state, criterion, levels, state.auditor, TODAY)
            for criterion in applying(rubric, state)
            if criterion.id not in except_for
        ]
    )


def applying(rubric: Rubric, state: AuditState) -> list[Any]:
    """Return the criteria that the facts of an audit bring up."""
    return [c for c in rubric.criteria if state.applies(c, TODAY) is not False]


def sign_off(store: Store, identity: Identity = ME, *, levels: int = 3, **facts: Any) -> str:
    """Begin, decide and sign off an audit; return its id."""
    audit_id = begin(store, identity, **facts)
    decide(store, audit_id, levels=levels)
    state = store.audit(audit_id)
    rubric = store.rubric(state.rubric_hash)
    store.write([sign(rubric, state, identity.id, audit_date=TODAY, today=TODAY)])
    return audit_id


def note(store: Store, audit_id: str, criterion: str, text: str, **place: str) -> None:
    """Write a note of evidence on a question."""
    state = store.audit(audit_id)
    rubric = store.rubric(state.rubric_hash)
    store.write([write_note(state, rubric.criterion(criterion), state.auditor, text=text, **place)])


# ---------------------------------------------------------------- a writer that misbehaves


@dataclass
class SlowWriter:
    """Stands before the store's writer: holds work back until it is let go, or refuses it."""

    store: Store
    refuse_events: AuditToolError | None = None
    refuse_drafts: AuditToolError | None = None
    holding: bool = False
    held: list[tuple[Work, Future[Written]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._submit = self.store.submit
        self.store.submit = self.submit  # type: ignore[method-assign]

    def submit(self, work: Work) -> Future[Written]:
        """Take work as the store does."""
        refusal = self.refuse_events if work.events else self.refuse_drafts
        if refusal is not None:
            refused: Future[Written] = Future()
            refused.set_exception(refusal)
            return refused
        if not self.holding:
            return self._submit(work)
        future: Future[Written] = Future()
        self.held.append((work, future))
        return future

    def let_go(self) -> None:
        """Commit what was held, in order."""
        self.holding = False
        held, self.held = self.held, []
        for work, future in held:
            try:
                future.set_result(self._submit(work).result())
            except AuditToolError as error:
                future.set_exception(error)

    def let_go_at_close(self) -> None:
        """Commit what was held when the program has ended and closes the store."""
        close = self.store.close

        def finish() -> None:
            self.let_go()
            close()

        self.store.close = finish  # type: ignore[method-assign]

    def refuse_held(self, error: AuditToolError) -> None:
        """Refuse what was held."""
        self.holding = False
        held, self.held = self.held, []
        for _, future in held:
            future.set_exception(error)


DISK_FULL = DatabaseError("The disk is full.", "Make room, then press the key again.")


def texts(store: Store, audit_id: str) -> list[str]:
    """Return the texts being typed that the database keeps for an audit."""
    return list(store.drafts(audit_id).values())


def shipped_copy(folder: Path) -> Workspace:
    """Make a workspace with the shipped rubric."""
    (folder / "rubrics").mkdir(parents=True)
    (folder / "rubrics" / "peer-findings.toml").write_text(CORE.text, encoding="utf-8")
    return Workspace(folder)


def keys_of(text: Iterable[str]) -> list[str]:
    """Return the names of the keys that type characters."""
    return [named(character) for character in text]
