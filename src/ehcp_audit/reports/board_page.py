"""The board's pages: what improved, what did not, and where it goes wrong; never who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID
from ehcp_audit.reports.asked import (
    OWN_GRADES,
    axis_words,
    period_word,
    reason_word,
    reason_words,
)
from ehcp_audit.reports.board_second import second_page
from ehcp_audit.reports.board_table import first_table, table_measures
from ehcp_audit.reports.cells import FEWEST_RELEASED, Cells
from ehcp_audit.reports.definitions_page import definition_of
from ehcp_audit.reports.model import Block, Note, Pairs, Paragraph, Report, Section
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import HIDDEN
from ehcp_audit.reports.signal_words import chance_sentence, row_sentence
from ehcp_audit.reports.speed_words import official_words, sample_timeliness, speed_sentence
from ehcp_audit.reports.wording import counted, listed, plain
from ehcp_audit.settings.board_words import BoardWords
from ehcp_audit.trends.board import Board, BoardRow, for_release
from ehcp_audit.trends.measures import GOOD_OR_BETTER, measures_of


def board_report(
    board: Board, words: BoardWords, facts: PageFacts, *, sources: Sequence[str] = ()
) -> Report:
    """Put a board's figures and a person's words on its first and second page.

    `sources` are the ids of the documents whose findings are shown (all).
    """
    cells = facts.cells
    if facts.release:
        board = for_release(board, FEWEST_RELEASED)
    length = period_word(board.question)
    first = [
        _heading(board, words, cells),
        Section(
            "In three sentences",
            (
                Pairs(
                    (
                        ("What improved", plain(words.improved)),
                        ("What did not", plain(words.not_improved)),
                        ("What we ask of you", plain(words.ask)),
                    )
                ),
            ),
        ),
        Section("At a glance", tuple(_glance(board, cells, length))),
        Section("Quality and speed", tuple(_speed(board, cells))),
    ]
    if words.decisions:
        first.append(
            Section(
                "Decisions asked of the board",
                (
                    Pairs(
                        tuple(
                            (plain(each.what), f"{plain(each.who)}, by {show_date(each.by)}")
                            for each in words.decisions
                        )
                    ),
                ),
            )
        )
    return Report(
        kind="board",
        title="EHC plan audits: for the board",
        subtitle=tuple(filter(None, [plain(facts.area), _span(board), show_date(facts.made)])),
        banners=banners(facts),
        sections=(*first, *second_page(board, words, cells, sources)),
        definitions=_definitions(board, length, facts.hidden_words if facts.release else ""),
        foot=foot(board.question, board.rubrics, len(board.counted.audits), facts),
        measures=table_measures(board),
        data={"axis": board.question.axis, "period": board.question.granularity},
    )


def _span(board: Board) -> str:
    points = board.rows[0].line.points if board.rows else ()
    if not points:
        return "No audit counts yet"
    labels = [points[0].period.period.label, points[-1].period.period.label]
    words = axis_words(board.question)
    return f"{words[0].upper()}{words[1:]}: {' to '.join(dict.fromkeys(labels))}"


def _heading(board: Board, words: BoardWords, cells: Cells) -> Section:
    sentences = [OWN_GRADES, *_sample(board, words), *_left_out(board, cells)]
    if board.brought_in_until:
        sentences.append(
            "Some earlier figures were brought in as counts, and are marked brought in: they are "
            "as the area recorded them, before this tool."
        )
    return Section("The sample", tuple(Paragraph(each) for each in sentences))


def _sample(board: Board, words: BoardWords) -> Iterator[str]:
    audits = board.counted.audits
    if not audits:
        yield _nothing(board)
        return
    needs = {audit.facts.get("primary_need") for audit in audits} - {None, "not_recorded"}
    groups = len(FACTS_BY_ID["primary_need"].choices) - 1
    plans = len({audit.plan for audit in audits})
    of = f" of {words.plans_in_force:,} in force" if words.plans_in_force else ""
    drawn = ""
    if words.drawn_on:
        by = f" by {plain(words.drawn_by)}" if words.drawn_by else ""
        drawn = f", drawn at random on {show_date(words.drawn_on)}{by}"
    noun = counted(plans, "plan")
    yield (
        f"{noun}{of}{drawn} ({reason_words(board.question)}), covering {len(needs)} of {groups} "
        f"need groups; {counted(len(audits), 'audit')} in all."
    )
    if board.question.reasons != ("routine",):
        yield (
            "Plans that were chosen for a reason are among them. These figures do not show how "
            "good plans are in this area."
        )


def _nothing(board: Board) -> str:
    left = sum(board.counted.left_out.values())
    if left:
        return (
            f"No plan from the sample asked for ({reason_words(board.question)}) counts here. "
            f"These {counted(left, 'plan')} were chosen, not sampled. They show what was found in "
            "them. They do not show how good plans are in this area."
        )
    return "No audit counts here: none is signed off that answers this question."


def _why_left_out(board: Board) -> str:
    routine = board.question.reasons == ("routine",)
    return "picked for a reason" if routine else "audited for another reason than was asked for"


def _left_out(board: Board, cells: Cells) -> Iterator[str]:
    left_out = board.counted.left_out
    if left_out:
        number = sum(left_out.values())
        told = [
            f"{'a few' if cells.hides_count(each) else f'{each:,}'} {reason_word(reason)}"
            for reason, each in sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        many = "Some plans were" if cells.release else f"These {counted(number, 'plan')} were"
        one = number == 1 and not cells.release
        yield (
            f"{'This plan was' if one else many} {_why_left_out(board)} and "
            f"{'is' if one else 'are'} not in the headline: {listed(told)}."
        )
    if board.counted.repeated and not cells.hides_count(board.counted.repeated):
        repeated = counted(board.counted.repeated, "audit")
        length = period_word(board.question)
        yield f"Left out: {repeated} of a plan that already counts in its {length}."
    if board.counted.undated and not cells.hides_count(board.counted.undated):
        yield f"Left out: {counted(board.counted.undated, 'audit')} of plans without a known date."


def _glance(board: Board, cells: Cells, length: str) -> Iterator[Block]:
    if not board.counted.audits and not board.brought_in_until:
        yield Paragraph("There is nothing to show yet.")
        return
    yield first_table(board, cells)
    for row in board.rows:
        if _is_change(row):
            yield Paragraph(row_sentence(row, length))
    steady = [plain(row.measure.title) for row in board.rows if _is_steady(row)]
    if steady:
        yield Paragraph(
            f"No real change in {listed(steady)}: a rise or fall of the size seen there is not "
            "news. What each line says stands on the second page."
        )
    if chance := chance_sentence(row.signals for row in board.rows):
        yield Paragraph(chance)


def _is_change(row: BoardRow) -> bool:
    return row.signals is not None and row.signals.verdict not in ("no real change", "too soon")


def _is_steady(row: BoardRow) -> bool:
    return row.signals is not None and row.signals.verdict == "no real change"


def _speed(board: Board, cells: Cells) -> Iterator[Block]:
    good = plain(measures_of(board.rubrics)[GOOD_OR_BETTER].title)
    yield Paragraph(official_words(board.official))
    yield Paragraph(speed_sentence(board.speed, good, cells))
    for note in sample_timeliness(board.on_time, cells):
        yield Note(note, "Audited plans only")


def _definitions(board: Board, length: str, hidden: str) -> tuple[tuple[str, str], ...]:
    rows = [(plain(row.measure.title), definition_of(row.measure)) for row in board.rows]
    rows += [
        ("Baseline", f"The first whole {length}, or the first since a recorded rebasing."),
        ("95% range", "19 in 20 such ranges hold the true share (Wilson score interval)."),
        (
            "In words",
            (
                "By the rules of NHS England's Making Data Count, from 13 whole periods: one "
                "outside the usual range, seven in a row on one side of the average, seven in a "
                "row rising or falling, two of three close to the edge."
            ),
        ),
        ("*", f"A {length} that is not whole: no signal rests on it."),
        ("brought in", "Counts from before this tool, as the area recorded them."),
    ]
    if hidden:
        withheld = f"So are {length}s of fewer than ten plans."
        rows.append((HIDDEN, f"{hidden} {withheld}"))
    return tuple(rows)
