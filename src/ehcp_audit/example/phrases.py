"""A small bank of plainly made-up notes and reasons; they name nobody and describe no child."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Bank = Mapping[str, tuple[str, ...]]

_WEAK = {
    "voice": (
        "Made-up note: Section A speaks of the child only through others.",
        "Made-up note: nothing says how the views were gathered.",
        "Made-up note: the wishes in Section A do not come back in Section E.",
    ),
    "outcomes": (
        "Made-up note: “will make progress” cannot be measured.",
        "Made-up note: the outcome names a service, not a difference.",
        "Made-up note: no date by which the outcome is to be reached.",
    ),
    "agencies": (
        "Made-up note: the section is one line and points to no advice.",
        "Made-up note: the advice asks for more than the plan says.",
        "Made-up note: nothing shows that this service was asked.",
    ),
    "updates": (
        "Made-up note: the review asked for a change that is not in the plan.",
        "Made-up note: the plan still names last year's setting.",
    ),
    "provision": (
        "Made-up note: “access to support as required”.",
        "Made-up note: a need in Section B has no provision in Section F.",
        "Made-up note: hours are given, but not who delivers them.",
    ),
    "checks": (
        "Made-up note: two sections disagree about the placement.",
        "Made-up note: a date in Section K is earlier than the request.",
    ),
    "transition": (
        "Made-up note: nothing on work, housing or health after school.",
        "Made-up note: preparing for adult life is a heading with one line.",
    ),
}
_STRONG = {
    "voice": ("Made-up note: own words, a drawing described, and how they were gathered.",),
    "outcomes": ("Made-up note: by a date, by how much, and who will see it.",),
    "agencies": ("Made-up note: the advice is quoted, with hours and who delivers them.",),
    "updates": ("Made-up note: every change of the review is in, with the reason for each.",),
    "provision": ("Made-up note: what, who, how often and how long, for every need.",),
    "checks": ("Made-up note: every name, date and section agrees.",),
    "transition": ("Made-up note: steps to work and living, with dates and who leads.",),
}
WEAK: Final[Bank] = MappingProxyType(_WEAK)
STRONG: Final[Bank] = MappingProxyType(_STRONG)

NOT_SEEN: Final = (
    "The advice was not on the file (made up).",
    "No access to the case record that day (made up).",
    "The review papers were missing (made up).",
)
NOT_ARISING: Final = ("The question does not arise for this plan (made up).",)
WITHDRAWN: Final = "Begun on the wrong version of the plan (made up)."
REOPENED: Final = "The advice came to light after sign-off (made up)."

FLAG_NOTES: Final[Bank] = MappingProxyType(
    {
        "provision": (
            "Made-up note: the weekly session in Section F has not begun.",
            "Made-up note: hours in Section F are not given since the change of staff.",
        ),
        "other_child": ("Made-up note: a page of another plan is bound into this one.",),
        "follow_up": (
            "Made-up note: ask whether the missing advice has come.",
            "Made-up note: the next review is due; look again after it.",
        ),
    }
)
PUT_RIGHT: Final = "Raised with the case holder, who put it right (made up)."
NO_CONCERN: Final = "Known to the service and in hand already (made up)."
HANDED_OVER: Final = "Moved to another team (made up)."
ANSWERS: Final = (
    ("writer", "Agreed; the section is being rewritten (made up).", False),
    ("writer", "The outcome was agreed in these words at the review (made up).", True),
    ("health", "The advice came after the plan was drafted (made up).", False),
    ("social_care", "Nobody asked us for advice (made up).", True),
    ("education", "Thank you; shared with the team (made up).", False),
)
KEPT_PHRASES: Final = (
    ("voice.whose-view", "Made-up phrase: cannot tell whose view this is."),
    ("voice.own-views", "Made-up phrase: own words, dated and placed."),
    ("outcomes.timed", "Made-up phrase: no date by which it is to be reached."),
    ("provision.specific", "Made-up phrase: hours without who delivers them."),
)


def phrases_for(bank: Bank, theme: str) -> tuple[str, ...]:
    """Return the notes of a theme, or one for any theme where the bank has none."""
    return bank.get(theme, ("Made-up note: see the section named.",))
