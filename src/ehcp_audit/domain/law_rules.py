"""The table of the time limits in law: a limit stands here only if its source is confirmed.

What is not confirmed, or what no fact tells, computes nothing (see `NOT_COMPUTED`). How a plan's
dates stand against the table is worked out in `law_limits`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ehcp_audit.domain.facts import FACTS_BY_ID, Facts
from ehcp_audit.domain.time_limits import Unit, last_day

Holds = Callable[[Facts], bool]


@dataclass(frozen=True)
class Within:
    """Due a number of weeks or months after the start."""

    count: int
    unit: Unit

    @property
    def words(self) -> str:
        """The rule, such as “within 6 weeks”."""
        unit = self.unit if self.count != 1 else self.unit.removesuffix("s")
        return f"within {self.count} {unit}"

    def last_day(self, started: date, facts: Facts) -> date | None:
        """Return the last day within the limit."""
        del facts
        return last_day(started, self.count, self.unit)


@dataclass(frozen=True)
class BeforePhaseTransfer:
    """Due before a move to the next phase of education (SEND Regulations 2014, reg 18).

    From secondary school to post-16 by 31 March of the year of the move; from one post-16
    institution to another 5 months before it; any other by 15 February of that year.
    """

    words: str = "by 15 February, or 31 March on leaving secondary school, or 5 months before"

    def last_day(self, started: date, facts: Facts) -> date | None:
        """Return the last day; None where the facts do not say which phase is left."""
        year_group, setting = facts.get("year_group"), facts.get("setting")
        if not isinstance(year_group, str):
            return None
        order = FACTS_BY_ID["year_group"].choice_ids()
        if order.index(year_group) < order.index("11"):
            return date(started.year, 2, 15)
        if year_group == "11" or setting in _SCHOOLS:
            return date(started.year, 3, 31)
        return last_day(started, -5, "months") if setting in _POST_16 else None


_SCHOOLS: Final = ("mainstream", "mainstream_unit", "special", "independent_special")
_POST_16: Final = ("sixth_form_fe", "specialist_post16")


def _always(_: Facts) -> bool:
    return True


def _never(_: Facts) -> bool:
    return False


def _any_of(*fact_ids: str) -> Holds:
    return lambda facts: any(facts.get(fact_id) for fact_id in fact_ids)


def _ours(facts: Facts) -> bool:
    """A plan taken over from another authority does not count for our own limits."""
    return facts.get("plan_kind") != "adopted"


def _amended(facts: Facts) -> bool:
    """The review led to amendments, by its outcome or, where none is recorded, by a date."""
    outcome = facts.get("review_outcome")
    if outcome in (None, "none_recorded"):
        return _any_of("proposed_amendments_date", "amended_final_date")(facts)
    return outcome == "amend"


def _not_ceased(facts: Facts) -> bool:
    return facts.get("review_outcome") != "cease"


def _order_amends(facts: Facts) -> bool:
    sections = facts.get("ordered_sections") or ()
    return facts.get("plan_kind") == "ordered" and bool(set(sections) - {"I"})


def _order_moves(facts: Facts) -> bool:
    return facts.get("plan_kind") == "ordered" and facts.get("ordered_sections") == ("I",)


def _plan_there(facts: Facts) -> bool:
    """There is a plan, if only in draft: so the assessment was decided on."""
    return facts.get("plan_kind") is not None or _any_of("draft_date", _FINAL_PLAN)(facts)


def _plan_final(facts: Facts) -> bool:
    return facts.get("plan_kind") not in (None, "draft") or _any_of(_FINAL_PLAN)(facts)


def _decided(facts: Facts) -> bool:
    outcome = facts.get("review_outcome") not in (None, "none_recorded")
    return outcome or _any_of("proposed_amendments_date", "amended_final_date")(facts)


def _reviewed(facts: Facts) -> bool:
    dates = _any_of("review_meeting_date", "review_decision_date")
    return facts.get("reviewed") == "yes" or dates(facts)


@dataclass(frozen=True)
class LawLimit:
    """One time limit.

    Attributes:
        id: its name for programs.
        title: what has to happen in time.
        duty: the rule in a sentence.
        start: the fact whose date is day 0.
        end: the fact whose date ends it; None where no fact says when it was done.
        due: the rule of the last day.
        citation: where the rule stands.
        applies: whether it arises for these facts.
        dated_by: the kind of plan whose own date is the end, where the end has no date.
        done: whether other facts show that it was done, on a day that is not known.
        excused_by: where the law's exceptions stand; empty where the recorded one excuses nothing.
        window_months: an end earlier than so many months before the start belongs to another
            turn; None where an end before the start is a slip of the pen.
        first_only: an end after the last day may belong to a later turn, so it settles nothing.
        silent: no fact tells of the end, so that its absence says nothing once the day is past.
    """

    id: str
    title: str
    duty: str
    start: str
    end: str | None
    due: Within | BeforePhaseTransfer
    citation: str
    applies: Holds = _always
    dated_by: str = ""
    done: Holds = _never
    excused_by: str = ""
    window_months: int | None = None
    first_only: bool = False
    silent: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts whose dates it is worked out from."""
        return (self.start,) if self.end is None else (self.start, self.end)


