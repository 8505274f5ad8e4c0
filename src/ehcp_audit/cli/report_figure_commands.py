"""Commands that print comparisons, quality beside speed, and plans audited again."""

from __future__ import annotations

import click

from ehcp_audit.cli.again import stamped
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.question_options import (
    Asked,
    group_question_options,
    question_options,
)
from ehcp_audit.cli.releasing import release_option, released_groups


@click.command("compare")
@click.option("--by", "named", metavar="GROUPS", required=True, help="Such as team or setting.")
@click.option("--measure", metavar="ID", default="good-or-better", help="What is compared.")
@release_option
@group_question_options
@output_options
@pass_invocation
def compare(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation, named: str, measure: str, release: bool, asked: Asked, output: Output
) -> None:
    """Compare groups of plans fairly, each beside the whole.

    GROUPS is team, setting-group, agency, area, request-source, drafting-route, or any reported
    fact; never people. Without --from it is of the last twelve months.
    """
    from ehcp_audit.reports.compare_page import compare_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.comparing import comparing  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        fewest = settings.reports.min_n
        figures, facts = worked_out(
            store,
            settings,
            today,
            lambda: comparing(store, question, named, measure, today=today, fewest=fewest),
            release=release,
        )
        hide, head = facts.hide_up_to, facts.log_head
        released = released_groups(invocation, store, figures, head, hide) if release else None
    page = compare_report(figures, facts, released)
    output.deliver(stamped(page, facts, question), workspace)


@click.command("timeliness")
@question_options
@output_options
@pass_invocation
def timeliness(invocation: Invocation, asked: Asked, output: Output) -> None:
    """Print quality beside speed, and the limits in law.

    The grades of plans on time and late, both lines together with the team's backlogs marked, and
    every limit with and without exceptions, beside the official figure.
    """
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.reports.speed_page import speed_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.speed import quality_and_speed  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        figures, facts = worked_out(
            store, settings, today, lambda: quality_and_speed(store, question, today=today)
        )
    page = speed_report(figures, facts, settings.backlog)
    output.deliver(stamped(page, facts, question), workspace)


@click.command("re-audits")
@question_options
@output_options
@pass_invocation
def re_audits(invocation: Invocation, asked: Asked, output: Output) -> None:
    """Print what was put right: plans before and after."""
    from ehcp_audit.reports.again_page import again_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.again import again  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        figures, facts = worked_out(store, settings, today, lambda: again(store, question))
    output.deliver(stamped(again_report(figures, facts), facts, question), workspace)


@click.command("two")
@click.argument("one", metavar="FIRST")
@click.argument("other", metavar="SECOND")
@question_options
@output_options
@pass_invocation
def two(invocation: Invocation, one: str, other: str, asked: Asked, output: Output) -> None:
    """Set two groups or two periods side by side.

    FIRST and SECOND are each FACT=VALUE[,VALUE], or a period such as 2026-Q1. Grades, themes and
    agencies of both are told with their difference, its 95% range, and whether chance explains it.
    """
    from ehcp_audit.cli.asking import side_named  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.reports.pair_page import pair_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.pairs import pair  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        sides = [side_named(store, each, question.rubric_id, today=today) for each in (one, other)]
        figures, facts = worked_out(
            store,
            settings,
            today,
            lambda: pair(store, question, sides[0], sides[1], today=today),
        )
    output.deliver(stamped(pair_report(figures, facts), facts, question), workspace)


@click.command("evidence")
@click.argument("criterion", metavar="CRITERION")
@click.option("--level", metavar="LEVEL", help="Only this level, by its id, label or number.")
@question_options
@output_options
@pass_invocation
def evidence(
    invocation: Invocation, criterion: str, level: str | None, asked: Asked, output: Output
) -> None:
    """Print what the audits say on one question.

    CRITERION is its id. The lowest levels come first, each with what was seen and where, and why a
    contribution was weak. It holds what auditors wrote about children's plans.
    """
    from ehcp_audit.cli.asking import level_named  # noqa: PLC0415
    from ehcp_audit.reports.evidence_page import evidence_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.measures import criterion_named  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        rubrics = versions_used(store, question.rubric_id)
        named = criterion_named(criterion, rubrics[-1])
        wanted = None if level is None else level_named(level, rubrics[-1])
        found, facts = worked_out(
            store, settings, today, lambda: store.notes_on_criterion(question, named)
        )
    page = evidence_report(question, rubrics, named, found, facts, level=wanted)
    output.deliver(stamped(page, facts, question), workspace)


@click.command("measure")
@click.argument("named", metavar="MEASURE")
@question_options
@output_options
@pass_invocation
def measure(invocation: Invocation, named: str, asked: Asked, output: Output) -> None:
    """Print one measure over time: what it says, its chart, its figures.

    MEASURE is a name that `report definitions` gives.
    """
    from ehcp_audit.reports.line_page import line_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.board import board  # noqa: PLC0415
    from ehcp_audit.trends.measures import measure_named, measures_of  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        known = measures_of(versions_used(store, question.rubric_id))
        chosen = measure_named(named, known).id
        figures, facts = worked_out(
            store, settings, today, lambda: board(store, question, today=today, every_line=True)
        )
    page = line_report(figures, figures.row(chosen), facts)
    output.deliver(stamped(page, facts, question), workspace)


ON_FIGURES = (measure, compare, timeliness, re_audits, two, evidence)
