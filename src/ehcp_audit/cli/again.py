"""How a page is made again: its command with every choice written out, and the log's head."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from ehcp_audit.domain.questions import Question
    from ehcp_audit.reports.model import Report
    from ehcp_audit.reports.page_facts import PageFacts

_LEFT_OUT: Final = frozenset({"output", "output_format", "force", "words", "template"})
_SHOWN: Final = 16  # digits of the head on the page; all of them stand in its foot as well


def stamped(
    page: Report, facts: PageFacts, question: Question, words: dict[str, str] | None = None
) -> Report:
    """Return a page with the command that makes it again, in its foot and in its data.

    What the options left to defaults is written out from the question, so that no setting
    changed since matters; `words` stand in place of a file of words.
    """
    chosen: dict[str, Any] = {
        "period": question.granularity,
        "axis": question.axis,
        "rubric": question.rubric_id,
        "reasons": list(question.reasons or ["all"]),
        "first": None if question.first is None else question.first.isoformat(),
        "last": None if question.last is None else question.last.isoformat(),
    }
    context = click.get_current_context()
    command = _command(context, {**chosen, **(words or {})})
    written = shlex.join(_command(context, chosen | dict.fromkeys(words or {})))
    written += " --words FILE" if words else ""
    head, made = facts.log_head, facts.made.isoformat()
    again = f"ehcp-audit report replay {head[:_SHOWN]} --made {made} {written}"
    return replace(
        page,
        foot=(*page.foot, ("Again", again)),
        data={
            **page.data,
            "again": {"command": command, "made": made, "log": head},
        },
    )


def _command(context: click.Context, chosen: dict[str, Any]) -> list[str]:
    """Return the report's name and options as they were given, `chosen` in their place."""
    command = [context.info_name or ""]
    for parameter in context.command.params:
        if isinstance(parameter, click.Argument):
            command.append(str(context.params[parameter.name or ""]))
            continue
        name = parameter.name or ""
        if name in _LEFT_OUT or not isinstance(parameter, click.Option):
            continue
        value = chosen[name] if name in chosen else context.params.get(name)
        option = max(parameter.opts, key=len)
        if parameter.is_flag:
            command += [option] if value else []
        elif isinstance(value, list | tuple):
            command += [part for each in value for part in (option, str(each))]
        elif value is not None:
            command += [option, str(value)]
    return command
