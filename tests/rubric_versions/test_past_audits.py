"""No change of a rubric reaches an audit that is signed: not a byte of it, nor of its report."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.rubric_versions.changed_rubrics import (
    ASKED_OTHERWISE,
    RESCALED,
    RETIRED,
    REWEIGHTED,
    REWORDED,
    SPLIT,
    criteria_with,
    later,
)
from tests.small_rubric import CRITERIA, ME, RUBRIC, TEXT, TODAY, begun, done, give, opened

from ehcp_audit.auditing import AuditSession, sign, write_note
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.rubric import GradeRule, Rubric
from ehcp_audit.reports.audit_page import audit_report
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.rubric_versions import move, publish
from ehcp_audit.store import Store

EVERYTHING = later(
    *(
        replace(each, id=f"new_{each.id}", title="New", question="New?", weight=each.weight + 1)
        for each in CRITERIA
    ),
    scale=replace(
        RUBRIC.scale,
        levels=tuple(
            replace(level, label="New", points=Fraction(1)) for level in RUBRIC.scale.levels
        ),
        met_from=4,
    ),
    grades=(GradeRule("new", "New", Fraction(99, 100)), GradeRule("rest", "Rest", Fraction(0))),
    limits=(),
)
CHANGED = {
    "wording": REWORDED,
    "weights": REWEIGHTED,
    "scale": RESCALED,
    "question": ASKED_OTHERWISE,
    "retired": RETIRED,
    "split": SPLIT,
    "ids": later(*criteria_with("views", id="own_views")),
    "everything": EVERYTHING,
}
OF_AUDITS = {
    "audit": "SELECT * FROM audit WHERE id IN ({})",
    "score": "SELECT s.*, c.id, c.rubric FROM score s JOIN criterion c ON c.key = s.criterion "
    "JOIN audit a ON a.key = s.audit WHERE a.id IN ({})",
    "evidence": "SELECT e.* FROM evidence e JOIN audit a ON a.key = e.audit WHERE a.id IN ({})",
}


def past(store: Store, level: int, plan_ref: str, rubric: Rubric = RUBRIC) -> str:
    """An audit signed off with one level throughout, and evidence."""
    return finished(store, begun(store, rubric=rubric, plan_ref=plan_ref), level)


def finished(store: Store, audit_id: str, level: int) -> str:
    """A draft scored with one level throughout, with evidence, and signed off."""
    session = AuditSession(store, audit_id, ME)
    rubric = session.rubric
    for each in rubric.criteria:
        if session.state.applies(each, TODAY) is not False:
            give(session, each.id, level)
            done(session, write_note(session.state, each, ME.id, text="“Mum says”", page="2"))
    done(session, sign(rubric, session.state, ME.id, audit_date=TODAY, today=TODAY))
    return audit_id


def stored(store: Store, audits: list[str], upto: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every byte kept of these audits, and of the log, its bodies and rubrics up to an event."""
    marks = ", ".join("?" for _ in audits)
    with closing(sqlite3.connect(store.path)) as connection:
        connection.text_factory = bytes
        rows = {
            table: connection.execute(sql.format(marks) + " ORDER BY 1, 2", audits).fetchall()
            for table, sql in OF_AUDITS.items()
        }
        for table in ("event", "event_body"):
            sql = f"SELECT * FROM {table} WHERE seq <= ? ORDER BY seq"
            rows[table] = connection.execute(sql, (upto,)).fetchall()
        sql = "SELECT * FROM rubric_version WHERE hash = ?"
        rows["rubric_version"] = connection.execute(sql, (RUBRIC.hash,)).fetchall()
    return rows


def reported(store: Store, audits: list[str]) -> list[str]:
    reports = []
    for audit_id in audits:
        state = store.audit(audit_id)
        page = audit_report(state, store.rubric(state.rubric_hash), auditor_name="KL", today=TODAY)
        reports += [render_terminal(page), render_json(page)]
    return reports


@pytest.mark.parametrize("new", CHANGED.values(), ids=CHANGED)
def test_whatever_is_published_past_audits_stay_as_they_are_to_the_byte(
    store: Store, new: Rubric
) -> None:
    audits = [past(store, level, f"NS-010{level}") for level in (1, 2, 3, 4)]
    draft = opened(store, plan_ref="NS-0200")
    give(draft, "smart", 3)
    upto = store.every_event()[-1].seq
    before = stored(store, audits, upto), reported(store, audits)
    assert [len(rows) for rows in before[0].values()][:3] == [4, 4 * (len(CRITERIA) + 3), 4 * 5]

    read = replace(new, law_as_at=TODAY)
    publish(store, read, TEXT, ME, sources_read_by="KL", sources_read_on=TODAY, today=TODAY)
    past(store, 3, "NS-0300", read)
    past(store, 3, "NS-0101", read)  # a plan audited before, now by the new one
    try:
        move(store, draft.audit_id, read, ME, today=TODAY)
    except NotAllowedError:
        assert new in (RESCALED, EVERYTHING)

    assert (stored(store, audits, upto), reported(store, audits)) == before
    with Store.open(store.path) as again:
        assert reported(again, audits) == before[1]
    assert store.faults() == []


def test_a_draft_that_stays_is_signed_by_the_rules_it_was_begun_with(store: Store) -> None:
    """The same levels give another grade under the new version."""
    draft = begun(store, plan_ref="NS-0200")
    publish(store, EVERYTHING, TEXT, ME, sources_read_by="KL", sources_read_on=TODAY, today=TODAY)
    grades = []
    for audit_id in (finished(store, draft, 2), past(store, 2, "NS-0300", EVERYTHING)):
        sign_off = store.audit(audit_id).sign_off
        grades.append(sign_off and sign_off.grade)
    assert grades == ["poor", "new"]
