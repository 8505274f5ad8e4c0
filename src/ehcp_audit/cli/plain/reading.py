"""Reading a report in parts: its head, then a part at a time, by number."""

from __future__ import annotations

from ehcp_audit.cli.plain.talk import BACK, Talk
from ehcp_audit.reports.lines import Part, head_lines, parts_of
from ehcp_audit.reports.model import Report

_ALL = "all"


def say_parts(talk: Talk, report: Report) -> tuple[Part, ...]:
    """Say the head of a report, its first part, and which parts there are; returns them."""
    parts = parts_of(report)
    talk.say("", *head_lines(report))
    if parts:
        say_part(talk, parts[0])
    if len(parts) > 1:
        talk.say("", "Parts, by number:")
        talk.say(*(f"{number}. {part.title}" for number, part in enumerate(parts, start=1)))
    return parts


def say_part(talk: Talk, part: Part) -> None:
    """Say one part of a report."""
    talk.say("", f"{part.title}:" if part.title else "", *part.lines)


def read_report(talk: Talk, report: Report) -> None:
    """Read a report a part at a time, until it is left."""
    parts = say_parts(talk, report)
    at = 1
    while len(parts) > 1:
        following = f"Enter: {at + 1}" if at < len(parts) else "Enter: done"
        typed = talk.line(f"Part ({following}; all, back):").strip().lower()
        if typed in (BACK, "q", "done") or (not typed and at >= len(parts)):
            return
        if typed == _ALL:
            for part in parts:
                say_part(talk, part)
            return
        wanted = int(typed) if typed.isdigit() else at + 1 if not typed else 0
        if not 1 <= wanted <= len(parts):
            talk.cannot(f"Type a number from 1 to {len(parts)}, all or back.")
            continue
        at = wanted
        say_part(talk, parts[at - 1])
