"""Commands that print reports on one audit; they stand under `ehcp-audit report`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from ehcp_audit.cli import asking
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.domain.audit import PARTIES, WRITER
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.reports.wording import SYNTHETIC

if TYPE_CHECKING:
    from ehcp_audit.reports.model import Report
    from ehcp_audit.store import Store


@click.command("audit")
@click.argument("reference", metavar="REF")
@output_options
@pass_invocation
def audit(invocation: Invocation, reference: str, output: Output) -> None:
    """Print one audit, by its plan's reference or by the audit's id.

    Of several audits of a plan it prints the latest that is signed off, and names the others.
    """
    from ehcp_audit.auditing.handing_over import hands  # noqa: PLC0415
    from ehcp_audit.auditing.re_audit import earlier_of  # noqa: PLC0415
    from ehcp_audit.reports.audit_page import audit_report  # noqa: PLC0415
    from ehcp_audit.reports.audit_words import Audited  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        before = earlier_of(store, state)
        page = audit_report(
            state,
            store.rubric(state.rubric_hash),
            auditor_name=hands(state, {each.id: each.name for each in store.auditors()}),
            today=invocation.today(),
            earlier=None if before is None else Audited(*before),
        )
        page = _marked(page, store)
    output.deliver(page, workspace)


@click.command("before-after")
@click.argument("reference", metavar="REF")
@output_options
@pass_invocation
def before_after(invocation: Invocation, reference: str, output: Output) -> None:
    """Print a re-audit beside the audit it follows.

    First whether what was asked was done, then the grades, the themes and what else changed.
    """
    from ehcp_audit.auditing.re_audit import earlier_of  # noqa: PLC0415
    from ehcp_audit.reports.audit_words import Audited  # noqa: PLC0415
    from ehcp_audit.reports.before_after_page import before_after_report  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.re_audit_id(store, reference))
        before = earlier_of(store, state)
        if before is None:
            what = f"the audit {state.id} of {state.plan_ref} follows no audit that is signed off."
            raise UsageError(what, "Audit the plan again from its summary.", title="No re-audit")
        after = Audited(state, store.rubric(state.rubric_hash))
        page = before_after_report(Audited(*before), after, today=invocation.today())
        page = _marked(page, store)
    output.deliver(page, workspace)


@click.command("slip")
@click.argument("reference", metavar="REF")
@click.option(
    "--for", "party", type=click.Choice(PARTIES), default=WRITER, help="Whom it is for (writer)."
)
@click.option(
    "--by", "due", metavar="DATE", help="The day to put a draft plan right by; never worked out."
)
@click.option(
    "--pen", metavar="ID", multiple=True, help="A point on a final plan that is a slip of the pen."
)
@output_options
@pass_invocation
def slip(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation,
    reference: str,
    party: str,
    due: str | None,
    pen: tuple[str, ...],
    output: Output,
) -> None:
    """Print the feedback slip, for the plan's writer or for one agency.

    A draft plan's slip says what to put right before issue. A final plan's says what is a slip
    of the pen and what to propose at the next review, because changing it is a legal process.
    """
    from ehcp_audit.reports.slip_page import slip_report  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        rubric = store.rubric(state.rubric_hash)
        page = slip_report(
            state,
            rubric,
            party=party,
            today=today,
            due=asking.day(due, today),
            pen=tuple(asking.criterion_id(rubric, each) for each in pen),
            team=team_settings(workspace).name,
        )
        page = _marked(page, store)
    output.deliver(page, workspace)


@click.command("trail")
@click.argument("reference", metavar="REF")
@click.option(
    "--criterion", metavar="ID", help="Only what was done on one, by its id or words of its title."
)
@output_options
@pass_invocation
def trail(invocation: Invocation, reference: str, criterion: str | None, output: Output) -> None:
    """Print everything that was done to an audit: who, when, what, why.

    Times are local. What was undone stays in the trail and says so.
    """
    from ehcp_audit.reports.trail_page import stored_trail  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        rubric = store.rubric(state.rubric_hash)
        named = None if criterion is None else asking.criterion_id(rubric, criterion)
        page = stored_trail(store, state, today=invocation.today(), criterion=named)
        page = _marked(page, store)
    output.deliver(page, workspace)


def _marked(page: Report, store: Store) -> Report:
    """Return a page that says so where everything in the workspace was made up."""
    return replace(page, banners=(SYNTHETIC, *page.banners)) if store.synthetic else page


ON_ONE_AUDIT: Final[tuple[click.Command, ...]] = (audit, slip, before_after, trail)
