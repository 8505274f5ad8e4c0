from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import read_rubric
from ehcp_audit.store import Store

FIXTURES = Path(__file__).parent / "fixtures"
ME = Identity("a" * 12, "KL", "education")
TODAY = date(2026, 11, 22)


def at_noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def small() -> tuple[Rubric, str]:
    read = read_rubric(FIXTURES / "small.toml")
    return read.rubric, read.text


@pytest.fixture(scope="session")
def own() -> tuple[Rubric, str]:
    """A rubric with facts of its own, a measured criterion and one worked out from dates."""
    read = read_rubric(FIXTURES / "own.toml")
    return read.rubric, read.text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "audits.db", clock=at_noon) as opened:
        yield opened
