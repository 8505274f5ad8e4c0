"""The command that makes a page again from the record as it stood when the page was made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.printing import say
from ehcp_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ehcp_audit.reports.model import Report

TITLE: Final = "The page cannot be replayed"
REPLAYED: Final = (
    "trends", "measure", "board", "findings", "compare", "timeliness", "re-audits", "two",
    "evidence",
)  # fmt: skip
_LARGEST: Final = 50_000_000
_TOLD: Final = 20  # figures that differ, named one by one


@dataclass(frozen=True)
class _Page:
    """What a page's JSON says of how it was made, and its figures."""

    head: str
    made: date
    command: tuple[str, ...]
    shape: Mapping[str, Any]


@click.command("replay", context_settings={"ignore_unknown_options": True})
@click.argument("page", metavar="HEAD|FILE.json")
@click.argument("report", metavar="[REPORT ...]", nargs=-1, type=click.UNPROCESSED)
@click.option("--made", metavar="DATE", help="The day the page was made (default: today).")
@pass_invocation
@click.pass_context
def replay(
    context: click.Context,
    invocation: Invocation,
    page: str,
    report: tuple[str, ...],
    made: str | None,
) -> None:
    """Make a page again from the record as it stood.

    HEAD is the log's head at the page's foot, followed by the report and its options, as the foot
    says. FILE is the page as JSON: its figures are worked out again and compared.
    """
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415

    path = Path(page)
    told = _read(path) if path.suffix.lower() == ".json" or path.is_file() else None
    today = invocation.today()
    if told is not None:
        command, head, day = told.command, told.head, told.made
    else:
        command, head = report, page
        day = today if made is None else parse_date(made, today=today)
    if not command or command[0] not in REPLAYED:
        named = f"“{command[0]}” is no report to make again." if command else "no report is named."
        step = f"Copy the foot of the page: HEAD, then one of {', '.join(REPLAYED)}."
        raise UsageError(named, step, title=TITLE)
    group = context.parent.command if context.parent else None
    chosen = group.get_command(context, command[0]) if isinstance(group, click.Group) else None
    if chosen is None:
        what = "there is no such report."
        raise UsageError(what, title=TITLE)
    with invocation.store() as store, store.as_at(head) as past:
        then = replace(invocation, past=past, today=lambda: day)
        if told is None:
            _run(chosen, command, then)
            return
        again = _made_again(chosen, command, then)
    _compare(path, told, again)


def _run(report: click.Command, command: Sequence[str], then: Invocation) -> None:
    name, *arguments = command
    report.main(list(arguments), prog_name=name, standalone_mode=False, obj=then)


def _made_again(
    report: click.Command, command: Sequence[str], then: Invocation
) -> Mapping[str, Any]:
    """Return the report as its JSON holds it."""
    from ehcp_audit.reports.json_writer import render_json  # noqa: PLC0415

    taken: list[Report] = []
    _run(report, command, replace(then, taken=taken))
    shape: Mapping[str, Any] = json.loads(render_json(taken[0]))
    return shape


def _read(path: Path) -> _Page:
    try:
        if path.stat().st_size > _LARGEST:
            what = f"{path} is larger than any page."
            raise UsageError(what, title=TITLE)
        shape = json.loads(path.read_text(encoding="utf-8-sig"))
        again = shape["again"]
        command = tuple(str(each) for each in again["command"])
        return _Page(str(again["log"]), date.fromisoformat(again["made"]), command, shape)
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise UsageError(what, title=TITLE) from error
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        what = f"{path} is not a page of figures in JSON that says how it was made."
        step = "Write the page with --format json, or give the head at its foot and the report."
        raise UsageError(what, step, title=TITLE) from error


def _compare(path: Path, told: _Page, again: Mapping[str, Any]) -> None:
    """Say whether every figure is the same; raises `UsageError` naming those that are not."""
    before, now = _by_name(told.shape), _by_name(again)
    names = sorted(before.keys() | now.keys())
    differing = [name for name in names if before.get(name) != now.get(name)]
    if differing:
        shown = "".join(f"\n  {' · '.join(name)}" for name in differing[:_TOLD])
        more = f"\n  … and {len(differing) - _TOLD:,} more" if len(differing) > _TOLD else ""
        number = f"{len(differing):,} of {len(before):,} figures"
        what = f"{number} in {path} are not the same:{shown}{more}"
        step = "The file was changed, or another version of ehcp-audit made it."
        raise UsageError(what, step, title="Not the same")
    say(f"The same: all {len(before):,} figures in {path}, from the record as at {told.head[:16]}.")


def _by_name(shape: Mapping[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Return every figure of a page, or what every audit says on the question of the page."""
    try:
        if "evidence" in shape:
            return {
                (str(each["plan_ref"]), str(each["audit_date"]), str(each["audit"])): each
                for each in shape["evidence"]
            }
        return {
            (str(m["kind"]), f"{m['id']} {m['title']}", str(f["period"])): f
            for m in shape["measures"]
            for f in m["figures"]
        }
    except (TypeError, LookupError) as error:
        what = "the page's figures are not as ehcp-audit writes them."
        raise UsageError(what, title=TITLE) from error
