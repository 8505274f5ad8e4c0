"""Criteria that are measured and never graded, and those worked out from dates."""

from __future__ import annotations

from collections.abc import Iterator

from ehcp_audit.domain.time_limits import Unit
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.condition_checks import Known
from ehcp_audit.rubric_files.models import ComputedTable, CriterionTable, RubricTable
from ehcp_audit.rubric_files.problems import KeyPath, unknown


def is_measured(criterion: CriterionTable) -> bool:
    """Whether a criterion stays out of the grade: it says so, or is worked out from dates."""
    return criterion.measured or criterion.computed is not None


def within(table: ComputedTable) -> list[tuple[Unit, int]]:
    """Return the limits that are given; a sound table gives one."""
    given: tuple[tuple[Unit, int | None], ...] = (
        ("days", table.within_days),
        ("weeks", table.within_weeks),
        ("months", table.within_months),
    )
    return [(unit, count) for unit, count in given if count is not None]


def check_any_graded(rubric: RubricTable) -> Iterator[Complaint]:
    """Tell a rubric whose weights come to nothing, because every criterion is measured."""
    if all(is_measured(criterion) for criterion in rubric.criteria):
        sentence = "Every criterion is measured, so the weights come to 0 and nothing is graded."
        yield Complaint(("criteria",), sentence)


def check_measured(criterion: CriterionTable, path: KeyPath, known: Known) -> Iterator[Complaint]:
    """Yield what does not go with being measured, and what is wrong with a time limit."""
    if is_measured(criterion):
        if "weight" in criterion.model_fields_set:
            sentence = "A measured criterion never enters the grade, so leave “weight” out."
            yield Complaint((*path, "weight"), sentence)
        if criterion.limiting:
            sentence = "A measured criterion never enters the grade, so it limits none."
            yield Complaint((*path, "limiting"), sentence)
    if criterion.computed is None:
        return
    if "measured" in criterion.model_fields_set and not criterion.measured:
        sentence = "Time limits never enter a grade of quality, so what is computed is measured."
        yield Complaint((*path, "measured"), sentence)
    yield from _check_computed(criterion.computed, (*path, "computed"), known)


def _check_computed(table: ComputedTable, path: KeyPath, known: Known) -> Iterator[Complaint]:
    dates = [fact.id for fact in known.values() if fact.kind == "date"]
    for key, fact_id in (("from", table.from_), ("to", table.to)):
        if fact_id in known and fact_id not in dates:
            yield Complaint((*path, key), f"“{fact_id}” is not a date.")
        elif fact_id not in dates:
            yield Complaint((*path, key), unknown("date among the facts,", fact_id, dates))
    if table.from_ == table.to:
        yield Complaint((*path, "to"), "This is the date that “from” names.")
    if len(within(table)) != 1:
        sentence = "Give one of “within_days”, “within_weeks” and “within_months”."
        yield Complaint(path, sentence)
