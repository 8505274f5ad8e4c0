"""The one way text reaches the screen: control characters made visible, no markup parsed."""

from __future__ import annotations

from textual.content import Content

from ehcp_audit.domain.text import one_line, visible

NOTHING = Content("")


def shown(text: str, style: str = "") -> Content:
    """Return text as content that is shown exactly as written, whatever it holds.

    `style` is ours, such as "bold" or "$text-muted"; it is never taken from data.
    """
    return Content.styled(visible(text), style) if style else Content(visible(text))


def shown_line(text: str, width: int, style: str = "") -> Content:
    """Return text on one line of at most `width` characters."""
    return shown(one_line(text, width), style)


def joined(*parts: Content) -> Content:
    """Return contents put one after the other."""
    return NOTHING.join(parts)


def stacked(*lines: Content) -> Content:
    """Return contents one below the other."""
    return Content("\n").join(lines)
