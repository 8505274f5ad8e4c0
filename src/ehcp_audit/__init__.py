"""Audit Education, Health and Care plans at the keyboard, offline."""

__version__ = "0.1.0"
