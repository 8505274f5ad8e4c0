"""Writing every audit of a workspace to one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.facts import fact_to_text
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.exchange.columns import (
    COLUMNS,
    FACT_COLUMNS,
    RECORD_COLUMNS,
    YES,
    fact_to_cell,
    level_to_cell,
    own_columns,
)
from ehcp_audit.exchange.records import record_cells
from ehcp_audit.store import Auditor, Store
from ehcp_audit.tables import write_table


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    audits: int
    rows: int


def export_audits(store: Store, path: Path, *, overwrite: bool = False) -> Exported:
    """Write every audit, drafts and withdrawn ones too, a row a score; see the import's format.

    The own facts of every rubric version kept have a column each. The file appears only when
    complete, and replaces another only with `overwrite`.
    """
    states = store.every_audit()
    first = next(states, None)  # takes the copy that is written; what is kept now has its rubrics
    own = own_columns(store.rubric(kept.hash) for kept in store.rubric_versions())
    auditors = {auditor.id: auditor for auditor in store.auditors()}
    audits = 0

    def rows() -> Iterator[dict[str, str]]:
        nonlocal audits
        for state in chain([] if first is None else [first], states):
            audits += 1
            auditor = auditors.get(state.auditor) or Auditor(state.auditor, state.auditor, "")
            yield from audit_rows(state, store.rubric(state.rubric_hash), auditor)

    written = write_table(path, (*COLUMNS, *own), rows(), overwrite=overwrite)
    return Exported(audits, written)


def audit_rows(state: AuditState, rubric: Rubric, auditor: Auditor) -> Iterator[dict[str, str]]:
    """Yield one audit's rows: one a score, one more a further note, one if there is neither.

    What is worked out from dates has the level that a signed audit was signed with.
    """
    whole = {**_audit_cells(state, rubric, auditor), **record_cells(state)}
    later = {name: cell for name, cell in whole.items() if name not in RECORD_COLUMNS}
    empty = True
    for criterion in rubric.criteria:
        score = _score(state, criterion)
        notes = state.notes_on(criterion.id)
        marks = _mark_cells(state, criterion)
        if score is None and not notes and not marks:
            continue
        judged = {"criterion": criterion.id, **_score_cells(rubric, score), **marks}
        for _, note in zip_longest(range(1), notes):
            yield {**(whole if empty else later), **judged, **_note_cells(note)}
            empty = False
    if empty:
        yield whole


def _score(state: AuditState, criterion: Criterion) -> Score | None:
    if criterion.computed is None:
        return state.scores.get(criterion.id)
    return None if state.sign_off is None else Score(state.sign_off.levels[criterion.id])


def _audit_cells(state: AuditState, rubric: Rubric, auditor: Auditor) -> dict[str, str]:
    signed = state.sign_off
    asked = (*FACT_COLUMNS, *rubric.facts)
    return {
        "plan_ref": state.plan_ref,
        "audit_id": state.id,
        "rubric_id": rubric.id,
        "rubric_version": rubric.version,
        "auditor": auditor.name,
        "audit_date": signed.audit_date.isoformat() if signed else "",
        "plan_date": fact_to_text(state.facts.get("plan_date")),
        "state": state.status,
        **{fact.id: fact_to_cell(fact, state.facts.get(fact.id)) for fact in asked},
        "agencies": ",".join(state.agencies),
        "follows": state.follows or "",
        "date_reason": signed.date_reason if signed else "",
        "grade": (signed.grade or "") if signed else "",
        "auditor_id": auditor.id,
        "auditor_agency": auditor.agency,
        "earlier_auditors": ",".join(state.auditors[:-1]),
    }


def _score_cells(rubric: Rubric, score: Score | None) -> dict[str, str]:
    if score is None:
        return {}
    return {
        "level": level_to_cell(rubric, score.level),
        "reason": score.reason,
        "overrides": YES if score.overrides else "",
        "carried": YES if score.carried else "",
    }


def _mark_cells(state: AuditState, criterion: Criterion) -> dict[str, str]:
    cause = state.causes.get(criterion.id)
    marked = {"exemplar": YES} if criterion.id in state.exemplars else {}
    return marked if cause is None else {"cause": cause, **marked}


def _note_cells(note: Evidence | None) -> dict[str, str]:
    if note is None:
        return {}
    return {"note": note.text, "section": note.section, "page": note.page, "note_id": note.id}
