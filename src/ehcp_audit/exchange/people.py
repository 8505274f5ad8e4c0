"""Which auditor a table's cells mean: somebody known here, or somebody new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ehcp_audit.domain.errors import IdentityError
from ehcp_audit.domain.identity import Identity, parse_agency, parse_name
from ehcp_audit.settings.person import new_auditor_id


class Auditors:
    """The auditors known here and those the table brings; a new name gets a fresh id once."""

    def __init__(self, known: Iterable[Identity]) -> None:
        self._by_id = {identity.id: identity for identity in known}
        self._known = frozenset(self._by_id)

    def named(self, cells: Mapping[str, str]) -> Identity:
        """Return whom auditor_id means, or where that is empty auditor, an id or a name.

        Raises `IdentityError` where nobody is named, or a name is two people's.
        """
        auditor_id, name = cells.get("auditor_id", ""), cells.get("auditor", "")
        if not (auditor_id or name):
            what = "auditor is empty"
            raise IdentityError(what)
        if (auditor_id or name) in self._by_id:
            return self._by_id[auditor_id or name]
        if not auditor_id:
            same = [
                each for each in self._by_id.values() if each.name.casefold() == name.casefold()
            ]
            if len(same) > 1:
                what = f"{len(same)} auditors are called “{name}”; fill in auditor_id"
                raise IdentityError(what)
            if same:
                return same[0]
        new = Identity(
            auditor_id or new_auditor_id(), parse_name(name or auditor_id), _agency(cells)
        )
        self._by_id[new.id] = new
        return new

    def new_among(self, auditor_ids: Iterable[str]) -> list[Identity]:
        """Return those of the given auditors who have yet to join, each once."""
        wanted = dict.fromkeys(auditor_ids)
        return [self._by_id[each] for each in wanted if each not in self._known]


def _agency(cells: Mapping[str, str]) -> str:
    """Return the auditor's agency: as given, else the audit's only one, else education."""
    if given := cells.get("auditor_agency"):
        return parse_agency(given)
    agencies = [part for part in cells.get("agencies", "").split(",") if part.strip()]
    return parse_agency(agencies[0]) if len(agencies) == 1 else "education"
