"""Tables that may leave the team: which there are, how they are made safe, what was released.

A table by characteristics of children is widened first (groups under ten plans are merged), then
its small counts are hidden (`suppression`). It is of rolling twelve months and of one measure, and
one table is released once for the same months: two prints of nearly the same plans could be
subtracted from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.questions import CountedAudit, Question
from ehcp_audit.trends.groups import Group
from ehcp_audit.trends.measures import GOOD_OR_BETTER
from ehcp_audit.trends.shares import Share, pooled_share
from ehcp_audit.trends.suppression import CountTable, hidden_cells
from ehcp_audit.trends.windows import Window, once_a_plan, within

FEWEST: Final = 10  # plans in a group before it stands alone
OTHER: Final = "Other groups, together"
# The fixed list: the board's pages, and good or better by these; one measure each.
DIMENSIONS: Final = (
    "setting_group", "age_band", "primary_need", "plan_kind", "request_source", "area", "team",
    "drafting_route", "plan_age",
)  # fmt: skip
BOARD: Final = "board"
MEASURE: Final = GOOD_OR_BETTER
_MOST_HIDDEN: Final = 3  # a table with more than one cell in so many hidden is not printed
_TITLE: Final = "Not released"


@dataclass(frozen=True)
class ReleasedRow:
    """A row as it is printed: `members` are the groups in it, `hidden` whether its counts are."""

    name: str
    members: tuple[str, ...]
    share: Share
    hidden: bool


@dataclass(frozen=True)
class ReleasedTable:
    """A table made safe; `why_not` says why there are no rows, where there are none."""

    rows: tuple[ReleasedRow, ...]
    why_not: str = ""

    @property
    def shown(self) -> dict[str, Share]:
        """The shares that are printed, by row."""
        return {row.name: row.share for row in self.rows if not row.hidden}

    def to_body(self) -> dict[str, Any]:
        """Return what is printed, as the record keeps it."""
        return {
            row.name: {
                "members": list(row.members),
                "x": None if row.hidden else row.share.count,
                "n": row.share.total,
            }
            for row in self.rows
        }


def check_released(table: str, question: Question, measure: str = MEASURE) -> None:
    """Refuse what is not on the fixed list: another table, a filter, other days, the plan date.

    Raises `NotAllowedError`.
    """
    wrong = ""
    if (table not in DIMENSIONS and table != BOARD) or measure != MEASURE:
        wrong = f"{measure or 'this'} by {table} is not on the list of tables that are released."
    elif question.filters or question.reasons != ("routine",):
        wrong = "a released table has no filter: two of them could be subtracted."
    elif question.first or question.last or question.axis != "audit":
        wrong = "a released table is of rolling twelve months by date of audit, as they are."
    if wrong:
        listed = f"On the list: {BOARD}, and {MEASURE} by {', '.join(DIMENSIONS)}."
        raise NotAllowedError(wrong, listed, title=_TITLE)


def made_safe(
    groups: Sequence[Group], *, hide_up_to: int, coded: bool = False, secret: str = ""
) -> ReleasedTable:
    """Return the groups as they may be printed.

    Names typed freely (`coded`) become letters, in an order that only the workspace's `secret`
    tells, the same in every release.
    """
    rows = _widened([group for group in groups if group.share.total])
    if len(rows) < 2:  # noqa: PLR2004
        return ReleasedTable((), "there are not two groups of ten plans or more.")
    table = CountTable(
        (len(rows), 2),
        {
            place: count
            for number, row in enumerate(rows)
            for place, count in (
                ((number, 0), row.share.count),
                ((number, 1), row.share.total - row.share.count),
            )
        },
    )
    hidden = hidden_cells(table, hide_up_to=hide_up_to, margins_shown=True)
    if hidden is None:
        return ReleasedTable((), "its small counts cannot be hidden so that they stay hidden.")
    if len(hidden) * _MOST_HIDDEN > len(table.with_margins()):
        return ReleasedTable((), "more than a third of it would be hidden.")
    safe = [
        ReleasedRow(row.name, row.members, row.share, hidden=(number, 0) in hidden)
        for number, row in enumerate(rows)
    ]
    return ReleasedTable(_lettered(safe, secret) if coded else tuple(safe))


def _widened(groups: Sequence[Group]) -> list[ReleasedRow]:
    """Merge groups under ten plans, and into them the smallest other until they are ten."""
    small = [group for group in groups if group.share.total < FEWEST]
    large = [group for group in groups if group.share.total >= FEWEST]
    while small and large and sum(group.share.total for group in small) < FEWEST:
        smallest = min(large, key=lambda group: group.share.total)
        large.remove(smallest)
        small.append(smallest)
    rows = [ReleasedRow(each.name, (each.name,), each.share, hidden=False) for each in large]
    if small:
        members = tuple(group.name for group in small)
        together = pooled_share(group.share for group in small)
        rows.append(ReleasedRow(OTHER, members, together, hidden=False))
    return rows if all(row.share.total >= FEWEST for row in rows) else []


def _lettered(rows: Sequence[ReleasedRow], secret: str) -> tuple[ReleasedRow, ...]:
    named = [row for row in rows if row.name != OTHER]
    named.sort(key=lambda row: sha256(f"{secret} {row.name}".encode()).digest())
    lettered = [
        ReleasedRow(_letters(number), row.members, row.share, row.hidden)
        for number, row in enumerate(named)
    ]
    return (*lettered, *(row for row in rows if row.name == OTHER))


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def release_body(
    table: str, rubric_id: str, window: Window, cells: Mapping[str, Any], head: str
) -> dict[str, Any]:
    """Return the body of a `table_released` event."""
    question = {
        "rubric": rubric_id,
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
    }
    return {"table": table, "question": question, "cells": dict(cells), "log_head": head}


def is_new(body: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a table is to be recorded as released; not where the very same was before.

    Raises `NotAllowedError` where the table was released for the same months with other cells.
    """
    for before in earlier:
        same = before["table"] == body["table"] and before["question"] == body["question"]
        if same and before["cells"] == body["cells"]:
            return False
        if same:
            what = (
                f"“{body['table']}” was released for the same months with other figures: the two "
                "together could show what is hidden."
            )
            step = "Print the earlier one again by its head, or wait for another month to be over."
            raise NotAllowedError(what, step, title=_TITLE)
    return True


