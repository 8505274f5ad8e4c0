"""Reading earlier audits as monthly counts from a table, checked row by row before any comes in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from ehcp_audit.domain.errors import AuditToolError, ImportRowsError, UsageError
from ehcp_audit.domain.periods import period_of
from ehcp_audit.tables.reading import Row, TableLimits, read_table
from ehcp_audit.trends.measures import Measure, measure_named

COLUMNS: Final = ("month", "measure", "count", "total", "source")
_NEEDED: Final = ("month", "measure", "count", "total")
_MONTH: Final = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")
_LARGEST: Final = 1_000_000
_LIMITS: Final = TableLimits(bytes=2_000_000, rows=20_000, cell=400)
_LONGEST_SOURCE: Final = 200
_SHOWN: Final = 20

Body = dict[str, Any]


def read_counts(
    path: Path, rubric_id: str, measures: Mapping[str, Measure], *, today: date, source: str
) -> tuple[Body, ...]:
    """Return the bodies of `counts_brought_in` events, one a row.

    `source` stands where a row names none. Raises `ImportRowsError` with every bad row by line:
    an unknown measure, a month that is none or not over, a count above its total, the same month
    and measure twice, no source.
    """
    bodies: list[Body] = []
    problems: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for row in read_table(path, columns=COLUMNS, required=_NEEDED, limits=_LIMITS):
        try:
            body = _body(row, rubric_id, measures, today, source)
            key = (body["measure"], body["period"])
            if key in seen:
                what = f"month and measure stand in line {seen[key]} already."
                raise UsageError(what)
        except AuditToolError as error:
            problems.append(f"line {row.line}: {error.what}")
            continue
        seen[key] = row.line
        bodies.append(body)
    if problems:
        shown = [f"\n  {problem}" for problem in problems[:_SHOWN]]
        more = len(problems) - _SHOWN
        shown += [f"\n  … and {more:,} more"] if more > 0 else []
        what = f"{path} cannot come in:{''.join(shown)}"
        raise ImportRowsError(what, "Correct these rows; none came in.")
    if not bodies:
        what = f"{path} holds no row below its heading."
        raise ImportRowsError(what, f"A row has {', '.join(COLUMNS)}.")
    return tuple(bodies)


def _body(
    row: Row, rubric_id: str, measures: Mapping[str, Measure], today: date, source: str
) -> Body:
    if row.problem:
        raise UsageError(row.problem)
    for name in _NEEDED:
        if name not in row.cells:
            what = f"{name} is empty."
            raise UsageError(what)
    count, total = _number(row, "count"), _number(row, "total")
    if count > total:
        what = f"count {count} is above its total {total}."
        raise UsageError(what)
    named = row.cells.get("source", source).strip()
    if not named or len(named) > _LONGEST_SOURCE:
        what = f"source is empty or longer than {_LONGEST_SOURCE} characters."
        raise UsageError(what)
    return {
        "rubric_id": rubric_id,
        "measure": measure_named(row.cells["measure"], measures).id,
        "period": _month(row.cells["month"], today),
        "count": count,
        "total": total,
        "source": named,
    }


def _number(row: Row, name: str) -> int:
    text = row.cells[name].strip()
    if not (text.isascii() and text.isdecimal()) or int(text) > _LARGEST:
        what = f"{name} “{text}” is not a whole number up to {_LARGEST:,}."
        raise UsageError(what)
    return int(text)


def _month(typed: str, today: date) -> str:
    found = _MONTH.fullmatch(typed.strip())
    if found is None:
        what = f"“{typed}” is not a month such as 2025-04."
        raise UsageError(what)
    month = period_of(date(int(found[1]), int(found[2]), 1), "month")
    if month.last >= today:
        what = f"{month.label} is not over yet."
        raise UsageError(what)
    return month.key
