"""What the facts and the auditor have said about one question, in sentences for every front end."""

from __future__ import annotations

from datetime import date

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.conditions import comparisons
from ehcp_audit.domain.facts import DERIVED, show_fact
from ehcp_audit.domain.rubric import Criterion, Rubric


def standing_words(
    rubric: Rubric, criterion: Criterion, state: AuditState, on: date
) -> tuple[tuple[str, str], ...]:
    """Say how the facts bear on a question and the reason given.

    Each sentence comes with its tone: “warn”, “muted” or “text”.
    """
    said: list[tuple[str, str]] = []
    if criterion.computed is not None:
        said.append(("Worked out from the dates among the facts; f changes them.", "muted"))
    applies = state.applies(criterion, on)
    score = state.scores.get(criterion.id)
    if applies is False and not (score and score.overrides):
        condition = condition_words(rubric, criterion, state)
        rule = (
            f"Does not apply: {condition}. To judge it all the same, score it and give a reason; "
            "f changes the facts."
        )
        said.append((rule, "warn"))
        if score is not None and score.level > 0:
            word = rubric.scale.level(score.level).label
            said.append((f"Scored {word} before; kept, but not counted.", "muted"))
    elif applies is None:
        condition = condition_words(rubric, criterion, state)
        said.append((f"Asked because a fact is not known: {condition}.", "warn"))
    if score is not None and score.reason:
        said.append((f"Reason: {score.reason}", "text"))
    return tuple(said)


def condition_words(rubric: Rubric, criterion: Criterion, state: AuditState) -> str:
    """Return the facts that decide whether a question applies, with their values here."""
    words = []
    if criterion.applies_when is not None:
        for part in comparisons(criterion.applies_when):
            if part.fact in DERIVED:
                words.append(DERIVED[part.fact].lower())
                continue
            fact = rubric.fact(part.fact)
            words.append(f"{fact.label.lower()} is {show_fact(fact, state.facts.get(part.fact))}")
    return "; ".join(dict.fromkeys(words))
