import json
from pathlib import Path

import pytest
from tests.cli.conftest import TODAY

from ehcp_audit.auditing.slip import make_slip
from ehcp_audit.store import AuditQuery, Store


def test_the_trend_is_printed_within_80_columns_and_marked_as_made_up(run, example: Path) -> None:
    ran = run("report", "trends", "--period", "quarter")
    assert ran.code == 0
    assert "SYNTHETIC EXAMPLE DATA" in ran.out
    assert "Counted: 243 audits" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert "\x1b" not in ran.out


def test_filters_narrow_and_are_said(run, example: Path) -> None:
    arguments = ["--where", "team=team c", "--where", "setting=special,mainstream"]
    asked = json.loads(run("report", "trends", "--format", "json", *arguments).out)["question"]
    assert asked["filters"] == {"team": ["Team C"], "setting": ["special", "mainstream"]}


def test_every_reason_and_the_plans_date_can_be_asked_for(run, example: Path) -> None:
    arguments = ["--reason", "all", "--by", "plan", "--from", "1/1/2025", "--to", "31 Dec 25"]
    shape = json.loads(run("report", "trends", "--format", "json", *arguments).out)
    asked = shape["question"]
    assert (asked["axis"], asked["reasons"]) == ("plan", [])
    assert (asked["first"], asked["last"]) == ("2025-01-01", "2025-12-31")


def test_the_teams_defaults_apply_unless_an_option_says_otherwise(run, example: Path) -> None:
    settings = Path("settings.toml")
    settings.write_text(
        settings.read_text() + '[reports]\nperiod = "year"\nby = "plan"\nmin_n = 3\n'
    )
    shape = json.loads(run("report", "trends", "--format", "json").out)
    assert (shape["question"]["period"], shape["question"]["axis"]) == ("year", "plan")
    assert shape["too_few_under"] == 3
    other = json.loads(run("report", "trends", "--format", "json", "--by", "audit").out)
    assert other["question"]["axis"] == "audit"


def test_a_report_goes_into_a_new_file_whole(run, example: Path) -> None:
    ran = run("report", "trends", "--format", "csv", "--output", "trend.csv")
    assert ran.out == "Written to trend.csv\n"
    assert Path("trend.csv").read_text().startswith("period,measure,")
    assert run("report", "trends", "--format", "csv", "--output", "trend.csv").code == 2
    assert run("report", "trends", "--output", "trend.csv", "--force").code == 0
    assert run("report", "trends", "--output", "trend.txt", "--format", "json").code == 0
    assert json.loads(Path("trend.txt").read_text())["report"] == "trend"


def test_the_ending_of_a_files_name_asks_for_its_format(run, example: Path) -> None:
    for name, begins in (("a.csv", "period,"), ("a.json", "{"), ("a.txt", "EHC"), ("a", "EHC")):
        assert run("report", "trends", "--output", name).code == 0
        assert Path(name).read_text().startswith(begins)


def test_every_report_is_written_as_pdf_html_and_workbook(run, example: Path) -> None:
    for name, report in (
        ("t", ["trends"]),
        ("a", ["audit", "EX-0001"]),
        ("s", ["slip", "EX-0001"]),
    ):
        assert run("report", *report, "--output", f"{name}.pdf").code == 0
        assert Path(f"{name}.pdf").read_bytes().startswith(b"%PDF-")
        assert run("report", *report, "--output", f"{name}.html").code == 0
        assert Path(f"{name}.html").read_text().startswith("<!DOCTYPE html>")
        assert run("report", *report, "--output", f"{name}.xlsx").code == 0
        assert Path(f"{name}.xlsx").read_bytes().startswith(b"PK")


