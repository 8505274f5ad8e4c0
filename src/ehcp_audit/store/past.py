"""The record as it stood at an earlier event, in a private copy, so that a page can be replayed."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.store.integrity import rebuild

SHORTEST: Final = 8  # of what names an event, in hexadecimal digits
_NAMES: Final = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}")
_TITLE: Final = "The page cannot be replayed"


def cut_back(copy: sqlite3.Connection, head: str) -> None:
    """Take everything out of a private copy that came after an event, and fold the rest anew.

    `head` is the hash at the foot of a page, or its beginning. Drafts are left out, and rubric
    versions that no event had frozen by then. Raises `UsageError` where no event, or more than
    one, is meant.
    """
    named = head.strip().lower()
    if not _NAMES.fullmatch(named):
        what = f"“{head}” is not the log's head at the foot of a page."
        raise UsageError(what, f"It has {SHORTEST} to 64 digits of 0–9 and a–f.", title=_TITLE)
    found = copy.execute("SELECT seq FROM event WHERE hash GLOB ?", (f"{named}*",)).fetchall()
    if len(found) != 1:
        several = "more than one event begins" if found else "no event here begins"
        what = f"{several} with {named}."
        step = "Give more of its digits." if found else "Replay it in the workspace it was made in."
        raise UsageError(what, step, title=_TITLE)
    ((seq,),) = found
    copy.execute("BEGIN IMMEDIATE")
    for (trigger,) in copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        copy.execute(f'DROP TRIGGER "{trigger}"')
    for table in ("event_body", "event"):
        copy.execute(f"DELETE FROM {table} WHERE seq > ?", (seq,))  # noqa: S608  (both are ours)
    copy.execute("DELETE FROM draft")
    rebuild(copy)
    copy.execute("DELETE FROM rubric_version WHERE hash NOT IN (SELECT rubric FROM criterion)")
    copy.execute("COMMIT")
