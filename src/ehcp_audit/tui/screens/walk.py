"""The walk: one question after another, one key a question, nothing to save."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import asdict
from typing import Final

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ehcp_audit.auditing import (
    AuditSession,
    Pending,
    change_facts,
    delete_note,
    next_unscored,
    progress,
    score,
    unscore,
    withdraw,
    write_note,
)
from ehcp_audit.auditing.acts import check_open, needs_reason
from ehcp_audit.domain.audit import Evidence
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import (
    AGENCY_LABELS,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    Criterion,
)
from ehcp_audit.store import Written
from ehcp_audit.tui.actions import WALK, bindings
from ehcp_audit.tui.base import WIDE, AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, NoticeDialog, Option, ReasonDialog
from ehcp_audit.tui.screens.question import SYMBOL_OUTSIDE, Question, level_symbol
from ehcp_audit.tui.shown import joined, shown
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import Line, LineList
from ehcp_audit.tui.widgets.note_editor import NoteEditor, NoteText
from ehcp_audit.tui.widgets.page import Page

WAIT_SECONDS: Final = 0.008  # how long a key press waits for its commit before it paints
MISSING_PAPERS: Final = (
    "The advice was not available", "The review papers were not available",
    "The case record was not available", "I had no access",
)  # fmt: skip
READING_ONLY: Final = frozenset(
    {"evidence", "not_applicable", "not_evidenced", "undo", "redo", "edit_note", "unscore", "withdraw"}
)


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
    WalkScreen #question { height: 1fr; padding: 1 2 0 2; }
    WalkScreen #side { width: 1fr; }
    """

    class Ended(Message):
        """The writer has finished with an act that was still being saved."""

        def __init__(self, pending: Pending) -> None:
            super().__init__()
            self.pending = pending

    class DraftEnded(Message):
        """The writer has kept some typed text."""

    def __init__(self, audit_id: str, *, at: str | None = None) -> None:
        super().__init__()
        self._audit_id = audit_id
        self._at = at
        self._full = False
        self._note_id: str | None = None
        self._draft_in_flight: Future[Written] | None = None
        self._draft_waiting: NoteText | None = None

    def body(self) -> Iterable[Widget]:
        """The list of questions, the question, and the fields for evidence."""
        yield Page(id="progress")
        with Horizontal():
            yield LineList(id="criteria", pages=False)
            with Vertical(id="side"):
                yield Page(id="question")
                yield NoteEditor()

    def on_mount(self) -> None:
        """Open the audit at its next undecided question, and bring back text that was being typed."""
        identity = self.desk.identity
        if identity is None:
            identity = Identity("", "", "education")
        self.session = AuditSession(self.desk.database(), self._audit_id, identity)
        if self._at is None:
            self._at = next_unscored(self.rubric, self.state, self.desk.today)
        self._at = self._at or self.rubric.criteria[0].id
        self.query_one("#criteria").focus()
        self.paint()
        self._restore_typed()

    def on_screen_resume(self) -> None:
        """Read the audit anew when coming back from another screen."""
        if self.session.saved:
            self.session.reload()
            self.paint()

    # ------------------------------------------------------------ what is shown

    @property
    def rubric(self):  # type: ignore[no-untyped-def] # noqa: ANN201
        """The rubric the audit is pinned to."""
        return self.session.rubric

    @property
    def state(self):  # type: ignore[no-untyped-def] # noqa: ANN201
        """The audit as shown."""
        return self.session.state

    @property
    def criterion(self) -> Criterion:
        """The question in view."""
        return self.rubric.criterion(self._at)

    def paint(self) -> None:
        """Show the audit as it is now."""
        self._paint_top()
        self.query_one("#criteria", LineList).show(self._lines(), self._at)
        editing = self.query_one(NoteEditor).is_open
        question = Question(
            self.rubric, self.criterion, self.state, self.desk.today, self._full, editing
        )
        self.query_one("#question", Page).show(question.write)
        if self.size.width < WIDE:
            self.query_one("#progress", Page).show(self._progress_line)
        self.show_keys()

    def _paint_top(self) -> None:
        made = progress(self.rubric, self.state, self.desk.today)
        identity = self.session.identity
        wide = self.size.width >= WIDE
        parts = [shown(self.state.plan_ref, "bold"), shown(f" · {self.rubric.name}")]
        if wide and identity.agency:
            parts.append(shown(f" · {AGENCY_LABELS[identity.agency]}", "$muted"))
        counts = f"   {made.decided} of {made.applicable} decided"
        parts.append(shown(counts, "$muted"))
        if made.must_fix:
            parts.append(shown(f" · {made.must_fix} must fix", "$warning"))
        self.query_one(TopLine).show(joined(*parts), self._standing())

    def _standing(self) -> Content:
        if self.state.status == "signed":
            return shown("signed off", "bold $success")
        if self.state.status == "withdrawn":
            return shown("withdrawn", "bold $warning")
        if self._readers_reason() is not None:
            return shown("reading only", "bold $warning")
        return shown("✓ saved", "$success") if self.session.saved else shown("… saving", "$warning")

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        levels = self.state.resolved_levels(self.rubric, self.desk.today)
        for theme in self.rubric.themes:
            criteria = self.rubric.in_theme(theme.id)
            asked = [c for c in criteria if levels[c.id] != NOT_APPLICABLE]
            decided = sum(levels[c.id] is not None for c in asked)
            if lines:
                lines.append(Line((("", "text"),)))
            count = f"{decided}/{len(asked)}" if asked else "–"
            lines.append(Line(((theme.title, "heading"),), right=count))
            lines += [self._line(c, levels[c.id]) for c in criteria]
        return lines

    def _line(self, criterion: Criterion, level: int | None) -> Line:
        symbol = level_symbol(self.rubric, level)
        notes = self.state.notes_on(criterion.id)
        if level is None:
            key, style = " ", "text"
        elif level == NOT_APPLICABLE:
            ruled_out = criterion.id not in self.state.scores
            symbol = SYMBOL_OUTSIDE if ruled_out else symbol
            key, style = ("n", "muted") if not ruled_out else (" ", "muted")
        elif level == NOT_EVIDENCED:
            key, style = "x", "text"
        else:
            key, style = self.rubric.scale.level(level).key, "text"
        wanted = level in criterion.evidence_at and not notes
        mark = "!" if wanted else "✎" if notes else " "
        colour = "error" if level == 1 else "good" if (level or 0) >= self.rubric.scale.met_from else style
        return Line(
            (
                (f"{symbol} ", colour), (f"{key} ", "muted"),
                (f"{mark} ", "warn" if wanted else "muted"), (criterion.title, style),
            ),
            key=criterion.id,
        )  # fmt: skip

    def _progress_line(self, width: int) -> Content:
        """Return the whole audit in one line: a symbol a question, the themes apart."""
        del width
        levels = self.state.resolved_levels(self.rubric, self.desk.today)
        parts: list[Content] = []
        for theme in self.rubric.themes:
            for criterion in self.rubric.in_theme(theme.id):
                here = criterion.id == self._at
                symbol = level_symbol(self.rubric, levels[criterion.id])
                parts.append(shown(symbol, "reverse bold" if here else "$muted"))
            parts.append(shown(" "))
        return joined(*parts)

    def first_keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return the levels as keys, in one entry."""
        if not hasattr(self, "session"):
            return ()
        levels = self.rubric.scale.levels
        return (("score", f"{levels[0].key}–{levels[-1].key}", "score"),)

    # ------------------------------------------------------------ what cannot be done, and why

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "session"):
            return None
        if name in READING_ONLY and (reason := self._readers_reason()):
            return reason
        stack = self.session.undo_stack
        if name == "undo" and not stack.undoable and self.session.saved:
            return "There is nothing to undo."
        if name == "redo" and not stack.redoable:
            return "There is nothing to redo."
        if name == "edit_note" and not self.state.notes_on(self._at):
            return "This question has no note yet; i writes one."
        if name == "unscore" and self._at not in self.state.scores:
            return "This question has no score."
        if name == "next_unscored" and self._next() is None:
            return "Every question is decided. s shows the summary."
        if name in ("quit", "back", "summary") and not self.session.saved:
            return "The last change is still being saved; press the key again in a moment."
        return None

    def _readers_reason(self) -> str | None:
        """Return why nothing can be changed here, or None where the audit is mine and open."""
        if self.desk.identity is None:
            return "Say who you are first: w on the home screen."
        if not self.desk.database().writable:
            return "This workspace is open for reading only."
        try:
            check_open(self.state, self.session.identity.id)
        except AuditToolError as error:
            return f"{error.what} {error.next_step}"
        return None

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
            pending.future.add_done_callback(lambda _: self.post_message(self.Ended(pending)))

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._confirm(event.pending)
        self.paint()

    def _confirm(self, pending: Pending) -> None:
        error = self.session.confirm(pending)
        if error is not None:
            self.tell(error)
            self.paint()

    # ------------------------------------------------------------ scoring

    def on_key(self, event: events.Key) -> None:
        """A digit is a level of the rubric's scale."""
        if event.character is None or not event.character.isdigit():
            return
        level = next((l for l in self.rubric.scale.levels if l.key == event.character), None)
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
        prompt, explanation, suggestions = self._asking(criterion, level)
        before = self.state.scores.get(criterion.id)
        value = before.reason if before and before.level == level else ""

        def scored(reason: str | None) -> None:
            if reason:
                self._score(criterion, level, reason)

        self.app.push_screen(
            ReasonDialog(prompt, explanation, suggestions=suggestions, value=value), scored
        )

    def _asking(self, criterion: Criterion, level: int) -> tuple[str, str, Sequence[str]]:
        scale = self.rubric.scale
        if level == NOT_EVIDENCED:
            return "Not evidenced: which paper could you not see?", scale.not_evidenced + ".", MISSING_PAPERS
        if level == NOT_APPLICABLE:
            return "Not applicable: why does the question not arise?", scale.not_applicable + ".", ()
        return (
            f"The facts say “{criterion.title}” does not apply. Why judge it all the same?",
            "The reason stands beside the score.",
            (),
        )

    def _score(self, criterion: Criterion, level: int, reason: str) -> None:
        try:
            event = score(
                self.state, criterion, level, self.session.identity.id, self.desk.today, reason=reason
            )
        except AuditToolError as error:
            self.tell(error)
            return
        self._at = criterion.id
        before = self.state.scores.get(criterion.id)
        self.submit(event)
        if before is None and not self._wants_evidence(criterion):
            self._at = self._next() or criterion.id
        self.paint()
        if level == 1 and criterion.on_lowest:
            self.app.push_screen(NoticeDialog(criterion.title, criterion.on_lowest))

    def _wants_evidence(self, criterion: Criterion) -> bool:
        """Whether the level given needs evidence and has none: the walk then waits for it."""
        level = self.state.resolved_level(criterion, self.desk.today)
        return level in criterion.evidence_at and not self.state.notes_on(criterion.id)

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

    def _step(self, step, word: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        pending: Pending = step()
        criterion_id = pending.event.body.get("criterion")
        if criterion_id is not None:
            self._at = criterion_id
        self._follow(pending, first=True)
        self.paint()
        what = {"scored": "a score", "evidence_written": "a note", "facts_changed": "a fact"}
        where = f" on “{self.criterion.title}”" if criterion_id else ""
        self.say(f"{word}: {what[pending.event.kind]}{where}.")

    # ------------------------------------------------------------ moving

    @on(LineList.Moved, "#criteria")
    def _moved(self, event: LineList.Moved) -> None:
        if event.key != self._at:
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

        def found(words: str | None) -> None:
            if not words:
                return
            matches = [
                c for c in self.rubric.criteria
                if all(
                    w in f"{c.title} {c.question} {c.id} {self.rubric.theme(c.theme).title}".lower()
                    for w in words.lower().split()
                )
            ]  # fmt: skip
            if not matches:
                self.say("No question has those words.")
            elif len(matches) == 1:
                self.go_to(matches[0].id)
            else:
                self._choose_match(matches[:9])

        self.app.push_screen(ReasonDialog("Find a question", "Any words of its title or text."), found)

    def _choose_match(self, matches: Sequence[Criterion]) -> None:
        options = [
            Option(str(number), c.title, self.rubric.theme(c.theme).title)
            for number, c in enumerate(matches, start=1)
        ]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.go_to(matches[int(key) - 1].id)

        self.app.push_screen(ChoiceDialog("Which question?", options), chosen)

    def do_why(self) -> None:
        """Show the findings and the law in full, or in short again."""
        self._full = not self._full
        self.paint()

    # ------------------------------------------------------------ evidence

    def do_evidence(self) -> None:
        """Write a new note."""
        self._open_editor(None, NoteText())

    def do_edit_note(self) -> None:
        """Change a note of this question: the newest, or one chosen of several."""
        notes = self.state.notes_on(self._at)

        def chosen(key: str | None) -> None:
            if key is not None:
                note = notes[int(key) - 1]
                self._open_editor(note.id, NoteText(note.text, note.section, note.page))

        if len(notes) == 1:
            chosen("1")
            return
        options = [
            Option(str(number), note.text.replace("\n", " ")[:50] or note.place, note.place)
            for number, note in enumerate(notes[:9], start=1)
        ]
        self.app.push_screen(ChoiceDialog("Which note?", options), chosen)

    def _open_editor(self, note_id: str | None, note: NoteText) -> None:
        self._note_id = note_id
        self.query_one(NoteEditor).open(note)
        self.paint()

    @property
    def _draft_field(self) -> str:
        return f"note {self._at} {self._note_id or ''}".strip()

    @on(NoteEditor.Typed)
    def _typed(self, event: NoteEditor.Typed) -> None:
        """Keep what is typed: one write at a time, the newest text next."""
        self._draft_waiting = event.note
        if self._draft_in_flight is None:
            self._write_draft()

    def _write_draft(self) -> None:
        note, self._draft_waiting = self._draft_waiting, None
        if note is None:
            return
        text = json.dumps(asdict(note))
        self._draft_in_flight = self.session.save_draft(self._draft_field, text)
        self._draft_in_flight.add_done_callback(lambda _: self.post_message(self.DraftEnded()))

    @on(DraftEnded)
    def _draft_ended(self) -> None:
        ended, self._draft_in_flight = self._draft_in_flight, None
        error = ended.exception() if ended is not None and ended.done() else None
        if isinstance(error, AuditToolError):
            self.tell(error)
        if self._draft_waiting is not None:
            self._write_draft()

    @on(NoteEditor.Left)
    def _left(self, event: NoteEditor.Left) -> None:
        """Turn what was typed into an event; an emptied note is deleted."""
        self._draft_waiting = None
        note = self._edited_note()
        typed = event.note
        try:
            made = self._event_for(note, typed)
        except AuditToolError as error:
            self.tell(error)
            return
        field = self._draft_field
        self.query_one(NoteEditor).close()
        self._note_id = None
        self.query_one("#criteria").focus()
        if made is None:
            self.session.save_draft(field, None)
        else:
            self.submit(made, forget_drafts=(field,))
            if note is None and self._at in self.state.scores:
                self._at = self._next() or self._at
        self.paint()

    def _edited_note(self) -> Evidence | None:
        return next((n for n in self.state.evidence if n.id == self._note_id), None)

    def _event_for(self, note: Evidence | None, typed: NoteText) -> NewEvent | None:
        actor = self.session.identity.id
        if typed.empty:
            return None if note is None else delete_note(self.state, note, actor)
        if note is not None and (note.text, note.section, note.page) == (
            typed.text.strip(), typed.section.strip(), typed.page.strip(),
        ):  # fmt: skip
            return None
        return write_note(
            self.state,
            self.criterion,
            actor,
            text=typed.text,
            section=typed.section,
            page=typed.page,
            note_id=self._note_id,
        )

    def _restore_typed(self) -> None:
        """Bring back text that was being typed when the program ended."""
        if self._readers_reason() is not None:
            return
        for field, text in self.session.drafts().items():
            kind, criterion_id, note_id = (*field.split(" "), "")[:3]
            if kind != "note" or not self.rubric.has_criterion(criterion_id):
                continue
            self._at = criterion_id
            known = {note.id for note in self.state.evidence}
            self._open_editor(note_id if note_id in known else None, NoteText(**json.loads(text)))
            self.say("The evidence you were writing has been brought back.")
            return

    # ------------------------------------------------------------ facts, summary, withdrawing

    def do_facts(self) -> None:
        """Look at the facts, and change them where the audit is mine."""
        from ehcp_audit.tui.screens.facts import FactsAnswer, FactsScreen  # noqa: PLC0415

        reading = self._readers_reason()

        def changed(answer: FactsAnswer | None) -> None:
            if answer is None or reading is not None:
                return
            event = change_facts(self.state, answer.facts, self.session.identity.id)
            if event is not None:
                self.submit(event)
                self.paint()

        title = f"Facts · {self.state.plan_ref}"
        self.app.push_screen(FactsScreen(title, self.state.facts, new=False, reading=reading), changed)

    def do_summary(self) -> None:
        """Show the summary, and come back to where it points."""
        from ehcp_audit.tui.screens.summary import SummaryScreen  # noqa: PLC0415

        def back(criterion_id: str | None) -> None:
            self.session.reload()
            if criterion_id is not None:
                self._at = criterion_id
            self.paint()

        self.app.push_screen(SummaryScreen(self._audit_id, from_walk=True), back)

    def do_withdraw(self) -> None:
        """Withdraw the draft, with a reason."""

        def withdrawn(reason: str | None) -> None:
            if not reason:
                return
            try:
                self.desk.database().write(
                    [withdraw(self.state, self.session.identity.id, reason)],
                    expects={f"audit:{self._audit_id}": self.state.rev},
                )
            except AuditToolError as error:
                self.tell(error)
                return
            self.say("Withdrawn. It stays in the record and never counts.")
            self.dismiss()

        self.app.push_screen(
            ReasonDialog(
                "Withdraw this draft: why?",
                "For an audit begun by mistake. It stays in the record and never counts.",
                suggestions=("Wrong reference", "Begun twice", "Wrong rubric"),
            ),
            withdrawn,
        )
