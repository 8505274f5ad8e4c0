"""Deciding, audit by audit, what a table brings: something new, here already, or a problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.replaying import replay
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.exchange.columns import RECORD_COLUMNS
from ehcp_audit.exchange.grouping import AuditRows, Problem
from ehcp_audit.exchange.interpreting import interpret
from ehcp_audit.exchange.people import Auditors
from ehcp_audit.exchange.records import records_of
from ehcp_audit.exchange.rubrics import Rubrics
from ehcp_audit.store import Store


@dataclass(frozen=True)
class Accepted:
    """An audit that can come in, or is here already with the same content.

    `ruled_out` counts levels that do not count, because the facts rule their question out.
    """

    state: AuditState
    rubric: Rubric
    already_here: bool
    ruled_out: int
    line: int


@dataclass(frozen=True)
class Refused:
    """An audit that cannot come in: all its rows, and what is wrong with some of them."""

    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def judge(
    store: Store,
    groups: Sequence[AuditRows],
    rubrics: Rubrics,
    auditors: Auditors,
    *,
    today: date,
) -> tuple[list[Accepted], list[Refused]]:
    """Return the audits that can come in and those that cannot, each in the file's order."""
    accepted: list[Accepted] = []
    refused: list[Refused] = []
    _note_taken_ids(store, groups)
    for group in groups:
        outcome = _judge_one(store, group, rubrics, auditors, today)
        if isinstance(outcome, Accepted):
            accepted.append(outcome)
        else:
            refused.append(_refusal(group, outcome))
    return _with_those_followed(store, groups, accepted, refused)


def _judge_one(
    store: Store, group: AuditRows, rubrics: Rubrics, auditors: Auditors, today: date
) -> Accepted | list[Problem]:
    cells = group.cells
    try:
        rubric = rubrics.named(cells.get("rubric_id", ""), cells.get("rubric_version", ""))
    except AuditToolError as error:
        return [*group.problems, Problem(group.line, error.what)]
    read = interpret(group, rubric, today=today)
    problems = [*group.problems, *read.problems]
    try:
        auditor = auditors.named(cells)
    except AuditToolError as error:
        return [*problems, Problem(group.line, error.what)]
    if problems:
        return problems
    hands = (*read.state.auditors, auditor.id)
    state = replace(read.state, auditor=auditor.id, auditors=hands)
    here = replay(store.audit_events(state.id))
    if here is not None and (
        _content(here, rubric) != _content(state, rubric) or not _same_records(here, state, cells)
    ):
        sentence = f"audit {state.id} is here already, with other content"
        return [Problem(group.line, sentence)]
    return Accepted(state, rubric, here is not None, read.ruled_out, group.line)


def _content(state: AuditState, rubric: Rubric) -> dict[str, Any]:
    """Return what must agree for two audits to be the same one.

    Not the plan's id, which is each copy's own, nor what sign-off worked out from the rest, nor
    facts that only an earlier version of the rubric asked.
    """
    asked = {fact.id for fact in rubric.facts_asked()}
    signed = state.sign_off
    return {
        "plan_ref": state.plan_ref,
        "rubric": state.rubric_hash,
        "auditors": state.auditors,
        "agencies": sorted(state.agencies),
        "follows": state.follows,
        "facts": {
            key: value for key, value in state.facts.items() if key in asked and value is not None
        },
        "scores": dict(state.scores),
        "evidence": {
            criterion: state.notes_on(criterion)
            for criterion in {n.criterion for n in state.evidence}
        },
        "causes": dict(state.causes),
        "exemplars": state.exemplars,
        "status": state.status,
        "audit_date": signed.audit_date if signed else None,
        "date_reason": signed.date_reason if signed else "",
    }


def _same_records(here: AuditState, came: AuditState, cells: Mapping[str, str]) -> bool:
    """Whether the records that the table holds are those kept here; an empty cell says nothing."""
    mine, theirs = records_of(here), records_of(came)
    return all(mine.get(name) == theirs.get(name) for name in RECORD_COLUMNS if name in cells)


def _note_taken_ids(store: Store, groups: Sequence[AuditRows]) -> None:
    """Note every note_id that another audit has already, here or in the file."""
    if not any(row.note_id for group in groups for row in group.rows):
        return
    owners = {note.id: state.id for state in store.every_audit() for note in state.evidence}
    for group in groups:
        seen: set[str] = set()
        for row in group.rows:
            if not row.note_id:
                continue
            if owners.setdefault(row.note_id, group.id) != group.id:
                sentence = f"note_id {row.note_id[:40]} belongs to another audit; empty the cell"
                group.problems.append(Problem(row.line, sentence))
            elif row.note_id in seen:
                sentence = f"note_id {row.note_id[:40]} is there twice; empty the cell"
                group.problems.append(Problem(row.line, sentence))
            seen.add(row.note_id)


def _refusal(group: AuditRows, problems: Collection[Problem]) -> Refused:
    return Refused(tuple(row.line for row in group.rows), tuple(dict.fromkeys(problems)))


def _with_those_followed(
    store: Store,
    groups: Sequence[AuditRows],
    accepted: list[Accepted],
    refused: list[Refused],
) -> tuple[list[Accepted], list[Refused]]:
    """Refuse audits that follow one which is neither here nor coming in, until none is left."""
    by_id = {group.id: group for group in groups}
    while True:
        coming = {audit.state.id for audit in accepted}
        loose = [
            audit
            for audit in accepted
            if (follows := audit.state.follows)
            and follows not in coming
            and not store.audit_events(follows)
        ]
        if not loose:
            return accepted, refused
        for audit in loose:
            sentence = (
                f"follows is {audit.state.follows}, an audit that is neither here nor comes in"
            )
            refused.append(_refusal(by_id[audit.state.id], [Problem(audit.line, sentence)]))
        accepted = [audit for audit in accepted if audit not in loose]
