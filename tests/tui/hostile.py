"""Texts that mean harm to a terminal or to markup, and what must never reach the screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rich.segment import Segment

PAYLOADS = {
    "title": "\x1b]0;PWN\x07",
    "clipboard": "\x1b]52;c;UFdO\x07",
    "link": "\x1b]8;;http://evil/PWN\x1b\\x\x1b]8;;\x1b\\",
    "report": "\x1b[6n",
    "device": "\x1bP$qPWN\x1b\\",
    "colour": "\x9b31mPWN",
    "title 8 bit": "\x9d0;PWN\x9c",
    "bell": "\x07PWN",
    "return": "AAAA\rPWN",
    "backspace": "A\x08\x08PWN",
    "bidi": "a\u202egnirts\u202c\u2066b\u2069",
    "null": "a\x00b",
    "surrogate": "a\udc80b",
    "private": "a\ue000b\U000e0041c",
    "close": "[/]",
    "close b": "[/b]",
    "action": "[@click=app.quit]x[/]",
    "bold": "[b]bold[/b] [red]",
    "open": "[= [$ [@ [\" [link='",
    "redacted": "[redacted] [] [x]",
}
_JOINERS = "\u200c\u200d"


def unsafe(lines: Iterable[Iterable[Segment]]) -> list[str]:
    """Return what a screen would send to the terminal that it must not: controls and links."""
    found = []
    for line in lines:
        for segment in line:
            found += [
                f"{character!a} in {segment.text!a}"
                for character in segment.text
                if character not in _JOINERS
                and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")
            ]
            if segment.control:
                found.append(f"control {segment.control!a}")
            if segment.style is not None and (segment.style.link or "@click" in segment.style.meta):
                found.append(f"link {segment.style.link or segment.style.meta!a}")
    return found
