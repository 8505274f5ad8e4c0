"""Write `published-audit.csv`: the 1,797 grades of a published external review, one row a plan.

The counts are the whole content; references are made up and the date is a placeholder.
Run with any Python 3.11: `python make_csv.py [FILE]`.
"""
# ruff: noqa: INP001  (run by itself, not imported)

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

# "Good" is the remainder of 1,797: the source says "just over a third".
COUNTS: Mapping[str, int] = {
    "outstanding": 14,
    "good": 664,
    "requires_improvement": 1_039,
    "inadequate": 80,
}
AUDIT_DATE = "2024-03-01"


def write_csv(path: Path) -> None:
    """Write one row a plan, in the format that `ehcp-audit import audits` reads."""
    levels = [level for level, count in COUNTS.items() for _ in range(count)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["plan_ref", "rubric_id", "auditor", "audit_date", "audit_reason", "criterion", "level"]
        )
        for number, level in enumerate(levels, start=1):
            writer.writerow(
                [f"PUB-{number:04}", "published-audit", "Reviewers", AUDIT_DATE, "routine",
                 "overall.grade", level]
            )  # fmt: skip


if __name__ == "__main__":
    write_csv(Path(sys.argv[1] if len(sys.argv) > 1 else "published-audit.csv"))
