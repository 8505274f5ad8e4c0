"""The page of findings says what the rubric files say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from ehcp_audit.domain.rubric import Rubric

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPTS = _ROOT / "scripts"
_WITHOUT = tomllib.loads((_SCRIPTS / "findings_without_criterion.toml").read_text("utf-8"))


def test_the_page_is_what_the_rubrics_say() -> None:
    """`.venv/bin/python scripts/findings_page.py` writes it anew."""
    script = _SCRIPTS / "findings_page.py"
    outcome = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert outcome.returncode == 0


def test_every_source_that_a_rubric_cites_is_on_the_page(shipped: dict[str, Rubric]) -> None:
    cited = {source.id for rubric in shipped.values() for source in rubric.sources}
    assert {entry["id"] for entry in _WITHOUT["sources"]} == cited


def test_every_finding_on_the_page_names_its_criteria(shipped: dict[str, Rubric]) -> None:
    page = (_ROOT / "docs" / "findings.md").read_text("utf-8")
    for rubric in shipped.values():
        for criterion in rubric.criteria:
            for finding in criterion.findings:
                line = next(
                    line
                    for line in page.splitlines()
                    if f"| {finding.at} | {finding.text} |" in line
                )
                assert rubric.title in line
                assert criterion.title in line


def test_each_finding_without_a_criterion_has_a_source_a_place_and_a_reason() -> None:
    sources = {entry["id"] for entry in _WITHOUT["sources"]}
    for entry in _WITHOUT["findings"]:
        assert entry["source"] in sources
        assert entry["at"]
        assert entry["finding"]
        assert entry["why"] in _WITHOUT["why"]


def test_no_place_is_listed_twice_without_a_criterion() -> None:
    places = [(entry["source"], entry["at"]) for entry in _WITHOUT["findings"]]
    assert len(places) == len(set(places))
