"""What a rubric file may hold and probably does not mean: warnings, apart from errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from ehcp_audit.domain.conditions import Condition
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.condition_sense import can_hold_together
from ehcp_audit.rubric_files.models import CriterionTable, RubricTable
from ehcp_audit.rubric_files.problems import KeyPath
from ehcp_audit.rubric_files.reachability import Reach

_ALIKE: Final = 0.8  # of the words of two questions; two plain questions differ in two or more
_WORD: Final = re.compile(r"[^\W_]+")
_COMMON: Final = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "does", "do", "for", "from", "in", "is",
    "it", "its", "of", "on", "or", "s", "that", "the", "their", "this", "to", "was", "with",
))  # fmt: skip

Conditions = Mapping[int, Condition]


def doubts_about(rubric: RubricTable, conditions: Conditions, reach: Reach) -> Iterator[Complaint]:
    """Yield every doubt; `conditions` are the sound ones, by the number of their criterion."""
    for path, sentence in (
        *_dates(rubric),
        *_nobody(rubric),
        *_unused(rubric),
        *_without_ground(rubric),
        *_asked_twice(rubric, conditions, reach),
    ):
        yield Complaint(path, sentence, doubt=True)


def _dates(rubric: RubricTable) -> Iterator[tuple[KeyPath, str]]:
    begins, ends, read = rubric.effective_from, rubric.effective_to, rubric.law_as_at
    if begins and ends and ends < begins:
        yield ("effective_to",), "It ends before it begins: see “effective_from”."
    if begins and read and _year_after(read) < begins:
        sentence = "The law was last read over a year before this takes effect; read it again."
        yield ("law_as_at",), sentence
    if read is None and any(criterion.law.strip() for criterion in rubric.criteria):
        sentence = "The criteria name law, and no “law_as_at” says on which day it was last read."
        yield (), sentence


def _year_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(min(day.year + 1, date.max.year), 3, 1)
    return day.replace(year=min(day.year + 1, date.max.year))


def _nobody(rubric: RubricTable) -> Iterator[tuple[KeyPath, str]]:
    if not rubric.owner.strip():
        sentence = "Nobody owns this rubric: name the role that keeps it in “owner”."
        yield ("owner",) if "owner" in rubric.model_fields_set else (), sentence


def _unused(rubric: RubricTable) -> Iterator[tuple[KeyPath, str]]:
    named = {finding.source for criterion in rubric.criteria for finding in criterion.findings}
    for source in rubric.sources:
        if source not in named:
            yield ("sources", source), f"No finding names the source “{source}”."
    if rubric.causes and not any(criterion.ask_cause for criterion in rubric.criteria):
        yield ("causes",), "No criterion says “ask_cause = true”, so these are never offered."


def _without_ground(rubric: RubricTable) -> Iterator[tuple[KeyPath, str]]:
    for index, criterion in enumerate(rubric.criteria):
        if not criterion.law.strip() and not criterion.findings and "law" not in _given(criterion):
            sentence = "Neither a law nor a finding says why this is asked; add “law” or a finding."
            yield ("criteria", index), sentence


def _given(criterion: CriterionTable) -> set[str]:
    return criterion.model_fields_set


def _asked_twice(
    rubric: RubricTable, conditions: Conditions, reach: Reach
) -> Iterator[tuple[KeyPath, str]]:
    words = [_words(criterion.question) for criterion in rubric.criteria]
    for index, criterion in enumerate(rubric.criteria):
        for earlier in range(index):
            other = rubric.criteria[earlier]
            if (
                _alike(words[earlier], words[index])
                and (words[earlier] == words[index] or other.agency == criterion.agency)
                and can_hold_together(reach, conditions.get(earlier), conditions.get(index))
            ):
                sentence = f"“{other.id}” asks the same, and both can apply to the same plan."
                yield ("criteria", index, "question"), sentence
                break


def _words(question: str) -> frozenset[str]:
    """Return the words that make a question what it is; two with the same words are the same."""
    return frozenset(_WORD.findall(question.casefold())) - _COMMON


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words that both have are four fifths of the words that either has (Jaccard)."""
    together = len(one & other)
    return bool(together) and together >= _ALIKE * (len(one) + len(other) - together)
