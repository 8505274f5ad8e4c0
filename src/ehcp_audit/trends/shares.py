"""Shares of audits, kept as counts so that nothing is rounded before it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ehcp_audit.statistics.intervals import Interval, wilson


@dataclass(frozen=True)
class Share:
    """`count` of `total` audits."""

    count: int
    total: int

    @property
    def value(self) -> Fraction | None:
        """The share as a fraction of 1; None out of nothing, which is a gap and not zero."""
        return Fraction(self.count, self.total) if self.total else None

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson score interval; None out of nothing."""
        return wilson(self.count, self.total)


def pooled_share(shares: Iterable[Share]) -> Share:
    """Return the shares added up: every count over every total."""
    counted = tuple(shares)
    return Share(sum(share.count for share in counted), sum(share.total for share in counted))
