"""Write docs/time-limits.md from the table of limits; --check only says if it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from made_page import made_page

from ehcp_audit.domain.facts import FACTS_BY_ID, Fact
from ehcp_audit.domain.law_limits import CONFIRMED_EXCEPTIONS
from ehcp_audit.domain.law_rules import LAW_LIMITS, NOT_COMPUTED
from ehcp_audit.domain.limit_words import STATUS_LABELS, STATUS_SYMBOLS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "time-limits.md"
HEAD = """# Time limits

The time limits in law that ehcp-audit works out from the dates among a plan's facts, made from
the table in the code (`make pages`). They are measured and never graded.

- Day 0 is the start; *within n weeks* includes the day n weeks after it. Days are calendar days:
  weekends, holidays and bank holidays count.
- A month ends on the same day of the month, or on its last day: 12 months from 29 February end on
  28 February.
- The 2, 4 and 12 weeks of a review run from its *meeting*.
- A plan taken over from another authority counts as made on its old date (reg 15(3)(a)); our
  limits for a new plan do not arise for it.
- Without an end date a limit is *running* until its last day and *overdue* after it, unless other
  facts show that it was done; then it is *not known*.
- Where the end has no date and the plan in front of you is of the kind that ends it (a first
  final plan, say), the date on the plan is taken.

This is no legal advice. The sources were read on the day the table was made; check them before
relying on it."""


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD, "\n\n## The limits\n\n| What | From | To | Due | Where it stands |\n"]
    parts.append("|---|---|---|---|---|\n")
    for limit in LAW_LIMITS:
        end = "*(no fact)*" if limit.end is None else FACTS_BY_ID[limit.end].label
        excused = f"; exceptions in {limit.excused_by}" if limit.excused_by else ""
        cells = (
            f"**{limit.title}.** {limit.duty}",
            FACTS_BY_ID[limit.start].label,
            end,
            limit.due.words,
            f"{limit.citation}{excused}",
        )
        parts.append(f"| {' | '.join(cells)} |\n")
    parts += ["\n## Exceptions\n\n", _exceptions(FACTS_BY_ID["exception"])]
    parts.append("\n## What is said of a limit\n\n| | |\n|---|---|\n")
    parts += [f"| {STATUS_SYMBOLS[each]} | {label} |\n" for each, label in STATUS_LABELS.items()]
    parts.append("\n## Not worked out\n\n| What | Why |\n|---|---|\n")
    parts += [f"| {what} | {why} |\n" for what, why in NOT_COMPUTED]
    return "".join(parts)


def _exceptions(fact: Fact) -> str:
    confirmed = [each.label for each in fact.choices if each.id in CONFIRMED_EXCEPTIONS]
    others = [each.label for each in fact.choices if each.id not in (*CONFIRMED_EXCEPTIONS, "none")]
    return (
        f"The fact “{fact.label}” records one. {' and '.join(confirmed)} are kinds that regulation "
        f"27(3) has: a limit that was late then says *late, with an exception*, beside the days. "
        f"{' and '.join(others)} may be recorded; their place in the law is not confirmed, so the "
        "limit stays *late* and says so. Neither a backlog nor a waiting list is an exception.\n"
    )


if __name__ == "__main__":
    sys.exit(made_page(PAGE, page))
