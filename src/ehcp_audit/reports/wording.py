"""How numbers, ranges, periods and lists are put on the page; the only place that rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ehcp_audit.domain.grading import percent
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Report
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.spans import TrendPeriod

if TYPE_CHECKING:
    from ehcp_audit.store import Store

NONE: Final = "–"
GAP: Final = "·"
TOO_FEW: Final = "too few to say"
SPARK_PERIODS: Final = 24
SYNTHETIC: Final = "SYNTHETIC EXAMPLE DATA: no real child, plan or auditor."
READ_ONLY: Final = "READ ONLY: the folder cannot be written; nothing can be saved."
INTERNAL: Final = "Contains small numbers, not for publication."
_BARS: Final = "▁▂▃▄▅▆▇█"
_ONE_DECIMAL_FROM: Final = 1000  # under this the first decimal says nothing the range does not
_JSON_PLACES: Final = 6


def banner_of(store: Store | None) -> str:
    """Return what every screen must say of a database; empty for an ordinary one, or none."""
    said = []
    if store is not None and store.synthetic:
        said.append(SYNTHETIC)
    if store is not None and not store.writable:
        said.append(READ_ONLY)
    return " ".join(said)


def marked(report: Report, *, synthetic: bool) -> Report:
    """Return a report that says so where everything in the workspace was made up."""
    return replace(report, banners=(SYNTHETIC, *report.banners)) if synthetic else report


def plain(text: str) -> str:
    """Return text from people on one line, its control characters made visible."""
    return visible(text, keep_lines=False)


def counted(number: int, word: str) -> str:
    """Return a number with its noun: 1 audit, 1,797 audits."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words in a row: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def lower_first(text: str) -> str:
    """Return text that begins a label as it stands within a sentence."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def places_of(share: Share, places: int | None) -> int:
    """Return the decimals a share is given to: one from a thousand plans on, else none."""
    if places is not None:
        return places
    return 1 if share.total >= _ONE_DECIMAL_FROM else 0


def share_words(share: Share, places: int | None = None) -> str:
    """Return a share as a percentage, half-up; a dash out of nothing."""
    return NONE if share.value is None else percent(share.value, places_of(share, places))


def percent_words(value: Fraction | float, places: int = 0) -> str:
    """Return a fraction of 1 as a percentage, half-up, such as 56%."""
    return percent(Fraction(value), places)


def range_words(share: Share, places: int | None = None) -> str:
    """Return the 95% range of a share, such as 38–72%; a dash out of nothing."""
    interval = share.interval
    if interval is None:
        return NONE
    low, high = (
        percent_words(end, places_of(share, places)) for end in (interval.low, interval.high)
    )
    return f"{low.removesuffix('%')}–{high}"


def ranged(share: Share, places: int | None = None) -> str:
    """Return a share with its 95% range, such as 56% (38–72%); a dash out of nothing."""
    if share.value is None:
        return NONE
    return f"{share_words(share, places)} ({range_words(share, places)})"


def of_words(share: Share) -> str:
    """Return the counts of a share, such as 664 of 1,797; a dash out of nothing."""
    return f"{share.count:,} of {share.total:,}" if share.total else NONE


def for_programs(value: Fraction | float) -> float:
    """Return a share as a fraction of 1, half-up to six places, for JSON and tables."""
    scale = 10**_JSON_PLACES
    return int(Fraction(value) * scale + Fraction(1, 2)) / scale


def sparkline(shares: Sequence[Share]) -> str:
    """Return a bar a period from 0% (▁) to 100% (█), a dot for a gap; the last 24 periods."""
    top = len(_BARS) - 1
    return "".join(
        GAP if share.value is None else _BARS[min(top, int(share.value * len(_BARS)))]
        for share in shares[-SPARK_PERIODS:]
    )


def is_bars(cell: str) -> bool:
    """Whether a cell holds a bar a period, which says nothing to the ear."""
    return bool(set(cell) & set(_BARS)) and set(cell) <= {*_BARS, GAP}


def period_words(period: TrendPeriod) -> str:
    """Return a period's label, a star after one that is not whole."""
    return f"{period.period.label}*" if period.part else period.period.label
