"""The course of the walk: what stands in its list, and where it goes on to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing import AuditSession, next_unscored, walk_reasons
from ehcp_audit.auditing.across import next_plan
from ehcp_audit.auditing.listing import (
    QuestionFilter,
    listed,
    no_theme_beside,
    theme_beside,
    words_of,
)
from ehcp_audit.auditing.progress import next_flagged
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.tui.screens.walk_lines import (
    criteria_lines,
    filter_line,
    filter_lines,
    plan_lines,
    plans_line,
    progress_line,
)
from ehcp_audit.tui.widgets.lines import Line

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen

ONE_QUESTION: Final = (
    "One question is scored across plans here; Esc goes home, where one plan is opened."
)
OF_ONE_AUDIT: Final = frozenset(
    {
        "find", "filter", "summary", "next_flagged", "move_version", "withdraw", "hand_over",
        "next_theme", "previous_theme",
    }
)  # fmt: skip
THEMES: Final = {"next_theme": 1, "previous_theme": -1}


class OneAudit:
    """The questions of one audit, one after another."""

    across = False

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
        return next_flagged(self._walk.rubric, self._walk.state, after=self._walk.at)

    def theme_beside(self, step: int) -> str | None:
        """Return the first question listed of the theme after the one in view, or before it."""
        walk = self._walk
        among = listed(walk.rubric, walk.state, self.filter, walk.today)
        return theme_beside(walk.rubric, among, walk.at, step)

    def go_on(self) -> None:
        """Go to the next undecided question; stay where there is none."""
        self.take(self.next_open() or self.key)

    def why_not(self, name: str) -> str | None:
        """Return why an action is not possible now, or None."""
        walk = self._walk
        step = THEMES.get(name)
        if step is not None:
            return None if self.theme_beside(step) else no_theme_beside(step)
        if name == "next_unscored" and self.filter is not None and self.next_open() is None:
            return f"Nothing is undecided of {words_of(walk.rubric, self.filter)}. Esc shows all."
        return walk_reasons.why_not(name, walk.session, walk.at, walk.today)

    @property
    def saved(self) -> bool:
        """Whether everything shown is committed."""
        return self._walk.session.saved

    def reload(self) -> None:
        """Read anew what is committed."""
        if self.saved:
            self._walk.session.reload()

    def come_back_to(self, session: AuditSession) -> None:
        """Put the audit of a session in view: there is only one."""

    def to_undo(self) -> AuditSession:
        """Return the session whose newest change is undone next."""
        return self._walk.session

    def to_redo(self) -> AuditSession:
        """Return the session in which something is redone next."""
        return self._walk.session


class OneQuestion:
    """One question on several plans, one plan after another; every plan is a session of its own."""

    across = True
    filter = None

    def __init__(self, walk: WalkScreen, audit_ids: Sequence[str]) -> None:
        self._walk = walk
        opened = [walk.open_session(each) for each in audit_ids]
        self._sessions = {session.audit_id: session for session in opened}

    @property
    def _states(self) -> list[AuditState]:
        return [session.state for session in self._sessions.values()]

    @property
    def key(self) -> str:
        """The audit of the plan in view."""
        return self._walk.session.audit_id

    def lines(self) -> list[Line]:
        """Return the list: the question, and a line a plan."""
        return plan_lines(self._walk.criterion, self._walk.rubric, self._states, self._walk.today)

    def progress_line(self) -> Line:
        """Return the plans in one line, for narrow windows."""
        walk = self._walk
        return plans_line(walk.criterion, walk.rubric, self._states, walk.today, self.key)

    def list_only(self, wanted: QuestionFilter | None) -> None:
        """List only some questions: there is one."""

    def show_all(self) -> bool:
        """List all plans again: they are."""
        return False

    def take(self, key: str) -> None:
        """Put a plan in view."""
        self._walk.session = self._sessions[key]

    def show_question(self, criterion_id: str) -> None:
        """Put a question in view: it is."""

    def next_open(self) -> str | None:
        """Return the next plan on which the question is undecided, or None."""
        walk = self._walk
        return next_plan(self._states, walk.criterion, walk.today, after=self.key)

    def next_flagged(self) -> str | None:
        """Return the next question with a flag: the walk of one audit has that."""
        return None

    def theme_beside(self, step: int) -> str | None:
        """Return a question of another theme: the walk of one audit has that."""
        del step
        return None

    def go_on(self) -> None:
        """Go to the next plan on which it is undecided; stay where there is none."""
        self.take(self.next_open() or self.key)

    def why_not(self, name: str) -> str | None:
        """Return why an action is not possible now, or None."""
        walk = self._walk
        if name in OF_ONE_AUDIT:
            return ONE_QUESTION
        if name == "next_unscored":
            return None if self.next_open() else "This question is decided on every plan."
        session = {"undo": self.to_undo, "redo": self.to_redo}.get(name, lambda: walk.session)()
        return walk_reasons.why_not(name, session, walk.at, walk.today)

    @property
    def saved(self) -> bool:
        """Whether everything on every plan is committed."""
        return all(session.saved for session in self._sessions.values())

    def reload(self) -> None:
        """Read anew what is committed."""
        for session in self._sessions.values():
            if session.saved:
                session.reload()

    def come_back_to(self, session: AuditSession) -> None:
        """Put the plan of a session in view."""
        self._walk.session = session

    def to_undo(self) -> AuditSession:
        """Return the session with my newest change, whichever plan it is on."""

        def newest(session: AuditSession) -> tuple[bool, int]:
            stack = session.undo_stack.undoable
            return not session.saved, stack[-1].seq if stack else 0

        return max(self._sessions.values(), key=newest)

    def to_redo(self) -> AuditSession:
        """Return the session in which I undid something last."""

        def newest(session: AuditSession) -> int:
            stack = session.undo_stack.redoable
            return stack[-1].seq if stack else 0

        return max(self._sessions.values(), key=newest)


Course = OneAudit | OneQuestion
