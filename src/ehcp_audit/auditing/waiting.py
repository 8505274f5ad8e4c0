"""What home lists: the audits that wait for somebody, by state, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ehcp_audit.auditing.across import drafts_by_rubric
from ehcp_audit.auditing.progress import Written, last_written, next_unscored
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.replaying import replay
from ehcp_audit.domain.rubric import Criterion
from ehcp_audit.store import AuditQuery, AuditRow, DisputedRow, Store

_MOST_NAMED: Final = 3  # plans in a line that says what waits
NONE_YET: Final = "There is no audit yet. n starts one."


@dataclass(frozen=True)
class Filter:
    """One way to list audits: its name, the states it shows, and whether only one's own."""

    name: str
    states: tuple[str, ...]
    mine: bool = False


FILTERS: Final = (
    Filter("drafts and finished", ("draft", "signed")),
    Filter("mine", ("draft", "signed"), mine=True),
    Filter("drafts", ("draft",)),
    Filter("finished", ("signed",)),
    Filter("withdrawn", ("withdrawn",)),
)


def listed(
    store: Store | None, chosen: Filter, *, identity: Identity | None, text: str = ""
) -> tuple[AuditRow, ...]:
    """Return the audits that a filter shows and that hold every word of a text."""
    if store is None:
        return ()
    auditor = identity.id if chosen.mine and identity else None
    return store.audits(AuditQuery(states=chosen.states, auditor=auditor, text=text))


def disputed_words(rows: Sequence[DisputedRow]) -> str:
    """Say how many answers dispute an audit, and of which plans; empty for none."""
    if not rows:
        return ""
    refs = list(dict.fromkeys(row.ref for row in rows))
    more = f" and {len(refs) - _MOST_NAMED} more" if len(refs) > _MOST_NAMED else ""
    number = "1 disputed answer" if len(rows) == 1 else f"{len(rows):,} disputed answers"
    return f"{number}: {', '.join(refs[:_MOST_NAMED])}{more}"


def latest_draft(store: Store | None, identity: Identity | None) -> AuditRow | None:
    """Return the draft to go on with: the auditor's own, changed last; None where there is none."""
    if store is None or identity is None:
        return None
    rows = store.audits(AuditQuery(states=("draft",), auditor=identity.id, limit=1))
    return rows[0] if rows else None


@dataclass(frozen=True)
class Stopped:
    """Where an auditor stopped: the draft, its next undecided question, the evidence last written.

    Either is None where there is none.
    """

    row: AuditRow
    question: Criterion | None
    written: Written | None


def stopped(store: Store | None, identity: Identity | None, on: date) -> Stopped | None:
    """Return where an auditor stopped, or None without a draft."""
    row = latest_draft(store, identity)
    if store is None or row is None:
        return None
    events, rubric = store.audit_events(row.id), store.rubric(row.rubric_hash)
    state = replay(events)
    if state is None:
        return None
    following = next_unscored(rubric, state, on)
    question = rubric.criterion(following) if following else None
    return Stopped(row, question, last_written(rubric, state, events))


def why_not(name: str, store: Store | None, identity: Identity | None, *, any_listed: bool) -> str:
    """Return why home cannot do an action now; empty where it can."""
    if name == "go_on" and latest_draft(store, identity) is None:
        return "You have no draft to continue. n starts an audit." if any_listed else NONE_YET
    if name == "open" and not any_listed:
        return NONE_YET
    if name == "across" and not drafts_by_rubric(store, identity):
        return "One question is scored across drafts: that takes two of yours on one rubric."
    if name in ("trends", "find", "filter", "flags") and store is None:
        return NONE_YET
    if name == "begin" and store is not None and not store.writable:
        return "This workspace is open for reading only."
    return ""
