"""The reports on one audit, each made from the store: the same for every front end."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ehcp_audit.auditing.handing_over import hands
from ehcp_audit.auditing.re_audit import earlier_of
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.reports.audit_page import audit_report
from ehcp_audit.reports.audit_words import Audited
from ehcp_audit.reports.before_after_page import before_after_report
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.slip_page import slip_report
from ehcp_audit.reports.trail_page import trail_report
from ehcp_audit.reports.wording import marked
from ehcp_audit.store import Store


class MakesReport(Protocol):
    """Makes a report on one audit of a store."""

    def __call__(self, store: Store, state: AuditState, *, today: date) -> Report:
        """Return the report as of a day."""


def names_of(store: Store) -> dict[str, str]:
    """Return everybody's name or initials by auditor id."""
    return {each.id: each.name for each in store.auditors()}


def audit_of(store: Store, state: AuditState, *, today: date) -> Report:
    """Return an audit's report; see `audit_report`."""
    before = earlier_of(store, state)
    page = audit_report(
        state,
        store.rubric(state.rubric_hash),
        auditor_name=hands(state, names_of(store)),
        today=today,
        earlier=None if before is None else Audited(*before),
    )
    return marked(page, synthetic=store.synthetic)


def slip_of(store: Store, state: AuditState, *, party: str, today: date, team: str = "") -> Report:
    """Return the feedback slip for one party; see `slip_report`."""
    rubric = store.rubric(state.rubric_hash)
    page = slip_report(state, rubric, party=party, today=today, team=team)
    return marked(page, synthetic=store.synthetic)


def slip_file_name(state: AuditState, party: str) -> str:
    """Return the name offered for a slip's file, without its ending: the plan, and whose it is."""
    return f"{state.plan_ref}-slip-{party.replace('_', '-')}"


def before_after_of(store: Store, state: AuditState, *, today: date) -> Report:
    """Return a re-audit beside the audit it follows; `UsageError` where it follows none."""
    before = earlier_of(store, state)
    if before is None:
        what = f"the audit {state.id} of {state.plan_ref} follows no audit that is signed off."
        raise UsageError(what, "Audit the plan again from its summary.", title="No re-audit")
    after = Audited(state, store.rubric(state.rubric_hash))
    page = before_after_report(Audited(*before), after, today=today)
    return marked(page, synthetic=store.synthetic)


def trail_of(
    store: Store, state: AuditState, *, today: date, criterion: str | None = None
) -> Report:
    """Return everything that was done to an audit; see `trail_report`."""
    page = trail_report(
        store.audit_events(state.id),
        names=names_of(store),
        rubrics={each.hash: store.rubric(each.hash) for each in store.rubric_versions()},
        plan_ref=state.plan_ref,
        today=today,
        criterion=criterion,
    )
    return marked(page, synthetic=store.synthetic)
