"""A rubric past its date, not yet in effect or with old law says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.rubric_versions.changed_rubrics import later

from ehcp_audit.rubric_versions import notices

DAY = date(2026, 11, 22)


def test_a_rubric_with_nothing_to_say_says_nothing() -> None:
    assert notices(later(), DAY) == ()


@pytest.mark.parametrize(
    ("field", "quiet", "told", "sentence"),
    [
        (
            "effective_to",
            date(2026, 11, 22),
            date(2026, 11, 21),
            "Small rubric 1.1 was to be used until 21 Nov 2026.",
        ),
        (
            "effective_from",
            date(2026, 11, 22),
            date(2026, 11, 23),
            "Small rubric 1.1 takes effect on 23 Nov 2026.",
        ),
        (
            "law_as_at",
            date(2025, 11, 22),
            date(2025, 11, 21),
            (
                "The law that Small rubric 1.1 refers to was last read on 21 Nov 2025, "
                "over a year ago."
            ),
        ),
    ],
    ids=["past its date", "not yet in effect", "old law"],
)
def test_a_day_too_many_is_told_and_the_day_itself_is_not(
    field: str, quiet: Any, told: Any, sentence: str
) -> None:
    assert notices(later(**{field: quiet}), DAY) == ()
    assert notices(later(**{field: told}), DAY) == (sentence,)


def test_law_read_on_29_february_is_a_year_old_after_28_february() -> None:
    rubric = later(law_as_at=date(2024, 2, 29))
    assert notices(rubric, date(2025, 2, 28)) == ()
    assert len(notices(rubric, date(2025, 3, 1))) == 1
