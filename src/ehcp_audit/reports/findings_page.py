"""Evidence by finding: the sentence of an inspection or notice, and what the audits show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.asked import OWN_GRADES, period_word
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.model import (
    ALL_PERIODS,
    Column,
    Measure,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import share_figure
from ehcp_audit.reports.signal_words import LOOK_WORDS, chance_sentence, worth_a_look
from ehcp_audit.reports.wording import TOO_FEW, counted, plain, ranged
from ehcp_audit.trends.board import Board
from ehcp_audit.trends.findings import Answer, SourceFigures

OURS: Final = (
    "The sentences are in our words, with the place where the source says it. A question that "
    "answers several sentences stands under each."
)


def source_table(source: SourceFigures, cells: Cells, length: str) -> Table:
    """Return a row for each sentence of a source, and one for each question that answers it."""
    rows: list[tuple[str, ...]] = []
    for finding in source.findings:
        rows.append((f"{plain(finding.text)} ({plain(finding.at)})", "", "", ""))
        rows += [_row(answer, cells, length) for answer in finding.answers]
    columns = (
        Column("What it says, and the questions that answer it"),
        Column("Met (95% range)", "right"),
        Column("Plans", "right"),
        Column("Asked since", "right"),
    )
    return Table(columns, tuple(rows), full_width=True)


def _row(answer: Answer, cells: Cells, length: str) -> tuple[str, ...]:
    title = [f"  {plain(answer.title)}"]
    if not cells.release:
        periods = [point.period for point in answer.line.points]
        look = worth_a_look(answer.signals, periods, length)
        title += [f"    {look}"] if look else []
    met = [TOO_FEW if cells.hides(answer.share) else ranged(answer.share)]
    met += [cells.mark(answer.share)] if cells.mark(answer.share) else []
    return ("\n".join(title), "\n".join(met), cells.counts(answer.share), answer.since)


def chance_of(sources: Sequence[SourceFigures]) -> str:
    """Return how many of the lines behind the answers would signal by chance."""
    return chance_sentence(answer.signals for answer in _answers(sources).values())


def _answers(sources: Sequence[SourceFigures]) -> dict[str, Answer]:
    return {a.criterion: a for each in sources for f in each.findings for a in f.answers}


def findings_report(board: Board, facts: PageFacts, *, sources: Sequence[str] = ()) -> Report:
    """Return the evidence by finding; `sources` are the ids of the documents to show (all)."""
    shown = [each for each in board.findings if not sources or each.source.id in sources]
    cells, length = facts.cells, period_word(board.question)
    span = f"{show_date(board.window.first)} to {show_date(board.window.last)}"
    first = [
        Paragraph(OWN_GRADES),
        Paragraph(f"Shares are of {counted(len(board.recent), 'audit')}, {span}. {OURS}"),
    ]
    if not board.recent:
        first.append(Paragraph("No audit counts in these twelve months, so there are no shares."))
    elif chance := chance_of(shown):
        first.append(Paragraph(chance))
    sections = [Section("What this shows", tuple(first))]
    sections += [
        Section(
            plain(each.source.title),
            (
                Paragraph(f"{plain(each.source.by)}, {plain(each.source.date)}."),
                source_table(each, cells, length),
            ),
        )
        for each in shown
    ]
    if not shown:
        sections.append(Section("Findings", (Note("This rubric names no finding."),)))
    return Report(
        kind="findings",
        title="EHC plan audits: by finding",
        subtitle=tuple(filter(None, [plain(facts.area), span])),
        banners=banners(facts),
        sections=tuple(sections),
        definitions=(
            ("Met", "Plans at the meeting level or better ÷ plans given a level."),
            LOOK_WORDS,
        ),
        foot=foot(board.question, board.rubrics, len(board.counted.audits), facts),
        measures=tuple(_measures(shown, cells)),
        data={"from": board.window.first.isoformat(), "to": board.window.last.isoformat()},
    )


def _measures(sources: Sequence[SourceFigures], cells: Cells) -> Iterator[Measure]:
    for answer in _answers(sources).values():
        hidden = cells.hides(answer.share)
        figure = share_figure(ALL_PERIODS, answer.share, hidden=hidden)
        yield Measure("criterion", plain(answer.criterion), plain(answer.title), (), (figure,))
