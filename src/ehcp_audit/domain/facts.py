"""Plan facts: the one typed table that forms, conditions, filters and imports all read.

A fact's value is a string (a choice's id, a code, an ISO date), a tuple of strings for facts
that may hold several, or None where it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from ehcp_audit.domain.dates import parse_date, whole_months_between
from ehcp_audit.domain.errors import UsageError

FactValue = str | tuple[str, ...] | None
Facts = Mapping[str, FactValue]
FactKind = Literal["reference", "choice", "choices", "date", "code"]

OWN_GROUP: Final = 6  # of the facts that a rubric adds
OWN_PREFIX: Final = "local."  # of their ids, so that none is ever one of the tool's


@dataclass(frozen=True)
class Choice:
    """One allowed answer; `key` is the letter that picks it on the form."""

    id: str
    label: str
    key: str = ""


@dataclass(frozen=True)
class Fact:
    """One question about a plan.

    `needed` says whether an audit may start without it; `reported` whether reports may be
    filtered and broken down by it; `ordered` whether its choices have an order to compare by.
    """

    id: str
    label: str
    kind: FactKind
    group: int
    choices: tuple[Choice, ...] = ()
    needed: bool = False
    reported: bool = False
    ordered: bool = False
    help: str = ""

    def choice(self, choice_id: str) -> Choice | None:
        """Return the choice with that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def choice_ids(self) -> tuple[str, ...]:
        """Return the allowed ids in their order."""
        return tuple(choice.id for choice in self.choices)


def _choices(*lines: str) -> tuple[Choice, ...]:
    """Build choices from lines of `key id label`."""
    built = []
    for line in lines:
        key, choice_id, label = line.split(" ", 2)
        built.append(Choice(choice_id, label, key))
    return tuple(built)


GROUPS: Final = MappingProxyType(
    {
        1: "The plan",
        2: "The child, broadly",
        3: "On the desk",
        4: "Where it came from",
        5: "Dates (time limits only)",
        6: "Asked by this rubric",
    }
)

_YES_NO = _choices("y yes Yes", "n no No")
_YES_NO_CANNOT_TELL = (*_YES_NO, Choice("cannot_tell", "Cannot tell", "c"))
_YEAR_GROUPS = (
    Choice("EY", "Early years, before nursery", "e"),
    Choice("N1", "Nursery, first year", "n"),
    Choice("N2", "Nursery, second year", "m"),
    Choice("R", "Reception", "r"),
    *(Choice(str(year), f"Year {year}", "" if year > 9 else str(year)) for year in range(1, 15)),  # noqa: PLR2004
    Choice("19-25", "19 to 25", "o"),
)
# Special educational need types of the SEN2 return (codes and labels of the school census).
_NEEDS = _choices(
    "l SPLD Specific learning difficulty",
    "m MLD Moderate learning difficulty",
    "s SLD Severe learning difficulty",
    "p PMLD Profound and multiple learning difficulty",
    "e SEMH Social, emotional and mental health",
    "c SLCN Speech, language and communication",
    "h HI Hearing impairment",
    "v VI Vision impairment",
    "w MSI Multi-sensory impairment",
    "d PD Physical disability",
    "a ASD Autistic spectrum disorder",
    "x DS Down syndrome",
    "o OTH Other difficulty",
    "z not_recorded Not recorded",
)


def _dates(*lines: str) -> tuple[Fact, ...]:
    """Build the date facts of group 5 from lines of `id label`."""
    pairs = (line.split(" ", 1) for line in lines)
    return tuple(Fact(fact_id, label, "date", 5) for fact_id, label in pairs)


