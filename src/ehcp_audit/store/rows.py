"""What the store hands out: rows as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.flags import Flag
from ehcp_audit.domain.replaying import facts_from_body


@dataclass(frozen=True)
class Auditor:
    """Somebody who has audited in this workspace: an id, a name or initials, an agency."""

    id: str
    name: str
    agency: str


@dataclass(frozen=True)
class RubricVersion:
    """A rubric version that is frozen in this database."""

    hash: str
    rubric_id: str
    version: str
    title: str


@dataclass(frozen=True)
class AuditQuery:
    """Which audits to list; `text` is looked for in the reference, auditor and facts."""

    states: tuple[str, ...] = ("draft", "signed")
    auditor: str | None = None
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plan_ref: str | None = None
    rubric_hash: str | None = None
    limit: int = 500


@dataclass(frozen=True)
class AuditRow:
    """One audit in a list; `grade` is the grade's id, None where there is none.

    `auditors` names everybody who had it in hand, in order; `open_flags` counts those unanswered.
    """

    id: str
    ref: str
    rubric_hash: str
    auditor_id: str
    auditor_name: str
    state: str
    grade: str | None
    audit_date: date | None
    plan_date: date | None
    begun_at: str
    changed_at: str
    follows: str | None
    facts: Mapping[str, FactValue]
    auditors: tuple[str, ...] = ()
    open_flags: int = 0


@dataclass(frozen=True)
class FlagRow:
    """A flag in a list, with the audit it was raised on and whose hands that is in."""

    flag: Flag
    audit_id: str
    ref: str
    state: str
    auditor_name: str
    raised_by_name: str
    rubric_hash: str


@dataclass(frozen=True)
class DisputedRow:
    """An answer on a feedback slip that disputes an audit: by whom, and when."""

    audit_id: str
    ref: str
    party: str
    on: date


@dataclass(frozen=True)
class PhraseRow:
    """A phrase that was kept: whose, whether the team shares it, and on how many audits it is."""

    id: str
    auditor_id: str
    auditor_name: str
    text: str
    shared: bool
    uses: int


@dataclass(frozen=True)
class UsedText:
    """A text of evidence that an auditor wrote, and on how many of their plans."""

    text: str
    plans: int


_AUDIT_COLUMNS = tuple(each.name for each in fields(AuditRow))


def audit_row(row: tuple[Any, ...]) -> AuditRow:
    """Return an audit as a query for lists read it, its columns in the order of the fields."""
    named: dict[str, Any] = dict(zip(_AUDIT_COLUMNS, row, strict=True))
    for name in ("audit_date", "plan_date"):
        named[name] = date.fromisoformat(named[name]) if named[name] else None
    named["facts"] = facts_from_body(json.loads(named["facts"]))
    named["auditors"] = tuple(json.loads(named["auditors"]))
    return AuditRow(**named)
