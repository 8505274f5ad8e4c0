"""The steps of a scenario done at line prompts: what is typed, and the transcript."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from unittest.mock import patch

from tests.front_ends.scenario import Step
from tests.small_rubric import at_noon
from tests.tui.keyboard import CORE

from ehcp_audit.cli.plain.session import run
from ehcp_audit.domain.facts import FACTS_BY_ID, FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.settings.workspace import Workspace

# Yields what is typed, and is sent the prompt that asked for the next line.
Lines = Generator[str, str, None]


class Keyboard:
    """Standard input that answers what standard output has asked last."""

    def __init__(self, lines: Lines, screen: io.StringIO) -> None:
        self._lines, self._screen, self._begun = lines, screen, False

    def isatty(self) -> bool:
        """No: a pipe."""
        return False

    def readline(self, *_: object) -> str:
        """Return the next line that is typed; nothing when there is no more."""
        prompt = self._screen.getvalue().rpartition("\n")[2]
        try:
            line = self._lines.send(prompt) if self._begun else next(self._lines)
        except StopIteration:
            return ""
        self._begun = True
        return f"{line}\n"


def converse(
    workspace: Workspace, lines: Lines | Iterable[str], *, chosen: Identity | None = None
) -> tuple[int, str]:
    """Run the line prompts; returns the exit code and everything that was said and typed."""
    screen = io.StringIO()
    keyboard = Keyboard(lines if isinstance(lines, Generator) else each_of(lines), screen)
    with patch.object(sys, "stdout", screen), patch.object(sys, "stdin", keyboard):
        code = run(workspace, chosen=chosen, clock=at_noon)
    return code, screen.getvalue()


def each_of(lines: Iterable[str]) -> Lines:
    """Type lines whatever is asked."""
    for line in lines:  # noqa: UP028  (a plain iterator cannot be sent the prompt)
        yield line


def steps_typed(steps: Iterable[Step]) -> Lines:
    """Type the steps of a scenario, one after another."""
    for step in steps:
        yield from _STEPS[step.does](step)


# ---------------------------------------------------------------- facts


def _begin(step: Step) -> Lines:
    prompt = yield "n"
    by_label = {FACTS_BY_ID[key].label: key for key in step.value}
    left = set(step.value)
    while left:
        label = prompt.partition(" (Enter")[0].rstrip(": ")
        fact_id = by_label.get(label)
        left.discard(fact_id or "")
        prompt = yield _answer(fact_id, step.value[fact_id]) if fact_id else ""
    yield "done"


def _answer(fact_id: str, value: FactValue) -> str:
    """Type the number of a choice, or the text of a typed fact."""
    fact = FACTS_BY_ID[fact_id]
    if not fact.choices or fact_id == "year_group":
        return str(value)
    values = value if isinstance(value, tuple) else (str(value),)
    return ",".join(str(fact.choice_ids().index(each) + 1) for each in values)


def _change_fact(step: Step) -> Lines:
    fact_id, value = step.value
    yield "f"
    label = FACTS_BY_ID[fact_id].label
    number = 1
    while True:
        prompt = yield str(number)
        if prompt.startswith(label):
            break
        number += 1
        yield "cancel"
    yield _answer(fact_id, value)
    yield ""


# ---------------------------------------------------------------- the walk


def _go(criterion_id: str) -> str:
    return f"/{CORE.rubric.criterion(criterion_id).title}"


def _score(step: Step) -> Lines:
    yield _go(step.on)
    prompt = yield str(step.value)
    if prompt.startswith("Number"):  # why it is weak
        yield str(step.more.get("cause", ""))


def _at(step: Step, *lines: str) -> Lines:
    return each_of([_go(step.on), *lines])


def _decided(step: Step) -> Lines:
    decision = step.more.get("decision")
    return each_of([{"replaced": "1", "kept": "2"}[decision]] if decision else [])


def _flag(step: Step) -> Lines:
    yield from _at(step, "!", str(step.value))
    if "text" in step.more:
        yield step.more["text"]
        yield from _decided(step)
    else:
        yield from each_of(["1", step.more["role"], step.more["day"]])


def _score_the_rest(step: Step) -> Lines:
    last = ""
    while True:
        prompt = yield str(step.value)
        if prompt == last:  # it stays where it is once every question is decided
            return
        last = prompt


def _with_reason(key: str, step: Step, reason: str) -> Lines:
    yield from _at(step, key, reason)
    yield from _decided(step)


def _evidence(step: Step) -> Lines:
    yield _go(step.on)
    yield f"i {step.value}"
    if not step.value:
        yield ""
    yield step.more["section"]
    yield step.more["page"]
    yield from _decided(step)


def _edit_evidence(step: Step) -> Lines:
    yield _go(step.on)
    yield "e"
    yield step.value or "-"
    yield step.more["section"] or "-"
    yield step.more["page"] or "-"


# ---------------------------------------------------------------- the end of an audit


def _sign_off(step: Step) -> Lines:
    yield "s"
    yield "g"
    if step.value is None:
        yield ""
    else:
        yield from each_of(step.value)


def _reopen(step: Step) -> Lines:
    yield "o"
    yield step.value
    yield "walk"


def _withdraw(step: Step) -> Lines:
    yield "w"
    yield step.value


def _typed(*lines: str) -> Callable[[Step], Lines]:
    return lambda _: each_of(lines)


_STEPS: Mapping[str, Callable[[Step], Lines]] = {
    "begin": _begin,
    "change_fact": _change_fact,
    "score": _score,
    "score_the_rest": _score_the_rest,
    "not_applicable": lambda step: _with_reason("n", step, step.value),
    "not_evidenced": lambda step: _with_reason("x", step, step.value),
    "judge_all_the_same": lambda step: _with_reason(str(step.value), step, step.more["reason"]),
    "clear": lambda step: _at(step, "clear"),
    "cause": lambda step: _at(step, "c", str(step.value)),
    "exemplar": lambda step: _at(step, "*"),
    "keep_phrase": lambda step: _at(step, "p", {"myself": "1", "team": "2"}[step.value]),
    "use_phrase": lambda step: _at(step, "b", str(step.value)),
    "flag": _flag,
    "answer_flag": lambda step: _at(step, "!", str(4 + step.value), "3", step.more["done"]),
    "across": lambda step: each_of([f"a {_go(step.on)[1:]}", *map(str, step.value)]),
    "hand_over": lambda step: each_of(["o", "1", step.value]),
    "undo": _typed("u"),
    "redo": _typed("redo"),
    "evidence": _evidence,
    "edit_evidence": _edit_evidence,
    "sign_off": _sign_off,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "audit_again": _typed("a", "done", "B F"),
    "home": _typed("home"),
    "go_on": _typed("c"),
}
