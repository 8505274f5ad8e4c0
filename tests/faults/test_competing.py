"""F6: programs that change the same audits at once lose no change of each other's."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from tests.small_rubric import at_noon, begun

from ehcp_audit.store import Store

PROCESSES = 4


def stream(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def compete(
    variant: str, acts: int, path: Path, elsewhere: dict[str, str]
) -> tuple[dict[str, int], int]:
    """Let four processes act; return the sum of their counts and how many changes were lost.

    A change is lost where the next act on the audit was decided without seeing it.
    """
    with Store.create(path, clock=at_noon) as store:
        audits = [begun(store), begun(store, plan_ref="NS-0148")]
    command = [sys.executable, "-m", "tests.faults.competing", variant, str(acts), str(path)]
    processes = [
        subprocess.Popen(
            [*command, *audits],
            env=elsewhere,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    assert [stream(each.stdout).readline() for each in processes] == ["ready\n"] * PROCESSES
    for each in processes:
        stream(each.stdin).write("\n")
        stream(each.stdin).flush()
    said = [json.loads(each.communicate()[0]) for each in processes]
    total = {name: sum(counts[name] for counts in said) for name in ("done", "refused")}
    lost = 0
    with Store.open(path) as store:
        assert store.faults() == []
        for audit_id in audits:
            scores = [event.body or {} for event in store.audit_events(audit_id)[1:]]
            total["in_the_log"] = total.get("in_the_log", 0) + len(scores)
            previous = None
            for body in scores:
                lost += body["old"] != previous
                previous = body["new"]
    print(variant, total, "lost", lost)  # noqa: T201
    return total, lost


def test_no_change_is_lost_between_four_programs(
    tmp_path: Path, how_many: Callable[[int], int], elsewhere: dict[str, str]
) -> None:
    acts = how_many(160) // PROCESSES
    total, lost = compete("guarded", acts, tmp_path / "audits.db", elsewhere)
    assert total["done"] == total["in_the_log"] == acts * PROCESSES
    assert total["refused"] > 0, "they never met: the test says nothing"
    assert lost == 0


def test_broken_programs_that_do_not_say_what_they_expect_lose_changes(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    total, lost = compete("blind", 40, tmp_path / "audits.db", elsewhere)
    assert total["done"] == total["in_the_log"] == 40 * PROCESSES
    assert lost > 0
