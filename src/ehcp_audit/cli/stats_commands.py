"""Commands that apply the tool's statistics to an analyst's own numbers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ehcp_audit.cli.printing import emit, has_dots
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart
from ehcp_audit.statistics.exact import shares
from ehcp_audit.statistics.funnel import METHODS, Method, funnel
from ehcp_audit.statistics.intervals import USUAL, Interval, wilson
from ehcp_audit.statistics.laney import laney_chart
from ehcp_audit.statistics.pchart import p_chart
from ehcp_audit.statistics.rules import MODES, Mode
from ehcp_audit.statistics.verdicts import GOOD, Good
from ehcp_audit.statistics.xmr import xmr_chart

if TYPE_CHECKING:
    from ehcp_audit.reports.model import Report
    from ehcp_audit.reports.stats_rows import Named
    from ehcp_audit.tables.numbers import CountsOfTotals

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Given = dict[str, Any]


def _number(_: click.Context, option: click.Parameter, typed: str | None) -> Fraction | None:
    """Read an option that is a number; raises `UsageError` naming the option."""
    from ehcp_audit.tables.numbers import parse_number  # noqa: PLC0415

    if typed is None:
        return None
    try:
        return parse_number(typed)
    except ValueError as error:
        what = f"{option.opts[0]}: {error}."
        raise UsageError(what, f"Such as {option.opts[0]} 0.85.") from None


def _confidence(ctx: click.Context, option: click.Parameter, typed: str) -> float:
    number = _number(ctx, option, typed)
    if number is None or not 0 < number < 1:
        what = f"--confidence {typed} does not lie between 0 and 1."
        raise UsageError(what, "Such as --confidence 0.95.")
    return float(number)


def _file(command: _Command) -> _Command:
    """Give a command its file and --json."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(
        command
    )
    return click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))(command)


def _chart_options(*, ranges: bool) -> Callable[[_Command], _Command]:
    """Give a command the options of a control chart as one argument `given`."""

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def with_options(path: Path, as_json: bool, **given: Any) -> Any:
            return command(path=path, as_json=as_json, given=given)

        chosen: Any = with_options
        for option in reversed(_CHART_OPTIONS):
            chosen = option(chosen)
        if ranges:
            chosen = _SCREEN(chosen)
        return _file(chosen)  # type: ignore[no-any-return]  # click's decorators keep its type

    return decorate


_CHART_OPTIONS = (
    click.option("--rules", type=click.Choice(MODES), default="mdc", help="mdc (default) or ptd."),
    click.option("--target", metavar="NUMBER", callback=_number, help="A target to judge by."),
    click.option(
        "--improvement", type=click.Choice(GOOD), default="up", help="Which direction is good."
    ),
    click.option(
        "--baseline-points",
        type=click.IntRange(min=1),
        metavar="K",
        help="Take centre and limits from the first K points.",
    ),
)
_SCREEN = click.option(
    "--screen/--no-screen",
    default=None,
    help="Leave large moving ranges out (default: as the rules do).",
)
_CONFIDENCE = click.option(
    "--confidence",
    default=str(USUAL),
    metavar="SHARE",
    callback=_confidence,
    help="Of the intervals (default 0.95).",
)


@click.group()
def stats() -> None:
    """Apply the tool's statistics to your own numbers."""


@stats.command("xmr")
@_chart_options(ranges=True)
def xmr(path: Path, as_json: bool, given: _Given) -> None:
    """Print the XmR chart of the column value.

    An empty cell is a gap. What each figure is, and the JSON, is in docs/statistics.md.
    """
    from ehcp_audit.reports.stats_rows import Named  # noqa: PLC0415
    from ehcp_audit.tables.numbers import read_values  # noqa: PLC0415

    read = read_values(path)
    _print_chart(
        lambda options: xmr_chart(read.values, options),
        Named(path.name, read.labels),
        given,
        as_json=as_json,
    )


