"""The small questions of the walk: go to, list, which note, why withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol

from ehcp_audit.auditing import AuditSession, ReasonAsked, find_criteria, withdraw
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.auditing.listing import Choice, Kind, QuestionFilter, choices
from ehcp_audit.domain.audit import AuditState, Evidence
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.reports.wording import counted
from ehcp_audit.rubric_versions import move, newest_version
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, PageDialog, ReasonDialog
from ehcp_audit.tui.find_dialog import NINE, FindDialog, ask_one
from ehcp_audit.tui.identifying import Take, ask_text
from ehcp_audit.tui.report_lines import entry_lines
from ehcp_audit.tui.screens.question import ROOMY
from ehcp_audit.tui.widgets.lines import Line

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

STATE_KEYS: Final = ("o", "b", "e", "x", "f")


class Listed(Protocol):
    """What is listed: an audit against its rubric, as it stands today."""

    @property
    def rubric(self) -> Rubric:
        """The rubric."""

    @property
    def state(self) -> AuditState:
        """The audit."""

    @property
    def today(self) -> date:
        """The day."""


def find_question(
    desk: AuditApp, rubric: Rubric, at: str, go_to: Callable[[str], None], *, prompt: str = ""
) -> None:
    """Ask for a question by number or by any words of it, and go to it."""
    roomy = desk.size.width >= ROOMY
    number = {criterion.id: index for index, criterion in enumerate(rubric.criteria, start=1)}

    def found(words: str) -> list[Line]:
        return [
            Line(
                ((f" {number[criterion.id]:>2}  ", "accent"), (criterion.title, "text")),
                key=criterion.id,
                right=((rubric.theme(criterion.theme).title, "muted"),) if roomy else (),
            )
            for criterion in find_criteria(rubric, words)
        ]

    def chosen(criterion_id: str | None) -> None:
        if criterion_id is not None:
            go_to(criterion_id)

    dialog = FindDialog(
        prompt or "Go to a question: its number, or any words of it", found, key=at,
        nothing="No question has those words.",
    )  # fmt: skip
    desk.push_screen(dialog, chosen)


def choose_filter(
    desk: AuditApp, walk: Listed, choose: Callable[[QuestionFilter | None], None]
) -> None:
    """Ask which questions to list: those in a state, or of an agency, a theme or a section."""
    rubric, state, today = walk.rubric, walk.state, walk.today
    states = dict(zip(STATE_KEYS, choices(rubric, state, "state", today), strict=True))
    kinds: dict[str, Kind] = {"a": "agency", "t": "theme", "s": "section"}
    options = [
        Option(key, each.words[:1].upper() + each.words[1:], counted(each.count, "question"))
        for key, each in states.items()
    ]
    options += [Option(key, f"One {kind}…") for key, kind in kinds.items()]
    options.append(Option("l", "All questions", counted(len(rubric.criteria), "question")))

    def chosen(key: str | None) -> None:
        if key in states:
            if states[key].count:
                choose(states[key].filter)
            else:
                desk.say(f"No question is {states[key].words}.")
        elif key in kinds:
            _choose_value(desk, choices(rubric, state, kinds[key], today), choose)
        elif key is not None:
            choose(None)

    desk.push_screen(ChoiceDialog("Which questions to list?", options), chosen)


def _choose_value(
    desk: AuditApp, offered: Sequence[Choice], choose: Callable[[QuestionFilter | None], None]
) -> None:
    by_key = {each.filter.value: each for each in offered}

    def found(words: str) -> list[Line]:
        return [
            Line(
                ((f" {each.words}", "text"),),
                key=key,
                right=((counted(each.count, "question"), "muted"),),
            )
            for key, each in by_key.items()
            if words.strip().lower() in each.words.lower()
        ]

    def chosen(key: str | None) -> None:
        if key is not None:
            choose(by_key[key].filter)

    dialog = FindDialog("Which questions to list?", found, nothing="Nothing has those words.")
    desk.push_screen(dialog, chosen)


def choose_note(
    desk: AuditApp, notes: Sequence[Evidence], write_on: Callable[[Evidence], None]
) -> None:
    """Go on with the only note, or with the one chosen of several."""
    if len(notes) == 1:
        write_on(notes[0])
        return
    answers = [(note.text.replace("\n", " ")[:50] or note.place, note.place) for note in notes]
    ask_one(desk, "Which note?", answers, NINE, lambda place: write_on(notes[place]))


def ask_for(
    desk: AuditApp, asked: ReasonAsked, value: str, go_on: Take, *, offered: str | None = None
) -> None:
    """Ask for the reason of a score, and go on with it where one is given.

    `value` is the reason stored; `offered` is one that could not be stored.
    """

    def dialog(offered: str) -> ReasonDialog:
        return ReasonDialog(
            asked.prompt, asked.explanation, suggestions=asked.suggestions, value=offered
        )

    ask_text(desk, dialog, go_on, value=value, offered=offered)


def show_history(desk: AuditApp, session: AuditSession, criterion: Criterion) -> None:
    """Show who changed a question, when, from what to what, and why."""
    from ehcp_audit.reports.one_audit import trail_of  # noqa: PLC0415

    report = trail_of(desk.database(), session.state, today=desk.today, criterion=criterion.id)
    title = f"History · {criterion.title}"
    desk.push_screen(PageDialog(title, lambda width: entry_lines(report, width)))


def move_to_newest(desk: AuditApp, session: AuditSession) -> bool:
    """Move a draft to its rubric's newest frozen version; False where it is on it already.

    Raises `NotAllowedError` naming everything that would be lost.
    """
    newest = newest_version(desk.database(), session.rubric)
    if newest is None:
        desk.say(f"{session.rubric.name} is the newest version.")
        return False
    move(desk.database(), session.audit_id, newest, session.identity, today=desk.today)
    desk.say(f"Moved to {newest.name}; everything the audit held is kept.")
    return True


def ask_withdrawal(desk: AuditApp, session: AuditSession, left: Callable[[], object]) -> None:
    """Ask why a draft is withdrawn, withdraw it, and say so."""

    def taken(reason: Checked) -> None:
        state, actor = session.state, session.identity.id
        events = [withdraw(state, actor, reason.text), *reason.logged(state, "withdrawal", actor)]
        desk.database().write(events, expects={events[0].subject: state.rev})
        desk.say("Withdrawn. It stays in the record and never counts.")
        left()

    def dialog(offered: str) -> ReasonDialog:
        return ReasonDialog(
            "Withdraw this draft: why?",
            "For an audit begun by mistake. It stays in the record and never counts.",
            suggestions=("Wrong reference", "Begun twice", "Wrong rubric"),
            value=offered,
        )

    ask_text(desk, dialog, taken)
