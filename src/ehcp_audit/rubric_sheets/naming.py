"""Ids made from words: small letters and digits, none given twice."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_OTHER = re.compile(r"[^a-z0-9]+")
_REFERENCE = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LONGEST: Final = 40


class Ids:
    """Ids of one kind; each is made or taken once."""

    def __init__(self, reserved: frozenset[str] = frozenset()) -> None:
        self.taken = set(reserved)

    def make(self, words: str, otherwise: str, *, mark: str = "-", prefix: str = "") -> str:
        """Return an id from words, numbered where they were taken already."""
        base = prefix + (slug(words, mark) or otherwise)
        made, number = base, 2
        while made in self.taken:
            made, number = f"{base}{mark}{number}", number + 1
        self.taken.add(made)
        return made

    def make_from_reference(self, reference: str, otherwise: str) -> str:
        """Return a council's own reference as an id where it can be one, such as 1.2 or a3."""
        text = reference.strip().lower().rstrip(".)")
        if _REFERENCE.fullmatch(text) and len(text) <= _LONGEST and text not in self.taken:
            self.taken.add(text)
            return text
        return self.make(reference, otherwise)


def slug(words: str, mark: str = "-") -> str:
    """Return words as an id of at most forty characters, cut at the end of a word."""
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("’", ""))
    parts = _OTHER.split(plain.encode("ascii", "ignore").decode().lower())
    made = ""
    for part in filter(None, parts):
        longer = f"{made}{mark}{part}" if made else part[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        made = longer
    return made
