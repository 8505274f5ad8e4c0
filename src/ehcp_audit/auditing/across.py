"""One question on several plans: which drafts it can be scored across, and which comes next.

Reading one question side by side steadies the judgement of it. Each plan is still read as a whole:
its scores say that they were given so, its summary names them, and only there is it signed off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ehcp_audit.auditing.listing import is_open
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Criterion
from ehcp_audit.store import AuditQuery, AuditRow, Store


def drafts_by_rubric(
    store: Store | None, identity: Identity | None
) -> Mapping[str, tuple[AuditRow, ...]]:
    """Return an auditor's own drafts by reference, for each rubric version that has two or more."""
    if store is None or identity is None:
        return {}
    rows = store.audits(AuditQuery(states=("draft",), auditor=identity.id))
    found: dict[str, list[AuditRow]] = {}
    for row in sorted(rows, key=lambda each: (each.ref, each.begun_at)):
        found.setdefault(row.rubric_hash, []).append(row)
    return {key: tuple(drafts) for key, drafts in found.items() if len(drafts) > 1}


def next_plan(
    states: Sequence[AuditState], criterion: Criterion, on: date, *, after: str | None = None
) -> str | None:
    """Return the next audit on which a question is undecided, going round; None where none is."""
    ids = [state.id for state in states]
    start = 0 if after is None else ids.index(after) + 1
    return next(
        (state.id for state in (*states[start:], *states[:start]) if is_open(state, criterion, on)),
        None,
    )
