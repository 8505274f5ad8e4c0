"""Flags: raised and answered by anyone at any time; safeguarding keeps an audit from sign-off."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, ME, OTHER, RUBRIC, TODAY, done, give, opened, signed

from ehcp_audit.auditing import AuditSession, answer_flag, raise_flag, sign
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.flags import FLAG_KINDS, Flag, FlagKind
from ehcp_audit.store import Store

TOLD = {"told_role": "designated safeguarding lead", "told_on": TODAY}


def flagged(session: AuditSession, kind: FlagKind = "safeguarding", **given: Any) -> Flag:
    done(session, raise_flag(session.state, kind, session.identity.id, **given))
    return session.state.flags[-1]


def answered(session: AuditSession, flag: Flag, **given: Any) -> Flag:
    event = answer_flag(session.state, flag.id, session.identity.id, today=TODAY, **given)
    done(session, event)
    return next(each for each in session.state.flags if each.id == flag.id)


def scored(store: Store) -> AuditSession:
    session = opened(store)
    for each in CRITERIA:
        if session.state.applies(each, TODAY) is not False:
            give(session, each.id, 3)
    return session


def sign_now(state: AuditState) -> Any:
    return sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)


def refuses_over_a_safeguarding_flag(store: Store) -> bool:
    session = scored(store)
    flagged(session)
    try:
        sign_now(session.state)
    except NotAllowedError as error:
        return "safeguarding flag" in error.what
    return False


def test_a_safeguarding_flag_keeps_an_audit_from_sign_off(store: Store) -> None:
    assert refuses_over_a_safeguarding_flag(store)


def test_broken_a_sign_off_that_looks_at_no_flags_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AuditState, "blocking_flags", ())
    assert not refuses_over_a_safeguarding_flag(store)


@pytest.mark.parametrize("answer", [TOLD, {"not_a_concern": "A bruise from football, seen by GP"}])
def test_its_answer_lets_the_audit_be_signed(store: Store, answer: dict[str, Any]) -> None:
    session = scored(store)
    flag = flagged(session)
    assert not answered(session, flag, **answer).open
    done(session, sign_now(session.state))
    assert session.state.status == "signed"
    assert session.state.flags[0].id == flag.id


@pytest.mark.parametrize("kind", [kind for kind in FLAG_KINDS if kind != "safeguarding"])
def test_other_flags_do_not_wait_with_sign_off(store: Store, kind: FlagKind) -> None:
    session = scored(store)
    flagged(session, kind, criterion="views", text="Ask for the therapy record")
    done(session, sign_now(session.state))
    assert [flag.kind for flag in session.state.open_flags] == [kind]
    assert answered(session, session.state.flags[0], done="Asked the service").done
    assert session.state.open_flags == ()


def test_a_safeguarding_flag_takes_no_details_and_is_not_done(store: Store) -> None:
    session = opened(store)
    with pytest.raises(NotAllowedError, match="holds no details"):
        raise_flag(session.state, "safeguarding", ME.id, text="What the child said")
    flag = flagged(session)
    with pytest.raises(NotAllowedError, match="answered by who was told"):
        answered(session, flag, done="Rang")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({}, "one answer"),
        ({**TOLD, "not_a_concern": "no"}, "one answer"),
        ({"told_role": "lead"}, "When"),
        ({"told_on": TODAY}, "Which role"),
        ({"told_role": "lead", "told_on": TODAY + timedelta(1)}, "in the future"),
        ({"not_a_concern": " \n"}, "one answer"),
    ],
)
def test_half_an_answer_is_none(store: Store, answer: dict[str, Any], why: str) -> None:
    session = opened(store)
    flag = flagged(session)
    with pytest.raises(NotAllowedError, match=why):
        answered(session, flag, **answer)
    assert session.state.flags == (flag,)


def test_who_raised_and_who_answered_are_kept(store: Store) -> None:
    session = opened(store)
    flag = flagged(session)
    lead = AuditSession(store, session.audit_id, OTHER)
    answered(lead, flag, **TOLD)
    (kept,) = store.audit(session.audit_id).flags
    assert (kept.raised_by, kept.answered_by) == (ME.id, OTHER.id)
    assert kept.raised_at == kept.answered_at == "2026-03-02T12:00:00+00:00"
    assert kept.told_on == date(2026, 3, 2)


def test_anybody_flags_a_signed_audit_and_its_grade_stays(store: Store) -> None:
    audit_id = signed(store)
    before = store.audit(audit_id)
    session = AuditSession(store, audit_id, OTHER)
    flagged(session, "other_child")
    after = store.audit(audit_id)
    assert (after.status, after.sign_off) == (before.status, before.sign_off)
    assert [flag.kind for flag in after.open_flags] == ["other_child"]


def test_undo_leaves_flags_alone(store: Store) -> None:
    session = opened(store)
    give(session, "views", 3)
    flag = flagged(session)
    assert session.confirm(session.undo()) is None
    assert session.state.scores == {}
    assert session.state.flags == (flag,)


def test_the_lead_sees_every_open_flag_at_once_the_newest_first(store: Store) -> None:
    first, second = opened(store), opened(store, OTHER, plan_ref="NS-0148")
    flagged(first, "provision", criterion="health", text="No therapy since May")
    flagged(second)
    rows = store.open_flags()
    assert [(row.ref, row.flag.kind) for row in rows] == [
        ("NS-0148", "safeguarding"),
        ("NS-0147", "provision"),
    ]
    assert (rows[1].auditor_name, rows[1].raised_by_name, rows[1].state) == ("KL", "KL", "draft")
    assert rows[1].flag == first.state.flags[0]
    answered(second, second.state.flags[0], **TOLD)
    assert [row.flag.kind for row in store.open_flags()] == ["provision"]
    assert len(store.flags()) == 2
    assert [row.open_flags for row in store.audits()] == [0, 1]
