"""F1: what was acknowledged survives a kill at any moment, whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def kill(variant: str, kills: int, folder: Path, elsewhere: dict[str, str]) -> dict[str, int]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", variant, str(kills), str(folder)],
        env=elsewhere,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    counts: dict[str, int] = json.loads(ended.stdout)
    print(variant, counts)  # noqa: T201
    assert counts["kills"] == kills
    assert counts["acknowledged"] > kills / 4, "too little was written: the test says nothing"
    return counts


def test_a_kill_loses_nothing_that_was_acknowledged_and_tears_nothing(
    tmp_path: Path, how_many: Callable[[int], int], elsewhere: dict[str, str]
) -> None:
    counts = kill("honest", how_many(60), tmp_path, elsewhere)
    assert (counts["lost"], counts["torn"], counts["unopenable"]) == (0, 0, 0)


def test_broken_acknowledging_before_commit_loses_what_was_acknowledged(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    assert kill("early", 40, tmp_path, elsewhere)["lost"] > 0


def test_broken_event_and_state_in_two_transactions_are_torn_apart(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    assert kill("apart", 40, tmp_path, elsewhere)["torn"] > 0
