from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ehcp_audit.auditing import gaps
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import WorkspaceError
from ehcp_audit.domain.questions import THEME_MET, THEME_NOT_MET, Question, theme_criterion
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED
from ehcp_audit.example import Example, make_example
from ehcp_audit.rubric_files import SCHEMA_NAME, schema_text
from ehcp_audit.settings.team import team_settings
from ehcp_audit.store import Store

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return make_example(tmp_path_factory.mktemp("made") / "example", today=TODAY)


@pytest.fixture(scope="module")
def store(example: Example) -> Iterator[Store]:
    with Store.open(example.workspace.database, writable=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def audits(store: Store) -> list[AuditState]:
    return list(store.every_audit())


def share_meeting(store: Store, theme: str, first: date, last: date) -> Fraction:
    question = Question("peer-findings", granularity="year", first=first, last=last)
    levels: Counter[int] = Counter()
    for row in store.tallies(question).rows:
        if row.criterion == theme_criterion(theme):
            levels[row.level] += row.count
    return Fraction(levels[THEME_MET], levels[THEME_MET] + levels[THEME_NOT_MET])


def level_shares(audits: list[AuditState], team: str | None, prefix: str = "") -> Fraction:
    """Share of scored questions at a meeting level."""
    levels = [
        level
        for state in audits
        if state.sign_off and (team is None or state.facts.get("team") == team)
        for criterion, level in state.sign_off.levels.items()
        if level > 0 and criterion.startswith(prefix)
    ]
    return Fraction(sum(level >= 3 for level in levels), len(levels))


def test_it_is_marked_as_made_up_and_whole(store: Store) -> None:
    assert store.synthetic
    assert store.faults() == []


def test_its_rubrics_have_the_schema_beside_them(example: Example) -> None:
    assert (example.workspace.rubrics / SCHEMA_NAME).read_text("utf-8") == schema_text()


def test_eighteen_months_of_about_sixteen_audits_end_last_month(store: Store) -> None:
    audits = store.tallies(Question("peer-findings", reasons=())).audits
    assert next(iter(audits)) == "2025-05"
    assert list(audits)[-1] == "2026-10"
    assert len(audits) == 18
    assert all(13 <= count <= 19 for count in audits.values())


def test_outcomes_improve_and_the_childs_voice_does_not(store: Store) -> None:
    early, late = (date(2025, 5, 1), date(2025, 12, 31)), (date(2026, 4, 1), date(2026, 10, 31))
    gained = share_meeting(store, "outcomes", *late) - share_meeting(store, "outcomes", *early)
    assert gained > Fraction(15, 100)
    moved = share_meeting(store, "voice", *late) - share_meeting(store, "voice", *early)
    assert abs(moved) < Fraction(12, 100)


def test_social_care_contributes_least(audits: list[AuditState]) -> None:
    care = level_shares(audits, None, "care.")
    assert care < level_shares(audits, None, "health.") - Fraction(10, 100)


def test_team_c_is_weak(audits: list[AuditState]) -> None:
    for other in ("Team A", "Team B", "Team D"):
        assert level_shares(audits, "Team C") < level_shares(audits, other) - Fraction(10, 100)


def test_newer_plans_are_better_than_older_ones(audits: list[AuditState]) -> None:
    def dated(state: AuditState) -> str:
        return str(state.facts.get("plan_date", ""))

    new = [state for state in audits if dated(state) >= "2025-06"]
    old = [state for state in audits if "2020" <= dated(state) < "2024-06"]
    assert level_shares(new, None) > level_shares(old, None) + Fraction(8, 100)


def test_the_odd_cases_are_all_there(audits: list[AuditState]) -> None:
    seen = {(fact, value) for state in audits for fact, value in state.facts.items()}
    assert {
        ("plan_kind", "ordered"),
        ("ordered_sections", ("B", "F")),
        ("plan_kind", "adopted"),
        ("plan_kind", "reassessed"),
        ("setting", "eotas"),
        ("setting", "home_educated"),
        ("setting", "not_in_education"),
        ("year_group", "EY"),
        ("year_group", "19-25"),
        ("dispute", "appeal_open"),
        ("social_care", "cannot_tell"),
        ("audit_reason", "re_audit"),
    } <= seen
    assert any("plan_date" not in state.facts for state in audits)


def test_scores_outside_the_levels_have_their_reasons(audits: list[AuditState]) -> None:
    reasons = {
        level: [score.reason for a in audits for score in a.scores.values() if score.level == level]
        for level in (NOT_EVIDENCED, NOT_APPLICABLE)
    }
    assert all(len(given) > 3 and all(given) for given in reasons.values())


def test_what_is_signed_could_have_been_signed_at_the_keyboard(
    store: Store, audits: list[AuditState]
) -> None:
    for state in audits:
        if state.sign_off:
            assert gaps(store.rubric(state.rubric_hash), state, state.sign_off.audit_date) == ()


def test_there_are_drafts_one_withdrawn_and_one_signed_twice(store: Store) -> None:
    assert store.count_by_state()["draft"] == 3
    assert store.count_by_state()["withdrawn"] == 1
    kinds = Counter((event.subject, event.kind) for event in store.every_event())
    twice = [subject for (subject, kind), n in kinds.items() if kind == "signed" and n == 2]
    assert len(twice) == 1
    assert kinds[twice[0], "reopened"] == 1


def test_several_auditors_are_known_by_initials_only(store: Store) -> None:
    assert {auditor.name for auditor in store.auditors()} == {"KL", "RM", "JS", "TB", "AO"}
    assert {auditor.agency for auditor in store.auditors()} == {
        "education",
        "health",
        "social_care",
    }


def test_its_settings_list_its_teams(example: Example) -> None:
    settings = team_settings(example.workspace)
    assert settings.teams == ("Team A", "Team B", "Team C", "Team D")
    assert "made up" in settings.name


def test_the_same_seed_and_day_make_the_same_audits(
    audits: list[AuditState], tmp_path: Path
) -> None:
    again = make_example(tmp_path / "again", today=TODAY)
    with Store.open(again.workspace.database) as store:
        assert list(store.every_audit()) == audits


@pytest.mark.parametrize("name", ["audits.db", "letter.txt"])
def test_a_folder_in_use_is_refused_and_left_as_it_was(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("in use")
    with pytest.raises(WorkspaceError, match="is not empty"):
        make_example(tmp_path, today=TODAY)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "in use")]


