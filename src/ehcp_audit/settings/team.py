"""What the team shares: `settings.toml` of the workspace, which names no person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ehcp_audit.domain.periods import Granularity
from ehcp_audit.domain.questions import Axis

if TYPE_CHECKING:
    from ehcp_audit.settings.workspace import Workspace


@dataclass(frozen=True)
class ReportDefaults:
    """What reports use where the command or the screen says nothing else.

    `min_n` is the smallest number of plans that a share is given for; under it reports say
    “too few to say”. `hide_up_to` is the largest count of children that a release hides: 5 hides
    1 to 5.
    """

    period: Granularity = "month"
    by: Axis = "audit"
    rubric: str | None = None
    min_n: int = 10
    hide_up_to: int = 5


@dataclass(frozen=True)
class Safeguarding:
    """Whom the area tells where a child may be at risk.

    `contacts` are the area's own lines, such as a front door's telephone, shown as they stand;
    `lead_role` is the role that is usually told.
    """

    contacts: tuple[str, ...] = ()
    lead_role: str = ""


@dataclass(frozen=True)
class TeamSettings:
    """The settings of a workspace; every one may be left out of the file.

    `teams`, `areas` and `writer_codes` are the codes those facts may take (empty: any code).
    `asks_writer` is whether the writer's code is asked at all. `required_facts` are facts that
    this team needs beyond those that every audit needs. `backlog` holds the first and last days of
    backlog pushes. `points_out_identifiers` is whether what looks like a name, a number or an
    address of a person is pointed out in free text.
    """

    name: str = ""
    teams: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    asks_writer: bool = False
    writer_codes: tuple[str, ...] = ()
    required_facts: tuple[str, ...] = ()
    backlog: tuple[tuple[date, date], ...] = ()
    points_out_identifiers: bool = True
    reports: ReportDefaults = field(default_factory=ReportDefaults)
    safeguarding: Safeguarding = field(default_factory=Safeguarding)

    def codes(self, fact_id: str) -> tuple[str, ...]:
        """Return the codes a fact may take; empty where the team has not listed any."""
        listed = {"team": self.teams, "area": self.areas, "writer": self.writer_codes}
        return listed.get(fact_id, ())


def team_settings(workspace: Workspace) -> TeamSettings:
    """Read `settings.toml`, or return the defaults if there is none.

    Raises `WorkspaceError` with file, line and the nearest valid name.
    """
    if not workspace.settings_file.exists():
        return TeamSettings()
    from ehcp_audit.settings.team_file import read_team_file  # noqa: PLC0415  (loads pydantic)

    return read_team_file(workspace.settings_file)
