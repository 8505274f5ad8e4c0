import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def how_many() -> Callable[[int], int]:
    """Return the short count of a test, or what `EHCP_AUDIT_FAULTS` asks for."""

    def count(short: int) -> int:
        return int(os.environ.get("EHCP_AUDIT_FAULTS", short))

    return count


@pytest.fixture(scope="session")
def elsewhere() -> dict[str, str]:
    """The environment in which another process finds the package and these tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
