"""What looks like an identifier in a text given to a command: refused until that is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from ehcp_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ehcp_audit.auditing.identifying import Decision
    from ehcp_audit.cli.invocation import Invocation
    from ehcp_audit.domain.audit import AuditState
    from ehcp_audit.domain.events import NewEvent

_DECISIONS: Final[dict[str, Decision]] = {"replace": "replaced", "keep": "kept"}

identifiers_option = click.option(
    "--identifiers",
    type=click.Choice(tuple(_DECISIONS)),
    help="What becomes of words that look like a name, a number or an address.",
)


@dataclass(frozen=True)
class Decided:
    """A text as it is to be written; `log` makes the event of the decision, where one was made."""

    text: str
    log: Callable[[AuditState, str, str], NewEvent] | None = None

    def logged(self, state: AuditState, field: str, actor: str) -> list[NewEvent]:
        """Return the event that logs the decision, if there was any."""
        return [] if self.log is None else [self.log(state, field, actor)]


def decided(invocation: Invocation, text: str, chosen: str | None, *, before: str = "") -> Decided:
    """Return a text as `--identifiers` has it; `before` is what was kept in its place.

    Raises `UsageError` where something looks like an identifier and nothing was chosen.
    """
    from ehcp_audit.auditing.identifying import point_out  # noqa: PLC0415
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415

    team = team_settings(invocation.workspace())
    pointed = point_out({"text": text}, team, invocation.today(), before=(before,))
    if pointed is None:
        return Decided(text)
    if chosen is None:
        what = f"this may say who it is about: {pointed.sentence}"
        step = (
            "Nothing is kept yet. Give --identifiers replace to put in their place what they "
            "are, or --identifiers keep where they name nobody."
        )
        raise UsageError(what, step, title="Look at the text")
    decision = _DECISIONS[chosen]
    return Decided(
        pointed.after(decision)["text"],
        lambda state, field, actor: pointed.event(state, field, decision, actor),
    )
