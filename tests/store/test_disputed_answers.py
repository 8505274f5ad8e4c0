"""Answers that dispute an audit stay open until they are answered anew or the audit withdrawn."""

from __future__ import annotations

from datetime import date

from tests.small_rubric import ME, TODAY, begun, signed

from ehcp_audit.auditing import answer_slip, withdraw
from ehcp_audit.auditing.waiting import disputed_words
from ehcp_audit.store import DisputedRow, Store


def answer(store: Store, audit_id: str, party: str, text: str, *, disputed: bool) -> None:
    state = store.audit(audit_id)
    store.write([answer_slip(state, party, ME.id, text=text, on=TODAY, disputed=disputed)])


def open_ones(store: Store) -> list[tuple[str, str]]:
    return [(row.ref, row.party) for row in store.disputed_answers()]


def test_only_answers_that_dispute_are_open_the_newest_first(store: Store) -> None:
    audit_id = signed(store)
    other = signed(store, plan_ref="NS-0148")
    answer(store, audit_id, "health", "Not so", disputed=True)
    answer(store, audit_id, "writer", "We agree", disputed=False)
    answer(store, other, "writer", "Not fair", disputed=True)
    assert open_ones(store) == [("NS-0148", "writer"), ("NS-0147", "health")]


def test_an_answer_given_anew_or_taken_away_is_no_longer_open(store: Store) -> None:
    audit_id = signed(store)
    for party in ("health", "writer"):
        answer(store, audit_id, party, "Not so", disputed=True)
    answer(store, audit_id, "health", "We talked, and agree", disputed=False)
    answer(store, audit_id, "writer", "", disputed=False)
    assert open_ones(store) == []


def test_what_disputes_a_withdrawn_audit_is_not_open(store: Store) -> None:
    audit_id = begun(store)
    answer(store, audit_id, "writer", "Not so", disputed=True)
    store.write([withdraw(store.audit(audit_id), ME.id, "begun twice")])
    assert open_ones(store) == []


def test_they_are_told_in_a_line_that_names_three_plans_at_most() -> None:
    def rows(*refs: str) -> list[DisputedRow]:
        return [DisputedRow("a", ref, "writer", date(2026, 3, 2)) for ref in refs]

    assert disputed_words([]) == ""
    assert disputed_words(rows("NS-1")) == "1 disputed answer: NS-1"
    assert disputed_words(rows("NS-1", "NS-1")) == "2 disputed answers: NS-1"
    assert disputed_words(rows("A", "B", "C", "D", "E")) == "5 disputed answers: A, B, C and 2 more"
