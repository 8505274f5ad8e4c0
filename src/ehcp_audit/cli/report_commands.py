"""Commands that print reports: what the audits say over time; those on one audit join them."""

from __future__ import annotations

from datetime import date

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.report_audit_commands import audit
from ehcp_audit.domain.periods import GRANULARITIES, Granularity
from ehcp_audit.domain.questions import AXES, Axis
from ehcp_audit.reports.wording import SYNTHETIC


@click.group()
def report() -> None:
    """Print what the audits say."""


@report.command("trends")
@click.option(
    "--period", type=click.Choice(GRANULARITIES), help="Length of a period (default month)."
)
@click.option(
    "--by", "axis", type=click.Choice(AXES), help="Date of the audit (default) or on the plan."
)
@click.option(
    "--where",
    "wheres",
    metavar="FACT=VALUE[,VALUE]",
    multiple=True,
    help="Only audits of such plans.",
)
@click.option("--from", "first", metavar="DATE", help="First day, such as 3/9/2025 or 3 Sep 25.")
@click.option("--to", "last", metavar="DATE", help="Last day.")
@click.option("--rubric", "rubric", metavar="ID", help="The rubric (default: the one most used).")
@click.option(
    "--reason",
    "reasons",
    metavar="REASON",
    multiple=True,
    help="Why audited: routine (default), …, all.",
)
@output_options
@pass_invocation
def trends(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation,
    period: Granularity | None,
    axis: Axis | None,
    wheres: tuple[str, ...],
    first: str | None,
    last: str | None,
    rubric: str | None,
    reasons: tuple[str, ...],
    output: Output,
) -> None:
    """Print the trend: grades, themes and criteria, period by period.

    --where may be given several times; all of them must hold. What each figure means is said
    below the report and in docs/reports.md.
    """
    from ehcp_audit.cli import asking  # noqa: PLC0415
    from ehcp_audit.domain.questions import Question  # noqa: PLC0415
    from ehcp_audit.reports.trend_page import trend_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import ask  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        rubric_id = asking.rubric_id(store, rubric, settings.reports)
        question = Question(
            rubric_id=rubric_id,
            axis=axis or settings.reports.by,
            granularity=period or settings.reports.period,
            filters=asking.filters(store, wheres, rubric_id, today=today),
            reasons=asking.reasons(reasons),
            first=_day(first, today),
            last=_day(last, today),
        )
        page = trend_report(
            ask(store, question, today=today),
            made=today,
            area=settings.name,
            banner=SYNTHETIC if store.synthetic else "",
            log_head=store.head(),
            too_few_under=settings.reports.min_n,
        )
    output.deliver(page, workspace)


def _day(typed: str | None, today: date) -> date | None:
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415

    return None if typed is None else parse_date(typed, today=today)


report.add_command(audit)
