"""Quality and speed together, in sentences; audited plans are never the official figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.wording import counted, lower_first, of_words, percent_words, plain
from ehcp_audit.trends.board import Board
from ehcp_audit.trends.measures import GOOD_OR_BETTER, measures_of
from ehcp_audit.trends.timeliness import LimitFigure

SAMPLE: Final = "Measured on audited plans only. It is not this area's official figure."


def speed_sentences(board: Board, cells: Cells) -> Iterator[str]:
    """Return the official figure beside how good the audited plans on time and late were."""
    measure = measures_of(board.rubrics)[GOOD_OR_BETTER]
    good = plain(measure.title)
    on_time, late = board.speed.on_time, board.speed.late
    if board.official is not None:
        figure = board.official
        share = percent_words(figure.share, 0 if (figure.share * 100).denominator == 1 else 1)
        yield (
            f"{share} of plans were on time in {plain(figure.period)} ({plain(figure.source)}, "
            f"{show_date(figure.dated)})."
        )
    else:
        yield "The area's official figure of plans on time has not been typed in yet."
    if cells.hides(on_time) or cells.hides(late):
        yield "Too few audited plans to compare those on time with those late."
        return
    if on_time.value is None or late.value is None:
        yield (
            "Quality cannot be set beside speed yet: the dates of the audited plans tell of "
            f"{counted(on_time.total, 'plan')} on time and of {counted(late.total, 'plan')} late."
        )
        return
    less = "less often" if on_time.value < late.value else "no less often"
    yield (
        f"In the audited plans, on-time plans were {less} {good} ({of_words(on_time)}) than late "
        f"ones ({of_words(late)}). A difference between them may be chance alone."
    )


def sample_timeliness(figure: LimitFigure, cells: Cells) -> Iterator[str]:
    """Return what the audited plans show of the 20 weeks, with and without exceptions."""
    ended, counted_out = figure.with_exceptions, figure.without_exceptions
    if not ended.total or cells.hides(ended):
        return
    unknown = f"; of {figure.not_known} more it is not known" if figure.not_known else ""
    excused = ended.total - counted_out.total
    yield (
        f"{lower_first(plain(figure.limit.title)).capitalize()} within 20 weeks: "
        f"{cells.with_counts(ended)}{unknown}. Leaving out {counted(excused, 'plan')} late with an "
        f"exception of the law: {cells.with_counts(counted_out)}. {SAMPLE}"
    )
