"""Turning what was typed after a command into what it asks for: a question, an audit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ehcp_audit.cli.printing import warn
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import FACTS_BY_ID, REPORTED, Fact, parse_fact, show_fact
from ehcp_audit.domain.periods import GRANULARITIES, Period, period_of_key
from ehcp_audit.domain.questions import ALL_REASONS

if TYPE_CHECKING:
    from ehcp_audit.domain.rubric import Rubric
    from ehcp_audit.settings.team import ReportDefaults
    from ehcp_audit.store import AuditRow, Store
    from ehcp_audit.trends.pairs import Side

_STATES: Final = ("signed", "draft", "withdrawn")
_PERCENTAGE: Final = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
_REASON = FACTS_BY_ID["audit_reason"]


def filters(
    store: Store, wheres: Sequence[str], rubric: str, *, today: date
) -> dict[str, tuple[str, ...]]:
    """Read `--where fact=value[,value]`; raises `UsageError` with the valid facts or values.

    The facts are the tool's and those that any version of the rubric adds.
    """
    facts = reported_facts(store, rubric)
    read: dict[str, tuple[str, ...]] = {}
    for where in wheres:
        name, equals, typed = where.partition("=")
        fact = _fact(name.strip().lower(), facts)
        if not equals or not typed.strip():
            what = f"--where {where} gives no value."
            raise UsageError(what, f"Such as --where {fact.id}={_some_value(store, fact)}.")
        values = [each.strip() for each in typed.split(",") if each.strip()]
        read[fact.id] = (
            *read.get(fact.id, ()),
            *(_value(store, fact, each, today) for each in values),
        )
    return read


def reasons(typed: Sequence[str]) -> tuple[str, ...]:
    """Read `--reason`: routine without any, every reason for “all”."""
    named = [part.strip() for each in typed for part in each.split(",") if part.strip()]
    if any(each.lower() == ALL_REASONS for each in named):
        return ()
    if not named:
        return ("routine",)
    valid = {choice.lower(): choice for choice in _REASON.choice_ids()}
    for each in named:
        if each.lower() not in valid:
            what = f"“{each}” is not a reason for an audit{_nearest(each, valid)}."
            raise UsageError(what, f"Use one of: {', '.join([*valid.values(), ALL_REASONS])}.")
    return tuple(dict.fromkeys(valid[each.lower()] for each in named))


def rubric_id(store: Store, named: str | None, defaults: ReportDefaults) -> str:
    """Return the rubric to report on: the one named, the team's default, else the one most used."""
    chosen = named or defaults.rubric or store.most_used_rubric()
    if chosen is None:
        what = "no audit is signed off yet, so there is nothing to report."
        raise UsageError(what, "Sign an audit off first.", title="Nothing to report")
    return chosen


def reported_facts(store: Store, rubric: str) -> dict[str, Fact]:
    """Return the facts that reports on a rubric tell by: the tool's, then the rubric's own."""
    own = {
        fact.id: fact
        for kept in store.rubric_versions()
        if kept.rubric_id == rubric
        for fact in store.rubric(kept.hash).facts
        if fact.kind != "date"
    }
    return {fact.id: fact for fact in REPORTED} | own


def day(typed: str | None, today: date) -> date | None:
    """Return the date that was typed after an option, None where none was."""
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415

    return None if typed is None else parse_date(typed, today=today)


def audit_id(store: Store, reference: str) -> str:
    """Return the audit that a plan's reference, or an audit's own id, means.

    Of several audits of a plan it is the latest that is signed off; the others are named. Raises
    `UsageError` where there is none.
    """
    from ehcp_audit.store import AuditQuery  # noqa: PLC0415

    rows = store.audits(AuditQuery(states=_STATES, plan_ref=reference.strip().upper()))
    if not rows:
        if store.audit_events(reference.strip()):
            return reference.strip()
        what = f"there is no plan “{reference}” with an audit here."
        raise UsageError(
            what, "Look at the list of audits for its reference.", title="No such audit"
        )
    chosen = min(rows, key=_standing)
    for other in rows:
        if other.id != chosen.id:
            day = other.audit_date.isoformat() if other.audit_date else other.state
            warn(f"Another audit of {other.ref}: {other.id} ({day}, {other.auditor_name})")
    return chosen.id


def re_audit_id(store: Store, reference: str) -> str:
    """Return the re-audit that a plan's reference or an audit's id means: the newest of a plan.

    Without one it is what `audit_id` returns.
    """
    from ehcp_audit.store import AuditQuery  # noqa: PLC0415

    rows = store.audits(AuditQuery(plan_ref=reference.strip().upper()))
    newest = max((row for row in rows if row.follows), key=lambda row: row.begun_at, default=None)
    return audit_id(store, reference) if newest is None else newest.id


