"""The command of a page, as it was given and with what it left to defaults written out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from ehcp_audit.domain.questions import Question
    from ehcp_audit.reports.model import Report
    from ehcp_audit.reports.page_facts import PageFacts

_LEFT_OUT: Final = frozenset({"output", "output_format", "force", "words", "template"})


def stamped(
    page: Report, facts: PageFacts, question: Question, words: dict[str, str] | None = None
) -> Report:
    """Return a page with the running command, which makes it again, in its foot and its data.

    What the options left to defaults is written out from the question, so that no setting
    changed since matters; `words` stand in place of a file of words.
    """
    from ehcp_audit.domain.questions import ALL_REASONS  # noqa: PLC0415
    from ehcp_audit.reports import again  # noqa: PLC0415

    chosen: dict[str, Any] = {
        "period": question.granularity,
        "axis": question.axis,
        "rubric": question.rubric_id,
        "reasons": list(question.reasons or [ALL_REASONS]),
        "first": None if question.first is None else question.first.isoformat(),
        "last": None if question.last is None else question.last.isoformat(),
    }
    context = click.get_current_context()
    command = _command(context, {**chosen, **(words or {})})
    if not words:
        return again.stamped(page, facts, command)
    written = shlex.join(_command(context, chosen | dict.fromkeys(words)))
    return again.stamped(page, facts, command, f"{written} --words FILE")


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
