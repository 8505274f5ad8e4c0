"""Beginning an audit in lines: who, which rubric, the facts, then the walk."""

from __future__ import annotations

from collections.abc import Mapping

from ehcp_audit.auditing import begin_audit
from ehcp_audit.auditing.facts_asking import FactsAnswer
from ehcp_audit.auditing.offering import rubrics_offered, same_again, same_rubric
from ehcp_audit.auditing.re_audit import (
    SAME_PERSON,
    SECTIONS_ASKED,
    SECTIONS_HELP,
    begin_re_audit,
    read_sections,
    same_person,
)
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.facts import ask_facts
from ehcp_audit.cli.plain.talk import BACK, Offer
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.rubric_files import RubricFile
from ehcp_audit.rubric_versions import notices


def begin(
    desk: Desk, *, facts: Mapping[str, FactValue] | None = None, follows: str | None = None
) -> str | None:
    """Begin an audit and return its id, or that of one to look at; None where it is given up.

    `facts` are offered, and `follows` is the audit that a re-audit follows.
    """
    identity = desk.somebody()
    file = _choose_rubric(desk, follows) if identity is not None else None
    if identity is None or file is None:
        return None
    talk = desk.talk
    talk.say("", f"New audit. {file.rubric.name}.")
    talk.say(*notices(file.rubric, desk.today))
    offered = dict(facts or {}) or same_again(desk.store, identity)
    answer = ask_facts(desk, offered, own=file.rubric.facts, follows=follows)
    if answer is None:
        talk.say("No audit was begun.")
        return None
    if answer.look_at is not None:
        return answer.look_at
    try:
        audit_id = _begun(desk, identity, file, answer)
    except AuditToolError as error:
        talk.not_done(error)
        return None
    talk.say("No audit was begun." if audit_id is None else "Saved. The audit has begun.")
    return audit_id


def _begun(desk: Desk, identity: Identity, file: RubricFile, answer: FactsAnswer) -> str | None:
    """Begin the audit; a re-audit first asks which sections changed, None where that is left."""
    store, today = desk.database(), desk.today
    if answer.follows is None:
        return begin_audit(store, file.rubric, file.text, answer.facts, identity, today=today)
    changed = _ask_sections(desk, identity, answer.follows)
    if changed is None:
        return None
    return begin_re_audit(
        store, file.rubric, file.text, answer.facts, identity,
        today=today, follows=answer.follows, changed=changed,
    )  # fmt: skip


def _ask_sections(desk: Desk, identity: Identity, follows: str) -> tuple[str, ...] | None:
    """Ask which sections of the plan changed since the audit before."""
    talk = desk.talk
    talk.say("", SECTIONS_HELP)
    if same_person(desk.database().audit(follows), identity.id):
        talk.say(SAME_PERSON)
    while True:
        typed = talk.ask(f"{SECTIONS_ASKED} (Enter: none)", (SECTIONS_HELP,))
        if typed == BACK:
            return None
        try:
            return read_sections(typed)
        except AuditToolError as error:
            talk.not_done(error)


def _choose_rubric(desk: Desk, follows: str | None) -> RubricFile | None:
    offered = rubrics_offered(desk.workspace.rubrics, desk.store)
    for error in offered.errors:
        desk.talk.not_done(error)
    if not offered.files:
        if not offered.errors:
            desk.talk.cannot("There is no rubric in rubrics/. “ehcp-audit init” adds one.")
        return None
    same = None
    if follows is not None:
        same = same_rubric(desk.database(), offered.files, follows)
    if same is not None or len(offered.files) == 1:
        return same or offered.files[0]
    offers = [Offer(file.rubric.title, file.rubric.summary) for file in offered.files]
    return desk.talk.choose("Which rubric?", offers, offered.files, default=0)