def criterion_id(rubric: Rubric, typed: str) -> str:
    """Return the criterion meant by its id or by words of its title; `UsageError` without one."""
    from ehcp_audit.auditing import find_criteria  # noqa: PLC0415

    if rubric.has_criterion(typed):
        return typed
    meant = find_criteria(rubric, typed) if typed.strip() else ()
    if len(meant) == 1:
        return meant[0].id
    what = f"“{typed}” is {'no' if not meant else 'more than one'} criterion of {rubric.name}."
    raise UsageError(
        what, f"Use one of: {', '.join(each.id for each in meant or rubric.criteria)}."
    )


def draft_id(store: Store, reference: str) -> str:
    """Return the audit in progress that a plan's reference, or an audit's own id, means.

    Raises `UsageError` where there is none, and where there are several: then each by its id.
    """
    from ehcp_audit.store import AuditQuery  # noqa: PLC0415

    rows = store.audits(AuditQuery(states=("draft",), plan_ref=reference.strip().upper()))
    if len(rows) > 1:
        ids = "; ".join(f"{row.id} ({row.auditor_name})" for row in rows)
        what = f"there are {len(rows)} audits of {reference} in progress."
        raise UsageError(what, f"Name one by id: {ids}.", title="Which audit?")
    return rows[0].id if rows else audit_id(store, reference)


def _standing(row: AuditRow) -> tuple[int, int]:
    """Order audits by state, then by audit date, the latest first."""
    return _STATES.index(row.state), -(row.audit_date.toordinal() if row.audit_date else 0)


def period_named(typed: str) -> Period:
    """Return a period of any length by its key, such as 2026-04; raises `UsageError` for none."""
    key = typed.strip().upper()
    for granularity in GRANULARITIES:
        try:
            return period_of_key(key, granularity)
        except ValueError:
            continue
    what = f"“{typed}” is not a period."
    raise UsageError(what, "Such as 2026-04, 2026-Q2, 2026-T1, 2025-AY, 2025-FY or 2026.")


def side_named(store: Store, typed: str, rubric: str, *, today: date) -> Side:
    """Return one side of a comparison: `fact=value[,value]`, or a period by its key."""
    from ehcp_audit.trends.pairs import Side  # noqa: PLC0415

    if "=" not in typed:
        period = period_named(typed)
        return Side(period.label, {}, period)
    chosen = filters(store, [typed], rubric, today=today)
    facts = reported_facts(store, rubric)
    ((fact, values),) = chosen.items()
    shown = [
        show_fact(facts[fact], (value,) if facts[fact].kind == "choices" else value)
        for value in values
    ]
    return Side(" or ".join(shown), chosen)


def level_named(typed: str, rubric: Rubric) -> int:
    """Return a level's number by its id, label or number; 0 for what could not be seen."""
    wanted = typed.strip().casefold()
    names = {"not_evidenced": 0, "not seen": 0, "0": 0}
    for level in rubric.scale.levels:
        names |= dict.fromkeys((level.id, level.label.casefold(), str(level.number)), level.number)
    if wanted in names:
        return names[wanted]
    what = f"“{typed}” is not a level{_nearest(wanted, names)}."
    valid = [level.id for level in rubric.scale.levels]
    raise UsageError(what, f"Use one of: {', '.join([*valid, 'not_evidenced'])}.")


def percentage(typed: str) -> Fraction:
    """Read a share typed as a percentage, such as 61.8 or 61.8%; raises `UsageError`."""
    text = typed.strip().removesuffix("%").strip()
    if not _PERCENTAGE.fullmatch(text) or Fraction(text) > 100:  # noqa: PLR2004
        what = f"“{typed}” is not a percentage from 0 to 100."
        raise UsageError(what, "Such as 61.8.")
    return Fraction(text) / 100


def _fact(name: str, reported: Mapping[str, Fact]) -> Fact:
    if name not in reported:
        what = f"“{name}” is not a fact that reports filter by{_nearest(name, reported)}."
        raise UsageError(what, f"Use one of: {', '.join(reported)}.")
    return reported[name]


def _value(store: Store, fact: Fact, typed: str, today: date) -> str:
    if fact.kind != "code":
        value = parse_fact(fact, typed, today=today)
        return value[0] if isinstance(value, tuple) else str(value)
    known = store.fact_values(fact.id)
    for each in known:
        if each.casefold() == typed.casefold():
            return each
    what = f"“{typed}” is not a {fact.label.lower()} of any audit here{_nearest(typed, known)}."
    raise UsageError(what, f"There are: {', '.join(known)}." if known else "None was recorded.")


def _some_value(store: Store, fact: Fact) -> str:
    return next(iter(fact.choice_ids() or store.fact_values(fact.id)), "VALUE")


def _nearest(name: str, valid: Collection[str]) -> str:
    close = difflib.get_close_matches(name, valid, n=1)
    return f" (did you mean {close[0]}?)" if close else ""
