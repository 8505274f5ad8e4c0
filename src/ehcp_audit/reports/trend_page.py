"""The trend report: which audits count, the grades, each theme and its criteria over time."""

from __future__ import annotations

from ehcp_audit.reports.asked import (
    OWN_GRADES,
    axis_words,
    counted_sentences,
    period_word,
    span_words,
)
from ehcp_audit.reports.model import Block, Paragraph, Report, Section
from ehcp_audit.reports.page_facts import PageFacts, banners
from ehcp_audit.reports.signal_words import chance_sentence
from ehcp_audit.reports.trend_charts import grades_chart, line_over_time
from ehcp_audit.reports.trend_figures import data_of, measures_of
from ehcp_audit.reports.trend_notes import change_words, definitions, foot, rubric_words
from ehcp_audit.reports.trend_tables import TrendTables
from ehcp_audit.reports.wording import (
    TOO_FEW,
    counted,
    listed,
    of_words,
    plain,
    range_words,
    share_words,
)
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.trend import GradeLine, MetLine, ThemeTrend, Trend


def trend_report(trend: Trend, facts: PageFacts, *, places: int | None = None) -> Report:
    """Put a trend into words.

    Shares have `places` decimals; by default one from a thousand plans on, else none.
    """
    tables = TrendTables(trend, few=facts.few, places=places)
    sections = [_which_count(trend)]
    if trend.audits:
        sections += [_grades(tables, line) for line in trend.grades]
        sections.append(_themes(tables))
        sections += [_theme(tables, theme) for theme in trend.themes if theme.criteria]
        if len(trend.periods) > 1:
            sections += _by_period(tables)
    return Report(
        kind="trend",
        title="EHC plan audits: trend",
        subtitle=tuple(filter(None, [plain(facts.area), rubric_words(trend), _heading(trend)])),
        banners=banners(facts),
        sections=tuple(sections),
        definitions=definitions(trend, facts.few) if trend.audits else (),
        foot=foot(trend, facts.made, facts.log_head),
        measures=measures_of(trend, places=places),
        data={**data_of(trend), "too_few_under": facts.few},
        made=facts.made,
    )


def _heading(trend: Trend) -> str:
    words = axis_words(trend.question)
    heading = f"{words[0].upper()}{words[1:]}"
    return f"{heading}: {span_words(trend)}" if trend.periods else heading


def _which_count(trend: Trend) -> Section:
    sentences = [*counted_sentences(trend), OWN_GRADES]
    sentences += [change_words(trend, change) for change in trend.changes]
    return Section("Which audits count", tuple(Paragraph(each) for each in sentences))


def _grades_in(trend: Trend, line: GradeLine) -> str:
    length = period_word(trend.question)
    return f"Grades, {length} by {length} {plain(line.label)}".strip()


def _met_in(trend: Trend) -> str:
    length = period_word(trend.question)
    return f"Themes met, {length} by {length}"


def _grades(tables: TrendTables, line: GradeLine) -> Section:
    graded, ungraded = line.pooled.graded, line.pooled.ungraded
    words = f"{counted(graded, 'plan')} {'has' if graded == 1 else 'have'} a grade."
    if ungraded:
        words = (
            f"{graded:,} of {counted(graded + ungraded, 'plan')} {'has' if graded == 1 else 'have'}"
            f" a grade. In the other {'one' if ungraded == 1 else f'{ungraded:,}'}"
            " too little could be judged."
        )
    blocks: list[Block] = [Paragraph(words), tables.grades_together(line)]
    if chart := grades_chart(tables.trend, line, _grades_in(tables.trend, line)):
        blocks.append(chart)
    if line.good.pooled.met.total:
        name = plain(line.good.name)
        blocks.append(Paragraph(_in_words(tables, line.good, f"{name}:")))
        over_time = line_over_time(tables.trend, line.good, name, f"plans graded {name}")
        blocks += [over_time] if over_time else []
    return Section(f"Grades {plain(line.label)}".strip(), tuple(blocks))


def _themes(tables: TrendTables) -> Section:
    lines = [line for theme in tables.trend.themes for line in theme.lines]
    blocks: list[Block] = [tables.met_together(lines, "Theme")]
    if chance := chance_sentence(line.signals for line in tables.trend.lines):
        blocks.append(Paragraph(chance))
    return Section("Themes", tuple(blocks))


def _theme(tables: TrendTables, theme: ThemeTrend) -> Section:
    blocks: list[Block] = [Paragraph(_in_words(tables, line, _met(line))) for line in theme.lines]
    for line in theme.lines:
        title, upward = f"{plain(line.name)}: met", "plans that met it"
        chart = line_over_time(tables.trend, line, title, upward, _met_in(tables.trend))
        blocks += [chart] if chart else []
    blocks.append(tables.met_together(theme.criteria, "Criterion"))
    return Section(plain(theme.title), tuple(blocks))


def _by_period(tables: TrendTables) -> list[Section]:
    lines = [line for theme in tables.trend.themes for line in theme.lines]
    sections = [
        Section(_grades_in(tables.trend, line), tables.grades_by_period(line))
        for line in tables.trend.grades
    ]
    return [*sections, Section(_met_in(tables.trend), tables.met_by_period(lines))]


def _met(line: MetLine) -> str:
    return f"{line.label[1].upper()}{plain(line.label[2:-1])}: met by" if line.label else "Met by"


def _in_words(tables: TrendTables, line: MetLine, subject: str) -> str:
    """Return a line's figures as sentences: over all periods, then the first and the last."""
    pooled = line.pooled.met
    if pooled.value is None:
        return f"{subject} no plan, as none could be scored."
    words = [
        (
            f"{subject} {share_words(pooled, tables.places)} of plans "
            f"({of_words(pooled)}; 95% range {range_words(pooled, tables.places)}"
            f"{_few(tables, pooled)})."
        )
    ]
    figures = zip(tables.trend.periods, line.points, strict=True)
    told = [(each, point.met) for each, point in figures if point.met.total]
    if len(told) > 1:
        ends = [
            f"{tables.in_period(share)} in {each.period.label} ({of_words(share)}"
            f"{f', part of the {period_word(tables.trend.question)}' if each.part else ''}"
            f"{_few(tables, share)})"
            for each, share in (told[0], told[-1])
        ]
        words.append(f"It was {ends[0]} and {ends[1]}.")
    beside = [
        f"in {counted(number, 'plan')} it {what}"
        for number, what in (
            (line.pooled.not_evidenced, "could not be seen"),
            (line.pooled.not_applicable, "did not apply"),
        )
        if number
    ]
    if beside:
        words.append(f"{listed(beside).capitalize()}.")
    return " ".join([*words, *tables.look(line)])


def _few(tables: TrendTables, share: Share) -> str:
    return f"; {TOO_FEW}" if tables.is_few(share) else ""
