"""How a page is made again: its command with every choice written out, and the log's head."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ehcp_audit.domain.questions import ALL_REASONS, Question
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.page_facts import PageFacts

_SHOWN: Final = 16  # digits of the head on the page; all of them stand in its foot as well


def options_of(question: Question) -> tuple[str, ...]:
    """Return the options of a report command that ask a question, none left to a default."""
    options = ["--period", question.granularity, "--by", question.axis]
    for fact, values in question.filters.items():
        options += ["--where", f"{fact}={','.join(values)}"]
    for option, day in (("--from", question.first), ("--to", question.last)):
        options += [] if day is None else [option, day.isoformat()]
    options += ["--rubric", question.rubric_id]
    for reason in question.reasons or (ALL_REASONS,):
        options += ["--reason", reason]
    return tuple(options)


def stamped(
    page: Report, facts: PageFacts, command: Sequence[str], written: str | None = None
) -> Report:
    """Return a page with the report command that makes it again, in its foot and in its data.

    `written` stands in the foot in place of a command that is too long to be printed.
    """
    head, made = facts.log_head, facts.made.isoformat()
    told = shlex.join(command) if written is None else written
    again = f"ehcp-audit report replay {head[:_SHOWN]} --made {made} {told}"
    return replace(
        page,
        foot=(*page.foot, ("Again", again)),
        data={**page.data, "again": {"command": list(command), "made": made, "log": head}},
    )
