"""Groups of audited plans: by a fact, by setting group, by age of the plan, by kind and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ehcp_audit.domain.dates import whole_months_between
from ehcp_audit.domain.facts import Fact, show_fact
from ehcp_audit.domain.questions import CountedAudit
from ehcp_audit.trends.measures import Measure
from ehcp_audit.trends.shares import Share

NOT_RECORDED: Final = "not recorded"
SETTING_GROUP: Final = "setting_group"
AGE_BAND: Final = "age_band"
PLAN_AGE: Final = "plan_age"

# Settings that plans of one kind are made for; nowhere are schools named.
SETTING_GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "early_years": "Early years",
        "mainstream": "Mainstream",
        "mainstream_unit": "Mainstream",
        "special": "Special",
        "independent_special": "Special",
        "sixth_form_fe": "Post-16",
        "specialist_post16": "Post-16",
        "ap_pru": "Elsewhere",
        "hospital": "Elsewhere",
        "eotas": "Elsewhere",
        "home_educated": "Elsewhere",
        "not_in_education": "Elsewhere",
        "other": "Elsewhere",
    }
)
_AGE_BANDS: Final = (
    ("Under 5", ("EY", "N1", "N2", "R")),
    ("Years 1 to 6", tuple(str(year) for year in range(1, 7))),
    ("Years 7 to 11", tuple(str(year) for year in range(7, 12))),
    ("Year 12 on", ("12", "13", "14", "19-25")),
)
_PLAN_AGES: Final = ((12, "Under 1 year"), (24, "1 year"), (36, "2 years"))
_OLDER: Final = "3 years or more"

Split = Callable[[CountedAudit], tuple[str, ...]]


@dataclass(frozen=True)
class Group:
    """A group's audits and its share of a measure."""

    name: str
    audits: tuple[CountedAudit, ...]
    share: Share


def setting_group(audit: CountedAudit) -> tuple[str, ...]:
    """Return the group of the plan's setting."""
    return (SETTING_GROUPS.get(str(audit.facts.get("setting")), NOT_RECORDED),)


def age_band(audit: CountedAudit) -> tuple[str, ...]:
    """Return the band of the child's year group."""
    year = audit.facts.get("year_group")
    return (next((name for name, years in _AGE_BANDS if year in years), NOT_RECORDED),)


def plan_age(audit: CountedAudit) -> tuple[str, ...]:
    """Return how old the plan was on the day of the audit, in whole years."""
    if audit.plan_date is None:
        return (NOT_RECORDED,)
    months = whole_months_between(audit.plan_date, audit.audit_date)
    return (next((name for under, name in _PLAN_AGES if months < under), _OLDER),)


def by_fact(fact: Fact) -> Split:
    """Return how plans are told apart by a fact; of several choices a plan is in each."""

    def split(audit: CountedAudit) -> tuple[str, ...]:
        value = audit.facts.get(fact.id)
        if value is None:
            return (NOT_RECORDED,)
        values = value if isinstance(value, tuple) else (value,)
        shown = tuple(show_fact(fact, (one,) if fact.kind == "choices" else one) for one in values)
        return shown or (show_fact(fact, ()),)

    return split


WORKED_OUT: Final[Mapping[str, tuple[str, Split, tuple[str, ...]]]] = MappingProxyType(
    {
        SETTING_GROUP: (
            "Setting group", setting_group, tuple(dict.fromkeys(SETTING_GROUPS.values())),
        ),
        AGE_BAND: ("Age band", age_band, tuple(name for name, _ in _AGE_BANDS)),
        PLAN_AGE: ("Age of the plan", plan_age, (*(name for _, name in _PLAN_AGES), _OLDER)),
    }
)  # fmt: skip


def grouped(
    audits: Iterable[CountedAudit], measure: Measure, split: Split, order: Sequence[str] = ()
) -> tuple[Group, ...]:
    """Return the groups with a plan in them, in `order` (then by name), not recorded last."""
    members: dict[str, list[CountedAudit]] = {}
    for audit in audits:
        for name in split(audit):
            members.setdefault(name, []).append(audit)
    places = {name: place for place, name in enumerate(order)}

    def place(name: str) -> tuple[bool, int, str]:
        return name == NOT_RECORDED, places.get(name, len(places)), name

    return tuple(
        Group(name, tuple(members[name]), measure.share(members[name]))
        for name in sorted(members, key=place)
    )


@dataclass(frozen=True)
class KindAndYear:
    """Plans of one kind, by the year they were issued, oldest first."""

    kind: str
    years: tuple[tuple[int, Share], ...]


def older_and_newer(
    audits: Iterable[CountedAudit], measure: Measure, kinds: Sequence[str]
) -> tuple[KindAndYear, ...]:
    """Return a measure by year of issue within each kind of plan.

    Kinds are never mixed: amended plans pile up before the transfer deadlines, so that a mixture
    shows the season and not progress.
    """
    members: dict[str, dict[int, list[CountedAudit]]] = {kind: {} for kind in kinds}
    for audit in audits:
        kind = audit.facts.get("plan_kind")
        if isinstance(kind, str) and kind in members and audit.plan_date is not None:
            members[kind].setdefault(audit.plan_date.year, []).append(audit)
    return tuple(
        KindAndYear(kind, tuple((year, measure.share(found[year])) for year in sorted(found)))
        for kind, found in members.items()
        if found
    )
