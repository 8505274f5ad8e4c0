"""The walk in lines: a question, an answer; every answer is on the disk before it says saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import wait
from typing import Final

from ehcp_audit.auditing import (
    AuditSession,
    Pending,
    next_unscored,
    walk_reasons,
    withdraw,
)
from ehcp_audit.auditing.across import next_plan
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.listing import (
    QuestionFilter,
    first_filter,
    listed,
    no_theme_beside,
    theme_beside,
    words_of,
)
from ehcp_audit.auditing.progress import last_written
from ehcp_audit.auditing.typed_notes import NoteText
from ehcp_audit.cli.plain import evidence, looking, marks, scoring
from ehcp_audit.cli.plain.commands import WALK, Typed, next_command
from ehcp_audit.cli.plain.desk import Desk, Left
from ehcp_audit.cli.plain.facts import change_audit_facts
from ehcp_audit.cli.plain.going import Going
from ehcp_audit.cli.plain.identifying import checked_text
from ehcp_audit.cli.plain.question import (
    heading,
    how_it_stands,
    number_of,
    read_question,
    why_we_ask,
)
from ehcp_audit.cli.plain.saving import save_typed
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.identity import NOBODY
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.rubric_versions import move, newest_version

WITHDRAWALS: Final = ("Wrong reference", "Begun twice", "Wrong rubric")


class Walk:
    """One audit open at the prompt; `at` is the id of the question in view."""

    def __init__(self, desk: Desk, come: Going) -> None:
        audit_id, at = come.audit_id, come.at
        self.desk = desk
        self.talk = desk.talk
        self.session = AuditSession(desk.database(), audit_id, desk.identity or NOBODY)
        own = first_filter(self.rubric, self.session.identity.agency)
        self.filter: QuestionFilter | None = None if at else own
        self._says_why = self.filter is not None  # to those who come twice a year
        self.at = at or self._first_open()
        last = last_written(self.rubric, self.session.state, desk.database().audit_events(audit_id))
        place = last.note if last is not None else None
        self.last_place = NoteText("", place.section, place.page) if place else NoteText()
        self.plans = come.plans
        self._in_view = ""  # the question that the person has just heard
        self._read = {self.at} if come.heard else set()  # those read out in full
        self._staying = True
        self._going: Going | None = None

    def _first_open(self) -> str:
        state, today = self.session.state, self.desk.today
        following = next_unscored(self.rubric, state, today, among=self.filter)
        return following or listed(self.rubric, state, self.filter, today)[0].id

    @property
    def rubric(self) -> Rubric:
        """The rubric the audit is pinned to."""
        return self.session.rubric

    @property
    def criterion(self) -> Criterion:
        """The question in view."""
        return self.rubric.criterion(self.at)

    def run(self, *, opened: bool) -> Going | None:
        """Walk until the audit is left; returns where to go then, None for home.

        `opened` is whether the audit is opened by this, and not come back to.
        """
        if opened:
            self._open()
        if opened and not self.plans:
            evidence.bring_back(self)
        while self._staying:
            self._bring_into_view()
            prompt = f"{self.criterion.title}, answer:"
            typed = next_command(self.talk, prompt, WALK, enter="read", number="score")
            try:
                self.do(typed)
            except AuditToolError as error:
                self.talk.not_done(error)
        return self._going

    def _open(self) -> None:
        self.talk.say("", f"{self.session.state.plan_ref}. {self.rubric.name}.")
        looking.say_filter(self)
        if reason := walk_reasons.readers_reason(self.session):
            self.talk.say(f"Reading only. {reason}")

    def _bring_into_view(self) -> None:
        """Read a question out when it is come to: in full the first time, then in short."""
        if self.at == self._in_view:
            return
        if self.at not in self._read:
            self.read("")
            return
        self._in_view = self.at
        state, today = self.session.state, self.desk.today
        self.talk.say(
            "",
            heading(self.rubric, self.criterion, state, today),
            *how_it_stands(self.rubric, self.criterion, state, today),
        )

    def read(self, _: str) -> None:
        """Read the question in view out in full."""
        self._in_view = self.at
        self._read.add(self.at)
        state, today = self.session.state, self.desk.today
        self.talk.say(*read_question(self.rubric, self.criterion, state, today))
        if self._says_why:
            self.talk.say(*why_we_ask(self.rubric, self.criterion))

    # ------------------------------------------------------------ doing

    def do(self, typed: Typed) -> None:
        """Do a command, or say why not."""
        name = typed.command.name
        if name == "next_unscored" and self.filter is not None and self.next_open() is None:
            self.talk.cannot(f"Nothing is undecided of {words_of(self.rubric, self.filter)}.")
        elif reason := walk_reasons.why_not(name, self.session, self.at, self.desk.today):
            self.talk.cannot(reason)
        else:
            _DO[name](self, typed.rest)

    # ------------------------------------------------------------ saving

    def save(self, event: NewEvent, said: str, *, forget_drafts: tuple[str, ...] = ()) -> None:
        """Commit an act, then say so; raises the told error where it was refused."""
        self.settle(self.session.submit(event, forget_drafts=forget_drafts))
        self.talk.say(f"Saved. {said}")

    def log(self, said: Checked, field: str) -> None:
        """Log what was decided about words that looked like identifiers, if anything was."""
        for event in said.logged(self.session.state, field, self.session.identity.id):
            self.settle(self.session.submit(event))

    def settle(self, pending: Pending) -> None:
        """Wait for an act to be committed; raises the told error where it was refused."""
        wait([pending.future])
        error = self.session.confirm(pending)
        if error is not None:
            raise error

    # ------------------------------------------------------------ moving

    def go_to(self, criterion_id: str) -> None:
        """Put a question in view; it is read out before the next prompt."""
        self.at = criterion_id

    def show(self, criterion_id: str) -> None:
        """Put a question in view, and say how it stands now."""
        self.at, self._in_view = criterion_id, ""

    def go(self, rest: str) -> None:
        """Go to a question by its number."""
        count = len(self.rubric.criteria)
        if not rest.isdigit() or not 1 <= int(rest) <= count:
            self.talk.cannot(f"Type # and a number from 1 to {count}, such as #2.")
            return
        self.go_to(self.rubric.criteria[int(rest) - 1].id)

    def step(self, by: int) -> None:
        """Go some questions on, or back; across plans, some plans."""
        if self.plans:
            place = self.plans.index(self.session.audit_id) + by
            self._to_plan(self.plans[place % len(self.plans)])
            return
        place = number_of(self.rubric, self.criterion) - 1 + by
        if not 0 <= place < len(self.rubric.criteria):
            self.talk.cannot(f"This is the {'last' if by > 0 else 'first'} question.")
            return
        self.go_to(self.rubric.criteria[place].id)

    def theme(self, step: int) -> None:
        """Go to the first question of the next theme gone through, or of the theme before."""
        among = listed(self.rubric, self.session.state, self.filter, self.desk.today)
        found = theme_beside(self.rubric, among, self.at, step)
        if found is None:
            self.talk.cannot(no_theme_beside(step))
        else:
            self.go_to(found)

    def next_open(self) -> str | None:
        """Return the next undecided question of those gone through, or None."""
        state, today = self.session.state, self.desk.today
        return next_unscored(self.rubric, state, today, after=self.at, among=self.filter)

    def go_on(self) -> None:
        """Go to the next undecided question of those gone through; stay where there is none.

        Across plans, go to the next plan where this question is undecided.
        """
        if not self.plans:
            self.go_to(self.next_open() or self.at)
            return
        store, at = self.desk.database(), self.session.audit_id
        states = [store.audit(audit_id) for audit_id in self.plans]
        self._to_plan(next_plan(states, self.criterion, self.desk.today, after=at) or at)

    def _to_plan(self, audit_id: str) -> None:
        if audit_id != self.session.audit_id:
            self._going, self._staying = (
                Going(audit_id, "walk", self.at, self.plans, heard=True),
                False,
            )

    # ------------------------------------------------------------ reading and leaving

    def facts(self, _: str) -> None:
        """Look at the facts, and change them where the audit is mine."""
        change_audit_facts(self)
        self._in_view = ""

    def summary(self, _: str) -> None:
        """Go to the summary."""
        self._going = Going(self.session.audit_id, "summary", self.at)
        self._staying = False

    def move_version(self, _: str) -> None:
        """Move the draft to the newest frozen version of its rubric, where nothing is lost."""
        store, session = self.desk.database(), self.session
        newest = newest_version(store, self.rubric)
        if newest is None:
            self.talk.say(f"{self.rubric.name} is the newest version.")
            return
        move(store, session.audit_id, newest, session.identity, today=self.desk.today)
        self.talk.say(f"Saved. Moved to {newest.name}; everything the audit held is kept.")
        self.session = AuditSession(store, session.audit_id, session.identity)
        self.filter = None
        self.go_to(self._first_open())

    def withdraw(self, _: str) -> None:
        """Withdraw the draft, with a reason, and go home."""

        def ask() -> str | None:
            return self.talk.text(
                "Withdraw this draft: why?",
                explanation="For an audit begun by mistake. It stays in the record, uncounted.",
                offers=WITHDRAWALS,
            )

        given = checked_text(self.desk, ask)
        if given is None:
            self.talk.say("Left as it was.")
            return
        session, why = self.session, given.text
        said = "Withdrawn. It stays in the record and never counts."
        if save_typed(self, lambda: withdraw(session.state, session.identity.id, why), said):
            self.log(given, "withdrawal")
            self._staying = False

    def leave(self, _: str) -> None:
        """Go home."""
        self._staying = False

    def quit(self, _: str) -> None:
        """Leave the program."""
        raise Left


_DO: Final[Mapping[str, Callable[[Walk, str], None]]] = {
    "evidence": evidence.write,
    "edit_note": evidence.edit,
    "score": scoring.level,
    "not_applicable": scoring.not_applicable,
    "not_evidenced": scoring.not_evidenced,
    "unscore": scoring.unscore,
    "keep_before": scoring.keep_before,
    "use_phrase": marks.use_phrase,
    "keep_phrase": marks.keep,
    "cause": marks.cause,
    "exemplar": marks.exemplar,
    "flag": marks.flag,
    "next_flagged": marks.next_flagged,
    "hand_over": marks.hand,
    "undo": scoring.undo,
    "redo": scoring.redo,
    "find": looking.find,
    "filter": looking.list_only,
    "go": Walk.go,
    "next_unscored": lambda walk, _: walk.go_on(),
    "down": lambda walk, _: walk.step(1),
    "up": lambda walk, _: walk.step(-1),
    "next_theme": lambda walk, _: walk.theme(1),
    "previous_theme": lambda walk, _: walk.theme(-1),
    "list": looking.say_list,
    "read": Walk.read,
    "facts": Walk.facts,
    "why": looking.why,
    "history": looking.history,
    "summary": Walk.summary,
    "move_version": Walk.move_version,
    "withdraw": Walk.withdraw,
    "back": Walk.leave,
    "help": looking.help_with,
    "quit": Walk.quit,
}
