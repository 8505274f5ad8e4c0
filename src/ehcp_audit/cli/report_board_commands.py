"""Commands that print the board's pages and the evidence by finding."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ehcp_audit.cli.again import stamped
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.printing import emit
from ehcp_audit.cli.question_options import Asked, question_options
from ehcp_audit.cli.releasing import release_option, released_board
from ehcp_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ehcp_audit.domain.rubric import Rubric
    from ehcp_audit.trends.measures import Measure


_source = click.option(
    "--source", "sources", metavar="ID", multiple=True, help="Only this document's findings."
)


@click.command("board")
@click.option("--words", metavar="FILE", type=click.Path(path_type=Path), help="What people wrote.")
@click.option("--template", is_flag=True, help="Print an empty file for --words, and stop.")
@click.option("--improved", metavar="TEXT", help="Sentence one: what improved.")
@click.option("--not-improved", metavar="TEXT", help="Sentence two: what did not.")
@click.option("--ask", metavar="TEXT", help="Sentence three: what you ask of the board.")
@click.option("--measure", "measures", metavar="ID", multiple=True, help="Rows, at most seven.")
@click.option(
    "--target", "targets", metavar="ID=PERCENT", multiple=True, help="What is aimed at now."
)
@_source
@release_option
@question_options
@output_options
@pass_invocation
def board(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation,
    words: Path | None,
    template: bool,
    improved: str | None,
    not_improved: str | None,
    ask: str | None,
    measures: tuple[str, ...],
    targets: tuple[str, ...],
    sources: tuple[str, ...],
    release: bool,
    asked: Asked,
    output: Output,
) -> None:
    """Print the board's pages: what improved and what did not.

    The first three sentences are written by a person; the page does not print without them.
    """
    from ehcp_audit.reports.board_page import board_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.board_words import TEMPLATE, board_words  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.asking import versions_used  # noqa: PLC0415
    from ehcp_audit.trends.board import MOST_ROWS  # noqa: PLC0415
    from ehcp_audit.trends.board import board as ask_board  # noqa: PLC0415
    from ehcp_audit.trends.measures import measures_of  # noqa: PLC0415

    if template:
        emit(TEMPLATE)
        return
    if len(measures) >= MOST_ROWS:
        what = f"the first page has {MOST_ROWS} rows, one of them the official figure."
        raise UsageError(what, f"Name at most {MOST_ROWS - 1} measures.")
    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    written = board_words(words, improved=improved, not_improved=not_improved, ask=ask)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        known = measures_of(versions_used(store, question.rubric_id))
        aims = _targets(targets, known)
        figures, facts = worked_out(
            store,
            settings,
            today,
            lambda: ask_board(store, question, today=today, named=measures, targets=aims),
            release=release,
        )
        page = board_report(figures, written, facts, sources=sources)
        _check_sources(sources, figures.rubric)
        if release:
            released_board(invocation, store, figures, facts.log_head)
    sentences = {
        "improved": written.improved,
        "not_improved": written.not_improved,
        "ask": written.ask,
    }
    output.deliver(stamped(page, facts, question, sentences), workspace)


@click.command("findings")
@_source
@question_options
@output_options
@pass_invocation
def findings(
    invocation: Invocation, sources: tuple[str, ...], asked: Asked, output: Output
) -> None:
    """Print the evidence by the sentence of an inspection it answers."""
    from ehcp_audit.reports.findings_page import findings_report  # noqa: PLC0415
    from ehcp_audit.reports.page_facts import worked_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415
    from ehcp_audit.trends.board import board as ask_board  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    settings = team_settings(workspace)
    with invocation.store() as store:
        question = asked.question(store, settings, today)
        figures, facts = worked_out(
            store, settings, today, lambda: ask_board(store, question, today=today)
        )
    _check_sources(sources, figures.rubric)
    page = findings_report(figures, facts, sources=sources)
    output.deliver(stamped(page, facts, question), workspace)


def _check_sources(named: tuple[str, ...], rubric: Rubric) -> None:
    known = [source.id for source in rubric.sources]
    for each in named:
        if each not in known:
            what = f"“{each}” is no source of this rubric."
            raise UsageError(what, f"Use one of: {', '.join(known) or 'it names none'}.")


def _targets(typed: tuple[str, ...], known: Mapping[str, Measure]) -> dict[str, Fraction]:
    from ehcp_audit.cli.asking import percentage  # noqa: PLC0415
    from ehcp_audit.trends.measures import measure_named  # noqa: PLC0415

    targets = {}
    for each in typed:
        name, equals, share = each.partition("=")
        if not equals:
            what = f"--target {each} gives no percentage."
            raise UsageError(what, "Such as --target good-or-better=70.")
        targets[measure_named(name, known).id] = percentage(share)
    return targets
