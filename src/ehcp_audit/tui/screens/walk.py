"""The walk: one question after another, one key a question, nothing to save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from ehcp_audit.auditing import AuditSession, change_facts, next_unscored, walk_reasons
from ehcp_audit.auditing.facts_asking import FactsAnswer
from ehcp_audit.auditing.listing import QuestionFilter, first_filter, listed
from ehcp_audit.auditing.progress import Written, last_written
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.identity import NOBODY
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.tui.actions import EDITOR, WALK, bindings
from ehcp_audit.tui.base import WIDE, AuditScreen
from ehcp_audit.tui.messages import ActEnded
from ehcp_audit.tui.screens.question import Question
from ehcp_audit.tui.screens.walk_course import Course, OneAudit, OneQuestion
from ehcp_audit.tui.screens.walk_dialogs import (
    ask_withdrawal,
    choose_filter,
    find_question,
    move_to_newest,
    show_history,
)
from ehcp_audit.tui.screens.walk_lines import heading, standing
from ehcp_audit.tui.screens.walk_marks import DIGITS, Marks
from ehcp_audit.tui.screens.walk_notes import Notes
from ehcp_audit.tui.screens.walk_saving import Saving
from ehcp_audit.tui.screens.walk_scoring import Scoring
from ehcp_audit.tui.widgets.bars import Keys, TopLine
from ehcp_audit.tui.widgets.frames import Columns, Rows
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.note_editor import NoteEditor
from ehcp_audit.tui.widgets.page import Page
from ehcp_audit.tui.widgets.painted import Painted

LEAVING: Final = frozenset({"quit", "back", "summary"})  # these wait for what is being saved
WHILE_WRITING: Final = frozenset({"help", "palette", "quit", "back", "leave", "next_field"})
# At once, without passing through all that holds what has the focus.
LEVELS: Final = [Binding(digit, f"level('{digit}')", show=False, priority=True) for digit in DIGITS]


class WalkScreen(AuditScreen[None]):
    """One audit, question by question."""

    PURPOSE = (
        "The walk asks one question after another. Press the number of the level; the next open "
        "question comes by itself. i writes evidence, n and x are for questions that do not arise "
        "or could not be looked at."
    )
    ACTIONS = WALK
    BINDINGS = [*bindings(WALK), *LEVELS]
    CSS = """
    WalkScreen #criteria { display: none; width: 36; border-right: solid $rule; padding: 1 1 0 1; }
    WalkScreen.-wide #criteria { display: block; }
    WalkScreen #progress { height: 1; padding: 0 2; }
    WalkScreen.-wide #progress { display: none; }
    WalkScreen #question { height: 1fr; padding: 0 2 0 2; }
    WalkScreen.-wide #question { padding: 1 2 0 2; }
    WalkScreen #side { width: 1fr; }
    """

    def __init__(self, audit_id: str, *, at: str | None = None, plans: Sequence[str] = ()) -> None:
        """Walk one audit; or, with `plans`, the question `at` on each of those audits."""
        super().__init__()
        self._plans = tuple(plans)
        self._audit_id = audit_id
        self._wanted = at
        self._full = False
        self.last_written: Written | None = None
        self.at = ""
        self.saving = Saving(self)
        self.scoring = Scoring(self)
        self.notes = Notes(self)
        self.course: Course = OneAudit(self)
        self.marks = Marks(self)

    def body(self) -> Iterable[Widget]:
        """The list of questions, the question, and the fields for evidence."""
        yield Page(id="progress")
        with Columns():
            yield LineList(id="criteria", pages=False)
            with Rows(id="side"):
                yield Page(id="question")
                yield NoteEditor()

    def on_mount(self) -> None:
        """Open the audit at its next undecided question, and bring back what was being typed."""
        self.session = self.open_session(self._audit_id)
        if self._plans:
            self._across()
            return
        own = first_filter(self.rubric, self.session.identity.agency)
        if own is not None and self._wanted is None:
            self.course.filter, self._full = own, True
        self.at = self._wanted or self._first_open()
        self.last_written = last_written(self.rubric, self.state, self._events())
        self.query_one("#criteria").focus()
        self.paint()
        self.call_after_refresh(self.notes.restore)

    def open_session(self, audit_id: str) -> AuditSession:
        """Open an audit for whoever is at the keyboard."""
        return AuditSession(self.desk.database(), audit_id, self.desk.identity or NOBODY)

    def _across(self) -> None:
        """Show one question, on the first plan where it is undecided."""
        self.at = self._wanted or self.rubric.criteria[0].id
        self.course = OneQuestion(self, self._plans)
        self.course.take(self._plans[-1])
        if self.course.next_open() is None:
            self.course.take(self._plans[0])
        self.course.go_on()
        self.query_one("#criteria").focus()
        self.paint()

    def _first_open(self) -> str:
        only = self.course.filter
        following = next_unscored(self.rubric, self.state, self.today, among=only)
        return following or listed(self.rubric, self.state, only, self.today)[0].id

    def _events(self) -> tuple[Event, ...]:
        return self.desk.database().audit_events(self._audit_id)

    def on_screen_resume(self) -> None:
        """Read the audit anew when coming back from another screen."""
        if self.course.saved:
            self.course.reload()
            self.paint()

    # ------------------------------------------------------------ what is shown

    def on_resize(self) -> None:
        """Show what a wider or narrower window has room for."""
        if hasattr(self, "session"):
            self.call_after_refresh(self.paint)

    @property
    def today(self) -> date:
        """The local calendar date."""
        return self.desk.today

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
        return self.rubric.criterion(self.at)

    def paint(self) -> None:
        """Show the audit as it is now."""
        self.paint_top()
        self.paint_body()

    def paint_body(self) -> None:
        """Show all but the line at the top."""
        self.query_one("#criteria", LineList).show(self.course.lines(), self.course.key)
        question = Question(
            self.rubric, self.criterion, self.state, self.today, self._full, self.notes.writing,
            self.last_written,
        )  # fmt: skip
        self.query_one("#question", Page).show(question.write)
        if self.size.width < WIDE:
            line = self.course.progress_line()
            self.query_one("#progress", Page).show(lambda _: [line])
        self.show_keys()

    def paint_ahead(self) -> None:
        """Show all but the top, painted now: what a key changed, while the disk is busy with it."""
        self.paint_body()
        for painted in ("#criteria", "#question", "Keys"):
            self.query_one(painted, Painted).paint_ahead()

    def paint_top(self) -> None:
        """Show which audit this is, how far it has come, and whether it is saved."""
        agency = self.session.identity.agency if self.size.width >= WIDE else ""
        reading = self.readers_reason() is not None
        stands = standing(self.state, saved=self.session.saved, reading=reading)
        left = heading(self.rubric, self.state, self.today, agency)
        self.query_one(TopLine).show(left, (stands,))

    def show_keys(self) -> None:
        """Show the keys of the walk, or of the note being written."""
        if self.notes.writing:
            self.query_one(Keys).show(EDITOR, lambda _: None)
        else:
            super().show_keys()

    def first_keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return the levels as keys, in one entry."""
        if not hasattr(self, "session"):
            return ()
        levels = self.rubric.scale.levels
        return (("score", f"{levels[0].key}–{levels[-1].key}", "score"),)

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the walk alone while a note is being written."""
        if self.notes.writing and action in ("run", "level"):
            return parameters[0] in WHILE_WRITING
        return super().check_action(action, parameters)

    def action_run(self, name: str) -> None:
        """Do an action; a note being written is finished first, as Esc would."""
        if self.notes.writing and (name not in WHILE_WRITING or name == "back"):
            finished = self.notes.finish()
            if not finished or name == "back":
                return
        if name in LEAVING and not self.course.saved:
            self.saving.once_saved(lambda: self.action_run(name))
        else:
            super().action_run(name)

    def action_level(self, digit: str) -> None:
        """A digit is a level of the rubric's scale."""
        self.scoring.digit(digit)

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        return self.course.why_not(name) if hasattr(self, "session") else None

    def readers_reason(self) -> str | None:
        """Return why nothing can be changed here, or None where the audit is mine and open."""
        return walk_reasons.readers_reason(self.session)

    @on(ActEnded)
    def _ended(self, event: ActEnded) -> None:
        self.saving.ended(event.session, event.pending)

    @on(NoteEditor.NotKept)
    def _not_kept(self, event: NoteEditor.NotKept) -> None:
        self.tell(event.error)

    @on(NoteEditor.Left)
    def _left(self, event: NoteEditor.Left) -> None:
        self.notes.left(event.note)

    @on(LineList.Moved, "#criteria")
    def _moved(self, event: LineList.Moved) -> None:
        if event.key != self.course.key:
            if self.notes.finish():
                self.course.take(event.key)
            self.paint()

    # ------------------------------------------------------------ scores and evidence

    def do_not_applicable(self) -> None:
        """Not applicable, with a reason."""
        self.scoring.give(NOT_APPLICABLE)

    def do_not_evidenced(self) -> None:
        """Not evidenced, saying which paper."""
        self.scoring.give(NOT_EVIDENCED)

    def do_keep_before(self) -> None:
        """Keep what the audit before found."""
        self.scoring.keep_before()

    def do_unscore(self) -> None:
        """Take the score away."""
        self.scoring.clear()

    def do_undo(self) -> None:
        """Undo my newest change, and go to where it was."""
        self.saving.undo()

    def do_redo(self) -> None:
        """Redo."""
        self.saving.redo()

    def do_evidence(self) -> None:
        """Write a new note."""
        self.notes.begin()

    def do_edit_note(self) -> None:
        """Change a note of this question."""
        self.notes.change()

    def do_leave(self) -> None:
        """Finish the note being written."""
        self.query_one(NoteEditor).leave()

    def do_next_field(self) -> None:
        """Go from text to section to page."""
        self.focus_next()

    # ------------------------------------------------------------ beside a score

    def do_flag(self) -> None:
        """Stop, and raise or answer a flag."""
        self._once_saved(self.marks.flag)

    def do_cause(self) -> None:
        """Say why a contribution is weak."""
        self.marks.ask_cause(self.criterion, self.session)

    def do_exemplar(self) -> None:
        """Mark the evidence to be shared, or no longer."""
        self.marks.toggle_exemplar()

    def do_use_phrase(self) -> None:
        """Write a phrase that was kept."""
        self.marks.choose_phrase()

    def do_keep_phrase(self) -> None:
        """Keep the newest note as a phrase."""
        self._once_saved(self.marks.keep_phrase)

    def do_hand_over(self) -> None:
        """Put the draft into other hands."""
        self._once_saved(self.marks.hand_over)

    def _once_saved(self, act: Callable[[], None]) -> None:
        if self.course.saved:
            act()
        else:
            self.saving.once_saved(act)

    # ------------------------------------------------------------ moving

    def go_to(self, criterion_id: str) -> None:
        """Put a question in view."""
        self.course.show_question(criterion_id)
        self.paint()

    def do_down(self) -> None:
        """Go to the question below."""
        self.query_one("#criteria", LineList).action_step(1)

    def do_up(self) -> None:
        """Go to the question above."""
        self.query_one("#criteria", LineList).action_step(-1)

    def do_next_theme(self) -> None:
        """Go to the next theme."""
        self._to_theme(1)

    def do_previous_theme(self) -> None:
        """Go to the theme before."""
        self._to_theme(-1)

    def _to_theme(self, step: int) -> None:
        self.course.take(self.course.theme_beside(step) or self.course.key)
        self.paint()

    def do_next_unscored(self) -> None:
        """Go to the next undecided question."""
        self.course.go_on()
        self.paint()

    def do_next_flagged(self) -> None:
        """Go to the next question with an open flag."""
        self.course.take(self.course.next_flagged() or self.course.key)
        self.paint()

    def do_find(self) -> None:
        """Go to a question by its number or any word of it."""
        find_question(self.desk, self.rubric, self.at, self.go_to)

    def do_filter(self) -> None:
        """List only some questions."""

        def chosen(wanted: QuestionFilter | None) -> None:
            self.course.list_only(wanted)
            self.paint()

        choose_filter(self.desk, self, chosen)

    def do_back(self) -> None:
        """List all questions again where some were left out; else go home."""
        if self.course.show_all():
            self.paint()
        else:
            super().do_back()

    def do_history(self) -> None:
        """Show who changed this question, when, from what to what, and why."""
        show_history(self.desk, self.session, self.criterion)

    def do_why(self) -> None:
        """Show the findings and the law in full, or in short again."""
        self._full = not self._full
        self.paint()

    # ------------------------------------------------------------ facts, summary, withdrawing

    def do_facts(self) -> None:
        """Look at the facts, and change them where the audit is mine."""
        from ehcp_audit.tui.screens.facts import FactsScreen  # noqa: PLC0415

        reading = self.readers_reason()

        def changed(answer: FactsAnswer | None) -> None:
            if answer is None or reading is not None:
                return
            try:
                event = change_facts(self.state, answer.facts, self.session.identity.id)
            except AuditToolError as error:  # signed or withdrawn elsewhere meanwhile
                self.tell(error)
                return
            if event is not None:
                self.saving.submit(event)
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
                self.at = criterion_id
            self.paint()

        self.app.push_screen(SummaryScreen(self._audit_id, from_walk=True), back)

    def do_move_version(self) -> None:
        """Move the draft to the newest frozen version of its rubric, where nothing is lost."""
        if move_to_newest(self.desk, self.session):
            self.session = self.open_session(self._audit_id)
            self.course.show_all()  # what was listed may not be in this version
            self.go_to(self._first_open())

    def do_withdraw(self) -> None:
        """Withdraw the draft, with a reason, and go back."""
        ask_withdrawal(self.desk, self.session, self.dismiss)
