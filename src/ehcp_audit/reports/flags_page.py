"""The page of flags: what auditors passed on, and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

from ehcp_audit.auditing.flag_words import answer_words
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.flags import FLAG_KINDS, FLAG_LABELS
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Entry, Paragraph, Report, Section
from ehcp_audit.reports.wording import counted, plain
from ehcp_audit.store import FlagRow

_CHILDREN: Final = "About children, one by one: handle it as the plans themselves."
_TELLS_NOBODY: Final = "This tool tells nobody. Safeguarding follows your area’s procedure."
_NONE_OPEN: Final = "No flag waits for an answer."
_NONE: Final = "No flag was ever raised here."
_STATES: Final = {"draft": "audit in progress", "signed": "signed off", "withdrawn": "withdrawn"}


def flags_report(
    rows: Sequence[FlagRow],
    rubrics: Mapping[str, Rubric],
    *,
    every: bool,
    today: date,
    zone: tzinfo | None = None,
) -> Report:
    """Put flags into words, by kind, the newest first; `rubrics` are by their hashes.

    `every` says that answered ones are among them. Days are those of `zone` (None: this
    machine's).
    """
    unanswered = sum(row.flag.open for row in rows)
    sections = tuple(
        Section(
            f"{FLAG_LABELS[kind][:1].upper()}{FLAG_LABELS[kind][1:]}",
            tuple(_entry(row, rubrics, zone) for row in rows if row.flag.kind == kind),
        )
        for kind in FLAG_KINDS
        if any(row.flag.kind == kind for row in rows)
    )
    nothing = Section("Flags", (Paragraph(_NONE if every else _NONE_OPEN),))
    return Report(
        kind="flags",
        title="Flags, answered or not" if every else "Flags that wait for an answer",
        subtitle=(f"{counted(unanswered, 'flag')} not answered, the newest first",),
        banners=(_CHILDREN, _TELLS_NOBODY),
        sections=sections or (nothing,),
        foot=(("Printed", show_date(today)),),
        data={"flags": [_data(row) for row in rows]},
    )


def _entry(row: FlagRow, rubrics: Mapping[str, Rubric], zone: tzinfo | None) -> Entry:
    flag = row.flag
    rubric = rubrics.get(row.rubric_hash)
    where = ""
    if flag.criterion is not None:
        known = rubric is not None and rubric.has_criterion(flag.criterion)
        title = rubric.criterion(flag.criterion).title if rubric and known else flag.criterion
        where = f"At “{plain(title)}”"
    raised = f"raised {_day(flag.raised_at, zone)} by {plain(row.raised_by_name)}"
    lines = (
        where,
        visible(flag.text),
        f"{plain(answer_words(flag))}.",
        f"Auditor {plain(row.auditor_name)}, {_STATES[row.state]}.",
    )
    mark = "! open" if flag.open else "✓ answered"
    return Entry(mark, f"{plain(row.ref)}, {raised}", tuple(line for line in lines if line))


def _day(at: str, zone: tzinfo | None) -> str:
    return show_date(datetime.fromisoformat(at).astimezone(zone).date())


def _data(row: FlagRow) -> Mapping[str, Any]:
    flag = row.flag
    return {
        "kind": flag.kind,
        "plan_ref": row.ref,
        "audit": row.audit_id,
        "audit_state": row.state,
        "auditor": row.auditor_name,
        "raised_by": row.raised_by_name,
        "raised_at": flag.raised_at,
        "criterion": flag.criterion,
        "open": flag.open,
        **flag.to_body(),
    }
