"""Bringing audits in from a table: all of them in one transaction, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ehcp_audit.auditing.acts import new_id
from ehcp_audit.auditing.begin import freezing, joining
from ehcp_audit.auditing.signing import to_body
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import ImportRowsError
from ehcp_audit.domain.events import NewEvent, audit_subject, auditor_subject, plan_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.exchange.columns import COLUMNS, PROBLEM_COLUMN, REQUIRED, own_columns
from ehcp_audit.exchange.grouping import Problem, rows_by_audit
from ehcp_audit.exchange.judging import Accepted, Refused, judge
from ehcp_audit.exchange.people import Auditors
from ehcp_audit.exchange.records import records_of
from ehcp_audit.exchange.rubrics import Rubrics, RubricText
from ehcp_audit.files import refuse_existing
from ehcp_audit.store import Store, Work
from ehcp_audit.tables import read_table, write_table

SHOWN_PROBLEMS: Final = 20


class BadRowsError(ImportRowsError):
    """Some rows cannot be brought in, so none were; `problems` holds every one."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [f"\n  {problem}" for problem in problems[:SHOWN_PROBLEMS]]
        if (more := len(problems) - SHOWN_PROBLEMS) > 0:
            shown.append(f"\n  … and {more:,} more")
        faults = "1 thing is" if len(problems) == 1 else f"{len(problems):,} things are"
        next_step = "Correct them, or add --skip-bad to leave out the audits they belong to."
        super().__init__(f"{faults} wrong in {path}:{''.join(shown)}", next_step)


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes:
        audits: how many audits came in, and `scores` how many scores with them.
        already_here: how many were left as they are, because they are here with this content.
        joined: the names of auditors that are new here.
        ruled_out: levels kept that do not count, because the facts rule their question out.
        skipped_audits: how many were left out; `problems` says why, `skipped_file` holds them.
    """

    audits: int
    scores: int
    already_here: int
    joined: tuple[str, ...]
    ruled_out: int
    skipped_audits: int = 0
    problems: tuple[Problem, ...] = ()
    skipped_file: Path | None = None


def import_audits(
    store: Store,
    path: Path,
    rubrics: Sequence[RubricText],
    identity: Identity,
    *,
    today: date,
    skip_bad: bool = False,
) -> Imported:
    """Bring in every audit of a table in one transaction, one `audit_imported` event each.

    `rubrics` are the workspace's files, for versions that no audit has frozen yet. An audit
    that is here already with the same content is left alone; with other content it is a
    problem. Any problem stops everything (`BadRowsError`), unless `skip_bad`: then the audits
    with problems are left out whole, and their rows written beside the file.
    """
    skipped_file = path.with_suffix(".skipped.csv")
    if skip_bad:
        refuse_existing(skipped_file)
    versions = Rubrics(store, rubrics)
    columns = (*COLUMNS, *own_columns(versions.every()))
    groups = rows_by_audit(read_table(path, columns=(*columns, PROBLEM_COLUMN), required=REQUIRED))
    if not groups:
        what = f"{path} holds no rows."
        raise ImportRowsError(what, "One row is one score.")
    known = [Identity(each.id, each.name, each.agency) for each in store.auditors()]
    auditors = Auditors([*known, identity])
    accepted, refused = judge(store, groups, versions, auditors, today=today)
    problems = sorted((each for audit in refused for each in audit.problems), key=_by_line)
    if problems and (not skip_bad or not accepted):
        raise BadRowsError(path, problems)
    new = [audit for audit in accepted if not audit.already_here]
    joined = auditors.new_among(audit.state.auditor for audit in new)
    if refused:
        _write_skipped(path, skipped_file, columns, refused)
    try:
        if new:
            _write(store, new, versions, joined, identity)
    except BaseException:
        if refused:
            skipped_file.unlink(missing_ok=True)
        raise
    return Imported(
        audits=len(new),
        scores=sum(len(audit.state.scores) for audit in new),
        already_here=len(accepted) - len(new),
        joined=tuple(each.name for each in joined),
        ruled_out=sum(audit.ruled_out for audit in new),
        skipped_audits=len(refused),
        problems=tuple(problems),
        skipped_file=skipped_file if refused else None,
    )


def _by_line(problem: Problem) -> int:
    return problem.line


def _write(
    store: Store,
    audits: Sequence[Accepted],
    versions: Rubrics,
    joined: Sequence[Identity],
    identity: Identity,
) -> None:
    events = joining(store, identity)
    for new in joined:
        body = {"name": new.name, "agency": new.agency}
        events.append(NewEvent(auditor_subject(new.id), "auditor_joined", body, identity.id))
    by_hash = {
        audit.rubric.hash: found for audit in audits if (found := versions.unfrozen(audit.rubric))
    }
    unfrozen = tuple(by_hash.values())
    for rubric, _ in unfrozen:
        events += freezing(store, rubric, identity.id)
    plans = {audit.state.plan_ref: store.plan_id(audit.state.plan_ref) for audit in audits}
    for reference, plan_id in plans.items():
        if plan_id is None:
            plans[reference] = new_plan = new_id()
            body = {"ref": reference}
            events.append(NewEvent(plan_subject(new_plan), "plan_added", body, identity.id))
    for audit in audits:
        body = imported_body(audit.state, str(plans[audit.state.plan_ref]))
        events.append(NewEvent(audit_subject(audit.state.id), "audit_imported", body, identity.id))
    store.do(
        Work(
            events=tuple(events),
            expects={audit_subject(audit.state.id): 0 for audit in audits},
            rubrics=unfrozen,
        )
    )


def imported_body(state: AuditState, plan_id: str) -> dict[str, Any]:
    """Return an audit as the body of an `audit_imported` event holds it."""
    return {
        "plan": plan_id,
        "plan_ref": state.plan_ref,
        "rubric": state.rubric_hash,
        "auditor": state.auditor,
        "agencies": list(state.agencies),
        "follows": state.follows,
        "facts": dict(state.facts),
        "scores": {criterion: score.to_body() for criterion, score in state.scores.items()},
        "evidence": [
            {"id": note.id, "criterion": note.criterion, **note.to_body()}
            for note in state.evidence
        ],
        "auditors": list(state.auditors),
        "causes": dict(state.causes),
        "exemplars": sorted(state.exemplars),
        "state": state.status,
        "signed": None if state.sign_off is None else to_body(state.sign_off),
        **records_of(state),
    }


def _write_skipped(
    path: Path, skipped_file: Path, columns: Sequence[str], refused: Sequence[Refused]
) -> None:
    """Write the rows of the audits left out, each with what is wrong with it."""
    reasons: dict[int, str] = {}
    for audit in refused:
        elsewhere = f"left out with line {audit.problems[0].line} of {path.name}"
        for line in audit.lines:
            said = [each.sentence for each in audit.problems if each.line == line]
            reasons[line] = "; ".join(said) or elsewhere
    rows = read_table(path, columns=(*columns, PROBLEM_COLUMN), required=REQUIRED)
    left_out = (
        {**row.cells, PROBLEM_COLUMN: reasons[row.line]} for row in rows if row.line in reasons
    )
    write_table(skipped_file, (PROBLEM_COLUMN, *columns), left_out)
