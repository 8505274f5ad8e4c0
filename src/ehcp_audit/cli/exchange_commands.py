"""Commands that bring audits in, write them out and copy the database: import, export, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ehcp_audit.cli.figure_commands import import_counts
from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import force_option
from ehcp_audit.cli.printing import say, warn
from ehcp_audit.reports.files import check_output

if TYPE_CHECKING:
    from ehcp_audit.exchange import Imported
    from ehcp_audit.store import Store

_FILE = click.Path(path_type=Path)


@click.group("import")
def bring_in() -> None:
    """Bring audits in from a table."""


@click.group("export")
def write_out() -> None:
    """Write audits to a table."""


@bring_in.command("audits")
@click.argument("file", metavar="FILE.csv", type=_FILE)
@click.option(
    "--skip-bad",
    is_flag=True,
    help="Leave out audits with bad rows; their rows are written to FILE.skipped.csv.",
)
@pass_invocation
def import_audits(invocation: Invocation, file: Path, skip_bad: bool) -> None:
    """Bring in audits, a row a score.

    docs/import-export.md describes the table.

    All of them come in or none, unless --skip-bad is given. An audit that is here already with
    the same content is left alone.
    """
    path = invocation.workspace().database
    if path.exists():
        with invocation.store() as store:
            done = _bring_in(invocation, store, file, skip_bad=skip_bad)
    else:
        done = _bring_into_new(invocation, path, file, skip_bad=skip_bad)
    say(f"{_counted(done.audits, 'audit')} brought in, with {_counted(done.scores, 'score')}.")
    if done.already_here:
        say(f"{_counted(done.already_here, 'audit')} already here, with the same content.")
    if done.joined:
        say(f"New auditors: {', '.join(done.joined)}.")
    if done.ruled_out:
        say(
            f"{_counted(done.ruled_out, 'level')} kept but not counted, because the facts say that "
            "the question does not arise."
        )
    if done.skipped_file:
        warn(
            f"{_counted(done.skipped_audits, 'audit')} left out; "
            f"their rows are in {done.skipped_file}:"
        )
        for problem in done.problems[:20]:
            warn(f"  {problem}")


def _bring_in(invocation: Invocation, store: Store, file: Path, *, skip_bad: bool) -> Imported:
    from ehcp_audit.exchange import import_audits as bring_audits_in  # noqa: PLC0415
    from ehcp_audit.rubric_files import list_rubrics  # noqa: PLC0415

    kept = {version.hash for version in store.rubric_versions()}
    rubrics = []
    for entry in list_rubrics(
        invocation.workspace().rubrics,
        known=lambda digest: store.rubric(digest) if digest in kept else None,
    ):
        if entry.file is not None:
            rubrics.append((entry.file.rubric, entry.file.text))
        else:
            warn(f"{entry.path.name} is left aside: it cannot be used as a rubric.")
    identity = invocation.identity(store)
    return bring_audits_in(
        store, file, rubrics, identity, today=invocation.today(), skip_bad=skip_bad
    )


def _bring_into_new(invocation: Invocation, path: Path, file: Path, *, skip_bad: bool) -> Imported:
    """Make the database and bring audits in; if they cannot come in, no database is left behind."""
    from ehcp_audit.store import Store  # noqa: PLC0415

    invocation.identity(None)
    try:
        with Store.create(path) as store:
            return _bring_in(invocation, store, file, skip_bad=skip_bad)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


bring_in.add_command(import_counts)


@write_out.command("audits")
@click.argument("file", metavar="FILE.csv", type=_FILE)
@force_option
@pass_invocation
def export_audits(invocation: Invocation, file: Path, force: bool) -> None:
    """Write every audit, a row a score.

    docs/import-export.md describes the table.

    The file holds facts and evidence about children: keep it as safe as the plans.
    """
    from ehcp_audit.exchange import export_audits as write_audits_out  # noqa: PLC0415

    check_output(file, invocation.workspace(), force=force)
    with invocation.store() as store:
        done = write_audits_out(store, file, overwrite=force)
    say(f"{_counted(done.audits, 'audit')} written to {file}, {_counted(done.rows, 'row')}.")


@click.command()
@click.argument("file", metavar="FILE", type=_FILE)
@pass_invocation
def backup(invocation: Invocation, file: Path) -> None:
    """Make a verified copy of the database.

    FILE must be new. Copying audits.db by other means while somebody works may give a damaged copy.
    """
    with invocation.store() as store:
        store.backup(file)
    say(f"Copied to {file} and verified.")


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
