"""What the store hands out: rows as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ehcp_audit.domain.facts import FactValue


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
    """One audit in a list; `grade` is the grade's id, None where there is none."""

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
