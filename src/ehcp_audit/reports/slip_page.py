"""The feedback slip: what was good, then what is asked, for the plan's writer or one agency.

It names neither auditor nor writer: it is about the plan, and the answer goes to the team. No
agency's slip gives a grade, because a grade is of the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ehcp_audit.auditing.progress import LOWEST_LEVEL
from ehcp_audit.auditing.slip import Slip, fixed_sections, make_slip
from ehcp_audit.domain.audit import WRITER, AuditState, SlipAnswer
from ehcp_audit.domain.child_words import person
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import is_young_person
from ehcp_audit.domain.grading import Levels
from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.asked import OWN_GRADES
from ehcp_audit.reports.audit_marks import DISPUTED, EXAMPLE, cause_words
from ehcp_audit.reports.audit_words import evidence_words, grade_rows, level_mark
from ehcp_audit.reports.model import Block, Entry, Pairs, Paragraph, Report, Section
from ehcp_audit.reports.wording import listed, plain

_CHILD: Final = "About one {person}: handle it as the plan itself."
_NOT_SIGNED: Final = "PROVISIONAL: the audit is not signed off and may still change."
_LINE: Final = "_" * 60
_ANSWER_LINES: Final = 6
_WHOM: Final = {WRITER: "the plan's writer", **AGENCY_LABELS}
_LAW: Final = (
    "This plan is final. Changing what it says is a legal process: notice of the change, the "
    "evidence for it, and 15 days for {family} to answer (SEND Regulations 2014, reg 22). "
    "So nothing below is to be changed on the strength of this slip alone."
)
_PEN: Final = (
    "A slip of the pen, such as a misspelt name or a wrong page number, changes nothing that "
    "anyone must do. Correct it, and tell {family} what was corrected."
)
_SUBSTANCE: Final = (
    "Propose these at the next review, or sooner where {child} should not wait for it. If one "
    "of them turns out to be a slip of the pen only, say so in your answer."
)
_PRACTICE: Final = (
    "These are about how the work was done. No wording of the plan changes; what can still be "
    "done can be done now, and the rest is for next time."
)
_FIXED: Final = (
    "The Tribunal fixed this wording. It was scored for {child} all the same and is not counted "
    "for the writer or the team. Do not change it; raise at the next review what does not work."
)
_UNSEEN: Final = "The auditor could not look, so these say nothing about the plan."


def slip_report(
    state: AuditState,
    rubric: Rubric,
    *,
    party: str,
    today: date,
    team: str = "",
) -> Report:
    """Put the slip for one party into words: a signed audit as signed, a draft as it stands.

    What was said for the slips (`state.slip`) is said where this form has a place for it: the
    day to put a draft plan right by, which is never worked out, and what is a slip of the pen on
    a final one. Raises as `make_slip` does.
    """
    slip = make_slip(rubric, state, party, today, pen=state.slip.pen)
    due = state.slip.due if slip.form == "draft" else None
    signed = state.sign_off
    levels: Levels = state.resolved_levels(rubric, today) if signed is None else signed.levels
    told = _Told(state, rubric.said_of(state.facts), levels, party)
    sections = [_strengths(told, slip), *_asked(told, slip, due), *_rest(told, slip)]
    if party == WRITER and signed is not None:
        rows = Pairs(grade_rows(signed, rubric))
        sections.append(Section("The audit's grade", (rows, Paragraph(OWN_GRADES))))
    sections.append(_answer(state.answers.get(party), team))
    rubric_words = f"Rubric: {plain(rubric.title)}, version {plain(rubric.version)}"
    return Report(
        kind="slip",
        title=f"Feedback on plan {plain(state.plan_ref)}",
        subtitle=(f"For {_WHOM[party]}", rubric_words),
        banners=(*(() if signed else (_NOT_SIGNED,)), _CHILD.format(person=person(state.facts))),
        sections=tuple(sections),
        foot=(
            *((("Audit date", show_date(signed.audit_date)),) if signed else ()),
            ("Audit", plain(state.id)),
            ("Printed", show_date(today)),
        ),
        data=_data(state, slip, levels, due),
        made=today,
    )


@dataclass(frozen=True)
class _Told:
    """The audit that a slip tells of, and to whom."""

    state: AuditState
    rubric: Rubric
    levels: Levels
    party: str

    def said(self, sentence: str) -> str:
        """Return a sentence with the child or young person, and who is asked, put in."""
        if is_young_person(self.state.facts):
            return sentence.format(child="the young person", family="the young person")
        return sentence.format(child="the child", family="the family")

    def entry(self, criterion: Criterion, *, how_met: bool = False) -> Entry:
        """Return a criterion with what was found, where, why, and what would meet it."""
        level = self.levels[criterion.id]
        state = self.state
        lines = []
        if level:
            lines.append(visible(criterion.levels[level - 1]))
        score = state.scores.get(criterion.id)
        if score is not None and score.reason and level == score.level:
            lines.append(f"Reason: {visible(score.reason)}")
        lines += [evidence_words(note) for note in state.notes_on(criterion.id)]
        if how_met:
            lines += self._what_to_do(criterion, level)
        elif criterion.id in state.exemplars:
            lines.append(EXAMPLE)
        title = plain(criterion.title)
        if self.party not in (WRITER, criterion.agency):
            title = f"{title} (with {AGENCY_LABELS[criterion.agency]})"
        return Entry(level_mark(self.rubric, level), title, tuple(lines))

    def _what_to_do(self, criterion: Criterion, level: int | None) -> list[str]:
        rubric, lines = self.rubric, list[str]()
        cause = cause_words(self.state, rubric, criterion, level)
        lines += [cause] if cause else []
        lines.append(f"To meet it: {visible(criterion.levels[rubric.scale.met_from - 1])}")
        if level == LOWEST_LEVEL and criterion.on_lowest:
            lines.append(f"Now: {visible(criterion.on_lowest)}")
        fixed = fixed_sections(self.state, criterion)
        if fixed:
            lines.append(
                f"The Tribunal fixed the wording of Section {listed(fixed)}: leave it as it is."
            )
        return lines

    def titled(self, criteria: Iterable[Criterion]) -> str:
        """Return the titles in a row."""
        return "; ".join(plain(criterion.title) for criterion in criteria)


def _strengths(told: _Told, slip: Slip) -> Section:
    """Return what was good: the best with its evidence, what else was met in a line."""
    shared = [each for each in slip.met if each.id in told.state.exemplars]
    blocks: list[Block] = [told.entry(each) for each in (*slip.strong, *shared)]
    others = [each for each in slip.met if each not in shared]
    if others:
        label = told.rubric.scale.level(told.rubric.scale.met_from).label
        blocks.append(Paragraph(f"{plain(label)}: {told.titled(others)}."))
    if not blocks:
        said = "Nothing that was asked here is met yet. The points below say what would be."
        blocks.append(Paragraph(said))
    return Section("What is good", tuple(blocks))


def _asked(told: _Told, slip: Slip, due: date | None) -> list[Section]:
    if not slip.points:
        nothing = "Nothing is asked of you: everything that could be judged here is met."
        return [Section("What is asked", (Paragraph(nothing),))]
    if slip.form == "draft":
        return _asked_of_draft(told, slip, due)
    return _asked_of_final(told, slip)


def _asked_of_draft(told: _Told, slip: Slip, due: date | None) -> list[Section]:
    made = []
    if slip.must:
        when = f"By {show_date(due)}." if due else f"By: {'_' * 24} (no date was given; agree one)"
        made.append(_points(told, "To put right before this plan is issued", when, slip.must))
    if slip.better:
        said = "These are partly there. The plan would be better for them."
        made.append(_points(told, "To improve before it is issued", said, slip.better))
    return made


def _asked_of_final(told: _Told, slip: Slip) -> list[Section]:
    substance = (*slip.must, *slip.better)
    law = Section("Before anything is changed", (Paragraph(told.said(_LAW)),))
    made = [law] if slip.pen or substance else []
    if slip.pen:
        title = "A slip of the pen, to correct"
        made.append(_points(told, title, told.said(_PEN), slip.pen))
    if substance:
        made.append(
            _points(told, "Changes of substance, to propose", told.said(_SUBSTANCE), substance)
        )
    if slip.practice:
        made.append(_points(told, "How it was done", _PRACTICE, slip.practice))
    return made


def _points(told: _Told, title: str, said: str, criteria: Iterable[Criterion]) -> Section:
    entries = (told.entry(each, how_met=True) for each in criteria)
    return Section(title, (Paragraph(said), *entries))


def _rest(told: _Told, slip: Slip) -> list[Section]:
    made = []
    if slip.fixed:
        entries = (told.entry(each) for each in slip.fixed)
        made.append(Section("Wording the Tribunal fixed", (Paragraph(told.said(_FIXED)), *entries)))
    if slip.unseen:
        rows = tuple(
            (plain(each.title), plain(score.reason) if score else "")
            for each in slip.unseen
            for score in (told.state.scores.get(each.id),)
        )
        made.append(Section("Could not be seen", (Paragraph(_UNSEEN), Pairs(rows))))
    return made


def _answer(answer: SlipAnswer | None, team: str) -> Section:
    """Return the answer that was kept, or room for one."""
    if answer is not None:
        said = f"Answered {show_date(answer.on)}: {visible(answer.text)}"
        blocks = [Paragraph(said)]
        if answer.disputed:
            blocks.append(Paragraph(DISPUTED))
        return Section("Your answer", tuple(blocks))
    whom = f"{plain(team)} keeps" if team else "the team keeps"
    room = (
        f"What do you see otherwise, and what will you do? Write it here and give it back: {whom} "
        "your answer with the audit, and where you dispute it, it can go to moderation."
    )
    return Section(
        "Your answer",
        (
            Paragraph(room),
            Pairs((("[ ] I agree", ""), ("[ ] I dispute this", ""))),
            *(Paragraph(f"\n{_LINE}") for _ in range(_ANSWER_LINES)),
        ),
    )


def _data(state: AuditState, slip: Slip, levels: Levels, due: date | None) -> Mapping[str, Any]:
    """Return the slip as JSON values: the criteria's ids by their place on it."""
    answer = state.answers.get(slip.party)
    return {
        "slip": {
            "audit": state.id,
            "plan_ref": state.plan_ref,
            "party": slip.party,
            "form": slip.form,
            "due": None if due is None else due.isoformat(),
            **{
                place: [{"id": each.id, "level": levels[each.id]} for each in criteria]
                for place, criteria in slip.places().items()
            },
            "exemplars": sorted(state.exemplars),
            "answer": None if answer is None else answer.to_body(),
        }
    }
