"""Containers that what they hold covers entirely, so that they paint nothing themselves."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical


class Rows(Vertical):
    """Holds widgets one under the other; it must be filled, and have no padding or border."""

    BLANK = True


class Columns(Horizontal):
    """Holds widgets side by side; it must be filled, and have no padding or border."""

    BLANK = True
