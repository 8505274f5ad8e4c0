"""Made-up plans: facts that agree with one another, and every odd case at its turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from ehcp_audit.domain.facts import FACTS_BY_ID, FactValue, plan_age_months

TEAMS: Final = ("Team A", "Team B", "Team C", "Team D")
AREAS: Final = ("North", "South", "East")

_YEARS: Final = FACTS_BY_ID["year_group"].choice_ids()
_NEEDS: Final = {
    "ASD": 34,
    "SLCN": 20,
    "SEMH": 19,
    "MLD": 10,
    "SLD": 6,
    "PD": 4,
    "HI": 2,
    "SPLD": 3,
    "PMLD": 2,
}
_ALL_PAPERS: Final = ("advice", "review", "record")

# Cases that tools overlook; each comes up every hundred plans or so, whatever the seed.
ODD_CASES: Final[tuple[Mapping[str, FactValue], ...]] = (
    {"plan_kind": "ordered", "ordered_sections": ("B", "F"), "dispute": "appeal_decided"},
    {"plan_kind": "adopted", "reviewed": "no"},
    {"setting": "eotas", "year_group": "8"},
    {"setting": "early_years", "year_group": "EY"},
    {"setting": "early_years", "year_group": "N2"},
    {"setting": "specialist_post16", "year_group": "19-25", "social_care": "adult"},
    {"dispute": "appeal_open"},
    {"setting": "home_educated", "year_group": "5"},
    {"setting": "not_in_education", "year_group": "13"},
    {"plan_date": None},
    {"plan_kind": "reassessed"},
    {"social_care": "cannot_tell", "known_to_health": "cannot_tell"},
    {"primary_need": "not_recorded", "placed_out_of_area": "yes"},
)
_EVERY_PLANS: Final = 8

Value = TypeVar("Value")


def weighted(random: Random, weights: Mapping[Value, float]) -> Value:
    """Return one key, drawn by its weight."""
    return random.choices(list(weights), list(weights.values()))[0]


def odd_case(number: int) -> Mapping[str, FactValue]:
    """Return what is odd about the plan of that number: nothing, for most."""
    turn, rest = divmod(number, _EVERY_PLANS)
    return {} if rest else ODD_CASES[turn % len(ODD_CASES)]


def plan_facts(random: Random, number: int, reason: str, on: date) -> dict[str, FactValue]:
    """Return the facts of one made-up plan, as an auditor finds them on a day."""
    odd = odd_case(number)
    year = str(odd.get("year_group") or random.choice(_YEARS[2:-1]))
    facts: dict[str, FactValue] = {
        "plan_ref": f"EX-{number:04}",
        "audit_reason": reason,
        "plan_date": (on - timedelta(days=_age_in_days(random))).isoformat(),
        "year_group": year,
        "primary_need": weighted(random, _NEEDS),
        "secondary_need": "none",
        "setting": _setting(random, year),
        "known_to_health": weighted(random, {"yes": 6, "no": 4}),
        "social_care": weighted(
            random,
            {"none": 50, "early_help": 14, "assessed": 14, "child_in_need": 12, "looked_after": 8,
             "child_protection": 2},
        ),
        "seen": weighted(random, {_ALL_PAPERS: 7, ("advice",): 1, ("review", "record"): 1, (): 1}),
        "dispute": weighted(random, {"none": 18, "complaint": 1, "mediation": 1}),
        "team": weighted(random, dict.fromkeys(TEAMS, 1)),
        "drafting_route": weighted(
            random, {"own_staff": 6, "agency_staff": 2, "outsourced": 1, "ai_assisted": 1}
        ),
        "request_source": weighted(
            random, {"parent_or_young_person": 5, "school_or_setting": 4, "not_known": 1}
        ),
        "area": weighted(random, dict.fromkeys(AREAS, 1)),
        "placed_out_of_area": weighted(random, {"no": 12, "yes": 1}),
        "backlog": weighted(random, {"no": 8, "yes": 1}),
    }  # fmt: skip
    facts.update(odd)
    _settle_history(random, facts, on, reason)
    facts.update(odd)
    return {key: value for key, value in facts.items() if value is not None}


def _age_in_days(random: Random) -> int:
    return random.randint(20, 330) if random.random() < 0.55 else random.randint(330, 1500)  # noqa: PLR2004


def _setting(random: Random, year: str) -> str:
    index = _YEARS.index(year)
    if index < _YEARS.index("R"):
        return "early_years"
    if index >= _YEARS.index("12"):
        return weighted(random, {"sixth_form_fe": 7, "specialist_post16": 2, "special": 2})
    return weighted(
        random,
        {"mainstream": 55, "special": 26, "mainstream_unit": 10, "independent_special": 5,
         "ap_pru": 3, "hospital": 1},
    )  # fmt: skip


def _settle_history(random: Random, facts: dict[str, FactValue], on: date, reason: str) -> None:
    """Fill in kind, review and reported change so that they agree with the plan's age."""
    age = plan_age_months(facts, on)
    if reason == "before_issue":
        facts["plan_kind"] = "draft"
    elif age is None or age < 12:  # noqa: PLR2004
        facts["plan_kind"] = weighted(random, {"first_final": 6, "amended": 3, "phase_transfer": 1})
    else:
        facts["plan_kind"] = weighted(random, {"first_final": 3, "amended": 7})
    old = age is not None and age >= 12  # noqa: PLR2004
    reviewed = facts["plan_kind"] in ("amended", "phase_transfer") or old
    facts["reviewed"] = "yes" if reviewed else "no"
    facts["change_reported"] = weighted(random, {"yes": 5, "no": 5}) if reviewed else "no"
