"""Where a command's output goes: standard output, or a file that is never overwritten unasked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ehcp_audit.cli.invocation import Invocation
from ehcp_audit.cli.printing import emit, emit_bytes, has_dots, pass_by, say
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.files import NameTakenError
from ehcp_audit.reports.files import check_output, write_file
from ehcp_audit.reports.writing import BINARY, FORMATS, format_of_name, write
from ehcp_audit.settings.workspace import Workspace

if TYPE_CHECKING:
    from ehcp_audit.reports.model import Report

_LONG = 0.5  # seconds after which somebody who waits wants to know
_Command = TypeVar("_Command", bound=Callable[..., Any])

output_option = click.option(
    "--output",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to a new file.",
)
_format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="By default as the file's name ends, else text.",
)


@dataclass(frozen=True)
class Output:
    """What the options of a report command ask for: a format, a file or none, and --force."""

    form: str
    path: Path | None
    force: bool

    def check(self, workspace: Workspace) -> None:
        """Refuse, before anything is worked out, what could not be written in the end."""
        if self.path is not None:
            check_output(self.path, workspace, force=self.force)
        elif self.form in BINARY and sys.stdout.isatty():
            what = f"{self.form} is not for a terminal."
            step = f"Name a file: --output NAME.{self.form}"
            raise UsageError(what, step, title="Nothing was printed")

    def deliver(self, report: Report, workspace: Workspace) -> None:
        """Write the report in the format asked for, and print it or put it into the file."""
        invocation = click.get_current_context().find_object(Invocation)
        if invocation is not None and invocation.taken is not None:
            invocation.taken.append(report)
            return
        waiting = _Waiting()
        on_screen = self.path is None and sys.stdout.isatty()
        written = write(
            report,
            self.form,
            styled=on_screen and os.environ.get("TERM") != "dumb",
            dots=self.path is not None or has_dots(),
            progress=waiting.tell,
        )
        waiting.clear()
        put(written, self.path, workspace, force=self.force)


@dataclass
class _Waiting:
    """Tells on a line of its own how far a writing is, once it has taken over half a second."""

    begun: float = field(default_factory=monotonic)
    told: bool = False

    def tell(self, done: int, of: int) -> None:
        """Show how many parts are done."""
        if monotonic() - self.begun > _LONG:
            self.told = True
            pass_by(f"Writing: {done} of {of} parts done")

    def clear(self) -> None:
        """Leave the line empty."""
        if self.told:
            pass_by("")


def force_option(command: _Command) -> _Command:
    """Give a command --force, which replaces a file that is there and is named where one is."""

    @click.option("--force", is_flag=True, help="Replace the file if it is there.")
    @wraps(command)
    def naming_it(*given: Any, **named: Any) -> Any:
        try:
            return command(*given, **named)
        except NameTakenError as error:
            raise NameTakenError(error.path, ", or add --force to replace it") from error

    return naming_it  # type: ignore[return-value]  # click calls it with what it was given


def output_options(command: _Command) -> _Command:
    """Give a report command --format, --output and --force, as one argument `output`."""

    @output_option
    @_format_option
    @force_option
    @wraps(command)
    def with_output(
        *given: Any, output_format: str | None, output: Path | None, force: bool, **named: Any
    ) -> Any:
        chosen = output_format or (format_of_name(output.name) if output else None) or "text"
        return command(*given, output=Output(chosen, output, force), **named)

    return with_output  # type: ignore[return-value]  # click calls it with what it was given


def put(written: str | bytes, path: Path | None, workspace: Workspace, *, force: bool) -> None:
    """Print a text or bytes, or write them whole to a file and say so."""
    if path is None:
        if isinstance(written, bytes):
            emit_bytes(written)
        else:
            emit(written)
        return
    write_file(path, written, workspace, force=force)
    say(f"Written to {path}")
