"""Flags on paper, and audits handed over from the command line."""

import json
import os
from pathlib import Path

import pytest
from tests.cli.conftest import TODAY, Run
from tests.small_rubric import ME, OTHER, begun, joined, signed

from ehcp_audit.auditing import AuditSession, answer_flag, raise_flag
from ehcp_audit.settings.person import Person, person_file, write_person
from ehcp_audit.store import Store


@pytest.fixture
def database(workspace: Path) -> Path:
    """Two audits in progress and a signed one, with three flags, one of them answered."""
    path = workspace / "audits.db"
    with Store.create(path) as store:
        joined(store, ME, OTHER)
        for kind, ref in [("safeguarding", "NS-0148"), ("provision", "NS-0149")]:
            session = AuditSession(store, begun(store, plan_ref=ref), ME)
            text = "" if kind == "safeguarding" else "No therapy \x1b[31m since May"
            event = raise_flag(session.state, kind, OTHER.id, criterion="views", text=text)  # type: ignore[arg-type]
            store.write([event])
        audit_id = signed(store)
        store.write([raise_flag(store.audit(audit_id), "follow_up", ME.id, text="Ask again")])
        (flag,) = store.audit(audit_id).flags
        store.write([answer_flag(store.audit(audit_id), flag.id, ME.id, today=TODAY, done="Asked")])
    return path


def test_the_flags_that_wait_are_printed_and_the_answered_ones_only_when_asked(
    database: Path, run: Run
) -> None:
    ran = run("report", "flags")
    assert ran.code == 0
    assert "2 flags not answered" in ran.out
    assert "NS-0148" in ran.out
    assert "NS-0147" not in ran.out
    assert "raised" in ran.out
    assert "Élan" in ran.out
    assert "\x1b" not in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    every = run("report", "flags", "--all")
    assert "Done: Asked." in every.out


def test_flags_as_json_say_who_raised_which_and_whether_it_is_open(
    database: Path, run: Run
) -> None:
    flags = json.loads(run("report", "flags", "--all", "--format", "json").out)["flags"]
    assert {(each["plan_ref"], each["kind"], each["open"]) for each in flags} == {
        ("NS-0147", "follow_up", False),
        ("NS-0148", "safeguarding", True),
        ("NS-0149", "provision", True),
    }


def test_the_overview_counts_what_waits_and_says_nothing_where_nothing_does(
    database: Path, run: Run
) -> None:
    assert (
        "Flags not answered: 1 safeguarding, 1 provision not happening (`ehcp-audit report flags`)"
        in run().out
    )
    with Store.open(database) as store:
        for row in store.open_flags():
            state = store.audit(row.audit_id)
            store.write(
                [answer_flag(state, row.flag.id, ME.id, today=TODAY, not_a_concern="Looked")]
            )
    assert "Flags" not in run().out
    assert "No flag waits for an answer." in run("report", "flags").out


def test_an_audit_is_handed_over_and_both_names_are_kept(database: Path, run: Run) -> None:
    ran = run("hand-over", "ns-0148", "--to", "Élan", "--reason", "long leave")
    assert (ran.code, ran.out) == (
        0,
        "NS-0148: from KL to Élan. Both names stay in the record.\n",
    )
    with Store.open(database) as store:
        row = next(row for row in store.audits() if row.ref == "NS-0148")
        assert row.auditors == ("KL", "Élan")
        assert store.faults() == []


def test_who_has_not_audited_here_yet_may_take_an_audit_over(database: Path, run: Run) -> None:
    """The person at this keyboard is another KL than the one who began."""
    write_person(person_file(os.environ), Person("c" * 12, "MN", "health"))
    assert run("hand-over", "NS-0148", "--to", "MN", "--reason", "KL left").code == 0
    with Store.open(database) as store:
        assert store.auditor("c" * 12) is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NS-0147", "--to", "Élan", "--reason", "x"), "signed off"),
        (("NS-0148", "--to", "nobody", "--reason", "x"), "not an auditor of this workspace"),
        (("NS-0148", "--to", " ", "--reason", "x"), "No auditor is named"),
        (("NS-0148", "--to", "a" * 12, "--reason", "x"), "in their hands already"),
        (("NS-0148", "--to", "Élan", "--reason", " "), "A reason is needed"),
        (("NS-9999", "--to", "Élan", "--reason", "x"), "no plan “NS-9999”"),
        (("NS-0148", "--reason", "x"), "--to"),
    ],
)
def test_what_cannot_be_handed_over_is_said_and_nothing_changes(
    database: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("hand-over", *arguments)
    assert ran.code == 2
    assert said in ran.err
    with Store.open(database) as store:
        assert {row.auditors for row in store.audits()} == {("KL",)}


def test_a_reason_that_may_say_who_it_is_about_is_refused_until_that_is_decided(
    database: Path, run: Run
) -> None:
    arguments = ("hand-over", "NS-0148", "--to", "Élan", "--reason", "knows NHS 943 476 5919")
    refused = run(*arguments)
    assert (refused.code, "an NHS number" in refused.err) == (2, True)
    with Store.open(database) as store:
        assert {row.auditors for row in store.audits()} == {("KL",)}
    assert run(*arguments, "--identifiers", "replace").code == 0
    trail = run("report", "trail", "NS-0148").out
    assert "Why: knows NHS [NHS number]" in trail
    assert "identifier (hand over)" in trail


def test_of_two_audits_in_progress_one_is_to_be_named(database: Path, run: Run) -> None:
    with Store.open(database) as store:
        second = begun(store, plan_ref="NS-0148")
    ran = run("hand-over", "NS-0148", "--to", "Élan", "--reason", "x")
    assert ran.code == 2
    assert second in ran.err
    assert run("hand-over", second, "--to", "Élan", "--reason", "x").code == 0
