"""Commands for those who keep the rubrics."""

import json
from pathlib import Path

from tests.cli.conftest import Run

NAME = "peer-findings.toml"


def broken(workspace: Path) -> Path:
    """Put a mistake into a copy of the shipped rubric."""
    path = workspace / "rubrics" / "broken.toml"
    text = (workspace / "rubrics" / NAME).read_text(encoding="utf-8")
    path.write_text(text.replace('owner = "', 'ownr = "', 1), encoding="utf-8")
    return path


def test_a_rubric_in_order_is_said_to_be(run: Run, workspace: Path) -> None:
    ran = run("rubric", "check", workspace / "rubrics" / NAME)
    assert ran.code == 0
    assert "in order. Peer findings 1.0.0, 26 criteria." in ran.out


def test_every_file_of_the_workspace_is_checked_unless_named(run: Run, workspace: Path) -> None:
    broken(workspace)
    ran = run("rubric", "check")
    assert ran.code == 2
    assert "in order" in ran.out
    assert "broken.toml:" in ran.out


def test_a_mistake_is_told_by_line_with_the_nearest_key(run: Run, workspace: Path) -> None:
    path = broken(workspace)
    number = (
        path.read_text(encoding="utf-8").split("\n").index('ownr = "SEND quality assurance lead"')
    )
    ran = run("rubric", "check", path)
    assert ran.code == 2
    assert f"broken.toml:{number + 1}:" in ran.out
    assert "owner" in ran.out


def test_problems_come_as_json_too(run: Run, workspace: Path) -> None:
    ran = run("rubric", "check", "--json", broken(workspace))
    assert ran.code == 2
    (told,) = json.loads(ran.out)
    assert told["ok"] is False
    assert told["errors"][0]["line"] > 1


def test_a_missing_file_gets_a_sentence(run: Run, workspace: Path) -> None:
    ran = run("rubric", "check", workspace / "none.toml")
    assert ran.code == 2
    assert "none.toml" in ran.out


def test_a_new_rubric_is_in_order_as_it_stands(run: Run, workspace: Path) -> None:
    path = workspace / "rubrics" / "early-years.toml"
    assert run("rubric", "new", path).code == 0
    assert run("rubric", "check", path).code == 0
    assert 'id = "early-years"' in path.read_text(encoding="utf-8")


def test_a_new_rubric_never_overwrites_one(run: Run, workspace: Path) -> None:
    path = workspace / "rubrics" / NAME
    before = path.read_bytes()
    assert run("rubric", "new", path).code == 2
    assert path.read_bytes() == before


def test_a_new_rubric_wants_the_ending_of_its_kind(run: Run, workspace: Path) -> None:
    ran = run("rubric", "new", workspace / "rubric.txt")
    assert ran.code == 2
    assert "rubric.toml" in ran.err


def test_a_rubric_is_shown_as_the_auditor_will_see_it(run: Run, workspace: Path) -> None:
    ran = run("rubric", "show", workspace / "rubrics" / NAME)
    assert ran.code == 0
    assert "26 criteria in 7 themes, weight 59" in ran.out
    assert "Asked where “Known to social care” is one of" in " ".join(ran.out.split())
    assert all(len(line) <= 80 for line in ran.out.split("\n"))


def test_the_blank_form_has_a_box_for_every_level_and_the_ids(run: Run, workspace: Path) -> None:
    ran = run("rubric", "show", "--form", workspace / "rubrics" / NAME)
    assert ran.code == 0
    assert ran.out.count("☐ 4 Strong") == 26
    assert "(checks.agreed-together)" in ran.out


def second_version(workspace: Path) -> Path:
    """A copy of the shipped rubric with another question and a higher version."""
    text = (workspace / "rubrics" / NAME).read_text(encoding="utf-8")
    changed = text.replace('version = "1.0.0"', 'version = "1.1.0"', 1).replace(
        "Would someone who has never met this child recognise them from the plan?",
        "Would a stranger recognise this child from the plan?",
    )
    assert changed != text
    path = workspace / "next.toml"
    path.write_text(changed, encoding="utf-8")
    return path


def test_a_difference_is_told_in_words(run: Run, workspace: Path) -> None:
    ran = run("rubric", "diff", workspace / "rubrics" / NAME, second_version(workspace))
    assert ran.code == 0
    assert "1.0.0 → 1.1.0" in ran.out
    assert "Would a stranger recognise" in ran.out


def test_publishing_first_says_what_it_does_and_asks_who_read_the_sources(
    run: Run, workspace: Path
) -> None:
    ran = run("rubric", "publish", workspace / "rubrics" / NAME)
    assert ran.code == 2
    assert "first version of peer-findings" in ran.out
    assert "--read-by ROLE --read-on DATE" in ran.err


def test_a_published_version_cannot_be_changed_or_published_again(
    run: Run, workspace: Path
) -> None:
    path = workspace / "rubrics" / NAME
    told = ("--read-by", "SEND lead", "--read-on", "today")
    assert "is published" in run("rubric", "publish", path, *told).out
    assert run("rubric", "publish", path, *told).code == 2
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "Peer findings"', 'title = "Other"'), encoding="utf-8")
    ran = run("rubric", "publish", path, *told)
    assert ran.code == 2
    assert "changed after it was frozen" in ran.err


def test_a_new_version_says_what_it_does_to_trends(run: Run, workspace: Path) -> None:
    told = ("--read-by", "SEND lead", "--read-on", "today")
    run("rubric", "publish", workspace / "rubrics" / NAME, *told)
    ran = run("rubric", "publish", second_version(workspace), *told)
    assert ran.code == 0
    assert "breaks" in ran.out
    assert "1.1.0 is published" in ran.out


def test_a_rubric_goes_to_a_sheet_and_comes_back_the_same(run: Run, workspace: Path) -> None:
    sheet, back = workspace / "sheet.xlsx", workspace / "back.toml"
    assert run("rubric", "to-sheet", workspace / "rubrics" / NAME, sheet).code == 0
    assert run("rubric", "from-sheet", sheet, back).code == 0
    ran = run("rubric", "diff", workspace / "rubrics" / NAME, back)
    assert "nothing but the version differs" in ran.out or ran.out.count("\n") == 1


def test_neither_sheet_nor_draft_overwrites(run: Run, workspace: Path) -> None:
    path = workspace / "rubrics" / NAME
    (workspace / "sheet.csv").write_text("mine", encoding="utf-8")
    assert run("rubric", "to-sheet", path, workspace / "sheet.csv").code == 2
    assert (workspace / "sheet.csv").read_text(encoding="utf-8") == "mine"
    before = path.read_bytes()
    run("rubric", "to-sheet", path, workspace / "other.csv")
    assert run("rubric", "from-sheet", workspace / "other.csv", path).code == 2
    assert path.read_bytes() == before


def test_the_schema_is_json(run: Run, workspace: Path) -> None:
    del workspace
    ran = run("rubric", "schema")
    assert ran.code == 0
    assert "criteria" in json.loads(ran.out)["properties"]
