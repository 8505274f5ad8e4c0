"""Where a time limit stands, in a sentence and in a few characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.law_limits import CONFIRMED_EXCEPTIONS, LimitResult, Status

STATUS_LABELS: Final[dict[Status, str]] = {
    "met": "met",
    "late": "late",
    "late_with_exception": "late, with an exception",
    "running": "running",
    "overdue": "overdue",
    "not_known": "not known",
}
STATUS_SYMBOLS: Final[dict[Status, str]] = {
    "met": "✓",
    "late": "✗",
    "late_with_exception": "△",
    "running": "…",
    "overdue": "!",
    "not_known": "?",
}
_ON_THE_DAY: Final = "The regulation says “before” that day; most practice reads “by”."


def limit_sentence(result: LimitResult) -> str:
    """Return where a limit stands in a sentence, with its days."""
    return _SENTENCES[result.status](result)


def _met(result: LimitResult) -> str:
    said = f"Met on {show_date(result.ended)}, due by {show_date(result.due)}."
    on_the_day = result.limit.window_months is not None and result.ended == result.due
    return f"{said} {_ON_THE_DAY}" if on_the_day else said


def _late(result: LimitResult) -> str:
    dates = f"{show_date(result.ended)}, due by {show_date(result.due)}."
    if result.status == "late":
        return f"Late by {_days(result)}: {dates}{_unconfirmed(result)}"
    said = f"Late by {_days(result)}, with an exception recorded: {_exception(result)}"
    return f"{said} ({result.limit.excused_by}). {dates}"


def _running(result: LimitResult) -> str:
    return f"Running: due by {show_date(result.due)}."


def _overdue(result: LimitResult) -> str:
    said = f"Overdue by {_days(result)}: due by {show_date(result.due)}, and no date says it was"
    if result.exception in CONFIRMED_EXCEPTIONS:
        excused = f"{_exception(result)} ({result.limit.excused_by})"
        return f"{said} done. An exception is recorded: {excused}."
    return f"{said} done.{_unconfirmed(result)}"


def _not_known(result: LimitResult) -> str:
    limit = result.limit
    if result.ahead is not None:
        ahead, due = show_date(result.ahead), show_date(result.due)
        return f"Not known: the date given, {ahead}, is still to come; due by {due}."
    if result.started and result.ended and result.ended < result.started:
        return "Not known: the dates are the wrong way round."
    if limit.first_only and result.due is not None:
        due = show_date(result.due)
        return f"Not known: it was due by {due}, and earlier reviews have no dates here."
    if result.missing is None:
        return f"Not known: it was due by {show_date(result.due)}; no fact says when it was done."
    wanted = FACTS_BY_ID[result.missing].label
    due = f"; due by {show_date(result.due)}" if result.due is not None else ""
    return f"Not known: “{wanted}” is not given{due}."


def limit_mark(result: LimitResult) -> str:
    """Return where a limit stands in a few characters, such as “✗ 3 d late”."""
    symbol = STATUS_SYMBOLS[result.status]
    if result.status in ("late", "late_with_exception"):
        return f"{symbol} {result.days} d late"
    if result.status == "overdue":
        return f"{symbol} {result.days} d over"
    if result.status == "running":
        return f"{symbol} by {show_date(result.due)}"
    return f"{symbol} {result.limit.due.words}" if result.status == "met" else symbol


def _days(result: LimitResult) -> str:
    return f"{result.days} day{'' if result.days == 1 else 's'}"


def _exception(result: LimitResult) -> str:
    return show_fact(FACTS_BY_ID["exception"], result.exception).lower()


def _unconfirmed(result: LimitResult) -> str:
    """Say that a recorded exception whose place in law is not confirmed excuses nothing here."""
    if result.exception is None or result.exception in CONFIRMED_EXCEPTIONS:
        return ""
    said = f" “{show_fact(FACTS_BY_ID['exception'], result.exception)}” is recorded"
    return f"{said}; whether the law excuses it is not confirmed, so it is not counted."


_SENTENCES: Final[dict[Status, Callable[[LimitResult], str]]] = {
    "met": _met,
    "late": _late,
    "late_with_exception": _late,
    "running": _running,
    "overdue": _overdue,
    "not_known": _not_known,
}
