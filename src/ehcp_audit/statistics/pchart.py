"""p-charts: shares whose limits follow how many stand behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart, Fit, control_chart
from ehcp_audit.statistics.exact import root, shares
from ehcp_audit.statistics.rules import Limits, limits_around

# Counts and their totals; None in both is a gap.
Counts = Sequence[int | None]


def pooled(counts: Counts, totals: Counts, indexes: Sequence[int]) -> Fraction:
    """Return the counts at the indexes over their totals, which must not all be 0."""
    return Fraction(sum(counts[i] or 0 for i in indexes), sum(totals[i] or 0 for i in indexes))


def standard_error(share: Fraction, total: int) -> Fraction:
    """Return √(p(1−p)/n), the standard error of a share out of `total`, which is not 0."""
    return root(share * (1 - share) / total)


def share_limits(
    centre: Fraction, totals: Counts, half: Callable[[int], Fraction]
) -> Callable[[int], Limits]:
    """Return the limits at an index, `half` a width for a total, clipped to 0..1."""
    at_total = cache(lambda total: limits_around(centre, half(total), share=True))

    def limits_at(index: int) -> Limits:
        return at_total(totals[index] or 0)

    return limits_at


def p_chart(counts: Counts, totals: Counts, options: ChartOptions | None = None) -> ControlChart:
    """Return the p-chart of counts out of totals: p̄ ± 3√(p̄(1−p̄)/n), clipped to 0..1.

    p̄ is every count over every total. Montgomery, *Introduction to Statistical Quality Control*,
    section 7.3. A total of 0 is a gap. Raises ValueError as `shares` and `control_chart` do.
    """
    values = shares(counts, totals)

    def fit(baseline: Sequence[int]) -> Fit:
        centre = pooled(counts, totals, baseline)
        return Fit(
            centre, share_limits(centre, totals, lambda total: 3 * standard_error(centre, total))
        )

    return control_chart("p", values, fit, options or ChartOptions())
