"""The flags of the workspace in lines: what waits to be passed on, for whoever leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ehcp_audit.auditing.flag_words import answer_words
from ehcp_audit.cli.plain import flagging
from ehcp_audit.cli.plain.commands import FLAGS, converse
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.opening import open_audit
from ehcp_audit.domain.flags import FLAG_LABELS
from ehcp_audit.reports.wording import counted
from ehcp_audit.store import FlagRow


class Flags:
    """The flags at the prompt, safeguarding before the rest, the newest first."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.talk = desk.talk
        self._every = False
        self._rows: tuple[FlagRow, ...] = ()

    def run(self) -> None:
        """Say the flags and ask until they are left."""
        self.say_list("")
        do: dict[str, Callable[[str], None]] = {
            "answer": self.answer,
            "open": self.open,
            "every": self.every,
            "list": self.say_list,
        }
        converse(self.talk, "Flags:", FLAGS, do, enter="list", number="answer")

    def say_list(self, _: str) -> None:
        """Read the flags out."""
        store = self.desk.database()
        rows = store.flags() if self._every else store.open_flags()
        self._rows = tuple(sorted(rows, key=lambda row: not row.flag.blocks_sign_off))
        kind = "flag, answered or not" if self._every else "open flag"
        self.talk.say("", f"{counted(len(rows), kind)}." if rows else "No flag waits.")
        for number, row in enumerate(self._rows, start=1):
            self.talk.say(f"{number}. {' '.join(self._said(row))}")

    def _said(self, row: FlagRow) -> Iterator[str]:
        flag = row.flag
        yield f"{FLAG_LABELS[flag.kind].capitalize()}, {row.ref}."
        rubric = self.desk.rubric_of(row.rubric_hash)
        if flag.criterion is not None and rubric.has_criterion(flag.criterion):
            yield f"At {rubric.criterion(flag.criterion).title}."
        if flag.text:
            yield f"“{flag.text}”"
        yield f"{answer_words(flag)}. Raised by {row.raised_by_name}."

    def _chosen(self, typed: str) -> FlagRow | None:
        if not self._rows:
            self.talk.cannot("No flag waits for an answer.")
            return None
        typed = typed or (self.talk.ask("Number of the flag:") if len(self._rows) > 1 else "1")
        if typed.isdigit() and 1 <= int(typed) <= len(self._rows):
            return self._rows[int(typed) - 1]
        self.talk.cannot(f"Type a number from 1 to {len(self._rows)}.")
        return None

    def answer(self, number: str) -> None:
        """Answer a flag, or answer it anew."""
        row = self._chosen(number)
        if row is not None:
            flagging.answer(self.desk, row.audit_id, row.flag.id)

    def open(self, number: str) -> None:
        """Open the audit where a flag was raised."""
        row = self._chosen(number)
        if row is not None:
            open_audit(self.desk, row.audit_id, at=row.flag.criterion)

    def every(self, _: str) -> None:
        """Say those that are answered too, or only the open ones again."""
        self._every = not self._every
        self.say_list("")


def run(desk: Desk) -> None:
    """Go to the flags."""
    Flags(desk).run()
