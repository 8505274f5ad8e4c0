"""The overview of a workspace: what a bare `ehcp-audit` prints where there is no terminal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from ehcp_audit.auditing.waiting import disputed_words
from ehcp_audit.cli.invocation import Invocation
from ehcp_audit.cli.printing import say
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.flags import FLAG_KINDS, FLAG_LABELS
from ehcp_audit.reports.wording import SYNTHETIC
from ehcp_audit.store import AuditQuery, AuditRow, Store

_LAST: Final = 5
_STATES: Final = {"draft": "in progress", "signed": "signed off", "withdrawn": "withdrawn"}


def show_overview(invocation: Invocation) -> None:
    """Print the workspace's name, its audits by state, the last of them, and what to do next."""
    from ehcp_audit.settings.team import team_settings  # noqa: PLC0415

    workspace = invocation.workspace()
    settings = team_settings(workspace)
    say(f"{settings.name or workspace.folder.name}: {workspace.folder}")
    rubrics = sorted(path.name for path in workspace.rubrics.glob("*.toml"))
    if not workspace.database.exists():
        say("No audit has been made here yet.")
    else:
        with invocation.store() as store:
            _show_audits(store)
    say(f"Rubrics: {', '.join(rubrics) if rubrics else 'none'}")
    say()
    say("Next: `ehcp-audit` in a terminal opens the screens, to audit a plan or go on with one.")
    for command, purpose in _commands(workspace.database):
        say(f"      `ehcp-audit {command}` {purpose}.")


def _show_audits(store: Store) -> None:
    if store.synthetic:
        say(SYNTHETIC)
    counts = store.count_by_state()
    parts = [f"{counts[state]:,} {word}" for state, word in _STATES.items() if counts.get(state)]
    say(f"Audits: {', '.join(parts) if parts else 'none yet'}")
    for line in _flags(store):
        say(line)
    disputed = disputed_words(store.disputed_answers())
    if disputed:
        say(f"To be looked at again: {disputed}")
    for row in store.audits(AuditQuery(limit=_LAST)):
        say(f"  {_line(store, row)}")


def _flags(store: Store) -> list[str]:
    """Return a line on the flags that wait for an answer, safeguarding first; none for none."""
    kinds = Counter(row.flag.kind for row in store.open_flags())
    parts = [f"{kinds[kind]:,} {FLAG_LABELS[kind]}" for kind in FLAG_KINDS if kinds[kind]]
    return [f"Flags not answered: {', '.join(parts)} (`ehcp-audit report flags`)"] if parts else []


def _line(store: Store, row: AuditRow) -> str:
    if row.state == "draft":
        said = "in progress"
    else:
        rubric = store.rubric(row.rubric_hash)
        said = rubric.grade_label(row.grade) if row.grade else "no grade"
    day = f", {show_date(row.audit_date)}" if row.audit_date else ""
    return f"{row.ref}  {said}{day}, by {row.auditor_name}"


def _commands(database: Path) -> list[tuple[str, str]]:
    if database.exists():
        return [
            ("report trends", "prints what the audits say"),
            ("export audits FILE.csv", "writes them to a table"),
            ("backup FILE", "makes a verified copy"),
        ]
    return [
        ("import audits FILE.csv", "brings audits in from a table"),
        ("example", "makes a workspace of made-up audits to look at"),
    ]
