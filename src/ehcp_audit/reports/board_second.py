"""The board's second page: charts, older and newer plans, agencies, findings, what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID
from ehcp_audit.domain.rubric import AGENCY_LABELS
from ehcp_audit.reports.asked import period_word
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.findings_page import chance_of, source_table
from ehcp_audit.reports.model import (
    Block,
    Column,
    Note,
    Paragraph,
    Section,
    Table,
)
from ehcp_audit.reports.signal_charts import row_chart
from ehcp_audit.reports.signal_words import row_sentence, target_sentence
from ehcp_audit.reports.wording import plain
from ehcp_audit.settings.board_words import BoardWords
from ehcp_audit.trends.board import AgencyFigure, Board, uncalled_row
from ehcp_audit.trends.measures import GOOD_OR_BETTER

OVERLAP = "A question counts for each agency that owns it; the agencies do not add up to the total."


def second_page(
    board: Board, words: BoardWords, cells: Cells, sources: Sequence[str] = ()
) -> tuple[Section, ...]:
    """Return the sections of the second page that there is something to say in.

    `sources` are the ids of the documents whose findings are shown (all).
    """
    if not board.counted.audits:
        return ()
    sections = [
        ("What each line says", tuple(_lines(board))),
        ("Over time", tuple(_charts(board))),
        ("Older and newer plans", () if cells.release else tuple(_cohorts(board, cells))),
        (f"By agency, {_recent(board)}", tuple(_agencies(board, cells))),
    ]
    length = period_word(board.question)
    shown = [each for each in board.findings if not sources or each.source.id in sources]
    chance = "" if cells.release else chance_of(shown)
    for number, each in enumerate(shown, start=1):
        note = (Note(chance),) if chance and number == len(shown) else ()
        sections.append(
            (f"By finding: {plain(each.source.title)}", (source_table(each, cells, length), *note))
        )
    told = (
        ("What was done, and what changed for children", words.done),
        ("Families, settings and frontline staff", words.families),
        ("One good example", words.example),
        ("One thing we got wrong", words.mistake),
    )
    sections += [(title, (Paragraph(plain(text)),)) for title, text in told if text]
    return tuple(Section(title, blocks) for title, blocks in sections if blocks)


def _lines(board: Board) -> Iterator[Block]:
    length = period_word(board.question)
    for row in board.rows:
        yield Paragraph(row_sentence(row, length))
        if row.line.now is not None and not row.line.now.withheld:
            target = target_sentence(row, length)
            if target:
                yield Paragraph(target)
        for rebase in row.signals.rebases if row.signals else ():
            yield Note(
                f"{plain(row.measure.title)}: its average and limits begin anew in "
                f"{plain(rebase.from_period)}, by decision: {plain(rebase.reason)}",
                "Rebased",
            )


def _recent(board: Board) -> str:
    return f"{show_date(board.window.first)} to {show_date(board.window.last)}"


def _charts(board: Board) -> Iterator[Block]:
    first = next((row for row in board.rows if row.measure.id == GOOD_OR_BETTER), None)
    rows = [] if first is None else [first]
    if board.weakest is not None:
        known = next((r for r in board.rows if r.measure.id == board.weakest.measure.id), None)
        rows.append(known or uncalled_row(board.weakest))
    for row in rows:
        chart = row_chart(board, row)
        if chart is not None:
            yield chart


def _cohorts(board: Board, cells: Cells) -> Iterator[Block]:
    fact = FACTS_BY_ID["plan_kind"]
    good = plain(board.lines[GOOD_OR_BETTER].measure.title)
    for cohort in board.cohorts:
        choice = fact.choice(cohort.kind)
        title = plain(choice.label if choice else cohort.kind)
        columns = (
            Column(f"{title}, by year of issue"),
            Column(good, "right"),
            Column("Plans", "right"),
            Column("95% range", "right"),
        )
        rows = tuple(
            (str(year), cells.share(share), cells.counts(share), cells.range(share))
            for year, share in cohort.years
        )
        yield Table(columns, rows, full_width=True)
    if board.cohorts:
        yield Note(
            "Newer plans are set beside older ones only within one kind of plan: mixing them shows "
            "the season, not progress."
        )


def _agencies(board: Board, cells: Cells) -> Iterator[Block]:
    if not board.agencies:
        return
    columns = (
        Column("Contribution"),
        Column("Met", "right"),
        Column("Plans", "right"),
        Column("95% range", "right"),
    )
    rows = tuple(
        (
            AGENCY_LABELS[each.agency].capitalize(),
            cells.share(each.share),
            cells.counts(each.share),
            cells.range(each.share),
        )
        for each in board.agencies
    )
    yield Table(columns, rows, full_width=True)
    for each in board.agencies:
        sentence = _causes(each, cells)
        if sentence:
            yield Paragraph(sentence)
    yield Note(OVERLAP)


def _causes(figure: AgencyFigure, cells: Cells) -> str:
    weak = sum(number for _, number in figure.causes) + figure.without_cause
    if not weak or cells.hides(figure.share):
        return ""
    name = AGENCY_LABELS[figure.agency].capitalize()
    if not figure.causes:
        return f"{name}: no cause was given for its {weak} weak answers."
    if any(cells.hides_count(number) for _, number in figure.causes):
        told = ", ".join(plain(label) for label, _ in figure.causes)
        hidden = f"Counts of 1 to {cells.hide_up_to}"
        return f"{name}, where it was weak, most often first: {told}. {hidden} are hidden."
    told = ", ".join(f"{plain(label)} {number}" for label, number in figure.causes)
    missing = f", no cause given {figure.without_cause}" if figure.without_cause else ""
    return f"{name}, where it was weak: {told}{missing}."
