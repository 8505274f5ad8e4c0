"""The difference of two shares reproduces the published intervals, and keeps its signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.statistics.differences import difference


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0000),
    ],
)
def test_published_intervals(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    found = difference(*counts)
    assert found is not None
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_out_of_nothing_there_is_no_difference() -> None:
    assert difference(0, 0, 1, 2) is None
    assert difference(1, 2, 0, 0) is None


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_other_way_round_it_is_the_same_with_its_sign_changed(
    total: int, other_total: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, total))
    other = data.draw(st.integers(0, other_total))
    one, back = (
        difference(count, total, other, other_total),
        difference(other, other_total, count, total),
    )
    assert one is not None
    assert back is not None
    assert one.low == pytest.approx(-back.high)
    assert one.high == pytest.approx(-back.low)
    assert -1 - 1e-9 <= one.low <= count / total - other / other_total <= one.high <= 1 + 1e-9
