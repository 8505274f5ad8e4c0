"""What looks like it names or numbers a person in free text: found, said, and replaced by tokens.

Numbers count only if their check digit or letter is right. Names are guessed from capitals; a
guess is only pointed out. Everything is found in time that grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.identifier_words import (
    GIVEN_NAMES,
    NOT_NAME_ENDINGS,
    NOT_NAMES,
    TITLES,
    words,
)

Kind = Literal["name", "nhs_number", "upn", "date_of_birth", "postcode", "phone", "email"]

TOKENS: Final[dict[Kind, str]] = {
    "name": "[name]",
    "nhs_number": "[NHS number]",
    "upn": "[UPN]",
    "date_of_birth": "[date of birth]",
    "postcode": "[postcode]",
    "phone": "[phone]",
    "email": "[e-mail]",
}
LABELS: Final[dict[Kind, str]] = {
    "name": "a name",
    "nhs_number": "an NHS number",
    "upn": "a unique pupil number",
    "date_of_birth": "a date of birth",
    "postcode": "a postcode",
    "phone": "a phone number",
    "email": "an e-mail address",
}
# Evidence speaks of dates all the time; one this long before looks like a birth.
YEARS_LIKE_A_BIRTH: Final = 10

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])")
_UPN: Final = re.compile(r"(?<![\w-])[A-Z](?:[ -]?[0-9]){11}[ -]?[0-9A-Z](?![\w-])", re.IGNORECASE)
_NHS: Final = re.compile(r"(?<![\w+-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w-])")
_PHONE: Final = re.compile(
    r"(?<![\w+])(?:\+44[ -]?(?:\(0\)[ -]?)?|00 ?44[ -]?|\(?0)[1235789]\)?"
    r"(?:[ -]?\)?[ -]?[0-9]){8,9}(?![0-9])"
)
_POSTCODE: Final = re.compile(
    r"(?<!\w)([A-Z]{1,2})([0-9][A-Z0-9]?) ?([0-9][ABD-HJLNP-UW-Z]{2})(?!\w)", re.IGNORECASE
)
_DATE: Final = re.compile(
    r"(?<![\w/.-])(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9}\.?,?[ -](?:[0-9]{4}|[0-9]{2}))(?![\w/-])",
)
_BIRTH_BEFORE: Final = re.compile(r"\b(?:d\.? ?o\.? ?b|born|birth(?:day|date)?)\W[\w ]{0,8}\W*$",
                                  re.IGNORECASE)  # fmt: skip
_BIRTH_REACH: Final = 24

# The letters of UPNs: a check letter and, in temporary ones, a last letter (A = 0 … Z = 22).
_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"

# The areas of UK postcodes (the letters they begin with).
_AREAS: Final = words(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
    EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN
    LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO
    SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """
)

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_BEGINS: Final = frozenset('.!?:;“”"‘(—–•*·\n\t…[')  # what a sentence may follow
_CLOSERS: Final = frozenset(" \u00a0'’")


@dataclass(frozen=True)
class Identifier:
    """Where something that looks like an identifier stands in a text."""

    kind: Kind
    start: int
    end: int

    @property
    def token(self) -> str:
        """What takes its place, such as [name]."""
        return TOKENS[self.kind]


def find_identifiers(text: str, on: date) -> tuple[Identifier, ...]:
    """Return what looks like an identifier, in order and without overlap.

    `on` is today: a date long before it looks like a date of birth.
    """
    taken: list[Identifier] = []
    for found in (_emails(text), _upns(text), _nhs_numbers(text), _phones(text),
                  _births(text, on), _postcodes(text), _names(text)):  # fmt: skip
        taken = _merged(taken, list(found))
    return tuple(taken)


def replace_identifiers(text: str, found: Sequence[Identifier]) -> str:
    """Return the text with each identifier replaced by its token."""
    parts, at = [], 0
    for each in found:
        parts += [text[at : each.start], each.token]
        at = each.end
    return "".join([*parts, text[at:]])