def test_a_pdf_is_not_poured_into_a_terminal(
    run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = run("report", "trends", "--format", "pdf")
    assert ran.code == 2
    assert "pdf is not for a terminal" in ran.err
    assert "--output NAME.pdf" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (["--where", "tem=x"], ["“tem” is not a fact", "did you mean team?", "primary_need"]),
        (["--where", "team=Team Z"], ["“Team Z” is not a team", "Team A, Team B"]),
        (["--where", "setting=schol"], ["“schol” is not a value of setting", "mainstream_unit"]),
        (["--where", "setting"], ["gives no value", "--where setting=early_years"]),
        (["--reason", "rutine"], ["did you mean routine?", "thematic"]),
        (["--from", "31/2/2025"], ["not in the calendar", "day first"]),
        (["--period", "week"], ["'month', 'two-months', 'quarter'", "'academic', 'financial'"]),
        (["--rubric", "nope"], ["nope", "peer-findings"]),
        (["--perod", "year"], ["--perod", "--period"]),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_can(
    run, example: Path, arguments: list[str], sentences: list[str]
) -> None:
    ran = run("report", "trends", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert all(each in ran.err for each in sentences)


def test_one_audit_is_printed_by_its_plans_reference_whatever_the_case(run, example: Path) -> None:
    ran = run("report", "audit", "ex-0001")
    assert ran.code == 0
    assert "Audit of plan EX-0001" in ran.out
    assert "SYNTHETIC EXAMPLE DATA" in ran.out


def test_of_several_audits_the_latest_signed_is_printed_and_the_others_named(
    run, example: Path
) -> None:
    with Store.open(Path("audits.db")) as store:
        again = next(row for row in store.audits(AuditQuery()) if row.follows)
    ran = run("report", "audit", again.ref, "--format", "json")
    assert json.loads(ran.out)["audit"]["id"] == again.id
    assert str(again.follows) in ran.err
    by_id = run("report", "audit", again.follows, "--format", "json")
    assert json.loads(by_id.out)["audit"]["id"] == again.follows


def test_a_reference_nobody_audited_is_told(run, example: Path) -> None:
    ran = run("report", "audit", "EX-9999")
    assert ran.code == 2
    assert "EX-9999" in ran.err


def test_the_trail_of_an_audit_and_of_one_criterion_is_printed(run, example: Path) -> None:
    whole = run("report", "trail", "EX-0001")
    assert whole.out.startswith("Trail of the audit of plan EX-0001")
    one = run("report", "trail", "EX-0001", "--criterion", "own views")
    assert one.out.startswith("The child's own views: trail in the audit of plan EX-0001")


def test_a_criterion_that_is_not_meant_alone_is_told_with_those_it_may_be(
    run, example: Path
) -> None:
    ran = run("report", "trail", "EX-0001", "--criterion", "views")
    assert ran.code == 2
    assert "voice.how-gathered" in ran.err
    assert "provision.specific" not in ran.err


def test_a_slip_is_printed_for_the_writer_and_for_an_agency(run, example: Path) -> None:
    writer = run("report", "slip", "EX-0001")
    assert "For the plan's writer" in writer.out
    health = run("report", "slip", "EX-0001", "--for", "health")
    assert "For health" in health.out
    assert health.out.index("What is good") < health.out.index("Your answer")


def test_a_final_plans_slip_takes_no_date_to_change_it_by(run, example: Path) -> None:
    run("me", "--name", "KL", "--agency", "education")
    ran = run("report", "slip", "EX-0001", "--by", "3/12/2026")
    assert ran.code == 2
    assert "notice, the evidence and 15 days for the family (reg 22)" in ran.err


def test_what_is_said_for_a_slip_is_kept_stands_on_the_next_one_and_in_the_trail(
    run, example: Path
) -> None:
    with Store.open(Path("audits.db")) as store:
        rows = store.audits(AuditQuery(states=("signed",)))
        slips = {
            row.ref: make_slip(store.rubric(row.rubric_hash), store.audit(row.id), "writer", TODAY)
            for row in rows[:40]
        }
    ref, point = next(
        (ref, slip.points[0]) for ref, slip in slips.items() if slip.form == "final" and slip.points
    )
    nobody = run("report", "slip", ref, "--pen", point.id)
    assert (nobody.code, "ehcp-audit me" in nobody.err) == (2, True)
    run("me", "--name", "KL", "--agency", "education")
    assert "A slip of the pen, to correct" in run("report", "slip", ref, "--pen", point.id).out
    assert "A slip of the pen, to correct" in run("report", "slip", ref).out
    trail = run("report", "trail", ref, "--criterion", point.id).out
    assert f"Is a slip of the pen: “{point.title}”" in trail
    assert "A slip of the pen, to correct" not in run("report", "slip", ref, "--pen", "none").out
    assert "Is no longer a slip of the pen" in run("report", "trail", ref).out


def test_an_answer_is_kept_printed_on_the_slip_and_stays_in_the_trail(run, example: Path) -> None:
    run("me", "--name", "KL", "--agency", "education")
    kept = run("answer", "ex-0001", "--from", "health", "--disputed", "Seen in May.")
    assert (kept.code, kept.err) == (0, "")
    assert "Kept: the answer of health on EX-0001." in kept.out
    slip = run("report", "slip", "EX-0001", "--for", "health")
    assert "Seen in May." in slip.out
    assert "It disputes the audit" in slip.out
    assert "EX-0001" in run().out.partition("To be looked at again:")[2].partition("\n")[0]
    run("answer", "EX-0001", "--from", "health", "")
    assert "Seen in May." not in run("report", "slip", "EX-0001", "--for", "health").out
    assert "Seen in May." in run("report", "trail", "EX-0001").out


def test_words_that_look_like_identifiers_are_refused_until_it_is_said_what_becomes_of_them(
    run, example: Path
) -> None:
    run("me", "--name", "KL", "--agency", "education")
    said = "NHS 943 476 5919 was seen, UPN B801200005001, at BS1 4DJ"
    refused = run("answer", "EX-0001", "--from", "health", said)
    assert (refused.code, refused.out) == (2, "")
    assert "“943 476 5919” (an NHS number)" in refused.err
    assert "--identifiers replace" in refused.err
    assert "943" not in run("report", "slip", "EX-0001", "--for", "health").out
    kept = run("answer", "EX-0001", "--from", "health", said, "--identifiers", "replace")
    assert kept.code == 0
    slip = run("report", "slip", "EX-0001", "--for", "health").out
    assert "NHS [NHS number] was seen, UPN [UPN], at [postcode]" in slip
    trail = run("report", "trail", "EX-0001").out
    assert "replaced what looked like an identifier (answer)" in trail
    assert "943" not in trail
    run("answer", "EX-0001", "--from", "writer", said, "--identifiers", "keep")
    again = run("answer", "EX-0001", "--from", "writer", f"{said}, twice")
    assert again.code == 0, "what was kept before is not asked about again"


def test_an_answer_needs_words_to_dispute_and_somebody_at_the_keyboard(run, example: Path) -> None:
    nobody = run("answer", "EX-0001", "--from", "health", "Seen.")
    assert (nobody.code, "ehcp-audit me" in nobody.err) == (2, True)
    run("me", "--name", "KL", "--agency", "education")
    empty = run("answer", "EX-0001", "--from", "health", "--disputed", " ")
    assert (empty.code, "What do they dispute?" in empty.err) == (2, True)


def test_a_re_audit_is_printed_beside_the_audit_it_follows(run, example: Path) -> None:
    with Store.open(Path("audits.db")) as store:
        again = next(row for row in store.audits(AuditQuery()) if row.follows)
    for reference in (again.ref, again.id):
        ran = run("report", "before-after", reference)
        assert ran.out.startswith(f"Before and after: plan {again.ref}")
        assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert "Was it done" in run("report", "audit", again.id).out


def test_an_audit_that_follows_none_has_no_before(run, example: Path) -> None:
    ran = run("report", "before-after", "EX-0001")
    assert ran.code == 2
    assert "follows no audit" in ran.err
