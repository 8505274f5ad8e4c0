"""Looking about in the walk: finding a question, going through some only, lists, why, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing import find_criteria
from ehcp_audit.auditing.listing import Choice, Kind, QuestionFilter, choices, listed, words_of
from ehcp_audit.cli.plain.commands import WALK, said_of
from ehcp_audit.cli.plain.question import list_questions, why_we_ask
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.rubric import Criterion
from ehcp_audit.reports.lines import render_lines
from ehcp_audit.reports.one_audit import trail_of
from ehcp_audit.reports.wording import counted

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.walk import Walk

_KINDS: Final[tuple[Kind, ...]] = ("agency", "theme", "section")


def find(walk: Walk, words: str) -> None:
    """Go to the question that has the words, choosing where several do."""
    words = words or walk.talk.ask("Words or number of the question:")
    if not words:
        return
    found = find_criteria(walk.rubric, words)
    if not found:
        walk.talk.cannot("No question has those words.")
        return
    offers = [Offer(each.title, walk.rubric.theme(each.theme).title) for each in found]
    chosen = found[0] if len(found) == 1 else walk.talk.choose("Which question?", offers, found)
    if chosen is not None:
        walk.go_to(chosen.id)


def list_only(walk: Walk, _: str) -> None:
    """Ask which questions to go through: those in a state, or of an agency, theme or section."""
    rubric, state, today = walk.rubric, walk.session.state, walk.desk.today
    states = choices(rubric, state, "state", today)
    offers = [_offer(each) for each in states]
    offers += [Offer(f"One {kind}") for kind in _KINDS]
    offers.append(Offer("All questions"))
    place = walk.talk.choose("Go through which questions?", offers, range(len(offers)))
    if place is None:
        return
    if place < len(states):
        _take(walk, states[place])
    elif place < len(states) + len(_KINDS):
        values = choices(rubric, state, _KINDS[place - len(states)], today)
        chosen = walk.talk.choose("Which?", [_offer(each) for each in values], values)
        if chosen is not None:
            _take(walk, chosen)
    else:
        walk.filter = None
        walk.talk.say("Going through all questions.")


def _offer(choice: Choice) -> Offer:
    words = choice.words[:1].upper() + choice.words[1:]
    return Offer(words, f"{counted(choice.count, 'question')}.")


def _take(walk: Walk, choice: Choice) -> None:
    if not choice.count:
        walk.talk.cannot(f"No question is {choice.words}.")
        return
    walk.filter = choice.filter
    say_filter(walk)
    ids = [each.id for each in _listed(walk, choice.filter)]
    if walk.at not in ids:
        walk.go_to(ids[0])


def say_filter(walk: Walk) -> None:
    """Say which questions are gone through, where not all are."""
    if walk.filter is not None:
        count, of = len(_listed(walk, walk.filter)), len(walk.rubric.criteria)
        words = words_of(walk.rubric, walk.filter)
        walk.talk.say(f"Going through {words}: {count} of {of} questions. t changes that.")


def _listed(walk: Walk, wanted: QuestionFilter) -> tuple[Criterion, ...]:
    return listed(walk.rubric, walk.session.state, wanted, walk.desk.today)


def say_list(walk: Walk, _: str) -> None:
    """Read out the questions that are gone through."""
    say_filter(walk)
    state, today = walk.session.state, walk.desk.today
    walk.talk.say(*list_questions(walk.rubric, state, today, walk.filter))


def why(walk: Walk, _: str) -> None:
    """Say why we ask."""
    walk.talk.say(*why_we_ask(walk.rubric, walk.criterion))


def history(walk: Walk, _: str) -> None:
    """Say who changed the question in view, when, from what to what, and why."""
    desk = walk.desk
    report = trail_of(desk.database(), walk.session.state, today=desk.today, criterion=walk.at)
    walk.talk.say(*render_lines(report).splitlines())


def help_with(walk: Walk, _: str) -> None:
    """Say what can be typed."""
    scale = walk.rubric.scale
    walk.talk.say(
        *said_of(WALK),
        f"Not applicable means: {scale.not_applicable}.",
        f"Not evidenced means: {scale.not_evidenced}.",
    )
