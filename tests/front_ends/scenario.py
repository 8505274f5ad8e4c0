"""A few audits as steps that mean the same at the keyboard of the screens and at line prompts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.small_rubric import FACTS

from ehcp_audit.domain.facts import FactValue
from ehcp_audit.store import Store

# What the form asks of a young child's first plan.
ROUTINE: Mapping[str, FactValue] = {
    key: value for key, value in FACTS.items() if key not in ("reviewed", "change_reported")
}

# What is not offered already to whoever has begun an audit before.
ANOTHER = {key: value for key, value in ROUTINE.items() if key not in ("audit_reason", "seen")}


@dataclass(frozen=True)
class Step:
    """One thing a person does: `does` is the driver's method, `on` the question, if any."""

    does: str
    on: str = ""
    value: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)


def step(does: str, on: str = "", value: Any = None, **more: Any) -> Step:
    """Return a step."""
    return Step(does, on, value, more)


BEGIN = step("begin", value=ROUTINE)
SCORE_ALL = step("score_the_rest", value=3)

SCENARIOS: Mapping[str, tuple[Step, ...]] = {
    "begin only": (BEGIN,),
    "levels, and one changed": (
        BEGIN,
        step("score", "voice.own-views", 3),
        step("score", "voice.whose-view", 4),
        step("score", "voice.own-views", 2),
    ),
    "evidence written, changed, deleted": (
        BEGIN,
        step("score", "voice.whose-view", 1),
        step("evidence", "voice.whose-view", "Mum says he likes trains", section="A", page="2"),
        step("evidence", "voice.own-views", "", section="A", page="1"),
        step("edit_evidence", "voice.whose-view", "Mum says he likes buses", section="A", page="3"),
        step("edit_evidence", "voice.own-views", "", section="", page=""),
    ),
    "undo and redo": (
        BEGIN,
        step("score", "voice.own-views", 3),
        step("evidence", "voice.own-views", "his own drawing", section="A", page="1"),
        step("undo"),
        step("undo"),
        step("redo"),
        step("score", "voice.whose-view", 2),
        step("undo"),
    ),
    "not applicable, not evidenced, cleared": (
        BEGIN,
        step("not_applicable", "outcomes.timed", "The plan has no outcomes yet"),
        step("not_evidenced", "voice.how-gathered", "The advice was not available"),
        step("clear", "outcomes.timed"),
    ),
    "a fact changed": (
        BEGIN,
        step("score", "voice.own-views", 3),
        step("change_fact", value=("primary_need", "MLD")),
        step("change_fact", value=("year_group", "10")),
        step("undo"),
    ),
    "what the facts rule out, judged all the same": (
        BEGIN,
        step("judge_all_the_same", "transition.adulthood", 3, reason="It speaks of work"),
    ),
    "signed off, reopened, signed off again": (
        BEGIN,
        SCORE_ALL,
        step("sign_off"),
        step("reopen", value="A page had been missing"),
        step("score", "voice.whose-view", 4),
        step("sign_off", value=("1 Mar 2026", "Scored on paper")),
    ),
    "a weak contribution, its cause, and the cause taken back": (
        BEGIN,
        step("score", "health.contribution", 2, cause=2),
        step("cause", "health.contribution", 1),
        step("undo"),
        step("score", "health.contribution", 1),
    ),
    "evidence shared, kept as a phrase, and used": (
        BEGIN,
        step("score", "voice.own-views", 4),
        step("evidence", "voice.own-views", "drawn by the child, named", section="A", page="1"),
        step("exemplar", "voice.own-views"),
        step("keep_phrase", "voice.own-views", "team"),
        step("exemplar", "voice.own-views"),
        step("use_phrase", "voice.own-views", 1),
    ),
    "flags raised, answered, and left open": (
        BEGIN,
        step("flag", "provision.specific", 2, text="no speech therapy since June"),
        step("flag", "voice.own-views", 1, role="safeguarding lead", day="1 Mar 2026"),
        step("flag", "voice.own-views", 4, text="ask the school"),
        step("answer_flag", "voice.own-views", 1, done="asked, and all is well"),
        step("flag", "voice.own-views", 4, text="ring 020 7946 0991", decision="replaced"),
    ),
    "handed over": (
        BEGIN,
        step("score", "voice.whose-view", 3),
        step("hand_over", value="Left the team"),
    ),
    "one question scored across two plans": (
        BEGIN,
        step("home"),
        step("begin", value={**ANOTHER, "plan_ref": "NS-0148"}),
        step("home"),
        step("across", "voice.whose-view", (3, 4)),
        step("home"),
    ),
    "what looks like an identifier, replaced and kept": (
        BEGIN,
        step("score", "voice.whose-view", 1),
        step(
            "evidence",
            "voice.whose-view",
            "ring 020 7946 0991",
            section="A",
            page="2",
            decision="replaced",
        ),
        step("not_evidenced", "voice.how-gathered", "asked kl@example.org", decision="kept"),
    ),
    "withdrawn": (BEGIN, step("withdraw", value="Begun twice")),
    "audited again": (BEGIN, SCORE_ALL, step("sign_off"), step("audit_again")),
    "left and continued": (
        BEGIN,
        step("score", "voice.own-views", 3),
        step("home"),
        step("go_on"),
        step("score", "voice.whose-view", 3),
    ),
}


def told(store: Store) -> list[tuple[object, ...]]:
    """Return the log without what differs by chance: ids become the number they came in as."""
    names: dict[str, str] = {}

    def named(text: str) -> str:
        return names.setdefault(text, f"id {len(names)}")

    def without_ids(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: without_ids(each) for key, each in value.items()}
        if isinstance(value, list):
            return [without_ids(each) for each in value]
        chance = isinstance(value, str) and len(value) == 16 and set(value) <= set(_HEX)
        return named(value) if chance else value

    lines: list[tuple[object, ...]] = []
    for event in store.every_event():
        kind, _, subject = event.subject.partition(":")
        lines.append(
            (event.kind, kind, without_ids(subject), event.actor, event.undoes,
             without_ids(event.body))
        )  # fmt: skip
    return lines


_HEX = "0123456789abcdef"
