"""The options that say which audits a report is about, given to every report command alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ehcp_audit.domain.periods import GRANULARITIES, Granularity
from ehcp_audit.domain.questions import AXES, Axis, Question

if TYPE_CHECKING:
    from ehcp_audit.settings.team import TeamSettings
    from ehcp_audit.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--period", type=click.Choice(GRANULARITIES), help="Length of a period (default month)."
    ),
    click.option(
        "--by", "axis", type=click.Choice(AXES), help="Date of the audit (default) or on the plan."
    ),
    click.option(
        "--where",
        "wheres",
        metavar="FACT=VALUE[,VALUE]",
        multiple=True,
        help="Only audits of such plans.",
    ),
    click.option(
        "--from", "first", metavar="DATE", help="First day, such as 3/9/2025 or 3 Sep 25."
    ),
    click.option("--to", "last", metavar="DATE", help="Last day."),
    click.option("--rubric", "rubric", metavar="ID", help="The rubric (default: the most used)."),
    click.option(
        "--reason",
        "reasons",
        metavar="REASON",
        multiple=True,
        help="Why audited: routine (default), …, all.",
    ),
)


@dataclass(frozen=True)
class Asked:
    """What the options of a report command ask for."""

    period: Granularity | None
    axis: Axis | None
    wheres: tuple[str, ...]
    first: str | None
    last: str | None
    rubric: str | None
    reasons: tuple[str, ...]

    def question(self, store: Store, settings: TeamSettings, today: date) -> Question:
        """Return the question; raises `UsageError` that names what would be valid."""
        from ehcp_audit.cli import asking  # noqa: PLC0415

        rubric_id = asking.rubric_id(store, self.rubric, settings.reports)
        return Question(
            rubric_id=rubric_id,
            axis=self.axis or settings.reports.by,
            granularity=self.period or settings.reports.period,
            filters=asking.filters(store, self.wheres, rubric_id, today=today),
            reasons=asking.reasons(self.reasons),
            first=asking.day(self.first, today),
            last=asking.day(self.last, today),
        )


def question_options(command: _Command) -> _Command:
    """Give a report command the options of a question, as one argument `asked`."""
    return _with_options(command, _OPTIONS)


def group_question_options(command: _Command) -> _Command:
    """Give the same to a command whose --by names groups: there --dates chooses the date."""
    dates = click.option(
        "--dates", "axis", type=click.Choice(AXES), help="Date of the audit (default) or plan."
    )
    return _with_options(command, (_OPTIONS[0], dates, *_OPTIONS[2:]))


def _with_options(command: _Command, options: Sequence[Callable[..., Any]]) -> _Command:

    @wraps(command)
    def with_question(*given: Any, **named: Any) -> Any:
        names = ("period", "axis", "wheres", "first", "last", "rubric", "reasons")
        asked = Asked(**{name: named.pop(name) for name in names})
        return command(*given, asked=asked, **named)

    for option in reversed(options):
        with_question = option(with_question)
    return with_question  # type: ignore[return-value]  # click calls it with what it was given
