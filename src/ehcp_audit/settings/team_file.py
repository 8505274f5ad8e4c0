"""Reading and checking `settings.toml`. Loads pydantic, so import it only where there is a file."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import UsageError, WorkspaceError
from ehcp_audit.domain.facts import FACTS_BY_ID, parse_fact
from ehcp_audit.domain.flags import LONGEST_ROLE
from ehcp_audit.domain.periods import Granularity
from ehcp_audit.domain.questions import Axis
from ehcp_audit.settings.team import ReportDefaults, Safeguarding, TeamSettings

TITLE: Final = "The settings cannot be used"
_LARGEST_BYTES = 256_000
_FIX = "Put it right in a text editor; every setting may be left out."


def _is_code(code: str) -> str:
    try:
        parse_fact(FACTS_BY_ID["team"], code, today=date.min)
    except UsageError as error:
        message = f"“{code}” is not a code: up to 40 letters, digits, spaces and . & ' / -"
        raise ValueError(message) from error
    if code != code.strip():
        message = f"“{code}” begins or ends with a space"
        raise ValueError(message)
    return code


def _is_fact(fact_id: str) -> str:
    if fact_id not in FACTS_BY_ID:
        message = f"“{fact_id}” is not a fact{nearest(fact_id, FACTS_BY_ID)}"
        raise ValueError(message)
    return fact_id


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return “; did you mean …?” with the nearest valid name, or nothing if none is near."""
    close = difflib.get_close_matches(name, list(valid), n=1)
    return f"; did you mean “{close[0]}”?" if close else ""


Codes = tuple[Annotated[str, AfterValidator(_is_code)], ...]
ContactLine = Annotated[str, Field(min_length=1, max_length=120)]
FactIds = tuple[Annotated[str, AfterValidator(_is_fact)], ...]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Writers(_Table):
    asked: bool = False
    codes: Codes = ()


class _Backlog(_Table):
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> _Backlog:
        if self.last < self.first:
            days = f"{show_date(self.last)}, is before the first, {show_date(self.first)}"
            message = f"the last day, {days}"
            raise ValueError(message)
        return self


class _Privacy(_Table):
    point_out_identifiers: bool = True


class _Reports(_Table):
    period: Granularity = ReportDefaults.period
    by: Axis = ReportDefaults.by
    rubric: str | None = None
    min_n: Annotated[int, Field(ge=1, le=1000)] = ReportDefaults.min_n
    hide_up_to: Annotated[int, Field(ge=1, le=50)] = ReportDefaults.hide_up_to


class _Safeguarding(_Table):
    contacts: Annotated[tuple[ContactLine, ...], Field(max_length=8)] = ()
    lead_role: Annotated[str, Field(max_length=LONGEST_ROLE)] = ""


class _TeamFile(_Table):
    name: Annotated[str, Field(max_length=80)] = ""
    teams: Codes = ()
    areas: Codes = ()
    required_facts: FactIds = ()
    backlog: tuple[_Backlog, ...] = ()
    writers: _Writers = _Writers()
    privacy: _Privacy = _Privacy()
    reports: _Reports = _Reports()
    safeguarding: _Safeguarding = _Safeguarding()


def read_team_file(path: Path) -> TeamSettings:
    """Return a file's settings, or raise `WorkspaceError` naming file, line, key and remedy."""
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        what = f"{where}: not TOML: {str(error).partition(' (at ')[0]}."
        raise WorkspaceError(what, _FIX, title=TITLE) from error
    try:
        checked = _TeamFile.model_validate(document)
    except ValidationError as error:
        raise WorkspaceError(_sentence(path, text, error), _FIX, title=TITLE) from error
    return TeamSettings(
        name=checked.name,
        teams=checked.teams,
        areas=checked.areas,
        asks_writer=checked.writers.asked,
        writer_codes=checked.writers.codes,
        required_facts=checked.required_facts,
        backlog=tuple((each.first, each.last) for each in checked.backlog),
        points_out_identifiers=checked.privacy.point_out_identifiers,
        reports=ReportDefaults(**dict(checked.reports)),
        safeguarding=Safeguarding(**dict(checked.safeguarding)),
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            what = f"{path} is larger than {_LARGEST_BYTES // 1000} kB."
            raise WorkspaceError(what, _FIX, title=TITLE)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8 text."
        raise WorkspaceError(what, "Save it as UTF-8.", title=TITLE) from error
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise WorkspaceError(what, _FIX, title=TITLE) from error


def _sentence(path: Path, text: str, error: ValidationError) -> str:
    """Return one sentence on the first fault, a wrong name before all others, which follow."""
    faults = error.errors()
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    keys = [str(part) for part in fault["loc"] if isinstance(part, str)]
    where = f"{path}:{_line_of(text, keys)}"
    key = ".".join(keys)
    if fault["type"] == "extra_forbidden":
        table = _TeamFile.model_fields if len(keys) == 1 else _fields_of(keys[0])
        return f"{where}: “{key}” is not a setting{nearest(keys[-1], table) or '.'}"
    said = fault["msg"].removeprefix("Value error, ").rstrip(".?")
    mark = "?" if fault["msg"].endswith("?") else "."
    return f"{where}: {key}: {said[:1].lower()}{said[1:]}{mark}"


def _fields_of(table: str) -> Iterable[str]:
    tables: dict[str, type[_Table]] = {
        "backlog": _Backlog,
        "privacy": _Privacy,
        "reports": _Reports,
        "safeguarding": _Safeguarding,
        "writers": _Writers,
    }
    fields = tables[table].model_fields
    return [field.alias or name for name, field in fields.items()]


def _line_of(text: str, keys: list[str]) -> int:
    """Return the line that names the last key, looking below its table's heading if it has one."""
    lines = text.splitlines()
    line = 0
    for key in keys:
        pattern = re.compile(
            rf"\s*(\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[\].=]|.*[{{,]\s*{re.escape(key)}\s*="
        )
        line = next((n for n, each in enumerate(lines[line:], line) if pattern.match(each)), line)
    return line + 1
