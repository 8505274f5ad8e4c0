"""A comparison in plain words, section by section, as `rubric diff` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ehcp_audit.rubric_versions.changes import KIND_LABELS, PART_LABELS, Change, Comparison
from ehcp_audit.rubric_versions.comparing import spaced


def describe(comparison: Comparison) -> tuple[str, ...]:
    """Return what changed, a line each, old → new; nothing that stayed is named.

    The first line counts the changes by kind; sections follow in the order of the file.
    """
    old, new = comparison.old, comparison.new
    names = f"{old.name} → {new.version if old.title == new.title else new.name}"
    if not comparison.changes:
        return (f"{names}: nothing but the version differs.",)
    lines = [f"{names}: {kinds_in_words(comparison)}."]
    by_part: dict[str, list[Change]] = {}
    for change in comparison.changes:
        by_part.setdefault(change.part, []).append(change)
    order = [*PART_LABELS, *(part for part in by_part if part not in PART_LABELS)]
    for part in (part for part in order if part in by_part):
        heading = PART_LABELS.get(part) or spaced(part).capitalize()
        lines += ["", heading, *_section(by_part[part])]
    return tuple(lines)


def kinds_in_words(comparison: Comparison) -> str:
    """Return how many changes of each kind there are, such as “1 retired, 3 wording”."""
    return ", ".join(f"{count} {KIND_LABELS[kind]}" for kind, count in comparison.counts.items())


def _section(changes: list[Change]) -> Iterator[str]:
    for (key, title), group in groupby(changes, key=lambda change: (change.id, change.title)):
        together = list(group)
        if not key:
            yield from (f"  {_line(change)}" for change in together)
            continue
        name = title if title == key else f"{title} ({key})"
        whole = [change for change in together if not change.what]
        yield from (f"  {_came_or_went(change, name)}" for change in whole)
        rest = [change for change in together if change.what]
        if rest:
            yield f"  {name}"
        yield from (f"    {_line(change)}" for change in rest)


def _came_or_went(change: Change, name: str) -> str:
    if change.kind in ("replaced", "split", "merged"):
        return f"{KIND_LABELS[change.kind].capitalize()}: {change.old} → {change.new}"
    if change.kind == "retired":
        why = f" Why: {change.new}" if change.new else ""
        return f"Gone: {name}: {change.old}{why}"
    what, said = ("Gone", change.old) if change.old else ("New", change.new)
    return f"{what}: {name}{': ' if said else ''}{said}"


def _line(change: Change) -> str:
    what = spaced(change.what)
    if change.old == change.new:
        return f"{what}: only spaces, line ends or an order differ"
    return f"{what}: {change.old or 'nothing'} → {change.new or 'nothing'}"
