"""Auditing a plan again: what is asked anew, what is offered unchanged, and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from ehcp_audit.auditing.acts import check_open, new_id
from ehcp_audit.auditing.begin import begin_audit
from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.grading import Levels
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.store import Store

REASON: Final = "re_audit"
SECTIONS: Final = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
SECTIONS_ASKED: Final = "Which sections changed since?"
SECTIONS_HELP: Final = (
    "Their letters, such as B F H1, or all; leave empty where none did. Questions on them are "
    "asked again, as are those that were below meeting and the limiting ones."
)
SAME_PERSON: Final = (
    "You made the audit before as well. A re-audit should be by someone else; you can go on, and "
    "the report says so."
)
_SEPARATORS: Final = re.compile(r"[\s,;&+.]+")
Outcome = Literal["not", "partly", "unseen", "open", "done", "gone"]
OUTCOMES: Final[Mapping[Outcome, str]] = {  # what is not done comes first
    "not": "not done",
    "partly": "partly done",
    "unseen": "not to be seen",
    "open": "not decided yet",
    "done": "done",
    "gone": "does not arise",
}


@dataclass(frozen=True)
class FollowUp:
    """One point of the audit before and what became of it; levels as they were and are.

    The outcome is done at a meeting level now, partly where it rose without meeting, not where
    it did not rise; unseen where it could not be looked at, gone where the question does not
    arise any more, open while it is undecided.
    """

    criterion: Criterion
    before: int
    now: int | None
    outcome: Outcome


def read_sections(typed: str) -> tuple[str, ...]:
    """Read the sections of a plan as people type them: B F, “bf”, H (both parts), all, none.

    Raises `UsageError` naming what is no section.
    """
    text = typed.strip().upper()
    if text in ("", "NONE", "-"):
        return ()
    if text == "ALL":
        return SECTIONS
    named: set[str] = set()
    for word in filter(None, _SEPARATORS.split(text)):
        for part in re.findall(r"H[12]|.", word):
            found = [each for each in SECTIONS if part in (each, each[0])]
            if not found:
                what = f"“{part}” is not a section of a plan."
                raise UsageError(what, "Use the letters A to K (H is H1 and H2), all or none.")
            named.update(found)
    return tuple(each for each in SECTIONS if each in named)


def carried_over(
    first: AuditState, first_rubric: Rubric, rubric: Rubric, changed: Collection[str]
) -> dict[str, int]:
    """Return what a re-audit offers unchanged: criteria with the level found before.

    Asked again instead is whatever was below meeting, could not be seen or did not apply, is
    limiting, is about a section that changed, or is another question in this version of the
    rubric; and once anything changed, how the plan was made too, because it was made again.
    """
    signed = first.sign_off
    if signed is None or first_rubric.id != rubric.id:
        return {}
    met = rubric.scale.met_from
    return {
        criterion.id: level
        for criterion in rubric.criteria
        if (level := signed.levels.get(criterion.id)) is not None
        and level >= met
        and not criterion.limiting
        and criterion.computed is None
        and not _touched(criterion, changed)
        and _same_question(criterion, first_rubric, rubric)
    }


def _touched(criterion: Criterion, changed: Collection[str]) -> bool:
    if not criterion.sections:
        return bool(changed)
    return any(section in changed for section in criterion.sections)


def _same_question(criterion: Criterion, before: Rubric, now: Rubric) -> bool:
    return before.has_criterion(criterion.id) and before.comparison_key(
        criterion.id
    ) == now.comparison_key(criterion.id)


def begin_re_audit(
    store: Store,
    rubric: Rubric,
    rubric_text: str,
    facts: Mapping[str, FactValue],
    identity: Identity,
    *,
    today: date,
    follows: str,
    changed: Collection[str],
) -> str:
    """Begin an audit that follows another, and return its id; raises as `begin_audit` does.

    Its reason is always that it is a re-audit, so that it enters no headline.
    """
    first = store.audit(follows)
    first_rubric = store.rubric(first.rubric_hash)
    return begin_audit(
        store,
        rubric,
        rubric_text,
        {**facts, "audit_reason": REASON},
        identity,
        today=today,
        follows=follows,
        changed_sections=tuple(each for each in SECTIONS if each in changed),
        carried=carried_over(first, first_rubric, rubric, changed),
    )


def earlier_of(store: Store, state: AuditState) -> tuple[AuditState, Rubric] | None:
    """Return the signed audit that a re-audit follows, with its rubric; None where there is none.

    An audit brought in from a table may name one that was not brought in with it.
    """
    if state.follows is None or not store.audit_events(state.follows):
        return None
    first = store.audit(state.follows)
    return (first, store.rubric(first.rubric_hash)) if first.sign_off is not None else None


def still_offered(rubric: Rubric, state: AuditState, on: date) -> tuple[Criterion, ...]:
    """Return what is offered unchanged and undecided yet, in the rubric's order."""
    return tuple(
        criterion
        for criterion in rubric.criteria
        if criterion.id in state.carried and state.resolved_level(criterion, on) is None
    )


