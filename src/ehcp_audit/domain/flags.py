"""Flags: what an auditor must pass on, and whether somebody has.

A flag is answered, never undone. It stays in the record with who raised and who answered it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

FlagKind = Literal["safeguarding", "provision", "other_child", "follow_up"]
FLAG_KINDS: Final[tuple[FlagKind, ...]] = ("safeguarding", "provision", "other_child", "follow_up")
FLAG_LABELS: Final[Mapping[FlagKind, str]] = {
    "safeguarding": "safeguarding",
    "provision": "provision not happening",
    "other_child": "another child’s details",
    "follow_up": "follow up",
}
LONGEST_ROLE: Final = 80  # characters of a role that was told


@dataclass(frozen=True)
class Flag:
    """Something to be passed on; `criterion` is where it was seen, if at one question.

    Answered is: which role was told and when, or why it is no concern, or (not for safeguarding)
    what was done. `answered_by` is whoever gave the newest answer.
    """

    id: str
    kind: FlagKind
    criterion: str | None
    text: str = ""
    told_role: str = ""
    told_on: date | None = None
    not_a_concern: str = ""
    done: str = ""
    raised_by: str = ""
    raised_at: str = ""
    answered_by: str = ""
    answered_at: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        told = bool(self.told_role and self.told_on)
        return not (told or self.not_a_concern or self.done)

    @property
    def blocks_sign_off(self) -> bool:
        """Whether no audit with it is signed off: safeguarding, until it is answered."""
        return self.kind == "safeguarding" and self.open

    def to_body(self) -> dict[str, Any]:
        """Return what the flag says, as an event's body holds it."""
        return {
            "text": self.text,
            "told_role": self.told_role,
            "told_on": None if self.told_on is None else self.told_on.isoformat(),
            "not_a_concern": self.not_a_concern,
            "done": self.done,
        }

    def to_record(self) -> dict[str, Any]:
        """Return the whole flag as JSON values: what it says, and who raised and answered it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "criterion": self.criterion,
            **self.to_body(),
            "raised_by": self.raised_by,
            "raised_at": self.raised_at,
            "answered_by": self.answered_by,
            "answered_at": self.answered_at,
        }

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Flag:
        """Return the flag that `to_record` wrote down."""
        told_on = record["told_on"]
        day = None if told_on is None else date.fromisoformat(told_on)
        return Flag(**{**record, "told_on": day})


def flag_from_body(body: Mapping[str, Any], before: Flag | None, *, by: str, at: str) -> Flag:
    """Return the flag that a `flagged` body makes of the one before it, or of none."""
    said = body["new"]
    told_on = said["told_on"]
    return Flag(
        id=body["flag"],
        kind=body["kind"],
        criterion=body["criterion"],
        text=said["text"],
        told_role=said["told_role"],
        told_on=None if told_on is None else date.fromisoformat(told_on),
        not_a_concern=said["not_a_concern"],
        done=said["done"],
        raised_by=by if before is None else before.raised_by,
        raised_at=at if before is None else before.raised_at,
        answered_by="" if before is None else by,
        answered_at="" if before is None else at,
    )
