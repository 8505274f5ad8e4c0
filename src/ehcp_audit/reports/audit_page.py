"""The report of one audit: what was found, where, and the grade it came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.child_words import person
from ehcp_audit.domain.date_doubts import doubts
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import GROUPS, is_asked, show_fact
from ehcp_audit.domain.grading import Levels, grade, percent
from ehcp_audit.domain.questions import THEME_MET, THEME_NOT_MET
from ehcp_audit.domain.rubric import AGENCY_LABELS, NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.reports.asked import OWN_GRADES
from ehcp_audit.reports.audit_marks import answer_sections, flag_sections, mark_lines
from ehcp_audit.reports.audit_words import Audited, evidence_words, grade_rows, level_mark
from ehcp_audit.reports.before_after_page import before_after_sections
from ehcp_audit.reports.limits_section import limits_data, limits_sections
from ehcp_audit.reports.model import Column, Entry, Pairs, Paragraph, Report, Section, Table
from ehcp_audit.reports.wording import NONE, counted, listed, plain

_DRAFT: Final = "DRAFT: not signed off, has no grade and counts nowhere."
_WITHDRAWN: Final = "WITHDRAWN: counts nowhere."
_STATUS_BANNERS: Final = {"draft": (_DRAFT,), "withdrawn": (_WITHDRAWN,), "signed": ()}
_CHILD: Final = "About one {person}: handle it as the plan itself."


def audit_report(
    state: AuditState,
    rubric: Rubric,
    *,
    auditor_name: str,
    today: date,
    earlier: Audited | None = None,
) -> Report:
    """Put one audit into words; of a re-audit also what became of `earlier`, which it follows.

    A signed audit is told as it was signed, whatever the facts say now; a draft is told as it
    stands on `today`, without a grade and without shares that would hint at one.
    """
    pinned, rubric = rubric, rubric.said_of(state.facts)
    signed = state.sign_off
    on = today if signed is None else signed.audit_date
    levels: Levels = state.resolved_levels(rubric, on) if signed is None else signed.levels
    sections = [_outcome(state, rubric), *flag_sections(state, rubric)]
    sections.append(_profile(state, rubric, levels))
    if earlier is not None and state.status != "withdrawn":
        sections += before_after_sections(earlier, Audited(state, rubric), today=today)
    sections += [_facts(state, rubric, on), *limits_sections(state.facts, on)]
    sections += [
        Section(
            plain(theme.title),
            tuple(_entry(state, rubric, each, levels.get(each.id)) for each in criteria),
        )
        for theme in rubric.themes
        if (criteria := rubric.in_theme(theme.id))
    ]
    sections += [*_unseen(state, rubric, levels), *answer_sections(state)]
    return Report(
        kind="audit",
        title=f"Audit of plan {plain(state.plan_ref)}",
        subtitle=(f"Rubric: {plain(rubric.title)}, version {plain(rubric.version)}",),
        banners=(*_STATUS_BANNERS[state.status], _CHILD.format(person=person(state.facts))),
        sections=tuple(sections),
        foot=(
            ("Auditor", plain(auditor_name)),
            ("Agencies", listed([AGENCY_LABELS.get(each, plain(each)) for each in state.agencies])),
            ("Printed", show_date(today)),
            ("Audit", plain(state.id)),
        ),
        data=_data(state, pinned, levels, auditor_name, on),
        made=today,
    )


def _outcome(state: AuditState, rubric: Rubric) -> Section:
    signed = state.sign_off
    if state.status == "withdrawn":
        return Section("Outcome", (Paragraph(_WITHDRAWN),))
    if signed is None:
        return Section("Outcome", (Paragraph(_DRAFT),))
    rows = [("Signed off", f"audit date {show_date(signed.audit_date)}")]
    if signed.date_reason:
        rows.append(("Why that date", visible(signed.date_reason)))
    rows += grade_rows(signed, rubric)
    return Section("Outcome", (Pairs(tuple(rows)), Paragraph(OWN_GRADES)))


def _profile(state: AuditState, rubric: Rubric, levels: Levels) -> Section:
    """Return the themes in a row each; a draft shows how far it has come and no share."""
    result = {theme.theme: theme for theme in grade(rubric, levels).themes}
    signed = state.sign_off
    columns = [Column("Theme"), Column("Scored", "right")]
    if signed is not None:
        columns += [Column("Score", "right"), Column("Theme met")]
    rows = []
    for theme in rubric.themes:
        found = result[theme.id]
        row = [plain(theme.title), f"{found.scored} of {found.applicable}"]
        if signed is not None:
            row.append(NONE if found.score is None else percent(found.score))
            row.append(_theme_words(signed.themes.get(theme.id)))
        rows.append(tuple(row))
    return Section("Themes", (Table(tuple(columns), tuple(rows), full_width=True),))


def _theme_words(level: int | None) -> str:
    if level == THEME_MET:
        return "met"
    if level == THEME_NOT_MET:
        return "not met"
    return "not applicable" if level == NOT_APPLICABLE else "not scored"


def _facts(state: AuditState, rubric: Rubric, on: date) -> Section:
    rows: list[tuple[str, str]] = []
    for number, heading in GROUPS.items():
        known = [
            (plain(fact.label), plain(show_fact(fact, state.facts.get(fact.id))))
            for fact in rubric.facts_asked()
            if fact.group == number
            and is_asked(fact, state.facts, on)
            and (fact.needed or state.facts.get(fact.id))
        ]
        rows += [("", "")] if rows and known else []
        rows += [(heading.upper(), "")] if known else []
        rows += known
    return Section("Facts", (Pairs(tuple(rows)),))


def _entry(state: AuditState, rubric: Rubric, criterion: Criterion, level: int | None) -> Entry:
    limit = criterion.computed
    score = state.scores.get(criterion.id) if limit is None else None
    lines = []
    if level is not None and level > 0:
        lines.append(visible(criterion.levels[level - 1]))
        if level == 1 and criterion.on_lowest:
            lines.append(f"To do: {visible(criterion.on_lowest)}")
    if limit is not None and level != NOT_APPLICABLE:
        lines.append(f"{_dates_words(state, rubric, limit)}.")
    if score is not None and score.overrides:
        lines.append("Judged although the facts rule it out.")
    if score is not None and score.reason and level == score.level:
        kept = score.carried
        lines.append(
            f"{visible(score.reason)}: kept" if kept else f"Reason: {visible(score.reason)}"
        )
    lines += [evidence_words(note) for note in state.notes_on(criterion.id)]
    lines += mark_lines(state, rubric, criterion, level)
    mark = "limiting" if criterion.limiting else "measured, not graded"
    title = plain(criterion.title)
    if criterion.limiting or criterion.measured:
        title = f"{title} ({mark})"
    return Entry(level_mark(rubric, level), title, tuple(lines))


def _dates_words(state: AuditState, rubric: Rubric, limit: TimeLimit) -> str:
    """Return the two dates of a time limit, what it allows and the last day within it."""
    dates = [
        f"{plain(fact.label)} {show_fact(fact, state.facts.get(fact.id))}"
        for fact in (rubric.fact(limit.start), rubric.fact(limit.end))
    ]
    allowed = f"within {counted(limit.count, limit.unit.removesuffix('s'))}"
    started = state.facts.get(limit.start)
    if isinstance(started, str):
        allowed += f", by {show_date(limit.due(date.fromisoformat(started)))}"
    return f"From dates: {', '.join(dates)} ({allowed})"


def _unseen(state: AuditState, rubric: Rubric, levels: Levels) -> list[Section]:
    rows = []
    for criterion in rubric.criteria:
        if levels.get(criterion.id) == NOT_EVIDENCED:
            score = state.scores.get(criterion.id)
            reason = plain(score.reason) if score else ""
            if criterion.computed is not None:
                reason = _dates_words(state, rubric, criterion.computed)
            rows.append((plain(criterion.title), reason))
    if not rows:
        return []
    words = (
        "The auditor could not look, so these are outside the score. "
        "That is a finding about records, not about the plan."
    )
    return [Section("Could not be seen", (Paragraph(words), Pairs(tuple(rows))))]


def _data(
    state: AuditState, rubric: Rubric, levels: Levels, auditor_name: str, on: date
) -> Mapping[str, Any]:
    """Return the audit as JSON values; grade and score are null in a draft."""
    signed = state.sign_off
    return {
        "audit": {
            "id": state.id,
            "plan_ref": state.plan_ref,
            "status": state.status,
            "auditor": auditor_name,
            "auditors": list(state.auditors),
            "agencies": list(state.agencies),
            "follows": state.follows,
            "changed_sections": list(state.changed_sections),
            "open_flags": len(state.open_flags),
            "answers": {party: answer.to_body() for party, answer in state.answers.items()},
            "rubric": rubric.id,
            "version": rubric.version,
            "audit_date": None if signed is None else signed.audit_date.isoformat(),
            "grade": None if signed is None else signed.grade,
            "score": None if signed is None else signed.score,
            "limits": [] if signed is None else list(signed.limits),
            "themes": {} if signed is None else dict(signed.themes),
            "facts": {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in state.facts.items()
            },
            "time_limits": limits_data(state.facts, on),
            "doubts": [doubt.sentence for doubt in doubts(state.facts, on)],
            "criteria": [
                {
                    "id": criterion.id,
                    "title": criterion.title,
                    "level": levels.get(criterion.id),
                    "measured": criterion.measured,
                    "reason": score.reason
                    if (score := state.scores.get(criterion.id)) is not None
                    else "",
                    "carried": score is not None and score.carried,
                    "cause": state.causes.get(criterion.id),
                    "exemplar": criterion.id in state.exemplars,
                    "evidence": [
                        {"text": note.text, "section": note.section, "page": note.page}
                        for note in state.notes_on(criterion.id)
                    ],
                }
                for criterion in rubric.criteria
            ],
        }
    }
