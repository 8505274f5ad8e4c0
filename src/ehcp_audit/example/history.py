"""Eighteen months of made-up auditing: who audited which plan when, and what they found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from ehcp_audit.auditing import sign_off
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.periods import Period, periods_between
from ehcp_audit.domain.rubric import AGENCIES, Rubric
from ehcp_audit.example.judgements import judged
from ehcp_audit.example.passing_on import marked
from ehcp_audit.example.plans import odd_case, plan_facts, weighted

MONTHS: Final = 18
_A_MONTH: Final = (14, 18)
_SESSIONS: Final = 4
_AUDITORS: Final = (
    ("KL", "education", 5),
    ("RM", "education", 4),
    ("JS", "education", 3),
    ("TB", "health", 2),
    ("AO", "social_care", 2),
)
_REASONS: Final = {
    "routine": 85, "before_issue": 4, "thematic": 4, "review_sample": 3, "complaint": 2,
    "calibration": 1, "re_audit": 4,
}  # fmt: skip
_SATURDAY: Final = 5
_RE_AUDIT_AFTER: Final = timedelta(days=100)


class History:
    """The audits of the example, in the order they were signed off.

    `first_day` and `last_day` (a working day) bound the months it covers; the last of them is the
    one before today's.
    """

    def __init__(self, random: Random, rubric: Rubric, today: date) -> None:
        self._random = random
        self._rubric = rubric
        self._plans = 0
        self._audited: list[AuditState] = []
        self.last_day = _last_working_day_before(today.replace(day=1))
        months_back = self.last_day.year * 12 + self.last_day.month - MONTHS
        self.first_day = date(months_back // 12, months_back % 12 + 1, 1)
        self.auditors = tuple(
            Identity(f"{random.getrandbits(48):012x}", name, agency)
            for name, agency, _ in _AUDITORS
        )

    def audits(self) -> Iterator[AuditState]:
        """Yield every audit that is signed off, oldest first."""
        months = periods_between(self.first_day, self.last_day, "month")
        for index, month in enumerate(months):
            days = self._audit_days(month)
            for day in days:
                state = self._judged(day, index / (len(months) - 1))
                self._audited.append(state)
                yield state

    def begun_last(self) -> list[AuditState]:
        """Return audits of new plans as they begin on the last day."""
        return [self._begun("routine", self.last_day) for _ in range(5)]

    def _audit_days(self, month: Period) -> list[date]:
        """Return the day of each audit of a month: a few sittings, each of several audits."""
        days = [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]
        working = [day for day in days if day.weekday() < _SATURDAY]
        sittings = self._random.sample(working, _SESSIONS)
        return sorted(self._random.choice(sittings) for _ in range(self._random.randint(*_A_MONTH)))

    def _judged(self, day: date, progress: float) -> AuditState:
        odd = bool(odd_case(self._plans + 1))
        reason = "routine" if odd else weighted(self._random, _REASONS)
        start = self._again(day) if reason == "re_audit" else self._begun(reason, day)
        start = start or self._begun("routine", day)
        state = judged(self._random, start, self._rubric, day, progress=progress)
        state = marked(state, self._rubric, day)
        return replace(state, status="signed", sign_off=sign_off(self._rubric, state, day))

    def _begun(self, reason: str, day: date) -> AuditState:
        self._plans += 1
        facts = plan_facts(self._random, self._plans, reason, day)
        return self._state(self._id(), facts, None)

    def _again(self, day: date) -> AuditState | None:
        """Return a second audit of a plan amended since its first, if one is old enough."""
        due = [
            state
            for state in self._audited
            if state.follows is None
            and state.sign_off
            and day - state.sign_off.audit_date > _RE_AUDIT_AFTER
            and state.sign_off.grade in ("inadequate", "requires_improvement")
        ]
        if not due:
            return None
        earlier = self._random.choice(due)
        changed: dict[str, FactValue] = {
            "audit_reason": "re_audit",
            "plan_kind": "amended",
            "plan_date": (day - timedelta(days=self._random.randint(20, 60))).isoformat(),
            "reviewed": "yes",
            "change_reported": "yes",
            "prior_audit": earlier.id,
        }
        return self._state(earlier.plan_id, {**earlier.facts, **changed}, earlier.id)

    def _state(self, plan_id: str, facts: dict[str, FactValue], follows: str | None) -> AuditState:
        shares = {
            auditor: share for auditor, (_, _, share) in zip(self.auditors, _AUDITORS, strict=True)
        }
        audit_id, auditor = self._id(), weighted(self._random, shares).id
        return AuditState(
            id=audit_id,
            plan_id=plan_id,
            plan_ref=str(facts["plan_ref"]),
            rubric_hash=self._rubric.hash,
            auditor=auditor,
            auditors=(auditor,),
            agencies=AGENCIES,
            begun_at="",
            follows=follows,
            facts=facts,
        )

    def _id(self) -> str:
        return f"{self._random.getrandbits(64):016x}"


def _last_working_day_before(day: date) -> date:
    while True:
        day -= timedelta(days=1)
        if day.weekday() < _SATURDAY:
            return day
