"""Random rubrics that the rubric format allows, built as values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from ehcp_audit.domain.conditions import Comparison, Condition, Every, Operator, Some
from ehcp_audit.domain.facts import FACTS, Fact
from ehcp_audit.domain.rubric import (
    AGENCIES,
    Cause,
    Criterion,
    CriterionAt,
    Finding,
    GradeRule,
    Level,
    Limit,
    LimitingCount,
    Retired,
    Rubric,
    Scale,
    Source,
    Theme,
    ThemeBelow,
)

_SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
_CHARACTERS = st.one_of(
    st.sampled_from("""abc XYZ059 .,;:@=+-'"()[]{}/\\#_%’“”•é\t"""),
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
)


def _texts(most: int, *, least: int = 0, lines: bool = False) -> st.SearchStrategy[str]:
    characters = st.one_of(_CHARACTERS, st.just("\n")) if lines else _CHARACTERS
    return st.text(characters, min_size=least, max_size=most).filter(
        lambda text: not least or bool(text.strip())
    )


_one_line = _texts(30)
_sentences = _texts(40, least=1)
_ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
_level_ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
_shares = st.floats(0, 1).map(lambda number: Fraction(str(number)))
_dates = st.none() | st.dates(date(1990, 1, 1), date(2150, 1, 1))


def _several(each: st.SearchStrategy, least: int, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=least, max_size=most, unique=True)


_CHOICE = [fact for fact in FACTS if fact.kind == "choice"]
_CODES = [fact for fact in FACTS if fact.kind == "code"]


@st.composite
def _comparisons(draw: st.DrawFn) -> Comparison:
    kind = draw(st.sampled_from(("choice", "several", "ordered", "derived", "code")))
    if kind == "several":
        return Comparison("seen", "has", (draw(st.sampled_from(("advice", "review"))),))
    bound: Operator = draw(st.sampled_from(("at_least", "at_most")))
    if kind == "ordered":
        return Comparison("year_group", bound, (draw(st.sampled_from(("9", "EY", "19-25"))),))
    if kind == "derived":
        return Comparison("plan_age_months", bound, (str(draw(st.integers(0, 999))),))
    operator: Operator = draw(st.sampled_from(("is", "is_not", "in", "not_in")))
    fact: Fact = draw(st.sampled_from(_CHOICE if kind == "choice" else _CODES))
    values = st.sampled_from(fact.choice_ids()) if kind == "choice" else _sentences
    most = 3 if operator in ("in", "not_in") else 1
    return Comparison(fact.id, operator, tuple(draw(st.lists(values, min_size=1, max_size=most))))


