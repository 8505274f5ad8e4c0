"""What the walk asks back: a reason, in words every front end uses; and finding a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric

MISSING_PAPERS: Final = (
    "The advice was not available",
    "The review papers were not available",
    "The case record was not available",
    "I had no access",
)


@dataclass(frozen=True)
class ReasonAsked:
    """A reason to be asked for: the question, what it is for, and the usual answers."""

    prompt: str
    explanation: str
    suggestions: tuple[str, ...] = ()


def ask_reason(rubric: Rubric, criterion: Criterion, level: int) -> ReasonAsked:
    """Return how to ask for the reason of a score that needs one (see `needs_reason`)."""
    if level == NOT_EVIDENCED:
        return ReasonAsked(
            "Not evidenced: which paper could you not see?",
            f"{rubric.scale.not_evidenced}.",
            MISSING_PAPERS,
        )
    if level == NOT_APPLICABLE:
        return ReasonAsked(
            "Not applicable: why does the question not arise?", f"{rubric.scale.not_applicable}."
        )
    return ReasonAsked(
        f"The facts say “{criterion.title}” does not apply. Why judge it all the same?",
        "The reason stands beside the score.",
    )


def find_criteria(rubric: Rubric, words: str) -> tuple[Criterion, ...]:
    """Return the criteria that have the words, in order; all for no words.

    A number is that of the question, or how it begins. One whose title holds the words as they
    stand is the one meant; otherwise every word must occur in the title, question, id or theme.
    """
    phrase = " ".join(words.lower().split())
    numbered = tuple(c for n, c in enumerate(rubric.criteria, 1) if str(n).startswith(phrase))
    if phrase.isdigit() and numbered:
        return numbered
    titled = tuple(c for c in rubric.criteria if phrase in c.title.lower())
    if len(titled) == 1:
        return titled

    def text(criterion: Criterion) -> str:
        theme = rubric.theme(criterion.theme).title
        return f"{criterion.title} {criterion.question} {criterion.id} {theme}".lower()

    return tuple(c for c in rubric.criteria if all(word in text(c) for word in phrase.split()))
