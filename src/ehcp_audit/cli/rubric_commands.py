"""Commands for those who keep the rubrics: check, show, begin a new one, compare, publish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ehcp_audit.cli.invocation import Invocation, pass_invocation
from ehcp_audit.cli.outputs import Output, force_option, output_option, output_options, put
from ehcp_audit.cli.printing import emit, say, warn
from ehcp_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ehcp_audit.rubric_files import Problem

_FILE = click.Path(path_type=Path)
_WRONG = 2


@click.group()
def rubric() -> None:
    """Check, show, make and publish rubrics."""


@rubric.command("check")
@click.argument("files", metavar="FILE…", nargs=-1, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@pass_invocation
def check(invocation: Invocation, files: tuple[Path, ...], as_json: bool) -> int:
    """Say what is wrong in rubric files, line by line."""
    from ehcp_audit.rubric_files import check_rubric  # noqa: PLC0415

    chosen = files or tuple(sorted(invocation.workspace().rubrics.glob("*.toml")))
    if not chosen:
        what = "There is no rubric file here."
        raise UsageError(what, "Name one, or make one with `ehcp-audit rubric new NAME.toml`.")
    wrong, told = False, []
    for path in chosen:
        checked = check_rubric(path)
        wrong = wrong or bool(checked.errors)
        told.append(
            {
                "file": str(path),
                "ok": not checked.errors,
                "errors": [_as_json(problem) for problem in checked.errors],
                "warnings": [_as_json(problem) for problem in checked.warnings],
            }
        )
        if not as_json:
            for problem in checked.errors:
                say(problem.show(str(path)))
            for problem in checked.warnings:
                say(f"Worth a look: {problem.show(str(path))}")
            if checked.rubric is not None:
                criteria = len(checked.rubric.criteria)
                say(f"{path}: in order. {checked.rubric.name}, {criteria} criteria.")
    if as_json:
        emit(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return _WRONG if wrong else 0


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "sentence": problem.sentence,
    }


@rubric.command("show")
@click.argument("file", type=_FILE)
@click.option("--form", is_flag=True, help="A blank form with boxes to tick, for a meeting room.")
@output_options
@pass_invocation
def show(invocation: Invocation, file: Path, form: bool, output: Output) -> None:
    """Print a rubric as an auditor sees it."""
    from ehcp_audit.reports.rubric_page import rubric_report  # noqa: PLC0415
    from ehcp_audit.rubric_files import read_rubric  # noqa: PLC0415

    workspace = invocation.workspace()
    output.check(workspace)
    output.deliver(rubric_report(read_rubric(file).rubric, form=form), workspace)


@rubric.command("new")
@click.argument("file", type=_FILE)
def new(file: Path) -> None:
    """Begin a rubric from a short commented file."""
    from ehcp_audit.files import write_whole  # noqa: PLC0415
    from ehcp_audit.rubric_files.skeleton import skeleton  # noqa: PLC0415

    if file.suffix != ".toml":
        what = f"{file} does not end in .toml."
        raise UsageError(what, f"Name it {file.with_suffix('.toml')}.")
    write_whole(file, skeleton(file.stem), private=False)
    say(f"Written to {file}. Open it in any text editor, then: ehcp-audit rubric check {file}")


@rubric.command("schema")
@output_option
@force_option
@pass_invocation
def schema(invocation: Invocation, output: Path | None, force: bool) -> None:
    """Print the JSON Schema, for editors that help."""
    from ehcp_audit.rubric_files import schema_text  # noqa: PLC0415

    if output is None:
        emit(schema_text())
    else:
        put(schema_text(), output, invocation.workspace(), force=force)


@rubric.command("diff")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
def diff(old: Path, new: Path) -> None:
    """Say in words what differs between two files."""
    from ehcp_audit.rubric_files import read_rubric  # noqa: PLC0415
    from ehcp_audit.rubric_versions import compare, describe  # noqa: PLC0415

    for told in describe(compare(read_rubric(old).rubric, read_rubric(new).rubric)):
        say(told)


@rubric.command("publish")
@click.argument("file", type=_FILE)
@click.option("--read-by", metavar="ROLE", help="Who read the law and the sources (a role).")
@click.option("--read-on", metavar="DATE", help="When they were read.")
@pass_invocation
def publish(invocation: Invocation, file: Path, read_by: str | None, read_on: str | None) -> int:
    """Freeze a version, first saying what it does."""
    from ehcp_audit.domain.dates import parse_date  # noqa: PLC0415
    from ehcp_audit.rubric_files import read_rubric  # noqa: PLC0415
    from ehcp_audit.rubric_versions import check_frozen, foretell  # noqa: PLC0415
    from ehcp_audit.rubric_versions import publish as freeze  # noqa: PLC0415
    from ehcp_audit.store import Store  # noqa: PLC0415

    today = invocation.today()
    read = read_rubric(file)
    with Store.open_or_create(invocation.workspace().database) as store:
        check_frozen(store, read.rubric)
        for part in foretell(store, read.rubric, today=today):
            for told in part:
                say(told)
        if not (read_by and read_on):
            warn("Not published yet. Say who read the law and the sources, and when:")
            warn(f"ehcp-audit rubric publish {file} --read-by ROLE --read-on DATE")
            return _WRONG
        published = freeze(
            store,
            read.rubric,
            read.text,
            invocation.identity(store),
            sources_read_by=read_by,
            sources_read_on=parse_date(read_on, today=today),
            today=today,
        )
    say(f"{read.rubric.name} is published. Version {published.version} can no longer be changed.")
    return 0


@rubric.command("to-sheet")
@click.argument("file", type=_FILE)
@click.argument("sheet", type=_FILE)
@force_option
def to_sheet(file: Path, sheet: Path, force: bool) -> None:
    """Write a rubric as a spreadsheet."""
    from ehcp_audit.rubric_files import read_rubric  # noqa: PLC0415
    from ehcp_audit.rubric_sheets import sheet_from_rubric  # noqa: PLC0415

    written = sheet_from_rubric(read_rubric(file).rubric, sheet, overwrite=force)
    say(f"Written to {' and '.join(str(each) for each in written)}")


@rubric.command("from-sheet")
@click.argument("sheet", type=_FILE)
@click.argument("file", type=_FILE)
@click.option("--title", help="The rubric's title (default: the sheet's own).")
def from_sheet(sheet: Path, file: Path, title: str | None) -> None:
    """Begin a rubric from a spreadsheet of criteria."""
    from ehcp_audit.files import write_whole  # noqa: PLC0415
    from ehcp_audit.rubric_sheets import draft_from_sheet  # noqa: PLC0415

    write_whole(file, draft_from_sheet(sheet, title=title or ""), private=False)
    say(f"Written to {file}. What to fill in is marked there; then: ehcp-audit rubric check {file}")
