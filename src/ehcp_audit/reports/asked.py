"""The question and which audits count, in sentences."""

from __future__ import annotations

from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import FACTS_BY_ID, Fact, show_fact
from ehcp_audit.domain.periods import PERIOD_WORDS
from ehcp_audit.domain.questions import Question
from ehcp_audit.reports.wording import counted, listed, lower_first, plain
from ehcp_audit.trends.trend import Trend

OWN_GRADES: Final = "These are this area's own audit grades, not Ofsted's."
ROUTINE: Final = "routine"
_AXES: Final = {"audit": "by date of audit", "plan": "by the date on the plan"}
_FOUND: Final = (
    "They show what was found in them. They do not show how good plans are in this area."
)


def period_word(question: Question) -> str:
    """Return what one period is called in a sentence, such as month or two-month period."""
    return PERIOD_WORDS[question.granularity]


def axis_words(question: Question) -> str:
    """Return by which date, and in what steps, such as “by date of audit, month by month”."""
    length = period_word(question)
    return f"{_AXES[question.axis]}, {length} by {length}"


def span_words(trend: Trend) -> str:
    """Return the first and last period, such as “Jan 2025 to Dec 2025”; empty without any."""
    labels = [each.period.label for each in trend.periods]
    return " to ".join(dict.fromkeys([labels[0], labels[-1]])) if labels else ""


def span_of(question: Question) -> str:
    """Return the days asked for, such as “from 1 Jan 2026”; empty where none were."""
    ends = (("from", question.first), ("to", question.last))
    return " ".join(f"{word} {show_date(day)}" for word, day in ends if day is not None)


def filter_words(question: Question, own: tuple[Fact, ...] = ()) -> str:
    """Return the filters and the dates asked for, in words; `own` are the rubric's facts."""
    facts = {**FACTS_BY_ID, **{fact.id: fact for fact in own}}
    parts = []
    for fact_id, values in question.filters.items():
        fact = facts.get(fact_id)
        if fact is None:
            parts.append(f"{plain(fact_id)} is {listed([plain(each) for each in values], 'or')}")
            continue
        several = fact.kind == "choices"
        shown = [show_fact(fact, (value,) if several else value) for value in values]
        verb = "includes" if several else "is"
        parts.append(f"{plain(fact.label)} {verb} {listed([plain(each) for each in shown], 'or')}")
    if question.first is not None:
        parts.append(f"from {show_date(question.first)}")
    if question.last is not None:
        parts.append(f"to {show_date(question.last)}")
    return "; ".join(parts) if parts else "none"


def reason_words(question: Question) -> str:
    """Return the reasons for an audit that are let in."""
    if not question.reasons:
        return "any reason for the audit"
    if question.reasons == (ROUTINE,):
        return "routine sample only"
    return listed([_reason(reason) for reason in question.reasons])


def counted_sentences(trend: Trend) -> tuple[str, ...]:
    """Return which audits count, which were left out and why, and what that allows one to say."""
    question = trend.question
    if not trend.audits:
        return tuple(filter(None, (_nothing_counts(trend), _left_out(trend, reasons=False))))
    if question.axis == "audit":
        once = f"one for each plan in each {period_word(question)}, the first signed off"
    else:
        once = "one for each version of a plan, the latest"
    sentences = [
        f"Counted: {counted(trend.audits, 'audit')} ({once}; {reason_words(question)}).",
        _left_out(trend, reasons=True),
    ]
    if question.reasons and ROUTINE not in question.reasons:
        sentences.append(
            f"These {counted(trend.audits, 'audit')} are of plans that were chosen, not sampled. "
            f"{_FOUND}"
        )
    elif question.reasons != (ROUTINE,):
        sentences.append(
            "Plans that were chosen for a reason are counted together with sampled ones. "
            "These figures do not show how good plans are in this area."
        )
    return tuple(filter(None, sentences))


def _nothing_counts(trend: Trend) -> str:
    if trend.question.reasons == (ROUTINE,) and trend.left_out:
        number = sum(trend.left_out.values())
        return (
            "No plan from a routine sample counts here. "
            f"There {'is' if number == 1 else 'are'} {counted(number, 'audit')} of plans that "
            f"were chosen, not sampled ({_reason_counts(trend)}). {_FOUND} "
            "Ask for them by their reason to see them."
        )
    if trend.left_out:
        return f"No audit counts here. Left out by reason: {_reason_counts(trend)}."
    return "No audit counts here: none is signed off that answers this question."


def _left_out(trend: Trend, *, reasons: bool) -> str:
    question = trend.question
    parts = []
    if trend.left_out and reasons:
        number = sum(trend.left_out.values())
        whose = f"{counted(number, 'audit')} made for another reason"
        parts.append(f"{whose} ({_reason_counts(trend)})")
    if trend.repeated:
        if question.axis == "audit":
            again = f"of a plan already counted in its {period_word(question)}"
        else:
            again = "of a version that counts by a later audit"
        parts.append(f"{counted(trend.repeated, 'audit')} {again}")
    if trend.undated:
        missing = "date" if question.axis == "audit" else "date on the plan"
        parts.append(f"{counted(trend.undated, 'audit')} without a known {missing}")
    return f"Left out: {'; '.join(parts)}." if parts else ""


def _reason_counts(trend: Trend) -> str:
    most_first = sorted(trend.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number:,} {_reason(reason)}" for reason, number in most_first)


_PICKED: Final = {
    "before_issue": "to be read before issue",
    "review_sample": "as a sample of reviews",
    "thematic": "for a theme",
    "complaint": "after a complaint",
    "re_audit": "to be audited again after changes",
    "calibration": "to calibrate auditors",
    "routine": "in the routine sample",
}


def reason_word(reason: str) -> str:
    """Return why a plan was picked, as it follows “picked”."""
    return _PICKED.get(reason, "without a reason given")


def _reason(reason: str) -> str:
    choice = FACTS_BY_ID["audit_reason"].choice(reason)
    if choice is None:
        return plain(reason) or "with no reason given"
    return lower_first(choice.label)
