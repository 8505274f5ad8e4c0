"""Our own colours: dark, light and high contrast."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

THEMES: Final = (
    Theme(
        name="ehcp-dark", dark=True,
        primary="#6cb6ff", secondary="#8ddb8c", accent="#f2cc60",
        foreground="#d8dee9", background="#12161c", surface="#12161c", panel="#1c232d",
        success="#8ddb8c", warning="#f2cc60", error="#ff9492",
        variables={"muted": "#98a4b3", "rule": "#3d4855", "cursor": "#264466"},
    ),
    Theme(
        name="ehcp-light", dark=False,
        primary="#0a4f8f", secondary="#1a6334", accent="#7a4b00",
        foreground="#1b1f24", background="#fbfbf8", surface="#fbfbf8", panel="#eceae3",
        success="#1a6334", warning="#7a4b00", error="#a3201b",
        variables={"muted": "#545c66", "rule": "#a9afb6", "cursor": "#cfe3f7"},
    ),
    Theme(
        name="ehcp-contrast", dark=True,
        primary="#9cd0ff", secondary="#a9f5a8", accent="#ffe27a",
        foreground="#ffffff", background="#000000", surface="#000000", panel="#000000",
        success="#a9f5a8", warning="#ffe27a", error="#ffb3b0",
        variables={"muted": "#dddddd", "rule": "#ffffff", "cursor": "#003c78"},
    ),
)  # fmt: skip
NAMES: Final = tuple(theme.name for theme in THEMES)


def following(name: str) -> str:
    """Return the theme after one, going round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
