"""Dates checked against each other: what looks like a slip of the pen, said and never refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS, FACTS_BY_ID, Facts
from ehcp_audit.domain.time_limits import last_day

# The day the SEND Regulations 2014 (reg 1) came into force: no plan is older.
FIRST_DAY: Final = date(2014, 9, 1)
FAR_APART_YEARS: Final = 2
REPRESENTATION_DAYS: Final = 15  # regs 13(1) and 22(2)(c): days, not working days
_AHEAD: Final = frozenset({"phase_transfer_due"})  # the one date that lies in the future
_FARTHEST_YEARS_AHEAD: Final = 2


@dataclass(frozen=True)
class Doubt:
    """A sentence on facts that do not fit together, beginning with the one to look at first."""

    facts: tuple[str, ...]
    sentence: str


# Each pair in the order in which things happen. The sentence for the wrong order is made from the
# labels where none is given.
_ORDER: Final[tuple[tuple[str, str, str], ...]] = (
    ("request_date", "assess_decision_date", ""),
    ("request_date", "draft_date", ""),
    ("request_date", "first_final_date", ""),
    ("assess_decision_date", "draft_date", ""),
    ("draft_date", "first_final_date", "The final plan is dated before the draft"),
    *(
        (f"advice_{agency}_asked", f"advice_{agency}_received",
         f"{words} advice came before it was asked for")
        for agency, words in (("education", "Education"), ("psychology", "Psychology"),
                              ("health", "Health"), ("social_care", "Social care"))
    ),
    *(
        ("request_date", f"advice_{agency}_asked",
         f"{words} advice was asked for before the assessment was")
        for agency, words in (("education", "Education"), ("psychology", "Psychology"),
                              ("health", "Health"), ("social_care", "Social care"))
    ),
    ("first_final_date", "review_meeting_date", "The review meeting is before the first plan"),
    ("review_meeting_date", "review_report_date", "The review's report is before its meeting"),
    ("review_meeting_date", "review_decision_date", "The decision is before the review meeting"),
    ("review_meeting_date", "proposed_amendments_date", ""),
    ("review_meeting_date", "amended_final_date", "The amended plan is before the review meeting"),
    ("review_decision_date", "amended_final_date", "The amended plan is before the decision"),
    ("proposed_amendments_date", "amended_final_date",
     "The amended plan is before the amendments were proposed"),
    ("first_final_date", "amended_final_date", "The amended plan is before the first plan"),
    ("first_final_date", "reassess_notice_date", "The reassessment is before the first plan"),
)  # fmt: skip
_STAND_ALONE: Final = frozenset({("first_final_date", "review_meeting_date"),
                                 ("first_final_date", "amended_final_date"),
                                 ("first_final_date", "reassess_notice_date")})  # fmt: skip
_DATE_FACTS: Final = tuple(fact.id for fact in FACTS if fact.kind == "date")


def doubts(facts: Facts, on: date) -> tuple[Doubt, ...]:
    """Return what does not fit together among the facts, in the order of the form.

    `on` is the day after which a date lies in the future.
    """
    dates = {
        each: date.fromisoformat(value)
        for each in _DATE_FACTS
        if isinstance(value := facts.get(each), str)
    }
    found = [
        *_out_of_range(dates, on),
        *_out_of_order(dates),
        *_too_soon(dates),
        *_plan_date(facts, dates),
        *_review(facts, dates),
    ]
    order = {fact.id: number for number, fact in enumerate(FACTS)}
    return tuple(sorted(found, key=lambda doubt: order[doubt.facts[0]]))


def doubts_about(fact_id: str, facts: Facts, on: date) -> tuple[Doubt, ...]:
    """Return the doubts that concern one fact."""
    return tuple(doubt for doubt in doubts(facts, on) if fact_id in doubt.facts)


def _out_of_range(dates: dict[str, date], on: date) -> Iterator[Doubt]:
    for fact_id, day in dates.items():
        label = FACTS_BY_ID[fact_id].label
        if day < FIRST_DAY:
            began = show_date(FIRST_DAY)
            said = f"“{label}” is {show_date(day)}, before these plans began on {began}."
            yield Doubt((fact_id,), said)
        elif fact_id in _AHEAD:
            if day > last_day(on, 12 * _FARTHEST_YEARS_AHEAD, "months"):
                yield Doubt((fact_id,), f"“{label}” is {show_date(day)}, over two years away.")
        elif day > on:
            yield Doubt((fact_id,), f"“{label}” is {show_date(day)}, which is still to come.")


def _out_of_order(dates: dict[str, date]) -> Iterator[Doubt]:
    for earlier, later, said in _ORDER:
        if earlier not in dates or later not in dates:
            continue
        first, second = dates[earlier], dates[later]
        shown = f"{show_date(second)}, {show_date(first)}"
        if second < first:
            what = said or f"“{FACTS_BY_ID[later].label}” is before “{FACTS_BY_ID[earlier].label}”"
            yield Doubt((later, earlier), f"{what}: {shown}.")
        elif (earlier, later) not in _STAND_ALONE and second > last_day(
            first, 12 * FAR_APART_YEARS, "months"
        ):
            labels = f"“{FACTS_BY_ID[earlier].label}” and “{FACTS_BY_ID[later].label}”"
            days = f"{show_date(first)}, {show_date(second)}"
            yield Doubt((later, earlier), f"{labels} are over two years apart: {days}.")


def _too_soon(dates: dict[str, date]) -> Iterator[Doubt]:
    """Doubt a final plan that left the family less than 15 days, unless it answered sooner."""
    for earlier, later, said, law in (
        ("draft_date", "first_final_date", "the draft", "reg 13(1)"),
        ("proposed_amendments_date", "amended_final_date", "the proposals", "reg 22(2)(c)"),
    ):
        if earlier in dates and later in dates:
            days = (dates[later] - dates[earlier]).days
            if 0 <= days < REPRESENTATION_DAYS:
                between = f"{days} day{'' if days == 1 else 's'}"
                sentence = (
                    f"The final plan is {between} after {said}; the family is given at least "
                    f"{REPRESENTATION_DAYS} days ({law}). In order if it answered sooner."
                )
                yield Doubt((later, earlier), sentence)


def _plan_date(facts: Facts, dates: dict[str, date]) -> Iterator[Doubt]:
    """Compare the date on the plan with the date that its kind says it should be."""
    dated, kind = dates.get("plan_date"), facts.get("plan_kind")
    if dated is None:
        return
    ends = {"first_final": "first_final_date", "amended": "amended_final_date"}
    other = ends.get(str(kind))
    if other in dates and dates[other] != dated:
        label, days = FACTS_BY_ID[other].label, f"{show_date(dated)}, {show_date(dates[other])}"
        yield Doubt(("plan_date", other), f"The date on the plan is not that of “{label}”: {days}.")
    first = dates.get("first_final_date")
    if first is not None and dated < first and kind not in ("draft", "first_final"):
        days = f"{show_date(dated)}, {show_date(first)}"
        yield Doubt(("plan_date", "first_final_date"), f"The plan is older than the first: {days}.")
    draft = dates.get("draft_date")
    if draft is not None and dated < draft and kind == "first_final":
        days = f"{show_date(dated)}, {show_date(draft)}"
        yield Doubt(("plan_date", "draft_date"), f"The final plan is older than its draft: {days}.")


def _review(facts: Facts, dates: dict[str, date]) -> Iterator[Doubt]:
    """Compare the answers about a review with its dates."""
    held = next((each for each in _REVIEW_DATES if each in dates), None)
    if held is not None and facts.get("reviewed") == "no":
        said = f"“Has it been reviewed” is No, yet “{FACTS_BY_ID[held].label}” has a date."
        yield Doubt(("reviewed", held), said)
    outcome = facts.get("review_outcome")
    amended = next((each for each in _AMENDING_DATES if each in dates), None)
    if amended is not None and outcome in ("maintain", "cease"):
        label = FACTS_BY_ID[amended].label
        said = f"The review's outcome is to {outcome}, yet “{label}” has a date."
        yield Doubt(("review_outcome", amended), said)


_REVIEW_DATES: Final = ("review_meeting_date", "review_report_date", "review_decision_date")
_AMENDING_DATES: Final = ("proposed_amendments_date", "amended_final_date")
