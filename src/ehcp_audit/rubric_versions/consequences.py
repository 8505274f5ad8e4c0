"""What publishing a version would do, in numbers, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.rubric_versions.changes import ChangeKind, Comparison
from ehcp_audit.rubric_versions.lines import Outcome, TrendLine, trend_lines
from ehcp_audit.rubric_versions.moving import can_move, kept_scores
from ehcp_audit.store import AuditQuery, Store

_EVERY: Final = 1_000_000_000
_CHANGES_THE_SUM: Final[frozenset[ChangeKind]] = frozenset(
    {"reweighted", "conditions", "added", "retired", "replaced", "split", "merged"}
)
_DOES: Final[Mapping[Outcome, str]] = {
    "joined": "goes on as one line",
    "broken": "breaks: a line for each version",
    "bridged": "ends",
    "ends": "ends",
    "begins": "begins",
}


@dataclass(frozen=True)
class DraftInProgress:
    """A draft on the old version: whose it is, and what moving it would keep.

    `reasons` say why it cannot move; an empty tuple is that it can.
    """

    audit: str
    plan_ref: str
    auditor: str
    scored: int
    kept: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Consequences:
    """What a new version does: to drafts, past audits and trends.

    Attributes:
        comparison: what changes.
        drafts: the drafts in progress on the old version; each stays on it unless it is moved.
        signed: how many signed audits the old version has; `signed_ever`, all versions together.
            Every one of them keeps its levels and its grade.
        lines: what becomes of each line of a trend.
    """

    comparison: Comparison
    drafts: tuple[DraftInProgress, ...]
    signed: int
    signed_ever: int
    lines: tuple[TrendLine, ...]

    def lines_that(self, *outcomes: Outcome) -> tuple[TrendLine, ...]:
        """Return the lines with one of these outcomes."""
        return tuple(line for line in self.lines if line.outcome in outcomes)


def consequences(store: Store, comparison: Comparison, *, today: date) -> Consequences:
    """Return what going from the old version to the new one would do; nothing is written.

    Raises `UsageError` for two rubrics that are not versions of one.
    """
    old, new = comparison.old, comparison.new
    if old.id != new.id:
        what = f"{old.id} and {new.id} are two rubrics, not versions of one."
        raise UsageError(what, "Give two versions with the same id.")
    signed = store.signed_by_rubric()
    every = [kept.hash for kept in store.rubric_versions() if kept.rubric_id == old.id]
    return Consequences(
        comparison=comparison,
        drafts=tuple(_drafts(store, comparison, today)),
        signed=signed.get(old.hash, 0),
        signed_ever=sum(signed.get(key, 0) for key in every),
        lines=trend_lines(comparison),
    )


def _drafts(store: Store, comparison: Comparison, today: date) -> Iterator[DraftInProgress]:
    old, new = comparison.old, comparison.new
    query = AuditQuery(states=("draft",), rubric_hash=old.hash, limit=_EVERY)
    for row in store.audits(query):
        state = store.audit(row.id)
        yield DraftInProgress(
            audit=row.id,
            plan_ref=row.ref,
            auditor=row.auditor_name,
            scored=len(state.scores),
            kept=kept_scores(state, old, new, on=today),
            reasons=can_move(state, old, new, on=today),
        )


def tell(told: Consequences) -> tuple[str, ...]:
    """Return the consequences in plain words, a line each: audits first, then trends."""
    return (*_audits_told(told), *_lines_told(told))


def _audits_told(told: Consequences) -> Iterator[str]:
    old, new = told.comparison.old, told.comparison.new
    yield (
        f"Past audits: nothing changes. {_counted(told.signed_ever, 'signed audit')} "
        f"{'keeps its' if told.signed_ever == 1 else 'keep their'} grade "
        f"({told.signed:,} of version {old.version})."
    )
    if not told.drafts:
        yield f"Drafts: none on version {old.version}."
        return
    movable = sum(not draft.reasons for draft in told.drafts)
    yield (
        f"Drafts: {_counted(len(told.drafts), 'draft')} on version {old.version}, "
        f"{_by_auditor(told.drafts)}. They stay on it; {movable:,} could move to {new.version} "
        "with nothing lost."
    )
    for draft in told.drafts:
        stays = f" Stays: {draft.reasons[0]}" if draft.reasons else ""
        yield (
            f"  {draft.plan_ref}, {draft.auditor}: {draft.kept} of "
            f"{_counted(draft.scored, 'score')} would be kept.{stays}"
        )


def _by_auditor(drafts: Iterable[DraftInProgress]) -> str:
    counts: dict[str, int] = {}
    for draft in drafts:
        counts[draft.auditor] = counts.get(draft.auditor, 0) + 1
    return ", ".join(f"{count} by {name}" for name, count in sorted(counts.items()))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _lines_told(told: Consequences) -> Iterator[str]:
    joined = len(told.lines_that("joined"))
    yield f"Trends: {joined:,} of {_counted(len(told.lines), 'line')} go on through both versions."
    for line in told.lines:
        if line.outcome == "joined":
            continue
        carried = [told.comparison.new.criterion(key).title for key in line.carried_by]
        names = ", ".join(f"“{title}”" for title in carried)
        follows = f"; {names} {'carries' if len(carried) == 1 else 'carry'} on" if carried else ""
        yield f"  {line.title} {_DOES[line.outcome]}{follows}."
    counted_otherwise = any(
        change.part == "criteria" and (change.kind in _CHANGES_THE_SUM or change.what == "limiting")
        for change in told.comparison.changes
    )
    if told.lines_that("joined")[:1] == told.lines[:1] and counted_otherwise:
        yield "  The grade goes on as one line, though what it adds up is not the same."
