"""Versions are ordered as their numbers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.domain.versions import is_newer, version_order

VERSIONS = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,19}", fullmatch=True)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("1.9.0", "1.10.0"),
        ("1.0.0", "1.0.1"),
        ("1.0", "1.0.1"),
        ("1.0.0-draft", "1.0.0"),
        ("1.0.0-draft.2", "1.0.0-draft.10"),
        ("0.9", "1.0.0-draft"),
        ("2026-11-22", "2026-12-01"),
        ("2026", "2026-12"),
        ("2026a", "2026b"),
        ("2026", "2026a"),
        ("v1", "v2"),
    ],
)
def test_a_version_comes_after_another(older: str, newer: str) -> None:
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


@pytest.mark.parametrize(("one", "same"), [("1.0", "1.0.0"), ("1.0.0+a", "1.0.0+b"), ("1", "1.0")])
def test_two_ways_of_writing_one_version_are_neither_newer(one: str, same: str) -> None:
    assert not is_newer(one, same)
    assert not is_newer(same, one)


@given(VERSIONS, VERSIONS)
def test_any_two_versions_are_in_one_order(one: str, other: str) -> None:
    orders = version_order(one) < version_order(other), version_order(other) < version_order(one)
    assert orders != (True, True)
    assert (orders == (False, False)) is (version_order(one) == version_order(other))
