"""A draft as TOML text, laid out as an editor would like to read it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from ehcp_audit.domain.text import visible
from ehcp_audit.rubric_sheets.drafts import Draft, Noted, plain

_WIDTH: Final = 100
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_TABLES: Final = (
    *("scale", "grades", "limits", "grading", "causes", "sources", "facts", "themes"),
    *("criteria", "retired"),
)
_HEADINGS: Final = {
    "scale": "Levels run from the worst to the best; the first is given with key 1.",
    "grades": "The best grade first: a plan gets the first whose conditions all hold.",
    "limits": "A limit may lower the grade that the score reached; the lowest wins.",
    "grading": "When there is a grade at all, and when a theme is met.",
    "causes": "Why a contribution is weak.",
    "sources": "The documents that findings are drawn from.",
    "facts": "Facts of your own, asked of each plan beside those of the tool.",
    "retired": "Criteria of earlier versions; their ids are never used again.",
    "themes": "In the order of the screen and the report.",
}


def toml_text(draft: Draft, opening: Sequence[str] = ()) -> str:
    """Return the draft as TOML; `opening` are sentences for the comment at its head."""
    lines = [line for sentence in opening for line in _comment(sentence)]
    if lines:
        lines.append("")
    for key, value in draft.items():
        if key not in _TABLES:
            lines.extend(_entry(key, value))
    for table in _TABLES:
        if plain(draft.get(table)):
            lines.extend(_table(table, draft[table]))
    return "\n".join(lines) + "\n"


def _table(name: str, noted: Any) -> Iterator[str]:
    if name in _HEADINGS:
        yield ""
        yield f"# {'-' * 66} {name}"
        yield from _comment(_HEADINGS[name])
    if isinstance(noted, Noted):
        yield from _comment(noted.note)
    value = plain(noted)
    if name == "criteria":
        yield from _criteria(value)
    elif name == "sources":
        for key, source in value.items():
            yield from _block(f"[sources.{_key(key)}]", source)
    elif isinstance(value, list):
        for each in value:
            yield from _block(f"[[{name}]]", each)
            if name != "themes" and each is not value[-1]:
                yield ""
    else:
        yield from _block(f"[{name}]", value)


def _criteria(criteria: Sequence[Any]) -> Iterator[str]:
    theme = None
    for noted in criteria:
        criterion = plain(noted)
        if plain(criterion.get("theme")) != theme:
            theme = plain(criterion.get("theme"))
            yield ""
            yield from _comment(f"{'=' * 66} {theme}")
        else:
            yield ""
        if isinstance(noted, Noted):
            yield from _comment(noted.note)
        tables = ("levels", "findings")
        keys = {key: value for key, value in criterion.items() if key not in tables}
        yield from _block("[[criteria]]", keys)
        if "levels" in criterion:
            yield from _block("[criteria.levels]", criterion["levels"])
        for finding in criterion.get("findings", ()):
            yield from _block("[[criteria.findings]]", finding)


def _block(heading: str, noted: Any) -> Iterator[str]:
    if isinstance(noted, Noted):
        yield from _comment(noted.note)
    yield heading
    for key, value in plain(noted).items():
        yield from _entry(key, value)


def _entry(key: str, noted: Any) -> Iterator[str]:
    if isinstance(noted, Noted):
        yield from _comment(noted.note)
    yield from f"{_key(key)} = {_value(plain(noted), len(key) + 3)}".split("\n")


def _comment(sentence: str) -> Iterator[str]:
    shown = visible(sentence, keep_lines=False)
    for line in textwrap.wrap(shown, _WIDTH - 2, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _short_text(key)


def _value(value: Any, used: int) -> str:
    """Return a value as TOML, over several lines where one would be too long to read."""
    if isinstance(value, str):
        return _long_text(value) if "\n" in value else _short_text(value)
    inline = _inline(value)
    if used + len(inline) <= _WIDTH and not _is_list_of_tables(value):
        return inline
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_inline(plain(each))},\n" for each in value) + "]"
    if isinstance(value, dict) and len(value) == 1:
        return _broken(value, "")
    return inline


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(plain(each), dict) for each in value)


def _broken(value: Any, indent: str) -> str:
    """Return nested conditions with each part on a line of its own."""
    inline = _inline(value)
    grouped = isinstance(value, dict) and len(value) == 1
    if not grouped or len(indent) + len(inline) < _WIDTH:
        return inline
    ((key, parts),) = value.items()
    inner = indent + "  "
    told = "".join(f"{inner}{_broken(part, inner)},\n" for part in parts)
    return f"{{ {_key(key)} = [\n{told}{indent}] }}"


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _short_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_inline(each) for each in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    return repr(value)


def _short_text(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _long_text(text: str) -> str:
    """Return lines in three quotes, the first on its own line, which TOML does not count."""
    return '"""\n' + "\n".join(_ESCAPED.sub(_escape, line) for line in text.split("\n")) + '"""'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"  # half a character, which no file can hold
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
