"""The walk: one question after another, one key a question, nothing to save."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import wait
from typing import Final

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from ehcp_audit.auditing import (
    AuditSession,
    Pending,
    ask_reason,
    change_facts,
    leave_note,
    next_unscored,
    score,
    unscore,
    walk_reasons,
)
from ehcp_audit.auditing.acts import needs_reason
from ehcp_audit.auditing.facts_asking import FactsAnswer
from ehcp_audit.auditing.typed_notes import NoteText, draft_field, typed_before
from ehcp_audit.auditing.walking import after_note, after_score, notice_of, stepped
from ehcp_audit.domain.audit import AuditState, Evidence
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.identity import NOBODY
from ehcp_audit.domain.rubric import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    Criterion,
    Rubric,
)
from ehcp_audit.tui.actions import EDITOR, WALK, bindings
from ehcp_audit.tui.base import WIDE, AuditScreen
from ehcp_audit.tui.dialogs import NoticeDialog
from ehcp_audit.tui.messages import ActEnded
from ehcp_audit.tui.screens.question import Question
from ehcp_audit.tui.screens.walk_dialogs import (
    ask_for,
    ask_withdrawal,
    choose_note,
    find_question,
    move_to_newest,
)
from ehcp_audit.tui.screens.walk_lines import criteria_lines, heading, progress_line, standing
from ehcp_audit.tui.widgets.bars import Keys, TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.note_editor import NoteEditor
from ehcp_audit.tui.widgets.page import Page

WAIT_SECONDS: Final = 0.008  # how long a key press waits for its commit before it paints
WHILE_WRITING: Final = frozenset({"help", "palette", "quit", "back", "leave", "next_field"})


class WalkScreen(AuditScreen[None]):
    """One audit, question by question."""

    PURPOSE = (
        "The walk asks one question after another. Press the number of the level; the next open "
        "question comes by itself. i writes evidence, n and x are for questions that do not arise "
        "or could not be looked at."
    )
    ACTIONS = WALK
    BINDINGS = bindings(WALK)  # type: ignore[assignment]
    CSS = """
    WalkScreen #criteria { display: none; width: 36; border-right: solid $rule; padding: 1 1 0 1; }
    WalkScreen.-wide #criteria { display: block; }
    WalkScreen #progress { height: 1; padding: 0 2; }
    WalkScreen.-wide #progress { display: none; }
    WalkScreen #question { height: 1fr; padding: 0 2 0 2; }
    WalkScreen.-wide #question { padding: 1 2 0 2; }
    WalkScreen #side { width: 1fr; }
    """

    def __init__(self, audit_id: str, *, at: str | None = None) -> None:
        super().__init__()
        self._audit_id = audit_id
        self._wanted = at
        self._at = ""
        self._full = False
        self._note_id: str | None = None
        self._note_on = ""
        self._once_saved: Callable[[], None] | None = None
        self._unsaved_reasons: dict[tuple[str, int], str] = {}

    def body(self) -> Iterable[Widget]:
        """The list of questions, the question, and the fields for evidence."""
        yield Page(id="progress")
        with Horizontal():
            yield LineList(id="criteria", pages=False)
            with Vertical(id="side"):
                yield Page(id="question")
                yield NoteEditor()

    def on_mount(self) -> None:
        """Open the audit at its next undecided question, and bring back what was being typed."""
        identity = self.desk.identity or NOBODY
        self.session = AuditSession(self.desk.database(), self._audit_id, identity)
        following = next_unscored(self.rubric, self.state, self.desk.today)
        self._at = self._wanted or following or self.rubric.criteria[0].id
        self.query_one("#criteria").focus()
        self.paint()
        self.call_after_refresh(self._restore_typed)

    def on_screen_resume(self) -> None:
        """Read the audit anew when coming back from another screen."""
        if self.session.saved:
            self.session.reload()
            self.paint()

    # ------------------------------------------------------------ what is shown

    @property
    def rubric(self) -> Rubric:
        """The rubric the audit is pinned to."""
        return self.session.rubric

    @property
    def state(self) -> AuditState:
        """The audit as shown."""
        return self.session.state

    @property
    def criterion(self) -> Criterion:
        """The question in view."""
        return self.rubric.criterion(self._at)

    def paint(self) -> None:
        """Show the audit as it is now."""
        self._paint_top()
        lines = criteria_lines(self.rubric, self.state, self.desk.today)
        self.query_one("#criteria", LineList).show(lines, self._at)
        question = Question(
            self.rubric, self.criterion, self.state, self.desk.today, self._full, self._writing
        )
        self.query_one("#question", Page).show(question.write)
        if self.size.width < WIDE:
            line = progress_line(self.rubric, self.state, self.desk.today, self._at)
            self.query_one("#progress", Page).show(lambda _: [line])
        self.show_keys()

    def _paint_top(self) -> None:
        agency = self.session.identity.agency if self.size.width >= WIDE else ""
        reading = self._readers_reason() is not None
        stands = standing(self.state, saved=self.session.saved, reading=reading)
        left = heading(self.rubric, self.state, self.desk.today, agency)
        self.query_one(TopLine).show(left, (stands,))

    def show_keys(self) -> None:
        """Show the keys of the walk, or of the note being written."""
        if self._writing:
            self.query_one(Keys).show(EDITOR, lambda _: None)
        else:
            super().show_keys()

    def first_keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return the levels as keys, in one entry."""
        if not hasattr(self, "session"):
            return ()
        levels = self.rubric.scale.levels
        return (("score", f"{levels[0].key}–{levels[-1].key}", "score"),)

    @property
    def _writing(self) -> bool:
        """Whether a note is being written."""
        return self.query_one(NoteEditor).is_open

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the walk alone while a note is being written."""
        if action == "run" and self._writing:
            return parameters[0] in WHILE_WRITING
        return super().check_action(action, parameters)

    def action_run(self, name: str) -> None:
        """Do an action; a note being written is finished first, as Esc would."""
        if self._writing and (name not in WHILE_WRITING or name == "back"):
            finished = self._finish_note(self.query_one(NoteEditor).note)
            if not finished or name == "back":
                return
        super().action_run(name)

    def do_leave(self) -> None:
        """Finish the note being written."""
        self.query_one(NoteEditor).leave()

    def do_next_field(self) -> None:
        """Go from text to section to page."""
        self.focus_next()

    # ------------------------------------------------------------ what cannot be done, and why

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "session"):
            return None
        return walk_reasons.why_not(name, self.session, self._at, self.desk.today)

    def _readers_reason(self) -> str | None:
        """Return why nothing can be changed here, or None where the audit is mine and open."""
        return walk_reasons.readers_reason(self.session)

    # ------------------------------------------------------------ saving

    def submit(self, event: NewEvent, *, forget_drafts: tuple[str, ...] = ()) -> None:
        """Hand an act to the writer; paint once, after at most 8 ms."""
        first = self.session.saved
        self._follow(self.session.submit(event, forget_drafts=forget_drafts), first=first)

    def _follow(self, pending: Pending, *, first: bool) -> None:
        if first:
            wait([pending.future], timeout=WAIT_SECONDS)
        if first and pending.future.done():
            self._confirm(pending)
        else:
            pending.future.add_done_callback(lambda _: self.post_message(ActEnded(pending)))

    @on(ActEnded)
    def _ended(self, event: ActEnded) -> None:
        self._confirm(event.pending)
        self.paint()
        if self.session.saved and self._once_saved is not None:
            act, self._once_saved = self._once_saved, None
            try:
                act()
            except AuditToolError as error:
                self.tell(error)
            self.desk.typing.release()

    def _confirm(self, pending: Pending) -> None:
        error = self.session.confirm(pending)
        if error is not None:
            self._once_saved = None
            self.desk.typing.release()
            self.tell(error)
            self._bring_back(pending.event)
            self.paint()

    def _bring_back(self, refused: NewEvent) -> None:
        """Put typed text that could not be saved back where it was typed."""
        new = refused.body.get("new")
        if refused.undoes is not None or new is None or self._readers_reason() is not None:
            return
        if refused.kind == "scored" and new["reason"]:
            self._unsaved_reasons[refused.body["criterion"], new["level"]] = new["reason"]
        if refused.kind == "evidence_written" and not self._writing:
            known = {note.id for note in self.state.evidence}
            note_id = refused.body["note"]
            self._at = refused.body["criterion"]
            note = NoteText(new["text"], new["section"], new["page"])
            self._open_editor(note_id if note_id in known else None, note)

    # ------------------------------------------------------------ scoring

    def on_key(self, event: events.Key) -> None:
        """A digit is a level of the rubric's scale."""
        if event.character is None or not event.character.isdigit() or self._writing:
            return
        level = next(
            (each for each in self.rubric.scale.levels if each.key == event.character), None
        )
        event.stop()
        if level is None:
            self.say(f"This rubric has {len(self.rubric.scale.levels)} levels.")
            return
        self.give(level.number)

    def give(self, level: int) -> None:
        """Give the question in view a level, asking for a reason where one is needed."""
        if reason := self._readers_reason():
            self.say(reason)
            return
        criterion = self.criterion
        if not needs_reason(self.state, criterion, level, self.desk.today):
            self._score(criterion, level, "")
            return
        asked = ask_reason(self.rubric, criterion, level)
        before = self.state.scores.get(criterion.id)
        unsaved = self._unsaved_reasons.get((criterion.id, level), "")
        value = before.reason if before and before.level == level else unsaved

        ask_for(self.desk, asked, value, lambda reason: self._score(criterion, level, reason))

    def _score(self, criterion: Criterion, level: int, reason: str) -> None:
        try:
            event = score(
                self.state, criterion, level, self.session.identity.id, self.desk.today,
                reason=reason,
            )  # fmt: skip
        except AuditToolError as error:
            self.tell(error)
            return
        self._at = criterion.id
        before, first = self.state.scores.get(criterion.id), self.session.saved
        pending = self.session.submit(event)
        self._at = after_score(self.rubric, self.state, criterion, self.desk.today, before=before)
        self.paint()  # worked out while the disk is busy with the commit
        self._follow(pending, first=first)
        self._paint_top()
        if notice := notice_of(criterion, level):
            self.app.push_screen(NoticeDialog(criterion.title, notice))

    def _next(self) -> str | None:
        return next_unscored(self.rubric, self.state, self.desk.today, after=self._at)

    def do_not_applicable(self) -> None:
        """Not applicable, with a reason."""
        self.give(NOT_APPLICABLE)

    def do_not_evidenced(self) -> None:
        """Not evidenced, saying which paper."""
        self.give(NOT_EVIDENCED)

    def do_unscore(self) -> None:
        """Take the score away."""
        self.submit(unscore(self.state, self.criterion, self.session.identity.id))
        self.paint()

    def do_undo(self) -> None:
        """Undo my newest change, and go to where it was."""
        self._step(self.session.undo, "Undone")

    def do_redo(self) -> None:
        """Redo."""
        self._step(self.session.redo, "Redone")

    def _step(self, step: Callable[[], Pending], word: str) -> None:
        if not self.session.saved:
            self._once_saved = lambda: self._step(step, word)
            self.desk.typing.hold()  # what is typed next is meant to come after it
            return
        pending: Pending = step()
        criterion_id = pending.event.body.get("criterion")
        if criterion_id is not None:
            self._at = criterion_id
        self._follow(pending, first=True)
        self.paint()
        self.say(stepped(word, pending.event, self.rubric))

    # ------------------------------------------------------------ moving

    @on(LineList.Moved, "#criteria")
    def _moved(self, event: LineList.Moved) -> None:
        if event.key != self._at:
            if self._finish_note(self.query_one(NoteEditor).note):
                self._at = event.key
            self.paint()

    def go_to(self, criterion_id: str) -> None:
        """Put a question in view."""
        self._at = criterion_id
        self.paint()

    def do_down(self) -> None:
        """Go to the question below."""
        self.query_one("#criteria", LineList).action_step(1)

    def do_up(self) -> None:
        """Go to the question above."""
        self.query_one("#criteria", LineList).action_step(-1)

    def do_next_unscored(self) -> None:
        """Go to the next undecided question."""
        criterion_id = self._next()
        if criterion_id is not None:
            self.go_to(criterion_id)

    def do_find(self) -> None:
        """Find a question by any word of it."""
        find_question(self.desk, self.rubric, self.go_to)

    def do_why(self) -> None:
        """Show the findings and the law in full, or in short again."""
        self._full = not self._full
        self.paint()

    # ------------------------------------------------------------ evidence

    def do_evidence(self) -> None:
        """Write a new note."""
        self._open_editor(None, NoteText())

    def do_edit_note(self) -> None:
        """Change a note of this question: the only one, or one chosen of several."""

        def chosen(note: Evidence) -> None:
            self._open_editor(note.id, NoteText(note.text, note.section, note.page))

        choose_note(self.desk, self.state.notes_on(self._at), chosen)

    def _open_editor(self, note_id: str | None, note: NoteText) -> None:
        self._note_id, self._note_on = note_id, self._at
        field = draft_field(self._note_on, self._note_id)
        self.query_one(NoteEditor).open(note, lambda text: self.session.save_draft(field, text))
        self.paint()

    @on(NoteEditor.NotKept)
    def _not_kept(self, event: NoteEditor.NotKept) -> None:
        self.tell(event.error)

    @on(NoteEditor.Left)
    def _left(self, event: NoteEditor.Left) -> None:
        """Finish the note; a new one on a decided question goes on to the next open one."""
        new, at = self._note_id is None, self._note_on
        if not self._writing or not self._finish_note(event.note):
            return
        if new and not event.note.empty:
            self._at = after_note(self.rubric, self.state, at, self.desk.today)
        self.paint()

    def _finish_note(self, typed: NoteText) -> bool:
        """Turn what was typed into an event (an emptied note is deleted); False where refused."""
        editor = self.query_one(NoteEditor)
        if not editor.is_open:
            return True
        try:
            made = leave_note(
                self.state, self.rubric.criterion(self._note_on), self.session.identity.id,
                note_id=self._note_id, text=typed.text, section=typed.section, page=typed.page,
            )  # fmt: skip
        except AuditToolError as error:
            self.tell(error)
            return False
        field = draft_field(self._note_on, self._note_id)
        editor.close()
        self._note_id = None
        self.set_focus(self.query_one("#criteria"))
        if made is None:
            self.session.save_draft(field, None)
        else:
            self.submit(made, forget_drafts=(field,))
        self.paint()
        return not self._writing  # a note that could not be saved is open again

    def _restore_typed(self) -> None:
        """Bring back text that was being typed when the program ended."""
        if self._readers_reason() is not None:
            return
        typed = typed_before(self.session.drafts(), self.state)
        if typed is not None and self.rubric.has_criterion(typed.criterion):
            self._at = typed.criterion
            self._open_editor(typed.note_id, typed.note)
            self.say("The evidence you were writing has been brought back.")

    # ------------------------------------------------------------ facts, summary, withdrawing

    def do_facts(self) -> None:
        """Look at the facts, and change them where the audit is mine."""
        from ehcp_audit.tui.screens.facts import FactsScreen  # noqa: PLC0415

        reading = self._readers_reason()

        def changed(answer: FactsAnswer | None) -> None:
            if answer is None or reading is not None:
                return
            try:
                event = change_facts(self.state, answer.facts, self.session.identity.id)
            except AuditToolError as error:  # signed or withdrawn elsewhere meanwhile
                self.tell(error)
                return
            if event is not None:
                self.submit(event)
                self.paint()

        title, facts, own = f"Facts · {self.state.plan_ref}", self.state.facts, self.rubric.facts
        form = FactsScreen(title, facts, new=False, reading=reading, own=own)
        self.app.push_screen(form, changed)

    def do_summary(self) -> None:
        """Show the summary, and come back to where it points."""
        from ehcp_audit.tui.screens.summary import SummaryScreen  # noqa: PLC0415

        def back(criterion_id: str | None) -> None:
            self.session.reload()
            if criterion_id is not None:
                self._at = criterion_id
            self.paint()

        self.app.push_screen(SummaryScreen(self._audit_id, from_walk=True), back)

    def do_move_version(self) -> None:
        """Move the draft to the newest frozen version of its rubric, where nothing is lost."""
        if move_to_newest(self.desk, self.session):
            self.session = AuditSession(self.desk.database(), self._audit_id, self.session.identity)
            following = next_unscored(self.rubric, self.state, self.desk.today)
            self.go_to(following or self.rubric.criteria[0].id)

    def do_withdraw(self) -> None:
        """Withdraw the draft, with a reason, and go back."""
        ask_withdrawal(self.desk, self.session, self.dismiss)
