from pathlib import Path

HEADER = "plan_ref,rubric_id,auditor,audit_date,criterion,level\n"
GOOD = "EX-1,peer-findings,KL,3/9/2026,voice.own-views,meets\n"
BAD = "EX-2,peer-findings,KL,3/9/2026,voice.own-views,splendid\n"


def test_what_one_workspace_exports_another_imports_byte_for_byte(
    run, example: Path, workspace: Path
) -> None:
    assert run("--workspace", example, "export", "audits", "first.csv").code == 0
    assert "297 audits brought in" in run("import", "audits", "first.csv").out
    assert run("export", "audits", "second.csv").code == 0
    assert Path("second.csv").read_bytes() == Path("first.csv").read_bytes()
    assert "297 audits already here" in run("import", "audits", "first.csv").out


def test_an_import_that_fails_makes_no_database(run, workspace: Path) -> None:
    Path("bad.csv").write_text(HEADER + GOOD + BAD)
    ran = run("import", "audits", "bad.csv")
    assert ran.code == 2
    assert "line 3: “splendid” is not a level of peer-findings" in ran.err
    assert "--skip-bad" in ran.err
    assert not (workspace / "audits.db").exists()


def test_skipping_says_what_was_left_out_and_where_it_is(run, workspace: Path) -> None:
    Path("bad.csv").write_text(HEADER + GOOD + BAD)
    ran = run("import", "audits", "bad.csv", "--skip-bad")
    assert ran.code == 0
    assert "1 audit brought in, with 1 score." in ran.out
    assert "1 audit left out; their rows are in bad.skipped.csv" in ran.err
    assert Path("bad.skipped.csv").exists()


def test_nobody_named_stops_an_import_before_anything_is_made(
    run, workspace: Path, monkeypatch
) -> None:
    monkeypatch.setenv("EHCP_AUDIT_CONFIG", str(workspace / "empty"))
    Path("good.csv").write_text(HEADER + GOOD)
    ran = run("import", "audits", "good.csv")
    assert ran.code == 2
    assert "Who is auditing? Nobody has been named." in ran.err
    assert "ehcp-audit me" in ran.err
    assert not (workspace / "audits.db").exists()


def test_a_rubric_file_that_cannot_be_used_is_said_and_left_aside(run, workspace: Path) -> None:
    (workspace / "rubrics" / "broken.toml").write_text("id = ")
    Path("good.csv").write_text(HEADER + GOOD)
    ran = run("import", "audits", "good.csv")
    assert ran.code == 0
    assert "broken.toml is left aside" in ran.err


def test_an_export_keeps_the_file_that_is_there(run, example: Path) -> None:
    Path("a.csv").write_text("precious")
    ran = run("export", "audits", "a.csv")
    assert ran.code == 2
    assert "Choose another name, or add --force to replace it." in ran.err
    assert Path("a.csv").read_text() == "precious"
    assert run("export", "audits", "a.csv", "--force").code == 0


def test_not_even_force_writes_over_the_workspace_itself(run, example: Path) -> None:
    Path("link.db").hardlink_to("audits.db")
    before = Path("audits.db").stat().st_ino, Path("settings.toml").read_text()
    for path in ("audits.db", "link.db", "settings.toml", "rubrics/peer-findings.toml"):
        ran = run("export", "audits", path, "--force")
        assert ran.code == 2
        assert "belongs to the workspace itself" in ran.err
    assert (Path("audits.db").stat().st_ino, Path("settings.toml").read_text()) == before


def test_a_published_audit_is_told_with_its_shares(run, workspace: Path) -> None:
    folder = Path(__file__).parents[2] / "examples" / "published-audit"
    rubric = (folder / "rubrics" / "published-audit.toml").read_text(encoding="utf-8")
    (workspace / "rubrics" / "published-audit.toml").write_text(rubric, encoding="utf-8")
    counts = {"outstanding": 14, "good": 664, "requires_improvement": 1039, "inadequate": 80}
    levels = [level for level, count in counts.items() for _ in range(count)]
    rows = [
        f"PUB-{number:04},published-audit,Reviewers,2024-03-01,routine,overall.grade,{level}\n"
        for number, level in enumerate(levels, start=1)
    ]
    header = "plan_ref,rubric_id,auditor,audit_date,audit_reason,criterion,level\n"
    Path("published.csv").write_text(header + "".join(rows))
    assert "1,797 audits brought in" in run("import", "audits", "published.csv").out
    out = run("report", "trends", "--rubric", "published-audit", "--period", "year").out
    for share, count in (("0.8%", "14"), ("37.0%", "664"), ("57.8%", "1,039"), ("4.5%", "80")):
        (line,) = [each for each in out.splitlines() if each.endswith(f" {count} of 1,797")][:1]
        assert share in line
