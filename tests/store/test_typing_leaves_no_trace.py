"""What was typed on the way is not in the file once the field is left."""

import sqlite3
from pathlib import Path

import pytest
from tests.small_rubric import at_noon, begun

from ehcp_audit.store import Draft, Store, Work, connection

NAME = "Xanthippe-of-the-test"


def is_left_in_the_file(path: Path) -> bool:
    """Type a word and leave the field without it; whether the file still holds it."""
    with Store.create(path, clock=at_noon) as store:
        audit_id = begun(store)
        for typed in (f"Mum and {NAME} say", None):
            store.do(Work(drafts=(Draft(audit_id, "note views", typed),)))
            if typed is not None:
                assert NAME.encode() in path.read_bytes()
    return NAME.encode() in path.read_bytes()


def test_a_word_taken_back_before_leaving_the_field_is_not_in_the_file(tmp_path: Path) -> None:
    assert not is_left_in_the_file(tmp_path / "audits.db")


def test_broken_without_overwriting_it_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = connection.settle

    def careless(opened: sqlite3.Connection, *, writable: bool) -> None:
        settle(opened, writable=writable)
        opened.execute("PRAGMA secure_delete=OFF").fetchall()

    monkeypatch.setattr(connection, "settle", careless)
    assert is_left_in_the_file(tmp_path / "audits.db")
