"""Which rubric version a table's cells mean."""

from __future__ import annotations

from collections.abc import Sequence

from ehcp_audit.domain.errors import RubricError
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import version_order
from ehcp_audit.store import Store

RubricText = tuple[Rubric, str]


class Rubrics:
    """The rubric versions frozen in the store and, where it has none of theirs, the files'."""

    def __init__(self, store: Store, files: Sequence[RubricText]) -> None:
        self._store = store
        self._frozen = {
            (kept.rubric_id, kept.version): kept.hash for kept in store.rubric_versions()
        }
        self._files = {(rubric.id, rubric.version): (rubric, text) for rubric, text in files}

    def named(self, rubric_id: str, version: str) -> Rubric:
        """Return a rubric version, the latest where none is named; raises `RubricError`."""
        every = {*self._frozen, *self._files}
        versions = sorted((each for name, each in every if name == rubric_id), key=version_order)
        if not versions:
            known = ", ".join(sorted({name for name, _ in every})) or "none"
            what = f"there is no rubric “{rubric_id[:60]}” here (there are: {known})"
            raise RubricError(what)
        if version and version not in versions:
            there = ", ".join(versions)
            what = f"{rubric_id} has no version “{version[:40]}” here (there are: {there})"
            raise RubricError(what)
        key = (rubric_id, version or versions[-1])
        if key in self._frozen:
            return self._store.rubric(self._frozen[key])
        return self._files[key][0]

    def every(self) -> tuple[Rubric, ...]:
        """Return every rubric version that a table may mean."""
        files = (rubric for rubric, _ in self._files.values())
        return (*(self._store.rubric(each) for each in self._frozen.values()), *files)

    def unfrozen(self, rubric: Rubric) -> RubricText | None:
        """Return the rubric with its text where the store does not keep it yet."""
        key = (rubric.id, rubric.version)
        return None if key in self._frozen else self._files[key]
