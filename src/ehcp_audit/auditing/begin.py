"""Starting an audit: the plan, the frozen rubric and the auditor come into the log with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ehcp_audit.auditing.acts import join, new_id
from ehcp_audit.domain.errors import SaveConflictError, UsageError
from ehcp_audit.domain.events import (
    NewEvent,
    audit_subject,
    plan_subject,
    rubric_subject,
)
from ehcp_audit.domain.facts import FactValue, missing_facts, with_defaults
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import AGENCIES, Rubric
from ehcp_audit.store import Store, Work


def begin_audit(
    store: Store,
    rubric: Rubric,
    rubric_text: str,
    facts: Mapping[str, FactValue],
    identity: Identity,
    *,
    today: date,
    follows: str | None = None,
    changed_sections: Sequence[str] = (),
    carried: Mapping[str, int] | None = None,
) -> str:
    """Begin an audit and return its id; everything it needs is written in one transaction.

    Its first audit freezes a rubric version. A re-audit `follows` another, names the sections
    changed since and offers levels of questions it need not ask again: these stay undecided
    until they are kept after a second look, or judged anew. Raises `UsageError` where a needed
    fact is missing, the tool's or the rubric's own.
    """
    complete = with_defaults(facts, today, rubric.facts)
    if follows is not None:
        complete["prior_audit"] = follows
    missing = missing_facts(complete, rubric.facts)
    if missing:
        what = f"Still to answer: {', '.join(fact.label for fact in missing)}."
        raise UsageError(what)
    audit_id = new_id()
    again: dict[str, Any] = {"follows": follows}
    if follows is not None:
        again |= {"changed_sections": list(changed_sections), "carried": dict(carried or {})}

    def work() -> Work:
        events = _events(store, rubric, complete, identity, audit_id=audit_id, again=again)
        return Work(events=events, rubrics=((rubric, rubric_text),))

    try:
        store.do(work())
    except SaveConflictError:
        store.do(work())  # another program added the same plan meanwhile; now it is found
    return audit_id


def _events(
    store: Store,
    rubric: Rubric,
    facts: Mapping[str, FactValue],
    identity: Identity,
    *,
    audit_id: str,
    again: Mapping[str, Any],
) -> tuple[NewEvent, ...]:
    ref = str(facts["plan_ref"])
    events = joining(store, identity) + freezing(store, rubric, identity.id)
    plan_id = store.plan_id(ref)
    if plan_id is None:
        plan_id = new_id()
        events.append(NewEvent(plan_subject(plan_id), "plan_added", {"ref": ref}, identity.id))
    body = {
        "plan": plan_id,
        "plan_ref": ref,
        "rubric": rubric.hash,
        "agencies": list(AGENCIES),
        "facts": facts,
        **again,
    }
    events.append(NewEvent(audit_subject(audit_id), "audit_begun", body, identity.id))
    return tuple(events)


def joining(store: Store, identity: Identity) -> list[NewEvent]:
    """Return the event by which an auditor joins, where the store does not know them so."""
    known = store.auditor(identity.id)
    if known is not None and (known.name, known.agency) == (identity.name, identity.agency):
        return []
    return [join(identity)]


def freezing(store: Store, rubric: Rubric, actor: str) -> list[NewEvent]:
    """Return the event that freezes a rubric version, where it is not frozen yet."""
    if store.is_frozen(rubric.hash):
        return []
    body = {"rubric_id": rubric.id, "version": rubric.version, "hash": rubric.hash}
    return [NewEvent(rubric_subject(rubric.id, rubric.version), "rubric_frozen", body, actor)]
