"""Pages about one audit read out in lines: its report, trail, before and after, and the slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from ehcp_audit.auditing.answering import STAYS_OPEN, answer_slip
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.slip import PEN, make_slip, next_party, set_slip, toggled, why_not
from ehcp_audit.cli.plain.commands import PAGE, SLIP, Command, Typed, next_command, said_of
from ehcp_audit.cli.plain.desk import Desk, Left
from ehcp_audit.cli.plain.identifying import checked_text
from ehcp_audit.cli.plain.reading import read_report
from ehcp_audit.cli.plain.saving import until_done
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.audit import PARTIES, WRITER, SlipSaid
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import AGENCY_LABELS
from ehcp_audit.reports.files import write_named
from ehcp_audit.reports.lines import render_lines
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.one_audit import slip_file_name, slip_of

Doing = Callable[[str], None]
_FILE: Final = "The ending of the name says the format: .txt, .md, .html, .pdf or .json."


def whose(party: str) -> str:
    """Return the words for who answers on a slip."""
    return AGENCY_LABELS.get(party, "the plan's writer")


def choose_party(desk: Desk) -> str | None:
    """Ask whose answer it is; None gives it up."""
    offers = [Offer(whose(party)) for party in PARTIES]
    return desk.talk.choose("Whose answer?", offers, PARTIES)


def ask_answer(desk: Desk, audit_id: str, party: str) -> None:
    """Ask what a party answered and whether it disputes the audit, and keep it."""
    talk, identity = desk.talk, desk.somebody()
    if identity is None:
        return
    store = desk.database()
    given = checked_text(
        desk,
        lambda: talk.text(
            f"What did {whose(party)} answer?",
            explanation="It stands on the slip and in the trail, and changes no score.",
        ),
    )
    if given is None:
        talk.say("Left as it was.")
        return
    talk.say(STAYS_OPEN)
    disputed, me = talk.agree("Do they dispute the audit?"), identity

    def write() -> bool:
        state = store.audit(audit_id)
        event = answer_slip(state, party, me.id, text=given.text, on=desk.today, disputed=disputed)
        events = [*joining(store, me), event, *given.logged(state, "answer", me.id)]
        store.write(events, expects={event.subject: state.rev})
        talk.say(f"Saved. Kept: the answer of {whose(party)}.")
        return True

    until_done(talk, write)


class AtPage:
    """One page at the prompt: read out, and written to a file if wanted."""

    def __init__(
        self,
        desk: Desk,
        make: Callable[[], Report],
        file_name: Callable[[], str],
        *,
        table: tuple[Command, ...] = PAGE,
        more: Mapping[str, Doing] | None = None,
        why_not: Callable[[str], str | None] = lambda _: None,
        in_parts: bool = True,
    ) -> None:
        self.desk = desk
        self._in_parts = in_parts
        self._make = make
        self._file_name = file_name
        self._table = table
        self._why_not = why_not
        self._doing: Mapping[str, Doing] = {
            "read": self.read,
            "write": self.write,
            "back": self.back,
            "help": self.help,
            "quit": self.quit,
            **(more or {}),
        }
        self._staying = True

    def run(self) -> None:
        """Read the page out and ask until it is left."""
        self.read("")
        while self._staying:
            typed = next_command(self.desk.talk, "Page:", self._table, enter="read")
            try:
                self.do(typed)
            except AuditToolError as error:
                self.desk.talk.not_done(error)

    def do(self, typed: Typed) -> None:
        """Do a command, or say why not."""
        if reason := self._why_not(typed.command.name):
            self.desk.talk.cannot(reason)
        else:
            self._doing[typed.command.name](typed.rest)

    def read(self, _: str) -> None:
        """Read the page out, in parts where it is long."""
        if self._in_parts:
            read_report(self.desk.talk, self._make())
        else:
            self.desk.talk.say(*render_lines(self._make()).splitlines())

    def write(self, name: str) -> None:
        """Write the page to a file in the workspace, in the format that its name ends in."""
        talk = self.desk.talk
        offered = f"{self._file_name()}.txt"
        given: str | None = name or talk.text(
            "Write it to which file?", explanation=_FILE, value=offered
        )
        if given is None:
            talk.say("Left as it was.")
            return
        path = write_named(self._make(), given, self.desk.workspace)
        talk.say(f"Written to {path}")

    def back(self, _: str) -> None:
        """Go back to the summary."""
        self._staying = False

    def help(self, _: str) -> None:
        """Say what can be typed."""
        self.desk.talk.say(*said_of(self._table))

    def quit(self, _: str) -> None:
        """Leave the program."""
        raise Left


class AtSlip:
    """The feedback slips of one audit at the prompt, one party at a time."""

    def __init__(self, desk: Desk, audit_id: str) -> None:
        self.desk = desk
        self._audit_id = audit_id
        self._party = WRITER
        self._page = AtPage(
            desk,
            self._made,
            lambda: self._file_name,
            table=SLIP,
            more={"party": self.party, "due": self.due, "pen": self.pen, "answer": self.answer},
            why_not=lambda name: why_not(name, self._slip),
            in_parts=False,
        )

    def run(self) -> None:
        """Read the writer's slip out and ask until the slips are left."""
        self._page.run()

    def _made(self) -> Report:
        desk, store = self.desk, self.desk.database()
        self._state = state = store.audit(self._audit_id)
        self._rubric = store.rubric(state.rubric_hash)
        self._slip = make_slip(self._rubric, state, self._party, desk.today)
        self._file_name = slip_file_name(state, self._party)
        return slip_of(store, state, party=self._party, today=desk.today, team=desk.team.name)

    def _say(self, said: SlipSaid) -> None:
        """Keep what is said for the slips, and read the slip anew."""
        identity = self.desk.somebody()
        if identity is None:
            return
        store, state = self.desk.database(), self._state
        event = set_slip(self._rubric, state, said, identity.id, today=self.desk.today)
        if event is not None:
            store.write([*joining(store, identity), event], expects={event.subject: state.rev})
            self.desk.talk.say("Saved.")
        self._page.read("")

    def party(self, _: str) -> None:
        """Read the next party's slip out."""
        self._party = next_party(self._party)
        self._page.read("")

    def due(self, typed: str) -> None:
        """Take the day by which a draft plan is to be put right; none leaves a line for it."""
        given = typed or self.desk.talk.ask("Put right by when? A date, or Enter for none:")
        due = parse_date(given, today=self.desk.today) if given else None
        self._say(replace(self._state.slip, due=due))

    def pen(self, _: str) -> None:
        """Ask which point is a slip of the pen, or is none after all."""
        points = self._slip.points
        offers = [
            Offer(point.title, "slip of the pen" if point.id in self._state.slip.pen else "")
            for point in points
        ]
        chosen = self.desk.talk.choose(
            "Which is only a slip of the pen?", offers, points, explanation=PEN
        )
        if chosen is not None:
            before = self._state.slip
            self._say(replace(before, pen=toggled(before.pen, chosen.id)))

    def answer(self, _: str) -> None:
        """Keep what this slip's party answered."""
        ask_answer(self.desk, self._audit_id, self._party)
