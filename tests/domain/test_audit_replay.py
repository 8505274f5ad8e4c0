"""An audit is what its events add up to, one after another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.events import Event, audit_subject, inverse
from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.replaying import replay
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric

_DAY = date(2026, 3, 2)
_SUBJECT = audit_subject("a1")
_SIGNED = {
    "levels": {"voice.own-views": 3},
    "grade": "good",
    "limits": [],
    "audit_date": "2026-03-02",
    "score": "33/40",
    "themes": {"voice": 2},
}

Log = Callable[..., AuditState]


def _event(seq: int, kind: str, body: dict[str, Any], undoes: int | None = None) -> Event:
    return Event(seq, f"2026-03-02T09:00:{seq:02}Z", "kl", _SUBJECT, kind, undoes, body)


@pytest.fixture
def log(facts_of: Callable[..., Facts]) -> Log:
    """An audit begun, then each (kind, body) in turn."""

    def build(*acts: tuple[str, dict[str, Any]]) -> AuditState:
        begun = {
            "plan": "p1",
            "plan_ref": "NS-0147",
            "rubric": "f" * 64,
            "agencies": ["education"],
            "facts": {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in facts_of().items()
            },
        }
        events = [_event(1, "audit_begun", begun)]
        events += [_event(seq, kind, body) for seq, (kind, body) in enumerate(acts, start=2)]
        state = replay(events)
        assert state is not None
        return state

    return build


def scored(
    criterion: str, new: Score | None, old: Score | None = None
) -> tuple[str, dict[str, Any]]:
    bodies = {"old": old.to_body() if old else None, "new": new.to_body() if new else None}
    return "scored", {"criterion": criterion, **bodies}


def written(note: str, text: str | None) -> tuple[str, dict[str, Any]]:
    new = None if text is None else Evidence(note, "voice.own-views", text, "A", "2").to_body()
    return "evidence_written", {
        "note": note,
        "criterion": "voice.own-views",
        "old": None,
        "new": new,
    }


def test_no_events_are_no_audit() -> None:
    assert replay([]) is None


def test_a_begun_audit_is_a_draft_with_its_facts(log: Log, facts_of: Callable[..., Facts]) -> None:
    state = log()
    assert (state.id, state.status, state.rev) == ("a1", "draft", 1)
    assert state.facts == facts_of()
    assert not state.counts


def test_the_last_score_stands_and_an_unscored_criterion_has_none(log: Log) -> None:
    state = log(scored("voice.own-views", Score(2)), scored("voice.own-views", Score(4)))
    assert state.scores["voice.own-views"] == Score(4)
    assert log(scored("voice.own-views", Score(2)), scored("voice.own-views", None)).scores == {}


def test_undoing_an_event_restores_what_was_there_before(log: Log) -> None:
    kind, body = scored("voice.own-views", Score(4), Score(2))
    undone = inverse(_event(3, kind, body), "kl")
    assert undone.undoes == 3
    state = log(scored("voice.own-views", Score(2)), (kind, body), (undone.kind, undone.body))
    assert state.scores["voice.own-views"] == Score(2)


def test_evidence_is_changed_in_place_and_removed(log: Log) -> None:
    state = log(written("n1", "first"), written("n2", "second"), written("n1", "changed"))
    assert [note.text for note in state.notes_on("voice.own-views")] == ["changed", "second"]
    assert state.evidence[0].place == "A p.2"
    state = log(written("n1", "first"), written("n2", "second"), written("n1", None))
    assert [note.id for note in state.evidence] == ["n2"]


def test_changed_facts_leave_the_others(log: Log) -> None:
    state = log(("facts_changed", {"old": {"seen": []}, "new": {"seen": ["advice"]}}))
    assert state.facts["seen"] == ("advice",)
    assert state.facts["year_group"] == "3"


def test_an_audit_counts_from_sign_off_until_reopened_or_withdrawn(log: Log) -> None:
    signed = log(("signed", _SIGNED))
    assert signed.counts
    assert signed.sign_off is not None
    assert signed.sign_off.audit_date == _DAY
    reopened = log(("signed", _SIGNED), ("reopened", {"reason": "wrong plan"}))
    assert (reopened.status, reopened.sign_off, reopened.counts) == ("draft", None, False)
    assert not log(("signed", _SIGNED), ("withdrawn", {"reason": "twice"})).counts


def test_every_event_raises_the_revision(log: Log) -> None:
    assert log(scored("voice.own-views", Score(2)), written("n1", "x")).rev == 3


def test_facts_rule_a_criterion_out_unless_the_auditor_overrode(core: Rubric, log: Log) -> None:
    adulthood = core.criterion("transition.adulthood")
    assert log().resolved_level(adulthood, _DAY) == NOT_APPLICABLE
    kept = log(scored(adulthood.id, Score(2)))
    assert kept.resolved_level(adulthood, _DAY) == NOT_APPLICABLE
    overridden = log(scored(adulthood.id, Score(2, "turns 14 in May", overrides=True)))
    assert overridden.resolved_level(adulthood, _DAY) == 2


def test_a_criterion_whose_facts_are_unknown_is_asked(core: Rubric, log: Log) -> None:
    state = log(("facts_changed", {"old": {"year_group": "3"}, "new": {"year_group": None}}))
    adulthood = core.criterion("transition.adulthood")
    assert state.applies(adulthood, _DAY) is None
    assert state.resolved_level(adulthood, _DAY) is None


def test_not_evidenced_not_applicable_and_unscored_are_three_things(core: Rubric, log: Log) -> None:
    state = log(
        scored("voice.own-views", Score(NOT_EVIDENCED, "no Section A")),
        scored("voice.whose-view", Score(NOT_APPLICABLE, "no views to place")),
    )
    levels = state.resolved_levels(core, _DAY)
    assert len(levels) == len(core.criteria)
    assert levels["voice.own-views"] == NOT_EVIDENCED
    assert levels["voice.whose-view"] == NOT_APPLICABLE
    assert levels["voice.how-gathered"] is None


def test_an_imported_audit_keeps_its_scores_and_its_sign_off(
    facts_of: Callable[..., Facts],
) -> None:
    body = {
        "plan": "p1", "plan_ref": "NS-0147", "rubric": "f" * 64, "agencies": ["health"],
        "auditor": "mb", "facts": dict(facts_of()), "state": "signed", "signed": _SIGNED,
        "scores": {"voice.own-views": Score(3).to_body(), "voice.whose-view": None},
        "evidence": [
            {"id": "n1", "criterion": "voice.own-views", "text": "t", "section": "A", "page": ""},
        ],
    }  # fmt: skip
    state = replay([_event(1, "audit_imported", body)])
    assert state is not None
    assert (state.auditor, state.counts) == ("mb", True)
    assert state.scores == {"voice.own-views": Score(3)}
    assert state.evidence[0].place == "A"
