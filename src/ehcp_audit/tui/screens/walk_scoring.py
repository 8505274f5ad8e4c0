"""Giving levels on the walk: one key a question, and a reason where the rules ask for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing import ask_reason, score, unscore
from ehcp_audit.auditing.acts import needs_reason
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.re_audit import earlier_of, keep
from ehcp_audit.auditing.walking import goes_on, notice_of
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import Criterion
from ehcp_audit.tui.dialogs import NoticeDialog
from ehcp_audit.tui.screens.walk_dialogs import ask_for

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen


# How long the screen leaves the interpreter to the writer, so as to paint while the disk is busy.
EXECUTION_SECONDS: Final = 0.002


class Scoring:
    """Scores the question in view, and goes on where it was undecided before."""

    def __init__(self, walk: WalkScreen) -> None:
        self._walk = walk
        self._unsaved_reasons: dict[tuple[str, int], str] = {}

    def digit(self, character: str) -> None:
        """Give the level whose key was pressed, or say how many there are."""
        levels = self._walk.rubric.scale.levels
        level = next((each for each in levels if each.key == character), None)
        if level is None:
            self._walk.say(f"This rubric has {len(levels)} levels.")
            return
        self.give(level.number)

    def keep_reason(self, criterion_id: str, level: int, reason: str) -> None:
        """Keep a reason that could not be saved, so that it is offered when asked again."""
        self._unsaved_reasons[criterion_id, level] = reason

    def give(self, level: int) -> None:
        """Give the question in view a level, asking for a reason where one is needed."""
        walk = self._walk
        if reason := walk.readers_reason():
            walk.say(reason)
            return
        criterion = walk.criterion
        if not needs_reason(walk.state, criterion, level, walk.today):
            self._score(criterion, level, "")
            return
        asked = ask_reason(walk.rubric, criterion, level)
        before = walk.state.scores.get(criterion.id)
        value = before.reason if before and before.level == level else ""
        unsaved = None if value else self._unsaved_reasons.get((criterion.id, level))

        session = walk.session

        def taken(reason: Checked) -> None:
            walk.course.come_back_to(session)
            if not self._score(criterion, level, reason.text):
                return
            actor, field = session.identity.id, f"reason {criterion.id}"
            for event in reason.logged(session.state, field, actor):
                first = session.saved
                walk.saving.follow(session, session.submit(event), first=first)
                walk.paint()

        ask_for(walk.desk, asked, value, taken, offered=unsaved)

    def _score(self, criterion: Criterion, level: int, reason: str) -> bool:
        walk, session = self._walk, self._walk.session
        try:
            event = score(
                walk.state,
                criterion,
                level,
                session.identity.id,
                walk.today,
                reason=reason,
                across=walk.course.across,
            )
        except AuditToolError as error:
            walk.tell(error)
            return False
        walk.course.show_question(criterion.id)
        before, first = walk.state.scores.get(criterion.id), session.saved
        pending = session.submit(event)
        pending.executed.wait(EXECUTION_SECONDS)
        if goes_on(walk.state, criterion, walk.today, before=before):
            walk.course.go_on()
        walk.paint_ahead()
        walk.saving.follow(session, pending, first=first)
        walk.paint_top()
        notice = notice_of(criterion, level)
        if notice:
            walk.app.push_screen(
                NoticeDialog(criterion.title, notice),
                lambda _: walk.marks.ask_cause(criterion, session),
            )
        elif before is None or before.level != level:
            walk.marks.ask_cause(criterion, session)
        return True

    def keep_before(self) -> None:
        """Keep what the audit before found on the question in view, its evidence with it."""
        walk = self._walk
        earlier = earlier_of(walk.desk.database(), walk.state)
        if earlier is None:
            walk.say("The audit before is not in this workspace: judge the question anew.")
            return
        kept = keep(walk.state, walk.criterion, earlier[0], walk.session.identity.id)
        for event in kept:
            walk.saving.submit(event)
        walk.course.go_on()
        walk.paint()

    def clear(self) -> None:
        """Take the score of the question in view away."""
        walk = self._walk
        walk.saving.submit(unscore(walk.state, walk.criterion, walk.session.identity.id))
        walk.paint()