def kinds_of(found: Sequence[Identifier]) -> tuple[Kind, ...]:
    """Return the kinds that were found, once each, in the order of the table."""
    there = {each.kind for each in found}
    return tuple(kind for kind in TOKENS if kind in there)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: modulus 11, weights 10 to 2 (NHS Data Dictionary)."""
    if len(digits) != 10 or len(set(digits)) == 1:  # noqa: PLR2004
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def is_upn(code: str) -> bool:
    """Whether a code is a unique pupil number: check letter, modulus 23 over weights 2 to 13.

    As the DfE's guidance on unique pupil numbers has it; a temporary one ends in a letter.
    """
    last = code[12:]
    value = _UPN_LETTERS.find(last) if last.isalpha() else int(last)
    if value < 0 or code[0] not in _UPN_LETTERS:
        return False
    digits = [int(each) for each in code[1:12]]
    total = sum(digit * weight for weight, digit in enumerate([*digits, value], start=2))
    return _UPN_LETTERS[total % 23] == code[0]


def _merged(taken: list[Identifier], found: list[Identifier]) -> list[Identifier]:
    """Return both in order, leaving out what overlaps something taken before."""
    merged: list[Identifier] = []
    at = 0
    for each in found:
        while at < len(taken) and taken[at].end <= each.start:
            merged.append(taken[at])
            at += 1
        if at == len(taken) or taken[at].start >= each.end:
            merged.append(each)
    return merged + taken[at:]


def _emails(text: str) -> Iterator[Identifier]:
    for match in _EMAIL.finditer(text):
        yield Identifier("email", match.start(), match.end())


def _upns(text: str) -> Iterator[Identifier]:
    for match in _UPN.finditer(text):
        if is_upn(re.sub("[ -]", "", match[0]).upper()):
            yield Identifier("upn", match.start(), match.end())


def _nhs_numbers(text: str) -> Iterator[Identifier]:
    for match in _NHS.finditer(text):
        if is_nhs_number(re.sub("[ -]", "", match[0])):
            yield Identifier("nhs_number", match.start(), match.end())


def _phones(text: str) -> Iterator[Identifier]:
    for match in _PHONE.finditer(text):
        yield Identifier("phone", match.start(), match.end())


def _postcodes(text: str) -> Iterator[Identifier]:
    for match in _POSTCODE.finditer(text):
        written = match[0]
        same_case = written in (written.upper(), written.lower())
        if same_case and match[1].upper() in _AREAS:
            yield Identifier("postcode", match.start(), match.end())


def _births(text: str, on: date) -> Iterator[Identifier]:
    for match in _DATE.finditer(text):
        before = text[max(match.start() - _BIRTH_REACH, 0) : match.start()]
        if _BIRTH_BEFORE.search(before) or _long_ago(match[0], on):
            yield Identifier("date_of_birth", match.start(), match.end())


def _long_ago(written: str, on: date) -> bool:
    try:
        day = parse_date(written, today=on)
    except UsageError:
        return False
    return day.year <= on.year - YEARS_LIKE_A_BIRTH


# ---------------------------------------------------------------- names


@dataclass(frozen=True)
class _Word:
    """A capitalised word, without its possessive; `begins` says whether a sentence begins here."""

    text: str
    start: int
    end: int
    begins: bool

    @property
    def title(self) -> bool:
        return self.text.lower().rstrip(".") in TITLES

    @property
    def ordinary(self) -> bool:
        lower = self.text.lower()
        if lower in GIVEN_NAMES:
            return False
        return lower in NOT_NAMES or lower in TITLES or lower.endswith(NOT_NAME_ENDINGS)

    @property
    def given(self) -> bool:
        return self.text.lower() in GIVEN_NAMES


def _names(text: str) -> Iterator[Identifier]:
    """Yield runs of capitalised words that look like names, without ordinary words around them."""
    runs = list(_runs(text))
    sure = [_name_in(run) for run in runs]
    known = {word.text.lower() for run in sure for word in run}
    for run, found in zip(runs, sure, strict=True):
        name = found or [word for word in run if word.text.lower() in known]
        if name:
            yield Identifier("name", name[0].start, name[-1].end)


def _runs(text: str) -> Iterator[list[_Word]]:
    """Yield the capitalised words of a text, those that stand side by side together."""
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        plain = _POSSESSIVE.sub("", match[0])
        if not _like_a_name(plain):
            if run:
                yield run
            run = []
            continue
        word = _Word(plain, match.start(), match.start() + len(plain), _begins(text, match.start()))
        if run and text[run[-1].end : word.start] not in _BETWEEN:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


_BETWEEN: Final = frozenset((" ", "\u00a0", ". "))  # the last for “Dr. ”


def _like_a_name(word: str) -> bool:
    """Whether a word is written as names are: a capital, then small letters (O'Neill, McKay)."""
    if len(word) < 2 or not word[0].isupper():  # noqa: PLR2004
        return False
    return word[1].islower() or (word[1] in "'’" and word[2:3].isupper())


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a line begins at a place."""
    at = start - 1
    while at >= 0 and text[at] in _CLOSERS and start - at < _BIRTH_REACH:
        at -= 1
    return at < 0 or text[at] in _BEGINS


def _name_in(run: list[_Word]) -> list[_Word]:
    """Return the part of a run that looks like a name; empty where none does."""
    named = [index for index, word in enumerate(run) if _counts(run, index)]
    return run[named[0] : named[-1] + 1] if named else []


def _counts(run: list[_Word], index: int) -> bool:
    word = run[index]
    if index and run[index - 1].title and not word.title:
        return True
    if word.ordinary:
        return False
    if not word.begins or word.given:
        return True
    return any(not other.ordinary for other in run[index + 1 : index + 2])
