"""Flags as the store keeps and lists them."""

from __future__ import annotations

import sqlite3
from datetime import date

from ehcp_audit.domain.flags import Flag
from ehcp_audit.store.rows import FlagRow

_COLUMNS = (
    "id, kind, criterion, text, told_role, told_on, not_a_concern, done, "
    "raised_by, raised_at, answered_by, answered_at"
)


def put_flag(connection: sqlite3.Connection, audit_key: int, flag: Flag) -> None:
    """Write a flag's row, inside the open transaction."""
    connection.execute(
        f"INSERT INTO flag(audit, {_COLUMNS}, open) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
        (
            audit_key, flag.id, flag.kind, flag.criterion, flag.text, flag.told_role,
            None if flag.told_on is None else flag.told_on.isoformat(), flag.not_a_concern,
            flag.done, flag.raised_by, flag.raised_at, flag.answered_by, flag.answered_at,
            int(flag.open),
        ),
    )  # fmt: skip


def list_flags(connection: sqlite3.Connection, *, only_open: bool) -> tuple[FlagRow, ...]:
    """Return the flags of every audit, withdrawn ones too, the newest first."""
    columns = ", ".join(f"f.{name}" for name in _COLUMNS.split(", "))
    rows = connection.execute(
        f"SELECT {columns}, a.id, p.ref, a.state, coalesce(u.name, a.auditor), "  # noqa: S608
        "coalesce(r.name, f.raised_by), a.rubric "
        "FROM flag f JOIN audit a ON a.key = f.audit JOIN plan p ON p.key = a.plan "
        "LEFT JOIN auditor u ON u.id = a.auditor LEFT JOIN auditor r ON r.id = f.raised_by "
        f"{'WHERE f.open = 1' if only_open else ''} "
        "ORDER BY f.raised_at DESC, f.audit DESC, f.id"
    ).fetchall()
    return tuple(FlagRow(_flag(row[:12]), *row[12:]) for row in rows)


def _flag(row: tuple[str, ...]) -> Flag:
    flag_id, kind, criterion, text, told_role, told_on, not_a_concern, done, *who = row
    return Flag(
        flag_id,
        kind,  # type: ignore[arg-type]
        criterion,
        text,
        told_role,
        date.fromisoformat(told_on) if told_on else None,
        not_a_concern,
        done,
        *who,
    )
