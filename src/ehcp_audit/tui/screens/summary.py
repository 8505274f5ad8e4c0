"""The summary: grade, what limits it, what would raise it, what is missing; sign-off and after."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from textual.content import Content
from textual.widget import Widget

from ehcp_audit.auditing import Summary, reopen, sign, summarise
from ehcp_audit.auditing.acts import check_open
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.grading import ThemeResult, percent
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.tui.actions import SUMMARY, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.beginning import begin
from ehcp_audit.tui.dialogs import ReasonDialog
from ehcp_audit.tui.screens.question import level_symbol
from ehcp_audit.tui.shown import joined, shown, stacked
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.page import Page

BAR_CELLS = 20


class SummaryScreen(AuditScreen[str]):
    """One audit summed up; answers with the question to go to, if any."""

    PURPOSE = (
        "The summary shows the grade, what limits it and what would raise it, and what is still "
        "missing. Signing off locks the audit; from then on it counts."
    )
    ACTIONS = SUMMARY
    BINDINGS = bindings(SUMMARY)  # type: ignore[assignment]
    CSS = "SummaryScreen #summary { padding: 1 2; }"

    def __init__(self, audit_id: str, *, from_walk: bool = False) -> None:
        super().__init__()
        self._audit_id = audit_id
        self._from_walk = from_walk

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Page(id="summary", can_focus=True)

    def on_mount(self) -> None:
        """Read the audit and show it."""
        self._read()
        self._paint()
        self.query_one("#summary").focus()

    def refresh_shown(self) -> None:
        """Read the audit anew."""
        self._read()
        self._paint()

    def _read(self) -> None:
        store = self.desk.database()
        self.state: AuditState = store.audit(self._audit_id)
        self.rubric: Rubric = store.rubric(self.state.rubric_hash)
        self.summary: Summary = summarise(self.rubric, self.state, self.desk.today)
        auditor = store.auditor(self.state.auditor)
        self._auditor = auditor.name if auditor else self.state.auditor

    # ------------------------------------------------------------ showing

    def _paint(self) -> None:
        words = {"draft": "draft", "withdrawn": "withdrawn", "signed": "signed off"}
        style = {"draft": "$muted", "withdrawn": "$warning", "signed": "bold $success"}
        status = self.state.status
        self.query_one(TopLine).show(
            joined(shown(self.state.plan_ref, "bold"), shown(f" · {self.rubric.name} · summary")),
            shown(words[status], style[status]),
        )
        self.query_one("#summary", Page).show(self._write)
        self.show_keys()

    def _write(self, width: int) -> Content:
        room = max(width - 2, 30)
        lines = self._about_plan(room)
        lines += [shown(""), *self._grade(room), *self._gaps(room)]
        lines += [shown(""), shown("By theme", "bold $primary")]
        lines += [self._theme(theme) for theme in self.summary.result.themes]
        lines += self._unseen(room)
        return stacked(*lines)

    def _about_plan(self, room: int) -> list[Content]:
        said = ("plan_kind", "year_group", "primary_need", "setting", "audit_reason")
        facts = ", ".join(show_fact(FACTS_BY_ID[key], self.state.facts.get(key)) for key in said)
        signed = self.state.sign_off
        when = f"Audit date {show_date(signed.audit_date)}. " if signed else ""
        return [
            *_wrapped(facts, room, ""),
            *_wrapped(f"{when}Auditor {self._auditor}.", room, "$muted"),
        ]

    def _grade(self, room: int) -> list[Content]:
        result = self.summary.result
        if self._undecided:
            count = f"{result.scored} of {result.applicable} questions have a level."
            said = (
                f"No grade before every question is decided: a grade so far would mislead. {count}"
            )
            return [shown("Grade", "bold $primary"), *_wrapped(said, room, "")]
        if result.grade is None or result.score is None:
            return [shown("Grade", "bold $primary"), *_wrapped(result.ungraded, room, "$warning")]
        lines = [
            joined(
                shown("Grade   ", "bold $primary"),
                shown(self.rubric.grade_label(result.grade), "bold"),
                shown(f"   score {percent(result.score)}", "$muted"),
                shown("   borderline: within 4 points of a line", "$warning")
                if result.borderline else shown(""),
            )
        ]  # fmt: skip
        for hit in result.hits:
            lines += _hanging("Limited", hit.sentence, room, "$warning")
        if result.limited and result.reached:
            lines += _hanging(
                "",
                f"Its score alone would be {self.rubric.grade_label(result.reached)}.",
                room,
                "$muted",
            )
        lines += self._raise(room)
        return lines

    @property
    def _undecided(self) -> bool:
        """Whether a question of this draft still waits for a decision; then nothing is graded."""
        return any(gap.lacks == "a score" for gap in self.summary.gaps)

    def _raise(self, room: int) -> list[Content]:
        summary = self.summary
        if summary.raisers:
            titles = [f"“{self.rubric.criterion(key).title}”" for key in summary.raisers]
            said = "Meeting " + _either(titles) + " would raise the grade."
        elif summary.together:
            titles = [f"“{self.rubric.criterion(key).title}”" for key in summary.together]
            said = "Meeting " + ", ".join(titles) + " together would raise the grade."
        else:
            return []
        return _hanging("To raise", said, room, "")

    def _theme(self, theme: ThemeResult) -> Content:
        title = self.rubric.theme(theme.theme).title
        symbols = joined(*(self._symbol(c.id) for c in self.rubric.in_theme(theme.theme)))
        if self._undecided and theme.applicable:
            return joined(shown(f"  {title:<36}"), symbols)
        if theme.score is None:
            word = "does not apply" if not theme.applicable else "not scored"
            return joined(
                shown(f"  {title:<36}"), shown(f"{'–':>6}  ", "$muted"), shown(word, "$muted")
            )
        met = shown(" met", "$success") if theme.met else shown(" not met", "$warning")
        return joined(
            shown(f"  {title:<36}"), shown(f"{percent(theme.score):>6} "),
            shown(f"{_bar(theme.score)} ", "$primary"), symbols, met,
        )  # fmt: skip

    def _symbol(self, criterion_id: str) -> Content:
        if self.state.sign_off is not None:
            level: int | None = self.state.sign_off.levels[criterion_id]
        else:
            level = self.state.resolved_level(self.rubric.criterion(criterion_id), self.desk.today)
        style = "$error" if level == 1 else "$muted" if level is None or level <= 0 else ""
        return shown(level_symbol(self.rubric, level), style)

    def _gaps(self, room: int) -> list[Content]:
        if self.state.status != "draft":
            return []
        if not self.summary.gaps:
            return [shown(""), shown("Nothing is missing. g signs off.", "bold $success")]
        lines = [
            shown(""),
            shown(f"Missing before sign-off ({len(self.summary.gaps)})", "bold $warning"),
        ]
        for lack in ("a score", "evidence"):
            titles = [
                self.rubric.criterion(gap.criterion).title
                for gap in self.summary.gaps
                if gap.lacks == lack
            ]
            if titles:
                lines += _hanging(lack.capitalize(), " · ".join(titles), room, "")
        return lines

    def _unseen(self, room: int) -> list[Content]:
        if not self.summary.not_evidenced:
            return []
        titles = [self.rubric.criterion(key).title for key in self.summary.not_evidenced]
        return [shown(""), *_hanging("Not seen", " · ".join(titles), room, "$muted")]

    # ------------------------------------------------------------ doing

    def why_not(self, name: str) -> str | None:
        """Say why an action is not possible now."""
        if not hasattr(self, "state"):
            return None
        status = self.state.status
        if name == "sign":
            return self._why_not_sign()
        if name == "first_gap" and (status != "draft" or not self.summary.gaps):
            return "Nothing is missing."
        if name == "reopen" and status != "signed":
            return "Only an audit that is signed off can be reopened."
        if name == "re_audit" and status != "signed":
            return "Sign this audit off first; then it can be audited again."
        return None

    def _why_not_sign(self) -> str | None:
        identity = self.desk.identity
        if identity is None:
            return "Say who you are first: w on the home screen."
        try:
            check_open(self.state, identity.id)
        except AuditToolError as error:
            return f"{error.what} {error.next_step}"
        if self.summary.gaps:
            return f"{len(self.summary.gaps)} questions lack something; m goes to the first."
        return None

    def do_sign(self) -> None:
        """Ask for the audit date, then lock the audit."""
        today = show_date(self.desk.today)

        def dated(text: str | None) -> None:
            if text is None:
                return
            try:
                day = parse_date(text or "today", today=self.desk.today)
            except AuditToolError as error:
                self.tell(error)
                return
            if day == self.desk.today:
                self._sign(day, "")
            else:
                self.app.push_screen(
                    ReasonDialog(
                        f"Why {show_date(day)} and not today?",
                        "The audit date says when the judgement was made.",
                        suggestions=("Scored on paper", "Signed off late"),
                    ),
                    lambda reason: self._sign(day, reason) if reason else None,
                )

        self.app.push_screen(
            ReasonDialog(
                "Sign off this audit?",
                "It is locked and counts from now; reopening needs a reason. Audit date:",
                value=today,
            ),
            dated,
        )

    def _sign(self, day: date, reason: str) -> None:
        identity = self.desk.identity
        if identity is None:
            return
        try:
            event = sign(
                self.rubric, self.state, identity.id,
                audit_date=day, today=self.desk.today, date_reason=reason,
            )  # fmt: skip
        except AuditToolError as error:
            self.tell(error)
            return
        if self._write_event(event):
            self.say("Signed off. It counts from now.")

    def _write_event(self, event: NewEvent) -> bool:
        try:
            self.desk.database().write([event], expects={event.subject: self.state.rev})
        except AuditToolError as error:
            self.tell(error)
            self.refresh_shown()
            return False
        self.refresh_shown()
        return True

    def do_reopen(self) -> None:
        """Reopen, with a reason."""

        def reopened(reason: str | None) -> None:
            identity = self.desk.identity
            if not reason or identity is None:
                return
            if self._write_event(reopen(self.state, identity.id, reason)):
                self.say("Reopened. It does not count until it is signed off again.")

        def ask(_: Identity) -> None:
            explanation = "The reason stays in its history."
            self.app.push_screen(ReasonDialog("Reopen this audit: why?", explanation), reopened)

        self.desk.with_identity(ask)

    def do_first_gap(self) -> None:
        """Go to the first question that lacks something."""
        self._to_walk(self.summary.gaps[0].criterion)

    def do_walk(self) -> None:
        """Open the walk."""
        self._to_walk(None)

    def _to_walk(self, criterion_id: str | None) -> None:
        from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

        if self._from_walk:
            self.dismiss(criterion_id)
        else:
            self.app.push_screen(WalkScreen(self._audit_id, at=criterion_id))

    def do_re_audit(self) -> None:
        """Begin an audit of the same plan, with its facts."""
        facts = {**self.state.facts, "audit_reason": "re_audit"}
        begin(self.desk, facts=facts, follows=self.state.id)

    def do_facts(self) -> None:
        """Show the facts."""
        from ehcp_audit.tui.screens.facts import FactsScreen  # noqa: PLC0415

        reading = "Change the facts from the walk."
        self.app.push_screen(
            FactsScreen(
                f"Facts · {self.state.plan_ref}", self.state.facts, new=False, reading=reading
            )
        )


def _bar(share: Fraction) -> str:
    """Return a bar of 20 cells for a share."""
    full = int(share * BAR_CELLS + Fraction(1, 2))
    return "█" * full + "░" * (BAR_CELLS - full)


def _either(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + " or " + titles[-1]


def _wrapped(text: str, room: int, style: str) -> list[Content]:
    return [shown(line, style) for line in textwrap.wrap(text, room)]


def _hanging(label: str, text: str, room: int, style: str) -> list[Content]:
    """Return a label with its text beside it, wrapped under itself."""
    first, *rest = textwrap.wrap(text, max(room - 12, 20)) or [""]
    lines = [joined(shown(f"  {label:<10}", "$muted"), shown(first, style))]
    return lines + [shown(" " * 12 + line, style) for line in rest]