def test_an_example_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ehcp_audit.example.making.recent_events", fail)
    with pytest.raises(ZeroDivisionError):
        make_example(tmp_path / "example", today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_weak_contributions_have_causes_and_some_evidence_is_to_be_shared(
    store: Store, audits: list[AuditState]
) -> None:
    causes = Counter(cause for state in audits for cause in state.causes.values())
    assert len(causes) >= 6
    assert sum(causes.values()) > 100
    for state in audits:
        rubric = store.rubric(state.rubric_hash)
        for criterion_id in state.causes:
            assert rubric.criterion(criterion_id).ask_cause
            assert state.scores[criterion_id].level in (1, 2)
        assert all(state.notes_on(criterion_id) for criterion_id in state.exemplars)
    assert 10 < sum(len(state.exemplars) for state in audits) < 500


def test_flags_of_every_kind_are_raised_and_only_a_draft_waits_for_a_safeguarding_answer(
    store: Store,
) -> None:
    rows = store.flags()
    assert {row.flag.kind for row in rows} == {
        "safeguarding", "provision", "other_child", "follow_up",
    }  # fmt: skip
    waiting = [row for row in store.open_flags() if row.flag.kind == "safeguarding"]
    assert [row.state for row in waiting] == ["draft"]
    assert 1 < len(store.open_flags()) < len(rows)
    assert all("made" in row.flag.text.lower() or not row.flag.text for row in rows)


def test_slips_are_answered_a_draft_was_handed_over_and_phrases_are_kept(
    example: Example, store: Store, audits: list[AuditState]
) -> None:
    answers = [answer for state in audits for answer in state.answers.values()]
    assert {answer.disputed for answer in answers} == {True, False}
    (handed,) = (state for state in audits if len(state.auditors) > 1)
    assert handed.status == "draft"
    assert handed.auditor == handed.auditors[-1] != handed.auditors[0]
    assert store.phrases("peer-findings", "voice.whose-view")[0].shared
    assert all("made up" in each for each in team_settings(example.workspace).safeguarding.contacts)
