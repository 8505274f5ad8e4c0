"""Which questions are listed: by state, agency, theme and section; and what agencies begin with."""

import pytest
from tests.small_rubric import ME, TODAY, criterion, give, opened, rubric_of

from ehcp_audit.auditing import next_unscored, write_note
from ehcp_audit.auditing.listing import (
    Kind,
    QuestionFilter,
    choices,
    first_filter,
    listed,
    words_of,
)
from ehcp_audit.auditing.progress import last_written
from ehcp_audit.domain.rubric import NOT_EVIDENCED
from ehcp_audit.store import Store

MIXED = rubric_of(
    criterion("views", "voice", scored_by=("education",), sections=("A",)),
    criterion("clinic", "voice", agency="health", scored_by=("education", "health")),
    criterion("advice", "outcomes", agency="health", scored_by=("health",), sections=("A", "G")),
)


def ids(found: object) -> list[str]:
    return [each.id for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("agency", "health", ["clinic", "advice"]),
        ("agency", "education", ["views", "clinic"]),
        ("theme", "outcomes", ["advice"]),
        ("section", "A", ["views", "advice"]),
        ("section", "G", ["advice"]),
    ],
)
def test_an_agency_a_theme_and_a_section_list_their_questions(
    store: Store, kind: Kind, value: str, expected: list[str]
) -> None:
    state = opened(store).state
    assert ids(listed(MIXED, state, QuestionFilter(kind, value), TODAY)) == expected


def test_a_state_lists_the_questions_that_are_in_it_now(store: Store) -> None:
    session = opened(store)
    give(session, "views", 2)
    give(session, "distinct", 1)  # wants evidence at 1 and 2
    give(session, "smart", 4)
    give(session, "linked", NOT_EVIDENCED)

    def found(value: str) -> list[str]:
        state = session.state
        return ids(listed(session.rubric, state, QuestionFilter("state", value), TODAY))

    assert found("open") == ["health"], "a question that the facts rule out is not undecided"
    assert found("below") == ["views", "distinct"]
    assert found("evidence") == ["distinct"]
    assert found("unseen") == ["linked"]


def test_only_what_lists_something_is_offered_but_every_state_is(store: Store) -> None:
    session = opened(store)
    states = choices(session.rubric, session.state, "state", TODAY)
    assert [(each.filter.value, each.count) for each in states] == [
        ("open", 5), ("below", 0), ("evidence", 0), ("unseen", 0), ("flagged", 0),
    ]  # fmt: skip
    assert choices(session.rubric, session.state, "section", TODAY) == ()
    sections = choices(MIXED, session.state, "section", TODAY)
    assert [(each.words, each.count) for each in sections] == [("Section A", 2), ("Section G", 1)]
    assert words_of(MIXED, QuestionFilter("state", "below")) == "below Meets"


def test_the_next_question_is_among_those_that_are_listed(store: Store) -> None:
    session = opened(store)
    among = QuestionFilter("theme", "outcomes")
    assert next_unscored(session.rubric, session.state, TODAY, among=among) == "smart"
    give(session, "smart", 3)
    give(session, "linked", 3)
    give(session, "health", 3)
    assert next_unscored(session.rubric, session.state, TODAY, among=among) is None
    assert next_unscored(session.rubric, session.state, TODAY) == "views"


def test_health_and_social_care_begin_with_their_own_questions() -> None:
    assert first_filter(MIXED, "health") == QuestionFilter("agency", "health")
    assert first_filter(MIXED, "education") is None
    assert first_filter(MIXED, "social_care") is None, "nothing is asked of them: the whole list"
    own = rubric_of(criterion("advice", "voice", scored_by=("health",)))
    assert first_filter(own, "health") is None, "all is theirs: nothing to leave out"


def test_the_evidence_written_last_is_the_one_changed_last_and_still_there(store: Store) -> None:
    session = opened(store)

    def write(criterion_id: str, text: str, note_id: str | None = None) -> None:
        chosen = session.rubric.criterion(criterion_id)
        event = write_note(session.state, chosen, ME.id, text=text, note_id=note_id)
        session.confirm(session.submit(event))

    def last() -> str | None:
        events = store.audit_events(session.audit_id)
        found = last_written(session.rubric, session.state, events)
        return None if found is None else f"{found.criterion.id} {found.note.text}"

    assert last() is None
    write("views", "one")
    first = session.state.evidence[0].id
    write("smart", "two")
    assert last() == "smart two"
    write("views", "one more", first)
    assert last() == "views one more"
    session.confirm(session.undo())
    session.confirm(session.undo())
    assert last() == "views one", "the second note is taken back"
