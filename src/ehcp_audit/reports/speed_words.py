"""Quality and speed together, in sentences; audited plans are never the official figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.wording import counted, of_words, percent_words, plain
from ehcp_audit.trends.recorded import OfficialFigure
from ehcp_audit.trends.timeliness import LimitFigure, QualityBySpeed

SAMPLE: Final = "Measured on audited plans only. It is not this area's official figure."


def official_share(figure: OfficialFigure) -> str:
    """Return a published share, with one decimal where it has any."""
    return percent_words(figure.share, 0 if (figure.share * 100).denominator == 1 else 1)


def official_words(figure: OfficialFigure | None) -> str:
    """Return the official figure with its source and date, or that there is none yet."""
    if figure is None:
        return "The area's official figure of plans on time has not been typed in yet."
    return (
        f"{official_share(figure)} of plans were on time in {plain(figure.period)} "
        f"({plain(figure.source)}, {show_date(figure.dated)})."
    )


def speed_sentence(quality: QualityBySpeed, good: str, cells: Cells) -> str:
    """Return how often audited plans on time and late were good or better (`good` in words)."""
    on_time, late = quality.on_time, quality.late
    if cells.hides(on_time) or cells.hides(late):
        return "Too few audited plans to compare those on time with those late."
    if on_time.value is None or late.value is None:
        return (
            "Quality cannot be set beside speed yet: the dates of the audited plans tell of "
            f"{counted(on_time.total, 'plan')} on time and of {counted(late.total, 'plan')} late."
        )
    less = "less often" if on_time.value < late.value else "no less often"
    return (
        f"In the audited plans, on-time plans were {less} {good} ({of_words(on_time)}) than late "
        f"ones ({of_words(late)}). A difference between them may be chance alone."
    )


def sample_timeliness(figure: LimitFigure, cells: Cells) -> Iterator[str]:
    """Yield what the audited plans show of the 20 weeks, with and without exceptions."""
    ended, without = figure.with_exceptions, figure.without_exceptions
    if not ended.total or cells.hides(ended):
        return
    unknown = f"; of {counted(figure.not_known, 'more plan')} it is not known"
    excused = ended.total - without.total
    yield (
        f"{plain(figure.limit.title)} within 20 weeks: {cells.with_counts(ended)}"
        f"{unknown if figure.not_known and not cells.release else ''}. Without "
        f"{'plans' if cells.release else counted(excused, 'plan')} late with an exception of the "
        f"law: {cells.with_counts(without)}. {SAMPLE}"
    )
