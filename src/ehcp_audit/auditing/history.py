"""The history of an audit, step by step: who did what, when, from what to what, and why.

Read off the log, so that nothing that was ever written is missing, undone or not. For screens and
for a printed trail alike; front ends show text with control characters made visible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, NamedTuple

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.events import Body, Event
from ehcp_audit.domain.facts import show_fact
from ehcp_audit.domain.flags import FLAG_LABELS
from ehcp_audit.domain.replaying import facts_from_body
from ehcp_audit.domain.rubric import AGENCY_LABELS, NOT_APPLICABLE, NOT_EVIDENCED, Rubric
from ehcp_audit.store import Store

Act = Literal["did", "undid", "redid"]
NO_LONGER_KEPT: Final = "no longer kept"


@dataclass(frozen=True)
class Step:
    """One event of an audit in words.

    Attributes:
        seq: its number in the log; `at` is when, in UTC; `auditor` and `auditor_id` are who.
        what: what it is about, such as “Score”; `criterion` the criterion's id, if one, and
            `title` that criterion's title in the version of the time.
        old, new: what it was and became, in words; empty where there is none.
        why: the reason given, if one was.
        act: whether it is an act, the undoing of one (`turned` is that one's number), or its redo.
        undone: whether it was taken back later and stays so.
    """

    seq: int
    at: str
    auditor_id: str
    auditor: str
    kind: str
    what: str
    criterion: str | None = None
    title: str = ""
    old: str = ""
    new: str = ""
    why: str = ""
    act: Act = "did"
    turned: int | None = None
    undone: bool = False


def audit_history(store: Store, audit_id: str) -> tuple[Step, ...]:
    """Return every step of an audit, oldest first; empty for an unknown audit."""
    names = {each.id: each.name for each in store.auditors()}
    return history(store.audit_events(audit_id), store.rubric, names)


def history(
    events: Iterable[Event], rubric_of: Callable[[str], Rubric], names: Mapping[str, str]
) -> tuple[Step, ...]:
    """Return an audit's events as steps; `rubric_of` gives a rubric by its hash.

    Each is worded by the version of the rubric that the audit was on at the time.
    """
    steps: dict[int, Step] = {}
    then: _Then | None = None
    for event in events:
        if then is None:
            then = _Then(rubric_of((event.body or {})["rubric"]), rubric_of, names)
        step = _step(event, then)
        if event.kind == "rubric_changed" and event.body is not None:
            then = replace(then, rubric=rubric_of(event.body["new"]))
        if event.undoes is not None and event.undoes in steps:
            turned = steps[event.undoes]
            step = replace(
                step,
                act="redid" if turned.act == "undid" else "undid",
                turned=turned.seq,
                why="",
            )
            steps[turned.seq] = replace(turned, undone=True)
            if turned.act == "undid" and turned.turned is not None:
                steps[turned.turned] = replace(steps[turned.turned], undone=False)
        steps[event.seq] = step
    return tuple(steps.values())


def score_history(steps: Iterable[Step], criterion_id: str) -> tuple[Step, ...]:
    """Return the steps that gave, changed or took away the score of one criterion."""
    return tuple(step for step in steps if step.kind == "scored" and step.criterion == criterion_id)


class _Said(NamedTuple):
    """What a kind of event says of itself."""

    what: str
    old: str = ""
    new: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Then:
    """What was known when an event was written: the version of the rubric, and everybody's name."""

    rubric: Rubric
    rubric_of: Callable[[str], Rubric]
    names: Mapping[str, str]

    def name(self, auditor_id: str) -> str:
        return self.names.get(auditor_id, auditor_id)

    def title(self, criterion_id: str) -> str:
        if not self.rubric.has_criterion(criterion_id):
            return criterion_id
        return self.rubric.criterion(criterion_id).title


def _step(event: Event, then: _Then) -> Step:
    step = Step(event.seq, event.at, event.actor, then.name(event.actor), event.kind, event.kind)
    tell = _TELLERS.get(event.kind)
    if event.body is None:
        return replace(step, what=NO_LONGER_KEPT)
    if tell is None:
        return step
    said = tell(event.body, then)
    criterion = event.body.get("criterion")
    title = "" if criterion is None else then.title(criterion)
    return replace(
        step, what=said.what, old=said.old, new=said.new, why=said.why,
        criterion=criterion, title=title,
    )  # fmt: skip


def _begun(body: Body, then: _Then) -> _Said:
    follows = body.get("follows")
    what = "Re-audit begun" if follows else "Audit begun"
    return _Said(what, new=then.rubric.name, why=f"follows audit {follows}" if follows else "")


def _imported(body: Body, then: _Then) -> _Said:
    return _begun(body, then)._replace(what=f"Brought in from a table, {body['state']}")


def _level(score: Body | None, rubric: Rubric) -> str:
    if score is None:
        return "no score"
    level = score["level"]
    if level == NOT_EVIDENCED:
        return "not evidenced"
    return "not applicable" if level == NOT_APPLICABLE else rubric.scale.level(level).label


def _scored(body: Body, then: _Then) -> _Said:
    new = body["new"] or {"reason": "", "overrides": False}
    against = "although the facts rule it out" if new["overrides"] else ""
    return _Said(
        "Score",
        _level(body["old"], then.rubric),
        _level(body["new"], then.rubric),
        "; ".join(part for part in (new["reason"], against) if part),
    )


def _noted(body: Body, then: _Then) -> _Said:
    del then
    return _Said("Evidence", _note(body["old"]), _note(body["new"]))


def _facts(body: Body, then: _Then) -> _Said:
    def words(facts: Body) -> str:
        own = {fact.id: fact for fact in then.rubric.facts_asked()}
        return "; ".join(
            f"{own[key].label}: {show_fact(own[key], value)}" if key in own else f"{key}: {value}"
            for key, value in facts_from_body(facts).items()
        )

    return _Said("Facts of the plan", words(body["old"]), words(body["new"]))


def _signed(body: Body, then: _Then) -> _Said:
    grade = body["grade"]
    label = "no grade" if grade is None else then.rubric.grade_label(grade)
    on = show_date(date.fromisoformat(body["audit_date"]))
    return _Said("Signed off", new=f"{label}, audit date {on}", why=body.get("date_reason", ""))


def _reopened(body: Body, then: _Then) -> _Said:
    del then
    return _Said("Reopened", why=body["reason"])


def _withdrawn(body: Body, then: _Then) -> _Said:
    del then
    return _Said("Withdrawn", why=body["reason"])


def _moved(body: Body, then: _Then) -> _Said:
    old, new = (then.rubric_of(body[side]).name for side in ("old", "new"))
    return _Said("Moved to another version", old, new)


def _handed_over(body: Body, then: _Then) -> _Said:
    return _Said("Handed over", then.name(body["old"]), then.name(body["new"]), body["reason"])


def _flagged(body: Body, then: _Then) -> _Said:
    del then
    label = FLAG_LABELS.get(body["kind"], body["kind"])
    return _Said(f"Flag: {label}", flag_words(body["old"]), flag_words(body["new"]))


def _cause(body: Body, then: _Then) -> _Said:
    labels = {cause.id: cause.label for cause in then.rubric.causes}
    old, new = (labels.get(cause, cause or "") for cause in (body["old"], body["new"]))
    return _Said("Cause", old, new)


def _exemplar(body: Body, then: _Then) -> _Said:
    del then
    old, new = ("to be shared" if body[side] else "not to be shared" for side in ("old", "new"))
    return _Said("Exemplar", old, new)


def _answered(body: Body, then: _Then) -> _Said:
    del then
    party = AGENCY_LABELS.get(body["party"], body["party"])
    return _Said(f"Answer on the slip, {party}", _answer(body["old"]), _answer(body["new"]))


def _identifiers(body: Body, then: _Then) -> _Said:
    del then
    return _Said("Looked like an identifier", new=f"{body['decision']}: {', '.join(body['kinds'])}")


def flag_words(said: Body | None) -> str:
    """Return what an event's body says of a flag: its text, then how it was answered, or open."""
    if said is None:
        return ""
    parts = [said["text"]] if said["text"] else []
    if said["told_role"] and said["told_on"]:
        on = show_date(date.fromisoformat(said["told_on"]))
        parts.append(f"{said['told_role']} told on {on}")
    elif said["not_a_concern"]:
        parts.append(f"no concern: {said['not_a_concern']}")
    elif said["done"]:
        parts.append(f"done: {said['done']}")
    else:
        parts.append("not answered yet")
    return "; ".join(parts)


def _note(said: Body | None) -> str:
    if said is None:
        return ""
    place = [f"Section {said['section']}"] if said["section"] else []
    place += [f"p. {said['page']}"] if said["page"] else []
    where = ", ".join(place)
    return f"{said['text']} ({where})" if said["text"] and where else said["text"] or where


def _answer(said: Body | None) -> str:
    if said is None:
        return ""
    on = show_date(date.fromisoformat(said["on"]))
    return f"{said['text']} ({'disputed, ' if said['disputed'] else ''}{on})"


_TELLERS: Final[Mapping[str, Callable[[Body, _Then], _Said]]] = {
    "audit_begun": _begun,
    "audit_imported": _imported,
    "scored": _scored,
    "evidence_written": _noted,
    "facts_changed": _facts,
    "signed": _signed,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
    "rubric_changed": _moved,
    "handed_over": _handed_over,
    "flagged": _flagged,
    "cause_given": _cause,
    "exemplar_marked": _exemplar,
    "slip_answered": _answered,
    "identifiers_reviewed": _identifiers,
}
