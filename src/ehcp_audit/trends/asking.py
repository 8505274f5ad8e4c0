"""Asking the store: one question in, one trend out."""

from __future__ import annotations

from datetime import date

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.questions import Question
from ehcp_audit.store import Store
from ehcp_audit.trends.trend import Trend, trend


def ask(store: Store, question: Question, *, today: date) -> Trend:
    """Return the trend that answers a question.

    Raises `UsageError` where no audit was ever made against a rubric of that id.
    """
    rubrics = {
        kept.hash: store.rubric(kept.hash)
        for kept in store.rubric_versions()
        if kept.rubric_id == question.rubric_id
    }
    if not rubrics:
        known = sorted({kept.rubric_id for kept in store.rubric_versions()})
        what = f"No audit was made against a rubric “{question.rubric_id}”."
        raise UsageError(what, f"Use one of: {', '.join(known)}." if known else "Start an audit.")
    return trend(question, store.tallies(question), rubrics, today=today)
