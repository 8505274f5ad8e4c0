"""Random walks through audits: replay gives the state, undo the state before, redo the one after.

`EHCP_AUDIT_WALKS` sets how many walks are made.
"""

import os
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.small_rubric import CRITERIA, ME, OTHER, RUBRIC, TODAY, at_noon, begun, give, opened

from ehcp_audit.auditing import (
    AuditSession,
    answer_flag,
    answer_slip,
    change_facts,
    delete_note,
    give_cause,
    hand_over,
    keep_phrase,
    mark_exemplar,
    raise_flag,
    reopen,
    score,
    sign,
    unscore,
    withdraw,
    write_note,
)
from ehcp_audit.auditing.acts import new_id
from ehcp_audit.auditing.signing import to_body
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import Event, NewEvent, audit_subject
from ehcp_audit.domain.flags import FLAG_KINDS, FlagKind
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.replaying import replay
from ehcp_audit.domain.rubric import NOT_EVIDENCED
from ehcp_audit.store import AuditQuery, Store, projection

WALKS = int(os.environ.get("EHCP_AUDIT_WALKS", "20"))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "year_group": st.sampled_from(["3", "10", None]),
        "known_to_health": st.sampled_from(["yes", "no", "cannot_tell", None]),
        "setting": st.sampled_from(["special", "mainstream"]),
        "seen": st.sampled_from([(), ("advice",), ("advice", "record")]),
        "area": st.sampled_from(["East", "Öst, ‘x’", None]),
        "plan_date": st.sampled_from(["2026-01-12", "2025-12-31", None]),
    },
)
WORDS = st.text(max_size=12) | st.sampled_from(
    ["Mum says", "[/b]", "\x1b]52;c;\x07", "\x00", "\ud800"]
)

EVERY = AuditQuery(states=("draft", "signed", "withdrawn"), limit=10_000)


def content(state: AuditState) -> AuditState:
    """What undo answers for: an unknown fact may be kept as None or not at all."""
    known = {key: value for key, value in state.facts.items() if value is not None}
    notes = tuple(sorted(state.evidence, key=lambda note: note.id))
    return replace(state, facts=known, evidence=notes, rev=0, flags=(), answers={})


