"""No text from a person or a file reaches the terminal as anything but marks to read."""

from __future__ import annotations

import unicodedata

import pytest

from ehcp_audit.domain.text import one_line, storable, visible

_HOSTILE = {
    "clear the screen": "\x1b[2J",
    "write the clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "set the title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\",
    "ask where the cursor is": "\x1b[6n",
    "device control": "\x1bPq\x1b\\",
    "eight-bit control": "\x9b2J",
    "eight-bit command": "\x9d0;owned\x9c",
    "bell": "a\x07b",
    "null": "a\x00b",
    "carriage return": "safe\rEVIL",
    "backspace": "good\x08\x08\x08\x08evil",
    "delete": "a\x7fb",
    "vertical tab and form feed": "a\x0bb\x0cc",
    "right-to-left override": "abc\u202etxt.exe",
    "embedding": "a\u202ab\u202bc\u202cd\u202de",
    "isolates": "a\u2066b\u2067c\u2068d\u2069e",
    "marks of direction": "a\u200eb\u200fc\u061cd",
    "zero-width space": "pass\u200bword",
    "byte order mark": "\ufeffa",
    "word joiner": "a\u2060b",
    "soft hyphen": "a\u00adb",
    "tag characters": "a\U000e0041\U000e0042\U000e007f",
    "private use": "a\ue000\U000f0000",
    "lone surrogates": "a\ud83db\udc00",
    "interlinear annotation": "a\ufff9b\ufffa\ufffb",
}


@pytest.mark.parametrize("payload", _HOSTILE.values(), ids=_HOSTILE)
def test_nothing_a_terminal_obeys_is_left(payload: str) -> None:
    for shown in (visible(payload), visible(payload, keep_lines=False)):
        kinds = {unicodedata.category(character) for character in shown}
        assert not kinds & {"Cc", "Cf", "Cs", "Co"}
        assert shown != payload
        shown.encode("utf-8")


def test_every_character_alone_is_safe_or_a_line_end() -> None:
    left = {
        code
        for code in range(0x110000)
        if unicodedata.category(visible(chr(code))[0]) in {"Cc", "Cf", "Cs", "Co"}
    }
    line_ends = {0x0A, 0x85, 0x2028, 0x2029}  # each shown as a line feed
    joiners = {0x200C, 0x200D}
    assert left == line_ends | joiners


@pytest.mark.parametrize(
    "text",
    [
        "“Mum says he likes trains”  A, p. 2",
        "Mae’r plentyn yn hoffi tŷ bach y Llŷr; ŵ ŷ â ê",
        "Zażółć gęślą jaźń, Łódź",
        "ਪੰਜਾਬੀ, العربية, 中文, हिन्दी",
        "👩‍👧 and 👍🏽 and ❤️",
        "می‌خواهم",
        "[/b] [redacted] {x} $x %s \\n",
        "e\u0301 combining",
        "✗ ◔ ◑ ● – … ½",
        "",
    ],
)
def test_ordinary_text_is_unchanged(text: str) -> None:
    assert visible(text) == text
    assert storable(text) == text


def test_controls_become_pictures() -> None:
    assert visible("\x1b[2J\x07\x00\x7f\x9b") == "␛[2J␇␀␡<9B>"
    assert visible("\r") == "␍"
    assert visible("a\u202eb") == "a\N{REPLACEMENT CHARACTER}b"


def test_line_ends_stay_or_become_spaces() -> None:
    text = "one\r\ntwo\nthree\u2028four\u2029five\x85six\tseven"
    assert visible(text) == "one\ntwo\nthree\nfour\nfive\nsix seven"
    assert visible(text, keep_lines=False) == "one two three four five six seven"


def test_one_line_is_cut_to_its_width_with_an_ellipsis() -> None:
    assert one_line("a\nb   c", 10) == "a b c"
    assert one_line("abcdef", 6) == "abcdef"
    assert one_line("abcdefg", 6) == "abcde…"
    assert one_line("abc", 1) == "…"
    assert one_line("\x1b]0;x\x07", 20) == "␛]0;x␇"


def test_lone_surrogates_are_stored_as_replacement_characters() -> None:
    assert storable("a\ud83db") == "a\N{REPLACEMENT CHARACTER}b"
    assert storable("👍") == "👍"
