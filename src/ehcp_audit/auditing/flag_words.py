"""What is said where a flag is raised or answered, in the words every front end uses.

The sentences are the practitioners' own; the tool gives no advice on a child.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.flags import FLAG_LABELS, Flag, FlagKind
from ehcp_audit.settings.team import Safeguarding

NOT_SAFEGUARDING: Final = "Not a safeguarding concern"
NO_CONTACTS: Final = "This team's settings name no contact: settings.toml, [safeguarding]."
_SAYS: Final[Mapping[FlagKind, str]] = {
    "safeguarding": (
        "If a child may be at risk, follow your area’s procedure now. This tool tells nobody."
    ),
    "provision": (
        "What Section F promises must be provided (Children and Families Act 2014, section 42). "
        "Say what is not happening and since when; no names."
    ),
    "other_child": (
        "Another child’s details stand in this plan: tell the team that looks after the record, "
        "and your data protection lead. Write none of them here."
    ),
    "follow_up": "Something to come back to. Say what, and who is to do it (a role, no name).",
}
_ROLES: Final[Mapping[FlagKind, str]] = {
    "safeguarding": "designated safeguarding lead",
    "provision": "SEN team manager",
    "other_child": "data protection lead",
    "follow_up": "case holder",
}


@dataclass(frozen=True)
class FlagWords:
    """How a flag is asked about.

    Attributes:
        title: what kind of flag it is.
        says: the sentence that stands above everything else.
        contacts: the area's own lines; for safeguarding only.
        asks_text: the question for a word on it; empty where none is taken.
        asks_role, asks_day: the questions for who was told and when.
        role: the role that is usually told.
        asks_reason: the question for why it is no concern after all.
        asks_done: the question for what was done; empty where that is no answer.
    """

    title: str
    says: str
    contacts: tuple[str, ...]
    asks_text: str
    asks_role: str
    asks_day: str
    role: str
    asks_reason: str
    asks_done: str


def flag_words(kind: FlagKind, safeguarding: Safeguarding) -> FlagWords:
    """Return how a flag of that kind is asked about, with the team's own contacts and role."""
    grave = kind == "safeguarding"
    label = FLAG_LABELS[kind]
    return FlagWords(
        title=label[:1].upper() + label[1:],
        says=_SAYS[kind],
        contacts=(safeguarding.contacts or (NO_CONTACTS,)) if grave else (),
        asks_text="" if grave else "What, in a few words?",
        asks_role="Which role was told? No name, no details.",
        asks_day="When were they told?",
        role=(safeguarding.lead_role if grave else "") or _ROLES[kind],
        asks_reason=f"{NOT_SAFEGUARDING}: why?" if grave else "No concern after all: why?",
        asks_done="" if grave else "What was done about it?",
    )


def answer_words(flag: Flag) -> str:
    """Return how a flag stands: open, who was told and when, why no concern, or what was done."""
    if flag.told_role and flag.told_on is not None:
        return f"{flag.told_role} told on {show_date(flag.told_on)}"
    if flag.not_a_concern:
        grave = flag.kind == "safeguarding"
        return f"{NOT_SAFEGUARDING if grave else 'No concern'}: {flag.not_a_concern}"
    return f"Done: {flag.done}" if flag.done else "Not answered yet"
