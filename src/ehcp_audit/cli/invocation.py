"""What every command is given: the options before it, the day, and where to find things."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ehcp_audit.domain.identity import Identity
    from ehcp_audit.reports.model import Report
    from ehcp_audit.settings.workspace import Workspace
    from ehcp_audit.store import Store


# Opens the screens: the workspace, whom --auditor named, and --debug; returns the exit code.
OpenScreens = Callable[["Workspace", "Identity | None", bool], int]


def local_day() -> date:
    """Return the local calendar date; the default clock of the commands."""
    return datetime.now().astimezone().date()


@dataclass
class Invocation:
    """One run of the command.

    A replay reads from `past` in place of the workspace's database, and may take the reports
    instead of having them printed.
    """

    workspace_option: str | None = None
    auditor_option: str | None = None
    debug: bool = False
    today: Callable[[], date] = local_day
    open_screens: OpenScreens | None = None
    dumb_terminal: bool = False
    past: Store | None = None
    taken: list[Report] | None = None

    def workspace(self) -> Workspace:
        """Return the workspace that the options, the environment or the current folder name."""
        from ehcp_audit.settings.workspace import find_workspace  # noqa: PLC0415

        return find_workspace(self.workspace_option, environment=os.environ, current=Path.cwd())

    def store(self) -> Store:
        """Open the workspace's database; raises `DatabaseError` where there is none to use."""
        from ehcp_audit.store import Store  # noqa: PLC0415

        return self.past or Store.open(self.workspace().database)

    def identity(self, store: Store | None) -> Identity:
        """Return who is at the keyboard; raises `IdentityError` naming `ehcp-audit me`."""
        return self._named(store, self.auditor_option)

    def named(self, store: Store, name: str) -> Identity:
        """Return an auditor known here, or whoever is at the keyboard, by name, initials or id."""
        from ehcp_audit.domain.errors import IdentityError  # noqa: PLC0415

        if not name.strip():
            what = "No auditor is named."
            raise IdentityError(what, "Give a name, initials or an id.")
        return self._named(store, name)

    def _named(self, store: Store | None, name: str | None) -> Identity:
        from ehcp_audit.domain.identity import Identity  # noqa: PLC0415
        from ehcp_audit.settings.identity import identify  # noqa: PLC0415
        from ehcp_audit.settings.person import person_file, read_person  # noqa: PLC0415

        auditors = store.auditors() if store else ()
        return identify(
            name,
            environment=os.environ,
            person=read_person(person_file(os.environ)),
            known=[Identity(each.id, each.name, each.agency) for each in auditors],
        )

    def wants_plain(self) -> bool:
        """Whether line prompts open at this terminal in place of the screens."""
        from ehcp_audit.settings.person import (  # noqa: PLC0415
            person_file,
            prefers_plain,
            read_person,
        )

        if self.dumb_terminal:
            return True
        return self.open_screens is not None and prefers_plain(
            os.environ, read_person(person_file(os.environ))
        )

    @property
    def names_auditor(self) -> bool:
        """Whether --auditor or the environment names somebody."""
        from ehcp_audit.settings.identity import AUDITOR_VARIABLE  # noqa: PLC0415

        return bool(self.auditor_option or os.environ.get(AUDITOR_VARIABLE))


pass_invocation = click.make_pass_decorator(Invocation)
