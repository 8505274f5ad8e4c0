"""An audit as its events add up to: one auditor's judgement of one plan against one rubric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from ehcp_audit.domain.conditions import holds
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.flags import Flag
from ehcp_audit.domain.rubric import AGENCIES, NOT_APPLICABLE, Criterion, Rubric

# Who answers on the feedback slip: the plan's writer, and each agency.
WRITER: Final = "writer"
PARTIES: Final[tuple[str, ...]] = (WRITER, *AGENCIES)

AuditStatus = Literal["draft", "signed", "withdrawn"]


@dataclass(frozen=True)
class Score:
    """A level from 1, `NOT_EVIDENCED` (0) or `NOT_APPLICABLE` (-1), and why.

    `overrides` is true where the auditor judged a criterion that the facts rule out, `carried`
    where a re-audit kept what the audit before found, after a second look, `across` where it was
    given while one question was scored on several plans.
    """

    level: int
    reason: str = ""
    overrides: bool = False
    carried: bool = False
    across: bool = False

    def to_body(self) -> dict[str, Any]:
        """Return the score as an event's body holds it."""
        body = {"level": self.level, "reason": self.reason, "overrides": self.overrides}
        marks = {"carried": self.carried, "across": self.across}
        return body | {name: True for name, set_ in marks.items() if set_}

    @staticmethod
    def from_body(body: Mapping[str, Any] | None) -> Score | None:
        """Return the score that a body holds; None is unscored."""
        if body is None:
            return None
        carried, across = body.get("carried", False), body.get("across", False)
        return Score(body["level"], body["reason"], body["overrides"], carried, across)


def place_words(section: str, page: str) -> str:
    """Return a section and a page in words, such as “F p.9”; empty where neither is given."""
    return " ".join(part for part in (section, f"p.{page}" if page else "") if part)


@dataclass(frozen=True)
class Evidence:
    """A note of what was seen and where: text, section of the plan, page."""

    id: str
    criterion: str
    text: str
    section: str = ""
    page: str = ""

    def to_body(self) -> dict[str, Any]:
        """Return the note as an event's body holds it."""
        return {"text": self.text, "section": self.section, "page": self.page}

    @property
    def place(self) -> str:
        """Where it was seen, such as “F p.9”; empty where neither is given."""
        return place_words(self.section, self.page)


@dataclass(frozen=True)
class SignOff:
    """What sign-off stored, so that no later code, rubric or law changes a past grade.

    `levels` holds every criterion of the rubric; `grade` is None where there was none, and
    `score` a fraction such as “33/40”. `limits` names every limit that bit, in words.
    """

    levels: Mapping[str, int]
    grade: str | None
    limits: tuple[str, ...]
    audit_date: date
    score: str | None
    themes: Mapping[str, int]
    date_reason: str = ""


@dataclass(frozen=True)
class SlipAnswer:
    """What the writer or an agency answered on the feedback slip, and who typed it in."""

    text: str
    disputed: bool
    on: date
    by: str = ""

    def to_body(self) -> dict[str, Any]:
        """Return the answer as an event's body holds it."""
        return {"text": self.text, "disputed": self.disputed, "on": self.on.isoformat()}

    @staticmethod
    def from_body(body: Mapping[str, Any], by: str) -> SlipAnswer:
        """Return the answer that a body holds."""
        return SlipAnswer(body["text"], body["disputed"], date.fromisoformat(body["on"]), by)


@dataclass(frozen=True)
class SlipSaid:
    """What was said for the feedback slips: by when a draft plan is to be put right (`due`).

    `pen` are the criteria that are slips of the pen on a final plan. A form of slip that does
    not ask for one of them leaves it out.
    """

    due: date | None = None
    pen: tuple[str, ...] = ()

    def to_body(self) -> dict[str, Any]:
        """Return what was said as an event's body holds it."""
        return {"due": None if self.due is None else self.due.isoformat(), "pen": list(self.pen)}

    @staticmethod
    def from_body(body: Mapping[str, Any]) -> SlipSaid:
        """Return what a body holds."""
        due = body["due"]
        return SlipSaid(None if due is None else date.fromisoformat(due), tuple(body["pen"]))


@dataclass(frozen=True)
class AuditState:
    """Everything known of one audit after its events so far.

    `rev` counts its events: a writer that expected another count is refused. `auditors` names
    everyone the audit was in the hands of, in order; `auditor` is the last of them, and
    `hand_over_reasons` says why each but the last is it no longer. `causes` and `exemplars` are by
    criterion, `answers` by party (“writer” or an agency); `slip` is what was said for the slips.
    In a re-audit, `carried` are the levels of the audit it follows that are offered for a second
    look, undecided until they are kept or judged anew, and `changed_sections` the plan's sections
    that are new since.
    """

    id: str
    plan_id: str
    plan_ref: str
    rubric_hash: str
    auditor: str
    agencies: tuple[str, ...]
    begun_at: str
    follows: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    status: AuditStatus = "draft"
    sign_off: SignOff | None = None
    rev: int = 0
    auditors: tuple[str, ...] = ()
    hand_over_reasons: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    causes: Mapping[str, str] = field(default_factory=dict)
    exemplars: frozenset[str] = frozenset()
    answers: Mapping[str, SlipAnswer] = field(default_factory=dict)
    slip: SlipSaid = SlipSaid()
    changed_sections: tuple[str, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)

    def notes_on(self, criterion_id: str) -> tuple[Evidence, ...]:
        """Return the evidence written on one criterion, oldest first."""
        return tuple(note for note in self.evidence if note.criterion == criterion_id)

    @property
    def scored_across(self) -> tuple[str, ...]:
        """The criteria whose score was given while one question was scored on several plans."""
        return tuple(key for key, score in self.scores.items() if score.across)

    def flags_on(self, criterion_id: str) -> tuple[Flag, ...]:
        """Return the flags raised at one criterion, oldest first."""
        return tuple(flag for flag in self.flags if flag.criterion == criterion_id)

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """The flags that still wait for an answer, oldest first."""
        return tuple(flag for flag in self.flags if flag.open)

    @property
    def blocking_flags(self) -> tuple[Flag, ...]:
        """The flags that sign-off waits for: safeguarding, not yet answered."""
        return tuple(flag for flag in self.open_flags if flag.blocks_sign_off)

    def applies(self, criterion: Criterion, on: date) -> bool | None:
        """Whether the facts bring the criterion up; None where a fact it needs is unknown."""
        return holds(criterion.applies_when, self.facts, on)

    def resolved_level(self, criterion: Criterion, on: date) -> int | None:
        """Return the level that counts: facts rule a criterion out unless the auditor overrode.

        None is unscored; a score given before the facts ruled the criterion out is kept, but
        does not count. The level of a computed criterion is worked out from the facts alone.
        """
        score = self.scores.get(criterion.id) if criterion.computed is None else None
        if self.applies(criterion, on) is False and not (score and score.overrides):
            return NOT_APPLICABLE
        if criterion.computed is not None:
            return criterion.computed.level(self.facts)
        return None if score is None else score.level

    def resolved_levels(self, rubric: Rubric, on: date) -> dict[str, int | None]:
        """Return the level that counts of every criterion of the rubric, in its order."""
        return {criterion.id: self.resolved_level(criterion, on) for criterion in rubric.criteria}

    @property
    def counts(self) -> bool:
        """Whether the audit counts in figures: from sign-off until reopened or withdrawn."""
        return self.status == "signed"
