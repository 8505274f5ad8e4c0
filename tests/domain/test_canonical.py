"""One JSON text for one value, whatever the order or spelling it came in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ehcp_audit.domain.canonical import canonical_json, digest


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical_json({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"\\u00e9"],"b":1}'


def test_a_whole_float_is_the_same_number_as_an_integer() -> None:
    assert digest({"points": 1.0}) == digest({"points": 1})
    assert digest({"points": 0.5}) != digest({"points": 1})


def test_true_is_not_one() -> None:
    assert digest(True) != digest(1)


def test_dates_and_fractions_have_their_text() -> None:
    assert canonical_json([date(2026, 3, 2), Fraction(33, 40)]) == '["2026-03-02","33/40"]'


def test_tuples_are_lists() -> None:
    assert canonical_json(("a", "b")) == canonical_json(["a", "b"])


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        canonical_json(number)


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_json(value)


def test_a_digest_is_the_sha_256_of_the_text() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
