"""Starting an audit: the plan, the frozen rubric and the auditor come into the log with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ehcp_audit.auditing.acts import join, new_id
from ehcp_audit.domain.errors import UsageError
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


def begin_audit(  # noqa: PLR0913  (what an audit begins with)
    store: Store,
    rubric: Rubric,
    rubric_text: str,
    facts: Mapping[str, FactValue],
    identity: Identity,
    *,
    today: date,
    follows: str | None = None,
) -> str:
    """Begin an audit and return its id; everything it needs is written in one transaction.

    Its first audit freezes a rubric version. Raises `UsageError` where a needed fact is missing.
    """
    complete = with_defaults(facts, today)
    missing = missing_facts(complete)
    if missing:
        what = f"Still to answer: {', '.join(fact.label for fact in missing)}."
        raise UsageError(what)
    ref = str(complete["plan_ref"])
    events = joining(store, identity) + freezing(store, rubric, identity.id)
    plan_id = store.plan_id(ref)
    if plan_id is None:
        plan_id = new_id()
        events.append(NewEvent(plan_subject(plan_id), "plan_added", {"ref": ref}, identity.id))
    audit_id = new_id()
    body = {
        "plan": plan_id,
        "plan_ref": ref,
        "rubric": rubric.hash,
        "agencies": list(AGENCIES),
        "facts": complete,
        "follows": follows,
    }
    events.append(NewEvent(audit_subject(audit_id), "audit_begun", body, identity.id))
    store.do(Work(events=tuple(events), rubric=(rubric, rubric_text)))
    return audit_id


def joining(store: Store, identity: Identity) -> list[NewEvent]:
    """Return the event by which the auditor joins, where the store does not know them as they are."""
    known = store.auditor(identity.id)
    if known is not None and (known.name, known.agency) == (identity.name, identity.agency):
        return []
    return [join(identity)]


def freezing(store: Store, rubric: Rubric, actor: str) -> list[NewEvent]:
    """Return the event that freezes a rubric version, where it is not frozen yet."""
    if any(kept.hash == rubric.hash for kept in store.rubric_versions()):
        return []
    body = {"rubric_id": rubric.id, "version": rubric.version, "hash": rubric.hash}
    return [NewEvent(rubric_subject(rubric.id, rubric.version), "rubric_frozen", body, actor)]
