"""Containers that what they hold covers entirely, so that they paint nothing themselves."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Covered(Widget):
    """Gives the compositor nothing to cut to size; it must be filled, without padding or border.

    Named after the class whose style sheet is taken over: Textual follows the first base.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return nothing: what this holds is painted over all of it."""
        del crop
        return []


class Rows(Vertical, Covered):
    """Holds widgets one under the other."""


class Columns(Horizontal, Covered):
    """Holds widgets side by side."""
