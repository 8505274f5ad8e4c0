"""Facts that a rubric adds are asked, needed, kept and compared like the tool's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ehcp_audit.auditing import begin_audit, score
from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.conditions import Comparison
from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.domain.facts import FACTS, OWN_GROUP, Choice, Fact
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.rubric_files import read_rubric, shipped_rubrics
from ehcp_audit.store import Store

_ME = Identity("a" * 12, "KL", "education")
_DAY = date(2026, 3, 2)
_ROUTE = Fact(
    "local.route",
    "Route",
    "choice",
    OWN_GROUP,
    choices=(Choice("usual", "Usual", "u"), Choice("fast", "Fast", "f")),
    needed=True,
    ordered=True,
)
_VISITS = Fact(
    "local.visits", "Visits", "choices", OWN_GROUP, choices=(Choice("home", "At home", "h"),)
)
_FACTS = {
    "plan_ref": "NS-0147", "audit_reason": "routine", "plan_kind": "first_final",
    "plan_date": "2026-01-12", "year_group": "3", "primary_need": "SLCN", "setting": "mainstream",
    "known_to_health": "no", "social_care": "none", "reviewed": "no",
}  # fmt: skip


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    core = read_rubric(shipped_rubrics() / "peer-findings.toml").rubric
    first = replace(
        core.criteria[0],
        applies_when=Comparison("local.route", "at_least", ("fast",), ("usual", "fast")),
    )
    criteria = (first, *core.criteria[1:])
    return replace(core, facts=(_ROUTE, _VISITS), criteria=criteria, hash="f" * 64)


def test_the_form_asks_the_rubrics_own_facts_last_and_takes_their_keys() -> None:
    form = FactsForm(_DAY, extra=(_ROUTE, _VISITS))
    assert [fact.id for fact in form.asked()][-2:] == ["local.route", "local.visits"]
    assert _ROUTE in form.missing()
    answered = form.press(_ROUTE, "f")
    assert answered is not None
    assert answered[0].values()["local.route"] == "fast"
    assert _ROUTE not in answered[0].missing()
    assert form.values()["local.visits"] == ()
    assert "local.route" not in [fact.id for fact in FactsForm(_DAY).asked()]


def test_a_rubric_names_every_fact_that_is_asked(rubric: Rubric) -> None:
    assert rubric.facts_asked() == (*FACTS, _ROUTE, _VISITS)
    assert rubric.fact("local.route") == _ROUTE
    assert rubric.fact("year_group").id == "year_group"


def test_an_audit_begins_with_the_needed_facts_of_its_rubric(
    tmp_path: Path, rubric: Rubric
) -> None:
    with Store.create(tmp_path / "audits.db") as store:
        with pytest.raises(UsageError, match=r"Still to answer: Route\."):
            begin_audit(store, rubric, "", _FACTS, _ME, today=_DAY)
        facts = {**_FACTS, "local.route": "usual"}
        audit = begin_audit(store, rubric, "", facts, _ME, today=_DAY)
        kept = store.audit(audit)
        assert (kept.facts["local.route"], kept.facts["local.visits"]) == ("usual", ())
        assert store.rubric(rubric.hash) == rubric


@pytest.mark.parametrize(("route", "applies"), [("usual", False), ("fast", True), (None, None)])
def test_a_condition_on_an_own_fact_knows_its_order(
    rubric: Rubric, route: str | None, applies: bool | None
) -> None:
    audit = AuditState("a", "p", "NS-1", "0", "me", (), "", facts={"local.route": route})
    assert audit.applies(rubric.criteria[0], _DAY) is applies


def test_no_auditor_scores_what_is_computed(rubric: Rubric) -> None:
    limit = TimeLimit("request_date", "draft_date", 16, "weeks", met=3, not_met=1)
    computed = replace(rubric.criteria[1], computed=limit, measured=True, weight=0)
    audit = AuditState("a", "p", "NS-1", "0", _ME.id, (), "")
    with pytest.raises(NotAllowedError, match="worked out from dates"):
        score(audit, computed, 3, _ME.id, _DAY)
