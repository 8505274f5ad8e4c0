"""Where the conversation goes next: from the walk to the summary, to another audit, or home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Going:
    """An audit, the part of it to go to, and the question in view there (None: none yet).

    `plans` are the audits that one question is scored across, where it is; `heard` is whether
    the question was read in full on another of them.
    """

    audit_id: str
    to: Literal["walk", "summary"]
    at: str | None = None
    plans: tuple[str, ...] = ()
    heard: bool = False
