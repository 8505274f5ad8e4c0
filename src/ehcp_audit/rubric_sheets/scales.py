"""The scale of a council's sheet: told by the names of its columns, and proposed as levels."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ehcp_audit.rubric_sheets.drafts import Draft, Noted
from ehcp_audit.rubric_sheets.naming import Ids

# How good a level is, from 0 to 100, by the words that audit tools use for it.
_RANKS: Final[dict[int, str]] = {
    0: "no|red|not met|unmet|inadequate|absent|missing|not evident|not evidenced in plan|none|poor"
    "|not in place|unacceptable|unsatisfactory|weak|not achieved|does not meet|not compliant"
    "|non compliant|fail|not at all|nothing|not yet",
    25: "limited|below|below standard|below expectations|working towards|emerging|basic|minimal"
    "|bronze",
    40: "partly|partial|partially|partly met|partially met|part met|some|amber|developing"
    "|requires improvement|needs improvement|needs work|fair|partially evident|partly in place"
    "|to some extent|inconsistent",
    60: "mostly|mostly met|largely met|acceptable|adequate|satisfactory|substantially met"
    "|sufficient|silver|competent",
    75: "met|meets|fully met|yes|green|good|secure|established|evident|in place|achieved"
    "|compliant|pass|fully|meets expectations|meets standard|expected|full",
    90: "very good|strong|strength|exceeds|exceeded|exceeding|exceeds expectations|above|embedded"
    "|above expectations|gold|blue",
    100: "outstanding|excellent|exemplary|best practice|exceptional",
}
_RANK_OF: Final = {name: rank for rank, names in _RANKS.items() for name in names.split("|")}
_LETTERS: Final = {"r": "Red", "a": "Amber", "g": "Green", "b": "Blue", "y": "Yes", "n": "No"}
_NOT_A_LEVEL: Final = frozenset(("n a", "na", "not applicable", "n a or blank", "not relevant"))
_MEETING: Final = 70
_LARGEST: Final = 10
_SYMBOLS: Final = {2: "✗✓", 3: "✗◑●", 4: "✗◔◑●", 5: "✗◔◑◕●"}
_DIGITS: Final = "1234567890"
_NUMBER = re.compile(r"(?:level|score|grade|rating|band)?\s*(\d{1,2})(?:\s+(?:to\s+)?(\d{1,2}))?\b")
_RANGE = re.compile(r"\b([01])\s*(?:-|–|—|to)\s*(\d{1,2})\b")
_NEAR: Final = 0.88
_RATING: Final = re.compile(
    r"\b(rag|brag|rating|score|scored|scoring|judgement|judgment|grade|rate|result|outcome"
    r"|answer|response|compliance|met|y n|yes no)\b"
)
FOUR_WORDS: Final = ("Not met", "Partly", "Meets", "Strong")


@dataclass(frozen=True)
class Named:
    """One level as a sheet names it; `rank` from 0 to 100 where its words tell it."""

    label: str
    rank: float | None = None
    number: int | None = None
    column: int | None = None


def words_of(cell: str) -> str:
    """Return a name in small letters with single spaces and no punctuation."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", cell.lower()).split())


def level_named(cell: str, column: int | None = None) -> Named | None:
    """Return the level that a column name is, or None where it names none."""
    label = " ".join(cell.split())
    words = words_of(label)
    if not words or words in _NOT_A_LEVEL or len(label) > 40:  # noqa: PLR2004
        return None
    match = _NUMBER.match(words)
    number = int(match[1]) if match else None
    rest = words[match.end() :].strip() if match else words
    for phrase in _phrases(label, rest, words):
        rank = _rank(phrase)
        if rank is not None:
            return Named(label, rank, number, column)
    if number is not None and not rest and number <= _LARGEST:
        return Named(label, None, number, column)
    return None


def levels_offered(cell: str) -> tuple[Named, ...]:
    """Return the levels that the name of a single column offers, such as “RAG” or “Score (1-10)”.

    Empty where the name offers none.
    """
    words = words_of(cell)
    if re.search(r"\bb?rag\b", words):
        return tuple(_known(word) for word in ("Red", "Amber", "Green"))
    if match := _RANGE.search(cell):
        first, last = int(match[1]), int(match[2])
        if first < last <= _LARGEST and last - first < _LARGEST:
            return tuple(Named(str(number), None, number) for number in range(first, last + 1))
    if re.search(r"\b(y n|yes no)\b", words):
        partly = (_known("Partly"),) if re.search(r"\bpart(ly|ial|ially)?\b", words) else ()
        return (_known("No"), *partly, _known("Yes"))
    parts = [part.strip(" ()") for part in re.split(r"[/|,;]", cell.rpartition(":")[2])]
    named = [level for level in map(level_named, parts) if level is not None]
    return in_order(named) if 1 < len(named) == len(parts) else ()


