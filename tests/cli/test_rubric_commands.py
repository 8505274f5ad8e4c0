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
    assert "Asked where Known to social care is" in " ".join(ran.out.split())
    assert all(len(line) <= 80 for line in ran.out.split("\n"))


def test_the_blank_form_has_a_box_for_every_level_and_the_ids(run: Run, workspace: Path) -> None:
    ran = run("rubric", "show", "--form", workspace / "rubrics" / NAME)
    assert ran.code == 0
    assert ran.out.count("☐ 4 Strong") == 26
    assert "(checks.agreed-together)" in ran.out
