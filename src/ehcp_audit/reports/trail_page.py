"""The trail of an audit: every act on it, who, when, what it changed and why, undone or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any, Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Entry, Paragraph, Report, Section
from ehcp_audit.reports.trail_words import Told, act_words
from ehcp_audit.reports.wording import counted, plain

_FIXES: Final = frozenset({"signed", "audit_imported"})
_ON_EVERY_CRITERION: Final = _FIXES | {"reopened"}
_CHILD: Final = "About one child: handle it as the plan itself."
_NONE: Final = "Nothing was done here that the record holds."


def trail_report(
    events: Sequence[Event],
    *,
    names: Mapping[str, str],
    rubrics: Mapping[str, Rubric],
    plan_ref: str,
    today: date,
    zone: tzinfo | None = None,
    criterion: str | None = None,
) -> Report:
    """Put an audit's events into words, oldest first, a day a section, in local time.

    `names` are the auditors' by their ids, `rubrics` those kept by their hashes, `zone` the time
    zone to show (None: this machine's), and `criterion` the id of one criterion to tell alone.
    Raises `UsageError` for one that no rubric of the audit has.
    """
    acts = tuple(_acts(events, names, rubrics, zone))
    subject = f"Trail of the audit of plan {plain(plan_ref)}"
    if criterion is not None:
        subject = f"{_title(acts, criterion)}: trail in the audit of plan {plain(plan_ref)}"
        acts = tuple(act for act in acts if act.about(criterion))
    return Report(
        kind="trail",
        title=subject,
        subtitle=(f"{counted(len(acts), 'act')}, oldest first",),
        banners=(_CHILD,),
        sections=tuple(_days(acts, criterion)) or (Section("Acts", (Paragraph(_NONE),)),),
        foot=(
            *((("Audit", plain(events[0].subject.partition(":")[2])),) if events else ()),
            ("Times", f"local time of the machine it was printed on, {show_date(today)}"),
        ),
        data={"trail": [_data(act) for act in acts]},
        made=today,
    )


@dataclass(frozen=True)
class _Act:
    """One event with when it was, locally, and what it was told with.

    `undoes` is the act it takes back or puts back, at the `step` of that chain: odd steps undo,
    even ones redo. `later` are the moments at which an act was taken back, put back, and so on.
    """

    event: Event
    when: datetime
    told: Told
    undoes: _Act | None = None
    step: int = 0
    later: tuple[datetime, ...] = ()

    def about(self, criterion: str) -> bool:
        """Whether the act is on a criterion, or fixes its level or frees it again."""
        body = self.event.body or {}
        if self.event.kind == "identifiers_reviewed":  # “evidence” or another word, and where
            return str(body.get("field", "")).partition(" ")[2] == criterion
        if self.event.kind == "slip_set":
            return (criterion in body["old"]["pen"]) != (criterion in body["new"]["pen"])
        return body.get("criterion") == criterion or self.event.kind in _ON_EVERY_CRITERION


def _acts(
    events: Sequence[Event],
    names: Mapping[str, str],
    rubrics: Mapping[str, Rubric],
    zone: tzinfo | None,
) -> Iterator[_Act]:
    """Yield every act with the rubric in force at the time, knowing which were taken back."""
    by_seq: dict[int, _Act] = {}
    first_of: dict[int, int] = {}
    rubric: Rubric | None = None
    for event in events:
        body = event.body or {}
        if event.kind in ("audit_begun", "audit_imported") and "rubric" in body:
            rubric = rubrics.get(body["rubric"])
        elif event.kind == "rubric_changed" and "new" in body:
            rubric = rubrics.get(body["new"])
        act = _Act(
            event, datetime.fromisoformat(event.at).astimezone(zone), Told(rubric, names, rubrics)
        )
        before = by_seq.get(event.undoes) if event.undoes is not None else None
        if before is not None:
            act = replace(act, undoes=before, step=before.step + 1)
            first = first_of.get(before.event.seq, before.event.seq)
            first_of[event.seq] = first
            by_seq[first] = replace(by_seq[first], later=(*by_seq[first].later, act.when))
        by_seq[event.seq] = act
    yield from by_seq.values()


def _title(acts: Sequence[_Act], criterion: str) -> str:
    rubrics = [act.told.rubric for act in reversed(acts) if act.told.rubric is not None]
    for rubric in rubrics:
        if rubric.has_criterion(criterion):
            return plain(rubric.criterion(criterion).title)
    what = f"the audit's rubric has no criterion “{criterion}”."
    known = ", ".join(each.id for each in rubrics[0].criteria) if rubrics else ""
    raise UsageError(what, f"It has: {known}." if known else "")


def _days(acts: Sequence[_Act], criterion: str | None) -> Iterator[Section]:
    days: dict[date, list[_Act]] = {}
    for act in acts:
        days.setdefault(act.when.date(), []).append(act)
    for day, done in days.items():
        yield Section(show_date(day), tuple(_entry(act, criterion) for act in done))


def _entry(act: _Act, criterion: str | None) -> Entry:
    said, lines = act_words(act.event, act.told)
    if criterion is not None and act.event.kind in _FIXES:
        lines = (act.told.level(_level_of(act.event, criterion)),)
    if act.undoes is not None:
        done = "undid" if act.step % 2 else "redid"
        said = f"{done} the act of {_moment(act.undoes.when, act.when)}: {said}"
    if act.later:
        words = (
            f"{'taken back' if number % 2 == 0 else 'put back'} {_moment(when, act.when)}"
            for number, when in enumerate(act.later)
        )
        lines = (*lines, f"({', '.join(words)})")
    return Entry(f"{act.when:%H:%M} {act.told.name(act.event.actor)}", said, lines)


def _level_of(event: Event, criterion: str) -> int | None:
    """Return the level that a sign-off fixed, or an imported audit brought, for a criterion."""
    body = event.body or {}
    if event.kind == "signed":
        return dict(body.get("levels", {})).get(criterion)
    score = dict(body.get("scores", {})).get(criterion)
    return None if score is None else int(score["level"])


def _moment(when: datetime, seen_from: datetime) -> str:
    """Return a time, with its day where that is another one."""
    time = f"{when:%H:%M}"
    return time if when.date() == seen_from.date() else f"{show_date(when.date())} {time}"


def _data(act: _Act) -> Mapping[str, Any]:
    event = act.event
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "name": act.told.names.get(event.actor),
        "kind": event.kind,
        "body": None if event.body is None else dict(event.body),
        "undoes": event.undoes,
        "stands": len(act.later) % 2 == 0,
    }
