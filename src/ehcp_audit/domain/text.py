"""Text from people and files, made safe to show on a terminal.

Terminals obey control characters; so every text that was typed or read passes through
`visible` before it is shown. Markup is a separate matter: no shown text is ever parsed.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_KEPT_FORMAT = frozenset("\u200c\u200d")  # joiners that scripts and emoji need
_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n"})


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004  (C0 controls have their own pictures, U+2400 onwards)
        return chr(0x2400 + code)
    if code == 0x7F:  # noqa: PLR2004
        return "\N{SYMBOL FOR DELETE}"
    if 0x80 <= code <= 0x9F:  # noqa: PLR2004  (C1 controls: an eight-bit terminal obeys them)
        return f"<{code:02X}>"
    return REPLACEMENT


def _is_unsafe(character: str) -> bool:
    if character in _KEPT_FORMAT:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}


def visible(text: str, *, keep_lines: bool = True) -> str:
    """Return `text` with every control, bidirectional and private character made visible.

    Escape sequences become pictures (ESC is shown as U+241B), so nothing a person typed can
    move the cursor, set the title or write the clipboard. With `keep_lines`, line ends stay;
    otherwise each becomes a single space. Tabs become a space.
    """
    if text.isprintable():
        return text
    joined = text.replace("\r\n", "\n").translate(_NEWLINES)
    shown: list[str] = []
    for character in joined:
        if character == "\n":
            shown.append("\n" if keep_lines else " ")
        elif character == "\t":
            shown.append(" ")
        elif _is_unsafe(character):
            shown.append(_picture(character))
        else:
            shown.append(character)
    return "".join(shown)


def one_line(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` characters, an ellipsis marking a cut."""
    flat = " ".join(visible(text, keep_lines=False).split())
    if len(flat) <= width:
        return flat
    return flat[: max(width - 1, 0)] + "…"


def storable(text: str) -> str:
    """Return `text` as SQLite can keep it: lone surrogates become U+FFFD."""
    return text if text.isascii() else _SURROGATES.sub(REPLACEMENT, text)


def phrase_key(text: str) -> str:
    """Return what two phrases share that differ only in case, spacing and end marks."""
    return " ".join(text.split()).casefold().strip(" .,;:!?…")
