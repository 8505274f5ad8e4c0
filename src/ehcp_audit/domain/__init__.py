"""Pure values and rules: standard library only, frozen dataclasses, no clock, no files."""
