"""Setting the form of facts up for a team, and what is asked where a plan was audited before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import Fact, FactValue, parse_reference
from ehcp_audit.settings.team import TeamSettings
from ehcp_audit.store import AuditQuery, AuditRow, Store

_CODES: Final = ("team", "area", "writer")
_FOUND: Final = ("prior_audit",)  # by the reference, and never asked


@dataclass(frozen=True)
class FactsAnswer:
    """What the form was left with: the facts, or an audit to look at instead."""

    facts: Mapping[str, FactValue]
    follows: str | None = None
    look_at: str | None = None


def form_for(
    team: TeamSettings,
    facts: Mapping[str, FactValue],
    on: date,
    *,
    own: tuple[Fact, ...] = (),
    asks_reference: bool = True,
) -> FactsForm:
    """Return the form that this team fills in, with some facts offered.

    `own` are the facts that the rubric adds; the reference is asked of a plan new here only.
    """
    required = (*(["team"] if team.teams else []), *team.required_facts)
    without = _FOUND if team.asks_writer else ("writer", *_FOUND)
    return FactsForm(
        on=on,
        answers=dict(facts),
        required=tuple(dict.fromkeys(required)),
        codes={fact_id: team.codes(fact_id) for fact_id in _CODES},
        extra=own,
        backlog=team.backlog,
        without=without if asks_reference else (*without, "plan_ref"),
    )


def audited_before(store: Store | None, form: FactsForm) -> AuditRow | None:
    """Return the latest audit of the plan that the form names, or None where there is none."""
    ref = form.answers.get("plan_ref")
    if store is None or not isinstance(ref, str):
        return None
    try:
        earlier = store.audits(AuditQuery(plan_ref=parse_reference(ref)))
    except AuditToolError:
        return None
    return earlier[0] if earlier else None


def earlier_words(earlier: AuditRow) -> str:
    """Say who audited the plan before, and when."""
    when = show_date(earlier.audit_date) if earlier.audit_date else "still a draft"
    return f"By {earlier.auditor_name}: {when}."


def audit_again(form: FactsForm, earlier: AuditRow) -> FactsForm:
    """Return the form of an audit that follows an earlier one, with its facts."""
    ref = form.answers["plan_ref"]
    return replace(form, answers={**earlier.facts, "audit_reason": "re_audit", "plan_ref": ref})
