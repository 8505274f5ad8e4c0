"""Commands that set things up and say where they are: init, example, me, locate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.printing import say

_SETTINGS: Final = """\
# What this team shares. Every line may be left out; take the # away to set one.
# docs: ehcp-audit, docs/commands.md, "settings.toml".

# name = "Northshire SEND"
# teams = ["Team A", "Team B"]
# areas = ["North", "South"]
# required_facts = ["team"]

# [[backlog]]          # plans drafted in such a push are offered as of the backlog
# from = 2025-01-06
# to = 2025-06-30

# [privacy]
# point_out_identifiers = true

# [writers]
# asked = false
# codes = []

# [reports]
# period = "month"     # month, quarter, term or year
# by = "audit"         # the date of the audit, or of the plan
# rubric = "peer-findings"
# min_n = 10           # a share of fewer plans is marked "too few to say"

# [safeguarding]        # shown where a safeguarding flag is raised
# contacts = ["Front door: 01234 567890, out of hours 01234 567891"]
# lead_role = "Designated safeguarding lead"
"""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a workspace in DIR, with the shipped rubrics.

    In a workspace that is there already it adds what is missing and overwrites nothing.
    """
    from ehcp_audit.domain.errors import WorkspaceError  # noqa: PLC0415
    from ehcp_audit.files import copy_new, write_whole  # noqa: PLC0415
    from ehcp_audit.rubric_files import shipped_files  # noqa: PLC0415
    from ehcp_audit.settings.workspace import Workspace  # noqa: PLC0415

    if folder.exists() and not folder.is_dir():
        what = f"{folder} is a file."
        raise WorkspaceError(what, "Name a folder.", title="No workspace was made")
    workspace = Workspace(folder.resolve())
    shipped = shipped_files()
    copied = copy_new(shipped, workspace.rubrics)
    if not os.path.lexists(workspace.settings_file):
        write_whole(workspace.settings_file, _SETTINGS, private=False)
        copied = (*copied, workspace.settings_file)
    say(f"Workspace {workspace.folder}")
    for path in (*(workspace.rubrics / each.name for each in shipped), workspace.settings_file):
        done = "made" if path in copied else "there already, kept as it is"
        say(f"  {path.relative_to(workspace.folder)}: {done}")
    say("Open it with: ehcp-audit --workspace DIR, or `ehcp-audit` in that folder.")


@click.command()
@click.argument(
    "folder", metavar="[DIR]", default="example-workspace", type=click.Path(path_type=Path)
)
@pass_invocation
def example(invocation: Invocation, folder: Path) -> None:
    """Make a workspace of made-up audits.

    Eighteen months of audits in DIR (default example-workspace), marked as synthetic on every
    screen and page. DIR must be new or empty.
    """
    from ehcp_audit.example import make_example  # noqa: PLC0415

    made = make_example(folder, today=invocation.today())
    say(f"{made.signed} made-up audits, and {made.others} unfinished or withdrawn, in {folder}")
    say(f"Look at them: ehcp-audit --workspace {folder}")
    say(f"Their trend:  ehcp-audit --workspace {folder} report trends")


@click.command()
@click.option("--name", metavar="NAME", help="Your name or initials.")
@click.option("--agency", metavar="AGENCY", help="education, health or social_care.")
@click.option(
    "--plain/--screens", "plain", default=None, help="Line prompts in place of the screens, or not."
)
@click.option(
    "--letters",
    type=click.Choice(("on", "off")),
    help="Whether single letters do something on the screens, or only after Ctrl+G.",
)
def me(name: str | None, agency: str | None, plain: bool | None, letters: str | None) -> None:
    """Show or set who audits here, and how.

    The options set it. It is kept in your own settings, outside any workspace; your login name
    is never read.
    """
    from ehcp_audit.settings.person import (  # noqa: PLC0415
        PLAIN,
        introduce,
        person_file,
        read_person,
    )

    path = person_file(os.environ)
    if name is None and agency is None and plain is None and letters is None:
        person = read_person(path)
    else:
        front = None if plain is None else PLAIN if plain else ""
        person = introduce(path, name=name, agency=agency, front=front, letters=letters)
    if person is not None and person.front == PLAIN:
        say("Line prompts open in place of the screens.")
    if person is None or not person.name:
        say("Nobody has been named yet: ehcp-audit me --name KL --agency education")
        return
    say(f"Working as {person.name}, {(person.agency or 'education').replace('_', ' ')}")
    say(f"Auditor id {person.auditor_id}, kept in {path}")
    if person.letters == "off":
        say("On the screens, single letters are off: Ctrl+G comes first.")


@click.command()
@pass_invocation
def locate(invocation: Invocation) -> None:
    """Show where things are kept."""
    from ehcp_audit.domain.errors import WorkspaceError  # noqa: PLC0415
    from ehcp_audit.rubric_files import shipped_rubrics  # noqa: PLC0415
    from ehcp_audit.settings.person import person_file  # noqa: PLC0415

    try:
        workspace = invocation.workspace()
    except WorkspaceError as error:
        say(f"Workspace        none: {error.sentences}")
    else:
        say(f"Workspace        {workspace.folder}")
        say(f"Database         {_place(workspace.database, 'made on first use')}")
        say(f"Rubrics          {_place(workspace.rubrics, 'none yet')}")
        say(f"Team's settings  {_place(workspace.settings_file, 'none: the defaults apply')}")
    say(f"Own settings     {_place(person_file(os.environ), 'made on first use')}")
    say(f"Shipped rubrics  {shipped_rubrics()}")


def _place(path: Path, absent: str) -> str:
    return str(path) if path.exists() else f"{path} ({absent})"