def is_rating(cell: str) -> bool:
    """Whether a column name is that of the place where a judgement is entered."""
    return _RATING.search(words_of(cell)) is not None


def from_letters(named: Iterable[Named]) -> tuple[Named, ...]:
    """Return levels with single letters spelt out: R, A and G; Y and N."""
    return tuple(
        Named(_LETTERS[level.label.lower()], _rank(_LETTERS[level.label.lower()].lower()))
        if level.label.lower() in _LETTERS
        else level
        for level in named
    )


def in_order(named: Sequence[Named]) -> tuple[Named, ...]:
    """Return levels from the worst to the best: by their words, else by their numbers.

    Levels whose words say nothing stay where they are between the others, and the whole is
    turned round where the words that are known run from the best to the worst.
    """
    known = [level.rank for level in named if level.rank is not None]
    if len(known) == len(named) and len(set(known)) == len(known):
        return tuple(sorted(named, key=lambda level: level.rank or 0))
    if len(known) > 1:
        return tuple(named) if known[0] <= known[-1] else tuple(reversed(named))
    if all(level.number is not None for level in named):
        return tuple(sorted(named, key=lambda level: level.number or 0))
    return tuple(named)


def proposed_scale(named: Sequence[Named], note: str) -> Draft:
    """Return a `[scale]` for levels from the worst to the best."""
    ids = Ids()
    count = len(named)
    symbols = _SYMBOLS.get(count, _DIGITS)
    levels = []
    for place, level in enumerate(named):
        levels.append(
            {
                "id": ids.make(level.label, f"level{place + 1}", mark="_"),
                "label": level.label,
                "symbol": symbols[place],
                "points": _points(named, place),
                "meaning": f"TODO say in a few words what “{level.label}” means",
            }
        )
    return {
        "met_from": Noted(
            levels[_meeting(named)]["id"], "TODO is a criterion met from this level on?"
        ),
        "levels": Noted(levels, note),
        "not_applicable": "The question does not arise for this plan",
        "not_evidenced": "You could not look: the paper was missing or you had no access",
    }


def proposed_grades(count: int) -> Any:
    """Return grades for a scale of `count` levels: three words for a short one, four else."""
    grades: list[Draft] = [
        {"id": "good", "label": "Good", "at_least": 0.8},
        {"id": "requires_improvement", "label": "Requires improvement", "at_least": 0.5},
        {"id": "inadequate", "label": "Inadequate", "at_least": 0.0},
    ]
    if count > 3:  # noqa: PLR2004
        grades.insert(0, {"id": "outstanding", "label": "Outstanding", "at_least": 0.9})
    return Noted(grades, "TODO these grades are a proposal: agree the words and the thresholds.")


def _phrases(label: str, rest: str, words: str) -> Iterable[str]:
    yield rest
    yield words
    yield re.sub(r"\s*\d+\s*(points?|marks?)?$", "", words)
    for piece in re.split(r"\s[-–—]\s|[:(=]", label):
        yield re.sub(r"^\d+\s*", "", words_of(piece))


def _rank(phrase: str) -> float | None:
    if phrase in _RANK_OF:
        return _RANK_OF[phrase]
    if len(phrase) > 4:  # noqa: PLR2004
        near = difflib.get_close_matches(phrase, _RANK_OF, n=1, cutoff=_NEAR)
        if near:
            return _RANK_OF[near[0]]
    return None


def _known(word: str) -> Named:
    return Named(word, _RANK_OF[word.lower()])


def _points(named: Sequence[Named], place: int) -> float:
    """Numbers earn their share of the highest (7 of 10 is 0.7); words are spaced evenly."""
    highest = named[-1].number
    number = named[place].number
    if highest and highest > 4 and number is not None:  # noqa: PLR2004
        return round(number / highest, 2)
    return round(place / (len(named) - 1), 2)


def _meeting(named: Sequence[Named]) -> int:
    for place, level in enumerate(named):
        if place and level.rank is not None and level.rank >= _MEETING:
            return place
    count = len(named)
    return count - 1 if count <= 3 else max(1, round((count - 1) * 0.7))  # noqa: PLR2004
