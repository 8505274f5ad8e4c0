"""Rubric files read from disk: hashes, folders, encodings, and what a rubric becomes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.conditions import Comparison, Every
from ehcp_audit.domain.errors import RubricError
from ehcp_audit.domain.rubric import (
    CriterionAt,
    Finding,
    GradeRule,
    LimitingCount,
    Rubric,
    Source,
    ThemeBelow,
)
from ehcp_audit.rubric_files import (
    RubricFileError,
    list_rubrics,
    parse_rubric,
    read_rubric,
    rubric_hash,
    shipped_rubrics,
)

_GOOD = Path(__file__).parents[1] / "fixtures" / "rubrics" / "good.toml"


@pytest.fixture
def good() -> str:
    return _GOOD.read_text("utf-8")


# ---------------------------------------------------------------- the hash


def test_comments_blank_lines_and_line_ends_do_not_change_the_hash(good: str) -> None:
    before = parse_rubric(good, "a").hash
    commented = "# a note\n\n" + good.replace("weight = 2", "weight   =  2  # twice as much")
    assert parse_rubric(commented, "a").hash == before
    assert parse_rubric(good.replace("\n", "\r\n"), "a").hash == before
    assert parse_rubric("\ufeff" + good, "a").hash == before


def test_the_order_of_keys_does_not_change_the_hash_but_that_of_lists_does(good: str) -> None:
    before = parse_rubric(good, "a").hash
    reordered = good.replace('id = "small"\nversion = "1.0.0"', 'version = "1.0.0"\nid = "small"')
    assert parse_rubric(reordered, "a").hash == before
    swapped = good.replace('["education", "health"]', '["health", "education"]')
    assert parse_rubric(swapped, "a").hash != before


def test_any_change_of_content_changes_the_hash(good: str) -> None:
    before = rubric_hash(good)
    assert rubric_hash(good.replace("weight = 2", "weight = 3")) != before
    assert rubric_hash(good.replace("child's views", "child’s views")) != before


def test_the_quick_hash_is_the_hash_of_the_rubric(good: str) -> None:
    assert rubric_hash(good) == parse_rubric(good, "a").hash


def test_a_date_is_hashed_as_its_iso_text() -> None:
    assert rubric_hash("effective_from = 2026-12-01") == digest({"effective_from": "2026-12-01"})


@pytest.mark.parametrize("text", ["a = 09:00:00", "a = nan", "a = -inf", "a = 0x" + "f" * 9_000])
def test_what_has_no_hash_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RubricFileError, match="time of day, or a number"):
        rubric_hash(text)


def test_reading_a_known_hash_needs_neither_pydantic_nor_the_toml_grammar() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ehcp_audit.rubric_files import read_rubric, rubric_hash\n"
        "stored = object()\n"
        f"assert read_rubric(Path({str(_GOOD)!r}), known=lambda _: stored).rubric is stored\n"
        "heavy = {'pydantic', 'tree_sitter', 'tree_sitter_toml'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_hash_that_is_not_known_is_checked(good: str) -> None:
    asked: list[str] = []

    def nothing(rubric: str) -> Rubric | None:
        asked.append(rubric)
        return None

    assert read_rubric(_GOOD, known=nothing).rubric.id == "small"
    assert asked == [rubric_hash(good)]


# ---------------------------------------------------------------- what a rubric becomes


def test_numbers_are_the_decimals_that_were_written(good: str) -> None:
    rubric = parse_rubric(good, "a")
    assert rubric.grades[0].at_least == Fraction(4, 5)
    assert rubric.theme_met_at == Fraction(4, 5)
    assert rubric.needs_scored_weight == Fraction(3, 4)


def test_every_part_of_the_file_arrives(good: str) -> None:
    rubric = parse_rubric(good.replace("[scale]", "effective_from = 2026-12-01\n\n[scale]"), "a")
    criterion = rubric.criterion("voice.views")
    assert rubric.name == "Small rubric 1.0.0"
    assert rubric.effective_from == date(2026, 12, 1)
    assert criterion.levels == ("None", "Some")
    assert (criterion.weight, criterion.limiting, criterion.evidence_at) == (2, True, (1,))
    assert criterion.scored_by == ("education", "health")
    assert criterion.findings == (Finding("review", "p. 2", "Views were missing"),)
    assert criterion.applies_when == Every(
        (Comparison("year_group", "at_least", ("9",)), Comparison("seen", "has", ("advice",)))
    )
    assert rubric.sources == (Source("review", "Review", "", ""),)
    assert [(cause.id, cause.label) for cause in rubric.causes] == [("late", "Came too late")]
    assert rubric.limits[0].when == LimitingCount(1, 1)


def test_level_texts_follow_the_order_of_the_scale(good: str) -> None:
    turned = good.replace('no = "None", yes = "Some"', 'yes = "Some", no = "None"')
    assert parse_rubric(turned, "a").criteria[0].levels == ("None", "Some")


def test_what_is_left_out_has_its_default(good: str) -> None:
    for line in ('scored_by = ["education", "health"]', "weight = 2", 'evidence_at = ["no"]'):
        good = good.replace(line + "\n", "")
    criterion = parse_rubric(good, "a").criteria[0]
    assert (criterion.scored_by, criterion.weight) == (("education",), 1)
    assert (criterion.evidence_at, criterion.guidance, criterion.ask_cause) == ((), "", False)


def test_a_level_meets_from_the_lowest_that_earns_the_most(good: str) -> None:
    assert parse_rubric(good, "a").scale.met_from == 2
    third = '  { id = "more", label = "More", symbol = "◆", points = 1, meaning = "Much" },\n]'
    text = good.replace("]\nnot_applicable", third + "\nnot_applicable")
    text = text.replace('yes = "Some"', 'yes = "Some", more = "Much"')
    assert parse_rubric(text, "a").scale.met_from == 2
    named = text.replace("[scale]", '[scale]\nmet_from = "more"')
    assert parse_rubric(named, "a").scale.met_from == 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{ criterion = "voice.views", at = "no" }', CriterionAt("voice.views", 1)),
        ("{ theme_below = 0.45, theme_scored_at_least = 1 }", ThemeBelow(Fraction(9, 20), 1)),
        ("{ theme_below = 0.5 }", ThemeBelow(Fraction(1, 2), 1)),
    ],
)
def test_a_limit_has_one_of_three_forms(
    good: str, written: str, expected: CriterionAt | ThemeBelow
) -> None:
    text = good.replace('{ limiting = 1, at = "no" }', written).replace("{criterion} is", "It is")
    assert parse_rubric(text, "a").limits[0].when == expected


def test_a_grade_may_ask_for_a_share_at_a_level_and_nothing_at_another(good: str) -> None:
    more = 'share_at = { level = "yes", at_least = 0.35 }\nnothing_at = ["no"]\n'
    text = good.replace("at_least = 0.8\n", "at_least = 0.8\n" + more)
    expected = GradeRule("good", "Good", Fraction(4, 5), (2, Fraction(7, 20)), (1,))
    assert parse_rubric(text, "a").grades[0] == expected


def test_one_comparison_needs_no_all_round_it(good: str) -> None:
    start, end = good.index("applies_when"), good.index("levels = { no")
    one = 'applies_when = { fact = "plan_age_months", at_least = 12 }\n'
    rubric = parse_rubric(good[:start] + one + good[end:], "a")
    assert rubric.criteria[0].applies_when == Comparison("plan_age_months", "at_least", ("12",))


# ---------------------------------------------------------------- folders and files


def test_one_broken_file_hides_no_other(tmp_path: Path, good: str) -> None:
    (tmp_path / "b.toml").write_text(good, "utf-8")
    (tmp_path / "a.toml").write_text("id = ", "utf-8")
    (tmp_path / "c.toml").mkdir()
    (tmp_path / ".hidden.toml").write_text(good, "utf-8")
    (tmp_path / "notes.txt").write_text("no rubric", "utf-8")
    broken, sound, folder = list_rubrics(tmp_path)
    assert (broken.path.name, broken.file) == ("a.toml", None)
    assert broken.error is not None
    assert sound.file is not None
    assert (sound.file.rubric.id, sound.file.text, sound.error) == ("small", good, None)
    assert folder.error is not None
    assert "This is not a file." in str(folder.error)


def test_a_folder_that_is_not_there_holds_no_rubrics(tmp_path: Path) -> None:
    assert list_rubrics(tmp_path / "rubrics") == ()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="It cannot be read: No such file"):
        read_rubric(tmp_path / "none.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(RubricFileError, match="This is not a file"):
        read_rubric(tmp_path / "pipe.toml")


def test_a_relative_path_is_shown_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text("id = ", "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RubricFileError) as raised:
        read_rubric(Path("mine.toml"))
    assert raised.value.what.startswith("mine.toml:1:5: ")


def test_the_shipped_rubrics_are_all_good() -> None:
    entries = list_rubrics(shipped_rubrics())
    assert "peer-findings.toml" in [entry.path.name for entry in entries]
    assert [entry.error for entry in entries if entry.error] == []
