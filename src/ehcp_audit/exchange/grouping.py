"""Sorting a table's rows into audits, keeping of each row only what it says anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.facts import OWN_PREFIX
from ehcp_audit.exchange.columns import AUDIT_COLUMNS
from ehcp_audit.tables import Row

_OF_THE_AUDIT = frozenset(AUDIT_COLUMNS)


@dataclass(frozen=True)
class Problem:
    """Why one row cannot be brought in; `line` is where the row begins in the file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


class ScoreRow(NamedTuple):
    """What one row says of one criterion."""

    line: int
    criterion: str
    level: str
    reason: str
    overrides: str
    carried: str
    note: str
    section: str
    page: str
    note_id: str
    cause: str
    exemplar: str

    @property
    def has_note(self) -> bool:
        """Whether the row carries a note of evidence."""
        return bool(self.note or self.section or self.page or self.note_id)

    @property
    def has_mark(self) -> bool:
        """Whether the row carries a cause, or marks its evidence to be shared."""
        return bool(self.cause or self.exemplar)


@dataclass
class AuditRows:
    """The rows of one audit: its own cells once, and a `ScoreRow` for each row.

    `id` is the audit's; where the file gives none it follows from what tells the audit apart,
    so that the same file brought in twice gives the same audit.
    """

    id: str
    cells: dict[str, str]
    rows: list[ScoreRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line of its first row."""
        return self.rows[0].line


def rows_by_audit(rows: Iterable[Row]) -> list[AuditRows]:
    """Return the audits of a table in the order of their first rows.

    Rows belong together by audit_id; where that is empty, by plan, audit date, rubric, version
    and auditor. A row that names no plan counts with the row above it.
    """
    audits: dict[str, AuditRows] = {}
    above: AuditRows | None = None
    for row in rows:
        cells = {
            name: value
            for name, cell in row.cells.items()
            if (name in _OF_THE_AUDIT or name.startswith(OWN_PREFIX)) and (value := cell.strip())
        }
        named = bool(cells.get("plan_ref") or cells.get("audit_id"))
        if named or above is None:
            audit_id = cells.get("audit_id") or _made_id(cells)
            audit = audits.setdefault(audit_id, AuditRows(audit_id, cells))
        else:
            audit = above
        audit.rows.append(_score_row(row))
        if row.problem:
            audit.problems.append(Problem(row.line, row.problem))
        elif not named:
            audit.problems.append(Problem(row.line, "plan_ref is empty"))
        else:
            _merge(audit, cells, row.line)
        above = audit
    return list(audits.values())


def _made_id(cells: dict[str, str]) -> str:
    parts = ("plan_ref", "audit_date", "rubric_id", "rubric_version", "auditor", "auditor_id")
    return digest([cells.get(part, "").casefold() for part in parts])[:16]


def _merge(audit: AuditRows, cells: dict[str, str], line: int) -> None:
    """Note every column in which a row says something else of its audit than the rows above."""
    if cells == audit.cells:
        return
    for name, value in cells.items():
        said = audit.cells.setdefault(name, value)
        if said != value:
            sentence = f"{name} is “{_short(value)}” here and “{_short(said)}” in line {audit.line}"
            audit.problems.append(Problem(line, sentence))


def _score_row(row: Row) -> ScoreRow:
    cell = row.cells.get
    return ScoreRow(
        row.line,
        cell("criterion", "").strip(),
        cell("level", "").strip().lower(),
        cell("reason", "").strip(),
        cell("overrides", "").strip().lower(),
        cell("carried", "").strip().lower(),
        cell("note", "").strip(),
        cell("section", "").strip(),
        cell("page", "").strip(),
        cell("note_id", "").strip(),
        cell("cause", "").strip().lower(),
        cell("exemplar", "").strip().lower(),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004
