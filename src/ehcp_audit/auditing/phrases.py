"""The bank of phrases: what an auditor and the team keep, and what they repeat too often.

A phrase belongs to a rubric's criterion in all its versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ehcp_audit.auditing.acts import new_id, tidied
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, auditor_subject
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.domain.text import phrase_key
from ehcp_audit.store import PhraseRow, Store

LONGEST_PHRASE: Final = 500
# Evidence that fits every plan is evidence of none (practitioners' rule: more than a third).
TOO_OFTEN: Final = Fraction(1, 3)
_FEWEST_PLANS: Final = 3  # on two plans nothing can be said to be repeated everywhere


@dataclass(frozen=True)
class Phrase:
    """A phrase on offer: kept by oneself, shared by the team, or one's own that comes up often.

    `id` is empty for one that is only suggested. `uses` counts audits it stands in as evidence;
    for a suggestion, the auditor's own plans.
    """

    id: str
    text: str
    uses: int
    shared: bool
    owner: str


def keep_phrase(
    rubric: Rubric,
    criterion: Criterion,
    actor: str,
    *,
    text: str,
    shared: bool,
    phrase: PhraseRow | None = None,
) -> NewEvent:
    """Keep a phrase for a criterion, or change one's own; `shared` offers it to the team.

    An empty text takes it out of the bank. Raises `NotAllowedError` for somebody else's phrase.
    """
    if phrase is not None and phrase.auditor_id != actor:
        what = "This phrase is somebody else's."
        raise NotAllowedError(what, "Keep one of your own.")
    new = tidied(text, LONGEST_PHRASE)
    if not new and phrase is None:
        what = "The phrase is empty."
        raise NotAllowedError(what, "Write some evidence first, then keep it.")
    body = {
        "phrase": new_id() if phrase is None else phrase.id,
        "rubric_id": rubric.id,
        "criterion": criterion.id,
        "shared": shared,
        "old": None if phrase is None else phrase.text,
        "new": new or None,
    }
    return NewEvent(auditor_subject(actor), "phrase_kept", body, actor)


def phrase_bank(
    store: Store, rubric: Rubric, criterion: Criterion, auditor_id: str
) -> tuple[Phrase, ...]:
    """Return the phrases on offer for a criterion: own, then the team's, then suggestions.

    Each the most used first. What somebody else keeps for themselves is not offered, nor is a
    text twice.
    """
    kept = store.phrases(rubric.id, criterion.id)
    own = [row for row in kept if row.auditor_id == auditor_id]
    team = [row for row in kept if row.shared and row.auditor_id != auditor_id]
    offered = [
        Phrase(row.id, row.text, row.uses, row.shared, row.auditor_name) for row in (*own, *team)
    ]
    offered += [
        Phrase("", used.text, used.plans, shared=False, owner="")
        for used in store.used_texts(auditor_id, rubric.id, criterion.id)
    ]
    once: dict[str, Phrase] = {}
    for each in offered:
        once.setdefault(phrase_key(each.text), each)
    return tuple(once.values())


def too_often(plans_with: int, plans: int) -> bool:
    """Whether a phrase on that many of an auditor's plans is on too many of them.

    More than a third, once the auditor has three plans and it is on at least two.
    """
    repeated = plans_with > 1 and plans >= _FEWEST_PLANS
    return repeated and Fraction(plans_with, plans) > TOO_OFTEN


@dataclass(frozen=True)
class Repeated:
    """A text of evidence that stands on more than a third of an auditor's plans."""

    text: str
    plans_with: int
    plans: int

    @property
    def sentence(self) -> str:
        """What the auditor is told."""
        return (
            f"This phrase is on {self.plans_with} of your {self.plans} plans. "
            "Evidence that fits every plan is evidence of none."
        )


def repeated_phrases(store: Store, auditor_id: str) -> tuple[Repeated, ...]:
    """Return an auditor's texts that stand on too many of their plans, the most used first."""
    texts, plans = store.plans_with_each_text(auditor_id)
    return tuple(
        Repeated(each.text, each.plans, plans) for each in texts if too_often(each.plans, plans)
    )


def repeated(store: Store, auditor_id: str, text: str) -> Repeated | None:
    """Return how often a text stands on an auditor's plans, if on too many; None if not."""
    key = phrase_key(text)
    found = (each for each in repeated_phrases(store, auditor_id) if phrase_key(each.text) == key)
    return next(found, None) if key else None
