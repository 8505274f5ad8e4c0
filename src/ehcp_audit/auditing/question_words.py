"""What the facts and the auditor have said about one question, in sentences for every front end."""

from __future__ import annotations

from datetime import date

from ehcp_audit.auditing.flag_words import answer_words
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.condition_words import why_not
from ehcp_audit.domain.flags import FLAG_LABELS
from ehcp_audit.domain.plan_notes import APPEAL_OPEN, notes_on_criterion
from ehcp_audit.domain.rubric import Criterion, Rubric

Said = tuple[str, str]  # a sentence and its tone


def standing_words(
    rubric: Rubric, criterion: Criterion, state: AuditState, on: date
) -> tuple[Said, ...]:
    """Say how the facts bear on a question and the reason given.

    Each sentence comes with its tone: “warn”, “muted” or “text”.
    """
    said: list[Said] = []
    if criterion.computed is not None:
        said.append(("Worked out from the dates among the facts; f changes them.", "muted"))
    applies = state.applies(criterion, on)
    score = state.scores.get(criterion.id)
    if applies is False and not (score and score.overrides):
        why = why_words(rubric, criterion, state, on)
        rule = (
            f"Does not apply: {why}. To judge it all the same, score it and give a reason; "
            "f changes the facts."
        )
        said.append((rule, "warn"))
        if score is not None and score.level > 0:
            word = rubric.scale.level(score.level).label
            said.append((f"Scored {word} before; kept, but not counted.", "muted"))
    elif applies is None:
        why = why_words(rubric, criterion, state, on)
        said.append((f"Asked because a fact is not known: {why}.", "warn"))
    if applies is not False:
        said += [(note, "muted") for note in notes_on_criterion(criterion, state.facts)]
    before = state.carried.get(criterion.id)
    if before is not None and score is None and applies is not False:
        word = rubric.scale.level(before).label
        offered = f"{word} in the audit before, and unchanged since: = keeps it; or judge it anew."
        said.append((offered, "warn"))
    if score is not None and score.reason:
        said.append((f"Reason: {score.reason}", "text"))
    return tuple(said)


def mark_words(rubric: Rubric, criterion: Criterion, state: AuditState) -> tuple[Said, ...]:
    """Say why a contribution is weak, and the flags raised at a question; each with its tone."""
    said: list[Said] = []
    cause = state.causes.get(criterion.id)
    if cause is not None:
        label = next((each.label for each in rubric.causes if each.id == cause), cause)
        said.append((f"Why it is weak: {label}", "text"))
    for flag in state.flags_on(criterion.id):
        about = f" “{flag.text}”" if flag.text else ""
        sentence = f"Flag: {FLAG_LABELS[flag.kind]}{about}. {answer_words(flag)}."
        said.append((sentence, "warn" if flag.open else "muted"))
    return tuple(said)


def why_words(rubric: Rubric, criterion: Criterion, state: AuditState, on: date) -> str:
    """Return the facts by which a question does not apply, or by which it cannot be told."""
    if criterion.applies_when is None:
        return ""
    asked = {fact.id: fact for fact in rubric.facts_asked()}
    return why_not(criterion.applies_when, asked, state.facts, on)


def evidence_warning(state: AuditState) -> str:
    """Return what must be known before evidence is written about this plan, or nothing."""
    return APPEAL_OPEN if state.facts.get("dispute") == "appeal_open" else ""
