import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ehcp_audit.domain.errors import WorkspaceError
from ehcp_audit.settings.team import ReportDefaults, Safeguarding, TeamSettings, team_settings
from ehcp_audit.settings.workspace import Workspace

FIXTURES = Path(__file__).parent / "fixtures"


def settings_of(tmp_path: Path, fixture: str) -> TeamSettings:
    (tmp_path / "settings.toml").write_bytes((FIXTURES / fixture).read_bytes())
    return team_settings(Workspace(tmp_path))


def test_no_file_gives_the_defaults_without_loading_pydantic(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from ehcp_audit.settings.team import TeamSettings, team_settings\n"
        "from ehcp_audit.settings.workspace import Workspace\n"
        f"assert team_settings(Workspace(pathlib.Path({str(tmp_path)!r}))) == TeamSettings()\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_every_setting_is_read(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "complete.toml") == TeamSettings(
        name="Northshire SEND",
        teams=("Team A", "Team B"),
        areas=("North", "South"),
        asks_writer=True,
        writer_codes=("W1", "W2"),
        required_facts=("team", "area"),
        backlog=((date(2025, 1, 6), date(2025, 6, 30)),),
        points_out_identifiers=False,
        reports=ReportDefaults(period="term", by="plan", rubric="peer-findings", min_n=5),
        safeguarding=Safeguarding(
            ("Front door: 01234 567890", "Out of hours: 01234 567891"), "Head of safeguarding"
        ),
    )


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "byte_order_mark.toml").name == "Northshire"


@pytest.mark.parametrize(
    ("fixture", "sentence"),
    [
        ("unknown_key.toml", r"settings.toml:3: “team” is not a setting; did you mean “teams”\?"),
        (
            "unknown_report_key.toml",
            r"settings.toml:4: “reports.minn” is not a setting; did you mean “min_n”\?",
        ),
        (
            "unknown_fact.toml",
            r"settings.toml:2: required_facts: “tem” is not a fact; did you mean “team”\?",
        ),
        ("formula_code.toml", r"settings.toml:1: teams: “=A1” is not a code"),
        ("wrong_type.toml", r"settings.toml:2: reports.min_n: input should be a valid integer"),
        (
            "wrong_period.toml",
            r"settings.toml:2: reports.period: input should be 'month', 'two-months'",
        ),
        (
            "backlog_backwards.toml",
            r"settings.toml:1: backlog: the last day, 6 Jan 2025, is before the first, 30 Jun 2025",
        ),
        ("unknown_backlog_key.toml", r"settings.toml:3: “backlog.until” is not a setting"),
        ("not_toml.toml", r"settings.toml:2: not TOML: "),
        ("not_utf8.toml", "settings.toml is not UTF-8 text"),
    ],
)
def test_a_fault_is_told_by_file_line_and_remedy(
    tmp_path: Path, fixture: str, sentence: str
) -> None:
    with pytest.raises(WorkspaceError, match=sentence) as refused:
        settings_of(tmp_path, fixture)
    assert refused.value.title == "The settings cannot be used"
    assert refused.value.next_step
