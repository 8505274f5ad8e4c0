"""One criterion of a rubric file: whether what it names is there, and each level is described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ehcp_audit.domain.questions import GRADE_ID
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.condition_checks import Known, check_condition
from ehcp_audit.rubric_files.measured_checks import check_measured
from ehcp_audit.rubric_files.models import ConditionTable, CriterionTable, RubricTable
from ehcp_audit.rubric_files.problems import KeyPath, unknown


def check_criterion(
    rubric: RubricTable, criterion: CriterionTable, path: KeyPath, known: Known
) -> Iterator[Complaint]:
    """Yield what is wrong with one criterion of a file whose shape is right."""
    themes = [theme.id for theme in rubric.themes]
    if criterion.id == GRADE_ID:
        sentence = f"The id “{GRADE_ID}” is taken: figures use it for the grade of the whole plan."
        yield Complaint((*path, "id"), sentence)
    if criterion.theme not in themes:
        yield Complaint((*path, "theme"), unknown("theme", criterion.theme, themes))
    if criterion.ask_cause and not rubric.causes:
        yield Complaint((*path, "ask_cause"), "The file has no [causes] to choose from.")
    yield from _check_levels(rubric, criterion, path)
    yield from check_each((*path, "sections"), "section", criterion.sections)
    yield from _check_agencies(criterion, path)
    sources = list(rubric.sources)
    for index, finding in enumerate(criterion.findings):
        if finding.source not in sources:
            sentence = unknown("source", finding.source, sources)
            yield Complaint((*path, "findings", index, "source"), sentence)
    yield from _check_ground(rubric, criterion, path)
    if criterion.applies_when is not None:
        yield from check_condition(criterion.applies_when, (*path, "applies_when"), known)
    yield from check_measured(criterion, path, known)


def check_each(
    path: KeyPath, what: str, names: Sequence[str], known: Sequence[str] | None = None
) -> Iterator[Complaint]:
    """Yield a complaint for each name of a list that is unknown or given twice."""
    for index, name in enumerate(names):
        if known is not None and name not in known:
            yield Complaint((*path, index), unknown(what, name, known))
        elif name in names[:index]:
            yield Complaint((*path, index), f"The {what} “{name}” is given twice.")


def _check_levels(
    rubric: RubricTable, criterion: CriterionTable, path: KeyPath
) -> Iterator[Complaint]:
    levels = [level.id for level in rubric.scale.levels]
    for level in levels:
        if level not in criterion.levels:
            sentence = f"The level “{level}” of the scale is not described here."
            yield Complaint((*path, "levels"), sentence)
    for level in criterion.levels:
        if level not in levels:
            yield Complaint((*path, "levels", level), unknown("level", level, levels), at_key=True)
    yield from check_each((*path, "evidence_at"), "level", criterion.evidence_at, levels)


def _check_agencies(criterion: CriterionTable, path: KeyPath) -> Iterator[Complaint]:
    if criterion.scored_by is None:
        return
    yield from check_each((*path, "scored_by"), "agency", criterion.scored_by)
    if criterion.agency not in criterion.scored_by:
        sentence = f"“scored_by” leaves out “{criterion.agency}”, the agency of this criterion."
        yield Complaint((*path, "scored_by"), sentence)


def _check_ground(
    rubric: RubricTable, criterion: CriterionTable, path: KeyPath
) -> Iterator[Complaint]:
    """Tell a criterion that says in so many words that nothing bears it out.

    In a rubric that never names `seen`, what is audited is itself such a paper: a review, advice.
    """
    given = criterion.model_fields_set
    if "law" in given and not criterion.law.strip() and not criterion.findings:
        sentence = (
            "“law” is empty and no finding says why this is asked; name one of the two, or "
            "leave “law” out."
        )
        yield Complaint((*path, "law"), sentence)
    elsewhere = "sections" in given and not criterion.sections and criterion.computed is None
    if (
        elsewhere
        and not _names_paper(criterion.applies_when)
        and any(_names_paper(each.applies_when) for each in rubric.criteria)
    ):
        sentence = (
            "“sections” is empty, so the answer is not in the plan, and no condition says which "
            'paper must be open; add { fact = "seen", has = "…" } to “applies_when”.'
        )
        yield Complaint((*path, "sections"), sentence)


def _names_paper(condition: ConditionTable | None) -> bool:
    if condition is None:
        return False
    parts = (condition.all_ or []) + (condition.any_ or [])
    return condition.fact == "seen" or any(_names_paper(part) for part in parts)
