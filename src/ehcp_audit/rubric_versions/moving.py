"""Moving a draft to another version of its rubric, where nothing that it holds is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.domain.audit import AuditState, Score
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import Event, NewEvent, audit_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Cause, Criterion, Rubric
from ehcp_audit.store import Store, Work

_SHOWN_REASONS = 5


def can_move(state: AuditState, old: Rubric, new: Rubric, *, on: date) -> tuple[str, ...]:
    """Return why an audit cannot go on under another version, a sentence each; none: it can.

    What it holds must mean the same there: each scored or noted criterion is asked with the
    same question, level texts, points and meeting level, and no score stops counting or loses
    its reason because conditions changed. Answers to facts of the rubric's own are held too, and
    so are causes, exemplars and flags.
    """
    if old.id != new.id:
        return (f"“{new.name}” is another rubric, not a version of “{old.title}”.",)
    if old.hash == new.hash:
        return (f"The audit is on version {new.version} already.",)
    lost = (_loss(state, each, new, on) for each in _held(state, old))
    return (*filter(None, lost), *_facts_lost(state, old, new))


def _facts_lost(state: AuditState, old: Rubric, new: Rubric) -> Iterator[str]:
    """Yield a sentence for each answer to a fact of the rubric's own that has no place there."""
    own = {fact.id: fact for fact in new.facts}
    for fact in old.facts:
        value = state.facts.get(fact.id)
        if value in (None, "", ()):
            continue
        asked = own.get(fact.id)
        chosen = value if isinstance(value, tuple) else (value,)
        if asked is None:
            yield f"“{fact.label}” is answered, and version {new.version} does not ask it."
        elif asked.kind != fact.kind or (
            asked.choices and any(asked.choice(str(each)) is None for each in chosen)
        ):
            yield f"“{fact.label}” is answered as version {new.version} does not allow."


def kept_scores(state: AuditState, old: Rubric, new: Rubric, *, on: date) -> int:
    """Return how many of an audit's scores the other version would take as they are."""
    return sum(
        not _loss(state, each, new, on) for each in _held(state, old) if each.id in state.scores
    )


@dataclass(frozen=True)
class _Held:
    """A criterion of the old version on which an audit holds a score or evidence."""

    old: Rubric
    criterion: Criterion
    score: Score | None

    @property
    def id(self) -> str:
        return self.criterion.id


def _held(state: AuditState, old: Rubric) -> tuple[_Held, ...]:
    return tuple(
        _Held(old, criterion, state.scores.get(criterion.id))
        for criterion in old.criteria
        if _holds(state, criterion.id)
    )


def _holds(state: AuditState, criterion_id: str) -> bool:
    marked = criterion_id in state.causes or criterion_id in state.exemplars
    return (
        marked
        or criterion_id in state.scores
        or bool(state.notes_on(criterion_id) or state.flags_on(criterion_id))
    )


def _loss(state: AuditState, held: _Held, new: Rubric, on: date) -> str:
    """Return what would be lost of it, in a sentence; empty for nothing."""
    title, score = f"“{held.criterion.title}”", held.score
    has = _what_is_held(state, held)
    if not new.has_criterion(held.id):
        return f"{title} {has}, and version {new.version} does not have it."
    if held.old.comparison_key(held.id) != new.comparison_key(held.id):
        return f"{title} {has}, and means something else in version {new.version}."
    cause = state.causes.get(held.id)
    if cause is not None and _cause(held.old, cause) != _cause(new, cause):
        return f"{title} has a cause that version {new.version} does not list."
    if score is None:
        return ""
    applies = state.applies(new.criterion(held.id), on)
    if score.level == NOT_APPLICABLE:
        asked_anew = applies is not False and not score.reason
        asks = f"{title} is not applicable without a reason, and {new.version} asks it here."
        return asks if asked_anew else ""
    counted = score.overrides or state.applies(held.criterion, on) is not False
    still_counts = score.overrides or applies is not False
    lost = counted and not still_counts
    return f"{title} is scored, and version {new.version} does not ask it here." if lost else ""


def _what_is_held(state: AuditState, held: _Held) -> str:
    if held.score is not None:
        return "is scored"
    if state.notes_on(held.id):
        return "has evidence"
    return "has a flag" if state.flags_on(held.id) else "has a cause"


def _cause(rubric: Rubric, cause_id: str) -> Cause | None:
    return next((cause for cause in rubric.causes if cause.id == cause_id), None)


def move(
    store: Store, audit_id: str, new_rubric: Rubric, identity: Identity, *, today: date
) -> Event:
    """Move a draft of one's own to another version of its rubric; returns the event.

    Scores, evidence and facts stay as they are. Raises `NotAllowedError` where something would
    be lost, and where the version is not frozen here; nothing is written then.
    """
    state = store.audit(audit_id)
    check_open(state, identity.id)
    if not store.is_frozen(new_rubric.hash):
        what = f"“{new_rubric.name}” is not published yet."
        raise NotAllowedError(what, "Publish it, then move the audit.")
    old = store.rubric(state.rubric_hash)
    reasons = can_move(state, old, new_rubric, on=today) or _typing(store, audit_id)
    if reasons:
        raise _refused(reasons, old)
    body = {"old": old.hash, "new": new_rubric.hash}
    subject = audit_subject(audit_id)
    event = NewEvent(subject, "rubric_changed", body, identity.id)
    (written,) = store.do(Work(events=(event,), expects={subject: state.rev})).events
    return written


def _typing(store: Store, audit_id: str) -> tuple[str, ...]:
    """A note that is still being typed belongs to a question, and is not in the log yet."""
    if any(store.drafts(audit_id).values()):
        return ("A note is still being typed in this audit.",)
    return ()


def _refused(reasons: tuple[str, ...], old: Rubric) -> NotAllowedError:
    shown = " ".join(reasons[:_SHOWN_REASONS])
    more = len(reasons) - _SHOWN_REASONS
    what = f"{shown} And {more} more." if more > 0 else shown
    return NotAllowedError(what, f"The audit stays on version {old.version}, and can be finished.")
