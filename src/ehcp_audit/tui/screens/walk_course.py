"""The course of the walk: what stands in its list, and where it goes on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehcp_audit.auditing import AuditSession, next_unscored, walk_reasons
from ehcp_audit.auditing.listing import QuestionFilter, listed, words_of
from ehcp_audit.tui.screens.walk_lines import (
    criteria_lines,
    filter_line,
    filter_lines,
    progress_line,
)
from ehcp_audit.tui.widgets.lines import Line

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen


class OneAudit:
    """The questions of one audit, one after another."""

    def __init__(self, walk: WalkScreen) -> None:
        self._walk = walk
        self.filter: QuestionFilter | None = None

    @property
    def key(self) -> str:
        """What stands under the cursor of the list."""
        return self._walk.at

    def lines(self) -> list[Line]:
        """Return the list: a line a question, and what it leaves out."""
        walk = self._walk
        if self.filter is None:
            return criteria_lines(walk.rubric, walk.state, walk.today)
        # The question in view stays listed, though a score may just have taken it out of a state.
        shown = {*self._listed(self.filter), walk.at}
        return [
            *filter_lines(*self._told(self.filter)),
            *criteria_lines(walk.rubric, walk.state, walk.today, shown),
        ]

    def progress_line(self) -> Line:
        """Return the list in one line, for narrow windows."""
        walk = self._walk
        if self.filter is not None:
            return filter_line(*self._told(self.filter))
        return progress_line(walk.rubric, walk.state, walk.today, walk.at)

    def _listed(self, wanted: QuestionFilter) -> tuple[str, ...]:
        walk = self._walk
        return tuple(c.id for c in listed(walk.rubric, walk.state, wanted, walk.today))

    def _told(self, wanted: QuestionFilter) -> tuple[str, int, int]:
        rubric = self._walk.rubric
        return words_of(rubric, wanted), len(self._listed(wanted)), len(rubric.criteria)

    def list_only(self, wanted: QuestionFilter | None) -> None:
        """List only some questions, and go to the first of them; None lists all."""
        self.filter = wanted
        if wanted is not None and self._walk.at not in (found := self._listed(wanted)):
            self._walk.at = found[0]

    def show_all(self) -> bool:
        """List all questions again; False where they were."""
        filtered, self.filter = self.filter is not None, None
        return filtered

    def take(self, key: str) -> None:
        """Put what the list holds under a key in view."""
        self._walk.at = key

    def show_question(self, criterion_id: str) -> None:
        """Put a question in view, whether or not the list leaves it out."""
        self._walk.at = criterion_id

    def next_open(self) -> str | None:
        """Return the next undecided question after the one in view, or None."""
        walk = self._walk
        return next_unscored(walk.rubric, walk.state, walk.today, after=walk.at, among=self.filter)

    def next_flagged(self) -> str | None:
        """Return the next question with an open flag after the one in view, going round."""
        walk = self._walk
        flagged = {flag.criterion for flag in walk.state.open_flags}
        ids = [criterion.id for criterion in walk.rubric.criteria]
        start = ids.index(walk.at) + 1
        return next((each for each in ids[start:] + ids[:start] if each in flagged), None)

    def go_on(self) -> None:
        """Go to the next undecided question; stay where there is none."""
        self.take(self.next_open() or self.key)

    def why_not(self, name: str) -> str | None:
        """Return why an action is not possible now, or None."""
        walk = self._walk
        if name == "next_unscored" and self.filter is not None and self.next_open() is None:
            return f"Nothing is undecided of {words_of(walk.rubric, self.filter)}. Esc shows all."
        return walk_reasons.why_not(name, walk.session, walk.at, walk.today)

    def come_back_to(self, session: AuditSession) -> None:
        """Put the audit of a session in view: there is only one."""

    def to_undo(self) -> AuditSession:
        """Return the session whose newest change is undone next."""
        return self._walk.session

    def to_redo(self) -> AuditSession:
        """Return the session in which something is redone next."""
        return self._walk.session
