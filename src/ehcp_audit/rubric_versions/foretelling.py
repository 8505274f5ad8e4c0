"""What is said before a version is published: what it changes, and what that does."""

from __future__ import annotations

from datetime import date

from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_versions.consequences import consequences, tell
from ehcp_audit.rubric_versions.describing import describe
from ehcp_audit.rubric_versions.publishing import against_last
from ehcp_audit.store import Store


def foretell(store: Store, rubric: Rubric, *, today: date) -> tuple[tuple[str, ...], ...]:
    """Return in words what publishing a version changes, then what that does to audits."""
    comparison = against_last(store, rubric)
    if comparison is None:
        return ((f"{rubric.name} is the first version of {rubric.id} here.",),)
    return (
        tuple(describe(comparison)),
        tuple(tell(consequences(store, comparison, today=today))),
    )
