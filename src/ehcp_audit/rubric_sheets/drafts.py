"""A draft: the tables and keys of a rubric file as plain values, with notes for its editor.

Keys stand in the order of the file. A value wrapped in `Noted` is written with a comment above
it. A draft may hold what the check of the file will refuse: the editor then sees it in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ehcp_audit.domain.conditions import Comparison, Condition, Every
from ehcp_audit.domain.facts import DERIVED, Fact
from ehcp_audit.domain.rubric import (
    Criterion,
    CriterionAt,
    GradeRule,
    Limit,
    LimitingCount,
    Rubric,
)
from ehcp_audit.domain.time_limits import TimeLimit

Draft = dict[str, Any]


@dataclass(frozen=True)
class Noted:
    """A value and the sentence that stands above it as a comment."""

    value: Any
    note: str


def plain(value: Any) -> Any:
    """Return a value without its note."""
    return value.value if isinstance(value, Noted) else value


def draft_from_rubric(rubric: Rubric) -> Draft:
    """Return the tables and keys of the file that describes this rubric."""
    levels = [level.id for level in rubric.scale.levels]
    identity = {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "summary": rubric.summary,
        "owner": rubric.owner,
        "effective_from": rubric.effective_from,
        "effective_to": rubric.effective_to,
        "law_as_at": rubric.law_as_at,
    }
    return {
        **_given(identity),
        "scale": {
            "met_from": levels[rubric.scale.met_from - 1],
            "levels": [
                {
                    "id": level.id,
                    "label": level.label,
                    "symbol": level.symbol,
                    "points": decimal(level.points),
                    "meaning": level.meaning,
                }
                for level in rubric.scale.levels
            ],
            "not_applicable": rubric.scale.not_applicable,
            "not_evidenced": rubric.scale.not_evidenced,
        },
        "grades": [_grade(grade, levels) for grade in rubric.grades],
        "limits": [_limit(limit, levels) for limit in rubric.limits],
        "grading": {
            "needs_scored_weight": decimal(rubric.needs_scored_weight),
            "needs_limiting_scored": rubric.needs_limiting_scored,
            "theme_met_at": decimal(rubric.theme_met_at),
            "ungraded_says": rubric.ungraded_says,
        },
        "causes": {cause.id: cause.label for cause in rubric.causes},
        "sources": {
            source.id: _given({"title": source.title, "by": source.by, "date": source.date})
            for source in rubric.sources
        },
        "facts": [_fact(fact) for fact in rubric.facts],
        "retired": [
            _given(
                {
                    "id": each.id,
                    "since": each.since,
                    "why": each.why,
                    "replaced_by": list(each.replaced_by),
                }
            )
            for each in rubric.retired
        ],
        "themes": [{"id": theme.id, "title": theme.title} for theme in rubric.themes],
        "criteria": [_criterion(criterion, levels) for criterion in rubric.criteria],
    }


def decimal(value: Fraction) -> float:
    """Return the number that is written with the fewest digits; a file holds decimals only."""
    return float(value)


def condition_table(condition: Condition) -> Draft:
    """Return a condition as the table of a rubric file."""
    if not isinstance(condition, Comparison):
        group = "all" if isinstance(condition, Every) else "any"
        return {group: [condition_table(part) for part in condition.parts]}
    value: Any = condition.values[0]
    if condition.operator in ("in", "not_in"):
        value = list(condition.values)
    elif condition.fact in DERIVED and value.isascii() and value.isdigit():
        value = int(value)
    return {"fact": condition.fact, condition.operator: value}


def _given(values: Draft) -> Draft:
    return {key: value for key, value in values.items() if value not in ("", None, (), [])}


def _grade(grade: GradeRule, levels: list[str]) -> Draft:
    table: Draft = {"id": grade.id, "label": grade.label, "at_least": decimal(grade.at_least)}
    if grade.share_at is not None:
        level, share = grade.share_at
        table["share_at"] = {"level": levels[level - 1], "at_least": decimal(share)}
    if grade.nothing_at:
        table["nothing_at"] = [levels[level - 1] for level in grade.nothing_at]
    return table


def _limit(limit: Limit, levels: list[str]) -> Draft:
    when: Draft
    if isinstance(limit.when, LimitingCount):
        when = {"limiting": limit.when.count, "at": levels[limit.when.level - 1]}
    elif isinstance(limit.when, CriterionAt):
        when = {"criterion": limit.when.criterion, "at": levels[limit.when.level - 1]}
    else:
        when = {
            "theme_below": decimal(limit.when.share),
            "theme_scored_at_least": limit.when.scored_at_least,
        }
    return {
        "id": limit.id,
        "when": when,
        "no_better_than": limit.no_better_than,
        "says": limit.says,
    }


def _fact(fact: Fact) -> Draft:
    values = {
        "id": fact.id,
        "label": fact.label,
        "kind": fact.kind,
        "choices": [
            _given({"id": choice.id, "label": choice.label, "key": choice.key})
            for choice in fact.choices
        ],
        "ordered": fact.ordered or None,
        "needed": fact.needed or None,
        "reported": fact.reported or None,
        "help": fact.help,
    }
    return _given(values)


def computed_table(limit: TimeLimit) -> Draft:
    """Return a time limit as the table of a rubric file."""
    return {"from": limit.start, "to": limit.end, f"within_{limit.unit}": limit.count}


def _criterion(criterion: Criterion, levels: list[str]) -> Draft:
    one_agency = criterion.scored_by == (criterion.agency,)
    when, computed = criterion.applies_when, criterion.computed
    values = {
        "id": criterion.id,
        "theme": criterion.theme,
        "title": criterion.title,
        "question": criterion.question,
        "guidance": criterion.guidance,
        "sections": list(criterion.sections),
        "agency": criterion.agency,
        "scored_by": [] if one_agency else list(criterion.scored_by),
        "weight": None if criterion.measured else criterion.weight,
        "limiting": criterion.limiting or None,
        "evidence_at": [levels[level - 1] for level in criterion.evidence_at],
        "ask_cause": criterion.ask_cause or None,
        "law": criterion.law,
        "on_lowest": criterion.on_lowest,
        "applies_when": condition_table(when) if when is not None else None,
        "levels": dict(zip(levels, criterion.levels, strict=True)),
        "examples": list(criterion.examples),
        "measured": True if criterion.measured and computed is None else None,
        "computed": computed_table(computed) if computed is not None else None,
        "findings": [
            {"source": each.source, "at": each.at, "finding": each.text}
            for each in criterion.findings
        ],
    }
    return _given(values)
