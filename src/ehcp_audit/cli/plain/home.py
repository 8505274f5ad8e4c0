"""Home in lines: what waits, one letter to go on where you stopped, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ehcp_audit.auditing import progress, waiting
from ehcp_audit.auditing.waiting import FILTERS
from ehcp_audit.cli.plain import across, flags, rubrics, trends
from ehcp_audit.cli.plain.beginning import begin
from ehcp_audit.cli.plain.commands import HOME, converse
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.opening import open_audit
from ehcp_audit.cli.plain.question import note_words
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.rubric import AGENCY_LABELS
from ehcp_audit.reports.wording import counted
from ehcp_audit.settings.workspace import Workspace, example_beside
from ehcp_audit.store import AuditRow

_AT_ONCE: Final = 10


class Home:
    """The first prompt."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.talk = desk.talk
        self._filter = FILTERS[0]
        self._words = ""
        self._rows: tuple[AuditRow, ...] = ()
        self._said = 0  # how many of the list have been read out

    def run(self) -> None:
        """Ask what to do until the program is left."""
        self._greet()
        do: dict[str, Callable[[str], None]] = {
            "go_on": self.go_on,
            "begin": self.begin,
            "open": self.open,
            "list": self.say_list,
            "more": self.say_more,
            "find": self.find,
            "filter": self.filter,
            "across": self.across,
            "flags": self.flags,
            "trends": self.trends,
            "rubrics": self.rubrics,
            "who": self.who,
            "example": self.example,
        }
        converse(self.talk, "Home:", HOME, do, enter="list", number="open", why_not=self._why_not)

    def _greet(self) -> None:
        desk, who = self.desk, self.desk.identity
        self.talk.say("", f"ehcp-audit. {desk.team.name or desk.workspace.folder.name}.")
        if desk.banner:
            self.talk.say(desk.banner)
        if who is not None:
            self.talk.say(f"Working as {who.name}, {AGENCY_LABELS[who.agency]}.")
        self._say_what_waits()
        self.talk.say("list reads the audits out; ? says all commands.")

    def _say_what_waits(self) -> None:
        self._read()
        waits = self.desk.store.open_flags() if self.desk.store is not None else ()
        if waits:
            grave = sum(row.flag.blocks_sign_off for row in waits)
            said = f", {grave} of them safeguarding" if grave else ""
            self.talk.say(f"{counted(len(waits), 'open flag')}{said}. ! says them.")
        store = self.desk.store
        disputed = waiting.disputed_words(store.disputed_answers()) if store is not None else ""
        if disputed:
            self.talk.say(f"{disputed}.")
        if not self._rows and self._filter is FILTERS[0] and not self._words:
            self.talk.say("No audit yet. n starts one; e opens an example of made-up audits.")
        else:
            self._count()
        stopped = waiting.stopped(self.desk.store, self.desk.identity, self.desk.today)
        if stopped is not None:
            self._say_where(stopped)

    def _say_where(self, stopped: waiting.Stopped) -> None:
        """Say where the auditor stopped, with the last evidence."""
        question, written = stopped.question, stopped.written
        at = f"at “{question.title}”" if question else "where every question is decided"
        self.talk.say(f"c continues with {stopped.row.ref}, {at}.")
        if written is not None:
            on_it = written.criterion.title
            self.talk.say(f"Last evidence, on “{on_it}”: {note_words(written.note)}")

    def _read(self) -> None:
        desk = self.desk
        rows = waiting.listed(desk.store, self._filter, identity=desk.identity, text=self._words)
        self._rows = tuple(sorted(rows, key=lambda row: row.state != "draft"))

    def _count(self) -> None:
        drafts = sum(row.state == "draft" for row in self._rows)
        others = len(self._rows) - drafts
        word = "withdrawn" if self._filter.name == "withdrawn" else "finished"
        said = [f"{drafts:,} in progress"] if drafts else []
        said += [f"{others:,} {word}"] if others else []
        only = f" ({self._filter.name})" if self._filter is not FILTERS[0] else ""
        words = f" with “{self._words}”" if self._words else ""
        self.talk.say(f"Audits{only}{words}: {', '.join(said) or 'none'}.")

    def _why_not(self, name: str) -> str | None:
        desk = self.desk
        return waiting.why_not(name, desk.store, desk.identity, any_listed=bool(self._rows))

    def say_list(self, _: str) -> None:
        """Read the first ten audits out."""
        self._read()
        self._said = 0
        self._count()
        self.say_more("")

    def say_more(self, _: str) -> None:
        """Read the next ten audits out."""
        rows = self._rows[self._said : self._said + _AT_ONCE]
        if not rows:
            self.talk.say("There are no more.")
            return
        for number, row in enumerate(rows, start=self._said + 1):
            self.talk.say(f"{number}. {self._line(row)}")
        self._said += len(rows)
        if left := len(self._rows) - self._said:
            self.talk.say(f"{left:,} more: more reads on.")

    def _line(self, row: AuditRow) -> str:
        desk = self.desk
        rubric = desk.rubric_of(row.rubric_hash)
        if row.state == "draft":
            made = progress(rubric, desk.database().audit(row.id), desk.today)
            fix = f" {made.must_fix} must fix." if made.must_fix else ""
            changed = show_date(datetime.fromisoformat(row.changed_at).astimezone().date())
            how_far = f"{made.decided} of {made.applicable} decided.{fix}"
            return f"{row.ref}. {how_far} {rubric.name}. {row.auditor_name}, {changed}."
        grade = rubric.grade_label(row.grade) if row.grade else "Not graded"
        grade = "Withdrawn" if row.state == "withdrawn" else grade
        kind = show_fact(FACTS_BY_ID["plan_kind"], row.facts.get("plan_kind"))
        year = show_fact(FACTS_BY_ID["year_group"], row.facts.get("year_group"))
        again = ", again" if row.follows else ""
        day = f", {show_date(row.audit_date)}" if row.audit_date else ""
        return f"{row.ref}. {grade}. {kind}, {year}{again}. {row.auditor_name}{day}."

    def find(self, words: str) -> None:
        """List the audits that hold some words; none shows all again."""
        self._words = words or self.talk.ask("Reference, auditor or fact (Enter for all):")
        self.say_list("")

    def filter(self, _: str) -> None:
        """List the audits of a state."""
        offers = [Offer(each.name) for each in FILTERS]
        chosen = self.talk.choose("Which audits?", offers, FILTERS)
        if chosen is not None:
            self._filter = chosen
            self.say_list("")

    # ------------------------------------------------------------ doing

    def go_on(self, _: str) -> None:
        """Open my latest draft."""
        row = waiting.latest_draft(self.desk.store, self.desk.identity)
        if row is not None:
            self._open(row.id)

    def open(self, rest: str) -> None:
        """Open an audit by its number in the list, or its reference."""
        typed = rest or self.talk.ask("Number in the list, or reference:")
        if not typed:
            return
        if not self._said:
            self._read()
        if typed.isdigit() and 1 <= int(typed) <= len(self._rows):
            self._open(self._rows[int(typed) - 1].id)
            return
        named = [row for row in self._rows if row.ref.lower() == typed.lower()]
        if named:
            self._open(named[0].id)
        else:
            self.talk.cannot(f"“{typed}” is not in the list. list reads it out.")

    def begin(self, _: str) -> None:
        """Start an audit."""
        audit_id = begin(self.desk)
        if audit_id is not None:
            self._open(audit_id)

    def _open(self, audit_id: str) -> None:
        """Open a draft at its next question, another audit at its summary, and come home."""
        open_audit(self.desk, audit_id)
        self._come_home()

    def _come_home(self) -> None:
        self.talk.say("", "Home.")
        self._say_what_waits()

    def across(self, words: str) -> None:
        """Score one question on all my drafts, plan by plan."""
        across.run(self.desk, words)
        self._come_home()

    def flags(self, _: str) -> None:
        """Go to the flags."""
        flags.run(self.desk)

    def trends(self, _: str) -> None:
        """Say what the audits show."""
        trends.run(self.desk)

    def rubrics(self, _: str) -> None:
        """Go to the rubrics."""
        rubrics.run(self.desk)

    def who(self, _: str) -> None:
        """Change who is at the keyboard."""
        if self.desk.ask_who() is None:
            self.talk.say("Left as it was.")

    def example(self, _: str) -> None:
        """Make the example workspace beside this one, and open it."""
        from ehcp_audit.example import make_example  # noqa: PLC0415

        workspace = example_beside(self.desk.workspace)
        if not workspace.database.exists():
            self.talk.say("Making the example: 18 months of synthetic audits. It takes a moment.")
            make_example(workspace.folder, today=self.desk.today)
        self.enter(workspace)

    def enter(self, workspace: Workspace) -> None:
        """Leave this workspace and open another."""
        self.desk.open_workspace(workspace)
        self._filter, self._words, self._said = FILTERS[0], "", 0
        self._greet()
