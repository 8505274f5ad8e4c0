"""What the TOML parser says, as what the writer of a rubric can do about it."""

from __future__ import annotations

from typing import Final

_LINE: Final = "A line is `key = value`, a [heading] or a # note"
_HEADINGS: Final = "a list begins each of its parts with [[heading]]"

_SENTENCES: Final = (
    ("Expected '=' after a key", f"{_LINE}; here “=” is missing."),
    ("Invalid initial character for a key", "A key is letters, digits, “-” and “_”."),
    ("Invalid statement", f"{_LINE}."),
    ("Invalid value", "A value is text in quotes, a number, a date, true, false or a [list]."),
    (
        "Expected newline or end of document",
        "Something follows the value; text stands in one pair of quotes.",
    ),
    ("Cannot overwrite a value", "This is already given above; remove one of the two."),
    ("Cannot mutate immutable namespace", "This adds to what is already complete above."),
    ("Cannot declare", f"This [heading] is already given above; {_HEADINGS}."),
    ("Cannot redefine namespace", f"This [heading] is already given above; {_HEADINGS}."),
    ("Duplicate inline table key", "This key is given twice inside the same { }."),
    ("Unclosed inline table", "A “{” is not closed by “}”, or a comma is missing before this."),
    ("Unclosed array", "A “[” is not closed by “]”, or a comma is missing before this."),
    ("Unterminated string", "Text in quotes is not closed before the file ends."),
    ("Illegal character '\\n'", "Text in quotes is not closed on its line."),
    ("Found invalid character '\\n'", "Text in quotes is not closed on its line."),
    ("Illegal character", "A control character stands here; remove it."),
    ("Found invalid character", "A control character stands here; remove it."),
    (
        "Unescaped '\\' in a string",
        "A “\\” in text is written twice, or the text in single quotes.",
    ),
    ("Invalid hex value", "A “\\u” in text needs four hexadecimal digits; write “\\” twice."),
    ("Escaped character is not a Unicode", "This “\\u” code is not a character."),
    ("Expected ']", "A [heading] is closed by “]”, and a [[heading]] by “]]”."),
    ("Invalid date or datetime", "This date is not in the calendar; write 2026-12-01."),
)


def explained(message: str) -> str:
    """Return a sentence for a message of tomllib, given without its place."""
    return next(
        (sentence for start, sentence in _SENTENCES if message.startswith(start)),
        f"This is not TOML: {message}.",
    )
