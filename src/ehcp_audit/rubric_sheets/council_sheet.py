"""A council's own sheet as a draft: what it says is taken, what it leaves out is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final

from ehcp_audit.domain.questions import GRADE_ID
from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_sheets import cells
from ehcp_audit.rubric_sheets.council_columns import Layout
from ehcp_audit.rubric_sheets.criteria_rows import COLUMNS, LevelColumn, read_criterion
from ehcp_audit.rubric_sheets.drafts import Draft, Noted, plain
from ehcp_audit.rubric_sheets.grids import Grid
from ehcp_audit.rubric_sheets.naming import Ids
from ehcp_audit.rubric_sheets.scales import (
    FOUR_WORDS,
    level_named,
    proposed_grades,
    proposed_scale,
)

_LONGEST_TITLE: Final = 80
_SHORT: Final = 60
_HEAVIEST: Final = 100
_LENGTHS: Final = {"question": 400, "guidance": 2000, "law": 400, "title": 80, "on_lowest": 400}
_LONGEST_LEVEL: Final = 400
_NO_SCALE: Final = (
    "TODO the sheet shows no scale that could be told: these four levels are a proposal. "
    "Describe each of them in every criterion."
)
_CALLED: Final = {"theme_weight": "weight of the section", "evidence": "evidence, in the guidance"}
_TICKS: Final = frozenset(("", "x", "✓", "✔", "y", "n", "yes", "no", "n/a", "na", "☐", "☑", "☒"))


@dataclass(frozen=True)
class _Row:
    """One question of the sheet and the theme it stands under."""

    theme: str
    cells: dict[str, str]
    described: tuple[str, ...]


def draft_from_council(grid: Grid, layout: Layout) -> tuple[Draft, list[str]]:
    """Return the draft that a council's sheet gives, and sentences on how it was read."""
    named = layout.levels or tuple(
        level for word in FOUR_WORDS if (level := level_named(word)) is not None
    )
    scale = proposed_scale(named, _scale_note(layout))
    levels = [
        LevelColumn(level["id"], level["label"], str(number % 10))
        for number, level in enumerate(plain(scale["levels"]), start=1)
    ]
    rows = list(_rows(grid, layout))
    themes, theme_ids = _themes(rows)
    taken = _Taken()
    criteria = [_criterion(row, theme_ids[row.theme], levels, taken) for row in rows]
    _share_theme_weights(criteria, rows)
    _whole_weights(criteria)
    draft: Draft = {
        "scale": scale,
        "grades": proposed_grades(len(named)),
        **_limits(criteria, levels),
        "themes": themes,
        **_sources(criteria),
        "criteria": criteria,
    }
    return draft, _told(grid, layout)


class _Taken:
    """Ids and titles that criteria have already."""

    def __init__(self) -> None:
        self.ids = Ids(frozenset((GRADE_ID,)))
        self.titles: set[str] = set()


def _scale_note(layout: Layout) -> str:
    if not layout.levels:
        return _NO_SCALE
    if layout.guessed:
        return "TODO these columns were taken as the levels, the worst first: check the order."
    return "TODO check the points that each level earns, and say what it means."


def _told(grid: Grid, layout: Layout) -> list[str]:
    header = grid.rows[layout.header]
    read = [
        f"“{one_line(header[column], 40)}” as {_CALLED.get(key) or COLUMNS[key].lower()}"
        for column, key in sorted(layout.keys.items())
    ]
    levels = [
        f"“{one_line(header[level.column], 40)}”"
        for level in layout.levels
        if level.column is not None
    ]
    told = [f"Columns read: {', '.join(read)}."]
    if layout.offered_by:
        told.append(f"The scale is that of the column “{one_line(layout.offered_by, 60)}”.")
    if levels:
        told.append(f"Columns read as levels, the worst first: {', '.join(levels)}.")
    if layout.unused:
        unused = ", ".join(f"“{one_line(name, 40)}”" for name in layout.unused)
        told.append(f"Columns not used: {unused}.")
    return told


