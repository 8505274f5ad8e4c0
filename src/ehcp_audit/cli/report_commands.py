"""Commands that print reports: what the audits say over time; those on one audit join them."""

from __future__ import annotations

import click

from ehcp_audit.cli.again import stamped
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.question_options import Asked, question_options
from ehcp_audit.cli.record_commands import flags
from ehcp_audit.cli.replay_command import replay
from ehcp_audit.cli.report_audit_commands import ON_ONE_AUDIT
from ehcp_audit.cli.report_board_commands import board, findings
from ehcp_audit.cli.report_figure_commands import ON_FIGURES


@click.group()
def report() -> None:
    """Print what the audits say."""


@report.command("trends")
@question_options
@output_options
@pass_invocation
def trends(invocation: Invocation, asked: Asked, output: Output) -> None:
    """Print the trend: grades, themes and criteria, period by period.

    --where may be given several times; all of them must hold. What each figure means is said
    below the report and in docs/reports.md.
    """
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.reports.trend_page import trend_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import ask  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        figures, facts = worked_out(
            store, settings, today, lambda: ask(store, question, today=today)
        )
    output.deliver(stamped(trend_report(figures, facts), facts, question), workspace)


@report.command("definitions")
@click.option("--rubric", "rubric", metavar="ID", help="The rubric (default: the most used).")
@output_options
@pass_invocation
def definitions(invocation: Invocation, rubric: str | None, output: Output) -> None:
    """Print what every measure counts, and out of what."""
    from ehcp_audit.cli.asking import rubric_id  # noqa: PLC0415
    from ehcp_audit.reports.definitions_page import definitions_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.measures import measures_of  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        rubrics = versions_used(store, rubric_id(store, rubric, team_settings(workspace).reports))
    output.deliver(definitions_report(rubrics[-1], measures_of(rubrics)), workspace)


for each in (board, findings, replay, *ON_FIGURES, flags, *ON_ONE_AUDIT):
    report.add_command(each)
