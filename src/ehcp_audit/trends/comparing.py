"""Groups of audited plans set against the whole: which dimensions there are, and the figures."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import REPORTED, Fact
from ehcp_audit.domain.questions import CountedAudit, CountedAudits, Question
from ehcp_audit.domain.rubric import AGENCIES, AGENCY_LABELS, Rubric
from ehcp_audit.trends.asking import versions_used
from ehcp_audit.trends.comparison import PEOPLE, Comparison, compare
from ehcp_audit.trends.groups import WORKED_OUT, Group, Split, by_fact, grouped
from ehcp_audit.trends.lines import periods_of
from ehcp_audit.trends.measures import AGENCY_PREFIX, Measure, measure_named, measures_of
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.windows import Window, once_a_plan, recent_window, within

if TYPE_CHECKING:
    from ehcp_audit.store import Store

AGENCY: Final = "agency"


@dataclass(frozen=True)
class Dimension:
    """What groups are told apart by.

    `coded` is true where the groups' names were typed freely, such as a team's: in a release
    they become letters.
    """

    id: str
    title: str
    split: Split
    order: tuple[str, ...]
    coded: bool = False


@dataclass(frozen=True)
class Comparing:
    """Groups, each with its plans, and what the comparison says of them.

    `window` are the days the audits lie in; a plan audited twice in it counts once. `groups` are
    empty for agencies, of which every plan belongs to all. `whole` is the share of all plans.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    measure: Measure | None
    dimension: Dimension
    window: Window
    counted: CountedAudits
    audits: tuple[CountedAudit, ...]
    groups: tuple[Group, ...]
    comparison: Comparison
    whole: Share


def dimensions(own: Sequence[Fact] = ()) -> dict[str, Dimension]:
    """Return every dimension by id: worked-out groups, reported facts, the rubric's own facts."""
    found = {
        name: Dimension(name, title, split, order)
        for name, (title, split, order) in WORKED_OUT.items()
    }
    for fact in (*REPORTED, *own):
        if fact.kind != "date":
            order = tuple(choice.label for choice in fact.choices)
            coded = fact.kind == "code"
            found[fact.id] = Dimension(fact.id, fact.label, by_fact(fact), order, coded)
    found[AGENCY] = Dimension(AGENCY, "Agency", lambda _: (), ())
    return found


def dimension_named(named: str, known: Mapping[str, Dimension]) -> Dimension:
    """Return a dimension by its id, words joined by a space or hyphen too.

    Raises `NotAllowedError` for groups that are people, `UsageError` with the valid names else.
    """
    wanted = named.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in PEOPLE:
        compare(wanted, {})
    if wanted in known:
        return known[wanted]
    close = difflib.get_close_matches(wanted, known, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    what = f"Plans are not grouped by “{named}”{hint}."
    raise UsageError(what, f"Use one of: {', '.join(known)}.")


def comparing(
    store: Store,
    question: Question,
    named: str,
    measure: str,
    *,
    today: date,
    fewest: int,
) -> Comparing:
    """Return the groups of a dimension over the days asked for, else the last twelve months.

    Raises `UsageError` for an unknown dimension, measure or rubric, and for a measure that does
    not count plans.
    """
    rubrics = versions_used(store, question.rubric_id)
    own = {fact.id: fact for rubric in rubrics for fact in rubric.facts}
    dimension = dimension_named(named, dimensions(tuple(own.values())))
    measures = measures_of(rubrics)
    chosen = measure_named(measure, measures)
    if not chosen.per_plan:
        # Criteria of one plan go together, so no limit by chance holds for them.
        what = f"“{chosen.title}” counts criteria, not plans: no group can be set against chance."
        raise UsageError(what, "Choose a measure of plans; `report definitions` names them.")
    agencies = {
        AGENCY_LABELS[agency].capitalize(): measures[AGENCY_PREFIX + agency]
        for agency in AGENCIES
        if AGENCY_PREFIX + agency in measures
    }
    looked_at = [chosen] if dimension.id != AGENCY else list(agencies.values())
    ids = dict.fromkeys(one for each in looked_at for one in each.criteria)
    counted = store.counted_audits(question, tuple(ids))
    window = recent_window(question, periods_of(question, counted.audits, today), today)
    audits = once_a_plan(within(counted.audits, window, question.axis), question.axis)
    if dimension.id == AGENCY:
        groups: tuple[Group, ...] = ()
        shares = {name: each.share(audits) for name, each in agencies.items()}
    else:
        groups = grouped(audits, chosen, dimension.split, dimension.order)
        shares = {group.name: group.share for group in groups}
    placed = compare(dimension.id, shares, fewest=fewest)
    return Comparing(
        question=question,
        rubrics=rubrics,
        measure=None if dimension.id == AGENCY else chosen,
        dimension=dimension,
        window=window,
        counted=counted,
        audits=audits,
        groups=groups,
        comparison=placed,
        whole=placed.overall,
    )