FACTS: Final[tuple[Fact, ...]] = (
    # ---- 1 the plan
    Fact(
        "plan_ref", "Reference (not a name)", "reference", 1, needed=True,
        help="3 to 20 of A–Z, 0–9 and -. It links re-audits and second ratings.",
    ),
    Fact(
        "audit_reason", "Why this plan", "choice", 1, needed=True, reported=True,
        choices=_choices(
            "r routine Routine sample", "b before_issue Before issue",
            "v review_sample Sample of reviews", "t thematic For a theme",
            "c complaint After a complaint", "a re_audit Audited again after changes",
            "k calibration To calibrate auditors",
        ),
        help="Only plans drawn in a routine sample enter the headline figures.",
    ),
    Fact(
        "plan_kind", "Kind of plan", "choice", 1, needed=True, reported=True,
        choices=_choices(
            "d draft Draft", "f first_final First final plan", "a amended Amended after review",
            "p phase_transfer Phase transfer", "r reassessed Reassessed",
            "o ordered After a Tribunal order", "t adopted Taken over from another authority",
        ),
    ),
    Fact(
        "plan_date", "Date on the plan", "date", 1, needed=True,
        help="The date of the version in front of you. Leave empty if there is none.",
    ),
    # ---- 2 the child, broadly
    Fact(
        "year_group", "Year group", "choice", 2, needed=True, reported=True, ordered=True,
        choices=_YEAR_GROUPS, help="By age if not in one.",
    ),
    Fact("primary_need", "Main need", "choice", 2, choices=_NEEDS, needed=True, reported=True),
    Fact(
        "secondary_need", "Second need", "choice", 2, reported=True,
        choices=(*_NEEDS, Choice("none", "None", "n")),
    ),
    Fact(
        "setting", "Setting", "choice", 2, needed=True, reported=True,
        choices=_choices(
            "e early_years Early years", "m mainstream Mainstream school",
            "u mainstream_unit Mainstream, with unit or resourced provision",
            "s special Special school", "i independent_special Independent special",
            "a ap_pru Alternative provision or PRU", "h hospital Hospital school",
            "f sixth_form_fe Sixth form or FE college",
            "p specialist_post16 Specialist post-16",
            "t eotas Education otherwise than at school (EOTAS)",
            "l home_educated Electively home educated",
            "n not_in_education Not in education", "o other Other",
        ),
        help="For EOTAS an empty Section I is no fault.",
    ),
    Fact(
        "known_to_health", "Seen by a health service", "choice", 2, needed=True, reported=True,
        choices=_YES_NO_CANNOT_TELL, help="About this need, in the 12 months before the advice.",
    ),
    Fact(
        "social_care", "Known to social care", "choice", 2, needed=True, reported=True,
        choices=_choices(
            "n none Not known", "e early_help Early help only",
            "a assessed Assessed or short breaks, no open plan", "i child_in_need Child in need",
            "p child_protection Child protection", "l looked_after Looked after",
            "v care_leaver Care leaver", "u adult Adult social care", "c cannot_tell Cannot tell",
        ),
    ),
    # ---- 3 on the desk
    Fact(
        "seen", "Open besides the plan", "choices", 3, needed=True, reported=True,
        choices=_choices(
            "a advice Advice", "r review Review papers", "c record Case record",
        ),
        help="None of them: the plan alone.",
    ),
    Fact(
        "reviewed", "Has it been reviewed", "choice", 3, needed=True, reported=True,
        choices=_YES_NO,
    ),
    Fact(
        "change_reported", "Change that matters reported", "choice", 3, reported=True,
        choices=_YES_NO_CANNOT_TELL,
        help="At a review or since, and not turned down with reasons.",
    ),
    Fact(
        "ordered_sections", "Sections the Tribunal fixed", "choices", 3,
        choices=_choices(
            "b B B", "c C C", "d D D", "e E E", "f F F", "g G G", "h H H", "i I I",
        ),
    ),
    Fact(
        "dispute", "Complaint or appeal", "choice", 3, reported=True,
        choices=_choices(
            "n none None", "c complaint Complaint", "m mediation Mediation",
            "o appeal_open Appeal open", "d appeal_decided Appeal decided",
        ),
    ),
    # ---- 4 where it came from
    Fact("team", "Team", "code", 4, reported=True),
    Fact("writer", "Writer's code", "code", 4),
    Fact(
        "drafting_route", "Who drafted it", "choice", 4, reported=True,
        choices=_choices(
            "o own_staff Own staff", "a agency_staff Agency staff", "u outsourced Outsourced",
            "i ai_assisted With an AI assistant", "n not_known Not known",
        ),
    ),
    Fact(
        "request_source", "Who asked for the assessment", "choice", 4, reported=True,
        choices=_choices(
            "p parent_or_young_person Parent or young person",
            "s school_or_setting School or setting", "o other Other", "n not_known Not known",
        ),
    ),
    Fact("area", "Locality", "code", 4, reported=True),
    Fact(
        "placed_out_of_area", "Placed in another area", "choice", 4, choices=_YES_NO, reported=True,
    ),
    Fact("backlog", "Drafted in a backlog push", "choice", 4, choices=_YES_NO, reported=True),
    Fact("prior_audit", "Earlier audit of this plan", "code", 4),
    # ---- 5 dates
    *_dates(
        "request_date Assessment asked for", "assess_decision_date Decided to assess",
        "draft_date Draft sent", "first_final_date First final plan",
    ),
    Fact(
        "exception", "Exception to the time limit", "choice", 5,
        choices=_choices(
            "n none None", "s school_closed School closed",
            "p personal_circumstances Exceptional personal circumstances",
            "a absent Away from the area", "m missed_appointment Appointment missed",
        ),
        help="As recorded on file. Being in a backlog is not one.",
    ),
    *_dates(
        "advice_education_asked Education advice asked",
        "advice_education_received Education advice received",
        "advice_psychology_asked Psychology advice asked",
        "advice_psychology_received Psychology advice received",
        "advice_health_asked Health advice asked",
        "advice_health_received Health advice received",
        "advice_social_care_asked Social care advice asked",
        "advice_social_care_received Social care advice received",
        "review_meeting_date Review meeting", "review_report_date Review report",
        "review_decision_date Review decision",
    ),
    Fact(
        "review_outcome", "Outcome of the review", "choice", 5, reported=True,
        choices=_choices(
            "a amend Amend", "m maintain Maintain", "c cease Cease",
            "n none_recorded None recorded",
        ),
    ),
    *_dates(
        "proposed_amendments_date Proposed amendments sent",
        "amended_final_date Amended plan final",
        "reassess_notice_date Reassessment notice", "order_date Tribunal order",
        "transfer_in_date Moved in from elsewhere",
    ),
    Fact(
        "phase_transfer_due", "Moves to the next phase", "date", 5,
        help="The day of the move, such as 1 Sep 2027.",
    ),
)  # fmt: skip

