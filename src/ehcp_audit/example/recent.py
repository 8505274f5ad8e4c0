"""The newest made-up audits, act by act as at the keyboard: drafts, one withdrawn, one reopened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from ehcp_audit.auditing import reopen, score, sign, withdraw, write_note
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.events import Event, NewEvent, audit_subject
from ehcp_audit.domain.replaying import apply, begin
from ehcp_audit.domain.rubric import AGENCIES, Criterion, Rubric
from ehcp_audit.example.judgements import evidence_for, judged
from ehcp_audit.example.phrases import REOPENED, WITHDRAWN


class Walk:
    """One audit walked at the keyboard on one day: every act becomes the event it would be."""

    def __init__(self, random: Random, rubric: Rubric, start: AuditState, on: date) -> None:
        self._random = random
        self._rubric = rubric
        self._on = on
        self._planned = judged(random, start, rubric, on, progress=1)
        body = {
            "plan": start.plan_id,
            "plan_ref": start.plan_ref,
            "rubric": rubric.hash,
            "agencies": list(AGENCIES),
            "facts": dict(start.facts),
            "follows": start.follows,
        }
        begun = NewEvent(audit_subject(start.id), "audit_begun", body, start.auditor)
        self.events = [begun]
        self.state = begin(_as_logged(begun))

    def score_first(self, count: int | None = None) -> None:
        """Score the first questions that apply (without a count all), with evidence if asked."""
        criteria = [each for each in self._rubric.criteria if each.id in self._planned.scores]
        for criterion in criteria[:count]:
            planned = self._planned.scores[criterion.id]
            self._score(criterion, planned.level, planned.reason)

    def change_one(self) -> None:
        """Give the first question that is not at its best the next level up."""
        top = len(self._rubric.scale.levels)
        for criterion in self._rubric.criteria:
            given = self.state.scores.get(criterion.id)
            if given is not None and 0 < given.level < top:
                self._score(criterion, given.level + 1, "")
                return

    def sign(self) -> None:
        """Sign the audit off that day."""
        self._act(
            sign(self._rubric, self.state, self.state.auditor, audit_date=self._on, today=self._on)
        )

    def reopen(self) -> None:
        """Reopen the signed audit."""
        self._act(reopen(self.state, self.state.auditor, REOPENED))

    def withdraw(self) -> None:
        """Withdraw the draft."""
        self._act(withdraw(self.state, self.state.auditor, WITHDRAWN))

    def _score(self, criterion: Criterion, level: int, reason: str) -> None:
        actor = self.state.auditor
        self._act(score(self.state, criterion, level, actor, self._on, reason=reason))
        if level in criterion.evidence_at and not self.state.notes_on(criterion.id):
            note = evidence_for(self._random, criterion, level)
            self._act(
                write_note(
                    self.state,
                    criterion,
                    actor,
                    text=note.text,
                    section=note.section,
                    page=note.page,
                    note_id=note.id,
                )
            )

    def _act(self, event: NewEvent) -> None:
        self.events.append(event)
        self.state = apply(self.state, _as_logged(event))


def recent_events(
    random: Random, rubric: Rubric, starts: Iterable[AuditState], on: date
) -> tuple[list[NewEvent], list[AuditState]]:
    """Return the events of five audits of one day: three drafts, one withdrawn, one signed twice.

    `starts` are audits as they begin; the first five are used. Beside the events stand the three
    drafts as they end, the one that is hardly begun first.
    """
    walks = [Walk(random, rubric, start, on) for start, _ in zip(starts, range(5), strict=False)]
    barely, halfway, nearly, withdrawn, reopened = walks
    barely.score_first(2)
    halfway.score_first(9)
    nearly.score_first()
    withdrawn.score_first(1)
    withdrawn.withdraw()
    reopened.score_first()
    reopened.sign()
    reopened.reopen()
    reopened.change_one()
    reopened.sign()
    events = [event for walk in walks for event in walk.events]
    return events, [barely.state, halfway.state, nearly.state]


def _as_logged(event: NewEvent) -> Event:
    return Event(0, "", event.actor, event.subject, event.kind, event.undoes, event.body)
