"""What made-up auditors pass on: causes, exemplars, flags, answers on slips, audits handed over.

Each draws from a generator of its own audit, so that the judgements stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final

from ehcp_audit.auditing import (
    answer_flag,
    answer_slip,
    asks_cause,
    hand_over,
    keep_phrase,
    raise_flag,
    review_identifiers,
)
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.events import Event, NewEvent
from ehcp_audit.domain.flags import FlagKind
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.replaying import apply
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.example.judgements import evidence_for
from ehcp_audit.example.phrases import (
    ANSWERS,
    FLAG_NOTES,
    HANDED_OVER,
    KEPT_PHRASES,
    NO_CONCERN,
    PUT_RIGHT,
)

# How often each cause is given, before “cannot tell”; the rubric's own order.
_CAUSE_WEIGHTS: Final = (5, 4, 3, 4, 3, 1, 1)
_CAUSE_GIVEN: Final = 0.8
_EXEMPLAR: Final = 0.05
_FLAGGED: Final = 0.08
_ANSWERED_SLIP: Final = 0.15
_KINDS: Final[tuple[FlagKind, ...]] = (
    "provision", "follow_up", "other_child", "safeguarding", "follow_up", "provision",
)  # fmt: skip
_TOLD: Final = "designated safeguarding lead"


def marked(state: AuditState, rubric: Rubric, on: date) -> AuditState:
    """Return a judged audit with causes where the rubric asks, and now and then an exemplar."""
    random = Random(f"marks {state.id}")
    causes, shared, notes = {}, set(), list(state.evidence)
    ids = [cause.id for cause in rubric.causes]
    for criterion in rubric.criteria:
        score = state.scores.get(criterion.id)
        if asks_cause(rubric, state, criterion, on) and random.random() < _CAUSE_GIVEN:
            weights = _CAUSE_WEIGHTS[: len(ids)] + (1,) * (len(ids) - len(_CAUSE_WEIGHTS))
            causes[criterion.id] = random.choices(ids, weights)[0]
        best = score is not None and score.level == len(criterion.levels)
        if best and random.random() < _EXEMPLAR:
            shared.add(criterion.id)
            if not state.notes_on(criterion.id):
                notes.append(evidence_for(random, criterion, len(criterion.levels)))
    return replace(state, causes=causes, exemplars=frozenset(shared), evidence=tuple(notes))


class _Passing:
    """Acts on one audit of one day, each becoming the event it would be."""

    def __init__(self, state: AuditState) -> None:
        self.state = state
        self.events: list[NewEvent] = []

    def do(self, act: Callable[..., NewEvent], *given: Any, **named: Any) -> None:
        event = act(self.state, *given, **named)
        self.events.append(event)
        logged = Event(0, "", event.actor, event.subject, event.kind, event.undoes, event.body)
        self.state = apply(self.state, logged)


def passed_on(states: Iterable[AuditState], lead: Identity, on: date) -> list[NewEvent]:
    """Return flags raised on a day's signed audits, answered by the lead, and answers on slips."""
    events: list[NewEvent] = []
    for state in states:
        random = Random(f"passed on {state.id}")
        passing = _Passing(state)
        if random.random() < _FLAGGED:
            _flag(passing, random, lead, on)
        if random.random() < _ANSWERED_SLIP:
            party, text, disputed = random.choice(ANSWERS)
            passing.do(answer_slip, party, lead.id, text=text, on=on, disputed=disputed)
        events += passing.events
    return events


def _flag(passing: _Passing, random: Random, lead: Identity, on: date) -> None:
    """Raise one flag and answer it; now and then one that is no safeguarding is left open."""
    state = passing.state
    kind = random.choice(_KINDS)
    criterion = random.choice(sorted(state.scores))
    text = random.choice(FLAG_NOTES[kind]) if kind in FLAG_NOTES else ""
    flag_id = f"{random.getrandbits(64):016x}"
    passing.do(raise_flag, kind, state.auditor, criterion=criterion, text=text, flag_id=flag_id)
    if kind == "safeguarding" and random.random() < 0.5:  # noqa: PLR2004
        answer: dict[str, Any] = {"not_a_concern": NO_CONCERN}
    elif kind == "safeguarding":
        answer = {"told_role": _TOLD, "told_on": on}
    elif random.random() < 0.3:  # noqa: PLR2004
        return
    else:
        answer = {"done": PUT_RIGHT}
    passing.do(answer_flag, flag_id, lead.id, today=on, **answer)


def waiting(drafts: Sequence[AuditState], auditors: Sequence[Identity]) -> list[NewEvent]:
    """Return what waits for somebody in the last drafts: a flag, a hand-over, a decision kept."""
    first, second, *_ = (_Passing(state) for state in drafts)
    first.do(raise_flag, "safeguarding", first.state.auditor, flag_id=first.state.id[::-1])
    note, actor = "evidence", second.state.auditor
    second.do(review_identifiers, note, ["postcode"], "replaced", actor)
    to = next(each for each in auditors if each.id != actor)
    second.do(hand_over, to.id, actor, reason=HANDED_OVER)
    return [*first.events, *second.events]


def phrases_kept(rubric: Rubric, auditors: Sequence[Identity]) -> list[NewEvent]:
    """Return the phrases that auditors keep, every second one for the whole team."""
    events = []
    for number, (criterion_id, text) in enumerate(KEPT_PHRASES):
        if rubric.has_criterion(criterion_id):
            criterion, whose = rubric.criterion(criterion_id), auditors[number % len(auditors)]
            shared = number % 2 == 0
            events.append(keep_phrase(rubric, criterion, whose.id, text=text, shared=shared))
    return events