FACTS_BY_ID: Final[Mapping[str, Fact]] = MappingProxyType({fact.id: fact for fact in FACTS})
REPORTED: Final[tuple[Fact, ...]] = tuple(fact for fact in FACTS if fact.reported)

# Worked out from the other facts, never asked; conditions may name them.
DERIVED: Final[Mapping[str, str]] = MappingProxyType(
    {"plan_age_months": "Whole months from the plan's date to the audit's"}
)

_REFERENCE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{1,18})[A-Z0-9]")
_CODE = re.compile(r"[\w][\w .&'/-]{0,39}")
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
_NHS = re.compile(r"\d{3}-?\d{3}-?\d{4}")
_SEPARATORS = re.compile(r"[\s./]+")
_BIRTH = re.compile(
    r"(?:\d{1,2}-\d{1,2}-(?:19|20)\d{2}|(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])-\d{2}"
    r"|(?:19|20)\d{2}-\d{1,2}-\d{1,2}"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)


def parse_reference(typed: str) -> str:
    """Return a plan reference in capitals, or raise `UsageError` saying why it is refused.

    What looks like a unique pupil number, an NHS number or a date of birth is refused, because
    a reference is a pseudonym.
    """
    reference = typed.strip().upper()
    joined = _SEPARATORS.sub("-", reference)
    for pattern, name in (
        (_UPN, "a unique pupil number"),
        (_NHS, "an NHS number"),
        (_BIRTH, "a date of birth"),
    ):
        if pattern.fullmatch(joined):
            what = f"The reference looks like {name}."
            raise UsageError(what, "Use a reference that says nothing about the child.")
    if not _REFERENCE.fullmatch(reference):
        what = "A reference is 3 to 20 of A–Z, 0–9 and -, not beginning or ending with -."
        raise UsageError(
            what, "Use a reference that says nothing about the child, such as NS-0147."
        )
    return reference


def parse_fact(fact: Fact, typed: str, *, today: date) -> FactValue:
    """Read one typed or imported value of `fact`; an empty text is None (or no choices).

    Choices are matched by id, without regard to case. Raises `UsageError` naming the fact and
    the allowed values.
    """
    text = typed.strip()
    if fact.kind == "choices":
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return tuple(
            sorted({_choice_id(fact, part) for part in parts}, key=fact.choice_ids().index)
        )
    if not text:
        return None
    if fact.kind == "reference":
        return parse_reference(text)
    if fact.kind == "date":
        return parse_date(text, today=today).isoformat()
    if fact.kind == "code":
        if not _CODE.fullmatch(text):
            what = f"{fact.label}: a code is up to 40 letters, digits, spaces and . & ' / -."
            raise UsageError(what)
        return text
    return _choice_id(fact, text)


def _choice_id(fact: Fact, text: str) -> str:
    wanted = text.lower()
    for choice in fact.choices:
        if choice.id.lower() == wanted:
            return choice.id
    what = f"“{text}” is not a value of {fact.id}."
    raise UsageError(what, f"Use one of: {', '.join(fact.choice_ids())}.")


def show_fact(fact: Fact, value: FactValue) -> str:
    """Return a fact's value in words: the choice's label, a date as 3 Sep 2025, – for unknown."""
    from ehcp_audit.domain.dates import show_date  # noqa: PLC0415

    if value is None:
        return "–"
    if isinstance(value, tuple):
        labels = [_label(fact, item) for item in value]
        return ", ".join(labels) if labels else "the plan alone" if fact.id == "seen" else "none"
    if fact.kind == "date":
        return show_date(date.fromisoformat(value))
    return _label(fact, value)


