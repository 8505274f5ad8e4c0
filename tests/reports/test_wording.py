"""Numbers are rounded half-up, once, and only where they are put into words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ehcp_audit.reports.wording import (
    counted,
    for_programs,
    listed,
    lower_first,
    of_words,
    range_words,
    ranged,
    share_words,
    sparkline,
)
from ehcp_audit.trends.shares import Share


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (1, 8, "13%"),
        (5, 8, "63%"),
        (1, 200, "1%"),
        (1, 201, "0%"),
        (199, 200, "100%"),
        (0, 3, "0%"),
    ],
)
def test_a_half_is_rounded_up_and_never_to_even(count: int, total: int, shown: str) -> None:
    assert share_words(Share(count, total)) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (14, "0.8% (0.5–1.3%)"),
        (664, "37.0% (34.7–39.2%)"),
        (1039, "57.8% (55.5–60.1%)"),
        (80, "4.5% (3.6–5.5%)"),
    ],
)
def test_shares_of_a_thousand_plans_or_more_have_one_decimal(count: int, shown: str) -> None:
    assert ranged(Share(count, 1797)) == shown


def test_the_number_of_plans_decides_the_decimals_unless_they_are_asked_for() -> None:
    assert [share_words(Share(n // 3, n)) for n in (999, 1002)] == ["33%", "33.3%"]
    assert share_words(Share(1, 3), places=1) == "33.3%"
    assert share_words(Share(599, 1797), places=0) == "33%"


def test_nothing_out_of_nothing_is_a_dash_and_not_a_percentage() -> None:
    nothing = Share(0, 0)
    assert {share_words(nothing), range_words(nothing), ranged(nothing), of_words(nothing)} == {"–"}


def test_sparkline_runs_from_0_to_100_percent_and_shows_a_gap_as_a_dot() -> None:
    shares = [Share(0, 8), Share(0, 0), Share(1, 8), Share(4, 8), Share(7, 8), Share(8, 8)]
    assert sparkline(shares) == "▁·▂▅██"


def test_sparkline_keeps_the_last_24_periods() -> None:
    assert sparkline([Share(1, 1)] * 6 + [Share(0, 1)] * 24) == "▁" * 24


def test_program_figures_keep_enough_digits_to_be_rounded_to_what_the_page_shows() -> None:
    for total in range(1, 400):
        for count in range(total + 1):
            figure = Fraction(str(for_programs(Fraction(count, total))))
            assert f"{int(figure * 100 + Fraction(1, 2))}%" == share_words(Share(count, total))


def test_words_agree_with_their_number() -> None:
    assert [counted(n, "audit") for n in (0, 1, 2, 1797)] == [
        "0 audits",
        "1 audit",
        "2 audits",
        "1,797 audits",
    ]


def test_lists_read_as_sentences_do() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"


def test_labels_lose_their_capital_inside_a_sentence_but_abbreviations_do_not() -> None:
    assert [lower_first(word) for word in ("Before issue", "SEMH", "")] == [
        "before issue",
        "SEMH",
        "",
    ]