def check_differences(
    body: Mapping[str, Any],
    earlier: Iterable[Mapping[str, Any]],
    members: Mapping[str, Sequence[CountedAudit]],
) -> None:
    """Refuse a table from which the plans of a few could be had by subtracting an earlier one.

    `members` are all counted audits of each printed row, whatever their date. Where plans were
    only added to a row since an earlier release (or only left it), the difference of the two
    prints is those plans: it must be ten or more. Raises `NotAllowedError`.
    """
    for before in earlier:
        if not _is_of(before, body):
            continue
        for name, cells in body["cells"].items():
            old = before["cells"].get(name)
            if old is None or old["members"] != cells["members"]:
                continue
            new_plans = _plans(members[name], _days(body))
            old_plans = _plans(members[name], _days(before))
            added, left = len(new_plans - old_plans), len(old_plans - new_plans)
            if min(added, left) == 0 and 0 < max(added, left) < FEWEST:
                what = (
                    f"“{name}” differs from the table released to {before['question']['to']} by "
                    "fewer than ten plans, whose results could be worked out."
                )
                raise NotAllowedError(what, "Release it when more were audited.", title=_TITLE)


def _is_of(before: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    of_both = [(each["table"], each["question"]["rubric"]) for each in (before, body)]
    return of_both[0] == of_both[1]


def _plans(audits: Sequence[CountedAudit], window: Window) -> set[str]:
    return {audit.id for audit in once_a_plan(within(audits, window, "audit"), "audit")}


def _days(body: Mapping[str, Any]) -> Window:
    question = body["question"]
    return Window(date.fromisoformat(question["from"]), date.fromisoformat(question["to"]))
