"""Commands that record what figures rest on: earlier counts, official figures, a new baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.printing import say
from ehcp_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ehcp_audit.domain.events import FiguresKind
    from ehcp_audit.store import Store

_LONGEST = 300


@click.command("counts")
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--rubric", metavar="ID", help="The rubric they belong to (default: most used).")
@click.option("--source", metavar="TEXT", default="", help="Where they come from.")
@pass_invocation
def import_counts(invocation: Invocation, file: Path, rubric: str | None, source: str) -> None:
    """Bring in earlier audits as monthly counts.

    A row has month, measure, count, total and source. All rows come in or none. A later count
    of the same month and measure takes the place of an earlier one; a total of 0 takes it back.
    """
    from ehcp_audit.cli.asking import rubric_id  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.bringing_in import read_counts  # noqa: PLC0415
    from ehcp_audit.trends.measures import measures_of  # noqa: PLC0415

    with invocation.store() as store:
        chosen = rubric_id(store, rubric, team_settings(invocation.workspace()).reports)
        measures = measures_of(versions_used(store, chosen))
        bodies = read_counts(file, chosen, measures, today=invocation.today(), source=source)
        record(invocation, store, "counts_brought_in", *bodies)
    rows = "1 monthly count" if len(bodies) == 1 else f"{len(bodies):,} monthly counts"
    say(f"{rows} brought in. They are marked “brought in” wherever they enter a figure.")


@click.command("official-figure")
@click.argument("measure", metavar="MEASURE")
@click.option("--period", metavar="TEXT", required=True, help="What it covers, such as 2025.")
@click.option("--share", metavar="PERCENT", help="The published share.")
@click.option("--count", type=click.IntRange(min=0), help="The count behind it.")
@click.option("--total", type=click.IntRange(min=1), help="Out of how many.")
@click.option("--source", metavar="TEXT", required=True, help="Where it was published.")
@click.option("--date", "dated", metavar="DATE", required=True, help="When it was published.")
@pass_invocation
def official_figure(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation,
    measure: str,
    period: str,
    share: str | None,
    count: int | None,
    total: int | None,
    source: str,
    dated: str,
) -> None:
    """Type in a published figure of the area.

    MEASURE is on-time (final plans within 20 weeks). It is printed beside what the audited plans
    show, with its source and date. The same period typed again takes the earlier one's place.
    """
    from ehcp_audit.cli.asking import percentage  # noqa: PLC0415
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415
    from ehcp_audit.trends.measures import ON_TIME  # noqa: PLC0415

    if measure.strip().lower() != ON_TIME:
        what = f"no official figure is kept of “{measure}”."
        raise UsageError(what, f"Use {ON_TIME}: final plans within 20 weeks.")
    if (count is None) != (total is None) or (count is not None and count > (total or 0)):
        what = "--count and --total belong together, and the count is at most the total."
        raise UsageError(what, "Such as --count 310 --total 502, or --share 61.8.")
    if share is None and count is None:
        what = "the figure itself is missing."
        raise UsageError(what, "Give --share, or --count and --total.")
    if share is not None:
        fraction = percentage(share)
    else:
        from fractions import Fraction  # noqa: PLC0415

        fraction = Fraction(count or 0, total or 1)
    body = {
        "measure": ON_TIME,
        "period": _line("--period", period),
        "count": count,
        "total": total,
        "share": f"{fraction}",
        "source": _line("--source", source),
        "date": parse_date(dated, today=invocation.today()).isoformat(),
    }
    with invocation.store() as store:
        record(invocation, store, "official_figure_given", body)
    say(f"Kept: on time in {body['period']}, {body['source']}.")


@click.command("baseline")
@click.argument("measure", metavar="MEASURE")
@click.option("--from", "period", metavar="PERIOD", required=True, help="Such as 2026-04.")
@click.option("--reason", metavar="TEXT", required=True, help="Why the average begins anew.")
@click.option("--rubric", metavar="ID", help="The rubric (default: the most used).")
@pass_invocation
def baseline(
    invocation: Invocation, measure: str, period: str, reason: str, rubric: str | None
) -> None:
    """Record that a measure's average and limits begin anew.

    From that period on only the new segment speaks about the measure; the reason is printed.
    """
    from ehcp_audit.cli.asking import period_named, rubric_id  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.measures import measure_named, measures_of  # noqa: PLC0415

    with invocation.store() as store:
        chosen = rubric_id(store, rubric, team_settings(invocation.workspace()).reports)
        found = measure_named(measure, measures_of(versions_used(store, chosen)))
        body = {
            "rubric_id": chosen,
            "measure": found.id,
            "from_period": period_named(period).key,
            "reason": _line("--reason", reason),
        }
        record(invocation, store, "baseline_rebased", body)
    say(f"{found.title}: the average and the limits begin anew in {body['from_period']}.")


def record(
    invocation: Invocation, store: Store, kind: FiguresKind, *bodies: dict[str, Any]
) -> None:
    """Write events on the workspace's figures in one transaction."""
    from ehcp_audit.auditing.begin import joining  # noqa: PLC0415
    from ehcp_audit.domain.events import figures_event  # noqa: PLC0415

    actor = invocation.identity(store)
    events = [figures_event(kind, body, actor.id) for body in bodies]
    store.write([*joining(store, actor), *events])


def _line(option: str, text: str) -> str:
    """Return a typed text on one line; raises `UsageError` where it is empty or too long."""
    joined = " ".join(text.split())
    if not joined or len(joined) > _LONGEST:
        what = f"{option} is empty or longer than {_LONGEST} characters."
        raise UsageError(what)
    return joined
