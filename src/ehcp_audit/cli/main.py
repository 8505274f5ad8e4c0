"""The command `ehcp-audit`: its options, its commands, and how every error is told."""

from __future__ import annotations

import importlib
import platform
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from ehcp_audit import __version__
from ehcp_audit.cli.invocation import Invocation, OpenScreens, local_day
from ehcp_audit.cli.printing import OutputGoneError, give_up_output, say, settle_streams, tell, warn
from ehcp_audit.domain.errors import AuditToolError, UsageError

if TYPE_CHECKING:
    from ehcp_audit.domain.identity import Identity
    from ehcp_audit.settings.workspace import Workspace

_USAGE = 2
_FAULT = 1
_STOPPED = 130
_GROUPS = {
    "report": "ehcp_audit.cli.report_commands:report",
    "answer": "ehcp_audit.cli.answer_command:answer",
    "rubric": "ehcp_audit.cli.rubric_commands:rubric",
    "hand-over": "ehcp_audit.cli.record_commands:hand_over",
    "stats": "ehcp_audit.cli.stats_commands:stats",
    "import": "ehcp_audit.cli.exchange_commands:bring_in",
    "export": "ehcp_audit.cli.exchange_commands:write_out",
    "backup": "ehcp_audit.cli.exchange_commands:backup",
    "init": "ehcp_audit.cli.setup_commands:init",
    "example": "ehcp_audit.cli.setup_commands:example",
    "baseline": "ehcp_audit.cli.figure_commands:baseline",
    "official-figure": "ehcp_audit.cli.figure_commands:official_figure",
    "me": "ehcp_audit.cli.setup_commands:me",
    "locate": "ehcp_audit.cli.setup_commands:locate",
}


class _Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _GROUPS:
            return None
        module, _, name = _GROUPS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib  # noqa: PLC0415

        if args and args[0] not in _GROUPS and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], _GROUPS, n=1)
            what = f"there is no command “{args[0]}”."
            hint = (
                f"Did you mean `ehcp-audit {close[0]}`?"
                if close
                else "`ehcp-audit --help` lists them."
            )
            raise UsageError(what, hint)
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        # Named by text: only the store may use SQLite, and only its version is wanted here.
        sqlite = importlib.import_module("sqlite3").sqlite_version
        say(f"ehcp-audit {__version__}, Python {platform.python_version()}, SQLite {sqlite}")
        ctx.exit()


@click.command(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--workspace",
    metavar="DIR",
    help="The workspace (else EHCP_AUDIT_WORKSPACE, else this folder).",
)
@click.option(
    "--auditor",
    metavar="NAME",
    help="Who is auditing, by name, initials or id (else EHCP_AUDIT_AUDITOR, else `me`).",
)
@click.option(
    "--plain", is_flag=True, help="Line prompts in place of the screens, also from a pipe."
)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the versions of the tool, Python and SQLite.",
)
@click.pass_context
def ehcp_audit(
    ctx: click.Context, workspace: str | None, auditor: str | None, plain: bool, debug: bool
) -> int:
    """Audit Education, Health and Care plans against a rubric, offline.

    Without a command it opens the screens, or with --plain line prompts, as screen readers like
    them; where there is no terminal it prints an overview of the workspace.
    """
    invocation = ctx.ensure_object(Invocation)
    invocation.workspace_option = workspace
    invocation.auditor_option = auditor
    invocation.debug = debug
    if ctx.invoked_subcommand is not None:
        return 0
    if plain or invocation.wants_plain():
        return _open(invocation, _open_prompts)
    if invocation.open_screens is None:
        from ehcp_audit.cli.overview import show_overview  # noqa: PLC0415

        show_overview(invocation)
        return 0
    _check_encoding()
    return _open(invocation, invocation.open_screens)


def _check_encoding() -> None:
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        what = f"this terminal writes {sys.stdout.encoding}, and the screens need UTF-8."
        step = (
            "Set the terminal or LANG to UTF-8 (on Windows: PYTHONUTF8=1). Commands and --plain "
            "work in any."
        )
        raise UsageError(what, step, title="The screens cannot be shown")


def _open_prompts(workspace: Workspace, chosen: Identity | None, _: bool) -> int:
    from ehcp_audit.cli.plain.session import run  # noqa: PLC0415

    return run(workspace, chosen=chosen)


def _open(invocation: Invocation, open_front: OpenScreens) -> int:
    workspace = invocation.workspace()
    chosen = None
    if invocation.names_auditor:
        if workspace.database.exists():
            with invocation.store() as store:
                chosen = invocation.identity(store)
        else:
            chosen = invocation.identity(None)
    return open_front(workspace, chosen, invocation.debug)


def main(
    argv: Sequence[str] | None = None,
    *,
    open_screens: OpenScreens | None = None,
    dumb_terminal: bool = False,
    today: Callable[[], date] = local_day,
) -> int:
    """Run one command and return its exit code: 0, or 2 for what the user can put right.

    A fault of ours is 1. `open_screens` opens the screens where they can be shown; without it a
    bare command opens line prompts at a `dumb_terminal`, and else prints the overview.
    """
    settle_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    invocation = Invocation(today=today, open_screens=open_screens, dumb_terminal=dumb_terminal)
    try:
        code = ehcp_audit.main(
            arguments, prog_name="ehcp-audit", standalone_mode=False, obj=invocation
        )
        sys.stdout.flush()
    except (AuditToolError, click.ClickException) as error:
        if debug:
            traceback.print_exception(error)
        tell(error if isinstance(error, AuditToolError) else _as_told(error))
        return _USAGE
    except (OutputGoneError, BrokenPipeError):
        return give_up_output()
    except (KeyboardInterrupt, click.Abort):
        warn("Stopped.")
        return _STOPPED
    except Exception as error:  # noqa: BLE001  (the last line of defence: no traceback, no locals)
        if debug:
            traceback.print_exception(error)
        warn(f"This is a fault in ehcp-audit ({type(error).__name__}); nothing was half-written.")
        warn("--debug before the command shows where; please report it.")
        return _FAULT
    return code if isinstance(code, int) else 0


def _as_told(error: click.ClickException) -> AuditToolError:
    what = error.format_message().rstrip(".")
    command = (
        error.ctx.command_path
        if isinstance(error, click.UsageError) and error.ctx
        else "ehcp-audit"
    )
    return UsageError(f"{what}.", f"`{command} --help` explains it.")
