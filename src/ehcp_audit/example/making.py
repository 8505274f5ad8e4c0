"""Making the example workspace: rubrics, settings and eighteen months of made-up audits."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Final

from ehcp_audit.auditing import join
from ehcp_audit.auditing.begin import freezing
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import WorkspaceError
from ehcp_audit.domain.events import NewEvent, audit_subject, plan_subject
from ehcp_audit.example.history import History
from ehcp_audit.example.passing_on import passed_on, phrases_kept, waiting
from ehcp_audit.example.plans import AREAS, TEAMS
from ehcp_audit.example.recent import recent_events
from ehcp_audit.exchange.importing import imported_body
from ehcp_audit.files import copy_new, write_whole
from ehcp_audit.rubric_files import read_rubric, shipped_files
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Store, Work

RUBRIC_FILE: Final = "peer-findings.toml"
_AFTERNOON: Final = time(15, tzinfo=UTC)
_SETTINGS: Final = f"""\
# Settings of the example. Everything in this workspace is made up.
name = "Example area (made up)"
teams = [{", ".join(f'"{team}"' for team in TEAMS)}]
areas = [{", ".join(f'"{area}"' for area in AREAS)}]

[safeguarding]
contacts = ["Front door (made up): 01632 960001", "Out of hours (made up): 01632 960002"]
lead_role = "Designated safeguarding lead"
"""


@dataclass(frozen=True)
class Example:
    """What was made, where."""

    workspace: Workspace
    signed: int
    others: int


class _Calendar:
    """The clock of the example: it stands at the afternoon of the day being made."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime.combine(self.day, _AFTERNOON)


def make_example(folder: Path, *, today: date, seed: int = 1) -> Example:
    """Make a workspace of made-up audits in a new folder, or in an empty one.

    Its audits are the same for the same seed and day. Raises `WorkspaceError` if the folder
    holds anything. The folder appears only once the example is complete.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = f"{folder} is not empty."
        raise WorkspaceError(
            what, "Name a new folder: `ehcp-audit example DIR`.", title="No example was made"
        )
    making = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    workspace = Workspace(making)
    try:
        copy_new(shipped_files(), workspace.rubrics)
        write_whole(workspace.settings_file, _SETTINGS, private=False)
        signed, others = _fill(workspace, seed, today)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Example(Workspace(folder), signed, others)


def _fill(workspace: Workspace, seed: int, today: date) -> tuple[int, int]:
    read = read_rubric(workspace.rubrics / RUBRIC_FILE)
    rubric = read.rubric
    random = Random(f"{seed} {today.isoformat()}")
    history = History(random, rubric, today)
    states = list(history.audits())
    starts = history.begun_last()
    calendar = _Calendar(history.first_day)
    with Store.create(workspace.database, clock=calendar) as store:
        opening = [join(auditor) for auditor in history.auditors]
        opening += freezing(store, rubric, history.auditors[0].id)
        store.do(
            Work(
                events=tuple(opening), rubrics=((rubric, read.text),), settings={"synthetic": "yes"}
            )
        )
        for day, audits in groupby(states, key=_signed_on):
            calendar.day = day
            coming = list(audits)
            events = [*_coming_in(coming), *passed_on(coming, history.auditors[0], day)]
            store.do(Work(events=tuple(events)))
        calendar.day = history.last_day
        recent, drafts = recent_events(random, rubric, starts, history.last_day)
        waits = waiting(drafts, history.auditors)
        kept = phrases_kept(rubric, history.auditors)
        store.do(Work(events=(*_plans(starts), *recent, *waits, *kept)))
        counts = store.count_by_state()
    return counts["signed"], sum(counts.values()) - counts["signed"]


def _signed_on(state: AuditState) -> date:
    return state.sign_off.audit_date if state.sign_off else date.max


def _coming_in(audits: Iterable[AuditState]) -> Iterator[NewEvent]:
    for state in audits:
        if state.follows is None:
            yield from _plans([state])
        body = imported_body(state, state.plan_id)
        yield NewEvent(audit_subject(state.id), "audit_imported", body, state.auditor)


def _plans(states: list[AuditState]) -> Iterator[NewEvent]:
    for state in states:
        body = {"ref": state.plan_ref}
        yield NewEvent(plan_subject(state.plan_id), "plan_added", body, state.auditor)
