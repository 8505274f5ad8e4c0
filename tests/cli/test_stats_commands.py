"""`stats` gives an analyst the published results, and says what is wrong with a file."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ran, Run

from ehcp_audit.statistics.intervals import wilson

FIXTURES = Path(__file__).parents[1] / "fixtures" / "figures"
PUBLISHED = Path(__file__).parents[1] / "published"
CHARTS = json.loads((PUBLISHED / "control_charts.json").read_text("utf-8"))


def values(path: Path, numbers: Sequence[object]) -> Path:
    path.write_text("value\n" + "".join(f"{number}\n" for number in numbers), "utf-8")
    return path


def counts(path: Path, numbers: Sequence[int], total: int) -> Path:
    path.write_text("count,total\n" + "".join(f"{n},{total}\n" for n in numbers), "utf-8")
    return path


def told(ran: Ran) -> dict[str, Any]:
    assert (ran.code, ran.err) == (0, "")
    read: dict[str, Any] = json.loads(ran.out)
    return read


def outside(told: dict[str, Any]) -> list[int]:
    return [point["index"] for point in told["points"] if "outside" in point["signals"]]


def test_the_worked_deviation_in_both_modes(run: Run, tmp_path: Path) -> None:
    want = CHARTS["ptd_deviations"]
    file = values(tmp_path / "own.csv", want["values"])
    for flags, limits in (
        ((), want["unscreened"]),
        (("--rules", "ptd"), want["screened"]),
        (("--screen",), want["screened"]),
        (("--rules", "ptd", "--no-screen"), want["unscreened"]),
    ):
        found = told(run("stats", "xmr", file, "--json", *flags))
        assert found["centre"] == pytest.approx(want["mean"], abs=want["tolerance"])
        assert found["limits"][0] == pytest.approx(limits, abs=want["tolerance"])
        assert outside(found) == want["outside"]


def test_trial_limits_from_the_first_points(run: Run, tmp_path: Path) -> None:
    want = CHARTS["montgomery_imr"]
    file = values(tmp_path / "own.csv", want["values"])
    found = told(run("stats", "xmr", file, "--json", "--baseline-points", 20))
    assert found["centre"] == want["mean"]
    assert found["limits"] == [pytest.approx(want["limits"], abs=want["tolerance"])] * 40
    assert found["mean_moving_range"] == pytest.approx(want["mean_moving_range"], abs=1e-6)
    assert found["moving_range_limit"] == pytest.approx(want["moving_range_limit"], abs=0.005)
    assert outside(found) == want["outside"]
    assert found["options"]["baseline_points"] == 20


def test_a_p_chart(run: Run, tmp_path: Path) -> None:
    want = CHARTS["montgomery_p"]
    file = counts(tmp_path / "own.csv", want["counts"], want["total"])
    found = told(run("stats", "pchart", file, "--json"))
    assert found["centre"] == pytest.approx(want["all"]["centre"], abs=want["tolerance"])
    assert found["limits"][-1] == pytest.approx(want["all"]["limits"], abs=want["tolerance"])
    assert outside(found) == want["all"]["outside"]
    assert found["points"][0]["value"] == 0.24
    assert "screen" not in found["options"]


def test_a_laney_chart(run: Run, tmp_path: Path) -> None:
    want = CHARTS["montgomery_p"]
    file = counts(tmp_path / "own.csv", want["counts"], want["total"])
    found = told(run("stats", "laney", file, "--json", "--target", "0.3", "--improvement", "down"))
    half = found["limits"][0][1] - found["centre"]
    assert half == pytest.approx(found["sigma_z"] * (want["all"]["limits"][1] - 0.2313), abs=1e-3)
    assert found["assurance"] == "hit and miss"


def test_a_whole_series_in_mode_ptd_with_a_target(run: Run, tmp_path: Path) -> None:
    file = values(tmp_path / "own.csv", range(8))
    found = told(run("stats", "xmr", file, "--json", "--rules", "ptd", "--target", "0.5"))
    assert found["limits"][0] == pytest.approx([0.84, 6.16])
    assert [point["signals"][0] for point in found["points"]] == [
        "outside",
        *["trend"] * 6,
        "outside",
    ]
    assert (found["variation"], found["assurance"]) == ("improvement", "consistently meets")
    assert found["options"] == {
        "rules": "ptd",
        "screen": True,
        "target": 0.5,
        "improvement": "up",
        "baseline_points": None,
    }


def test_a_constant_series_meets_its_own_level(run: Run, tmp_path: Path) -> None:
    file = values(tmp_path / "own.csv", [100] * 13)
    found = told(run("stats", "xmr", file, "--json", "--target", "100"))
    assert found["limits"] == [[100, 100]] * 13
    assert found["assurance"] == "consistently meets"
    assert all(point["signals"] == [] for point in found["points"])


@pytest.mark.parametrize("numbers", [[5], list(range(12))])
def test_in_mode_mdc_a_short_series_shows_no_limits_and_says_from_when(
    run: Run, tmp_path: Path, numbers: list[int]
) -> None:
    file = values(tmp_path / "own.csv", numbers)
    found = told(run("stats", "xmr", file, "--json"))
    assert found["limits"] == []
    assert found["variation"] is None
    assert all(point["signals"] == [] for point in found["points"])
    assert "shown from 13" in found["notes"][0]
    assert "Too soon to say" in run("stats", "xmr", file).out


def test_in_mode_ptd_a_short_series_has_limits_and_a_warning(run: Run, tmp_path: Path) -> None:
    file = values(tmp_path / "own.csv", range(12))
    found = told(run("stats", "xmr", file, "--json", "--rules", "ptd"))
    assert len(found["limits"]) == 12
    assert found["notes"] == ["Only 12 points: limits from under 13 points are unsteady."]
    one = told(run("stats", "xmr", values(tmp_path / "1.csv", [5]), "--json", "--rules", "ptd"))
    assert one["notes"] == ["One point has no moving range, so it has no limits."]


def test_empty_cells_and_rows_are_gaps_and_those_at_the_end_nothing(run: Run) -> None:
    found = told(run("stats", "xmr", FIXTURES / "gaps.csv", "--json"))
    assert [point["value"] for point in found["points"]] == [5, None, 6]
    assert [point["label"] for point in found["points"]] == ["Jan", "", "Mar"]
    assert "1 gap takes no part in limits and signals." in found["notes"]


def test_a_funnel(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "teams.csv"
    file.write_text("label,count,total\nA,40,60\nB,33,60\nC,11,60\nD,0,0\n", "utf-8")
    found = told(run("stats", "funnel", file, "--json"))
    assert found["centre"] == pytest.approx(84 / 180)
    assert [point["position"] for point in found["points"]] == [
        "higher",
        "within",
        "much lower",
        None,
    ]
    # scipy.stats.binom.ppf at 84/180 out of 60: 20 and 36 at 95%, 16 and 40 at 99.8%.
    assert found["limits_95"][0] == pytest.approx([20 / 60, 36 / 60])
    assert found["limits_998"][0] == pytest.approx([16 / 60, 40 / 60])
    assert found["limits_95"][3] is None
    own = wilson(40, 60)
    assert own is not None
    assert found["points"][0]["share"] == pytest.approx(2 / 3)
    assert (found["points"][0]["low"], found["points"][0]["high"]) == (own.low, own.high)
    normal = told(run("stats", "funnel", file, "--json", "--limits", "normal"))
    assert normal["limits_95"] != found["limits_95"]
    assert normal["options"] == {"confidence": 0.95, "limits": "normal"}


def test_wilson_intervals_of_any_confidence(run: Run, tmp_path: Path) -> None:
    source = json.loads((PUBLISHED / "phe_wilson.json").read_text("utf-8"))
    for row in source["wilson"]:
        file = counts(tmp_path / "own.csv", [row["count"]], row["total"])
        ran = run("stats", "wilson", file, "--json", "--confidence", row["confidence"])
        (point,) = told(ran)["points"]
        assert point["low"] == pytest.approx(row["low"], abs=source["tolerance"])
        assert point["high"] == pytest.approx(row["high"], abs=source["tolerance"])


@pytest.mark.parametrize(
    ("command", "fixture", "sentence"),
    [
        ("xmr", "text_in_value.csv", "line 3: the value “abc” is not a number"),
        ("xmr", "not_a_number.csv", "line 2: the value “nan” is not a number"),
        ("xmr", "exponent.csv", "line 2: the value “1e999” is not a number"),
        ("xmr", "percent_sign.csv", "line 3: the value “62%” has a % sign"),
        ("xmr", "thousands_comma.csv", "line 3: the value “1,234” has commas in it: write 1234"),
        ("xmr", "unknown_column.csv", "line 1: unknown column valeu (did you mean value?)"),
        ("xmr", "empty.csv", "is empty"),
        ("xmr", "header_only.csv", "holds no figures"),
        ("xmr", "only_gaps.csv", "holds no figures"),
        ("pchart", "count_above_total.csv", "line 3: the count 12 is above its total 10"),
        ("laney", "negative_count.csv", "line 3: the count -1 is below 0"),
        ("funnel", "count_not_whole.csv", "line 3: the count “2.5” is not a whole number"),
        ("wilson", "total_without_count.csv", "line 3: there is a total without a count"),
        ("pchart", "count_without_total.csv", "line 3: there is a count without a total"),
        ("pchart", "totals_all_0.csv", "holds no figures"),
        ("pchart", "too_many_cells.csv", "line 3: 3 cells where the header names 2"),
        ("pchart", "gaps.csv", "line 1: unknown column value; column count is missing"),
        ("xmr", "gone.csv", "does not exist"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_wrong_with_a_file_is_told_by_line(
    run: Run, command: str, fixture: str, sentence: str, form: tuple[str, ...]
) -> None:
    ran = run("stats", command, FIXTURES / fixture, *form)
    assert (ran.code, ran.out) == (2, "")
    assert fixture in ran.err
    assert sentence in ran.err


@pytest.mark.parametrize(
    ("command", "flags", "sentence"),
    [
        ("xmr", ("--baseline-points", "41"), "a baseline of 41 cannot be taken from 40 points"),
        ("xmr", ("--baseline-points", "1"), "no moving range"),
        ("xmr", ("--baseline-points", "0"), "not in the range"),
        ("xmr", ("--target", "high"), "--target: “high” is not a number"),
        ("xmr", ("--target", "inf"), "--target: “inf” is not a number"),
        ("xmr", ("--rules", "nhs"), "'nhs' is not one of 'mdc', 'ptd'"),
        ("pchart", ("--target", "85"), "--target 85 is not a share"),
        ("wilson", ("--confidence", "95"), "--confidence 95 does not lie between 0 and 1"),
        ("funnel", ("--confidence", "nan"), "“nan” is not a number"),
    ],
)
def test_an_option_that_makes_no_sense_is_told(
    run: Run, tmp_path: Path, command: str, flags: tuple[str, ...], sentence: str
) -> None:
    file = tmp_path / "own.csv"
    if command == "xmr":
        values(file, CHARTS["montgomery_imr"]["values"])
    else:
        counts(file, CHARTS["montgomery_p"]["counts"], 50)
    ran = run("stats", command, file, *flags)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err


def test_people_get_a_page_with_the_chart_and_the_words(run: Run, tmp_path: Path) -> None:
    file = values(tmp_path / "loans.csv", CHARTS["montgomery_imr"]["values"])
    page = run("stats", "xmr", file, "--baseline-points", 20, "--target", "290").out
    assert "XmR chart of loans.csv" in page
    assert "◆ improvement (outside the limits up, two in three up)" in page
    assert "~ hit and miss the target of 290" in page
    assert "high 321.22" in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_of_a_long_file_the_page_lists_what_stands_out(run: Run, tmp_path: Path) -> None:
    draw = random.Random(2)
    file = values(tmp_path / "long.csv", [round(draw.gauss(50, 5), 2) for _ in range(3000)])
    page = run("stats", "xmr", file).out
    assert "Of 3,000 points" in page
    assert "--json gives all" in page
    assert len(page.splitlines()) < 260
    assert len(told(run("stats", "xmr", file, "--json"))["points"]) == 3000


def test_hostile_labels_reach_no_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("label,count,total\n\x1b[31mred[/b],1,2\n", "utf-8")
    for command in ("pchart", "funnel", "wilson"):
        for form in ((), ("--json",), ("--rules", "ptd") if command == "pchart" else ()):
            ran = run("stats", command, file, *form)
            assert ran.code == 0
            assert "\x1b" not in ran.out
            assert "red[/b]" in ran.out
