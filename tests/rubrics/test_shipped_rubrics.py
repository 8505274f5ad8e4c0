"""What every rubric that comes with the tool keeps to."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ehcp_audit.domain.conditions import comparisons
from ehcp_audit.domain.rubric import Criterion, CriterionAt, Rubric
from ehcp_audit.rubric_files import SCHEMA_NAME, shipped_rubrics
from ehcp_audit.rubric_files.skeleton import skeleton

_CORE = "peer-findings"
# id: criteria, weight, limiting
_TOTALS = {
    "peer-findings": (26, 59, 4),
    "annual-review": (12, 27, 3),
    "statutory": (14, 30, 4),
    "health-and-care-advice": (12, 28, 4),
    "transition": (9, 22, 3),
    "delivery": (8, 21, 4),
}
_FURTHER = [rubric for rubric in _TOTALS if rubric != _CORE]
_EVERY = pytest.mark.parametrize("rubric_id", _TOTALS)

_SECTION = re.compile(r"\b(?:[Ss]ections?|[B-HJK]|H[12])\b")  # A and I may be words
_PAPER = re.compile(r"(?i)\b(?:advice|report|letter|records?|notice|invitations|notes)\b")
_NOT_FOR_PRINT = re.compile(r"(?i)unconfirmed|\bproposed\)|\(proposal|\(judgement|\bTODO\b|\?\?")
# Nobody could confirm these against the text of the law.
_UNSEEN_LAW = re.compile(
    r"12\(3\)|12\(4\)|20\([789]\)|reg 28|reg 17|10\(4\)|5\(3\)|Education Act|Care Act|Mental"
)


def texts(rubric: Rubric) -> list[str]:
    """Return everything of a rubric that a reader may see."""
    every = [rubric.title, rubric.summary, rubric.owner, rubric.ungraded_says]
    every += [limit.says for limit in rubric.limits]
    every += [theme.title for theme in rubric.themes]
    every += [cause.label for cause in rubric.causes]
    for criterion in rubric.criteria:
        every += [criterion.title, criterion.question, criterion.guidance, criterion.law]
        every += [criterion.on_lowest, *criterion.levels]
        for finding in criterion.findings:
            every += [finding.at, finding.text]
    return every


def criteria(shipped: dict[str, Rubric], rubric_id: str) -> tuple[Criterion, ...]:
    return shipped[rubric_id].criteria


def test_six_rubrics_are_shipped_each_in_a_file_of_its_name(shipped: dict[str, Rubric]) -> None:
    assert {path.stem for path in shipped_rubrics().glob("*.toml")} == set(_TOTALS)
    assert all(rubric.id == stem for stem, rubric in shipped.items())
    assert len({rubric.title for rubric in shipped.values()}) == len(_TOTALS)


def test_every_shipped_and_new_rubric_names_the_schema_first() -> None:
    texts = [path.read_text("utf-8") for path in shipped_rubrics().glob("*.toml")]
    first_lines = {text.partition("\n")[0] for text in (*texts, skeleton("new"))}
    assert first_lines == {f"#:schema ./{SCHEMA_NAME}"}


@_EVERY
def test_criteria_weight_and_limiting_criteria_are_as_stated(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    every = criteria(shipped, rubric_id)
    limiting = sum(criterion.limiting for criterion in every)
    assert (len(every), sum(c.weight for c in every), limiting) == _TOTALS[rubric_id]


@_EVERY
def test_it_says_what_it_is_whose_and_from_when(shipped: dict[str, Rubric], rubric_id: str) -> None:
    rubric = shipped[rubric_id]
    assert rubric.version == "1.0.0"
    assert rubric.summary
    assert rubric.owner
    assert (rubric.effective_from, rubric.law_as_at) == (date(2026, 12, 1), date(2026, 11, 22))


@_EVERY
def test_strong_earns_no_more_than_meets_and_half_is_partly(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    levels = shipped[rubric_id].scale.levels
    assert [level.label for level in levels] == ["Not met", "Partly", "Meets", "Strong"]
    assert [float(level.points) for level in levels] == [0, 0.5, 1, 1]


@pytest.mark.parametrize("rubric_id", _FURTHER)
def test_grades_and_limits_are_those_of_the_core(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    core, rubric = shipped[_CORE], shipped[rubric_id]
    assert rubric.grades == core.grades
    assert rubric.needs_scored_weight == core.needs_scored_weight
    assert rubric.theme_met_at == core.theme_met_at
    of_core = [
        (limit.when, limit.no_better_than)
        for limit in core.limits
        if not isinstance(limit.when, CriterionAt)
    ]
    assert [(limit.when, limit.no_better_than) for limit in rubric.limits] == of_core


@_EVERY
def test_every_criterion_has_an_owner_and_says_where_to_look(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    for criterion in criteria(shipped, rubric_id):
        assert criterion.agency in criterion.scored_by, criterion.id
        assert 0 < len(criterion.guidance) <= 200, criterion.id
        named = _SECTION.search(criterion.guidance) or _PAPER.search(criterion.guidance)
        assert named, criterion.id
        assert criterion.question.endswith("?"), criterion.id
        assert len(criterion.question) <= 120, criterion.id


@_EVERY
def test_the_four_levels_are_short_and_all_different(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    for criterion in criteria(shipped, rubric_id):
        assert len({text.lower() for text in criterion.levels}) == 4, criterion.id
        assert max(map(len, criterion.levels)) <= 105, criterion.id


@_EVERY
def test_weights_run_from_1_to_3_and_what_is_limiting_weighs_3(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    for criterion in criteria(shipped, rubric_id):
        assert criterion.weight in (1, 2, 3), criterion.id
        assert criterion.weight == 3 or not criterion.limiting, criterion.id


@pytest.mark.parametrize("rubric_id", _FURTHER)
def test_evidence_is_needed_as_in_the_core(shipped: dict[str, Rubric], rubric_id: str) -> None:
    for criterion in criteria(shipped, rubric_id):
        expected = (1, 2, 4) if criterion.weight == 3 else (1,)
        assert criterion.evidence_at == expected, criterion.id


@_EVERY
def test_nothing_unsettled_is_printed(shipped: dict[str, Rubric], rubric_id: str) -> None:
    for text in texts(shipped[rubric_id]):
        assert not _NOT_FOR_PRINT.search(text), text


@_EVERY
def test_no_law_is_cited_that_nobody_could_confirm(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    for criterion in criteria(shipped, rubric_id):
        assert not _UNSEEN_LAW.search(criterion.law), criterion.id


@_EVERY
def test_every_finding_has_a_place_in_a_source_of_the_file_and_every_source_is_cited(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    rubric = shipped[rubric_id]
    findings = [finding for c in rubric.criteria for finding in c.findings]
    assert {finding.source for finding in findings} == {source.id for source in rubric.sources}
    assert all(finding.at and finding.text for finding in findings)


@_EVERY
def test_every_criterion_rests_on_law_or_a_finding(
    shipped: dict[str, Rubric], rubric_id: str
) -> None:
    for criterion in criteria(shipped, rubric_id):
        assert criterion.law or criterion.findings, criterion.id


def test_a_source_is_the_same_document_in_every_rubric(shipped: dict[str, Rubric]) -> None:
    sources = {source for rubric in shipped.values() for source in rubric.sources}
    assert len(sources) == len({source.id for source in sources})


def test_no_condition_reads_a_date_or_a_code(shipped: dict[str, Rubric]) -> None:
    """A team's codes are its own, and time limits never enter a grade."""
    used = {
        comparison.fact
        for rubric in shipped.values()
        for criterion in rubric.criteria
        if criterion.applies_when is not None
        for comparison in comparisons(criterion.applies_when)
    }
    assert used == {
        "change_reported",
        "known_to_health",
        "plan_age_months",
        "plan_kind",
        "primary_need",
        "review_outcome",
        "reviewed",
        "secondary_need",
        "seen",
        "setting",
        "social_care",
        "year_group",
    }
