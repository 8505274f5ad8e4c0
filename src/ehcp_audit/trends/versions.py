"""Which measures mean the same in several versions of a rubric, and where a line must break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import grade_key, theme_key


@dataclass(frozen=True)
class Joined:
    """The versions, oldest first, in which one measure means the same.

    `label` names them where they are not all the versions in use, such as “(version 1.0.0)”.
    """

    id: str
    rubrics: tuple[Rubric, ...]
    label: str

    @property
    def latest(self) -> Rubric:
        """The newest of the versions, whose wording is shown."""
        return self.rubrics[-1]

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions joined, oldest first."""
        return tuple(rubric.version for rubric in self.rubrics)


@dataclass(frozen=True)
class VersionChange:
    """What changed from one version in use to the next.

    Attributes:
        earlier: the version before.
        later: the version after.
        since: the key of the first period that holds an audit by the later version.
        carried: how many of the later version's criteria mean the same as before.
        criteria: how many criteria the later version has.
        changed: titles of the criteria that are asked differently now.
        added: titles of the criteria that are new.
        dropped: titles of the criteria that are gone.
        themes_changed: titles of the themes in both versions that no longer mean the same.
        grade_changed: whether the rules of the grade differ.
    """

    earlier: str
    later: str
    since: str
    carried: int
    criteria: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    themes_changed: tuple[str, ...]
    grade_changed: bool


def join(
    rubrics: Sequence[Rubric],
    ids_of: Callable[[Rubric], Iterable[str]],
    key_of: Callable[[Rubric, str], str],
) -> tuple[Joined, ...]:
    """Return every measure of the versions, one entry for each meaning it has had.

    `rubrics` are oldest first. Measures follow the newest version's order, those that only older
    versions hold come last, and the meanings of one measure are oldest first.
    """
    ids = dict.fromkeys(measure for rubric in reversed(rubrics) for measure in ids_of(rubric))
    lines: list[Joined] = []
    for measure in ids:
        meanings: dict[str, list[Rubric]] = {}
        for rubric in rubrics:
            if measure in ids_of(rubric):
                meanings.setdefault(key_of(rubric, measure), []).append(rubric)
        lines += [
            Joined(measure, tuple(group), _label(group, rubrics)) for group in meanings.values()
        ]
    return tuple(lines)


def _label(group: Sequence[Rubric], rubrics: Sequence[Rubric]) -> str:
    if len(group) == len(rubrics):
        return ""
    versions = [rubric.version for rubric in group]
    if len(versions) == 1:
        return f"(version {versions[0]})"
    return f"(versions {', '.join(versions[:-1])} and {versions[-1]})"


def compare_versions(earlier: Rubric, later: Rubric, since: str) -> VersionChange:
    """Return what changed between two versions, the later one in use from period `since`."""
    shared = [criterion for criterion in later.criteria if earlier.has_criterion(criterion.id)]
    changed = [
        criterion
        for criterion in shared
        if earlier.comparison_key(criterion.id) != later.comparison_key(criterion.id)
    ]
    themes_before = {theme.id for theme in earlier.themes}
    return VersionChange(
        earlier=earlier.version,
        later=later.version,
        since=since,
        carried=len(shared) - len(changed),
        criteria=len(later.criteria),
        changed=tuple(criterion.title for criterion in changed),
        added=tuple(c.title for c in later.criteria if not earlier.has_criterion(c.id)),
        dropped=tuple(c.title for c in earlier.criteria if not later.has_criterion(c.id)),
        themes_changed=tuple(
            theme.title
            for theme in later.themes
            if theme.id in themes_before
            and theme_key(earlier, theme.id) != theme_key(later, theme.id)
        ),
        grade_changed=grade_key(earlier) != grade_key(later),
    )
