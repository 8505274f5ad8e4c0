"""A rubric as the auditor will see it, and as a blank form for a meeting room."""

from __future__ import annotations

from typing import Any, Final

from ehcp_audit.domain.condition_words import condition_in_words
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.grading import percent
from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion, Rubric
from ehcp_audit.reports.model import Block, Column, Entry, Pairs, Paragraph, Report, Section, Table
from ehcp_audit.reports.wording import counted, listed, plain

_BOX: Final = "☐"


def rubric_report(rubric: Rubric, *, form: bool = False) -> Report:
    """Put a rubric into words.

    With `form`, each question has boxes to tick and a line for evidence, and shows its id, so
    that what was ticked in a meeting can be typed in afterwards.
    """
    sections = [] if form else [_about(rubric)]
    sections.append(_scale(rubric))
    sections += [
        Section(plain(theme.title), _theme(rubric, theme.id, form=form)) for theme in rubric.themes
    ]
    if not form:
        sections += [_grades(rubric), *_sources(rubric)]
    return Report(
        kind="rubric",
        title=f"{plain(rubric.title)} {plain(rubric.version)}" + (": blank form" if form else ""),
        subtitle=(plain(rubric.summary),),
        banners=("Reference: ____________   Auditor: ________   Date: ________",) if form else (),
        sections=tuple(sections),
        foot=(("Rubric", plain(rubric.id)), ("Content", rubric.hash[:16])),
        data=_data(rubric),
    )


def _about(rubric: Rubric) -> Section:
    weight = sum(criterion.weight for criterion in rubric.criteria)
    themes = counted(len(rubric.themes), "theme")
    size = f"{len(rubric.criteria)} criteria in {themes}, weight {weight}"
    rows = [("Owner", plain(rubric.owner)), ("Size", size)]
    if rubric.effective_from is not None:
        rows.append(("In use from", show_date(rubric.effective_from)))
    if rubric.law_as_at is not None:
        rows.append(("Law as at", show_date(rubric.law_as_at)))
    return Section("About", (Pairs(tuple(rows)),))


def _scale(rubric: Rubric) -> Section:
    rows = [
        (level.key, f"{plain(level.symbol)} {plain(level.label)}", plain(level.meaning))
        for level in rubric.scale.levels
    ]
    rows += [
        ("n", "– Not applicable", plain(rubric.scale.not_applicable)),
        ("x", "? Not evidenced", plain(rubric.scale.not_evidenced)),
    ]
    return Section("Scale", (Pairs(tuple((f"{key}  {name}", says) for key, name, says in rows)),))


def _theme(rubric: Rubric, theme_id: str, *, form: bool) -> tuple[Block, ...]:
    return tuple(_entry(rubric, each, form=form) for each in rubric.in_theme(theme_id))


def _entry(rubric: Rubric, criterion: Criterion, *, form: bool) -> Entry:
    lines = [plain(criterion.question)]
    if criterion.guidance:
        lines.append(plain(criterion.guidance))
    box = f"{_BOX} " if form else ""
    lines += [
        f"{box}{level.key} {plain(level.label)}: {plain(text)}"
        for level, text in zip(rubric.scale.levels, criterion.levels, strict=True)
    ]
    if form:
        lines += [
            f"{_BOX} n Not applicable   {_BOX} x Not evidenced",
            "Evidence: ______________________________  Section: ____  Page: ____",
        ]
    if criterion.applies_when is not None:
        facts = {fact.id: fact for fact in rubric.facts_asked()}
        lines.append(f"Asked where {plain(condition_in_words(criterion.applies_when, facts))}")
    if not form:
        lines += _small_print(rubric, criterion)
    mark = "limiting" if criterion.limiting else f"weight {criterion.weight}"
    mark = "measured" if criterion.measured else mark
    lines += [f"What good looks like: {plain(example)}" for example in criterion.examples]
    title = f"{plain(criterion.title)} ({criterion.id})"
    return Entry(mark, title, tuple(lines))


def _small_print(rubric: Rubric, criterion: Criterion) -> list[str]:
    scored_by = listed([AGENCY_LABELS[each] for each in criterion.scored_by])
    owner = f"Owned by {AGENCY_LABELS[criterion.agency]}, scored by {scored_by}"
    lines = [f"{owner}; weight {criterion.weight}"]
    if criterion.evidence_at:
        at = [plain(rubric.scale.level(number).label) for number in criterion.evidence_at]
        lines.append(f"Evidence needed at {listed(at)}")
    for finding in criterion.findings:
        source = rubric.source(finding.source)
        place = f"{plain(source.by)}, {plain(source.date)}, {plain(finding.at)}"
        lines.append(f"{plain(finding.text)} ({place})")
    if criterion.law:
        lines.append(f"Law: {plain(criterion.law)}")
    return lines


def _grades(rubric: Rubric) -> Section:
    rows = []
    for rule in rubric.grades:
        parts = [f"score {percent(rule.at_least)} or more"] if rule.at_least else ["the rest"]
        if rule.share_at is not None:
            level, share = rule.share_at
            parts.append(f"{percent(share)} of the weight at {rubric.scale.level(level).label}")
        parts += [f"nothing at {rubric.scale.level(each).label}" for each in rule.nothing_at]
        rows.append((plain(rule.label), plain(listed(parts))))
    columns = (Column("Grade"), Column("Conditions"))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    blocks += [Paragraph(f"Limit: {plain(limit.says)}") for limit in rubric.limits]
    needs = percent(rubric.needs_scored_weight, 0)
    blocks.append(Paragraph(f"No grade under {needs} of the weight scored."))
    return Section("Grades and limits", tuple(blocks))


def _sources(rubric: Rubric) -> list[Section]:
    rows = [
        (plain(source.by), f"{plain(source.title)} ({plain(source.date)})")
        for source in rubric.sources
    ]
    return [Section("Sources", (Pairs(tuple(rows)),))] if rows else []


def _data(rubric: Rubric) -> dict[str, Any]:
    return {
        "rubric": {
            "id": rubric.id,
            "version": rubric.version,
            "title": rubric.title,
            "hash": rubric.hash,
            "criteria": [
                {
                    "id": criterion.id,
                    "theme": criterion.theme,
                    "title": criterion.title,
                    "weight": criterion.weight,
                    "limiting": criterion.limiting,
                }
                for criterion in rubric.criteria
            ],
        }
    }
