"""The sentences of the summary, and why something cannot be done there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.auditing.summary import Summary
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric

BORDERLINE: Final = "borderline: within 4 points of a line"
SIGN_OFF: Final = "It is locked and counts from now; reopening needs a reason. Audit date:"
READ_WHOLE: Final = "By signing you say that you have read this plan as a whole."
REOPEN: Final = "The reason stays in its history."
WHY_ANOTHER_DAY: Final = "The audit date says when the judgement was made."
OTHER_DAYS: Final = ("Scored on paper", "Signed off late")
_ABOUT: Final = ("plan_kind", "year_group", "primary_need", "setting", "audit_reason")


@dataclass(frozen=True)
class Said:
    """A sentence under a label; `bites` is whether it lowers the grade."""

    label: str
    sentence: str
    bites: bool = False


def about_plan(state: AuditState, auditor: str) -> tuple[str, str]:
    """Return what kind of plan it is, and who audited it and when."""
    facts = ", ".join(show_fact(FACTS_BY_ID[key], state.facts.get(key)) for key in _ABOUT)
    signed = state.sign_off
    when = f"Audit date {show_date(signed.audit_date)}. " if signed else ""
    return facts, f"{when}Auditor {auditor}."


def across_words(rubric: Rubric, state: AuditState) -> str:
    """Return what was scored across plans and must be read with its plan; empty for nothing."""
    titles = [
        rubric.criterion(key).title for key in state.scored_across if rubric.has_criterion(key)
    ]
    if not titles:
        return ""
    return f"Scored across plans: {' · '.join(titles)}. Read them with the rest of this plan."


def sign_off_words(rubric: Rubric, state: AuditState) -> str:
    """Return what signing off means, and what whoever signs says by it."""
    across = across_words(rubric, state)
    return " ".join(part for part in (across, READ_WHOLE if across else "", SIGN_OFF) if part)


def undecided(summary: Summary) -> bool:
    """Whether a question of this draft still waits for a decision; then nothing is graded."""
    return any(gap.lacks == "a score" for gap in summary.gaps)


def no_grade_yet(summary: Summary) -> str:
    """Say why no grade is shown while a question is undecided."""
    result = summary.result
    return (
        "No grade before every question is decided: a grade so far would mislead. "
        f"{result.scored} of {result.applicable} questions have a level."
    )


def limit_words(rubric: Rubric, summary: Summary) -> tuple[Said, ...]:
    """Say what limits the grade, what would have, and what the score alone would give."""
    result = summary.result
    if result.grade is None or result.reached is None:
        return ()
    said = []
    for hit in result.hits:
        bites = rubric.grade_rank(hit.no_better_than) < rubric.grade_rank(result.reached)
        said.append(Said("Limited" if bites else "Also", hit.sentence, bites))
    if result.limited:
        alone = f"Its score alone would be {rubric.grade_label(result.reached)}."
        said.append(Said("", alone))
    return tuple(said)


def raise_words(rubric: Rubric, summary: Summary) -> str:
    """Say what would raise the grade; empty where nothing short of everything would."""
    if summary.raisers:
        return f"Meeting {_listed(rubric, summary.raisers, 'or')} would raise the grade."
    if summary.together:
        return f"Meeting {_listed(rubric, summary.together, 'and')} together would raise the grade."
    return ""


def gap_words(rubric: Rubric, summary: Summary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is missing before sign-off, each with the titles of the questions."""
    missing = []
    for lack in ("a score", "evidence"):
        titles = tuple(
            rubric.criterion(gap.criterion).title for gap in summary.gaps if gap.lacks == lack
        )
        if titles:
            missing.append((lack.capitalize(), titles))
    return tuple(missing)


def why_not(
    name: str, state: AuditState, summary: Summary, identity: Identity | None
) -> str | None:
    """Return why an action of the summary is not possible now, or None where it is."""
    if name == "sign":
        return _why_not_sign(state, summary, identity)
    if name == "first_gap" and (state.status != "draft" or not summary.gaps):
        return "Nothing is missing."
    if name == "reopen" and state.status != "signed":
        return "Only an audit that is signed off can be reopened."
    if name == "re_audit" and state.status != "signed":
        return "Sign this audit off first; then it can be audited again."
    return None


def _why_not_sign(state: AuditState, summary: Summary, identity: Identity | None) -> str | None:
    if identity is None:
        return "Say who you are first: w on the home screen."
    try:
        check_open(state, identity.id)
    except AuditToolError as error:
        return f"{error.what} {error.next_step}"
    if summary.gaps:
        number = len(summary.gaps)
        lack = "1 question lacks" if number == 1 else f"{number} questions lack"
        return f"{lack} something; m goes to the first."
    return None


def _listed(rubric: Rubric, criteria: tuple[str, ...], last: str) -> str:
    titles = [f"“{rubric.criterion(key).title}”" for key in criteria]
    return f" {last} ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