@stats.command("pchart")
@_chart_options(ranges=False)
def pchart(path: Path, as_json: bool, given: _Given) -> None:
    """Print the p-chart of the columns count and total.

    A total of 0 is a gap. Shares, and the target, are fractions of 1.
    """
    read, named = _read_counts(path)
    _check_target(given["target"])
    _print_chart(
        lambda options: p_chart(read.counts, read.totals, options), named, given, as_json=as_json
    )


@stats.command("laney")
@_chart_options(ranges=True)
def laney(path: Path, as_json: bool, given: _Given) -> None:
    """Print Laney's p′ chart of the columns count and total.

    For large totals, whose shares vary more than chance. Shares are fractions of 1.
    """
    read, named = _read_counts(path)
    _check_target(given["target"])
    _print_chart(
        lambda options: laney_chart(read.counts, read.totals, options),
        named,
        given,
        as_json=as_json,
    )


@stats.command("funnel")
@_file
@_CONFIDENCE
@click.option(
    "--limits", type=click.Choice(METHODS), default="exact", help="exact (default) or normal."
)
def funnel_command(path: Path, as_json: bool, confidence: float, limits: Method) -> None:
    """Compare groups by the columns count and total.

    Limits are at 95% and 99.8% around the share of all groups; nothing is ranked.
    """
    from ehcp_audit.reports.stats_groups_page import funnel_report  # noqa: PLC0415

    read, named = _read_counts(path)
    intervals = _intervals(read, confidence)
    found = funnel(read.counts, read.totals, method=limits)
    options = {"confidence": confidence, "limits": limits}
    _print(funnel_report(found, intervals, named, options), as_json=as_json)


@stats.command("wilson")
@_file
@_CONFIDENCE
def wilson_command(path: Path, as_json: bool, confidence: float) -> None:
    """Print the Wilson interval of each count and total."""
    from ehcp_audit.reports.stats_groups_page import wilson_report  # noqa: PLC0415

    read, named = _read_counts(path)
    values = shares(read.counts, read.totals)
    intervals = _intervals(read, confidence)
    _print(wilson_report(values, intervals, named, {"confidence": confidence}), as_json=as_json)


def _read_counts(path: Path) -> tuple[CountsOfTotals, Named]:
    from ehcp_audit.reports.stats_rows import Named  # noqa: PLC0415
    from ehcp_audit.tables.numbers import read_counts  # noqa: PLC0415

    read = read_counts(path)
    return read, Named(path.name, read.labels, read.counts, read.totals)


def _intervals(read: CountsOfTotals, confidence: float) -> list[Interval | None]:
    return [
        wilson(count or 0, total or 0, confidence)
        for count, total in zip(read.counts, read.totals, strict=True)
    ]


def _check_target(target: Fraction | None) -> None:
    if target is not None and not 0 <= target <= 1:
        what = f"--target {float(target):g} is not a share."
        raise UsageError(what, "Shares are fractions of 1: 0.85 for 85%.")


def _print_chart(
    make: Callable[[ChartOptions], ControlChart], named: Named, given: _Given, *, as_json: bool
) -> None:
    from ehcp_audit.reports.stats_page import chart_report  # noqa: PLC0415

    rules: Mode = given["rules"]
    good: Good = given["improvement"]
    target: Fraction | None = given["target"]
    options = ChartOptions(rules, given.get("screen"), given["baseline_points"])
    try:
        chart = make(options)
    except ValueError as error:
        what = f"--baseline-points {options.baseline_points}: {error}."
        raise UsageError(what, "Choose at least 2, and no more than there are points.") from None
    told: _Given = {"rules": rules}
    if "screen" in given:
        told["screen"] = options.screened
    told |= {
        "target": None if target is None else float(target),
        "improvement": good,
        "baseline_points": options.baseline_points,
    }
    page = chart_report(chart, named, told, good=good, target=target, drawn=not as_json)
    _print(page, as_json=as_json)


def _print(page: Report, *, as_json: bool) -> None:
    from ehcp_audit.reports.writing import write  # noqa: PLC0415

    styled = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    written = write(page, "json" if as_json else "text", styled=styled, dots=has_dots())
    emit(written if isinstance(written, str) else written.decode())
