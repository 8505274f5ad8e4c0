"""Any sound rubric is read from TOML as it was meant, and from its compiled form as it was read."""

from __future__ import annotations

import tomllib
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rubric_files.random_rubrics import Table, as_toml, rubric_tables

from ehcp_audit.domain.conditions import comparisons
from ehcp_audit.domain.grading import grade
from ehcp_audit.domain.rubric_json import compile_rubric, read_compiled
from ehcp_audit.rubric_files import check_rubric


@settings(max_examples=40, deadline=None)
@given(rubric_tables(), st.data())
def test_a_random_rubric_goes_through_toml_and_its_compiled_form(
    tables: Table, data: st.DataObject
) -> None:
    text = as_toml(tables, headings=True)
    assert tomllib.loads(text) == tables
    checked = check_rubric(text)
    assert checked.errors == ()
    rubric = checked.needed()

    # Another layout of the same content is the same rubric.
    assert check_rubric(as_toml(tables, headings=False)).needed() == rubric
    assert read_compiled(compile_rubric(rubric)) == rubric

    assert [c.question for c in rubric.criteria] == [c["question"] for c in tables["criteria"]]
    assert [list(c.levels) for c in rubric.criteria] == [
        list(c["levels"].values()) for c in tables["criteria"]
    ]
    assert [c.weight for c in rubric.criteria] == [c.get("weight", 0) for c in tables["criteria"]]
    assert [level.points for level in rubric.scale.levels] == [
        Fraction(str(level["points"])) for level in tables["scale"]["levels"]
    ]
    for criterion, table in zip(rubric.criteria, tables["criteria"], strict=True):
        named = list(comparisons(criterion.applies_when)) if criterion.applies_when else []
        assert bool(named) is ("applies_when" in table)
        assert all(part.order == ("usual", "fast") for part in named if part.fact[:5] == "local")

    # What is measured may have any level: the grade is the same.
    levels: dict[str, int | None] = {c.id: 1 for c in rubric.criteria}
    graded = grade(rubric, levels)
    for criterion in rubric.criteria:
        if criterion.measured:
            levels[criterion.id] = data.draw(st.integers(-1, len(rubric.scale.levels)))
    assert grade(rubric, levels) == graded
