"""Publishing freezes a version once, in order, and only when its sources were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.rubric_versions.changed_rubrics import (
    REWEIGHTED,
    REWORDED,
    criteria_with,
    frozen,
    later,
)
from tests.small_rubric import CRITERIA, ME, RUBRIC, TEXT, TODAY, begun, rubric_of

from ehcp_audit.domain.errors import AuditToolError, NotAllowedError, RubricError, UsageError
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_versions import (
    Publication,
    against_last,
    check_frozen,
    last_version,
    publication,
    publish,
)
from ehcp_audit.store import Store


@pytest.fixture
def published(store: Store) -> Callable[..., Publication]:
    def publishing(rubric: Rubric, **changed: Any) -> Publication:
        given = {"sources_read_by": "KL and the DCO", "sources_read_on": TODAY, "today": TODAY}
        return publish(store, rubric, TEXT, ME, **{**given, **changed})

    return publishing


def test_publishing_freezes_a_version_without_an_audit(
    store: Store, published: Callable[..., Publication]
) -> None:
    published(RUBRIC)
    assert store.is_frozen(RUBRIC.hash)
    assert store.rubric(RUBRIC.hash) == RUBRIC
    assert [event.kind for event in store.every_event()] == [
        "auditor_joined",
        "rubric_frozen",
        "rubric_published",
    ]
    assert store.faults() == []


def test_it_is_kept_who_published_and_who_read_the_sources_when(
    store: Store, published: Callable[..., Publication]
) -> None:
    assert publication(store, "small", "1.0") is None
    done = published(RUBRIC, sources_read_on=TODAY - timedelta(3))
    assert done == publication(store, "small", "1.0")
    assert (done.publisher, done.sources_read_by) == (ME.id, "KL and the DCO")
    assert (done.at[:10], done.sources_read_on) == ("2026-03-02", date(2026, 2, 27))


def test_the_changes_against_the_last_version_are_kept(
    store: Store, published: Callable[..., Publication]
) -> None:
    published(RUBRIC)
    published(REWEIGHTED)
    body = store.every_event()[-1].body or {}
    assert body["last"] == RUBRIC.hash
    assert body["changes"] == [
        {"kind": "reweighted", "part": "criteria", "id": "views", "what": "weight"}
    ]


def test_a_version_frozen_by_its_first_audit_is_published_afterwards(
    store: Store, published: Callable[..., Publication]
) -> None:
    begun(store)
    published(RUBRIC)
    kinds = [event.kind for event in store.every_event()]
    assert kinds.count("rubric_frozen") == 1


def test_an_audit_begins_with_a_published_version_as_it_is(
    store: Store, published: Callable[..., Publication]
) -> None:
    published(RUBRIC)
    before = len(store.every_event())
    begun(store)
    assert [event.kind for event in store.every_event()[before:]] == ["plan_added", "audit_begun"]


# ------------------------------------------------------------ what is refused


def refused(store: Store, act: Callable[[], object], kind: type[AuditToolError]) -> str:
    before = store.every_event(), store.rubric_versions()
    with pytest.raises(kind) as error:
        act()
    assert error.value.next_step
    assert (store.every_event(), store.rubric_versions()) == before
    return error.value.what


def test_a_version_with_other_content_than_was_frozen_is_refused(
    store: Store, published: Callable[..., Publication]
) -> None:
    published(RUBRIC)
    changed = rubric_of(*criteria_with("views", weight=5))
    what = refused(store, lambda: published(changed), RubricError)
    assert what == "small version 1.0 was changed after it was frozen."


def test_a_version_is_published_once(store: Store, published: Callable[..., Publication]) -> None:
    published(RUBRIC)
    what = refused(store, lambda: published(RUBRIC), NotAllowedError)
    assert what == "Small rubric 1.0 was published on 2 Mar 2026."


@pytest.mark.parametrize("version", ["0.9", "1.9", "1.10.0", "1.10-draft"])
def test_a_version_that_is_not_newer_than_the_last_is_refused(
    store: Store, published: Callable[..., Publication], version: str
) -> None:
    published(rubric_of(*CRITERIA, version="1.10"))
    what = refused(store, lambda: published(later(version=version)), RubricError)
    assert what == f"Version {version} is not newer than 1.10, the last one."


def test_the_last_version_is_the_newest_by_number_whatever_was_frozen_last(
    store: Store, published: Callable[..., Publication]
) -> None:
    frozen(store, later(version="1.10"))
    frozen(store, later(*CRITERIA[:3], version="1.9"))
    new = later(*CRITERIA[:2], version="1.11")
    last = last_version(store, new)
    assert last is not None
    assert last.version == "1.10"
    published(new)


def test_another_rubric_s_versions_do_not_matter(
    store: Store, published: Callable[..., Publication]
) -> None:
    frozen(store, rubric_of(*CRITERIA, id="other", version="9.0"))
    published(RUBRIC)
    assert last_version(store, RUBRIC) is None


def test_a_version_that_is_kept_but_never_frozen_is_not_the_last(store: Store) -> None:
    store.keep_rubric(later(version="3.0"), TEXT)
    assert against_last(store, RUBRIC) is None


@pytest.mark.parametrize(
    "said", [{"sources_read_by": " "}, {"sources_read_on": None}], ids=["who", "when"]
)
def test_it_is_asked_who_read_the_sources_and_when(
    store: Store, published: Callable[..., Publication], said: dict[str, Any]
) -> None:
    what = refused(store, lambda: published(RUBRIC, **said), NotAllowedError)
    assert what == "Nobody has said who read its law and sources, and when."


@pytest.mark.parametrize(
    "case",
    [
        (
            {},
            {"sources_read_on": TODAY + timedelta(1)},
            UsageError,
            "3 Mar 2026 is still to come.",
        ),
        (
            {},
            {"sources_read_on": date(2025, 3, 1)},
            NotAllowedError,
            "The sources were read on 1 Mar 2025, over a year ago.",
        ),
        (
            {"law_as_at": date(2026, 3, 3)},
            {},
            RubricError,
            "law_as_at is 3 Mar 2026, which is still to come.",
        ),
        (
            {"law_as_at": date(2026, 3, 1)},
            {"sources_read_on": date(2026, 2, 28)},
            NotAllowedError,
            (
                "The sources were read on 28 Feb 2026, before the day that law_as_at gives, "
                "1 Mar 2026."
            ),
        ),
    ],
    ids=["to come", "too long ago", "law to come", "before the law"],
)
def test_a_day_of_reading_that_cannot_vouch_for_the_version_is_refused(
    store: Store,
    published: Callable[..., Publication],
    case: tuple[dict[str, Any], dict[str, Any], type[AuditToolError], str],
) -> None:
    changed, said, kind, what = case
    rubric = later(**changed)
    assert refused(store, lambda: published(rubric, **said), kind) == what


def test_a_rubric_that_refers_to_law_says_when_it_was_read(
    store: Store, published: Callable[..., Publication]
) -> None:
    what = refused(store, lambda: published(REWORDED), RubricError)
    assert what == "Small rubric 1.1 refers to law, and does not say when it was last read."
    read = later(*REWORDED.criteria, law_as_at=TODAY - timedelta(10))
    assert published(read).version == "1.1"


# ------------------------------------------------------------ once frozen


def test_a_file_changed_under_a_frozen_number_is_told_at_load(store: Store) -> None:
    frozen(store, RUBRIC)
    with pytest.raises(RubricError, match=r"1\.0 was changed after it was frozen") as error:
        check_frozen(store, rubric_of(*criteria_with("views", title="Other")))
    assert "new version number" in error.value.next_step


def test_a_file_as_it_was_frozen_or_with_a_new_number_is_in_order(store: Store) -> None:
    frozen(store, RUBRIC)
    check_frozen(store, RUBRIC)
    check_frozen(store, replace(RUBRIC, summary="as parsed"))  # the hash is of the file alone
    check_frozen(store, REWEIGHTED)
