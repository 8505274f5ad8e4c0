from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ehcp_audit.cli.main import ehcp_audit
from ehcp_audit.exchange.columns import COLUMNS, FACT_COLUMNS, STATES

DOCS = Path(__file__).parents[2] / "docs"


def commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


EVERY = [(path, command) for path, command in commands(ehcp_audit) if path]
PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [path for path, each in EVERY if not isinstance(each, click.Group)]
)
def test_every_command_has_a_heading(path: tuple[str, ...]) -> None:
    assert f"\n### `{' '.join(path)}" in PAGE


@pytest.mark.parametrize(("path", "command"), [((), ehcp_audit), *EVERY])
def test_every_option_is_documented(path: tuple[str, ...], command: click.Command) -> None:
    heading = f"### `{' '.join(path)}" if path else "## Before any command"
    section = (
        PAGE[PAGE.index(heading) :] if not isinstance(command, click.Group) or not path else PAGE
    )
    section = section[: section.index("\n## ", 5)]
    for parameter in command.params:
        for name in parameter.opts if isinstance(parameter, click.Option) else ():
            assert f"`{name}" in section


@pytest.mark.parametrize("command", [command for _, command in EVERY])
def test_every_command_says_what_it_does_in_a_line(command: click.Command) -> None:
    said = command.get_short_help_str(limit=70)
    assert said.endswith(".")
    assert "..." not in said


def test_every_column_and_value_of_the_table_is_documented() -> None:
    page = (DOCS / "import-export.md").read_text(encoding="utf-8")
    values = [choice for fact in FACT_COLUMNS for choice in fact.choice_ids()]
    for name in (*COLUMNS, *STATES, *values):
        assert f"`{name}`" in page
