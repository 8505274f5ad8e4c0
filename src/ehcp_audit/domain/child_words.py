"""Saying “young person” from Year 12, when the rights of a plan pass to them.

A rubric's words stand as its authors wrote them, save that the one child whom a plan is about is
called a young person. Only phrases that can mean nobody else are changed: “the child”, “this
child”, “any child”, “the right child”, “child and family”, and “child or young person”. Another
child, a child in need or protection plan, children's services, findings and law stay.
"""

from __future__ import annotations

import re
from typing import Final

from ehcp_audit.domain.facts import Facts, is_young_person

_EITHER: Final = re.compile(r"\bchild(?:['’]s)? or young person(['’]s)?", re.IGNORECASE)
_THE_ONE: Final = re.compile(
    r"\b((?:the|this|that|any)(?: right)? )child\b"
    r"(?! (?:protection|in need|looked after|health|development|and adolescent|psych))",
    re.IGNORECASE,
)
_AND_FAMILY: Final = re.compile(
    r"(?<!\bof a )(?<!\ba )(?<!\banother )(?<!\bother )(?<!\beach )\bchild"
    r"(?= (?:and|or) (?:the )?(?:family|parents?)\b)",
    re.IGNORECASE,
)


def person(facts: Facts) -> str:
    """Return what the tool calls whom a plan is about: child, or young person from Year 12."""
    return "young person" if is_young_person(facts) else "child"


def of_young_person(text: str) -> str:
    """Return a rubric's text about the child of a plan as it is said of a young person."""
    said = _EITHER.sub(lambda found: _cased(found[0], f"young person{found[1] or ''}"), text)
    said = _THE_ONE.sub(lambda found: f"{found[1]}young person", said)
    return _AND_FAMILY.sub(lambda found: _cased(found[0], "young person"), said)


def _cased(before: str, words: str) -> str:
    """Return words beginning with a capital where those they replace did."""
    return words[:1].upper() + words[1:] if before[:1].isupper() else words
