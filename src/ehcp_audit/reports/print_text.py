"""Text as the shipped fonts can print it: what they lack is named by its code, never left out."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from ehcp_audit.domain.text import visible

FONTS: Final = files("ehcp_audit.reports") / "fonts"
_WORD: Final = 32  # letters without a place to break before one is made
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_LONG: Final = re.compile(rf"\S{{{_WORD}}}(?=\S)")
_NAMED: Final = {"\u200c": "", "\u200d": "", "─": "-", "│": "|", "▌": "|"}


def printable(text: str, *, keep_lines: bool = True) -> str:
    """Return text made visible, with `[U+1F44D]` for what no shipped font has.

    Very long words get places to break, so that none runs off the page.
    """
    shown = in_our_fonts(visible(text, keep_lines=keep_lines))
    return _LONG.sub(lambda word: word[0] + _BREAK, shown)


def in_our_fonts(text: str) -> str:
    """Return text with what no shipped font has named by its code."""
    return text if text.isascii() else "".join(_printed(character) for character in text)


def _printed(character: str) -> str:
    if character == "\n" or ord(character) in covered():
        return character
    return _NAMED.get(character, f"[U+{ord(character):04X}]")


@cache
def covered() -> frozenset[int]:
    """Return every character that regular and bold text can both be printed in."""
    letters = [
        frozenset(_characters(FONTS / f"NotoSans-{style}.ttf")) for style in ("Regular", "Bold")
    ]
    return (letters[0] & letters[1]) | frozenset(_characters(FONTS / "EhcpSymbols.ttf"))


def _characters(font: Traversable) -> Iterator[int]:
    """Read which characters a TrueType font has (OpenType 1.9, cmap, subtable format 4)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(subtables):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * number + 4)
        start = cmap + offset
        if struct.unpack_from(">H", data, start) == (4,):
            yield from _ranges(data, start)
            return


def _ranges(data: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    starts = struct.unpack_from(f">{count}H", data, start + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        yield from (code for code in range(first, last + 1) if code != 0xFFFF)  # noqa: PLR2004  (the end mark)
