"""The Wilson interval gives the published numbers, and holds at the edges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ehcp_audit.statistics.intervals import USUAL, WIDE, Interval, normal_quantile, wilson

PUBLISHED = Path(__file__).parent.parent / "published"


def published(name: str) -> list[tuple[dict[str, Any], float]]:
    source = json.loads((PUBLISHED / name).read_text(encoding="utf-8"))
    return [(row, source["tolerance"]) for row in source["wilson"]]


VECTORS = [*published("newcombe_1998.json"), *published("phe_wilson.json")]


@pytest.mark.parametrize(
    ("row", "tolerance"),
    VECTORS,
    ids=[f"{row['count']} of {row['total']} at {row['confidence']}" for row, _ in VECTORS],
)
def test_the_interval_is_the_published_one(row: dict[str, Any], tolerance: float) -> None:
    interval = wilson(row["count"], row["total"], row["confidence"])
    assert interval is not None
    assert interval.low == pytest.approx(row["low"], abs=tolerance)
    assert interval.high == pytest.approx(row["high"], abs=tolerance)


def test_both_confidences_are_among_the_published_vectors() -> None:
    assert {row["confidence"] for row, _ in VECTORS} == {USUAL, WIDE}


def test_nothing_out_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_none_begins_at_exactly_0_and_all_ends_at_exactly_1() -> None:
    for total in range(1, 200):
        none, every = wilson(0, total), wilson(total, total)
        assert none is not None
        assert every is not None
        assert (none.low, every.high) == (0.0, 1.0)
        assert every.low == pytest.approx(1 - none.high)


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5), (1, 0)])
def test_what_is_not_a_share_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(count, total)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_outside_0_to_1_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        normal_quantile(confidence)


def test_more_confidence_is_a_wider_interval_around_the_share() -> None:
    usual, wide = wilson(7, 20), wilson(7, 20, WIDE)
    assert isinstance(usual, Interval)
    assert isinstance(wide, Interval)
    assert wide.low < usual.low < 7 / 20 < usual.high < wide.high
