"""What is set beside a score on the walk: its cause, a mark to share it, phrases, flags, hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing import (
    AuditSession,
    asks_cause,
    give_cause,
    hand_over,
    keep_phrase,
    mark_exemplar,
    phrase_bank,
    write_note,
)
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.identifying import TEXT, Checked, Decision, point_out
from ehcp_audit.auditing.phrases import Phrase
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion
from ehcp_audit.domain.text import phrase_key
from ehcp_audit.reports.wording import counted
from ehcp_audit.store import Auditor
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog
from ehcp_audit.tui.find_dialog import NINE, FindDialog, ask_one
from ehcp_audit.tui.flagging import Flagging
from ehcp_audit.tui.identifying import ask_about, ask_text
from ehcp_audit.tui.widgets.lines import Line

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen

DIGITS: Final = "0123456789"
CAUSE_KEYS: Final = "abcdefghl"  # not i, which hands press next for the evidence
OF_THE_DIALOG: Final = frozenset({"help", "palette", "quit", "jump"})
NO_CAUSE: Final = "-"
LONGEST_SHOWN: Final = 36


class Marks:
    """Causes, exemplars, phrases, flags and hands of the audit in view."""

    def __init__(self, walk: WalkScreen) -> None:
        self._walk = walk

    # ------------------------------------------------------------ cause and exemplar

    def ask_cause(self, criterion: Criterion, session: AuditSession) -> None:
        """Ask in one key why a contribution is weak, where the rubric asks; a level skips it.

        The walk may have gone on meanwhile, even to another plan: the session is the one scored.
        """
        walk = self._walk
        if not asks_cause(walk.rubric, session.state, criterion, walk.today):
            return
        keys = {
            each.shown: each.name
            for each in walk.actions
            if len(each.shown) == 1 and each.name not in OF_THE_DIALOG
        }
        causes = dict(zip(CAUSE_KEYS, walk.rubric.causes, strict=False))
        given = session.state.causes.get(criterion.id)
        options = [
            Option(key, cause.label, "given" if cause.id == given else "")
            for key, cause in causes.items()
        ]
        if given is not None:
            options.append(Option(NO_CAUSE, "No cause"))

        def chosen(key: str | None) -> None:
            if key is None:
                return
            if key in causes:
                self._give_cause(criterion, session, causes[key].id)
            elif key == NO_CAUSE:
                self._give_cause(criterion, session, None)
            elif key in DIGITS:
                walk.scoring.digit(key)
            elif key in keys:
                walk.action_run(keys[key])

        explanation = "Esc or Space skips it; so does the next level, or i for the evidence."
        dialog = ChoiceDialog(
            f"{criterion.title}: why is it weak?", options, explanation,
            others=f"{DIGITS} {''.join(keys)}",
        )  # fmt: skip
        walk.app.push_screen(dialog, chosen)

    def _give_cause(self, criterion: Criterion, session: AuditSession, cause: str | None) -> None:
        walk, actor = self._walk, session.identity.id
        try:
            event = give_cause(walk.rubric, session.state, criterion, cause, actor, on=walk.today)
        except AuditToolError as error:  # scored anew elsewhere meanwhile
            walk.tell(error)
            return
        if event is not None:
            first = session.saved
            walk.saving.follow(session, session.submit(event), first=first)
            walk.paint()

    def toggle_exemplar(self) -> None:
        """Mark the evidence of the question in view as worth sharing, or take the mark away."""
        walk = self._walk
        marked = walk.at not in walk.state.exemplars
        self._submit(
            mark_exemplar(walk.state, walk.criterion, walk.session.identity.id, marked=marked)
        )
        walk.say("Marked to be shared." if marked else "No longer marked to be shared.")

    def _submit(self, event: NewEvent | None) -> None:
        if event is not None:
            self._walk.saving.submit(event)
            self._walk.paint()

    # ------------------------------------------------------------ phrases

    def choose_phrase(self) -> None:
        """Offer the phrases kept for this question; a number writes one as evidence."""
        walk = self._walk
        criterion, session = walk.criterion, walk.session
        me = session.identity.id
        bank = phrase_bank(walk.desk.database(), walk.rubric, criterion, me)
        if not bank:
            walk.say("No phrase is kept for this question yet. Write a note, then p keeps it.")
            return
        answers = [(_in_short(each.text), _whose(each, me)) for each in bank]

        def chosen(place: int) -> None:
            self._use(criterion, session, bank[place].text)

        ask_one(walk.desk, f"Phrases · {criterion.title}", answers, NINE, chosen)

    def _use(self, criterion: Criterion, session: AuditSession, text: str) -> None:
        walk = self._walk
        walk.course.come_back_to(session)
        event = write_note(walk.state, criterion, walk.session.identity.id, text=text)
        walk.saving.submit(event)
        walk.notes.warn_if_repeated(text)
        if criterion.id in walk.state.scores:
            walk.course.go_on()
        walk.paint()
        walk.say("Written as evidence. e adds where it stands; u takes it back.")

    def keep_phrase(self) -> None:
        """Keep the newest note of this question as a phrase, for oneself or the team."""
        walk = self._walk
        notes = walk.state.notes_on(walk.at)
        text = next(note.text for note in reversed(notes) if note.text)
        store, session, criterion = walk.desk.database(), walk.session, walk.criterion
        identity, rubric = session.identity, walk.rubric
        mine = {
            phrase_key(row.text): row
            for row in store.phrases(walk.rubric.id, criterion.id)
            if row.auditor_id == identity.id
        }

        def chosen(key: str | None) -> None:
            if key is None:
                return
            # What is offered to everybody is looked at again.
            pointed = point_out({TEXT: text}, walk.desk.team, walk.today) if key == "t" else None
            if pointed is None:
                keep(key, Checked(text))
                return

            def decide(decision: Decision) -> None:
                keep(key, pointed.checked(decision))

            ask_about(walk.desk, pointed, decide, lambda: None)

        def keep(key: str, said: Checked) -> None:
            logged = said.logged(session.state, f"phrase {criterion.id}", identity.id)
            try:
                event = keep_phrase(
                    rubric, criterion, identity.id,
                    text=said.text, shared=key == "t", phrase=mine.get(phrase_key(said.text)),
                )  # fmt: skip
                store.write([*joining(store, identity), event, *logged])
            except AuditToolError as error:
                walk.tell(error)
                return
            if logged:
                self._changed()
            walk.say(f"Kept for {'the team' if key == 't' else 'yourself'}; b offers it.")

        options = (
            Option("o", "For myself", "offered to you at this question"),
            Option("t", "For the team", "offered to everybody; no names in it"),
        )
        prompt = "Keep as a phrase?"
        walk.app.push_screen(ChoiceDialog(prompt, options, f"“{text}”"), chosen)

    # ------------------------------------------------------------ flags and hands

    def flag(self) -> None:
        """Stop, and raise or answer a flag at the question in view."""
        walk = self._walk
        where = f"{walk.state.plan_ref} · {walk.criterion.title}"
        Flagging(walk.desk, walk.state, walk.session.identity, self._changed).choose(walk.at, where)

    def _changed(self) -> None:
        self._walk.session.reload()
        self._walk.paint()

    def hand_over(self) -> None:
        """Put the draft into another auditor's hands, or into one's own; every name is kept."""
        walk = self._walk
        known = {each.id: each for each in walk.desk.database().auditors()}
        me = walk.session.identity
        known.setdefault(me.id, Auditor(me.id, me.name, me.agency))
        known.pop(walk.state.auditor, None)
        if not known:
            walk.say("Nobody else has worked here yet; they open this workspace once first.")
            return

        def found(words: str) -> list[Line]:
            return [
                Line(
                    ((f" {each.name}", "text"), ("  yourself" * (each.id == me.id), "muted")),
                    key=each.id,
                    right=((AGENCY_LABELS[each.agency], "muted"),),
                )
                for each in known.values()
                if words.strip().casefold() in each.name.casefold()
            ]

        def chosen(auditor_id: str | None) -> None:
            if auditor_id is not None:
                self._ask_why(known[auditor_id])

        dialog = FindDialog(
            "Hand this draft to whom?", found, nothing="Nobody known here is called so."
        )
        walk.app.push_screen(dialog, chosen)

    def _ask_why(self, them: Auditor) -> None:
        walk = self._walk

        def dialog(offered: str) -> ReasonDialog:
            return ReasonDialog(
                f"Hand {walk.state.plan_ref} to {them.name}: why?",
                "The reason stays in the record, with both names.",
                suggestions=("Left the team", "On leave", "Knows this plan too well"),
                value=offered,
            )

        def given(reason: Checked) -> None:
            store, me = walk.desk.database(), walk.session.identity
            event = hand_over(walk.state, them.id, me.id, reason=reason.text)
            logged = reason.logged(walk.state, "hand over", me.id)
            expects = {event.subject: walk.state.rev}
            store.write([*joining(store, me), event, *logged], expects=expects)
            self._changed()
            walk.say(f"In the hands of {them.name} now. Every name stays in the record.")

        ask_text(walk.desk, dialog, given)


def _in_short(text: str) -> str:
    """Return a phrase in one line, short enough that whose it is stands beside it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_SHOWN else flat[: LONGEST_SHOWN - 1] + "…"


def _whose(phrase: Phrase, me: str) -> str:
    used = f"used {counted(phrase.uses, 'time')}" if phrase.uses else "not used yet"
    if not phrase.id:
        return f"you wrote it on {counted(phrase.uses, 'plan')}"
    return used if phrase.owner == me else f"{phrase.owner}, {used}"
