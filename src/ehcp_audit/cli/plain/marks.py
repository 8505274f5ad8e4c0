"""What is set beside a score in lines: its cause, a mark to share it, phrases, flags, hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehcp_audit.auditing import (
    asks_cause,
    give_cause,
    hand_over,
    keep_phrase,
    mark_exemplar,
    phrase_bank,
    write_note,
)
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.identifying import TEXT, Checked, point_out
from ehcp_audit.auditing.phrases import Phrase, repeated
from ehcp_audit.auditing.progress import next_flagged as following_flag
from ehcp_audit.cli.plain import flagging
from ehcp_audit.cli.plain.identifying import ask_about, checked_text
from ehcp_audit.cli.plain.saving import until_done
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion
from ehcp_audit.domain.text import phrase_key
from ehcp_audit.reports.wording import counted
from ehcp_audit.store import Auditor

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.walk import Walk

HAND_OVERS = ("Left the team", "On leave", "Knows this plan too well")


def ask_cause(walk: Walk, criterion: Criterion) -> None:
    """Ask why a contribution is weak, where the rubric asks; Enter goes on without."""
    state, rubric, today = walk.session.state, walk.rubric, walk.desk.today
    if not asks_cause(rubric, state, criterion, today):
        return
    given = state.causes.get(criterion.id)
    offers = [Offer(each.label, "Given now." if each.id == given else "") for each in rubric.causes]
    causes: list[str | None] = [each.id for each in rubric.causes]
    if given is not None:
        offers.append(Offer("No cause"))
        causes.append(None)
    asked = f"{criterion.title}: why is it weak?"
    place = walk.talk.choose(asked, offers, range(len(offers)), leaving="goes on without")
    if place is None:
        return
    event = give_cause(rubric, state, criterion, causes[place], walk.session.identity.id, on=today)
    if event is not None:
        walk.save(event, f"{offers[place].label}.")


def cause(walk: Walk, _: str) -> None:
    """Say why the contribution in view is weak."""
    ask_cause(walk, walk.criterion)


def exemplar(walk: Walk, _: str) -> None:
    """Mark the evidence of the question in view as worth sharing, or take the mark away."""
    marked = walk.at not in walk.session.state.exemplars
    event = mark_exemplar(
        walk.session.state, walk.criterion, walk.session.identity.id, marked=marked
    )
    if event is not None:
        walk.save(event, "Marked to be shared." if marked else "No longer marked to be shared.")


def use_phrase(walk: Walk, number: str) -> None:
    """Offer the phrases kept for this question; one is written as evidence."""
    criterion, me = walk.criterion, walk.session.identity.id
    bank = phrase_bank(walk.desk.database(), walk.rubric, criterion, me)
    if not bank:
        walk.talk.cannot("No phrase is kept for this question yet. Write a note, then p keeps it.")
        return
    chosen: Phrase | None = None
    if number.isdigit() and 1 <= int(number) <= len(bank):
        chosen = bank[int(number) - 1]
    else:
        offers = [Offer(" ".join(each.text.split()), _whose(each, me)) for each in bank]
        chosen = walk.talk.choose(f"Phrases for {criterion.title}:", offers, bank)
    if chosen is None:
        return
    event = write_note(walk.session.state, criterion, me, text=chosen.text)
    walk.save(event, "Evidence written. e adds where it stands; u takes it back.")
    warn_if_repeated(walk, chosen.text)
    if criterion.id in walk.session.state.scores:
        walk.go_on()


def warn_if_repeated(walk: Walk, text: str) -> None:
    """Say so where a text stands on more than a third of the auditor's plans."""
    found = repeated(walk.desk.database(), walk.session.identity.id, text)
    if found is not None:
        walk.talk.say(found.sentence)


def keep(walk: Walk, _: str) -> None:
    """Keep the newest note of this question as a phrase, for oneself or the team."""
    notes = walk.session.state.notes_on(walk.at)
    text = next(note.text for note in reversed(notes) if note.text)
    store, identity, criterion = walk.desk.database(), walk.session.identity, walk.criterion
    offers = (
        Offer("For myself", "Offered to you at this question."),
        Offer("For the team", "Offered to everybody; no names in it."),
    )
    shared = walk.talk.choose("Keep as a phrase?", offers, (False, True), explanation=f"“{text}”")
    if shared is None:
        return
    said = Checked(text)
    if shared:  # what is offered to everybody is looked at again
        pointed = point_out({TEXT: text}, walk.desk.team, walk.desk.today)
        decision = None if pointed is None else ask_about(walk.talk, pointed)
        if pointed is not None:
            if decision is None:
                walk.talk.say("Not kept.")
                return
            said = pointed.checked(decision)
    mine = {
        phrase_key(row.text): row
        for row in store.phrases(walk.rubric.id, criterion.id)
        if row.auditor_id == identity.id
    }
    event = keep_phrase(
        walk.rubric, criterion, identity.id,
        text=said.text, shared=shared, phrase=mine.get(phrase_key(said.text)),
    )  # fmt: skip
    logged = said.logged(walk.session.state, f"phrase {criterion.id}", identity.id)
    store.write([*joining(store, identity), event, *logged])
    if logged:
        walk.session.reload()
    whom = "the team" if shared else "yourself"
    walk.talk.say(f"Saved. Kept for {whom}; b offers it.")


def flag(walk: Walk, _: str) -> None:
    """Stop, and raise or answer a flag at the question in view."""
    try:
        flagging.raise_or_answer(walk.desk, walk.session.audit_id, walk.criterion)
    finally:
        walk.session.reload()


def next_flagged(walk: Walk, _: str) -> None:
    """Go to the next question with an open flag, going round."""
    found = following_flag(walk.rubric, walk.session.state, after=walk.at)
    walk.show(found or walk.at)


def hand(walk: Walk, _: str) -> None:
    """Put the draft into another auditor's hands, or into one's own; every name is kept."""
    store, me, state = walk.desk.database(), walk.session.identity, walk.session.state
    known = {each.id: each for each in store.auditors()}
    known.setdefault(me.id, Auditor(me.id, me.name, me.agency))
    known.pop(state.auditor, None)
    if not known:
        walk.talk.cannot("Nobody else has worked here yet; they open this workspace once first.")
        return
    people = tuple(known.values())
    offers = [
        Offer(f"{each.name}{', yourself' * (each.id == me.id)}", f"{AGENCY_LABELS[each.agency]}.")
        for each in people
    ]
    them = walk.talk.choose("Hand this draft to whom?", offers, people)
    if them is None:
        return
    asked = f"Hand {state.plan_ref} to {them.name}: why?"
    said = "The reason stays in the record, with both names."
    given = checked_text(
        walk.desk, lambda: walk.talk.text(asked, explanation=said, offers=HAND_OVERS)
    )
    if given is None:
        walk.talk.say("Left as it was.")
        return

    def save() -> bool:
        state = walk.session.state
        event = hand_over(state, them.id, me.id, reason=given.text)
        events = [*joining(store, me), event, *given.logged(state, "hand over", me.id)]
        try:
            store.write(events, expects={event.subject: state.rev})
        finally:
            walk.session.reload()
        walk.talk.say(f"Saved. In the hands of {them.name} now. Every name stays in the record.")
        return True

    until_done(walk.talk, save)


def _whose(phrase: Phrase, me: str) -> str:
    used = f"used {counted(phrase.uses, 'time')}." if phrase.uses else "not used yet."
    if not phrase.id:
        return f"You wrote it on {counted(phrase.uses, 'plan')}."
    return used.capitalize() if phrase.owner == me else f"{phrase.owner}, {used}"
