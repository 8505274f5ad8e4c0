"""What the summary says of flags and answers, and why something cannot be done there now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.auditing.test_re_audit import RUBRIC, audited
from tests.small_rubric import ME, TODAY

from ehcp_audit.auditing import summarise
from ehcp_audit.auditing.summary_words import answer_words, flag_words, ready_words, why_not
from ehcp_audit.domain.audit import AuditState, SlipAnswer
from ehcp_audit.domain.flags import Flag

SIGNED = audited(views=3, smart=3)
WITHDRAWN = replace(SIGNED, status="withdrawn", sign_off=None)


def refused(name: str, state: AuditState, **choices: bool) -> str | None:
    return why_not(name, state, summarise(RUBRIC, state, TODAY), ME, **choices)


@pytest.mark.parametrize("name", ["slip", "answer"])
def test_a_withdrawn_audit_has_no_slip_and_takes_no_answer(name: str) -> None:
    assert refused(name, WITHDRAWN)
    assert refused(name, SIGNED) is None


def test_before_and_after_is_of_a_re_audit_and_keeping_of_what_is_offered() -> None:
    mine = replace(SIGNED, status="draft", sign_off=None, auditor=ME.id)
    assert refused("before_after", SIGNED)
    assert refused("before_after", SIGNED, follows=True) is None
    assert refused("keep", mine)
    assert refused("keep", mine, offers=True) is None
    assert refused("keep", replace(mine, auditor="other"), offers=True)


def test_an_open_safeguarding_flag_keeps_from_signing_and_says_so() -> None:
    flag = Flag("f", "safeguarding", "views")
    state = replace(SIGNED, status="draft", sign_off=None, auditor=ME.id, flags=(flag,))
    said = flag_words(RUBRIC, state)
    assert [each.bites for each in said] == [True]
    assert "Safeguarding at “Title of views”: not answered yet; sign-off waits" in said[0].sentence
    assert "sign-off waits for the safeguarding flag" in ready_words(state)
    assert "safeguarding flag is not answered" in (refused("sign", state) or "")
    answered = replace(flag, told_role="lead", told_on=TODAY)
    assert flag_words(RUBRIC, replace(state, flags=(answered,))) == ()


def test_an_answer_that_disputes_the_audit_stands_out() -> None:
    answer = SlipAnswer("Not so", disputed=True, on=date(2026, 3, 9))
    said = answer_words(replace(SIGNED, answers={"writer": answer}))
    assert said[0].sentence == "the writer, 9 Mar 2026: Not so (disputes the audit: open)"
    assert said[0].bites
    assert not answer_words(SIGNED)
