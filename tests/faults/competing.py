"""One of several programs that change the same audits at once.

Run as a program: `python -m tests.faults.competing VARIANT ACTS PATH AUDIT…` prints the counts as
JSON. The variant `blind` is broken on purpose: it does not say what it expects.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.small_rubric import CRITERIA, ME, TODAY

from ehcp_audit.auditing import score
from ehcp_audit.domain.errors import SaveConflictError
from ehcp_audit.domain.events import audit_subject
from ehcp_audit.store import Store


def main(variant: str, acts: int, path: Path, audits: Sequence[str]) -> dict[str, int]:
    """Do that many acts, each on what was read just before; return how many were refused."""
    chance = random.Random(os.getpid())
    done = refused = 0
    with Store.open(path) as store:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        while done < acts:
            state = store.audit(chance.choice(audits))
            level = chance.randrange(1, 5)
            event = score(state, CRITERIA[0], level, ME.id, TODAY)
            expects = {} if variant == "blind" else {audit_subject(state.id): state.rev}
            try:
                store.write([event], expects=expects)
                done += 1
            except SaveConflictError:
                refused += 1
    return {"done": done, "refused": refused}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])))  # noqa: T201
