"""Trends and reports made by hand for the tests of the page and its writers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.trends.hand_made import RUBRIC, grades, levels, tallies, theme

from ehcp_audit.domain.questions import Question, Tallies
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.page_facts import PageFacts
from ehcp_audit.reports.trend_page import trend_report
from ehcp_audit.trends.trend import trend

TODAY = date(2025, 6, 10)
QUESTION = Question("small")
# March, a gap in April, May, and June still running.
SMALL = tallies(
    grades("2025-03", {4: 1, 3: 4, 2: 5, 1: 2, 0: 1}),
    grades("2025-05", {4: 2, 3: 6, 2: 2}),
    grades("2025-06", {3: 3, 2: 1}),
    theme("2025-03", "voice", {2: 5, 1: 8}),
    theme("2025-05", "voice", {2: 8, 1: 2}),
    theme("2025-06", "voice", {2: 4}),
    theme("2025-03", "provision", {2: 3, 1: 9, 0: 1}),
    theme("2025-05", "provision", {2: 5, 1: 4, -1: 1}),
    theme("2025-06", "provision", {2: 1, 1: 3}),
    levels("2025-03", "voice.views", {4: 2, 3: 5, 2: 3, 1: 1, 0: 2}),
    levels("2025-05", "voice.views", {3: 8, 2: 1, 0: 1}),
    levels("2025-06", "voice.views", {3: 4}),
    levels("2025-03", "voice.whose", {3: 1, 1: 2, -1: 10}),
    levels("2025-03", "provision.specific", {3: 3, 2: 9, 0: 1}),
    levels("2025-05", "provision.specific", {3: 5, 1: 4, -1: 1}),
    levels("2025-06", "provision.specific", {3: 1, 1: 3}),
    audits={"2025-03": 13, "2025-05": 10, "2025-06": 4},
    undated=1,
    left_out={"thematic": 2, "complaint": 5},
    repeated=3,
)


def report(
    given: Tallies = SMALL,
    question: Question = QUESTION,
    rubrics: Mapping[str, Rubric] | None = None,
    *,
    places: int | None = None,
    **around: Any,
) -> Report:
    found = trend(question, given, rubrics or {"one": RUBRIC}, today=TODAY)
    return trend_report(found, PageFacts(made=TODAY, **around), places=places)
