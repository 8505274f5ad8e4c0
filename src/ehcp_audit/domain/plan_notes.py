"""What an auditor should bear in mind about plans that are easily overlooked, by their facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.child_words import person
from ehcp_audit.domain.facts import Facts, is_young_person
from ehcp_audit.domain.rubric import Criterion

APPEAL_OPEN: Final = (
    "What you write here may have to be disclosed. Ask your lead whether to audit this plan now."
)
_FEW_SECTIONS: Final = (
    3  # a question on more sections than this is about none of them in particular
)


@dataclass(frozen=True)
class PlanNote:
    """A sentence that goes with some plans.

    `facts` are those it hangs on, `sections` the sections of the plan on which it bears: it stands
    beside those facts, and beside the questions about those sections.
    """

    facts: tuple[str, ...]
    sentence: str
    holds: Callable[[Facts], bool]
    sections: tuple[str, ...] = ()


def _is(fact_id: str, *values: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.get(fact_id) in values


PLAN_NOTES: Final[tuple[PlanNote, ...]] = (
    PlanNote(("dispute",), APPEAL_OPEN, _is("dispute", "appeal_open")),
    PlanNote(
        ("plan_kind", "transfer_in_date"),
        "Taken over from another authority: it counts as ours from its old date (reg 15(3)(a)), "
        "but not for our writers, our checks before issue or our 20 weeks.",
        _is("plan_kind", "adopted"),
    ),
    PlanNote(
        ("year_group",),
        "Early years: views may come from observation, and no question assumes a school.",
        _is("year_group", "EY", "N1", "N2", "R"),
        ("A",),
    ),
    PlanNote(
        ("year_group",),
        "From Year 12 the plan is a young person's: a parent's view is not required, and adult "
        "social care counts.",
        lambda facts: is_young_person(facts) is True,
        ("A", "D", "H1", "H2"),
    ),
    PlanNote(
        ("setting",),
        "EOTAS: an empty Section I is no fault (Derbyshire CC v EM and DM [2019] UKUT 240 (AAC)). "
        "Section F may need more detail here, not less (DM v Cornwall CC [2022] UKUT 230 (AAC)).",
        _is("setting", "eotas"),
        ("F", "I"),
    ),
    PlanNote(
        ("setting", "review_meeting_date"),
        "No setting is attended: the authority itself writes the report of the review, within 2 "
        "weeks of the meeting (reg 21(7)).",
        _is("setting", "eotas", "home_educated", "not_in_education"),
    ),
    PlanNote(
        ("known_to_health",),
        "Cannot tell: the health contribution is asked about, because advice must be sought either "
        "way.",
        _is("known_to_health", "cannot_tell"),
    ),
    PlanNote(
        ("social_care",),
        "Cannot tell: the social care contribution is asked about, because advice must be sought "
        "either way.",
        _is("social_care", "cannot_tell"),
    ),
    PlanNote(
        ("social_care",),
        "Early help is not social care: the duty to seek social care advice still stands.",
        _is("social_care", "early_help"),
    ),
    PlanNote(
        ("review_outcome",),
        "To cease: the audit is of the review, and the question is the reasons.",
        _is("review_outcome", "cease"),
    ),
)


def notes_on_facts(facts: Facts) -> tuple[str, ...]:
    """Return every sentence that goes with a plan."""
    return (*_tribunal(facts), *(note.sentence for note in PLAN_NOTES if note.holds(facts)))


def notes_on_fact(fact_id: str, facts: Facts) -> tuple[str, ...]:
    """Return the sentences that stand beside one fact."""
    beside = [n.sentence for n in PLAN_NOTES if fact_id in n.facts and n.holds(facts)]
    tribunal = _tribunal(facts) if fact_id in ("plan_kind", "ordered_sections") else ()
    return (*tribunal, *beside)


def notes_on_criterion(criterion: Criterion, facts: Facts) -> tuple[str, ...]:
    """Return the sentences that stand beside one question, by the sections it is about."""
    ordered = _ordered(facts)
    fixed = [each for each in criterion.sections if each in ordered or each[:1] in ordered]
    tribunal = _tribunal(facts, fixed) if fixed else ()
    if len(criterion.sections) > _FEW_SECTIONS:
        return tribunal
    asked = set(criterion.sections)
    beside = [n.sentence for n in PLAN_NOTES if asked & set(n.sections) and n.holds(facts)]
    return (*tribunal, *beside)


def _ordered(facts: Facts) -> tuple[str, ...]:
    sections = facts.get("ordered_sections")
    ordered = facts.get("plan_kind") == "ordered" and isinstance(sections, tuple)
    return tuple(sections or ()) if ordered else ()


def _tribunal(facts: Facts, sections: list[str] | None = None) -> tuple[str, ...]:
    """Say what becomes of scores where the Tribunal fixed the words of some sections."""
    if facts.get("plan_kind") != "ordered":
        return ()
    fixed = _ordered(facts) if sections is None else sections
    which = f" of Section{'s' if len(fixed) > 1 else ''} {', '.join(fixed)}" if fixed else ""
    said = f"Where the Tribunal fixed the wording{which}, score it for the {person(facts)} all"
    return (f"{said} the same; it is left out of writer and team figures.",)
