"""One question of the walk, in lines to be heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ehcp_audit.auditing import progress
from ehcp_audit.auditing.listing import QuestionFilter, listed, wants_evidence
from ehcp_audit.auditing.question_words import mark_words, standing_words
from ehcp_audit.domain.audit import AuditState, Evidence
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric


def level_word(rubric: Rubric, level: int | None) -> str:
    """Return a level in words, with not decided, not evidenced and not applicable."""
    if level is None:
        return "Not decided"
    if level == NOT_APPLICABLE:
        return "Not applicable"
    return "Not evidenced" if level == NOT_EVIDENCED else rubric.scale.level(level).label


def number_of(rubric: Rubric, criterion: Criterion) -> int:
    """Return the number of a question, from 1, as `#` takes it."""
    return rubric.criteria.index(criterion) + 1


def heading(rubric: Rubric, criterion: Criterion, state: AuditState, on: date) -> str:
    """Return which question this is, and how far the audit has come."""
    number, theme = number_of(rubric, criterion), rubric.theme(criterion.theme).title
    kind = " Measured, not graded." if criterion.measured else ""
    kind = " Limiting." if criterion.limiting else kind
    made = how_far(rubric, state, on)
    return f"Question {number}. {made} {theme}: {criterion.title}.{kind}"


def read_question(
    rubric: Rubric, criterion: Criterion, state: AuditState, on: date
) -> Iterator[str]:
    """Say a question: what is asked, its levels, how it stands, and its evidence."""
    yield ""
    yield heading(rubric, criterion, state, on)
    yield criterion.question
    if criterion.guidance:
        yield criterion.guidance
    for level, text in zip(rubric.scale.levels, criterion.levels, strict=True):
        yield f"{level.key}. {level.label}. {text}"
    yield from how_it_stands(rubric, criterion, state, on)


def how_it_stands(
    rubric: Rubric, criterion: Criterion, state: AuditState, on: date
) -> Iterator[str]:
    """Say the score and the evidence of a question, and what the facts have to do with it."""
    level = state.resolved_level(criterion, on)
    yield f"Now: {level_word(rubric, level)}."
    for sentence, _ in standing_words(rubric, criterion, state, on):
        yield sentence
    for sentence, _ in mark_words(rubric, criterion, state):
        yield sentence
    notes = state.notes_on(criterion.id)
    if criterion.id in state.exemplars:
        yield "Marked to be shared."
    for number, note in enumerate(notes, start=1):
        yield f"Evidence {number}: {note_words(note)}"
    if wants_evidence(state, criterion, on):
        yield "Evidence is needed at this level: i writes it. A section and page is enough."
    elif not notes and criterion.evidence_at and level is None:
        at = ", ".join(rubric.scale.level(number).label for number in criterion.evidence_at)
        yield f"Evidence is needed at: {at}."


def note_words(note: Evidence) -> str:
    """Return a note with its place."""
    text = f"“{note.text}”" if note.text else ""
    place = ", ".join(
        part
        for part in (
            f"section {note.section}" if note.section else "",
            f"page {note.page}" if note.page else "",
        )
        if part
    )
    return ", ".join(part for part in (text, place) if part)


def why_we_ask(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    """Say what good looks like, the findings behind a question with their sources, and the law."""
    for example in criterion.examples:
        yield f"What good looks like: {example}"
    for finding in criterion.findings:
        source = rubric.source(finding.source)
        yield f"Finding: {finding.text}."
        yield f"From {source.by}. {source.title}, {source.date}: {finding.at}"
    if criterion.law:
        yield f"Law: {criterion.law}"
    if not (criterion.examples or criterion.findings or criterion.law):
        yield "The rubric gives no ground for this question."


def how_far(rubric: Rubric, state: AuditState, on: date) -> str:
    """Say how far an audit has come, never a grade so far."""
    made = progress(rubric, state, on)
    fix = f", {made.must_fix} must fix" if made.must_fix else ""
    return f"{made.decided} of {made.applicable} decided{fix}."


def list_questions(
    rubric: Rubric, state: AuditState, on: date, wanted: QuestionFilter | None = None
) -> Iterator[str]:
    """Say every question that a filter lists with its score, by theme."""
    shown = {criterion.id for criterion in listed(rubric, state, wanted, on)}
    levels = state.resolved_levels(rubric, on)
    for theme in rubric.themes:
        criteria = rubric.in_theme(theme.id)
        asked = [c for c in criteria if levels[c.id] != NOT_APPLICABLE]
        decided = sum(levels[c.id] is not None for c in asked)
        if shown.isdisjoint(criterion.id for criterion in criteria):
            continue
        yield f"{theme.title}: {decided} of {len(asked)} decided."
        for criterion in criteria:
            if criterion.id not in shown:
                continue
            notes = len(state.notes_on(criterion.id))
            said = f" Evidence: {notes}." if notes else ""
            needs = " Needs evidence." if wants_evidence(state, criterion, on) else ""
            word = level_word(rubric, levels[criterion.id])
            flagged = any(flag.open for flag in state.flags_on(criterion.id))
            open_flag = " Open flag." if flagged else ""
            number = number_of(rubric, criterion)
            yield f"{number}. {criterion.title}. {word}.{said}{needs}{open_flag}"
