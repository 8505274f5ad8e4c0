"""What stands beside a fact on every front end: what to bear in mind, time limits, doubts."""

from __future__ import annotations

from typing import Final

from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.domain.facts import FACTS_BY_ID, Fact
from ehcp_audit.domain.law_limits import LimitResult, Status, results
from ehcp_audit.domain.limit_words import STATUS_SYMBOLS, limit_mark, limit_sentence
from ehcp_audit.domain.plan_notes import notes_on_fact

Said = tuple[str, str]  # a sentence and its tone

TONES: Final[dict[Status, str]] = {
    "met": "good",
    "late": "warn",
    "late_with_exception": "warn",
    "running": "accent",
    "overdue": "warn",
    "not_known": "muted",
}
_WORST_FIRST: Final[tuple[Status, ...]] = (
    "overdue",
    "late",
    "late_with_exception",
    "running",
    "met",
    "not_known",
)


def limits_of(form: FactsForm, fact: Fact) -> tuple[LimitResult, ...]:
    """Return where the limits stand that are worked out from a fact, or excused by it.

    The one to worry about comes first.
    """
    found = results(form.values(), form.on)
    if fact.id == "exception":
        chosen = [each for each in found if each.limit.excused_by and each.begun]
    else:
        chosen = [each for each in found if fact.id in each.limit.facts]
    return tuple(sorted(chosen, key=_rank))


def limit_words(form: FactsForm, fact: Fact) -> tuple[Said, ...]:
    """Return the limits of a fact in sentences: a heading, where it stands, and the source."""
    said: list[Said] = []
    for result in limits_of(form, fact):
        limit = result.limit
        if not result.begun:
            start = FACTS_BY_ID[limit.start].label
            said.append((f"· {limit.title}, {limit.due.words} of “{start}”", "muted"))
            said.append((limit.citation, "source"))
            continue
        heading = f"{STATUS_SYMBOLS[result.status]} {limit.title}, {limit.due.words}"
        said.append((heading, TONES[result.status]))
        said.append((limit_sentence(result), "text"))
        said.append((limit.citation, "source"))
    return tuple(said)


def doubt_words(form: FactsForm, fact: Fact) -> tuple[str, ...]:
    """Return the doubts that concern a fact."""
    return tuple(doubt.sentence for doubt in form.doubts() if fact.id in doubt.facts)


def note_words(form: FactsForm, fact: Fact) -> tuple[str, ...]:
    """Return what an auditor should bear in mind at a fact."""
    return notes_on_fact(fact.id, form.values())


def marks(form: FactsForm) -> dict[str, Said]:
    """Return what stands beside the date that ends a limit, by the fact's id: words and tone."""
    found: dict[str, LimitResult] = {}
    for result in results(form.values(), form.on):
        end = result.limit.end
        if end is None or result.status == "not_known":
            continue
        before = found.get(end)
        if before is None or _rank(result) < _rank(before):
            found[end] = result
    return {end: (limit_mark(result), TONES[result.status]) for end, result in found.items()}


def _rank(result: LimitResult) -> int:
    return _WORST_FIRST.index(result.status)


def standing(form: FactsForm) -> tuple[Said, ...]:
    """Return how the form stands: what is still needed, and how many doubts there are."""
    missing, doubts = len(form.missing()), len(form.doubts())
    needed: Said = (f"{missing} still needed" if missing else "complete", "muted")
    if not doubts:
        return (needed,)
    return ((f"{doubts} to look at · ", "warn"), needed)
