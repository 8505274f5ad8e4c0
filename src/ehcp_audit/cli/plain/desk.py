"""What every prompt needs: the workspace, its database, who is at the keyboard, and a voice."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from ehcp_audit.cli.plain.talk import Offer, Talk
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.identity import Identity, parse_name
from ehcp_audit.domain.rubric import AGENCIES, AGENCY_LABELS, Rubric
from ehcp_audit.reports.wording import banner_of
from ehcp_audit.settings.person import (
    Person,
    new_auditor_id,
    person_file,
    read_person,
    write_person,
)
from ehcp_audit.settings.team import TeamSettings, team_settings
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Store

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present time in UTC; the default clock."""
    return datetime.now(UTC)


class Left(Exception):  # noqa: N818  (nothing is wrong: the person has said quit)
    """The program is to be left."""


class Desk:
    """The open workspace and the conversation about it."""

    def __init__(
        self, workspace: Workspace, talk: Talk, *, chosen: Identity | None, clock: Clock
    ) -> None:
        self.person: Person | None = read_person(person_file(os.environ))
        self.talk = talk
        self.clock = clock
        self._chosen = chosen
        self.store: Store | None = None
        self.open_workspace(workspace)

    def open_workspace(self, workspace: Workspace) -> None:
        """Leave the workspace that is open, if any, and open another."""
        self.close()
        self.workspace = workspace
        self.team: TeamSettings = team_settings(workspace)
        if workspace.database.exists():
            self.store = Store.open(workspace.database, clock=self.clock)

    def close(self) -> None:
        """Close the database."""
        if self.store is not None:
            self.store.close()
            self.store = None

    @property
    def today(self) -> date:
        """The local calendar date."""
        return self.clock().astimezone().date()

    @property
    def identity(self) -> Identity | None:
        """Who is at the keyboard, or None until they have said so."""
        if self._chosen is not None:
            return self._chosen
        return self.person.identity if self.person else None

    @property
    def banner(self) -> str:
        """What must not be overlooked about this database; empty for an ordinary one."""
        return banner_of(self.store)

    def database(self) -> Store:
        """Return the open database, making it on first use."""
        if self.store is None:
            self.store = Store.open_or_create(self.workspace.database, clock=self.clock)
        return self.store

    def rubric_of(self, rubric_hash: str) -> Rubric:
        """Return a rubric that audits here are pinned to."""
        return self.database().rubric(rubric_hash)

    def auditor_name(self, auditor_id: str) -> str:
        """Return an auditor's name, or the id where it is not known."""
        auditor = self.database().auditor(auditor_id)
        return auditor.name if auditor else auditor_id

    # ------------------------------------------------------------ who is at the keyboard

    def somebody(self) -> Identity | None:
        """Return who is at the keyboard, asking once where it is not known; None if not said."""
        return self.identity or self.ask_who()

    def ask_who(self) -> Identity | None:
        """Ask for name and agency, and keep them; None where it is given up."""
        talk, current = self.talk, self.identity
        talk.say(
            "Who is auditing?",
            "A name or initials stands on your audits. It is kept on this machine only.",
        )
        name = self._ask_name(current.name if current else "")
        if name is None:
            return None
        offers = [Offer(AGENCY_LABELS[agency]) for agency in AGENCIES]
        first = AGENCIES.index(current.agency) if current else 0
        agency = talk.choose("For which agency?", offers, AGENCIES, default=first)
        if agency is None:
            return None
        person = replace(self.person or Person(new_auditor_id()), name=name, agency=agency)
        try:
            write_person(person_file(os.environ), person)
        except AuditToolError as error:
            talk.not_done(error)
            return None
        self.person, self._chosen = person, None
        talk.say(f"Working as {name}, {AGENCY_LABELS[agency]}.")
        return self.identity

    def _ask_name(self, current: str) -> str | None:
        kept = f" (Enter keeps {current})" if current else " (Enter gives up)"
        while True:
            typed = self.talk.ask(f"Name or initials, such as KL{kept}:")
            if not typed or typed == "back":
                return current or None
            try:
                return parse_name(typed)
            except AuditToolError as error:
                self.talk.not_done(error)
