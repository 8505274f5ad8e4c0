"""The sentences of the summary, and why something cannot be done there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.auditing.re_audit import (
    carried_criteria,
    follow_ups,
    outcome_counts,
    same_person,
    still_offered,
)
from ehcp_audit.auditing.summary import Summary
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.flags import FLAG_LABELS
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import AGENCY_LABELS, Rubric

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


def ready_words(state: AuditState) -> str:
    """Say what sign-off waits for where no question lacks anything."""
    if state.blocking_flags:
        return "Every question is decided; sign-off waits for the safeguarding flag."
    return "Nothing is missing. g signs off."


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


def flag_words(rubric: Rubric, state: AuditState) -> tuple[Said, ...]:
    """Say which flags still wait for an answer; those that sign-off waits for bite."""
    said = []
    for flag in state.open_flags:
        where = ""
        if flag.criterion is not None and rubric.has_criterion(flag.criterion):
            where = f" at “{rubric.criterion(flag.criterion).title}”"
        waits = "; sign-off waits for it" if flag.blocks_sign_off else ""
        label = FLAG_LABELS[flag.kind]
        sentence = f"{label[:1].upper()}{label[1:]}{where}: not answered yet{waits}."
        said.append(Said("Flag", sentence, bites=flag.blocks_sign_off))
    return tuple(said)


def answer_words(state: AuditState) -> tuple[Said, ...]:
    """Say what was answered on the feedback slips; an answer that disputes the audit bites."""
    return tuple(
        Said(
            "Answer",
            f"{AGENCY_LABELS.get(party, 'the writer')}, {show_date(answer.on)}: {answer.text}"
            + (" (disputes the audit: open)" if answer.disputed else ""),
            bites=answer.disputed,
        )
        for party, answer in state.answers.items()
    )


def re_audit_words(
    rubric: Rubric,
    state: AuditState,
    earlier: tuple[AuditState, Rubric] | None,
    on: date,
) -> tuple[Said, ...]:
    """Say of a re-audit what it follows, what became of that, and what is offered or was kept."""
    if earlier is None or earlier[0].sign_off is None:
        return ()
    first, first_rubric = earlier
    day = show_date(earlier[0].sign_off.audit_date)
    again = "; by the same person, so not independent" if same_person(first, state.auditor) else ""
    said = [Said("Re-audit", f"It follows the audit of {day}{again}.")]
    ups = follow_ups(first, first_rubric, state, rubric, on)
    if ups:
        said.append(Said("", f"What it asked for: {outcome_counts(ups)}."))
    offered = still_offered(rubric, state, on)
    if offered and state.status == "draft":
        titles = " · ".join(each.title for each in offered)
        said.append(Said("Offered", f"= keeps these after a second look: {titles}.", bites=True))
    kept = carried_criteria(rubric, state)
    if kept:
        titles = " · ".join(each.title for each in kept)
        said.append(Said("Kept", f"As found then, to be read before sign-off: {titles}."))
    return tuple(said)


def why_not(
    name: str,
    state: AuditState,
    summary: Summary,
    identity: Identity | None,
    *,
    follows: bool = False,
    offers: bool = False,
) -> str | None:
    """Return why an action of the summary is not possible now, or None where it is.

    `follows` is whether it is a re-audit whose first audit is here, and `offers` whether
    something is offered unchanged and not decided yet.
    """
    if name == "sign":
        return _why_not_sign(state, summary, identity)
    if name == "keep":
        return _why_not_keep(state, identity, offers=offers)
    signed, withdrawn = state.status == "signed", state.status == "withdrawn"
    possible = {
        "first_gap": (state.status == "draft" and summary.gaps, "Nothing is missing."),
        "reopen": (signed, "Only an audit that is signed off can be reopened."),
        "re_audit": (signed, "Sign this audit off first; then it can be audited again."),
        "slip": (not withdrawn, "This audit was withdrawn, so there is nothing to feed back."),
        "answer": (not withdrawn, "This audit was withdrawn, so there is nothing to answer."),
        "before_after": (follows, "This is no re-audit of an audit that is signed off and here."),
    }
    holds, reason = possible.get(name, (True, ""))
    return None if holds else reason


def _why_not_sign(state: AuditState, summary: Summary, identity: Identity | None) -> str | None:
    not_mine = _not_mine(state, identity)
    if not_mine is not None:
        return not_mine
    if state.blocking_flags:
        return "A safeguarding flag is not answered: ! in the walk answers it."
    if summary.gaps:
        count = len(summary.gaps)
        lack = "1 question lacks" if count == 1 else f"{count} questions lack"
        return f"{lack} something; m goes to the first."
    return None


def _why_not_keep(state: AuditState, identity: Identity | None, *, offers: bool) -> str | None:
    if not offers:
        return "Nothing is offered unchanged here that is not decided yet."
    return _not_mine(state, identity)


def _not_mine(state: AuditState, identity: Identity | None) -> str | None:
    if identity is None:
        return "Say who you are first: w on the home screen."
    try:
        check_open(state, identity.id)
    except AuditToolError as error:
        return error.sentences
    return None


def _listed(rubric: Rubric, criteria: tuple[str, ...], last: str) -> str:
    titles = [f"“{rubric.criterion(key).title}”" for key in criteria]
    return f" {last} ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