def keep(
    state: AuditState, criterion: Criterion, first: AuditState, actor: str
) -> tuple[NewEvent, ...]:
    """Keep what the audit before found on a criterion, its evidence with it.

    The score is marked as carried, and says of which audit. Raises `NotAllowedError` where
    nothing is offered, or something is decided already.
    """
    check_open(state, actor)
    level = state.carried.get(criterion.id)
    if level is None or first.sign_off is None:
        what = f"“{criterion.title}” is asked again, so there is nothing to keep."
        raise NotAllowedError(what, "Judge it anew.")
    if criterion.id in state.scores:
        what = f"“{criterion.title}” is decided already."
        raise NotAllowedError(what, "Clear it first to keep what was found before.")
    said = f"Unchanged since the audit of {show_date(first.sign_off.audit_date)}"
    score = Score(level, said, carried=True)
    scored = {"criterion": criterion.id, "old": None, "new": score.to_body()}
    subject = audit_subject(state.id)
    notes = () if state.notes_on(criterion.id) else first.notes_on(criterion.id)
    return (
        *(NewEvent(subject, "evidence_written", _copied(note), actor) for note in notes),
        NewEvent(subject, "scored", scored, actor),
    )


def _copied(note: Evidence) -> dict[str, object]:
    return {"note": new_id(), "criterion": note.criterion, "old": None, "new": note.to_body()}


def keep_all(
    rubric: Rubric, state: AuditState, first: AuditState, actor: str, on: date
) -> tuple[NewEvent, ...]:
    """Keep everything that is still offered; empty where nothing is."""
    return tuple(
        event
        for criterion in still_offered(rubric, state, on)
        for event in keep(state, criterion, first, actor)
    )


def carried_criteria(rubric: Rubric, state: AuditState) -> tuple[Criterion, ...]:
    """Return the criteria whose score was kept from the audit before, in the rubric's order."""
    return tuple(
        criterion
        for criterion in rubric.criteria
        if (score := state.scores.get(criterion.id)) is not None and score.carried
    )


def same_person(first: AuditState, actor: str) -> bool:
    """Whether somebody had the audit before in hand at any time."""
    return actor in (*first.auditors, first.auditor)


def follow_ups(
    first: AuditState, first_rubric: Rubric, second: AuditState, rubric: Rubric, on: date
) -> tuple[FollowUp, ...]:
    """Return every point of a signed audit (below meeting, measured ones aside) and its outcome.

    `second` is told as it was signed, or as it stands on a day; a question that its rubric does
    not ask any more is gone.
    """
    if first.sign_off is None:
        return ()
    now = levels_of(second, rubric, on)
    met = first_rubric.scale.met_from
    return tuple(
        FollowUp(criterion, before, level, _outcome(before, level, rubric.scale.met_from))
        for criterion in first_rubric.criteria
        if not criterion.measured
        and 0 < (before := first.sign_off.levels.get(criterion.id, 0)) < met
        for level in (now.get(criterion.id, NOT_APPLICABLE),)
    )


def outcome_counts(ups: Iterable[FollowUp]) -> str:
    """Return how many points had each outcome, such as “2 not done, 1 partly done, 11 done”."""
    counts = Counter(each.outcome for each in ups)
    return ", ".join(f"{counts[each]} {word}" for each, word in OUTCOMES.items() if counts[each])


def levels_of(state: AuditState, rubric: Rubric, on: date) -> Levels:
    """Return an audit's levels as they were signed, or as a draft stands on a day."""
    signed = state.sign_off
    return state.resolved_levels(rubric, on) if signed is None else signed.levels


def _outcome(before: int, now: int | None, met: int) -> Outcome:
    if now is None:
        return "open"
    if now == NOT_APPLICABLE:
        return "gone"
    if now == NOT_EVIDENCED:
        return "unseen"
    if now >= met:
        return "done"
    return "partly" if now > before else "not"
