"""Rubric files at random, sound by the way they are made, and as TOML in two layouts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ehcp_audit.domain.rubric import AGENCIES

Table = dict[str, Any]

# What people type, with all that TOML has to escape.
_CHARACTERS = st.one_of(
    st.sampled_from("\"\\'#[]{}=,.\t é—“”"),
    st.characters(exclude_categories=("C", "Z")),
)
_WORDS = st.text(_CHARACTERS, min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
_LINE = st.text(_CHARACTERS, max_size=30)
_ROUTE = {
    "id": "local.route",
    "label": "Route",
    "kind": "choice",
    "ordered": True,
    "choices": [{"id": "usual", "label": "Usual"}, {"id": "fast", "label": "Fast", "key": "x"}],
}
_VISIT = {"id": "local.visit", "label": "Visit", "kind": "date", "help": "The first"}
# Each of another fact, so that no two of them contradict each other.
_COMPARISONS: list[Table] = [
    {"fact": "plan_kind", "not_in": ["draft", "ordered"]},
    {"fact": "known_to_health", "is_not": "no"},
    {"fact": "primary_need", "in": ["SEMH", "SLCN"]},
    {"fact": "year_group", "at_least": "9"},
    {"fact": "seen", "has": "advice"},
    {"fact": "team", "is": "North"},
    {"fact": "plan_age_months", "at_most": 30},
    {"fact": "local.route", "at_least": "fast"},
]


@st.composite
def _condition(draw: st.DrawFn) -> Table:
    parts = draw(
        st.lists(
            st.sampled_from(_COMPARISONS), min_size=1, max_size=4, unique_by=lambda c: c["fact"]
        )
    )
    if len(parts) == 1:
        return parts[0]
    group, inner = draw(st.permutations(("all", "any")))
    return {group: [parts[0], {inner: parts[1:]}]}


@st.composite
def _scale(draw: st.DrawFn) -> Table:
    count = draw(st.integers(2, 10))
    points = sorted(draw(st.lists(st.integers(0, 100), min_size=count, max_size=count)))
    points[0], points[-1] = 0, max(points[-1], 1)
    return {
        "levels": [
            {
                "id": f"l{number}",
                "label": f"Level {number}",
                "symbol": "abcdefghij"[number],
                "points": points[number] / 100,
                "meaning": draw(_WORDS),
            }
            for number in range(count)
        ],
        "met_from": f"l{draw(st.integers(1, count - 1))}",
        "not_applicable": draw(_WORDS),
        "not_evidenced": draw(_WORDS),
    }


@st.composite
def _criterion(draw: st.DrawFn, number: int, themes: int, levels: list[str]) -> Table:
    agency = draw(st.sampled_from(AGENCIES))
    some_levels = st.lists(st.sampled_from(levels), unique=True)
    criterion = draw(
        st.fixed_dictionaries(
            {"question": _WORDS},
            optional={
                "guidance": st.text(st.one_of(_CHARACTERS, st.just("\n")), max_size=40),
                "sections": st.lists(st.sampled_from("ABCDEFG"), min_size=1, unique=True),
                "evidence_at": some_levels,
                "ask_cause": st.booleans(),
                "law": _WORDS,
                "on_lowest": _LINE,
                "applies_when": _condition(),
                "examples": st.lists(_WORDS, max_size=3),
                "scored_by": st.permutations(AGENCIES),
                "findings": st.just([{"source": "s", "at": "p. 1", "finding": "So it is"}]),
            },
        )
    )
    criterion |= {
        "id": f"c.{number}",
        "theme": f"t{number % themes}",
        "title": f"Title {number}",
        "agency": agency,
        "levels": {level: draw(_WORDS) for level in levels},
    }
    kind = (
        "graded" if number < themes else draw(st.sampled_from(("graded", "measured", "computed")))
    )
    if kind == "graded":
        criterion |= {"weight": draw(st.integers(1, 100)), "limiting": number == 0}
    elif kind == "measured":
        criterion["measured"] = True
    else:
        unit = draw(st.sampled_from(("within_days", "within_weeks", "within_months")))
        count = draw(st.integers(1, 100))
        criterion["computed"] = {"from": "request_date", "to": "local.visit", unit: count}
    return criterion


@st.composite
def rubric_tables(draw: st.DrawFn) -> Table:
    """Return the parsed content of a sound rubric file."""
    scale = draw(_scale())
    levels = [level["id"] for level in scale["levels"]]
    themes = draw(st.integers(1, 3))
    bounds = draw(st.lists(st.integers(1, 1000), max_size=4, unique=True))
    grades = [*sorted(bounds, reverse=True), 0]
    criteria = draw(st.integers(themes, themes + 5))
    limits = [
        {"when": {"limiting": 1, "at": levels[0]}, "says": "{criterion} {count}"},
        {"when": {"criterion": "c.0", "at": levels[0]}, "says": "{criterion}"},
        {"when": {"theme_below": 0.35}, "says": "{theme} {share}"},
    ]
    kept = draw(st.lists(st.sampled_from(range(3)), unique=True)) if len(grades) > 1 else []
    return {
        "id": "random",
        "version": "1.0.0",
        "title": draw(_WORDS),
        "summary": draw(_LINE),
        "effective_from": draw(st.dates(date(2020, 1, 1), date(2030, 1, 1))),
        "scale": scale,
        "causes": {"late": draw(_WORDS)},
        "sources": {"s": {"title": draw(_WORDS), "by": draw(_LINE)}},
        "themes": [{"id": f"t{number}", "title": f"Theme {number}"} for number in range(themes)],
        "grades": [
            {"id": f"g{number}", "label": f"Grade {number}", "at_least": bound / 1000}
            for number, bound in enumerate(grades)
        ],
        "limits": [
            {"id": f"limit-{number}", "no_better_than": f"g{len(grades) - 1}", **limits[number]}
            for number in kept
        ],
        "facts": [_ROUTE, _VISIT],
        "retired": [{"id": "old", "since": "0.9", "why": draw(_WORDS), "replaced_by": ["c.0"]}],
        "criteria": [draw(_criterion(number, themes, levels)) for number in range(criteria)],
    }


def as_toml(tables: Table, *, headings: bool) -> str:
    """Return content as TOML: tables under headings, or all in braces on one line a key."""
    lines = [f"{key} = {_value(value)}" for key, value in tables.items() if not _headed(value)]
    for key, value in tables.items():
        if not _headed(value):
            continue
        if not headings:
            lines.append(f"{key} = {_value(value)}")
        for part in value if headings and isinstance(value, list) else []:
            lines += [f"[[{key}]]", *(f"{name} = {_value(one)}" for name, one in part.items())]
        if headings and isinstance(value, dict):
            lines += [f"[{key}]", *(f"{name} = {_value(one)}" for name, one in value.items())]
    return "\n".join(lines) + "\n"


def _headed(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
