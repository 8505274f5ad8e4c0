"""Settling who is at the keyboard, in one fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ehcp_audit.domain.errors import IdentityError
from ehcp_audit.domain.identity import Identity
from ehcp_audit.settings.person import Person

AUDITOR_VARIABLE: Final = "EHCP_AUDIT_AUDITOR"
_ASK = "Say who you are: `ehcp-audit me --name KL --agency education`."


def identify(
    chosen: str | None,
    *,
    environment: Mapping[str, str],
    person: Person | None,
    known: Sequence[Identity],
) -> Identity:
    """Return who is at the keyboard: `--auditor`, `EHCP_AUDIT_AUDITOR`, else one's own settings.

    The first two pick, by id or name, one of the auditors `known` to the workspace or oneself.
    Raises `IdentityError` if nobody is named, or the name is unknown or two people's.
    """
    own = person.identity if person else None
    wanted = (chosen or environment.get(AUDITOR_VARIABLE) or "").strip()
    if not wanted:
        if own is None:
            what = "Nobody has been named."
            raise IdentityError(what, _ASK)
        return own
    everyone = {identity.id: identity for identity in (*known, *([own] if own else []))}
    if wanted in everyone:
        return everyone[wanted]
    named = [each for each in everyone.values() if each.name.casefold() == wanted.casefold()]
    if len(named) > 1:
        ids = ", ".join(sorted(each.id for each in named))
        what = f"{len(named)} auditors are called “{wanted}”."
        raise IdentityError(what, f"Name one by id: {ids}.")
    if not named:
        names = ", ".join(sorted(each.name for each in everyone.values()))
        what = f"“{wanted}” is not an auditor of this workspace."
        raise IdentityError(what, f"Known here: {names}. {_ASK}" if names else _ASK)
    return named[0]
