"""The facts that a rubric adds to the tool's own: checked, and built as facts like those."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, digits

from ehcp_audit.domain.facts import FACTS, OWN_GROUP, Choice, Fact
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.models import OwnFactTable, RubricTable
from ehcp_audit.rubric_files.problems import KeyPath

_CHOSEN = ("choice", "choices")
_FEWEST = 2


def check_facts(rubric: RubricTable) -> Iterator[Complaint]:
    """Yield what is wrong with the facts that the rubric adds."""
    for index, fact in enumerate(rubric.facts):
        path: KeyPath = ("facts", index)
        yield from _check_choices(fact, path)
        if fact.ordered and fact.kind != "choice":
            sentence = "Only the choices of a “choice” have an order."
            yield Complaint((*path, "ordered"), sentence)


def _check_choices(fact: OwnFactTable, path: KeyPath) -> Iterator[Complaint]:
    if fact.kind not in _CHOSEN and fact.choices:
        sentence = f"A {fact.kind} is typed, so it has no “choices”."
        yield Complaint((*path, "choices"), sentence)
    elif fact.kind in _CHOSEN and len(fact.choices) < _FEWEST:
        sentence = f"A “{fact.kind}” needs at least two “choices”."
        yield Complaint((*path, "choices"), sentence)
    for key in ("id", "label", "key"):
        seen: set[str] = set()
        for index, choice in enumerate(fact.choices):
            value = getattr(choice, key)
            if value in seen:
                sentence = f"Another choice above has the {key} “{value}” too."
                yield Complaint((*path, "choices", index, key), sentence)
            if value is not None:
                seen.add(value)


def own_facts(rubric: RubricTable) -> tuple[Fact, ...]:
    """Return the facts that the rubric adds, in its order."""
    return tuple(
        Fact(
            fact.id,
            fact.label,
            fact.kind,
            OWN_GROUP,
            choices=_choices(fact),
            needed=fact.needed,
            reported=fact.reported,
            ordered=fact.ordered,
            help=fact.help,
        )
        for fact in rubric.facts
    )


def known_facts(rubric: RubricTable) -> dict[str, Fact]:
    """Return every fact that the rubric may name, by id; the tool's own first."""
    return {fact.id: fact for fact in (*FACTS, *own_facts(rubric))}


def _choices(fact: OwnFactTable) -> tuple[Choice, ...]:
    """Return the choices, each with a key: its own, a letter of its label, or any that is free."""
    taken = {choice.key for choice in fact.choices if choice.key}
    built = []
    for choice in fact.choices:
        key = choice.key
        if key is None:
            letters = [each for each in choice.label.lower() if each in ascii_lowercase]
            free = (each for each in (*letters, *ascii_lowercase, *digits) if each not in taken)
            key = next(free, "")
            taken.add(key)
        built.append(Choice(choice.id, choice.label, key))
    return tuple(built)
