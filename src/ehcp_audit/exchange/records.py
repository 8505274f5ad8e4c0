"""What is of a whole audit and long, as JSON in one cell: flags, answers, why it changed hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from ehcp_audit.auditing.acts import LONGEST_PLACE, LONGEST_TEXT, tidied
from ehcp_audit.domain.audit import PARTIES, AuditState, SlipAnswer, SlipSaid
from ehcp_audit.domain.errors import AuditToolError, NotAllowedError
from ehcp_audit.domain.flags import LONGEST_ROLE, Flag

Read = TypeVar("Read")
Problem = Callable[[str], None]


@dataclass(frozen=True)
class Records:
    """What the cells of an audit hold of its record."""

    hand_over_reasons: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    answers: Mapping[str, SlipAnswer] = field(default_factory=dict)
    slip: SlipSaid = field(default_factory=SlipSaid)


def records_of(state: AuditState) -> dict[str, Any]:
    """Return an audit's records as JSON values by column, without those that are empty."""
    answers = {party: {**each.to_body(), "by": each.by} for party, each in state.answers.items()}
    records = {
        "hand_over_reasons": list(state.hand_over_reasons) if any(state.hand_over_reasons) else [],
        "flags": [flag.to_record() for flag in state.flags],
        "answers": answers,
        "slip": state.slip.to_body() if state.slip != SlipSaid() else {},
    }
    return {column: value for column, value in records.items() if value}


def record_cells(state: AuditState) -> dict[str, str]:
    """Return an audit's records as cells."""
    return {
        column: json.dumps(value, ensure_ascii=False) for column, value in records_of(state).items()
    }


def read_records(cells: Mapping[str, str], hand_overs: int, problem: Problem) -> Records:
    """Read the cells of an audit that changed hands so often; `problem` is told what is wrong."""

    def read(column: str, kind: type[Read], empty: Read) -> Read:
        text = cells.get(column, "")
        return _parsed(column, text, kind, empty, problem) if text else empty

    reasons = read("hand_over_reasons", tuple[str, ...], ("",) * hand_overs)
    if len(reasons) != hand_overs:
        problem(f"hand_over_reasons has {len(reasons)}, but earlier_auditors {hand_overs}")
    flags = read("flags", tuple[Flag, ...], ())
    answers = read("answers", dict[str, SlipAnswer], {})
    slip = read("slip", SlipSaid, SlipSaid())
    if len({flag.id for flag in flags}) != len(flags):
        problem("flags holds one flag twice")
    try:
        return Records(
            tuple(tidied(each, LONGEST_TEXT) for each in reasons),
            tuple(_checked(flag) for flag in flags),
            {party: _answer(party, each) for party, each in answers.items()},
            slip,
        )
    except AuditToolError as error:
        problem(error.what.rstrip("."))
    except ValueError:
        problem("flags: raised_at and answered_at are times such as 2026-03-02T12:00:00+00:00")
    return Records()


def _parsed(column: str, text: str, kind: type[Read], empty: Read, problem: Problem) -> Read:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  (an export needs none)

    try:
        return TypeAdapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        said = f"{where}: {first['msg']}" if where else str(first["msg"])
        problem(f"{column} is not as an export writes it ({said})")
        return empty


def _checked(flag: Flag) -> Flag:
    """Return a flag with its texts as they can be kept; raises where it cannot be one."""
    if flag.kind == "safeguarding" and (flag.text or flag.done):
        what = "flags: a safeguarding flag holds no details"
        raise NotAllowedError(what)
    for at in (flag.raised_at, *([flag.answered_at] if flag.answered_at else [])):
        datetime.fromisoformat(at)
    return replace(
        flag,
        id=tidied(flag.id, LONGEST_PLACE),
        text=tidied(flag.text, LONGEST_TEXT),
        told_role=tidied(flag.told_role, LONGEST_ROLE),
        not_a_concern=tidied(flag.not_a_concern, LONGEST_TEXT),
        done=tidied(flag.done, LONGEST_TEXT),
    )


def _answer(party: str, answer: SlipAnswer) -> SlipAnswer:
    if party not in PARTIES:
        what = f"answers: “{party[:40]}” is none of {', '.join(PARTIES)}"
        raise NotAllowedError(what)
    return replace(answer, text=tidied(answer.text, LONGEST_TEXT))
