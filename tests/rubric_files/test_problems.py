"""Each mistake in a rubric file is told by line, column and key, in a sentence that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehcp_audit.rubric_files import Problem, RubricFileError, parse_rubric, read_rubric

_RUBRICS = Path(__file__).parents[1] / "fixtures" / "rubrics"

# As printed: file, line, column, key and sentence of every problem, by file.
_TOLD = (_RUBRICS / "told.txt").read_text("utf-8").splitlines()
_MISTAKES = sorted({line.partition(".toml:")[0] for line in _TOLD})


def error_of(text: str, name: str = "r.toml") -> RubricFileError:
    with pytest.raises(RubricFileError) as raised:
        parse_rubric(text, name)
    return raised.value


@pytest.fixture
def good() -> str:
    return (_RUBRICS / "good.toml").read_text("utf-8")


def test_the_rubric_that_every_mistake_is_made_in_is_good() -> None:
    assert read_rubric(_RUBRICS / "good.toml").rubric.id == "small"


@pytest.mark.parametrize("mistake", _MISTAKES)
def test_a_mistake_is_told_where_it_stands(mistake: str) -> None:
    path = _RUBRICS / f"{mistake}.toml"
    with pytest.raises(RubricFileError) as raised:
        read_rubric(path)
    shown = [problem.show(path.name).split("\n")[0] for problem in raised.value.problems]
    assert shown == [line for line in _TOLD if line.startswith(f"{path.name}:")]


@pytest.mark.parametrize("mistake", _MISTAKES)
def test_the_printed_line_is_the_line_of_the_file(mistake: str) -> None:
    path = _RUBRICS / f"{mistake}.toml"
    lines = path.read_text("utf-8").split("\n")
    with pytest.raises(RubricFileError) as raised:
        read_rubric(path)
    for problem in raised.value.problems:
        assert problem.source_line == lines[problem.line - 1]
        assert 1 <= problem.column <= len(problem.source_line) + 1


def test_every_fixture_says_what_is_told_of_it() -> None:
    doubted = (_RUBRICS / "doubted.txt").read_text("utf-8").splitlines()
    doubts = {line.partition(".toml:")[0] for line in doubted}
    told = {*_MISTAKES, *doubts, "good", "sound"}
    assert {path.stem for path in _RUBRICS.glob("*.toml")} == told


def test_all_problems_of_one_check_are_told_together_in_the_order_of_the_file(good: str) -> None:
    text = good.replace("weight = 2", 'weight = "2"').replace("points = 1", "points = 2")
    text = text.replace('title = "Small rubric"\n', "").replace("limiting = true", "limitin = true")
    error = error_of(text)
    assert [(problem.line, problem.key) for problem in error.problems] == [
        (1, "title"),
        (7, "scale.levels[yes].points"),
        (46, "criteria[voice.views].weight"),
        (47, "criteria[voice.views].limitin"),
    ]
    agreement = error_of(good.replace('"review"', '"letter"').replace('"seen"', '"sene"'))
    assert [problem.line for problem in agreement.problems] == [52, 57]


def test_a_problem_is_printed_with_its_line_and_a_caret(good: str) -> None:
    error = error_of(good.replace("weight = 2", "  weight = 250"), "rubrics/mine.toml")
    assert str(error) == (
        "The rubric cannot be used:\n"
        "rubrics/mine.toml:47:12: criteria[voice.views].weight: “weight” must be 100 or less.\n"
        "      weight = 250\n"
        "               ^^^\n"
        "Correct the file and check it again."
    )


def test_columns_count_characters_and_not_bytes(good: str) -> None:
    error = error_of(good.replace('symbol = "●", points = 1', 'symbol = "●", points = 2'))
    line = good.split("\n")[7]
    assert error.problems[0].column == line.index("points = 1") + len("points = ") + 1


def test_a_missing_key_of_a_nested_list_points_at_its_own_heading(good: str) -> None:
    second = '\n[[criteria.findings]]\nsource = "review"\nat = "p. 3"\n'
    problem = error_of(good + second).problems[0]
    assert (problem.line, problem.key) == (61, "criteria[voice.views].findings[2].finding")


def test_dotted_keys_and_quoted_keys_are_found(good: str) -> None:
    dotted = good.replace(
        'levels = { no = "None", yes = "Some" }', 'levels.no = "a"\n"levels".yes = 1'
    )
    problem = error_of(dotted).problems[0]
    assert (problem.line, problem.column) == (55, 16)
    assert problem.key == "criteria[voice.views].levels.yes"


def test_a_list_part_without_an_id_is_named_by_its_number(good: str) -> None:
    problem = error_of(good.replace('id = "voice.views"\n', "")).problems[0]
    assert problem.key == "criteria[1].id"


def test_text_of_the_file_is_made_visible_before_it_is_shown(good: str) -> None:
    error = error_of(good.replace("Small rubric", "Small \x1b]0;owned\x07 rubric"), "a\x1b[2J.toml")
    assert "\x1b" not in str(error)
    assert "\x07" not in str(error)
    assert "␛]0;owned␇" in str(error)
    assert "a␛[2J.toml:3:" in str(error)


def test_a_long_line_is_cut_round_the_place(good: str) -> None:
    filler = "x" * 5_000
    error = error_of(good.replace("title = ", f'"{filler}" = 1\ntitle = ', 1))
    widest = max(len(line) for line in str(error).split("\n")[2:4])
    assert widest < 120
    assert error.problems[0].width == len(filler) + 2


def test_only_fifty_problems_are_printed_and_the_rest_counted(good: str) -> None:
    many = "".join(f"unknown{number} = 1\n" for number in range(80))
    error = error_of(many + good)
    assert (len(error.problems), error.left_out) == (50, 30)
    assert "… and 30 more." in str(error)


def test_a_sentence_about_the_whole_file_names_no_line() -> None:
    shown = Problem(0, 0, "", "The file is too large.").show("rubrics/a.toml")
    assert shown == "rubrics/a.toml: The file is too large."


def test_a_misspelt_key_is_not_also_told_as_missing(good: str) -> None:
    error = error_of(good.replace("question = ", "quesiton = "))
    assert len(error.problems) == 1


def test_every_unknown_fact_inside_nested_conditions_is_found(good: str) -> None:
    parts = "{ all = [ { fact = 'a', is = 'b' } ] }, { fact = 'c', is = 'd' }"
    nested = f"applies_when = {{ any = [ {parts} ] }}"
    start, end = good.index("applies_when"), good.index("levels = { no")
    error = error_of(good[:start] + nested + "\n" + good[end:])
    assert [problem.key for problem in error.problems] == [
        "criteria[voice.views].applies_when.any[1].all[1].fact",
        "criteria[voice.views].applies_when.any[2].fact",
    ]
