"""Our own colours: dark, light and high contrast.

A test holds every pair in use to the contrasts of WCAG 2.2: 4.5:1, in high contrast 7:1, and
4.5:1 where a terminal has 16 colours only.
"""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual.theme import Theme
from textual.widgets.text_area import TextAreaTheme

THEMES: Final = (
    Theme(
        name="ehcp-dark", dark=True,
        primary="#6cb6ff", secondary="#8ddb8c", accent="#f2cc60",
        foreground="#d8dee9", background="#12161c", surface="#12161c", panel="#1c232d",
        success="#8ddb8c", warning="#f2cc60", error="#ff9492",
        variables={"muted": "#98a4b3", "rule": "#3d4855", "cursor": "#102a72"},
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
        variables={"muted": "#dddddd", "rule": "#ffffff", "cursor": "#00307a"},
    ),
)  # fmt: skip
# What Textual's own widgets would show too faintly.
STYLE_SHEET: Final = """
    Input > .input--placeholder, TextArea .text-area--placeholder { color: $muted; }
    Input > .input--selection, TextArea .text-area--selection {
        background: $cursor; color: $foreground;
    }
    TextArea .text-area--gutter { color: $muted; text-style: none; }
    TextArea .text-area--cursor-gutter { color: $foreground; background: $panel; text-style: bold; }
    TextArea .text-area--cursor-line { background: $panel; }
    LineList:nocolor .lines--cursor, .-sixteen.-theme-ehcp-light LineList .lines--cursor {
        text-style: bold reverse;
    }
    Input:nocolor, .-theme-ehcp-contrast Input { border-left: solid $rule !important; }
    Input:nocolor > .input--cursor, TextArea:nocolor .text-area--cursor { text-style: reverse; }
    Input:nocolor > .input--selection, TextArea:nocolor .text-area--selection {
        text-style: bold underline;
    }
    .-theme-ehcp-light Toast { background: $panel; }
    CommandPalette SearchIcon { display: none; }
    CommandPalette > Vertical { background: $background; }
    CommandPalette > .command-palette--help-text { color: $muted; text-style: none; }
    CommandPalette CommandList > .option-list--option-highlighted {
        background: $cursor; color: $foreground; text-style: bold;
    }
"""
NAMES: Final = tuple(theme.name for theme in THEMES)


def following(name: str) -> str:
    """Return the theme after one, going round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]


def text_theme(name: str) -> TextAreaTheme:
    """Return the colours of a rubric's text in a theme of ours."""
    theme = THEMES[NAMES.index(name)]
    muted = theme.variables["muted"]
    colours = {
        "comment": muted,
        "string": theme.success,
        "toml.type": theme.primary,
        "property": theme.primary,
        "boolean": theme.accent,
        "number": theme.accent,
        "float": theme.accent,
        "toml.datetime": theme.accent,
        "toml.error": theme.error,
    }
    return TextAreaTheme(
        name=name, syntax_styles={token: Style(color=colour) for token, colour in colours.items()}
    )
