"""The summary in lines: grade, limits, what would raise it, what is missing; sign-off and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from ehcp_audit.auditing import Summary, reopen, sign, summarise, summary_words
from ehcp_audit.auditing.handing_over import hands
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.re_audit import earlier_of, keep_all, still_offered
from ehcp_audit.auditing.signing import check_audit_date
from ehcp_audit.cli.plain.beginning import begin
from ehcp_audit.cli.plain.commands import SUMMARY, Typed, next_command, said_of
from ehcp_audit.cli.plain.desk import Desk, Left
from ehcp_audit.cli.plain.facts import say_facts
from ehcp_audit.cli.plain.going import Going
from ehcp_audit.cli.plain.identifying import checked_text
from ehcp_audit.cli.plain.pages import AtPage, AtSlip, ask_answer, choose_party
from ehcp_audit.cli.plain.question import level_word
from ehcp_audit.cli.plain.saving import until_done
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import parse_date, show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.grading import ThemeResult, percent
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import MakesReport, audit_of, before_after_of, trail_of


class AtSummary:
    """One audit summed up at the prompt; `at` is the question that the walk was at."""

    def __init__(self, desk: Desk, audit_id: str, at: str | None) -> None:
        self.desk = desk
        self.talk = desk.talk
        self._audit_id = audit_id
        self._at = at
        self._staying = True
        self._going: Going | None = None
        self._read_anew()

    def _read_anew(self) -> None:
        store = self.desk.database()
        self.state: AuditState = store.audit(self._audit_id)
        pinned = store.rubric(self.state.rubric_hash)
        self.rubric: Rubric = pinned.said_of(self.state.facts)
        self.summary: Summary = summarise(self.rubric, self.state, self.desk.today)
        self._earlier = earlier_of(store, self.state)

    def run(self) -> Going | None:
        """Say the summary and ask until it is left; returns where to go then, None for home."""
        self.read("")
        while self._staying:
            typed = next_command(self.talk, "Summary:", SUMMARY, enter="read")
            try:
                self.do(typed)
            except AuditToolError as error:
                self.talk.not_done(error)
                self._read_anew()
        return self._going

    def do(self, typed: Typed) -> None:
        """Do a command, or say why not."""
        name, identity = typed.command.name, self.desk.identity
        reason = summary_words.why_not(
            name,
            self.state,
            self.summary,
            identity,
            follows=self._earlier is not None,
            offers=bool(still_offered(self.rubric, self.state, self.desk.today)),
        )
        if reason:
            self.talk.cannot(reason)
        else:
            _DO[name](self, typed.rest)

    # ------------------------------------------------------------ reading

    def read(self, _: str) -> None:
        """Read the summary out."""
        self._read_anew()
        self.talk.say(*self._lines())

    def _lines(self) -> Iterator[str]:
        state, rubric, summary = self.state, self.rubric, self.summary
        word = {"draft": "draft", "signed": "signed off", "withdrawn": "withdrawn"}[state.status]
        yield ""
        yield f"Summary of {state.plan_ref}. {rubric.name}. {word.capitalize()}."
        names = {each.id: each.name for each in self.desk.database().auditors()}
        yield from summary_words.about_plan(state, hands(state, names))
        again = summary_words.re_audit_words(rubric, state, self._earlier, self.desk.today)
        for said in (*summary_words.flag_words(rubric, state), *again):
            yield f"{said.label}: {said.sentence}" if said.label else said.sentence
        yield from self._grade()
        if state.status == "draft":
            for lack, missing in summary_words.gap_words(rubric, summary):
                yield f"Still without {lack.lower()}: {'; '.join(missing)}."
            if not summary.gaps:
                yield summary_words.ready_words(state)
        for theme in summary.result.themes:
            yield self._theme(theme)
        if summary.not_evidenced:
            titles = "; ".join(rubric.criterion(key).title for key in summary.not_evidenced)
            yield f"Not seen: {titles}."
        for said in summary_words.answer_words(state):
            yield f"{said.label}: {said.sentence}"

    def _grade(self) -> Iterator[str]:
        rubric, summary = self.rubric, self.summary
        result = summary.result
        if summary_words.undecided(summary):
            yield summary_words.no_grade_yet(summary)
        elif result.grade is None or result.score is None or result.reached is None:
            yield f"Grade: none. {result.ungraded}"
        else:
            near = f", {summary_words.BORDERLINE}" if result.borderline else ""
            yield f"Grade: {rubric.grade_label(result.grade)}, score {percent(result.score)}{near}."
            for limit in summary_words.limit_words(rubric, summary):
                yield f"{limit.label}: {limit.sentence}" if limit.label else limit.sentence
            if said := summary_words.raise_words(rubric, summary):
                yield said

    def _theme(self, theme: ThemeResult) -> str:
        title = self.rubric.theme(theme.theme).title
        if summary_words.undecided(self.summary) and theme.applicable:
            return f"{title}: {self._levels(theme.theme)}."
        if theme.score is None:
            return f"{title}: {'not scored' if theme.applicable else 'does not apply'}."
        met = "met" if theme.met else "not met"
        return f"{title}: {percent(theme.score)}, {met}. {self._levels(theme.theme)}."

    def _levels(self, theme_id: str) -> str:
        """Count the levels of a theme's questions, the lowest first."""
        signed, today = self.state.sign_off, self.desk.today
        counts: dict[str, int] = {}
        for criterion in self.rubric.in_theme(theme_id):
            level = (
                signed.levels[criterion.id]
                if signed is not None
                else self.state.resolved_level(criterion, today)
            )
            word = level_word(self.rubric, level).lower()
            counts[word] = counts.get(word, 0) + 1
        return ", ".join(f"{number} {word}" for word, number in counts.items())

    def report(self, _: str) -> None:
        """Read the whole audit out."""
        self._page(audit_of, "audit")

    def trail(self, _: str) -> None:
        """Read out everything that was done to this audit."""
        self._page(trail_of, "trail")

    def before_after(self, _: str) -> None:
        """Read out what became of what the audit before asked for."""
        self._page(before_after_of, "before-after")

    def _page(self, make: MakesReport, kind: str) -> None:
        def made() -> Report:
            store = self.desk.database()
            return make(store, store.audit(self._audit_id), today=self.desk.today)

        AtPage(self.desk, made, lambda: f"{self.state.plan_ref}-{kind}").run()

    def slip(self, _: str) -> None:
        """Read out the feedback slips."""
        AtSlip(self.desk, self._audit_id).run()
        self._read_anew()

    def answer(self, _: str) -> None:
        """Ask whose answer it is, then keep it."""
        party = choose_party(self.desk)
        if party is not None:
            ask_answer(self.desk, self._audit_id, party)
            self._read_anew()

    def facts(self, _: str) -> None:
        """Read the facts out."""
        say_facts(self.desk, self.state.facts, self.rubric.facts)
        self.talk.say("Change the facts from the walk.")

    def help(self, _: str) -> None:
        """Say what can be typed."""
        self.talk.say(*said_of(SUMMARY))

    # ------------------------------------------------------------ doing

    def _save(self, events: list[NewEvent], said: str) -> bool:
        try:
            self.desk.database().write(events, expects={events[0].subject: self.state.rev})
        finally:
            self._read_anew()  # where somebody else changed it, as it is now
        self.talk.say(f"Saved. {said}")
        return True

    def sign(self, _: str) -> None:
        """Ask for the audit date, then lock the audit."""
        today, identity = self.desk.today, self.desk.identity
        means = summary_words.sign_off_words(self.rubric, self.state)
        self.talk.say("Sign off this audit?", means)
        typed = self.talk.ask(f"Enter for {show_date(today)}, or another date, or back:")
        if typed == "back" or identity is None:
            self.talk.say("Left as it was.")
            return
        day = parse_date(typed or "today", today=today)
        check_audit_date(day, today)
        reason = (
            Checked("") if day == today else checked_text(self.desk, lambda: self._why_another(day))
        )
        if reason is None:
            self.talk.say("Left as it was.")
            return
        why, actor = reason, identity.id

        def save() -> bool:
            event = sign(
                self.rubric, self.state, actor,
                audit_date=day, today=today, date_reason=why.text,
            )  # fmt: skip
            events = [event, *why.logged(self.state, "audit date", actor)]
            return self._save(events, "Signed off. It counts from now.")

        if until_done(self.talk, save):
            self.read("")

    def _why_another(self, day: date) -> str | None:
        return self.talk.text(
            f"Why {show_date(day)} and not today?",
            explanation=summary_words.WHY_ANOTHER_DAY,
            offers=summary_words.OTHER_DAYS,
        )

    def reopen(self, reason: str) -> None:
        """Reopen, with a reason."""
        identity = self.desk.somebody()
        if identity is None:
            return
        typed = iter([reason] if reason else [])

        def ask() -> str | None:
            asked = "Reopen this audit: why?"
            return next(typed, None) or self.talk.text(asked, explanation=summary_words.REOPEN)

        given = checked_text(self.desk, ask)
        if given is None:
            self.talk.say("Left as it was.")
            return
        said, actor = given, identity.id

        def save() -> bool:
            event = reopen(self.state, actor, said.text)
            events = [event, *said.logged(self.state, "reopening", actor)]
            return self._save(events, "Reopened. It does not count until it is signed off again.")

        until_done(self.talk, save)

    def keep(self, _: str) -> None:
        """Keep all that is offered unchanged and not decided yet."""
        identity, today = self.desk.identity, self.desk.today
        if identity is None or self._earlier is None:
            return
        count = len(still_offered(self.rubric, self.state, today))
        events = keep_all(self.rubric, self.state, self._earlier[0], identity.id, today)
        self._save(list(events), f"Kept {count} unchanged, with their evidence.")

    def first_gap(self, _: str) -> None:
        """Go to the first question that lacks something."""
        self._leave(Going(self._audit_id, "walk", self.summary.gaps[0].criterion))

    def walk(self, _: str) -> None:
        """Go to the questions."""
        self._leave(Going(self._audit_id, "walk", self._at))

    def re_audit(self, _: str) -> None:
        """Begin an audit of the same plan, with its facts."""
        facts = {**self.state.facts, "audit_reason": "re_audit"}
        audit_id = begin(self.desk, facts=facts, follows=self.state.id)
        if audit_id is not None:
            self._leave(Going(audit_id, "walk"))

    def back(self, _: str) -> None:
        """Go back to the walk it was come from, or home."""
        came_from_walk = self._at is not None and self.state.status == "draft"
        self._leave(Going(self._audit_id, "walk", self._at) if came_from_walk else None)

    def _leave(self, going: Going | None) -> None:
        self._staying, self._going = False, going

    def quit(self, _: str) -> None:
        """Leave the program."""
        raise Left


_DO: Final[Mapping[str, Callable[[AtSummary, str], None]]] = {
    "sign": AtSummary.sign,
    "first_gap": AtSummary.first_gap,
    "walk": AtSummary.walk,
    "reopen": AtSummary.reopen,
    "re_audit": AtSummary.re_audit,
    "keep": AtSummary.keep,
    "slip": AtSummary.slip,
    "answer": AtSummary.answer,
    "trail": AtSummary.trail,
    "before_after": AtSummary.before_after,
    "facts": AtSummary.facts,
    "report": AtSummary.report,
    "read": AtSummary.read,
    "back": AtSummary.back,
    "help": AtSummary.help,
    "quit": AtSummary.quit,
}
