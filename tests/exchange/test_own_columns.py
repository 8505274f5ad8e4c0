"""A council's own facts have columns of their own, and what dates decide is never a score."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ehcp_audit.domain.errors import ImportRowsError
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric
from ehcp_audit.exchange import export_audits, import_audits
from ehcp_audit.exchange.columns import COLUMNS
from ehcp_audit.store import Store
from ehcp_audit.tables import read_table

ME = Identity("a" * 12, "KL", "education")
TODAY = date(2026, 11, 22)
RubricText = tuple[Rubric, str]
HEADER = (
    "plan_ref,audit_id,rubric_id,auditor,audit_date,request_date,local.route,local.visit_date,"
    "local.visits,criterion,level,reason"
)
WHOLE = "EX-1,a1,own,KL,2025-09-03,2025-03-03,usual,2025-03-18,none"
OWN_COLUMNS = ("local.panel", "local.route", "local.visit_date", "local.visits")


def table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "audits.csv"
    path.write_text("\n".join((header, *rows, "")))
    return path


def test_own_facts_are_read_and_dates_are_worked_out_again(
    store: Store, own: RubricText, tmp_path: Path
) -> None:
    path = table(tmp_path, f"{WHOLE},voice.own,meets,", f"{WHOLE},voice.visit,meets,")
    done = import_audits(store, path, [own], ME, today=TODAY)
    (audit,) = store.every_audit()
    assert (done.scores, list(audit.scores)) == (1, ["voice.own"])
    assert audit.facts["local.route"] == "usual"
    assert audit.facts["local.visits"] == ("none",)
    assert audit.sign_off is not None
    assert audit.sign_off.levels["voice.visit"] == 2


@pytest.mark.parametrize(
    ("whole", "level"),
    [
        (WHOLE.replace("2025-03-18", "2025-03-19"), 1),
        (WHOLE.replace("2025-03-18", ""), NOT_EVIDENCED),
        (WHOLE.replace("usual", "fast"), NOT_APPLICABLE),
    ],
    ids=["late", "no date", "not asked"],
)
def test_what_dates_decide_needs_no_row_and_comes_out_with_its_level(
    store: Store, own: RubricText, tmp_path: Path, whole: str, level: int
) -> None:
    path = table(tmp_path, f"{whole},voice.own,meets,")
    import_audits(store, path, [own], ME, today=TODAY)
    (audit,) = store.every_audit()
    assert audit.sign_off is not None
    assert audit.sign_off.levels["voice.visit"] == level
    export_audits(store, tmp_path / "out.csv")
    columns = (*COLUMNS, *OWN_COLUMNS)
    rows = list(read_table(tmp_path / "out.csv", columns=columns, required=columns))
    cells = {1: "not_met", NOT_EVIDENCED: "not_evidenced", NOT_APPLICABLE: "not_applicable"}
    assert {row.cells["criterion"]: row.cells["level"] for row in rows} == {
        "voice.own": "meets",
        "voice.visit": cells[level],
    }


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            f"{WHOLE},voice.visit,not_met,",
            "line 2: voice.visit is “not_met”, but the dates give meets",
        ),
        (
            f"{WHOLE},voice.visit,meets,in time",
            "line 2: voice.visit is worked out from dates; it takes no reason",
        ),
        (
            f"{WHOLE.replace('usual', 'slow')},voice.own,meets,",
            "line 2: local.route: “slow” is not a value of local.route",
        ),
        (
            f"{WHOLE.replace(',own,', ',small,')},voice.own,meets,",
            "line 2: local.route: small 1.0 asks no such fact",
        ),
    ],
    ids=["other level", "reason", "unknown value", "other rubric"],
)
def test_what_goes_against_the_rubric_is_told_by_line(
    store: Store, own: RubricText, small: RubricText, tmp_path: Path, *, row: str, sentence: str
) -> None:
    with pytest.raises(ImportRowsError, match=sentence):
        import_audits(store, table(tmp_path, row), [own, small], ME, today=TODAY)
    assert store.every_event() == ()


def test_a_column_of_an_unknown_own_fact_is_named(
    store: Store, own: RubricText, tmp_path: Path
) -> None:
    path = table(tmp_path, header=HEADER.replace("local.route", "local.rute"))
    with pytest.raises(
        ImportRowsError, match=r"unknown column local.rute \(did you mean local.route\?\)"
    ):
        import_audits(store, path, [own], ME, today=TODAY)


def test_skipped_rows_keep_their_own_facts(store: Store, own: RubricText, tmp_path: Path) -> None:
    other = WHOLE.replace("EX-1,a1", "EX-2,a2")
    path = table(tmp_path, f"{WHOLE},voice.own,splendid,", f"{other},voice.own,meets,")
    done = import_audits(store, path, [own], ME, today=TODAY, skip_bad=True)
    assert done.skipped_file is not None
    text = done.skipped_file.read_text("utf-8-sig").replace("splendid", "meets")
    done.skipped_file.write_text(text)
    import_audits(store, done.skipped_file, [own], ME, today=TODAY)
    assert [audit.facts["local.route"] for audit in store.every_audit()] == ["usual"] * 2


def test_only_rubrics_with_own_facts_add_columns(
    store: Store, own: RubricText, small: RubricText, tmp_path: Path
) -> None:
    row = "EX-1,small,KL,2025-09-03,voice.own,meets"
    header = "plan_ref,rubric_id,auditor,audit_date,criterion,level"
    import_audits(store, table(tmp_path, row, header=header), [small], ME, today=TODAY)
    export_audits(store, tmp_path / "small.csv")
    row = row.replace("small", "own")
    import_audits(store, table(tmp_path, row, header=header), [own], ME, today=TODAY)
    export_audits(store, tmp_path / "both.csv")
    first_lines = [
        (tmp_path / name).read_text("utf-8-sig").splitlines()[0]
        for name in ("small.csv", "both.csv")
    ]
    assert first_lines == [",".join(COLUMNS), ",".join((*COLUMNS, *OWN_COLUMNS))]
