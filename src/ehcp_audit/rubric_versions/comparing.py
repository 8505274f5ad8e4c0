"""Comparing two versions of a rubric: every change, classified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from ehcp_audit.domain.rubric import Criterion, Level, Rubric
from ehcp_audit.rubric_versions import values
from ehcp_audit.rubric_versions.changes import Change, ChangeKind, Comparison
from ehcp_audit.rubric_versions.kinds import kind_of, kind_of_coming, kind_of_going
from ehcp_audit.rubric_versions.replacing import replacements, replacing_changes

_NAMES_THE_VERSION: Final = frozenset({"version", "hash"})
_TOLD_APART: Final = frozenset({("scale", "levels"), ("criteria", "levels")})


def compare(
    old: Rubric, new: Rubric, *, replaced_by: Mapping[str, Sequence[str]] | None = None
) -> Comparison:
    """Return every change from one version of a rubric to another.

    `replaced_by` maps a criterion that is gone to those that take its place; without it, what
    the new version itself says of its retired criteria is used.
    """
    replaced = replacements(old, new, replaced_by)
    versions = _Versions.of(old, new)
    return Comparison(old, new, tuple(_changes(versions, replaced)), replaced)


@dataclass(frozen=True)
class _Versions:
    """Two versions, and which of their levels are the same one.

    `renumbered` gives a level of the old version its number in the new one, or less than
    nothing where it is gone.
    """

    old: Rubric
    new: Rubric
    pairs: tuple[tuple[Level | None, Level | None], ...]
    renumbered: Mapping[int, int]
    old_names: values.Names
    new_names: values.Names

    @staticmethod
    def of(old: Rubric, new: Rubric) -> _Versions:
        pairs = _paired_levels(old.scale.levels, new.scale.levels)
        renumbered = {
            before.number: after.number if after else -before.number
            for before, after in pairs
            if before
        }
        names = values.Names.of(old), values.Names.of(new)
        return _Versions(old, new, pairs, renumbered, *names)


def _paired_levels(
    old: Sequence[Level], new: Sequence[Level]
) -> tuple[tuple[Level | None, Level | None], ...]:
    """Pair levels by id; where their number stayed, a level with another id was renamed."""
    by_id = {level.id: level for level in new}
    old_ids = {level.id for level in old}
    same_number = dict(zip((level.number for level in old), new, strict=False))

    def pair_of(before: Level) -> Level | None:
        if before.id in by_id:
            return by_id[before.id]
        there = same_number[before.number] if len(old) == len(new) else None
        return None if there is None or there.id in old_ids else there

    pairs = [(before, pair_of(before)) for before in old]
    paired = [after for _, after in pairs if after]
    return (*pairs, *((None, after) for after in new if after not in paired))


def _changes(versions: _Versions, replaced: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    """Yield the changes of every part, in the order in which they are told."""
    old, new = versions.old, versions.new
    parts = [field.name for field in fields(Rubric) if _is_part(old, new, field.name)]
    apart = {*parts, "scale", *_NAMES_THE_VERSION}
    yield from _differing(versions, "rubric", old, new, leave_out=apart)
    yield from _differing(versions, "scale", old.scale, new.scale)
    yield from _level_changes(versions)
    for part in parts:
        if part != "criteria":
            yield from _part_changes(versions, part)
    yield from replacing_changes(old, new, replaced)
    yield from _part_changes(versions, "criteria")


def _is_part(old: Rubric, new: Rubric, name: str) -> bool:
    """Whether a field lists things that have an id."""
    held = (*_as_tuple(getattr(old, name)), *_as_tuple(getattr(new, name)))
    return bool(held) and all(hasattr(each, "id") for each in held)


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _differing(
    versions: _Versions, part: str, old: Any, new: Any, *, leave_out: set[str] | None = None
) -> Iterator[Change]:
    """Yield a change for each key in which two of a kind differ."""
    named = part not in ("rubric", "scale")
    title = _title(new) if named else ""
    for field in fields(old):
        key = field.name
        if key in (leave_out or ()) or (part, key) in _TOLD_APART:
            continue
        before, after = getattr(old, key), getattr(new, key)
        if _levels_renumbered(part, key, before, versions.renumbered) != after:
            said = (
                _said(part, key, before, versions.old_names),
                _said(part, key, after, versions.new_names),
            )
            yield Change(kind_of(part, key), part, new.id if named else "", title, key, *said)


def _title(thing: Any) -> str:
    """Return what a criterion, level or limit is called."""
    for key in ("title", "label", "id"):
        if hasattr(thing, key):
            return str(getattr(thing, key))
    return ""


def _level_changes(versions: _Versions) -> Iterator[Change]:
    for before, after in versions.pairs:
        if before and after:
            for change in _differing(versions, "levels", before, after):
                yield replace(change, part="scale")
        elif before:
            said = _whole(before, versions.old_names)
            yield Change(kind_of_going("levels"), "scale", before.id, before.label, "", said, "")
        elif after:
            said = _whole(after, versions.new_names)
            yield Change(kind_of_coming("levels"), "scale", after.id, after.label, "", "", said)


def _part_changes(versions: _Versions, part: str) -> Iterator[Change]:
    """Yield the changes of a list of things that have an id, such as the grades."""
    before = {each.id: each for each in _as_tuple(getattr(versions.old, part))}
    after = {each.id: each for each in _as_tuple(getattr(versions.new, part))}
    if part == "retired":  # what is retired by this version is told with its criterion
        after = {key: each for key, each in after.items() if not versions.old.has_criterion(key)}
    for key, thing in before.items():
        if key not in after and part != "criteria":
            said = _whole(thing, versions.old_names)
            yield Change(kind_of_going(part), part, key, _title(thing), "", said, "")
    for key, thing in after.items():
        if key in before:
            yield from _differing(versions, part, before[key], thing)
            if isinstance(thing, Criterion):
                yield from _text_changes(versions, before[key], thing)
        elif part != "criteria":
            said = _whole(thing, versions.new_names)
            yield Change(kind_of_coming(part), part, key, _title(thing), "", "", said)
    yield from _order_change(part, list(before), list(after))


def _order_change(part: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    was = [key for key in before if key in after]
    is_now = [key for key in after if key in before]
    if was != is_now:
        said = ", ".join(was), ", ".join(is_now)
        yield Change(kind_of(part, "order"), part, "", "", "order", *said)


def _text_changes(versions: _Versions, old: Criterion, new: Criterion) -> Iterator[Change]:
    """Yield a change for each level that a criterion describes otherwise."""
    for before, after in versions.pairs:
        was = old.levels[before.number - 1] if before else ""
        is_now = new.levels[after.number - 1] if after else ""
        if was != is_now:
            kind: ChangeKind = "meaning" if before and after else "scale"
            level = after or before
            name = f"level “{level.label}”" if level else ""
            said = values.in_words(was), values.in_words(is_now)
            yield Change(kind, "criteria", new.id, new.title, name, *said)


def _levels_renumbered(part: str, key: str, value: Any, renumbered: Mapping[int, int]) -> Any:
    """Return a value of the old version with its levels numbered as in the new one."""
    if (part, key) in (("criteria", "evidence_at"), ("grades", "nothing_at")):
        return tuple(renumbered[number] for number in value)
    if (part, key) == ("grades", "share_at") and value is not None:
        return renumbered[value[0]], value[1]
    if (part, key) == ("limits", "when") and hasattr(value, "level"):
        return replace(value, level=renumbered[value.level])
    if (part, key) == ("scale", "met_from"):
        return renumbered[value]
    return value


def _said(part: str, key: str, value: Any, names: values.Names) -> str:
    """Return the value of a key in words."""
    say = _WORDS.get((part, key))
    return values.in_words(value) if say is None else say(value, names)


def _whole(thing: Any, names: values.Names) -> str:
    """Return a whole grade, limit, source… in words, as one that came or went is told."""
    said = (
        (field.name, _said(_PART_OF.get(type(thing).__name__, ""), field.name, value, names))
        for field in fields(thing)
        if field.name not in ("id", "title", "label")
        and (value := getattr(thing, field.name)) is not None
    )
    return ", ".join(f"{spaced(key)} {words}" for key, words in said if words)


def spaced(key: str) -> str:
    """Return a key of the file as words."""
    return key.replace("_", " ")


def _listed(numbers: tuple[int, ...], names: values.Names) -> str:
    return ", ".join(names.levels[number] for number in numbers)


_PART_OF: Final = {"GradeRule": "grades", "Limit": "limits", "Level": "levels"}
_WORDS: Final[Mapping[tuple[str, str], Callable[[Any, values.Names], str]]] = {
    ("scale", "met_from"): lambda value, names: names.levels[value],
    ("grades", "at_least"): lambda value, _: values.share(value),
    ("grades", "share_at"): values.share_at_in_words,
    ("grades", "nothing_at"): _listed,
    ("limits", "when"): values.limit_in_words,
    ("criteria", "evidence_at"): _listed,
    ("criteria", "applies_when"): values.condition,
    ("criteria", "agency"): lambda value, _: values.agencies(value),
    ("criteria", "scored_by"): lambda value, _: values.agencies(value),
    ("rubric", "needs_scored_weight"): lambda value, _: values.share(value),
    ("rubric", "theme_met_at"): lambda value, _: values.share(value),
}
