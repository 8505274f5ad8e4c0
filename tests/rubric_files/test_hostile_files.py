"""No file stops the tool for long or ends it: each is read, or refused in a sentence."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ehcp_audit.rubric_files import (
    Problem,
    RubricFileError,
    check_rubric,
    parse_rubric,
    read_rubric,
    shipped_rubrics,
)
from ehcp_audit.rubric_files.toml_text import MOST_BYTES, MOST_ENTRIES

_SECONDS = 2.0  # of processor time, so that a busy machine fails no test


def _filled(unit: str, head: str = "", tail: str = "") -> str:
    room = MOST_BYTES - len((head + tail).encode())
    return head + unit * (room // len(unit.encode())) + tail


def _numbered(line: Callable[[int], str], most: int = MOST_ENTRIES - 10) -> str:
    lines: list[str] = []
    size = 0
    while len(lines) < most and (size := size + len(line(len(lines)).encode())) <= MOST_BYTES:
        lines.append(line(len(lines)))
    return "".join(lines)


_BOMBS = {
    "a dotted key": (_filled("a.", "", "a = 1"), "more than 6 parts"),
    "a dotted key with spaces": (_filled("a . ", "", "a = 1"), "more than 6 parts"),
    "a dotted key in quotes": (_filled('"a".', "", "a = 1"), "more than 6 parts"),
    "a dotted heading": (_filled("a.", "[", "a]"), "more than 6 parts"),
    "nested lists": (_filled("[", "a = "), "nested deeper than 32"),
    "nested braces": (_filled("{a=", "a = "), "nested deeper than 32"),
    "nesting after text in quotes": ("a = '''[[['''\nb = " + "[" * 5_000, "nested deeper than 32"),
    "digits": (_filled("1", "a = "), "too many digits"),
    "hexadecimal digits": (_filled("f", "a = 0x"), "“id” is missing"),
    "many short lists": (_filled("[],", "a = [", "]"), "more than 10,000 keys"),
    "many keys": (_numbered(lambda n: f"k{n} = 1\n", 100_000), "more than 10,000 keys"),
    "as many keys as there may be": (_numbered(lambda n: f"k{n} = 1\n"), "“id” is missing"),
    "many dotted keys": (_numbered(lambda n: f"a.b.c.d.e.f{n} = 1\n"), "“id” is missing"),
    "many headings": (_numbered(lambda n: f"[a.b.c.d{n}]\n"), "“id” is missing"),
    "many misspelt keys": (_numbered(lambda n: f"questoin{n} = 1\n"), "“id” is missing"),
    "unclosed text": (_filled("x", 'a = "'), "not closed"),
    "unclosed lines": (_filled("x\n", 'a = """'), "not closed"),
    "quotation marks": (_filled('"'), "“=” is missing"),
    "escaped quotation marks": (_filled('\\"""'), "A line is"),
    "comments": (_filled("#\n"), "“id” is missing"),
    "empty lines": (_filled("\n"), "“id” is missing"),
    "null characters": (_filled("\0"), "A line is"),
    "a byte order mark inside": ("id = 'a'\n\ufeff", "A line is"),
    "one line": (_filled("é", 'title = "', '"'), "“id” is missing"),
    "too large": ("#" * (MOST_BYTES + 1), "larger than 256 KB"),
    "too large in bytes": ("#" + "好" * (MOST_BYTES // 3 + 1), "larger than 256 KB"),
    "half a character": ("id = 'a\ud83d'", "Half a character"),
}


@pytest.mark.parametrize("bomb", _BOMBS)
def test_a_file_made_to_take_long_is_refused_within_two_seconds(bomb: str) -> None:
    text, sentence = _BOMBS[bomb]
    begun = time.process_time()
    with pytest.raises(RubricFileError, match=sentence) as raised:
        parse_rubric(text, "bomb.toml")
    assert len(str(raised.value)) < 20_000
    assert time.process_time() - begun < _SECONDS


@pytest.mark.parametrize(
    ("content", "line", "column", "sentence"),
    [
        (b"id = 'a'\r\ntitle = 'caf\xe9'\n", 2, 13, "Byte E9 is not UTF-8"),
        ("é = 1\n".encode() + b"\xff", 2, 1, "Byte FF is not UTF-8"),
        ("id = 'a'".encode("utf-16"), 0, 0, "saved as UTF-16"),
        (b"id = 'a\x00'", 1, 8, "control character"),
        (b"#" * (MOST_BYTES + 1), 0, 0, "larger than 256 KB"),
        (b"", 1, 1, "is missing here"),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_they_stand(
    tmp_path: Path, content: bytes, line: int, column: int, sentence: str
) -> None:
    path = tmp_path / "bytes.toml"
    path.write_bytes(content)
    with pytest.raises(RubricFileError, match=sentence) as raised:
        read_rubric(path)
    assert (raised.value.problems[0].line, raised.value.problems[0].column) == (line, column)


def test_a_file_saved_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    shipped = (shipped_rubrics() / "peer-findings.toml").read_text("utf-8")
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + shipped.replace("\n", "\r\n").encode())
    assert read_rubric(path).rubric == parse_rubric(shipped, "shipped")


_PIECES = (
    *"[]{}\"'=.,\n#\\a1-é\x1b\0\ufeff\ud800",
    *('"""', "[[criteria]]", "[criteria.levels]", "[limits]", "{ fact = 'x' }", "weight", "levels"),
    *("1e9", "1.5", "true", "nan", "inf", "0xfff", "2026-01-01", "07:00:00", " = 3", "at_least"),
)


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, act = chance.randrange(len(text) + 1), chance.random()
        if act < 0.4:
            text = text[:at] + chance.choice(_PIECES) + text[at:]
        elif act < 0.7:
            text = text[:at] + text[at + chance.choice((1, 1, 5, 50)) :]
        elif act < 0.85:
            text = text[:at] + chance.choice(_PIECES) + text[at + 1 :]
        else:
            start = chance.randrange(len(text) + 1)
            text = text[:at] + text[start : start + 50] + text[at:]
    return text


def _problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse_rubric(text, "mutant.toml")
    except RubricFileError as error:
        str(error).encode("utf-8")
        return error.problems
    return ()


def test_a_mutated_file_is_read_or_refused_and_never_ends_in_another_error() -> None:
    good = (Path(__file__).parents[1] / "fixtures/rubrics/good.toml").read_text("utf-8")
    chance = random.Random(20_261_122)
    counts = [len(_problems_of(_mutated(good, chance))) for _ in range(3_000)]
    assert counts.count(0) > 100
    assert sum(count > 0 for count in counts) > 1_000


def test_a_mutated_file_with_every_key_is_checked_and_its_warnings_can_be_shown() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rubric-format.md").read_text("utf-8")
    every_key = "\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL))
    every_key = every_key.replace('owner = "SEND quality assurance lead"', "")
    chance = random.Random(20_261_122)
    usable = warned = 0
    for _ in range(400):
        checked = check_rubric(_mutated(every_key, chance))
        assert (checked.rubric is None) is bool(checked.errors)
        for problem in (*checked.errors, *checked.warnings):
            problem.show(checked.name).encode("utf-8")
        usable += checked.rubric is not None
        warned += bool(checked.warnings)
    assert usable > 20
    assert warned >= usable
