"""Raising and answering flags from any screen, in the words every front end uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from ehcp_audit.auditing import answer_flag, raise_flag
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.flag_words import FlagWords, answer_words, flag_words
from ehcp_audit.auditing.identifying import Checked, Decision, point_out
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.flags import FLAG_KINDS, FLAG_LABELS, Flag, FlagKind
from ehcp_audit.domain.identity import Identity
from ehcp_audit.tui.dialogs import ChoiceDialog, Dialog, Option, ReasonDialog
from ehcp_audit.tui.identifying import ask_about, ask_text
from ehcp_audit.tui.shown import NOTHING, shown

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

LOW: Final = 30  # lines
FIELD: Final = "flag"  # in the record of what was decided on identifiers
KIND_KEYS: Final = dict(zip("spof", FLAG_KINDS, strict=True))


@dataclass(frozen=True)
class Answer:
    """What was typed into the answer to a flag."""

    role: str = ""
    day: str = ""
    reason: str = ""
    done: str = ""


class AnswerDialog(Dialog[bool]):
    """Stops the work with a flag's own line, and asks who was told and when, or why nobody.

    `take` is given each answer; it says what is wrong with it, or dismisses the dialog once it is
    kept. Esc leaves the flag open.
    """

    DEFAULT_CSS = """
    AnswerDialog .says { color: $warning; text-style: bold; }
    AnswerDialog .asks { margin: 0; }
    AnswerDialog #wrong { color: $error; margin: 0; display: none; }
    AnswerDialog #wrong.-shown { display: block; }
    AnswerDialog > VerticalScroll { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    AnswerDialog.-low Static, AnswerDialog.-low Input, AnswerDialog.-low Input:focus { margin: 0; }
    """

    def __init__(
        self, words: FlagWords, about: str, take: Callable[[AnswerDialog, Answer], None]
    ) -> None:
        super().__init__()
        self._words = words
        self._about = about
        self._take = take

    def compose(self) -> ComposeResult:
        """Lay out what must be read, then the fields."""
        words = self._words
        with VerticalScroll(can_focus=False):
            yield Static(shown(words.title), classes="prompt")
            yield Static(shown(words.says), classes="says")
            if words.contacts:
                yield Static(shown("\n".join(words.contacts)))
            if self._about:
                yield Static(shown(self._about))
            yield Static(shown(words.asks_role), classes="asks")
            yield Input(id="role", max_length=80)
            yield Static(shown(f"{words.asks_day} A day, or “today”."), classes="asks")
            yield Input(id="day", max_length=40)
            yield Static(shown(f"Or: {words.asks_reason}"), classes="asks")
            yield Input(id="reason", max_length=500)
            if words.asks_done:
                yield Static(shown(f"Or: {words.asks_done}"), classes="asks")
                yield Input(id="done", max_length=500)
            yield Static(NOTHING, id="wrong")
            hint = f"Enter: done   Esc: answer it later   ↓: {words.role}"
            yield Static(shown(hint), classes="hint")

    def on_resize(self) -> None:
        """Leave the empty lines out of a low window: what must be read stays in view."""
        self.set_class(self.size.height < LOW, "-low")

    def _typed(self, name: str) -> str:
        fields = self.query(f"#{name}").results(Input)
        return next((field.value.strip() for field in fields), "")

    def on_key(self, event: events.Key) -> None:
        """The arrow puts the usual role into its field."""
        field = self.query_one("#role", Input)
        if event.key == "down" and self.focused is field and not field.value:
            event.stop()
            field.value = shown(self._words.role).plain
            field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        answer = Answer(*(self._typed(name) for name in ("role", "day", "reason", "done")))
        if answer == Answer() or (event.input.id == "role" and answer.role and not answer.day):
            self.focus_next()  # Enter goes on through the fields until there is an answer
            return
        self._take(self, answer)

    def say_wrong(self, error: AuditToolError) -> None:
        """Say why an answer is none yet."""
        wrong = self.query_one("#wrong", Static)
        wrong.update(shown(error.sentences))
        wrong.add_class("-shown")


@dataclass
class Flagging:
    """Flags of one audit: raised and answered by whoever is at the keyboard, on any audit.

    `changed` is called once a flag is kept; `state` is the audit as it stood after the last try.
    """

    desk: AuditApp
    state: AuditState
    identity: Identity
    changed: Callable[[], None]

    def choose(self, criterion: str, where: str) -> None:
        """Ask which flag to raise at a question, or which open one to answer."""
        options = [
            Option(key, FLAG_LABELS[kind][:1].upper() + FLAG_LABELS[kind][1:])
            for key, kind in KIND_KEYS.items()
        ]
        waiting = {str(n): flag for n, flag in enumerate(self.state.open_flags[:9], start=1)}
        options += [
            Option(key, f"Answer: {FLAG_LABELS[flag.kind]}", flag.text)
            for key, flag in waiting.items()
        ]

        def chosen(key: str | None) -> None:
            if key in KIND_KEYS:
                self._raise(KIND_KEYS[key], criterion)
            elif key in waiting:
                self.answer(waiting[key])

        stop = flag_words("safeguarding", self.desk.team.safeguarding).says
        self.desk.push_screen(ChoiceDialog(f"Raise a flag · {where}", options, stop), chosen)

    def _raise(self, kind: FlagKind, criterion: str) -> None:
        words = flag_words(kind, self.desk.team.safeguarding)
        if not words.asks_text:
            try:
                self._raised(kind, criterion, Checked(""))
            except AuditToolError as error:
                self.desk.tell(error)
            return

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog(f"{words.title}. {words.asks_text}", words.says, value=offered)

        ask_text(self.desk, dialog, lambda said: self._raised(kind, criterion, said))

    def _raised(self, kind: FlagKind, criterion: str, said: Checked) -> None:
        actor = self.identity.id
        event = raise_flag(self.state, kind, actor, criterion=criterion, text=said.text)
        self._write(event, *said.logged(self.state, FIELD, actor))
        self.changed()
        if kind == "safeguarding":
            self.answer(next(each for each in self.state.flags if each.id == event.body["flag"]))
        else:
            self.desk.say("The flag is raised; whoever opens home sees it. ! answers it.")

    def answer(self, flag: Flag) -> None:
        """Stop with the flag's own line, and ask for its answer."""
        words = flag_words(flag.kind, self.desk.team.safeguarding)
        standing = "" if flag.open else answer_words(flag)
        about = "\n".join(part for part in (flag.text, standing) if part)

        def left(result: bool | None) -> None:
            if not result and flag.open:
                waits = " Sign-off waits for it." if flag.blocks_sign_off else ""
                self.desk.say(f"The flag stays open.{waits} ! answers it.")

        def keep(dialog: AnswerDialog, answer: Answer, *events: NewEvent) -> None:
            try:
                self._answered(flag, answer, *events)
            except AuditToolError as error:
                dialog.say_wrong(error)
                return
            dialog.dismiss(result=True)

        def take(dialog: AnswerDialog, answer: Answer) -> None:
            typed = {"role": answer.role, "reason": answer.reason, "done": answer.done}
            pointed = point_out(typed, self.desk.team, self.desk.today)
            if pointed is None:
                keep(dialog, answer)
                return

            def decide(decision: Decision) -> None:
                decided = replace(answer, **pointed.after(decision))
                keep(dialog, decided, pointed.event(self.state, FIELD, decision, self.identity.id))

            ask_about(self.desk, pointed, decide, lambda: None)  # the dialog is still below

        self.desk.push_screen(AnswerDialog(words, about, take), left)

    def _answered(self, flag: Flag, answer: Answer, *events: NewEvent) -> None:
        today = self.desk.today
        told_on = parse_date(answer.day, today=today) if answer.day else None
        event = answer_flag(
            self.state, flag.id, self.identity.id, today=today, told_role=answer.role,
            told_on=told_on, not_a_concern=answer.reason, done=answer.done,
        )  # fmt: skip
        self._write(event, *events)
        self.changed()
        self.desk.say("The answer is kept.")

    def _write(self, *events: NewEvent) -> None:
        store = self.desk.database()
        expects = {audit_subject(self.state.id): self.state.rev}
        try:
            store.write([*joining(store, self.identity), *events], expects=expects)
        finally:
            self.state = store.audit(self.state.id)  # where somebody else changed it, as it is now
