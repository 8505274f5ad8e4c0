"""Who is at the keyboard: an id, and the name or initials and agency they chose to give."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.errors import IdentityError
from ehcp_audit.domain.rubric import AGENCIES

LONGEST_NAME: Final = 40


@dataclass(frozen=True)
class Identity:
    """One auditor: `id` is 12 random hexadecimal digits, `agency` one of the three."""

    id: str
    name: str
    agency: str


NOBODY: Final = Identity("", "", "education")  # reads, and changes nothing


def parse_name(typed: str) -> str:
    """Return a name or initials with its spaces tidied, or raise `IdentityError`."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        what = f"A name or initials is 1 to {LONGEST_NAME} printable characters."
        raise IdentityError(what, "Initials are enough, such as KL.")
    return name


def parse_agency(typed: str) -> str:
    """Return an agency's id; “Social care” and “social-care” are read too."""
    agency = typed.strip().lower().replace("-", "_").replace(" ", "_")
    if agency not in AGENCIES:
        what = f"“{typed.strip()}” is not an agency."
        raise IdentityError(what, f"Use one of: {', '.join(AGENCIES)}.")
    return agency
