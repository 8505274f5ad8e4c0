"""Write docs/findings.md from the shipped rubrics; with --check, only say if it is up to date."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from made_page import made_page

from ehcp_audit.domain.rubric import Rubric, Source
from ehcp_audit.rubric_files import read_rubric

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "findings.md"
WITHOUT = Path(__file__).resolve().with_name("findings_without_criterion.toml")
FIRST = "peer-findings"
HEAD = """# Findings

What inspectors and reviewers found, and the criteria of the shipped rubrics that ask about it.
Made from the rubric files (`make pages`). The findings are in our
words; where a source only points near the question, the finding says so. Paragraphs are counted
from the first under a heading, bullets apart from paragraphs.
"""
ORDINALS = ("opening", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

Place = tuple[str, str, str]  # source, place in it, finding


@dataclass(frozen=True)
class Without:
    """A finding that no criterion answers, and the reason."""

    source: str
    at: str
    finding: str
    why: str


def rubrics() -> list[Rubric]:
    """Return the shipped rubrics, the core first."""
    read = [read_rubric(path).rubric for path in sorted((ROOT / "rubrics").glob("*.toml"))]
    return sorted(read, key=lambda rubric: (rubric.id != FIRST, rubric.title))


def answered(shipped: Iterable[Rubric]) -> dict[Place, list[str]]:
    """Return, for each finding, the criteria that answer it as `Rubric: Title, Title`."""
    found: dict[Place, list[str]] = {}
    for rubric in shipped:
        titles: dict[Place, list[str]] = {}
        for criterion in rubric.criteria:
            for finding in criterion.findings:
                place = (finding.source, finding.at, finding.text)
                titles.setdefault(place, []).append(criterion.title)
        for place, named in titles.items():
            found.setdefault(place, []).append(f"*{rubric.title}*: {', '.join(named)}")
    return found


def unanswered(table: dict[str, list[dict[str, str]]]) -> list[Without]:
    """Return the findings kept beside this script."""
    return [Without(**entry) for entry in table["findings"]]


def place_key(at: str, headings: list[str]) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Return what sorts a place in its source: its heading, then words and numbers in order."""
    heading = next((n for n, name in enumerate(headings) if at.startswith(name)), len(headings))
    parts = re.findall(r"\d+|[^\W\d]+", at)
    return heading, tuple(_part_key(part) for part in parts)


def _part_key(part: str) -> tuple[int, int, str]:
    if part.isdecimal():
        return (0, int(part), "")
    if part in ORDINALS:
        return (0, ORDINALS.index(part), "")
    return (1, 0, part.removesuffix("s"))


def row(*cells: str) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def page() -> str:
    """Return the page as it should be."""
    table = tomllib.loads(WITHOUT.read_text(encoding="utf-8"))
    shipped = rubrics()
    sources = {source.id: source for rubric in shipped for source in rubric.sources}
    found, without = answered(shipped), unanswered(table)
    parts = [HEAD, "\n## The rubrics\n\n", row("Rubric", "What it asks", "Criteria", "Weight")]
    parts.append("|---|---|--:|--:|\n")
    parts.extend(
        row(
            f"[{rubric.title}](../rubrics/{rubric.id}.toml)",
            rubric.summary,
            str(len(rubric.criteria)),
            str(sum(criterion.weight for criterion in rubric.criteria)),
        )
        for rubric in shipped
    )
    parts.append("\nWhich of the criteria are asked of a plan follows from its facts.\n")
    ordered = [
        (sources[entry["id"]], list(entry.get("headings", ()))) for entry in table["sources"]
    ]
    parts.append("\n## Findings and the criteria that answer them\n")
    for source, headings in ordered:
        parts.extend(_answered_table(source, headings, found))
    parts.append("\n## Findings with no criterion\n\n")
    parts.extend(f"- **{key}**: {says}.\n" for key, says in table["why"].items())
    for source, headings in ordered:
        parts.extend(_unanswered_table(source, headings, without))
    return "".join(parts)


def _answered_table(
    source: Source, headings: list[str], found: dict[Place, list[str]]
) -> Iterable[str]:
    yield f"\n### {source.title}\n\n{source.by}, {source.date}.\n\n"
    yield row("Where", "What it says, in our words", "Criteria") + "|---|---|---|\n"
    places = [place for place in found if place[0] == source.id]
    for place in sorted(places, key=lambda place: place_key(place[1], headings)):
        yield row(place[1], place[2], "; ".join(found[place]))


def _unanswered_table(source: Source, headings: list[str], without: list[Without]) -> Iterable[str]:
    yield f"\n### No criterion: {source.title}\n\n"
    yield row("Where", "What it says, in our words", "Why not") + "|---|---|---|\n"
    here = [finding for finding in without if finding.source == source.id]
    for finding in sorted(here, key=lambda finding: place_key(finding.at, headings)):
        yield row(finding.at, finding.finding, finding.why)


if __name__ == "__main__":
    sys.exit(made_page(PAGE, page))
