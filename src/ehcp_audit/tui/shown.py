"""The one way text reaches the screen: control characters made visible, no markup parsed."""

from __future__ import annotations

from textual.content import Content

from ehcp_audit.domain.text import visible

NOTHING = Content("")


def shown(text: str, style: str = "") -> Content:
    """Return text as content that is shown exactly as written, whatever it holds.

    `style` is ours, such as "bold" or "$text-muted"; it is never taken from data.
    """
    return Content.styled(visible(text), style) if style else Content(visible(text))
