"""The terminal UI: the only place where Textual is imported."""
