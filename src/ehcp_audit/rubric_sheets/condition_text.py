"""Conditions as one line of words for a cell, read back exactly.

`known_to_health is yes or cannot_tell; seen has advice` holds where both parts do.
`any of (…; …)` holds where one part does, `all of (…; …)` groups inside it. A fact or value that
is not a plain word, or that is one of the words of the syntax, stands in double quotes, with a
double quote inside it written twice.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from ehcp_audit.domain.conditions import Comparison, Condition, Every, Operator, Some
from ehcp_audit.domain.text import one_line

# “one”, “none”, “any” and “all” count as such only before “of”: “none” is a value of several facts.
_WORDS: Final = frozenset(("and", "at", "has", "is", "least", "most", "not", "of", "or"))
_PLAIN = re.compile(r'[^\s();,"]+')
_TOKEN = re.compile(r'\s*(?:(?P<quoted>"(?:[^"]|"")*")|(?P<mark>[();,])|(?P<word>[^\s();,"]+))')
_DEEPEST: Final = 16  # a rubric file nests half as deep: two brackets a group, 32 at most
_SINGLE: Final[dict[Operator, str]] = {
    "is": "is",
    "is_not": "is not",
    "has": "has",
    "at_least": "at least",
    "at_most": "at most",
}

_Kind = Literal["mark", "word", "value", "end"]
_Token = tuple[_Kind, str]


class ConditionTextError(ValueError):
    """A text is not a condition; the message is a sentence for the person who wrote it."""


def condition_text(condition: Condition) -> str:
    """Return a condition as the line that `read_condition` reads back as an equal condition."""
    if isinstance(condition, Every) and len(condition.parts) > 1:
        return _joined(condition.parts)
    return _part(condition)


def read_condition(text: str) -> Condition:
    """Return the condition that a line describes; raises `ConditionTextError`.

    Facts and values are not checked here: the check of the rubric file does that.
    """
    reader = _Reader(text)
    condition = reader.conjunction(0)
    reader.expect_end()
    return condition


def _joined(parts: tuple[Condition, ...]) -> str:
    return "; ".join(_part(part) for part in parts)


def _part(condition: Condition) -> str:
    if isinstance(condition, Every):
        return f"all of ({_joined(condition.parts)})"
    if isinstance(condition, Some):
        return f"any of ({_joined(condition.parts)})"
    fact = _word(condition.fact)
    values = [_word(value) for value in condition.values]
    if condition.operator == "in":
        told = " or ".join(values)
        return f"{fact} is {told}" if len(values) > 1 else f"{fact} is one of {told}"
    if condition.operator == "not_in":
        return f"{fact} is none of {', '.join(values)}"
    return f"{fact} {_SINGLE[condition.operator]} {values[0]}"


def _word(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return '"' + text.replace('"', '""') + '"'


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match["quoted"]:
            tokens.append(("value", match["quoted"][1:-1].replace('""', '"')))
        elif match["mark"]:
            tokens.append(("mark", match["mark"]))
        elif match["word"].lower() in _WORDS:
            tokens.append(("word", match["word"].lower()))
        else:
            tokens.append(("value", match["word"]))
    if text[at:].strip():
        message = 'A double quote is not closed; inside quotes, write "" for one.'
        raise ConditionTextError(message)
    return [*tokens, ("end", "")]


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    def conjunction(self, depth: int) -> Condition:
        parts = [self.part(depth)]
        while self.take("mark", ";") or self.take("word", "and"):
            if self.tokens[self.at][0] == "end":
                break  # a semicolon after the last part does no harm
            parts.append(self.part(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def part(self, depth: int) -> Condition:
        for word, group in (("any", Some), ("all", Every)):
            if self.take_of(word):
                return group(self.group(depth + 1))
        return self.comparison()

    def group(self, depth: int) -> tuple[Condition, ...]:
        if depth > _DEEPEST:
            message = f"Conditions are nested deeper than {_DEEPEST}."
            raise ConditionTextError(message)
        self.need("mark", "(")
        parts = [self.part(depth)]
        while self.take("mark", ";"):
            parts.append(self.part(depth))
        self.need("mark", ")")
        return tuple(parts)

    def comparison(self) -> Comparison:
        fact = self.value("a fact, such as year_group")
        if self.take("word", "has"):
            return Comparison(fact, "has", (self.value("a value"),))
        if self.take("word", "is"):
            return self.equality(fact)
        return self.bound(fact)

    def equality(self, fact: str) -> Comparison:
        if self.tokens[self.at] == ("word", "at"):
            return self.bound(fact)
        if self.take("word", "not"):
            return Comparison(fact, "is_not", (self.value("a value"),))
        if self.take_of("one"):
            return Comparison(fact, "in", self.values())
        if self.take_of("none"):
            return Comparison(fact, "not_in", self.values())
        values = self.values()
        return Comparison(fact, "is" if len(values) == 1 else "in", values)

    def bound(self, fact: str) -> Comparison:
        if not self.take("word", "at"):
            raise self.unexpected("“is”, “is not”, “has”, “at least” or “at most”")
        operator: Operator = "at_least" if self.take("word", "least") else "at_most"
        if operator == "at_most" and not self.take("word", "most"):
            raise self.unexpected("“least” or “most”")
        return Comparison(fact, operator, (self.value("a value"),))

    def values(self) -> tuple[str, ...]:
        values = [self.value("a value")]
        while self.take("word", "or") or self.take("mark", ","):
            values.append(self.value("a value"))
        return tuple(values)

    def value(self, wanted: str) -> str:
        kind, text = self.tokens[self.at]
        if kind != "value":
            raise self.unexpected(wanted)
        self.at += 1
        return text

    def take(self, kind: _Kind, text: str) -> bool:
        if self.tokens[self.at] == (kind, text):
            self.at += 1
            return True
        return False

    def take_of(self, word: str) -> bool:
        kind, text = self.tokens[self.at]
        if kind == "value" and text.lower() == word and self.tokens[self.at + 1] == ("word", "of"):
            self.at += 2
            return True
        return False

    def need(self, kind: _Kind, text: str) -> None:
        if not self.take(kind, text):
            raise self.unexpected(f"“{text}”")

    def expect_end(self) -> None:
        if self.tokens[self.at][0] != "end":
            raise self.unexpected("“;” before the next condition, or the end")

    def unexpected(self, wanted: str) -> ConditionTextError:
        kind, text = self.tokens[self.at]
        stands = "the condition ends" if kind == "end" else f"“{one_line(text, 40)}” stands there"
        return ConditionTextError(f"Where {wanted} is expected, {stands}.")
