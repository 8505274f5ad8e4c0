"""Raising and answering flags in lines, by anyone, on any audit; this tool tells nobody."""

from __future__ import annotations

from datetime import date
from typing import Final

from ehcp_audit.auditing import answer_flag, raise_flag
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.flag_words import NOT_SAFEGUARDING, FlagWords, answer_words, flag_words
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.identifying import checked_text
from ehcp_audit.cli.plain.saving import until_done
from ehcp_audit.cli.plain.talk import BACK, Offer, Talk
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.flags import FLAG_KINDS, FLAG_LABELS, Flag, FlagKind
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Criterion

_OPEN: Final = "The flag stays open."


def raise_or_answer(desk: Desk, audit_id: str, criterion: Criterion) -> None:
    """Ask which flag to raise at a question, or which open one of the audit to answer."""
    identity = desk.somebody()
    if identity is None:
        return
    talk, state = desk.talk, desk.database().audit(audit_id)
    waiting = state.open_flags
    offers = [Offer(_label(kind)) for kind in FLAG_KINDS]
    offers += [Offer(f"Answer: {FLAG_LABELS[flag.kind]}", flag.text) for flag in waiting]
    stop = flag_words("safeguarding", desk.team.safeguarding).says
    place = talk.choose("Raise a flag:", offers, range(len(offers)), explanation=stop)
    if place is None:
        talk.say("No flag was raised.")
    elif place < len(FLAG_KINDS):
        _raise(desk, identity, state, FLAG_KINDS[place], criterion)
    else:
        answer(desk, audit_id, waiting[place - len(FLAG_KINDS)].id)


def _label(kind: FlagKind) -> str:
    return FLAG_LABELS[kind][:1].upper() + FLAG_LABELS[kind][1:]


def _raise(
    desk: Desk, identity: Identity, state: AuditState, kind: FlagKind, criterion: Criterion
) -> None:
    words = flag_words(kind, desk.team.safeguarding)
    given: Checked | None = Checked("")
    if words.asks_text:
        asked = f"{words.title}. {words.asks_text}"
        given = checked_text(desk, lambda: desk.talk.text(asked, explanation=words.says))
    if given is None:
        desk.talk.say("No flag was raised.")
        return
    event = raise_flag(state, kind, identity.id, criterion=criterion.id, text=given.text)
    if not _write(desk, identity, state, event, given):
        return
    desk.talk.say("Saved. The flag is raised; whoever opens home hears of it.")
    if kind == "safeguarding":
        answer(desk, state.id, event.body["flag"])


def answer(desk: Desk, audit_id: str, flag_id: str) -> None:
    """Say a flag's own line and its contacts, and ask for its answer; Enter leaves it open."""
    identity = desk.somebody()
    if identity is None:
        return
    state = desk.database().audit(audit_id)
    flag = next(each for each in state.flags if each.id == flag_id)
    words = flag_words(flag.kind, desk.team.safeguarding)
    desk.talk.say("", f"{words.title}.", words.says, *words.contacts)
    desk.talk.say(*([flag.text] if flag.text else []), f"{answer_words(flag)}.")
    while True:
        try:
            answered = _answered(desk, identity, state, flag, words)
        except AuditToolError as error:
            desk.talk.not_done(error)
            continue
        break
    if answered is None:
        waits = " Sign-off waits for it." if flag.blocks_sign_off else ""
        desk.talk.say(f"{_OPEN}{waits} ! answers it." if flag.open else "Left as it was.")
        return
    if _write(desk, identity, state, *answered):
        desk.talk.say("Saved. The answer is kept.")


def _answered(
    desk: Desk, identity: Identity, state: AuditState, flag: Flag, words: FlagWords
) -> tuple[NewEvent, Checked] | None:
    """Ask how a flag is answered, and the words as they were checked; None leaves it."""
    talk, today = desk.talk, desk.today
    grave = flag.kind == "safeguarding"
    offers = [Offer("Somebody was told"), Offer(NOT_SAFEGUARDING if grave else "No concern")]
    offers += [] if grave else [Offer("It was done")]
    fields = ("told_role", "not_a_concern", "done")[: len(offers)]
    how = talk.choose("How is it answered?", offers, fields, leaving="answers it later")
    if how is None:
        return None
    given = checked_text(desk, lambda: _ask_words(talk, how, words))
    day = _ask_day(talk, words, today) if how == "told_role" and given is not None else None
    if given is None or (how == "told_role" and day is None):
        return None
    said = {"told_role": "", "not_a_concern": "", "done": "", how: given.text}
    return answer_flag(state, flag.id, identity.id, today=today, told_on=day, **said), given


def _ask_words(talk: Talk, how: str, words: FlagWords) -> str | None:
    """Ask for the role that was told, the reason, or what was done."""
    if how != "told_role":
        return talk.text(words.asks_done if how == "done" else words.asks_reason)
    role = talk.ask(f"{words.asks_role} (Enter: {words.role})")
    return None if role == BACK else role or words.role


def _ask_day(talk: Talk, words: FlagWords, today: date) -> date | None:
    typed = talk.ask(f"{words.asks_day} (Enter: {show_date(today)})")
    return None if typed == BACK else parse_date(typed or "today", today=today)


def _write(
    desk: Desk, identity: Identity, state: AuditState, event: NewEvent, said: Checked
) -> bool:
    """Write what was said of a flag; whether it was written in the end."""
    store = desk.database()
    decided = said.logged(state, "flag", identity.id)

    def write() -> bool:
        events = [*joining(store, identity), event, *decided]
        store.write(events, expects={event.subject: state.rev})
        return True

    return until_done(desk.talk, write)
