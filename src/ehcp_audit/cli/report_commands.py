"""Commands that print reports: what the audits say over time, and one audit in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.printing import warn
from ehcp_audit.domain.periods import GRANULARITIES, Granularity
from ehcp_audit.domain.questions import AXES, Axis
from ehcp_audit.reports.wording import SYNTHETIC

if TYPE_CHECKING:
    from ehcp_audit.store import AuditRow, Store


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


@report.command("audit")
@click.argument("reference", metavar="REF")
@output_options
@pass_invocation
def audit(invocation: Invocation, reference: str, output: Output) -> None:
    """Print one audit, by its plan's reference or by the audit's id.

    Of several audits of a plan it prints the latest that is signed off, and names the others.
    """
    from ehcp_audit.reports.audit_page import audit_report  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        audit_id = _audit_id(store, reference)
        state = store.audit(audit_id)
        auditor = store.auditor(state.auditor)
        page = audit_report(
            state,
            store.rubric(state.rubric_hash),
            auditor_name=auditor.name if auditor else state.auditor,
            today=invocation.today(),
        )
        if store.synthetic:
            page = replace(page, banners=(SYNTHETIC, *page.banners))
    output.deliver(page, workspace)


def _day(typed: str | None, today: date) -> date | None:
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415

    return None if typed is None else parse_date(typed, today=today)


def _audit_id(store: Store, reference: str) -> str:
    """Return the audit that a plan's reference, or an audit's own id, means."""
    from ehcp_audit.domain.errors import UsageError  # noqa: PLC0415
    from ehcp_audit.store import AuditQuery  # noqa: PLC0415

    states = ("signed", "draft", "withdrawn")
    rows = store.audits(AuditQuery(states=states, plan_ref=reference.strip().upper()))
    if not rows:
        if store.audit_events(reference.strip()):
            return reference.strip()
        what = f"there is no plan “{reference}” with an audit here."
        raise UsageError(
            what, "Look at the list of audits for its reference.", title="No such audit"
        )
    chosen = min(rows, key=lambda row: _standing(row, states))
    for other in rows:
        if other.id != chosen.id:
            day = other.audit_date.isoformat() if other.audit_date else other.state
            warn(f"Another audit of {other.ref}: {other.id} ({day}, {other.auditor_name})")
    return chosen.id


def _standing(row: AuditRow, states: tuple[str, ...]) -> tuple[int, int]:
    """Order audits by state, then by audit date, the latest first."""
    return states.index(row.state), -(row.audit_date.toordinal() if row.audit_date else 0)
