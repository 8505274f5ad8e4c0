"""What goes on a feedback slip, for the plan's writer or for one agency, and where on it.

A draft plan can still be put right; a final one is changed by notice, evidence and 15 days for
the family (SEND Regulations 2014, reg 22), so the two forms ask for different things.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

from ehcp_audit.auditing.progress import LOWEST_LEVEL
from ehcp_audit.domain.audit import PARTIES, WRITER, AuditState, SlipSaid
from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric

PLAN_KEEPER: Final = "education"  # owns what the whole plan is asked; the others contribute to it
PEN: Final = "What may simply be corrected, such as a misspelt name or a wrong page number."
DUE: Final = "The day you give. Leave it empty to agree one later."
Form = Literal["draft", "final"]


@dataclass(frozen=True)
class Slip:
    """The criteria of one slip by where they stand on it, each in the rubric's order.

    Attributes:
        party: whom it is for: writer or an agency.
        form: draft where the plan can still be put right before issue, else final.
        strong, met: at the top level; at another meeting level.
        must, better: at the lowest level; below meeting but not lowest.
        pen: those below meeting that the auditor calls slips of the pen (final form only).
        practice: those below meeting that are about how it was done, not about any section.
        fixed: those that stand wholly in sections whose wording the Tribunal fixed.
        unseen: those that could not be looked at.
    """

    party: str
    form: Form
    strong: tuple[Criterion, ...] = ()
    met: tuple[Criterion, ...] = ()
    must: tuple[Criterion, ...] = ()
    better: tuple[Criterion, ...] = ()
    pen: tuple[Criterion, ...] = ()
    practice: tuple[Criterion, ...] = ()
    fixed: tuple[Criterion, ...] = ()
    unseen: tuple[Criterion, ...] = ()

    def places(self) -> dict[str, tuple[Criterion, ...]]:
        """Return the criteria by the name of their place on the slip."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.name not in {"party", "form"}
        }

    @property
    def points(self) -> tuple[Criterion, ...]:
        """What asks for something: everything below meeting that the Tribunal did not fix."""
        return (*self.pen, *self.must, *self.better, *self.practice)


def next_party(party: str) -> str:
    """Return whose slip comes after a party's, going round."""
    return PARTIES[(PARTIES.index(party) + 1) % len(PARTIES)]


def toggled(pen: Sequence[str], criterion_id: str) -> tuple[str, ...]:
    """Return slips of the pen with one more, or without it where it was one already."""
    without = tuple(each for each in pen if each != criterion_id)
    return without if len(without) < len(pen) else (*pen, criterion_id)


def set_slip(
    rubric: Rubric, state: AuditState, said: SlipSaid, actor: str, *, today: date
) -> NewEvent | None:
    """Keep what is said for the slips of an audit, by anyone; None where it was said already.

    Raises `NotAllowedError` for a withdrawn audit, and `UsageError` for a date or a slip of the
    pen that this form of slip cannot have. What was said before is not looked at again.
    """
    before = state.slip
    if said == before:
        return None
    slip = make_slip(rubric, state, WRITER, today)  # the writer's has every point
    if said.due != before.due:
        check_due(slip, said.due, today)
    _check_pen(slip, [each for each in said.pen if each not in before.pen])
    body = {"old": before.to_body(), "new": said.to_body()}
    return NewEvent(audit_subject(state.id), "slip_set", body, actor)


def why_not(name: str, slip: Slip) -> str | None:
    """Return why an action on a slip is not possible now, or None where it is."""
    if name == "due" and slip.form == "final":
        return "This plan is final: changing it is a legal process, so the slip sets no date."
    if name == "pen" and slip.form == "draft":
        return "A draft plan is put right before issue, slips of the pen and all the rest."
    if name == "pen" and not slip.points:
        return "There is no point on this slip."
    return None


def form_of(state: AuditState) -> Form:
    """Return which form the plan's kind asks for."""
    return "draft" if state.facts.get("plan_kind") == "draft" else "final"


def concerns(criterion: Criterion, party: str) -> bool:
    """Whether a criterion belongs on a party's slip.

    The writer wrote the whole plan. An agency has what it owns, and health and social care have
    besides what they are asked to judge of the plan. What is measured from dates is on no slip:
    no wording puts it right.
    """
    if criterion.measured:
        return False
    if party in (WRITER, criterion.agency):
        return True
    return criterion.agency == PLAN_KEEPER and party in criterion.scored_by


def fixed_sections(state: AuditState, criterion: Criterion) -> tuple[str, ...]:
    """Return the criterion's sections whose wording the Tribunal fixed (H covers H1 and H2)."""
    ordered = state.facts.get("ordered_sections") or ()
    return tuple(each for each in criterion.sections if each[:1] in ordered)


def make_slip(
    rubric: Rubric, state: AuditState, party: str, on: date, *, pen: Collection[str] = ()
) -> Slip:
    """Sort an audit's criteria onto the slip for one party; a signed audit as it was signed.

    `pen` names criteria that the auditor calls slips of the pen; one that is no point on this
    slip is left out. Raises `NotAllowedError` for a withdrawn audit, and `UsageError` for a party
    there is none of.
    """
    if party not in PARTIES:
        what = f"“{party}” gets no slip."
        raise UsageError(what, f"Use one of: {', '.join(PARTIES)}.")
    if state.status == "withdrawn":
        what = "This audit was withdrawn, so there is nothing to feed back."
        raise NotAllowedError(what)
    signed = state.sign_off
    levels = state.resolved_levels(rubric, on) if signed is None else signed.levels
    places: dict[str, list[Criterion]] = {}
    form = form_of(state)
    for criterion in rubric.criteria:
        level = levels.get(criterion.id)
        if level is None or level == NOT_APPLICABLE or not concerns(criterion, party):
            continue
        place = _place(rubric, state, criterion, level, form=form, pen=pen)
        places.setdefault(place, []).append(criterion)
    return Slip(party, form, **{place: tuple(each) for place, each in places.items()})


def _place(
    rubric: Rubric,
    state: AuditState,
    criterion: Criterion,
    level: int,
    *,
    form: Form,
    pen: Collection[str],
) -> str:
    if level == NOT_EVIDENCED:
        return "unseen"
    fixed = fixed_sections(state, criterion)
    if fixed and len(fixed) == len(criterion.sections):
        return "fixed"
    if level >= rubric.scale.met_from:
        return "strong" if level == len(rubric.scale.levels) else "met"
    if form == "final" and criterion.id in pen:
        return "pen"
    if form == "final" and not criterion.sections:
        return "practice"
    return "must" if level == LOWEST_LEVEL else "better"


def _check_pen(slip: Slip, pen: Sequence[str]) -> None:
    known = [criterion.id for criterion in slip.points]
    wrong = [each for each in pen if slip.form == "draft" or each not in known]
    if not wrong:
        return
    if slip.form == "draft":
        what = "A draft plan is put right before issue, slips of the pen and all the rest."
        raise UsageError(what, "Leave --pen away.")
    what = f"“{wrong[0]}” is no point on this slip."
    raise UsageError(what, f"The points are: {', '.join(known)}." if known else "There is none.")


def check_due(slip: Slip, due: date | None, today: date) -> None:
    """Refuse a date that the form cannot have: any on a final plan, a past one on a draft."""
    if due is None:
        return
    if slip.form == "final":
        what = "This plan is final, so the slip sets no date to change it by."
        step = "Changing it takes notice, the evidence and 15 days for the family (reg 22)."
        raise UsageError(what, step)
    if due < today:
        what = "The date to put it right by has passed already."
        raise UsageError(what, "Give a day from today on.")
