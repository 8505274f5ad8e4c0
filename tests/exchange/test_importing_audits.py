from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ehcp_audit.domain.audit import Evidence
from ehcp_audit.domain.errors import ImportRowsError, RubricError, UsageError
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.exchange import BadRowsError, Imported, import_audits
from ehcp_audit.store import AuditQuery, Store

FIXTURES = Path(__file__).parent / "fixtures"
ME = Identity("a" * 12, "KL", "education")
TODAY = date(2026, 11, 22)
RubricText = tuple[Rubric, str]


def bring_in(store: Store, path: Path, small: RubricText, *, skip_bad: bool = False) -> Imported:
    return import_audits(store, path, [small], ME, today=TODAY, skip_bad=skip_bad)


def copied(fixture: str, tmp_path: Path) -> Path:
    path = tmp_path / fixture
    path.write_bytes((FIXTURES / fixture).read_bytes())
    return path


def test_a_table_written_by_hand_is_sorted_into_audits(store: Store, small: RubricText) -> None:
    done = bring_in(store, FIXTURES / "by_hand.csv", small)
    assert (done.audits, done.scores, done.joined) == (3, 4, ("RM",))
    (row,) = store.audits(AuditQuery(plan_ref="EX-1"))
    audit = store.audit(row.id)
    assert (row.auditor_id, row.state, row.audit_date) == (ME.id, "signed", date(2025, 9, 3))
    assert {key: score.level for key, score in audit.scores.items()} == {
        "voice.own": 2,
        "voice.shapes": 1,
    }
    assert [(note.text, note.page) for note in audit.notes_on("voice.own")] == [
        ("two\nlines", "4"),
        ("more", ""),
    ]
    assert len(store.audits(AuditQuery(plan_ref="EX-2"))) == 2


def test_everything_is_one_transaction_and_one_event_an_audit(
    store: Store, small: RubricText
) -> None:
    bring_in(store, FIXTURES / "by_hand.csv", small)
    kinds = [event.kind for event in store.every_event()]
    assert kinds == [
        *["auditor_joined"] * 2, "rubric_frozen", *["plan_added"] * 2, *["audit_imported"] * 3,
    ]  # fmt: skip
    assert store.faults() == []


def test_an_audit_here_already_is_left_alone(store: Store, small: RubricText) -> None:
    bring_in(store, FIXTURES / "by_hand.csv", small)
    before = store.head()
    again = bring_in(store, FIXTURES / "by_hand.csv", small)
    assert (again.audits, again.already_here) == (0, 3)
    assert store.head() == before


