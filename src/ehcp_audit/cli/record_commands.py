"""Commands on what is passed on: flags to be answered, and audits handed to another auditor."""

from __future__ import annotations

from dataclasses import replace

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, output_options
from ehcp_audit.cli.pointing_out import decided, identifiers_option
from ehcp_audit.cli.printing import say
from ehcp_audit.reports.wording import SYNTHETIC


@click.command("flags")
@click.option("--all", "every", is_flag=True, help="Also those that are answered.")
@output_options
@pass_invocation
def flags(invocation: Invocation, every: bool, output: Output) -> None:
    """Print the flags that wait for an answer.

    Safeguarding, provision not happening, another child's details, follow up; with the plan, who
    raised it and when.
    """
    from ehcp_audit.reports.flags_page import flags_report  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    with invocation.store() as store:
        rows = store.flags() if every else store.open_flags()
        page = flags_report(
            rows,
            {row.rubric_hash: store.rubric(row.rubric_hash) for row in rows},
            every=every,
            today=invocation.today(),
        )
        if store.synthetic:
            page = replace(page, banners=(SYNTHETIC, *page.banners))
    output.deliver(page, workspace)


@click.command("hand-over")
@click.argument("reference", metavar="REF")
@click.option("--to", "to", metavar="NAME", required=True, help="Name, initials or id.")
@click.option("--reason", metavar="TEXT", required=True, help="Such as “left the team”.")
@identifiers_option
@pass_invocation
def hand_over(
    invocation: Invocation, reference: str, to: str, reason: str, identifiers: str | None
) -> None:
    """Put an audit in progress into another auditor's hands.

    REF is the plan's reference or the audit's id. Every name is kept, shown and printed.
    """
    from ehcp_audit.auditing import hand_over as handed_over  # noqa: PLC0415
    from ehcp_audit.auditing.begin import joining  # noqa: PLC0415
    from ehcp_audit.cli import asking  # noqa: PLC0415
    from ehcp_audit.domain.events import audit_subject  # noqa: PLC0415
    from ehcp_audit.store import Work  # noqa: PLC0415

    with invocation.store() as store:
        me = invocation.identity(store)
        them = invocation.named(store, to)
        state = store.audit(asking.draft_id(store, reference))
        before = store.auditor(state.auditor)
        why = decided(invocation, reason, identifiers)
        event = handed_over(state, them.id, me.id, reason=why.text)
        people = {who.id: who for who in (me, them)}.values()
        joins = [each for who in people for each in joining(store, who)]
        expects = {audit_subject(state.id): state.rev}
        events = (*joins, event, *why.logged(state, "hand over", me.id))
        store.do(Work(events=events, expects=expects))
    whose = before.name if before else state.auditor
    say(f"{state.plan_ref}: from {whose} to {them.name}. Both names stay in the record.")