def _rows(grid: Grid, layout: Layout) -> Iterator[_Row]:
    """Yield each question; a theme stands until the next, in its own column or row."""
    body = [row for row in grid.rows[layout.header + 1 :] if any(cell.strip() for cell in row)]
    question = layout.column("question")
    headings = _headings(body, layout)
    shown = [level.column for level in layout.levels]
    described = [c for c in shown if c is not None and not _only_ticks(body, c)]
    theme = theme_weight = ""
    for number, row in enumerate(body):
        by_key = {key: row[column].strip() for column, key in layout.keys.items()}
        if number in headings:
            theme = max(row, key=len).strip()
            theme_weight = by_key.get("theme_weight", "") or by_key.get("weight", "")
            continue
        if by_key.get("theme"):
            changed = by_key["theme"] != theme
            theme_weight = by_key.get("theme_weight", "") or ("" if changed else theme_weight)
            theme = by_key["theme"]
        if question is None or not (by_key["question"] or by_key.get("title")):
            continue
        if not by_key["question"]:
            by_key["question"] = by_key["title"]
        by_key["theme_weight"] = theme_weight
        texts = tuple(row[c].strip() if c is not None and c in described else "" for c in shown)
        yield _Row(" ".join(theme.split()), by_key, texts)


def _only_ticks(body: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a level's column is one to tick, and describes nothing."""
    return all(row[column].strip().lower() in _TICKS for row in body)


def _headings(body: Sequence[Sequence[str]], layout: Layout) -> set[int]:
    """Return the rows that only name a theme: all but alone in their row, unlike the others."""
    if layout.column("theme") is not None:
        return set()
    weights = {layout.column("weight"), layout.column("theme_weight")}
    alone = {
        number
        for number, row in enumerate(body)
        if sum(bool(cell.strip()) for column, cell in enumerate(row) if column not in weights) == 1
    }
    if len(alone) == len(body):  # nothing but questions: headings are what asks nothing
        first = [next(cell for cell in row if cell.strip()) for row in body]
        asking = {number for number, cell in enumerate(first) if cell.rstrip().endswith("?")}
        if len(asking) * 2 < len(body):
            return set()
        return {n for n in alone - asking if len(first[n]) <= _LONGEST_TITLE}
    return alone


def _themes(rows: Sequence[_Row]) -> tuple[list[Any], dict[str, str]]:
    ids = Ids()
    themes: list[Any] = []
    by_title: dict[str, str] = {}
    for title in dict.fromkeys(row.theme for row in rows):
        by_title[title] = ids.make(title, "theme")
        shown = _cut(title, _LONGEST_TITLE) or "All questions"
        table: Any = {"id": by_title[title], "title": shown}
        if not title:
            table = Noted(table, "TODO the sheet names no theme here: name one, or several.")
        themes.append(table)
    return themes, by_title


def _criterion(row: _Row, theme: str, levels: Sequence[LevelColumn], taken: _Taken) -> Draft:
    question = " ".join(row.cells["question"].split())
    reference = row.cells.get("id", "")
    if reference:
        made = taken.ids.make_from_reference(reference, f"{theme}.criterion")
    else:
        made = taken.ids.make(" ".join(question.split()[:6]), "criterion", prefix=f"{theme}.")
    by_key = {**row.cells, "id": made, "theme": theme, "question": question}
    evidence = row.cells.get("evidence", "")
    if evidence.lower() not in _TICKS:
        by_key["guidance"] = "\n".join(filter(None, (by_key.get("guidance"), evidence)))
    if (needed := row.cells.get("evidence_at", "")) and cells.yes_or_no(needed) is not None:
        by_key["evidence_at"] = levels[0].id if cells.yes_or_no(needed) else ""
    criterion = read_criterion(by_key, _described(row, levels), levels)
    criterion["title"] = _title(row.cells.get("title", ""), question, taken)
    missing = [
        level.label
        for level, text in zip(levels, row.described or ("",) * len(levels), strict=True)
        if not text
    ]
    if missing:
        labels = ", ".join(missing)
        note = f"TODO say what an auditor would see at each of these levels: {labels}."
        criterion["levels"] = Noted(criterion["levels"], note)
    return _with_lengths(criterion)


def _described(row: _Row, levels: Sequence[LevelColumn]) -> dict[str, str]:
    texts = row.described or ("",) * len(levels)
    return {
        level.id: text or f"TODO {level.label}" for level, text in zip(levels, texts, strict=True)
    }


def _title(given: str, question: str, taken: _Taken) -> Any:
    title = " ".join(given.split())
    short = title or _cut(question.rstrip("?"), _SHORT)
    made, number = short, 2
    while made.lower() in taken.titles:
        made, number = f"{short} ({number})", number + 1
    taken.titles.add(made.lower())
    if title:
        return made
    return Noted(made, "TODO a title of a few words; this is how the question begins.")


def _cut(text: str, most: int) -> str:
    """Return text of at most `most` characters, cut at the end of a word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


def _with_lengths(criterion: Draft) -> Draft:
    """Note the texts that are longer than a rubric file allows."""
    for key, most in _LENGTHS.items():
        value = plain(criterion.get(key, ""))
        if len(value) > most:
            note = f"TODO shorten this: it has {len(value)} characters, and {most} are allowed."
            criterion[key] = Noted(value, note)
    levels = plain(criterion["levels"])
    for level, text in levels.items():
        if len(text) > _LONGEST_LEVEL:
            note = f"TODO shorten this: it has {len(text)} characters, and 400 are allowed."
            levels[level] = Noted(text, note)
    return criterion


def _share_theme_weights(criteria: Sequence[Draft], rows: Sequence[_Row]) -> None:
    """Share the weight of each section out evenly over its criteria, in whole numbers."""
    weights: dict[str, float] = {}
    for row in rows:
        weight = cells.number(row.cells.get("theme_weight", ""))
        if weight is not None and weight > 0:
            weights[row.theme] = weight
    if not weights or set(weights) != {row.theme for row in rows}:
        return
    counts = {theme: sum(row.theme == theme for row in rows) for theme in weights}
    shares = {theme: Fraction(str(weight)) / counts[theme] for theme, weight in weights.items()}
    whole, exact = _in_whole_numbers(list(shares.values()))
    by_theme = dict(zip(shares, whole, strict=True))
    for criterion, row in zip(criteria, rows, strict=True):
        about = "" if exact else "about "
        told = f"{weights[row.theme]:g} over {counts[row.theme]}"
        note = f"The weight of the section, shared out {about}evenly over its criteria: {told}."
        criterion["weight"] = Noted(by_theme[row.theme], note)


def _whole_weights(criteria: Sequence[Draft]) -> None:
    """Make whole numbers of weights given as percentages or decimals, in the same proportion."""
    weights = [plain(criterion.get("weight")) for criterion in criteria]
    read = [cells.number(str(weight)) for weight in weights]
    given = [value for value in read if value is not None and value > 0]
    if all(isinstance(weight, int) for weight in weights) or len(given) < len(criteria):
        return
    whole, _ = _in_whole_numbers([Fraction(str(value)) for value in given])
    for criterion, weight, value in zip(criteria, whole, given, strict=True):
        criterion["weight"] = Noted(weight, f"In the sheet {value:g}; the proportions are kept.")


def _in_whole_numbers(shares: Sequence[Fraction]) -> tuple[list[int], bool]:
    """Return whole numbers from 1 to 100 in the proportion of the shares, and whether exactly."""
    scale = lcm(*(share.denominator for share in shares))
    whole = [int(share * scale) for share in shares]
    common = gcd(*whole)
    whole = [number // common for number in whole]
    if max(whole) <= _HEAVIEST:
        return whole, True
    return [max(1, round(number * _HEAVIEST / max(whole))) for number in whole], False


def _limits(criteria: Sequence[Draft], levels: Sequence[LevelColumn]) -> Draft:
    if not any(plain(criterion.get("limiting")) is True for criterion in criteria):
        return {}
    limit = {
        "id": "one-limiting",
        "when": {"limiting": 1, "at": levels[0].id},
        "no_better_than": "requires_improvement",
        "says": "{criterion} is at the lowest level.",
    }
    return {"limits": Noted([limit], "TODO this limit is a proposal: agree what it should do.")}


def _sources(criteria: Sequence[Draft]) -> Draft:
    named = [
        str(plain(finding)["source"])
        for criterion in criteria
        for finding in criterion.get("findings", ())
    ]
    ids = dict.fromkeys(name.lower() for name in named)
    return {"sources": {name: {"title": f"TODO name the source {name}"} for name in ids}}
