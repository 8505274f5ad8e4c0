import importlib.util
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.questions import GRADE_ID, Question
from ehcp_audit.exchange import import_audits
from ehcp_audit.rubric_files import read_rubric
from ehcp_audit.store import Store

EXAMPLE = Path(__file__).parents[2] / "examples" / "published-audit"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_csv", EXAMPLE / "make_csv.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_published_counts_come_out_as_they_went_in(store: Store, tmp_path: Path) -> None:
    maker().write_csv(tmp_path / "published.csv")
    read = read_rubric(EXAMPLE / "rubrics" / "published-audit.toml")
    me = Identity("a" * 12, "KL", "education")
    rubrics = [(read.rubric, read.text)]
    done = import_audits(store, tmp_path / "published.csv", rubrics, me, today=date(2026, 11, 22))
    assert done.audits == 1_797
    tallies = store.tallies(Question("published-audit", granularity="year"))
    grades: Counter[str] = Counter()
    for row in tallies.rows:
        if row.criterion == GRADE_ID:
            grades[read.rubric.grades[-row.level].id] += row.count
    assert grades == {
        "outstanding": 14,
        "good": 664,
        "requires_improvement": 1_039,
        "inadequate": 80,
    }
