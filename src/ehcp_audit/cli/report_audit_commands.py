"""Commands that print reports on one audit; they stand under `ehcp-audit report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from ehcp_audit.cli import asking
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.domain.audit import PARTIES, WRITER

if TYPE_CHECKING:
    from datetime import date

    from ehcp_audit.domain.audit import SlipSaid
    from ehcp_audit.domain.rubric import Rubric

_NONE: Final = "none"


@click.command("audit")
@click.argument("reference", metavar="REF")
@output_options
@pass_invocation
def audit(invocation: Invocation, reference: str, output: Output) -> None:
    """Print one audit, by its plan's reference or by the audit's id.

    Of several audits of a plan it prints the latest that is signed off, and names the others.
    """
    from ehcp_audit.reports.one_audit import audit_of  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        page = audit_of(store, state, today=invocation.today())
    output.deliver(page, workspace)


@click.command("before-after")
@click.argument("reference", metavar="REF")
@output_options
@pass_invocation
def before_after(invocation: Invocation, reference: str, output: Output) -> None:
    """Print a re-audit beside the audit it follows.

    First whether what was asked was done, then the grades, the themes and what else changed.
    """
    from ehcp_audit.reports.one_audit import before_after_of  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.re_audit_id(store, reference))
        page = before_after_of(store, state, today=invocation.today())
    output.deliver(page, workspace)


@click.command("slip")
@click.argument("reference", metavar="REF")
@click.option(
    "--for", "party", type=click.Choice(PARTIES), default=WRITER, help="Whom it is for (writer)."
)
@click.option(
    "--by", "due", metavar="DATE", help="Keep the day to put a draft plan right by, or none."
)
@click.option(
    "--pen", metavar="ID", multiple=True, help="Keep what is a slip of the pen on a final plan."
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
    What --by and --pen say is kept with the audit and stands on every later slip; none takes it
    back.
    """
    from ehcp_audit.auditing.begin import joining  # noqa: PLC0415
    from ehcp_audit.auditing.slip import set_slip  # noqa: PLC0415
    from ehcp_audit.reports.one_audit import slip_of  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415

    workspace, today = invocation.workspace(), invocation.today()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        if due is not None or pen:
            rubric, identity = store.rubric(state.rubric_hash), invocation.identity(store)
            said = _said(state.slip, rubric, due, pen, today)
            event = set_slip(rubric, state, said, identity.id, today=today)
            if event is not None:
                events = [*joining(store, identity), event]
                store.write(events, expects={event.subject: state.rev})
                state = store.audit(state.id)
        team = team_settings(workspace).name
        page = slip_of(store, state, party=party, today=today, team=team)
    output.deliver(page, workspace)


def _said(
    before: SlipSaid, rubric: Rubric, due: str | None, pen: tuple[str, ...], today: date
) -> SlipSaid:
    """Return what the options say for the slips, each left as it was where it is not given."""
    from ehcp_audit.domain.audit import SlipSaid  # noqa: PLC0415

    by = before.due if due is None else None if due == _NONE else asking.day(due, today)
    if not pen:
        return SlipSaid(by, before.pen)
    named = [asking.criterion_id(rubric, each) for each in pen if each != _NONE]
    return SlipSaid(by, tuple(dict.fromkeys(named)))


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
    from ehcp_audit.reports.one_audit import trail_of  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        state = store.audit(asking.audit_id(store, reference))
        rubric = store.rubric(state.rubric_hash)
        meant = None if criterion is None else asking.criterion_id(rubric, criterion)
        page = trail_of(store, state, today=invocation.today(), criterion=meant)
    output.deliver(page, workspace)


ON_ONE_AUDIT: Final[tuple[click.Command, ...]] = (audit, slip, before_after, trail)