def conditions() -> st.SearchStrategy[Condition]:
    """Return conditions of any shape that a rubric file allows."""

    def grouped(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.one_of(several.map(Every), several.map(Some))

    return st.recursive(_comparisons(), grouped, max_leaves=6)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Return rubrics with every key that a file may hold."""
    scale = draw(_scales())
    numbers = [level.number for level in scale.levels]
    themes = tuple(
        Theme(theme_id, title)
        for theme_id, title in zip(
            draw(_several(_ids, 2, 2)), draw(_several(_texts(20, least=1), 2, 2)), strict=True
        )
    )
    sources = tuple(
        Source(source_id, draw(_sentences), draw(_one_line), draw(_one_line))
        for source_id in draw(_several(_ids, 0, 2))
    )
    causes = tuple(
        Cause(cause_id, draw(_texts(20, least=1))) for cause_id in draw(_several(_level_ids, 0, 2))
    )
    ids = draw(_several(_ids.filter(lambda each: each != "grade"), 3, 3))
    titles = draw(_several(_texts(20, least=1), 3, 3))
    criteria = tuple(
        draw(
            _criteria(
                ids[n],
                titles[n],
                theme=themes[n % 2].id,
                numbers=numbers,
                sources=sources,
                causes=bool(causes),
            )
        )
        for n in range(3)
    )
    grades = (
        GradeRule(
            "best",
            draw(_texts(20, least=1)),
            Fraction("0.75"),
            draw(st.none() | st.tuples(st.sampled_from(numbers), _shares)),
            tuple(sorted(draw(_several(st.sampled_from(numbers), 0, 2)))),
        ),
        GradeRule("rest", "The rest", Fraction(0)),
    )
    return Rubric(
        id=draw(_ids),
        version=draw(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,8}", fullmatch=True)),
        title=draw(_texts(40, least=1)),
        summary=draw(_texts(60, lines=True)),
        owner=draw(_one_line),
        hash="",
        effective_from=draw(_dates),
        law_as_at=draw(_dates),
        scale=scale,
        themes=themes,
        criteria=criteria,
        grades=grades,
        limits=draw(_limits(numbers, ids, sum(each.limiting for each in criteria))),
        needs_scored_weight=draw(_shares),
        needs_limiting_scored=draw(st.booleans()),
        ungraded_says="{scored} of {applicable}",
        theme_met_at=draw(_shares),
        causes=causes,
        sources=sources,
        effective_to=draw(_dates),
        retired=tuple(
            Retired(old, "1.1", draw(_sentences), tuple(ids[:1]))
            for old in draw(_several(_ids.filter(lambda each: each not in ids), 0, 1))
        ),
    )


@st.composite
def _scales(draw: st.DrawFn) -> Scale:
    ids = draw(_several(_level_ids, 2, 10))
    labels = draw(_several(_texts(15, least=1), len(ids), len(ids)))
    points = sorted(draw(st.lists(_shares, min_size=len(ids), max_size=len(ids))))
    points[-1] = Fraction(1)
    levels = tuple(
        Level(number, level_id, label, symbol, earned, meaning)
        for number, (level_id, label, symbol, earned, meaning) in enumerate(
            zip(
                ids,
                labels,
                "=+-'✗◔◑●◕@"[: len(ids)],
                points,
                draw(st.lists(_sentences, min_size=len(ids), max_size=len(ids))),
                strict=True,
            ),
            start=1,
        )
    )
    return Scale(levels, draw(st.integers(2, len(ids))), draw(_sentences), draw(_sentences))


@st.composite
def _criteria(
    draw: st.DrawFn,
    criterion_id: str,
    title: str,
    *,
    theme: str,
    numbers: list[int],
    sources: tuple[Source, ...],
    causes: bool,
) -> Criterion:
    agency = draw(st.sampled_from(AGENCIES))
    others = [each for each in AGENCIES if each != agency]
    scored_by = draw(st.permutations([agency, *draw(_several(st.sampled_from(others), 0, 2))]))
    texts = st.lists(_sentences, min_size=len(numbers), max_size=len(numbers))
    findings = st.builds(
        Finding, st.sampled_from([each.id for each in sources] or [""]), _sentences, _sentences
    )
    return Criterion(
        id=criterion_id,
        theme=theme,
        title=title,
        question=draw(_sentences),
        guidance=draw(_texts(60, lines=True)),
        levels=tuple(draw(texts)),
        sections=tuple(draw(_several(st.sampled_from(_SECTIONS), 0, 4))),
        agency=agency,
        scored_by=tuple(scored_by),
        weight=draw(st.integers(1, 100)),
        limiting=draw(st.booleans()),
        evidence_at=tuple(sorted(draw(_several(st.sampled_from(numbers), 0, 3)))),
        ask_cause=causes and draw(st.booleans()),
        law=draw(_one_line),
        on_lowest=draw(_one_line),
        applies_when=draw(st.none() | conditions()),
        findings=tuple(draw(st.lists(findings, max_size=3))) if sources else (),
        examples=tuple(draw(st.lists(_sentences, max_size=2))),
    )


@st.composite
def _limits(
    draw: st.DrawFn, numbers: list[int], criteria: list[str], limiting: int
) -> tuple[Limit, ...]:
    level = draw(st.sampled_from(numbers))
    forms: list[Any] = [
        CriterionAt(draw(st.sampled_from(criteria)), level),
        ThemeBelow(draw(_shares), draw(st.integers(1, 5))),
    ]
    if limiting:
        forms.append(LimitingCount(draw(st.integers(1, limiting)), level))
    chosen = draw(st.lists(st.sampled_from(forms), max_size=3, unique=True))
    return tuple(
        Limit(f"limit-{number}", form, "rest", "It is so.") for number, form in enumerate(chosen)
    )
