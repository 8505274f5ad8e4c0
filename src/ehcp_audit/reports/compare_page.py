"""Groups compared fairly: each beside the whole, by how many plans stand behind it; no ranking."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.asked import OWN_GRADES, period_word
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.definitions_page import AGENCIES_OVERLAP, definition_of
from ehcp_audit.reports.model import (
    ALL_PERIODS,
    Block,
    Chart,
    ChartPoint,
    ChartSeries,
    Column,
    Guide,
    Measure,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import HIDDEN, share_figure
from ehcp_audit.reports.wording import (
    TOO_FEW,
    counted,
    for_programs,
    of_words,
    plain,
    range_words,
    share_words,
)
from ehcp_audit.statistics.funnel import POSITIONS
from ehcp_audit.statistics.spread import Spread
from ehcp_audit.trends.comparing import Comparing
from ehcp_audit.trends.comparison import Group, compare
from ehcp_audit.trends.release import ReleasedTable

NO_RANKING: Final = (
    "Groups stand in a fixed order, which ranks nothing. Plans differ between groups for reasons "
    "of their own: ask what lies behind a difference before asking who."
)


def compare_report(
    figures: Comparing, facts: PageFacts, released: ReleasedTable | None = None
) -> Report:
    """Put a comparison on its page: a row a group, a funnel, the spread between them.

    With a table made safe for release, it alone is printed, and funnel and spread are of the
    rows whose counts are shown: nothing on the page rests on a hidden count.
    """
    cells = facts.cells
    if released is not None:
        shown = compare(figures.dimension.id, released.shown, fewest=facts.few)
        figures = replace(figures, comparison=shown, whole=figures.comparison.overall)
    title = plain(figures.dimension.title)
    measure = "Contribution" if figures.measure is None else plain(figures.measure.title)
    span = f"{show_date(figures.window.first)} to {show_date(figures.window.last)}"
    sections = [Section("What is compared", (*_heading(figures, measure, span),))]
    if figures.audits:
        blocks: list[Block] = [_table(figures, cells, title, released)]
        if released is not None and released.why_not:
            blocks = [Paragraph(f"This table is not printed: {released.why_not}")]
        chart = _funnel(figures, measure)
        sections.append(Section(f"{measure} by {title.lower()}", tuple(blocks)))
        if chart is not None:
            sections.append(Section("How much is chance", (chart, *_spread(figures, facts.few))))
    return Report(
        kind="compare",
        title=f"EHC plan audits: {measure} by {title.lower()}",
        subtitle=tuple(filter(None, [plain(facts.area), span])),
        banners=banners(facts),
        sections=tuple(sections),
        definitions=_definitions(
            figures, facts.few, facts.hidden_words if released is not None else ""
        ),
        foot=foot(figures.question, figures.rubrics, len(figures.audits), facts),
        measures=(_measure(figures, measure, released),) if figures.audits else (),
        data={
            "by": plain(figures.dimension.id),
            "measure": None if figures.measure is None else plain(figures.measure.id),
            "from": figures.window.first.isoformat(),
            "to": figures.window.last.isoformat(),
            "spread": _spread_data(figures.comparison.spread),
        },
    )


def _heading(figures: Comparing, measure: str, span: str) -> list[Paragraph]:
    number = counted(len(figures.audits), "plan")
    if not figures.audits:
        left = sum(figures.counted.left_out.values())
        chosen = f" {counted(left, 'audit')} made for another reason are left out." if left else ""
        asked = " with these filters" if figures.question.filters else ""
        return [Paragraph(f"No audit counts from {span}{asked}, so nothing is compared.{chosen}")]
    whole = figures.whole
    told = (
        f"{measure}: {number} audited {span}, each counted once."
        if figures.measure is None
        else f"{measure}: {share_words(whole)} of {number} ({of_words(whole)}), audited {span}, "
        "each counted once."
    )
    said = [OWN_GRADES, told, AGENCIES_OVERLAP if figures.measure is None else NO_RANKING]
    return [Paragraph(each) for each in said]


def _table(figures: Comparing, cells: Cells, title: str, released: ReleasedTable | None) -> Table:
    columns = (
        Column(title),
        Column("Share", "right"),
        Column("95% range", "right"),
        Column("Plans", "right"),
        Column("In words"),
    )
    placed = {group.name: _row(group, cells) for group in figures.comparison.groups}
    rows = list(placed.values())
    if released is not None:
        rows = [
            (row.name, HIDDEN, HIDDEN, f"{HIDDEN} of {row.share.total:,}", "")
            if row.hidden
            else placed[row.name]
            for row in released.rows
        ]
    if figures.measure is None:
        return Table(columns, tuple(rows), full_width=True)
    whole = figures.whole
    rows.append(("All", share_words(whole), range_words(whole), of_words(whole), ""))
    return Table(columns, tuple(rows), full_width=True, total_row=True)


def _row(group: Group, cells: Cells) -> tuple[str, ...]:
    words = TOO_FEW if group.position is None else POSITIONS[group.position]
    if group.share.value is None:
        words = "nothing to count"
    return (
        plain(group.name),
        cells.share(group.share),
        cells.range(group.share),
        cells.counts(group.share),
        words,
    )


def _funnel(figures: Comparing, measure: str) -> Chart | None:
    """Return the funnel of the groups with enough plans; None where there are fewer than two."""
    placed = [group for group in figures.comparison.groups if group.position is not None]
    limits = figures.comparison.limits
    if len(placed) < 2 or not limits:  # noqa: PLR2004
        return None
    overall = figures.comparison.overall
    points = tuple(
        ChartPoint(
            label=plain(group.name),
            value=None if group.share.value is None else for_programs(group.share.value),
            shown=share_words(group.share),
            n=group.share.total,
            says=POSITIONS[group.position] if group.position else "",
        )
        for group in placed
    )
    centre = None if overall.value is None else for_programs(overall.value)
    guides = (
        Guide("centre", "all plans", (centre,), share_words(overall)),
        Guide("inner", "95%, low", tuple(for_programs(each.usual.low) for each in limits)),
        Guide("inner", "95%, high", tuple(for_programs(each.usual.high) for each in limits)),
        Guide("limit", "99.8%, low", tuple(for_programs(each.wide.low) for each in limits)),
        Guide("limit", "99.8%, high", tuple(for_programs(each.wide.high) for each in limits)),
    )
    told = "; ".join(f"{p.label} {p.shown} of {p.n} plans, {p.says}" for p in points)
    twin = Table(
        (Column("Group"), Column("Share", "right"), Column("Plans", "right"), Column("In words")),
        tuple((p.label, p.shown, f"{p.n:,}", p.says) for p in points),
    )
    return Chart(
        kind="funnel",
        title=f"{measure} by number of plans",
        alt=f"Funnel: {measure} by number of plans, around {share_words(overall)}. {told}.",
        series=(ChartSeries(plain(figures.dimension.title), points),),
        twin=twin,
        guides=guides,
        guide_at=tuple(float(each.plans) for each in limits),
        along="plans in the group",
        upward=measure,
        figures_in=f"{measure} by {plain(figures.dimension.title).lower()}",
    )


def _spread(figures: Comparing, few: int) -> list[Paragraph | Note]:
    spread = figures.comparison.spread
    if spread is None or figures.measure is None:
        return []
    points = spread.deviation * 100
    if spread.high == 0 or round(points) == 0:
        told = "Once chance is taken off, the groups do not differ."
    else:
        told = (
            f"Once chance is taken off, the groups differ by about {points:.0f} percentage points "
            "(a standard deviation)."
        )
    low, high = spread.low * 100, spread.high * 100
    told += f" Its 95% range is {low:.0f} to {high:.0f} points, over groups of {few} plans or more."
    return [Paragraph(told)]


def _spread_data(spread: Spread | None) -> dict[str, float] | None:
    if spread is None:
        return None
    return {
        "deviation": for_programs(spread.deviation),
        "low": for_programs(spread.low),
        "high": for_programs(spread.high),
    }


def _measure(figures: Comparing, measure: str, released: ReleasedTable | None) -> Measure:
    hidden = [row for row in released.rows if row.hidden] if released else []
    groups = figures.comparison.groups
    name = "agency" if figures.measure is None else figures.measure.id
    return Measure(
        f"by {plain(figures.dimension.id)}",
        plain(name),
        measure,
        (),
        (
            *(share_figure(plain(group.name), group.share) for group in groups),
            *(share_figure(row.name, row.share, hidden=True) for row in hidden),
            share_figure(ALL_PERIODS, figures.whole),
        ),
    )


def _definitions(figures: Comparing, few: int, hidden: str) -> tuple[tuple[str, str], ...]:
    rows = []
    if figures.measure is not None:
        rows.append((plain(figures.measure.title), definition_of(figures.measure)))
    rows += [
        (
            "In words",
            (
                "Where the group lies against what chance alone would do to a group of its size at "
                "the share of all plans: outside 95% is higher or lower than expected, outside "
                "99.8% much higher or lower (exact binomial limits)."
            ),
        ),
        (TOO_FEW.capitalize(), f"Under {few} plans."),
    ]
    if hidden:
        rows.append((HIDDEN, hidden))
        rows.append(("Letters", "Names typed by the team are not printed; a letter stays theirs."))
    if figures.question.axis == "audit":
        length = period_word(figures.question)
        rows.append(("Days", f"Those asked for, else twelve months to the newest whole {length}."))
    return tuple(rows)
