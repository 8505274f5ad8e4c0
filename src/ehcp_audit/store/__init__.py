"""The database: one guarded writer, an event log that is the truth, and tables that follow it."""

from ehcp_audit.store.database import Store
from ehcp_audit.store.rows import (
    Auditor,
    AuditQuery,
    AuditRow,
    DisputedRow,
    FlagRow,
    PhraseRow,
    RubricVersion,
    UsedText,
)
from ehcp_audit.store.rubric_versions import changed_since_frozen
from ehcp_audit.store.writer import Draft, Work, Written

__all__ = [
    "AuditQuery",
    "AuditRow",
    "Auditor",
    "DisputedRow",
    "Draft",
    "FlagRow",
    "PhraseRow",
    "RubricVersion",
    "Store",
    "UsedText",
    "Work",
    "Written",
    "changed_since_frozen",
]
