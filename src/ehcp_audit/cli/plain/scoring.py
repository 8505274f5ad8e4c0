"""Scoring in lines: a level, not applicable, not evidenced, and taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.auditing import Pending, ask_reason, next_unscored, walk_reasons
from ehcp_audit.auditing import score as scored
from ehcp_audit.auditing import unscore as unscored
from ehcp_audit.auditing.acts import needs_reason
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.listing import wants_evidence
from ehcp_audit.auditing.re_audit import earlier_of, keep
from ehcp_audit.auditing.walking import goes_on, notice_of, stepped
from ehcp_audit.cli.plain import marks
from ehcp_audit.cli.plain.identifying import checked_text
from ehcp_audit.cli.plain.question import level_word
from ehcp_audit.cli.plain.saving import save_typed
from ehcp_audit.domain.audit import Score
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.walk import Walk


def level(walk: Walk, typed: str) -> None:
    """Give the question in view the level whose key was typed."""
    levels = walk.rubric.scale.levels
    chosen = next((each for each in levels if each.key == typed), None)
    if chosen is None:
        walk.talk.cannot(f"This rubric has {len(levels)} levels.")
    else:
        give(walk, chosen.number)


def not_applicable(walk: Walk, reason: str) -> None:
    """Not applicable, with a reason."""
    give(walk, NOT_APPLICABLE, reason)


def not_evidenced(walk: Walk, reason: str) -> None:
    """Not evidenced, saying which paper."""
    give(walk, NOT_EVIDENCED, reason)


def give(walk: Walk, number: int, reason: str = "") -> None:
    """Give the question in view a level, asking for a reason where one is needed."""
    if reading := walk_reasons.readers_reason(walk.session):
        walk.talk.cannot(reading)
        return
    criterion, state, today = walk.criterion, walk.session.state, walk.desk.today
    before = state.scores.get(criterion.id)
    given: Checked | None = Checked("")
    if needs_reason(state, criterion, number, today):
        given = _ask_reason(walk, criterion, number, reason)
    if given is None:
        walk.talk.say("Left as it was.")
        return
    text = given.text

    def event() -> NewEvent:
        return scored(
            walk.session.state, criterion, number, walk.session.identity.id, today,
            reason=text, across=bool(walk.plans),
        )  # fmt: skip

    said = f"{level_word(walk.rubric, number)}: {criterion.title}."
    if not text:
        walk.save(event(), said)
    elif not save_typed(walk, event, said):
        return
    walk.log(given, f"reason {criterion.id}")
    _go_on(walk, criterion, number, before)


def _go_on(walk: Walk, criterion: Criterion, number: int, before: Score | None) -> None:
    """Say what must be read and ask what is asked after a level, then go where the walk goes."""
    if notice := notice_of(criterion, number):
        walk.talk.say(f"Note: {notice}")
    if before is None or before.level != number:
        marks.ask_cause(walk, criterion)
    state, today = walk.session.state, walk.desk.today
    if goes_on(state, criterion, today, before=before):
        walk.go_on()
    if wants_evidence(state, criterion, today):
        walk.talk.say("Evidence is needed at this level: i writes it.")
    elif next_unscored(walk.rubric, state, today) is None:
        walk.talk.say("Every question is decided. s goes to the summary and sign-off.")


def _ask_reason(walk: Walk, criterion: Criterion, number: int, typed: str) -> Checked | None:
    """Ask why, unless that was typed with the command; see `checked_text`."""
    asked = ask_reason(walk.rubric, criterion, number)
    before = walk.session.state.scores.get(criterion.id)
    value = before.reason if before and before.level == number else ""
    given = iter([typed] if typed else [])

    def ask() -> str | None:
        return next(given, None) or walk.talk.text(
            asked.prompt,
            explanation=asked.explanation,
            offers=asked.suggestions,
            value=value,
        )

    return checked_text(walk.desk, ask, before=value)


def keep_before(walk: Walk, _: str) -> None:
    """Keep what the audit before found on the question in view, its evidence with it."""
    earlier = earlier_of(walk.desk.database(), walk.session.state)
    if earlier is None:
        walk.talk.cannot("The audit before is not in this workspace: judge the question anew.")
        return
    criterion = walk.criterion
    for event in keep(walk.session.state, criterion, earlier[0], walk.session.identity.id):
        walk.settle(walk.session.submit(event))
    walk.talk.say(f"Saved. Kept as before: {criterion.title}.")
    walk.at = walk.next_open() or walk.at


def unscore(walk: Walk, _: str) -> None:
    """Take the score away."""
    event = unscored(walk.session.state, walk.criterion, walk.session.identity.id)
    walk.save(event, f"Not decided: {walk.criterion.title}.")


def undo(walk: Walk, _: str) -> None:
    """Undo my newest change, and go to where it was."""
    _step(walk, walk.session.undo, "Undone")


def redo(walk: Walk, _: str) -> None:
    """Redo."""
    _step(walk, walk.session.redo, "Redone")


def _step(walk: Walk, step: Callable[[], Pending], word: str) -> None:
    pending = step()
    walk.settle(pending)
    walk.talk.say(f"Saved. {stepped(word, pending.event, walk.rubric)}")
    walk.show(pending.event.body.get("criterion") or walk.at)
