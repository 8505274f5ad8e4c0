from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.small_rubric import at_noon

from ehcp_audit.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "audits.db", clock=at_noon) as opened:
        yield opened
        assert opened.faults() == []
