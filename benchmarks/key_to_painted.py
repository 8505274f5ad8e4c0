"""How long a key press takes until its score is painted and committed, against a bare screen.

Each case runs in a terminal of its own (a pty, 120 by 40) and answers to the same keys; a key's
time runs from its byte going in until the changed line comes out. Cases:

bare        a Textual app that only updates one `Static`: the floor
walk        the walk of the shipped rubric, a durable commit in every key
slow        the same on a disk that takes 60 ms a commit

Printed are medians as ratios to `bare`. Exits 1 where the walk is over 3 times the floor, or
where the slow disk delays the paint by more than the wait of 8 ms allows for.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pty
import random
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROUNDS = 5
KEYS = 20  # of the 23 questions that these facts bring up
WARM_UP = 3
KEY = b"3"  # a meeting level, which asks for nothing more
LIMIT = 3.0
SLOW_COMMIT = 0.060
WAIT = 0.008


def run_bare() -> None:
    """Run the floor: one `Static`, updated by every key."""
    from textual.app import App, ComposeResult  # noqa: PLC0415
    from textual.widgets import Static  # noqa: PLC0415

    class Bare(App[None]):
        count = 0

        def compose(self) -> ComposeResult:
            yield Static("0 of all decided", id="line")

        def on_key(self) -> None:
            self.count += 1
            self.query_one("#line", Static).update(f"{self.count} of all decided")

    Bare().run()


def run_walk(folder: Path, *, slow: bool) -> None:
    """Run the real walk on a fresh audit, with every commit made slow if asked."""
    from ehcp_audit.auditing import begin_audit  # noqa: PLC0415
    from ehcp_audit.domain.identity import Identity  # noqa: PLC0415
    from ehcp_audit.rubric_files import parse_rubric  # noqa: PLC0415
    from ehcp_audit.settings.workspace import Workspace  # noqa: PLC0415
    from ehcp_audit.store.writer import Writer  # noqa: PLC0415
    from ehcp_audit.tui.app import AuditApp  # noqa: PLC0415
    from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

    text = (Path(__file__).parents[1] / "rubrics" / "peer-findings.toml").read_text("utf-8")
    (folder / "rubrics").mkdir()
    app = AuditApp(Workspace(folder), chosen=Identity("0" * 12, "KL", "education"))
    facts = {
        "plan_ref": "NS-0001", "audit_reason": "routine", "plan_kind": "amended",
        "plan_date": "2026-01-05", "year_group": "10", "primary_need": "SEMH",
        "setting": "mainstream", "known_to_health": "yes", "social_care": "child_in_need",
        "seen": ("advice", "review", "record"), "reviewed": "yes", "change_reported": "yes",
    }  # fmt: skip
    audit_id = begin_audit(
        app.database(),
        parse_rubric(text, "peer-findings.toml"),
        text,
        facts,
        app.identity,
        today=app.today,
    )
    if slow:
        commit = Writer._commit  # noqa: SLF001

        def slowly(self, connection, batch):  # noqa: ANN001, ANN202
            time.sleep(SLOW_COMMIT)  # as a disk does: in the writer's thread, without the lock
            return commit(self, connection, batch)

        Writer._commit = slowly  # noqa: SLF001
    gc.freeze()  # as the program does when it starts
    app.call_later(lambda: app.push_screen(WalkScreen(audit_id)))
    app.run()


def measure(case: str, folder: Path) -> list[float]:
    """Return the seconds of each key of a case."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(
            TERM="xterm-256color", COLORTERM="truecolor", EHCP_AUDIT_CONFIG=str(folder / "me")
        )
        os.execv(sys.executable, [sys.executable, __file__, case, str(folder)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        wait_for(terminal, b"0 of ", 30)
        drain(terminal, 1.0)
        times = []
        chance = random.Random(1)
        for number in range(1, KEYS + 1):
            drain(terminal, 0)
            start = time.perf_counter()
            os.write(terminal, KEY)
            wait_for(terminal, f"{number} of ".encode(), 5)
            times.append(time.perf_counter() - start)
            time.sleep(chance.uniform(0.08, 0.12))
        return times[WARM_UP:]
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def drain(terminal: int, seconds: float) -> None:
    """Read what is waiting."""
    while select.select([terminal], [], [], seconds)[0]:
        os.read(terminal, 65536)


def wait_for(terminal: int, marker: bytes, seconds: float) -> None:
    """Read until the marker has come."""
    seen, give_up = b"", time.perf_counter() + seconds
    while marker not in seen:
        left = give_up - time.perf_counter()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            message = f"{marker.decode()!r} was never painted"
            raise SystemExit(message)
        seen += os.read(terminal, 65536)


def main() -> int:
    """Measure every case in turn, several times, and print the ratios."""
    times: dict[str, list[float]] = {"bare": [], "walk": [], "slow": []}
    for _ in range(ROUNDS):
        for case in times:
            with tempfile.TemporaryDirectory() as scratch:
                times[case] += measure(case, Path(scratch))
    floor = statistics.median(times["bare"])
    ratios = {case: statistics.median(found) / floor for case, found in times.items()}
    for case, found in times.items():
        high = statistics.quantiles(found, n=20)[18]
        print(f"{case:<6} median {ratios[case]:5.2f} × bare   95th {high / floor:5.2f} × bare")
    delay = statistics.median(times["slow"]) - statistics.median(times["walk"])
    print(f"slow disk: a commit of 60 ms delays the paint by {delay / SLOW_COMMIT:.2f} commits")
    return int(ratios["walk"] > LIMIT or delay > 2 * WAIT)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        if sys.argv[1] == "bare":
            run_bare()
        else:
            run_walk(Path(sys.argv[2]), slow=sys.argv[1] == "slow")
    else:
        sys.exit(main())
