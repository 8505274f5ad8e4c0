"""Asking the store: one question in, one trend out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import Fact
from ehcp_audit.domain.questions import Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import in_order
from ehcp_audit.store import Store
from ehcp_audit.trends.earlier import brought_in, with_earlier
from ehcp_audit.trends.trend import Trend, trend

Figures = TypeVar("Figures")


def ask(store: Store, question: Question, *, today: date) -> Trend:
    """Return the trend that answers a question.

    Raises `UsageError` where no audit was ever made against a rubric of that id.
    """
    rubrics = {rubric.hash: rubric for rubric in versions_used(store, question.rubric_id)}
    found = trend(question, store.tallies(question), rubrics, today=today)
    return with_earlier(found, brought_in(store, question), today)


def versions_used(store: Store, rubric_id: str) -> tuple[Rubric, ...]:
    """Return the versions of a rubric that were frozen here by an audit, oldest first.

    One that is only kept changes no figure: when it was kept is not in the log. Raises
    `UsageError` where no audit was ever made against a rubric of that id.
    """
    kept = store.rubric_versions()
    used = in_order(
        store.rubric(each.hash)
        for each in kept
        if each.rubric_id == rubric_id and store.is_frozen(each.hash)
    )
    if not used:
        known = sorted({each.rubric_id for each in kept})
        what = f"No audit was made against a rubric “{rubric_id}”."
        raise UsageError(what, f"Use one of: {', '.join(known)}." if known else "Start an audit.")
    return used


def at_one_head(store: Store, work_out: Callable[[], Figures]) -> tuple[Figures, str]:
    """Return figures and the log's head that they are of: worked out anew if somebody wrote."""
    while True:
        head = store.head()
        figures = work_out()
        if store.head() == head:
            return figures, head


def occurring(store: Store, fact: Fact) -> tuple[str, ...]:
    """Return the values of a fact that occur in counting audits, in the order of its choices."""
    values, order = store.fact_values(fact.id), fact.choice_ids()
    listed = [value for value in order if value in values]
    return (*listed, *(value for value in values if value not in order))
