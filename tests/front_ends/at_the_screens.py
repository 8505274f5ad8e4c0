"""The steps of a scenario done at the screens, by keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any

from tests.front_ends.scenario import Step
from tests.tui.keyboard import CORE, Hands

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID, FactValue
from ehcp_audit.store import AuditQuery


class AtTheScreens:
    """A person at the screens."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    async def do(self, steps: Iterable[Step]) -> None:
        """Do the steps of a scenario."""
        for step in steps:
            await getattr(self, step.does)(step)

    # ------------------------------------------------------------ facts

    async def begin(self, step: Step) -> None:
        await self.hands.press("n")
        for fact_id, value in step.value.items():
            await self._answer(fact_id, value)
        await self.hands.press("ctrl+s")
        assert self.hands.screen_name == "WalkScreen", self.hands.said

    async def _answer(self, fact_id: str, value: FactValue) -> None:
        hands, fact = self.hands, FACTS_BY_ID[fact_id]
        for _ in FACTS_BY_ID:
            if hands.at_fact() == fact_id:
                break
            await hands.press("down")
        assert hands.at_fact() == fact_id
        if fact.kind == "choices":
            assert isinstance(value, tuple)
            for each in value:
                await hands.write(fact.choice(each).key)  # type: ignore[union-attr]
        elif fact_id == "year_group":
            await hands.write(str(value))
        elif fact.choices:
            await hands.write(fact.choice(str(value)).key)  # type: ignore[union-attr]
        else:
            await hands.write(f"{value}\n")

    async def change_fact(self, step: Step) -> None:
        await self.hands.press("f")
        await self._answer(*step.value)
        await self.hands.press("ctrl+s")

    # ------------------------------------------------------------ the walk

    async def _go(self, criterion_id: str) -> None:
        self.hands.walk.go_to(criterion_id)
        await self.hands.settle()

    async def score(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press(str(step.value))
        if self.hands.screen_name == "NoticeDialog":
            await self.hands.press("enter")
        if self.hands.screen_name == "ChoiceDialog":
            await self.hands.press(
                ascii_lowercase[step.more["cause"] - 1] if step.more else "escape"
            )

    async def cause(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("c", ascii_lowercase[step.value - 1])

    async def exemplar(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("asterisk")

    async def keep_phrase(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("p", {"myself": "o", "team": "t"}[step.value])

    async def use_phrase(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("b", str(step.value))

    async def _decide(self, step: Step) -> None:
        decision = step.more.get("decision")
        if decision is not None:
            await self.hands.press({"replaced": "r", "kept": "k"}[decision])

    # ------------------------------------------------------------ flags and hands

    async def flag(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("exclamation_mark", "spof"[step.value - 1])
        if "text" in step.more:
            await self.hands.write(f"{step.more['text']}\n")
            await self._decide(step)
        else:
            await self.hands.write(f"{step.more['role']}\n{step.more['day']}\n")

    async def answer_flag(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("exclamation_mark", str(step.value), "tab", "tab", "tab")
        await self.hands.write(f"{step.more['done']}\n")

    async def hand_over(self, step: Step) -> None:
        await self.hands.press("o", "enter")
        await self.hands.write(f"{step.value}\n")

    async def score_the_rest(self, step: Step) -> None:
        hands = self.hands
        if hands.walk.at in hands.walk.state.scores:
            await hands.press("space")
        while hands.walk.why_not("next_unscored") is None:
            await hands.press(str(step.value))

    async def _with_reason(self, key: str, criterion_id: str, reason: str) -> None:
        await self._go(criterion_id)
        await self.hands.press(key)
        await self.hands.write(f"{reason}\n")

    async def not_applicable(self, step: Step) -> None:
        await self._with_reason("n", step.on, step.value)

    async def not_evidenced(self, step: Step) -> None:
        await self._with_reason("x", step.on, step.value)
        await self._decide(step)

    async def judge_all_the_same(self, step: Step) -> None:
        await self._with_reason(str(step.value), step.on, step.more["reason"])

    async def clear(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("backspace")

    async def undo(self, _: Step) -> None:
        await self.hands.press("u")

    async def redo(self, _: Step) -> None:
        await self.hands.press("ctrl+r")

    async def evidence(self, step: Step) -> None:
        await self._go(step.on)
        await self.hands.press("i")
        await self._write_note(step.value, step.more, {})
        await self._decide(step)

    async def edit_evidence(self, step: Step) -> None:
        await self._go(step.on)
        note = self.hands.walk.state.notes_on(step.on)[0]
        await self.hands.press("e")
        await self._write_note(step.value, step.more, note.to_body())

    async def _write_note(
        self, text: str, more: Mapping[str, Any], before: Mapping[str, str]
    ) -> None:
        for new, old in (
            (text, before.get("text", "")),
            (more["section"], before.get("section", "")),
            (more["page"], before.get("page", "")),
        ):
            await self.hands.press("end", *["backspace"] * len(old))
            await self.hands.write(f"{new}\n")

    # ------------------------------------------------------------ the end of an audit

    async def sign_off(self, step: Step) -> None:
        await self.hands.press("s", "g")
        if step.value is not None:
            day, reason = step.value
            today = show_date(self.hands.app.today)
            await self.hands.press("end", *["backspace"] * len(today))
            await self.hands.write(f"{day}\n{reason}\n")
        else:
            await self.hands.press("enter")

    async def reopen(self, step: Step) -> None:
        await self.hands.press("o")
        await self.hands.write(f"{step.value}\n")
        await self.hands.press("enter")
        assert self.hands.screen_name == "WalkScreen"

    async def withdraw(self, step: Step) -> None:
        await self.hands.press("w")
        await self.hands.write(f"{step.value}\n")

    async def audit_again(self, _: Step) -> None:
        await self.hands.press("a", "ctrl+s")
        await self.hands.write("B F\n")  # the sections that changed
        assert self.hands.screen_name == "WalkScreen", self.hands.text

    async def across(self, step: Step) -> None:
        title = CORE.rubric.criterion(step.on).title
        await self.hands.press("a")
        await self.hands.write(f"{title}\n")
        await self.hands.press(*(str(level) for level in step.value))

    async def home(self, _: Step) -> None:
        await self.hands.press("escape")

    async def go_on(self, _: Step) -> None:
        assert self.hands.store.audits(AuditQuery(states=("draft",)))
        await self.hands.press("c")
