"""Widgets of our own: they paint their own lines, because that is what keeps a key press quick."""