def test_an_audit_here_with_other_content_is_refused(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = copied("by_hand.csv", tmp_path)
    bring_in(store, path, small)
    path.write_text(path.read_text().replace("more", "less"))
    with pytest.raises(
        BadRowsError, match=r"line 2: audit [0-9a-f]{16} is here already, with other"
    ):
        bring_in(store, path, small)


@pytest.mark.parametrize(
    ("fixture", "sentence"),
    [
        (
            "unknown_level.csv",
            "line 3: “splendid” is not a level of small; use not_met, meets, not_ev",
        ),
        (
            "unknown_criterion.csv",
            r"line 2: small has no criterion “voice.owm”; did you mean voice.own\?",
        ),
        ("unknown_rubric.csv", r"line 2: there is no rubric “smal” here \(there are: small\)"),
        ("impossible_date.csv", "line 2: audit_date: “2025-09-31” is not in the calendar"),
        ("future_date.csv", "line 2: audit_date 2099-09-03 is in the future"),
        ("no_audit_date.csv", "line 2: audit_date is empty"),
        ("nhs_number.csv", "line 2: plan_ref: "),
        ("two_levels.csv", "line 3: voice.own: level differs from line 2"),
        ("scored_twice.csv", "line 3: voice.own is there already, in line 2"),
        ("two_plans_one_audit.csv", "line 3: plan_ref is “EX-9” here and “EX-1” in line 2"),
        ("unknown_cause.csv", "line 2: the rubric has no cause “lat”; did you mean late?"),
        ("cause_not_asked.csv", "line 2: no cause is asked at voice.own"),
        ("odd_exemplar.csv", "line 2: exemplar is “perhaps”; use yes or leave it empty"),
        ("odd_earlier_auditor.csv", "line 2: earlier_auditors: “!” is not an id"),
        ("no_plan.csv", "line 3: plan_ref is empty"),
        ("short_row.csv", "line 2: 7 cells where the header names 8"),
        ("no_auditor.csv", "line 2: auditor is empty"),
        ("dated_draft.csv", "line 2: audit_date belongs to a signed audit; this one is draft"),
        ("other_grade.csv", "line 2: grade is “good”, but these scores give poor"),
        (
            "follows_nothing.csv",
            "line 2: follows is a0, an audit that is neither here nor comes in",
        ),
        ("note_id_twice.csv", "line 3: note_id n1 belongs to another audit"),
        ("unknown_fact_value.csv", "line 2: setting: “schol” is not a value of setting"),
        ("odd_audit_id.csv", "line 2: audit_id is “a1;x”"),
        ("no_criterion.csv", "line 2: criterion is empty"),
        ("nothing_said.csv", "line 2: voice.own has neither a level nor a note"),
        ("no_rows.csv", "holds no rows"),
    ],
)
def test_a_bad_row_is_told_by_line_and_nothing_comes_in(
    store: Store, small: RubricText, fixture: str, sentence: str
) -> None:
    with pytest.raises(ImportRowsError, match=sentence):
        bring_in(store, FIXTURES / fixture, small)
    assert store.every_event() == ()


def test_twenty_problems_are_listed_and_the_rest_counted(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = [f"EX-{n:02},small,KL,2025-09-03,voice.own,none\n" for n in range(1, 31)]
    path.write_text("plan_ref,rubric_id,auditor,audit_date,criterion,level\n" + "".join(rows))
    with pytest.raises(BadRowsError) as refused:
        bring_in(store, path, small)
    assert refused.value.what.count("line ") == 20
    assert "30 things are wrong" in refused.value.what
    assert "… and 10 more" in refused.value.what
    assert len(refused.value.problems) == 30


def test_skipping_leaves_out_whole_audits_and_keeps_their_rows_in_a_file(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = copied("unknown_level.csv", tmp_path)
    done = bring_in(store, path, small, skip_bad=True)
    assert (done.audits, done.skipped_audits) == (1, 1)
    assert [row.ref for row in store.audits()] == ["EX-2"]
    skipped = tmp_path / "unknown_level.skipped.csv"
    assert done.skipped_file == skipped
    header, *rows = skipped.read_text("utf-8-sig").splitlines()
    assert header.startswith("problem,plan_ref,")
    assert rows[0].startswith("left out with line 3 of unknown_level.csv,EX-1,a1,small")
    assert rows[1].startswith('"“splendid” is not a level of small; use not_met, meets')


def test_skipped_rows_come_in_once_they_are_put_right(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    bring_in(store, copied("unknown_level.csv", tmp_path), small, skip_bad=True)
    skipped = tmp_path / "unknown_level.skipped.csv"
    skipped.write_text(skipped.read_text("utf-8").replace(",splendid,", ",meets,"))
    assert bring_in(store, skipped, small).audits == 1
    assert sorted(row.ref for row in store.audits()) == ["EX-1", "EX-2"]


def test_a_row_without_a_plan_takes_the_audit_above_it_along(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    bring_in(store, copied("no_plan.csv", tmp_path), small, skip_bad=True)
    assert [row.ref for row in store.audits()] == ["EX-2"]


def test_rows_skipped_before_are_never_overwritten(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = copied("unknown_level.csv", tmp_path)
    (tmp_path / "unknown_level.skipped.csv").write_text("precious")
    with pytest.raises(UsageError, match="is there already"):
        bring_in(store, path, small, skip_bad=True)
    assert store.audits() == ()


def test_where_every_audit_is_bad_nothing_is_skipped_but_all_refused(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = copied("future_date.csv", tmp_path)
    with pytest.raises(BadRowsError):
        bring_in(store, path, small, skip_bad=True)
    assert list(tmp_path.glob("*.skipped.csv")) == []


def test_a_rubric_the_store_refuses_leaves_no_file_of_skipped_rows(
    store: Store, small: RubricText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RubricError("no")

    monkeypatch.setattr(store, "do", refuse)
    with pytest.raises(RubricError):
        bring_in(store, copied("unknown_level.csv", tmp_path), small, skip_bad=True)
    assert list(tmp_path.glob("*.skipped.csv")) == []


def test_a_frozen_version_is_used_rather_than_a_file_changed_since(
    store: Store, small: RubricText
) -> None:
    rubric, text = small
    bring_in(store, FIXTURES / "by_hand.csv", small)
    changed = replace(rubric, title="Changed", hash="0" * 64)
    done = bring_in(store, FIXTURES / "by_hand.csv", (changed, text))
    assert done.already_here == 3


def test_the_latest_version_is_taken_where_none_is_named(store: Store, small: RubricText) -> None:
    rubric, text = small
    newer = replace(rubric, version="1.10", hash="1" * 64)
    older = replace(rubric, version="1.9", hash="2" * 64)
    rubrics = [(newer, text), (older, text), small]
    import_audits(store, FIXTURES / "by_hand.csv", rubrics, ME, today=TODAY)
    assert {row.rubric_hash for row in store.audits()} == {"1" * 64}


def test_levels_that_the_facts_rule_out_are_kept_and_counted(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    path.write_text(
        "plan_ref,rubric_id,auditor,audit_date,reviewed,criterion,level\n"
        "EX-1,small,KL,2025-09-03,no,voice.own,meets\n"
        "EX-1,small,KL,2025-09-03,no,voice.review,not_met\n"
    )
    done = bring_in(store, path, small)
    audit = store.audit(store.audits()[0].id)
    assert done.ruled_out == 1
    assert audit.scores["voice.review"].level == 1
    assert audit.sign_off is not None
    assert audit.sign_off.levels["voice.review"] == -1


def test_a_place_alone_is_evidence(store: Store, small: RubricText, tmp_path: Path) -> None:
    path = tmp_path / "place.csv"
    path.write_text(
        "plan_ref,rubric_id,auditor,state,criterion,level,section\nEX-1,small,KL,draft,voice.own,,A\n"
    )
    bring_in(store, path, small)
    (note,) = store.audit(store.audits()[0].id).evidence
    assert replace(note, id="") == Evidence("", "voice.own", "", "A", "")


def test_two_rubrics_in_one_table_are_both_frozen(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    rubric, text = small
    other = replace(rubric, id="other", hash="3" * 64)
    path = tmp_path / "two.csv"
    path.write_text(
        "plan_ref,rubric_id,auditor,audit_date,criterion,level\n"
        "EX-1,small,KL,2025-09-03,voice.own,meets\n"
        "EX-1,other,KL,2025-09-03,voice.own,meets\n"
    )
    import_audits(store, path, [small, (other, text)], ME, today=TODAY)
    assert {kept.rubric_id for kept in store.rubric_versions()} == {"small", "other"}
    assert store.faults() == []


# ---------------------------------------------------------------- the audit's record in one cell


def with_record(path: Path, column: str, cell: str) -> Path:
    quoted = cell.replace('"', '""')
    path.write_text(
        f"plan_ref,rubric_id,auditor,audit_date,criterion,level,earlier_auditors,{column}\n"
        f'EX-1,small,KL,3/9/2025,voice.own,meets,,"{quoted}"\n'
    )
    return path


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("flags", "no JSON", "flags is not as an export writes it (Invalid JSON"),
        ("flags", '[{"id": "f"}]', "flags is not as an export writes it (0.kind: Field required"),
        (
            "flags",
            '[{"id": "f", "kind": "safeguarding", "criterion": null, "text": "named"}]',
            "a safeguarding flag holds no details",
        ),
        (
            "flags",
            '[{"id": "f", "kind": "follow_up", "criterion": null, "raised_at": "then"}]',
            "raised_at and answered_at are times",
        ),
        (
            "answers",
            '{"neighbour": {"text": "No", "disputed": true, "on": "2026-03-02"}}',
            "“neighbour” is none of writer, education, health, social_care",
        ),
        ("slip", '{"due": "soon", "pen": []}', "slip is not as an export writes it (due:"),
        ("hand_over_reasons", '["one"]', "hand_over_reasons has 1, but earlier_auditors 0"),
    ],
)
def test_a_record_that_is_none_is_refused_in_a_sentence(  # noqa: PLR0917  (pytest names them)
    store: Store, small: RubricText, tmp_path: Path, column: str, cell: str, sentence: str
) -> None:
    with pytest.raises(BadRowsError) as refused:
        bring_in(store, with_record(tmp_path / "one.csv", column, cell), small)
    assert sentence in str(refused.value)


def test_a_dispute_and_an_open_flag_that_come_in_wait_here_too(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    said = '{"health": {"text": "Not so", "disputed": true, "on": "2026-03-02", "by": "kl"}}'
    bring_in(store, with_record(tmp_path / "one.csv", "answers", said), small)
    assert [(row.ref, row.party) for row in store.disputed_answers()] == [("EX-1", "health")]
    flag = (
        '[{"id": "f", "kind": "follow_up", "criterion": null, "text": "Ask",'
        ' "raised_at": "2026-03-02T12:00:00+00:00"}]'
    )
    path = with_record(tmp_path / "two.csv", "flags", flag)
    path.write_text(path.read_text().replace("EX-1", "EX-2"))
    bring_in(store, path, small)
    assert [row.flag.text for row in store.open_flags()] == ["Ask"]
    assert store.faults() == []


def test_a_table_that_says_nothing_of_the_record_still_names_an_audit_that_is_here(
    store: Store, small: RubricText, tmp_path: Path
) -> None:
    said = '{"health": {"text": "Not so", "disputed": true, "on": "2026-03-02", "by": "kl"}}'
    path = with_record(tmp_path / "one.csv", "answers", said)
    bring_in(store, path, small)
    again = bring_in(store, with_record(tmp_path / "two.csv", "answers", ""), small)
    assert again.already_here == 1
    path.write_text(path.read_text().replace("Not so", "Quite so"))
    with pytest.raises(BadRowsError, match="with other content"):
        bring_in(store, path, small)
