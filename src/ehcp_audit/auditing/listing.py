"""Which questions of an audit are listed: all, or those of a state, agency, theme or section."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.rubric import AGENCY_LABELS, NOT_EVIDENCED, Criterion, Rubric

Kind = Literal["state", "agency", "theme", "section"]


@dataclass(frozen=True)
class QuestionFilter:
    """What is listed: questions in a state, or those of an agency, theme or section."""

    kind: Kind
    value: str


@dataclass(frozen=True)
class Choice:
    """A filter that is offered: its words, and how many questions it lists now."""

    filter: QuestionFilter
    words: str
    count: int


_Test = Callable[[AuditState, Criterion, Rubric, date], bool]


def is_open(state: AuditState, criterion: Criterion, on: date) -> bool:
    """Whether a question waits for the auditor; what dates decide does not."""
    return criterion.computed is None and state.resolved_level(criterion, on) is None


def wants_evidence(state: AuditState, criterion: Criterion, on: date) -> bool:
    """Whether the level given needs evidence and has none: the walk then waits for it."""
    level = state.resolved_level(criterion, on)
    return level in criterion.evidence_at and not state.notes_on(criterion.id)


def _open(state: AuditState, criterion: Criterion, _: Rubric, on: date) -> bool:
    return is_open(state, criterion, on)


def _below(state: AuditState, criterion: Criterion, rubric: Rubric, on: date) -> bool:
    level = state.resolved_level(criterion, on)
    return level is not None and 0 < level < rubric.scale.met_from


def _unevidenced(state: AuditState, criterion: Criterion, _: Rubric, on: date) -> bool:
    return wants_evidence(state, criterion, on)


def _unseen(state: AuditState, criterion: Criterion, _: Rubric, on: date) -> bool:
    return state.resolved_level(criterion, on) == NOT_EVIDENCED


def _flagged(state: AuditState, criterion: Criterion, _: Rubric, __: date) -> bool:
    return any(flag.open for flag in state.flags_on(criterion.id))


_STATES: Final[Mapping[str, _Test]] = {
    "open": _open,
    "below": _below,
    "evidence": _unevidenced,
    "unseen": _unseen,
    "flagged": _flagged,
}


def listed(
    rubric: Rubric, state: AuditState, wanted: QuestionFilter | None, on: date
) -> tuple[Criterion, ...]:
    """Return the questions that a filter lists, in the rubric's order; all without one."""
    if wanted is None:
        return rubric.criteria
    return tuple(c for c in rubric.criteria if lists(rubric, state, wanted, c, on))


def lists(
    rubric: Rubric, state: AuditState, wanted: QuestionFilter | None, criterion: Criterion, on: date
) -> bool:
    """Whether a filter lists a question."""
    if wanted is None:
        return True
    if wanted.kind == "state":
        return _STATES[wanted.value](state, criterion, rubric, on)
    if wanted.kind == "agency":
        return wanted.value in criterion.scored_by
    if wanted.kind == "theme":
        return criterion.theme == wanted.value
    return wanted.value in criterion.sections


def words_of(rubric: Rubric, wanted: QuestionFilter) -> str:
    """Return what a filter lists, in words."""
    if wanted.kind == "state":
        met = rubric.scale.level(rubric.scale.met_from).label
        return {
            "open": "undecided",
            "below": f"below {met}",
            "evidence": "evidence still needed",
            "unseen": "not evidenced",
            "flagged": "flagged",
        }[wanted.value]
    if wanted.kind == "agency":
        return f"what {AGENCY_LABELS[wanted.value]} judges"
    if wanted.kind == "theme":
        return rubric.theme(wanted.value).title
    return f"Section {wanted.value}"


def choices(rubric: Rubric, state: AuditState, kind: Kind, on: date) -> tuple[Choice, ...]:
    """Return the filters of a kind that list something now, or any of a state."""
    values = {
        "state": tuple(_STATES),
        "agency": tuple(AGENCY_LABELS),
        "theme": tuple(theme.id for theme in rubric.themes),
        "section": tuple(sorted({each for c in rubric.criteria for each in c.sections})),
    }[kind]
    offered = (QuestionFilter(kind, value) for value in values)
    counted = (
        Choice(each, words_of(rubric, each), len(listed(rubric, state, each, on)))
        for each in offered
    )
    return tuple(each for each in counted if each.count or kind == "state")


def first_filter(rubric: Rubric, agency: str) -> QuestionFilter | None:
    """Return what an auditor's list begins with: health and social care see their own questions.

    They come twice a year; a rubric that asks them nothing, or only them, is listed whole.
    """
    own = [c for c in rubric.criteria if agency in c.scored_by]
    if agency == "education" or not own or len(own) == len(rubric.criteria):
        return None
    return QuestionFilter("agency", agency)


def theme_beside(rubric: Rubric, among: Sequence[Criterion], at: str, step: int) -> str | None:
    """Return the first question of the nearest theme after (`step` 1) or before (-1) that of `at`.

    `among` are the questions to choose from; None where no theme of theirs lies that way.
    """
    place = {theme.id: number for number, theme in enumerate(rubric.themes)}
    here = place[rubric.criterion(at).theme]
    beyond = [each for each in among if (place[each.theme] - here) * step > 0]
    nearest = min(beyond, key=lambda each: abs(place[each.theme] - here), default=None)
    return None if nearest is None else nearest.id


def no_theme_beside(step: int) -> str:
    """Return what is said where no theme lies further that way."""
    return f"This is the {'last' if step > 0 else 'first'} theme that is listed."