def _label(fact: Fact, value: str) -> str:
    choice = fact.choice(value)
    return value if choice is None else choice.label


def fact_to_text(value: FactValue) -> str:
    """Return the value as a CSV cell or an address takes it; `parse_fact` reads it back."""
    if value is None:
        return ""
    return value if isinstance(value, str) else ",".join(value)


def typed_text(fact: Fact, value: FactValue) -> str:
    """Return the value as a person would type it; `parse_fact` reads it back."""
    dated = fact.kind == "date" and isinstance(value, str)
    return show_fact(fact, value) if dated else fact_to_text(value)


def plan_date(facts: Facts) -> date | None:
    """Return the date on the plan, or None where it is not known."""
    value = facts.get("plan_date")
    return date.fromisoformat(value) if isinstance(value, str) else None


def plan_age_months(facts: Facts, on: date) -> int | None:
    """Return the plan's age in whole months on a day, or None where its date is not known."""
    dated = plan_date(facts)
    return None if dated is None else whole_months_between(dated, on)


def is_young_person(facts: Facts) -> bool | None:
    """Whether the plan is a young person's: from Year 12, when the rights pass (None: unknown)."""
    value = facts.get("year_group")
    if not isinstance(value, str):
        return None
    order = FACTS_BY_ID["year_group"].choice_ids()
    return order.index(value) >= order.index("12")


def missing_facts(facts: Facts, own: tuple[Fact, ...] = ()) -> tuple[Fact, ...]:
    """Return the needed facts that have no value, in the order they are asked.

    `own` are the facts that the rubric adds. `plan_date` may be unknown (it then drops out of that
    axis), and `seen` may be empty.
    """
    return tuple(
        fact
        for fact in (*FACTS, *own)
        if fact.needed and fact.id != "plan_date" and facts.get(fact.id) is None
    )


def is_asked(fact: Fact, facts: Facts, on: date) -> bool:
    """Whether a fact arises at all, given the others: two of group 3 depend on earlier answers."""
    if fact.id == "change_reported":
        age = plan_age_months(facts, on)
        return facts.get("reviewed") == "yes" or (age is not None and age >= 12)  # noqa: PLR2004
    if fact.id == "ordered_sections":
        return facts.get("plan_kind") == "ordered"
    return True


def _of_backlog(facts: Facts, backlog: Sequence[tuple[date, date]]) -> FactValue:
    """Whether a plan was drafted in a backlog push; None where there was none or no date is known.

    The draft's date counts, or else the date on the plan.
    """
    drafted = facts.get("draft_date") or facts.get("plan_date")
    if not backlog or not isinstance(drafted, str):
        return None
    day = date.fromisoformat(drafted)
    return "yes" if any(first <= day <= last for first, last in backlog) else "no"


def with_defaults(
    facts: Facts,
    on: date,
    own: tuple[Fact, ...] = (),
    backlog: Sequence[tuple[date, date]] = (),
) -> dict[str, FactValue]:
    """Return the facts with every default filled in that follows from the others.

    Of the facts that the rubric adds (`own`), those of several choices may be empty. `backlog`
    holds the first and last days of backlog pushes: a plan drafted in one is of the backlog.

    Three facts have none (`known_to_health`, `social_care`, and `change_reported` where it is
    asked), because a default would decide which questions appear.
    """
    filled = dict(facts)
    filled["seen"] = filled.get("seen") or ()
    if is_asked(FACTS_BY_ID["ordered_sections"], filled, on):
        filled["ordered_sections"] = filled.get("ordered_sections") or ()
    filled |= {fact.id: filled.get(fact.id) or () for fact in own if fact.kind == "choices"}
    if filled.get("reviewed") is None:
        kind, age = filled.get("plan_kind"), plan_age_months(filled, on)
        if kind in ("amended", "phase_transfer"):
            filled["reviewed"] = "yes"
        elif kind == "first_final" and age is not None and age < 12:  # noqa: PLR2004
            filled["reviewed"] = "no"
    if filled.get("change_reported") is None and not is_asked(
        FACTS_BY_ID["change_reported"], filled, on
    ):
        filled["change_reported"] = "no"
    if filled.get("backlog") is None:
        filled["backlog"] = _of_backlog(filled, backlog)
    for fact_id, value in (
        ("secondary_need", "none"),
        ("dispute", "none"),
        ("request_source", "not_known"),
        ("placed_out_of_area", "no"),
    ):
        if filled.get(fact_id) is None:
            filled[fact_id] = value
    return filled
