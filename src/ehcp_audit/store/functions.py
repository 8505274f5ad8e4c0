"""What our queries ask of a connection besides SQLite's own: periods, phrases, searched text."""

from __future__ import annotations

import json
import sqlite3

from ehcp_audit.store import phrases
from ehcp_audit.store.counting import add_functions


def teach(connection: sqlite3.Connection) -> None:
    """Teach a reading connection what our queries ask of it."""
    add_functions(connection)
    phrases.add_functions(connection)
    connection.create_function("searched", 3, _searched, deterministic=True)


def _searched(ref: str, auditor: str, facts: str) -> str:
    """Return the text that a list is searched in: the values of the facts, not their names."""
    values = [
        value if isinstance(value, str) else " ".join(value)
        for value in json.loads(facts).values()
        if value is not None
    ]
    return " ".join([ref, auditor, *values]).casefold()
