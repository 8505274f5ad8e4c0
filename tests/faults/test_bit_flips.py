"""F11: a bit that flipped in a closed file is noticed, wherever it changes what the file says."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.small_rubric import CRITERIA, ME, TODAY, begun, signed

from ehcp_audit.auditing import score, write_note
from ehcp_audit.domain.errors import DatabaseError
from ehcp_audit.store import Store

NOT_OURS = ("sqlite_stat", "_sqlite_migrations")  # bookkeeping of SQLite and sqlite-utils


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database with signed audits, a draft with notes, and a setting."""
    path = tmp_path / "audits.db"
    with Store.create(path) as store:
        store.put_setting("synthetic", "yes")
        for number in range(3):
            signed(store, plan_ref=f"NS-01{number}", level=3 + number % 2)
        audit_id = begun(store, plan_ref="NS-0199")
        for chosen in CRITERIA:
            state = store.audit(audit_id)
            store.write(
                [
                    score(state, chosen, 2, ME.id, TODAY, reason="why"),
                    write_note(state, chosen, ME.id, text="Mum says he likes trains", page="2"),
                ]
            )
    return path


def content(path: Path) -> list[object] | None:
    """Return every row of every table of ours, and what they are made of; None if unreadable."""
    rows: list[object] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        try:
            tables = connection.execute(
                "SELECT CAST(name AS TEXT), sql FROM sqlite_master ORDER BY 1, type"
            ).fetchall()
            for name, sql in tables:
                table = name.decode()
                if table.startswith(NOT_OURS):
                    continue
                rows.append((table, sql))
                if sql is not None and sql.startswith(b"CREATE TABLE"):
                    rows += connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()
        except (sqlite3.Error, UnicodeError):
            return None
    return rows


def noticed(path: Path) -> bool:
    """Whether opening refuses the file, or the proof of the record finds a fault."""
    try:
        with Store.open(path, writable=False) as store:
            return store.faults() != []
    except DatabaseError:
        return True


def passes_integrity_check(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.Error, UnicodeError):
        return False
    return bool(said == "ok")


def test_every_flip_that_changes_content_is_noticed_where_sqlite_alone_misses_most(
    path: Path, how_many: Callable[[int], int]
) -> None:
    whole = path.read_bytes()
    sound = content(path)
    chance = random.Random(4711)
    counts: Counter[str] = Counter()
    missed = []
    for _ in range(how_many(500)):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        path.write_bytes(flipped)
        counts["flips"] += 1
        if content(path) == sound:
            continue
        counts["changed"] += 1
        counts["missed by SQLite"] += passes_integrity_check(path)
        if not noticed(path):
            missed.append((place, bit))
    print(dict(counts), "missed", len(missed))  # noqa: T201
    assert counts["changed"] > counts["flips"] / 10, "the file is mostly empty"
    assert missed == []
    assert counts["missed by SQLite"] > counts["changed"] / 2


def test_a_file_cut_anywhere_is_noticed(path: Path, how_many: Callable[[int], int]) -> None:
    whole = path.read_bytes()
    sound = content(path)
    chance = random.Random(4711)
    for _ in range(min(how_many(60), 2000)):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        assert content(path) == sound or noticed(path)


def test_zeroed_sectors_are_noticed(path: Path) -> None:
    whole = path.read_bytes()
    sound = content(path)
    for start in range(0, len(whole), 512):
        path.write_bytes(whole[:start] + bytes(512) + whole[start + 512 :])
        assert content(path) == sound or noticed(path), f"sector at {start}"