class Walk(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.create(self.folder / "audits.db", clock=at_noon)
        self.undoable: dict[str, list[tuple[AuditState, AuditState]]] = defaultdict(list)
        self.redoable: dict[str, list[tuple[AuditState, AuditState]]] = defaultdict(list)
        self.locked: dict[str, AuditState] = {}
        self.audits: list[str] = []
        self.begin("1")

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    # -------------------------------------------------------------- helpers

    @property
    def me(self) -> str:
        return self.session.identity.id

    def always(self, event: NewEvent) -> None:
        """Do an act that is allowed to anybody, in a signed audit too."""
        self.submit(event)
        if self.session.audit_id in self.locked:
            self.locked[self.session.audit_id] = self.session.state

    def submit(self, event: NewEvent) -> None:
        assert self.session.confirm(self.session.submit(event)) is None

    def act(self, decide: Callable[[AuditState], NewEvent | None]) -> None:
        """Do an act that undo can take back, where the rules allow it."""
        before = self.session.state
        try:
            event = decide(before)
        except NotAllowedError:
            assert self.session.state == before
            return
        if event is None:
            return
        assert before.status == "draft"
        self.submit(event)
        audit_id = self.session.audit_id
        self.undoable[audit_id].append((content(before), content(self.session.state)))
        self.redoable[audit_id].clear()

    # -------------------------------------------------------------- rules

    @rule(number=st.sampled_from("12"))
    def begin(self, number: str) -> None:
        audit_id = begun(self.store, plan_ref=f"NS-{number * 4}")
        self.audits.append(audit_id)
        self.session = AuditSession(self.store, audit_id, ME)

    @rule(data=st.data(), somebody=st.sampled_from([ME, ME, OTHER]))
    def turn_to(self, data: st.DataObject, somebody: Identity) -> None:
        self.session = AuditSession(self.store, data.draw(st.sampled_from(self.audits)), somebody)

    @rule(chosen=st.sampled_from(CRITERIA), level=st.integers(-1, 4), reason=st.just("why") | WORDS)
    def score(self, chosen: Any, level: int, reason: str) -> None:
        self.act(lambda state: score(state, chosen, level, self.me, TODAY, reason=reason))

    @rule(chosen=st.sampled_from(CRITERIA))
    def unscore(self, chosen: Any) -> None:
        self.act(lambda state: unscore(state, chosen, self.me))

    @rule(chosen=st.sampled_from(CRITERIA), text=WORDS, page=st.sampled_from(["", "9"]))
    def write(self, chosen: Any, text: str, page: str) -> None:
        self.act(lambda state: write_note(state, chosen, self.me, text=text, page=page))

    @precondition(lambda self: self.session.state.evidence)
    @rule(data=st.data(), text=WORDS, gone=st.booleans())
    def rewrite_or_delete(self, data: st.DataObject, text: str, gone: bool) -> None:
        note = data.draw(st.sampled_from(self.session.state.evidence))
        if gone:
            self.act(lambda state: delete_note(state, note, self.me))
        else:
            on = RUBRIC.criterion(note.criterion)
            self.act(lambda state: write_note(state, on, self.me, text=text, note_id=note.id))

    @rule(facts=FACTS)
    def change(self, facts: Any) -> None:
        self.act(lambda state: change_facts(state, facts, self.me))

    @rule(cause=st.sampled_from(["late", "vague", "no such cause", None]))
    def give_cause(self, cause: str | None) -> None:
        asked = RUBRIC.criterion("linked")
        self.act(lambda state: give_cause(RUBRIC, state, asked, cause, self.me, on=TODAY))

    @rule(chosen=st.sampled_from(CRITERIA), marked=st.booleans())
    def mark(self, chosen: Any, marked: bool) -> None:
        self.act(lambda state: mark_exemplar(state, chosen, self.me, marked=marked))

    @rule(kind=st.sampled_from(FLAG_KINDS), at=st.sampled_from(["views", None]), text=WORDS)
    def flag(self, kind: FlagKind, at: str | None, text: str) -> None:
        text = "" if kind == "safeguarding" else text
        self.always(raise_flag(self.session.state, kind, self.me, criterion=at, text=text))

    @precondition(lambda self: self.session.state.flags)
    @rule(data=st.data(), reason=WORDS, told=st.booleans())
    def answer_flag(self, data: st.DataObject, reason: str, told: bool) -> None:
        state = self.session.state
        answer: dict[str, Any] = {"not_a_concern": reason}
        if told:
            answer = {"told_role": "lead", "told_on": TODAY}
        flag = data.draw(st.sampled_from(state.flags))
        try:
            event = answer_flag(state, flag.id, self.me, today=TODAY, **answer)
        except NotAllowedError:
            return
        self.always(event)
        assert flag.id not in {each.id for each in self.session.state.open_flags}

    @rule(party=st.sampled_from(["writer", "health"]), text=WORDS, disputed=st.booleans())
    def answer_slip(self, party: str, text: str, disputed: bool) -> None:
        try:
            event = answer_slip(
                self.session.state, party, self.me, text=text, on=TODAY, disputed=disputed
            )
        except NotAllowedError:
            return
        self.always(event)

    @rule(to=st.sampled_from([ME, OTHER]))
    def hand_over(self, to: Identity) -> None:
        before = self.session.state
        try:
            event = hand_over(before, to.id, self.me, reason="away")
        except NotAllowedError:
            return
        self.submit(event)
        assert self.session.state.auditors == (*before.auditors, to.id)
        self.undoable[self.session.audit_id].clear()
        self.redoable[self.session.audit_id].clear()

    @rule(data=st.data(), text=WORDS, shared=st.booleans())
    def keep_phrase(self, data: st.DataObject, text: str, shared: bool) -> None:
        kept = self.store.phrases(RUBRIC.id, CRITERIA[0].id)
        own = [row for row in kept if row.auditor_id == self.me]
        before = data.draw(st.sampled_from([None, *own]))
        try:
            event = keep_phrase(
                RUBRIC, CRITERIA[0], self.me, text=text, shared=shared, phrase=before
            )
        except NotAllowedError:
            return
        self.store.write([event])

    @rule()
    def undo(self) -> None:
        self.step(self.session.undo, self.undoable, self.redoable, 0)

    @rule()
    def redo(self) -> None:
        self.step(self.session.redo, self.redoable, self.undoable, 1)

    def step(self, go: Callable[[], Any], source: Any, target: Any, side: int) -> None:
        audit_id = self.session.audit_id
        mine = self.session.state.auditor == self.me
        if self.session.state.status != "draft" or not mine or not source[audit_id]:
            with pytest.raises(NotAllowedError):
                go()
            return
        turned = source[audit_id].pop()
        assert self.session.confirm(go()) is None
        assert content(self.session.state) == turned[side]
        target[audit_id].append(turned)

    @rule(fill=st.booleans())
    def sign(self, fill: bool) -> None:
        if fill:
            for each in CRITERIA:
                if self.session.state.resolved_level(each, TODAY) is None:
                    self.score(each, 3, "why")
        try:
            event = sign(RUBRIC, self.session.state, self.me, audit_date=TODAY, today=TODAY)
        except NotAllowedError:
            return
        self.submit(event)
        self.locked[self.session.audit_id] = self.session.state

    @rule()
    def reopen(self) -> None:
        if self.session.state.status == "signed":
            self.submit(reopen(self.session.state, self.me, "looked again"))
            self.locked.pop(self.session.audit_id)

    @rule(really=st.integers(0, 3))
    def withdraw(self, really: int) -> None:
        mine = self.session.state.auditor == self.me
        if self.session.state.status == "draft" and mine and really == 0:
            self.submit(withdraw(self.session.state, self.me, "by mistake"))
            self.locked[self.session.audit_id] = self.session.state

    @rule()
    def import_a_copy(self) -> None:
        state = self.session.state
        audit_id = new_id()
        body = {
            "plan": state.plan_id,
            "plan_ref": state.plan_ref,
            "rubric": state.rubric_hash,
            "auditor": state.auditor,
            "agencies": list(state.agencies),
            "follows": state.follows,
            "facts": dict(state.facts),
            "scores": {key: each.to_body() for key, each in state.scores.items()},
            "evidence": [
                {"id": new_id(), "criterion": note.criterion, **note.to_body()}
                for note in state.evidence
            ],
            "state": state.status,
            "auditors": list(state.auditors),
            "causes": dict(state.causes),
            "exemplars": sorted(state.exemplars),
            "signed": None if state.sign_off is None else to_body(state.sign_off),
        }
        event = NewEvent(audit_subject(audit_id), "audit_imported", body, self.me)
        self.store.write([event], expects={audit_subject(audit_id): 0})
        imported = self.store.audit(audit_id)
        assert imported.scores == state.scores
        assert imported.sign_off == state.sign_off
        assert imported.causes == state.causes
        assert imported.exemplars == state.exemplars
        assert imported.auditors == state.auditors
        self.audits.append(audit_id)
        if state.status != "draft":
            self.locked[audit_id] = imported

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "audits.db", clock=at_noon)
        self.session = AuditSession(self.store, self.session.audit_id, self.session.identity)

    # -------------------------------------------------------------- what always holds

    @invariant()
    def replaying_the_log_gives_the_tables(self) -> None:
        assert self.store.faults() == []

    @invariant()
    def what_is_shown_is_what_is_stored(self) -> None:
        assert self.session.state == self.store.audit(self.session.audit_id)

    @invariant()
    def signed_and_withdrawn_audits_stay_as_they_are(self) -> None:
        for audit_id, state in self.locked.items():
            assert self.store.audit(audit_id) == state

    @invariant()
    def no_signed_audit_was_signed_over_a_safeguarding_flag(self) -> None:
        for audit_id in self.audits:
            for number, event in enumerate(events := self.store.audit_events(audit_id)):
                if event.kind == "signed":
                    at_sign_off = replay(events[:number])
                    assert at_sign_off is not None
                    assert at_sign_off.blocking_flags == ()

    @invariant()
    def open_flags_are_those_of_the_audits(self) -> None:
        flags = {flag.id: flag for state in self.store.every_audit() for flag in state.open_flags}
        assert {row.flag.id: row.flag for row in self.store.open_flags()} == flags
        listed = sum(row.open_flags for row in self.store.audits(EVERY))
        assert listed == len(flags)

    @invariant()
    def lists_and_log_agree(self) -> None:
        states = {state.id: state for state in self.store.every_audit()}
        assert sorted(states) == sorted(self.audits)
        counted = self.store.count_by_state()
        for status in ("draft", "signed", "withdrawn"):
            expected = sum(state.status == status for state in states.values())
            assert counted.get(status, 0) == expected


Walk.TestCase.settings = settings(
    max_examples=WALKS,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestWalk = Walk.TestCase


def test_broken_a_projection_that_forgets_to_delete_a_score_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(store)
    give(session, "views", NOT_EVIDENCED)

    def count_only(connection: sqlite3.Connection, event: Event) -> None:
        projection._audit(connection, event)

    forgetful = dict(projection._BY_KIND)
    forgetful["scored"] = count_only
    monkeypatch.setattr(projection, "_BY_KIND", forgetful)
    assert session.confirm(session.submit(unscore(session.state, CRITERIA[0], ME.id))) is None
    monkeypatch.undo()
    assert store.faults() == ["The table “score” does not say what the event log says."]
