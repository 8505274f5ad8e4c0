import json
from pathlib import Path


def test_every_measure_is_defined_on_one_page(run, example: Path) -> None:
    ran = run("report", "definitions")
    assert ran.code == 0
    assert "Plans graded Good or Outstanding ÷ plans graded." in ran.out
    assert "at least 80% of that theme's scored weight is at Meets or better" in ran.out
    shape = json.loads(run("report", "definitions", "--format", "json").out)
    ids = {each["id"] for each in shape["definitions_of"]}
    assert {"good-or-better", "theme:voice", "agency:health", "criterion:voice.own-views"} <= ids


def test_a_rubric_without_audits_is_told(run, example: Path) -> None:
    ran = run("report", "definitions", "--rubric", "nope")
    assert (ran.code, ran.out) == (2, "")
    assert "peer-findings" in ran.err
