"""Kill a program that writes, again and again, and look at what it left.

Run as a program: `python -m tests.faults.killing VARIANT KILLS FOLDER` prints the counts as JSON.
The variants `early` and `apart` are broken on purpose: the one acknowledges before COMMIT, the
other writes event and state in two transactions.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import sqlite3
import struct
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.small_rubric import CRITERIA, ME, TODAY, begun

from ehcp_audit.auditing import AuditSession, change_facts, score, unscore, write_note
from ehcp_audit.domain.canonical import canonical_json
from ehcp_audit.domain.errors import AuditToolError, NotAllowedError
from ehcp_audit.domain.events import Event, NewEvent
from ehcp_audit.store import Store, writer

LONGEST_LIFE = 0.02  # seconds that a writer lives after the moment chosen
KILLS_PER_FILE = 100  # a small file is checked quickly
ACKNOWLEDGEMENT = struct.Struct("<qI")


def main(variant: str, kills: int, folder: Path) -> dict[str, int]:
    """Kill that many writers; return what was acknowledged, lost, torn and could not be opened."""
    chance = random.Random(4711)
    counts = dict.fromkeys(
        ("kills", "acknowledged", "lost", "torn", "unopenable", "before_first"), 0
    )
    while counts["kills"] < kills:
        path = folder / f"{variant}{counts['kills']}.db"
        with Store.create(path) as store:
            audits = [begun(store), begun(store, plan_ref="NS-0148")]
        kept: dict[int, int] = {}
        for _ in range(min(KILLS_PER_FILE, kills - counts["kills"])):
            acknowledged = write_and_kill(variant, path, audits, chance)
            counts["kills"] += 1
            counts["acknowledged"] += len(acknowledged)
            counts["before_first"] += not acknowledged
            kept |= acknowledged
            wrong = left_behind(path, kept)
            for name, found in wrong.items():
                counts[name] += found
            if any(wrong.values()):
                break  # what follows would only tell of the same again
        path.unlink()
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return counts


def left_behind(path: Path, kept: dict[int, int]) -> dict[str, int]:
    """Return what is wrong with the file; what was lost is counted once."""
    try:
        with Store.open(path) as store:
            there = {event.seq: fingerprint(event) for event in store.every_event()}
            torn = store.faults() != []
    except AuditToolError:
        return {"unopenable": 1}
    lost = [seq for seq, mark in kept.items() if there.get(seq) != mark]
    for seq in lost:
        del kept[seq]
    return {"lost": len(lost), "torn": int(torn)}


def fingerprint(event: Event) -> int:
    """Return a short mark of everything an event says."""
    said = [event.seq, event.at, event.actor, event.subject, event.kind, event.undoes, event.body]
    return zlib.crc32(canonical_json(said).encode("ascii"))


def write_and_kill(
    variant: str, path: Path, audits: Sequence[str], chance: random.Random
) -> dict[int, int]:
    """Let a program write until it is killed; return the marks of what it acknowledged, by seq."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with contextlib.suppress(BaseException):
            write(variant, path, audits, writing)
        os._exit(3)
    os.close(writing)
    if chance.random() < 0.5:  # half of the kills fall in opening and recovering
        select.select([reading], [], [], 5)
    time.sleep(chance.random() * LONGEST_LIFE)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    whole = said[: len(said) // ACKNOWLEDGEMENT.size * ACKNOWLEDGEMENT.size]
    return dict(ACKNOWLEDGEMENT.iter_unpack(whole))


def write(variant: str, path: Path, audits: Sequence[str], pipe: int) -> None:
    """Score, note and undo without end; acknowledge each act when it is saved."""
    if variant == "early":
        acknowledge_before_commit(pipe)
    elif variant == "apart":
        write_event_and_state_apart()
    store = Store.open(path)
    chance = random.Random(os.getpid())
    while True:
        session = AuditSession(store, chance.choice(audits), ME)
        waiting = []
        for _ in range(chance.randrange(1, 4)):  # sometimes several share one commit
            with contextlib.suppress(NotAllowedError):
                waiting.append(session.submit(act(session, chance)))
        for pending in waiting:
            assert session.confirm(pending) is None
            for event in pending.future.result().events:
                if variant != "early":
                    acknowledge(pipe, event)


def act(session: AuditSession, chance: random.Random) -> NewEvent:
    """Return any act on the audit as it stands."""
    chosen, kind = chance.choice(CRITERIA), chance.randrange(6)
    state = session.state
    if kind == 0:
        return unscore(state, chosen, ME.id)
    if kind == 1:
        return write_note(state, chosen, ME.id, text="Mum says " * chance.randrange(1, 60))
    if kind == 2:
        changed = change_facts(state, {"area": str(chance.random())}, ME.id)
        assert changed is not None
        return changed
    if kind == 3 and session.saved and (undo := session.undo_stack.undo(ME.id)):
        return undo
    return score(state, chosen, chance.randrange(1, 5), ME.id, TODAY, reason="why")


def acknowledge(pipe: int, event: Event) -> None:
    os.write(pipe, ACKNOWLEDGEMENT.pack(event.seq, fingerprint(event)))


def acknowledge_before_commit(pipe: int) -> None:
    act = writer.Writer._do

    def early(self: writer.Writer, *rest: Any) -> writer.Written:
        written = act(self, *rest)
        for event in written.events:
            acknowledge(pipe, event)
        return written

    setattr(writer.Writer, "_do", early)  # noqa: B010


def write_event_and_state_apart() -> None:
    project = writer.__dict__["project"]

    def apart(connection: sqlite3.Connection, event: Event) -> None:
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SAVEPOINT piece")
        project(connection, event)

    vars(writer)["project"] = apart


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))  # noqa: T201
