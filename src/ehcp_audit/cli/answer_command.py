"""The command that keeps what the writer or an agency answered on the feedback slip."""

from __future__ import annotations

import sys
from typing import Final

import click

from ehcp_audit.cli import asking
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.pointing_out import decided, identifiers_option
from ehcp_audit.cli.printing import say
from ehcp_audit.domain.audit import PARTIES

_FROM_INPUT: Final = "-"


@click.command("answer")
@click.argument("reference", metavar="REF")
@click.argument("text", metavar="TEXT")
@click.option(
    "--from", "party", type=click.Choice(PARTIES), required=True, help="Who answered the slip."
)
@click.option("--disputed", is_flag=True, help="They dispute the audit.")
@identifiers_option
@pass_invocation
def answer(  # noqa: PLR0917  (click passes them all by name)
    invocation: Invocation,
    reference: str,
    text: str,
    party: str,
    disputed: bool,
    identifiers: str | None,
) -> None:
    """Keep what the writer or an agency answered on the slip.

    TEXT is what they said; - reads it from standard input, and an empty one takes the answer
    away. A later answer replaces the one before; both stay in the trail.
    """
    from ehcp_audit.auditing.answering import STAYS_OPEN, answer_slip  # noqa: PLC0415
    from ehcp_audit.auditing.begin import joining  # noqa: PLC0415

    with invocation.store() as store:
        identity = invocation.identity(store)
        state = store.audit(asking.audit_id(store, reference))
        said = sys.stdin.read() if text == _FROM_INPUT else text
        before = state.answers.get(party)
        checked = decided(
            invocation, said, identifiers, before="" if before is None else before.text
        )
        event = answer_slip(
            state, party, identity.id, text=checked.text, on=invocation.today(), disputed=disputed
        )
        events = [*joining(store, identity), event, *checked.logged(state, "answer", identity.id)]
        store.write(events, expects={event.subject: state.rev})
    taken = event.body["new"] is None
    say(f"{'Taken away' if taken else 'Kept'}: the answer of {_whose(party)} on {state.plan_ref}.")
    if disputed:
        say(STAYS_OPEN)


def _whose(party: str) -> str:
    from ehcp_audit.domain.rubric import AGENCY_LABELS  # noqa: PLC0415

    return AGENCY_LABELS.get(party, "the writer")