_REGULATIONS: Final = "SEND Regulations 2014"
_DEVON: Final = "R (L, M, P) v Devon CC [2022] EWHC 493 (Admin)"
_FINAL_PLAN: Final = "first_final_date"


def _advice(agency: str, words: str) -> LawLimit:
    return LawLimit(
        f"advice-{agency.replace('_', '-')}",
        f"{words} advice",
        "A body asked for advice answers within 6 weeks; a waiting list is no exception.",
        f"advice_{agency}_asked",
        f"advice_{agency}_received",
        Within(6, "weeks"),
        f"{_REGULATIONS}, reg 8(1), (2)",
        applies=_ours,
    )


LAW_LIMITS: Final[tuple[LawLimit, ...]] = (
    LawLimit(
        "decide-to-assess",
        "Decision whether to assess",
        "The authority says within 6 weeks of the request whether it will assess.",
        "request_date",
        "assess_decision_date",
        Within(6, "weeks"),
        f"{_REGULATIONS}, reg 5(1)",
        applies=_ours,
        done=_plan_there,
        excused_by="reg 5(4)",
    ),
    _advice("education", "Education"),
    _advice("psychology", "Psychology"),
    _advice("health", "Health"),
    _advice("social_care", "Social care"),
    LawLimit(
        "draft",
        "Draft, by the timetable",
        "The timetable for new plans has the draft, or the decision to make none, by week 16.",
        "request_date",
        "draft_date",
        Within(16, "weeks"),
        "Timetable for new plans; reg 10(1) has 16 weeks for a decision to make none",
        applies=_ours,
        done=_plan_final,
    ),
    LawLimit(
        "first-final",
        "First final plan",
        "The final plan is with the family and the setting within 20 weeks of the request.",
        "request_date",
        _FINAL_PLAN,
        Within(20, "weeks"),
        f"{_REGULATIONS}, reg 13(2)",
        applies=_ours,
        dated_by="first_final",
        done=_plan_final,
        excused_by="reg 13(3)",
    ),
    LawLimit(
        "review-report",
        "Report of the review",
        "The report goes to all who were invited within 2 weeks of the meeting.",
        "review_meeting_date",
        "review_report_date",
        Within(2, "weeks"),
        f"{_REGULATIONS}, reg 20; reg 21(7) where no setting is attended",
    ),
    LawLimit(
        "review-decision",
        "Decision after the review",
        "The family hears within 4 weeks of the meeting: amend, keep or end the plan.",
        "review_meeting_date",
        "review_decision_date",
        Within(4, "weeks"),
        f"{_REGULATIONS}, reg 20(10)",
        done=_decided,
    ),
    LawLimit(
        "review-proposals",
        "Proposed amendments",
        "Where the plan is to be amended, the proposals go with the decision: 4 weeks.",
        "review_meeting_date",
        "proposed_amendments_date",
        Within(4, "weeks"),
        f"{_REGULATIONS}, reg 20(10) with reg 22(2)(a); {_DEVON}",
        applies=_amended,
        done=_any_of("amended_final_date"),
    ),
    LawLimit(
        "amended-final-8",
        "Amended plan, from the proposals",
        "The amended plan is final within 8 weeks of the notice with the proposals.",
        "proposed_amendments_date",
        "amended_final_date",
        Within(8, "weeks"),
        f"{_REGULATIONS}, reg 22(3)",
        applies=_amended,
        dated_by="amended",
    ),
    LawLimit(
        "amended-final-12",
        "Amended plan, from the meeting",
        "The amended plan is final within 12 weeks of the review meeting at the most.",
        "review_meeting_date",
        "amended_final_date",
        Within(12, "weeks"),
        f"{_REGULATIONS}, reg 20(10) with reg 22(3); {_DEVON}",
        applies=_amended,
        dated_by="amended",
    ),
    LawLimit(
        "first-review",
        "First review",
        "A plan is reviewed within 12 months of its first issue; a review ends with the decision.",
        _FINAL_PLAN,
        "review_decision_date",
        Within(12, "months"),
        "Children and Families Act 2014, s.44(1)",
        done=_reviewed,
        first_only=True,
    ),
    LawLimit(
        "next-review",
        "Next review",
        "A plan is reviewed again within 12 months of its last review.",
        "review_decision_date",
        None,
        Within(12, "months"),
        "Children and Families Act 2014, s.44(1)",
        applies=_not_ceased,
    ),
    LawLimit(
        "reassessment",
        "Plan after a reassessment",
        "The plan is final within 14 weeks of the notice that there will be a reassessment.",
        "reassess_notice_date",
        "amended_final_date",
        Within(14, "weeks"),
        f"{_REGULATIONS}, reg 27(2)",
        dated_by="reassessed",
        excused_by="reg 27(3)",
    ),
    LawLimit(
        "order-amend",
        "Plan amended as ordered",
        "Ordered to amend a plan, the authority does so within 5 weeks of the order.",
        "order_date",
        "amended_final_date",
        Within(5, "weeks"),
        f"{_REGULATIONS}, reg 44(2)(e)",
        applies=_order_amends,
        dated_by="ordered",
    ),
    LawLimit(
        "order-setting",
        "Setting changed as ordered",
        "Ordered to change the setting alone, the authority does so within 2 weeks of the order.",
        "order_date",
        "amended_final_date",
        Within(2, "weeks"),
        f"{_REGULATIONS}, reg 44(2)(f)",
        applies=_order_moves,
        dated_by="ordered",
    ),
    LawLimit(
        "moved-in",
        "Family told after moving in",
        "A plan taken over from another authority: the family is told within 6 weeks.",
        "transfer_in_date",
        None,
        Within(6, "weeks"),
        f"{_REGULATIONS}, reg 15(4)",
        silent=True,
    ),
    LawLimit(
        "phase-transfer",
        "Plan ready for the next phase",
        "Reviewed and amended before the move: by 15 February; on leaving secondary school for "
        "post-16 by 31 March; between post-16 institutions 5 months before.",
        "phase_transfer_due",
        "amended_final_date",
        BeforePhaseTransfer(),
        f"{_REGULATIONS}, reg 18",
        dated_by="phase_transfer",
        window_months=12,  # reg 18 speaks of a move within 12 months,
    ),
)
LAW_LIMITS_BY_ID: Final = {limit.id: limit for limit in LAW_LIMITS}

# What is known of and computes nothing, and why.
NOT_COMPUTED: Final[tuple[tuple[str, str], ...]] = (
    (
        "15 working days for the old authority to hand a plan over (reg 15(2))",
        "No fact says when it learned of the move. Only here would bank holidays matter.",
    ),
    ("Reviews of the plans of under-fives every 3 to 6 months", "Not confirmed."),
    (
        "Exceptions for being away and for an appointment missed (reg 10(4))",
        "They may be recorded, and excuse nothing until confirmed. A backlog is no exception.",
    ),
    ("Amending a plan outside a review (reg 28)", "Not confirmed."),
    ("Two weeks' notice of a review, and advice two weeks before it", "No fact holds the dates."),
)
