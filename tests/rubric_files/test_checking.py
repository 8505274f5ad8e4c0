"""One check tells a file's errors and its warnings, and raises for neither."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ehcp_audit.rubric_files import (
    Checked,
    RubricFileError,
    check_rubric,
    parse_rubric,
    read_rubric,
    shipped_rubrics,
)

_RUBRICS = Path(__file__).parents[1] / "fixtures" / "rubrics"
_CORE = shipped_rubrics() / "peer-findings.toml"

# As printed: file, line, column, key and sentence of every warning, by file.
_DOUBTED = (_RUBRICS / "doubted.txt").read_text("utf-8").splitlines()
_DOUBTS = sorted({line.partition(".toml:")[0] for line in _DOUBTED})


@pytest.fixture
def sound() -> str:
    return (_RUBRICS / "sound.toml").read_text("utf-8")


def sentences(checked: Checked) -> list[str]:
    return [problem.sentence for problem in (*checked.errors, *checked.warnings)]


@pytest.mark.parametrize("doubt", _DOUBTS)
def test_a_doubt_is_a_warning_where_it_stands_and_the_file_can_be_used(doubt: str) -> None:
    path = _RUBRICS / f"{doubt}.toml"
    checked = check_rubric(path)
    shown = [problem.show(path.name).split("\n")[0] for problem in checked.warnings]
    assert shown == [line for line in _DOUBTED if line.startswith(f"{path.name}:")]
    assert checked.errors == ()
    assert checked.rubric == read_rubric(path).rubric
    assert read_rubric(path).warnings == checked.warnings


def test_nothing_is_doubted_of_the_core_rubric_and_of_a_sound_one() -> None:
    assert sentences(check_rubric(_CORE)) == []
    assert sentences(check_rubric(_RUBRICS / "sound.toml")) == []


def test_a_check_of_a_text_calls_it_by_the_name_given(sound: str) -> None:
    checked = check_rubric(sound.replace("weight = 2", "weight = 0"), "mine.toml")
    assert (checked.name, checked.rubric) == ("mine.toml", None)
    with pytest.raises(RubricFileError, match=r"mine\.toml:48:10: .*must be 1 or more"):
        checked.needed()


def test_a_check_of_what_cannot_be_read_is_an_error_and_not_raised(tmp_path: Path) -> None:
    checked = check_rubric(tmp_path / "none.toml")
    assert (checked.rubric, checked.text) == (None, "")
    assert sentences(checked) == ["It cannot be read: No such file or directory."]


def test_warnings_are_told_beside_errors(sound: str) -> None:
    text = sound.replace('owner = "Quality lead"\n', "").replace(
        'source = "review"', 'source = "a"'
    )
    checked = check_rubric(text)
    assert [problem.key for problem in checked.errors] == [
        "criteria[voice.views].findings[1].source"
    ]
    assert [problem.sentence[:6] for problem in checked.warnings] == ["Nobody", "No fin"]


def test_a_misspelt_key_hides_no_mistake_of_another_kind(sound: str) -> None:
    text = sound.replace("question = ", "quesiton = ")
    text = text.replace("weight = 2", 'weight = "2"').replace('source = "review"', 'source = "a"')
    text = text.replace('{ fact = "seen", has = "advice" }', '{ fact = "sene", has = "advice" }')
    assert [problem.key for problem in check_rubric(text).errors] == [
        "criteria[voice.views].quesiton",
        "criteria[voice.views].weight",
        "criteria[voice.views].applies_when.all[2].fact",
        "criteria[voice.views].findings[1].source",
    ]


def test_what_follows_from_a_wrong_value_is_not_told_as_well(sound: str) -> None:
    text = sound.replace("limiting = true", 'limiting = "true"')
    assert [problem.key for problem in check_rubric(text).errors] == [
        "criteria[voice.views].limiting"
    ]


def test_only_fifty_errors_are_told_and_the_rest_counted(sound: str) -> None:
    checked = check_rubric("".join(f"unknown{number} = 1\n" for number in range(80)) + sound)
    assert (len(checked.errors), checked.left_out) == (50, 30)


def test_a_rubric_that_is_known_already_is_not_checked_again() -> None:
    stored = parse_rubric(_CORE.read_text("utf-8"), "stored")
    file = read_rubric(_RUBRICS / "doubt-owner-missing.toml", known=lambda _: stored)
    assert (file.rubric, file.warnings) == (stored, ())


def test_a_condition_made_to_take_long_does_not(sound: str) -> None:
    years = ", ".join(f'{{ fact = "year_group", is_not = "{year}" }}' for year in range(1, 9))
    needs = ", ".join(f'{{ fact = "primary_need", is_not = "{need}" }}' for need in ("ASD", "PD"))
    any_of = f"{{ any = [ {years}, {needs} ] }}"
    start = sound.index("applies_when")
    criterion = sound[sound.index("[[criteria]]") : start] + "applies_when = { all = [ "
    criterion += ", ".join([any_of] * 25) + ' ] }\nlevels = { no = "None", yes = "Some" }\n\n'
    text = sound[: sound.index("[[criteria]]")]
    for number in range(6):
        text += criterion.replace("voice.views", f"voice.{number}").replace("Views", f"V{number}")
    begun = time.process_time()
    assert check_rubric(text).errors == ()
    assert time.process_time() - begun < 2


def test_the_core_rubric_is_checked_while_it_is_typed() -> None:
    text = _CORE.read_text("utf-8").replace('owner = "SEND quality assurance lead"\n', "")
    check_rubric(text)  # the first one imports
    taken = []
    for _ in range(5):
        begun = time.process_time()
        assert len(check_rubric(text).warnings) == 1
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.1  # about 0.03; the test is for a check that became slow, not busy
