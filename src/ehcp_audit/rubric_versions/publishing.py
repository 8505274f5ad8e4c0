"""Publishing a version: it is frozen, and may then no longer be changed under its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ehcp_audit.auditing.acts import LONGEST_TEXT, tidied
from ehcp_audit.auditing.begin import freezing, joining
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import NotAllowedError, RubricError, UsageError
from ehcp_audit.domain.events import NewEvent, rubric_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import in_order, is_newer
from ehcp_audit.rubric_versions.changes import Comparison
from ehcp_audit.rubric_versions.comparing import compare
from ehcp_audit.rubric_versions.notices import a_year_after
from ehcp_audit.store import Store, Work, changed_since_frozen


@dataclass(frozen=True)
class Publication:
    """That a version was published: by whom and when, and who had read its sources by then."""

    version: str
    at: str
    publisher: str
    sources_read_by: str
    sources_read_on: date


def check_frozen(store: Store, rubric: Rubric) -> None:
    """Raise `RubricError` where the rubric's version is frozen here with other content."""
    kept = store.rubric_hash(rubric.id, rubric.version)
    if kept is not None and kept != rubric.hash:
        raise changed_since_frozen(rubric)


def last_version(store: Store, rubric: Rubric) -> Rubric | None:
    """Return the newest frozen version of the rubric's id, itself aside; None where it is first."""
    others = [
        store.rubric(kept.hash)
        for kept in store.rubric_versions()
        if kept.rubric_id == rubric.id
        and kept.version != rubric.version
        and store.is_frozen(kept.hash)
    ]
    return in_order(others)[-1] if others else None


def newest_version(store: Store, rubric: Rubric) -> Rubric | None:
    """Return the newest frozen version of a rubric where it is newer than this one, or None."""
    last = last_version(store, rubric)
    return last if last is not None and is_newer(last.version, rubric.version) else None


def against_last(store: Store, rubric: Rubric) -> Comparison | None:
    """Return what a rubric changes against the last version; None where it is the first."""
    last = last_version(store, rubric)
    return None if last is None else compare(last, rubric)


def publication(store: Store, rubric_id: str, version: str) -> Publication | None:
    """Return when and by whom a version was published; None where it was not."""
    for event in store.rubric_events(rubric_id, version):
        if event.kind == "rubric_published" and event.body is not None:
            return Publication(
                version=version,
                at=event.at,
                publisher=event.actor,
                sources_read_by=event.body["sources_read_by"],
                sources_read_on=date.fromisoformat(event.body["sources_read_on"]),
            )
    return None


def publish(
    store: Store,
    rubric: Rubric,
    text: str,
    identity: Identity,
    *,
    sources_read_by: str,
    sources_read_on: date | None,
    today: date,
) -> Publication:
    """Publish a rubric: freeze it, and record what it changes and who read its sources when.

    Raises `RubricError` where its version is frozen with other content, is not newer than the
    last, or does not say when its law was read; `NotAllowedError` where it is published already
    or nobody is named who read the sources; `UsageError` for a day that cannot be.
    """
    check_frozen(store, rubric)
    _check_new(store, rubric)
    comparison = against_last(store, rubric)
    if comparison is not None and not is_newer(rubric.version, comparison.old.version):
        what = f"Version {rubric.version} is not newer than {comparison.old.version}, the last one."
        raise RubricError(what, "Give it a higher version number.")
    reader, read_on = _check_read(rubric, sources_read_by, sources_read_on, today)
    body = {
        "rubric_id": rubric.id,
        "version": rubric.version,
        "hash": rubric.hash,
        "last": None if comparison is None else comparison.old.hash,
        "changes": _recorded(comparison),
        "sources_read_by": reader,
        "sources_read_on": read_on.isoformat(),
    }
    subject = rubric_subject(rubric.id, rubric.version)
    events = (
        *joining(store, identity),
        *freezing(store, rubric, identity.id),
        NewEvent(subject, "rubric_published", body, identity.id),
    )
    *_, written = store.do(Work(events=events, rubrics=((rubric, text),))).events
    return Publication(rubric.version, written.at, identity.id, reader, read_on)


def _recorded(comparison: Comparison | None) -> list[dict[str, Any]]:
    changes = () if comparison is None else comparison.changes
    return [
        {"kind": each.kind, "part": each.part, "id": each.id, "what": each.what} for each in changes
    ]


def _check_new(store: Store, rubric: Rubric) -> None:
    before = publication(store, rubric.id, rubric.version)
    if before is not None:
        day = show_date(date.fromisoformat(before.at[:10]))
        what = f"{rubric.name} was published on {day}."
        raise NotAllowedError(what, "For a change, give it a new version number.")


def _check_read(
    rubric: Rubric, sources_read_by: str, sources_read_on: date | None, today: date
) -> tuple[str, date]:
    """Return who read the sources and when, or say what is still to be said of it."""
    if rubric.law_as_at is None and any(criterion.law for criterion in rubric.criteria):
        what = f"{rubric.name} refers to law, and does not say when it was last read."
        raise RubricError(what, "Put law_as_at in the file: the day, such as 2026-11-22.")
    if rubric.law_as_at is not None and rubric.law_as_at > today:
        what = f"law_as_at is {show_date(rubric.law_as_at)}, which is still to come."
        raise RubricError(what, "Put the day on which the law was read.")
    reader = tidied(sources_read_by, LONGEST_TEXT)
    if not reader or sources_read_on is None:
        what = "Nobody has said who read its law and sources, and when."
        raise NotAllowedError(what, "Name who read them and the day; they are kept with it.")
    if sources_read_on > today:
        what = f"{show_date(sources_read_on)} is still to come."
        raise UsageError(what, "Give the day on which the sources were read.")
    if rubric.law_as_at is not None and sources_read_on < rubric.law_as_at:
        what = (
            f"The sources were read on {show_date(sources_read_on)}, before the day that "
            f"law_as_at gives, {show_date(rubric.law_as_at)}."
        )
        raise NotAllowedError(what, "Read them again, or correct law_as_at.")
    if a_year_after(sources_read_on) < today:
        what = f"The sources were read on {show_date(sources_read_on)}, over a year ago."
        raise NotAllowedError(what, "Read them again before the version is published.")
    return reader, sources_read_on
