"""Beginning an audit from any screen: who, which rubric, the facts, then the walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ehcp_audit.auditing import begin_audit
from ehcp_audit.auditing.facts_asking import FactsAnswer
from ehcp_audit.auditing.offering import rubrics_offered, same_again, same_rubric
from ehcp_audit.auditing.re_audit import (
    SAME_PERSON,
    SECTIONS_ASKED,
    SECTIONS_HELP,
    begin_re_audit,
    read_sections,
    same_person,
)
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.rubric_files import RubricFile
from ehcp_audit.rubric_versions import notices
from ehcp_audit.tui.dialogs import ReasonDialog
from ehcp_audit.tui.find_dialog import NINE, ask_one

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp


def usable_rubrics(desk: AuditApp) -> tuple[RubricFile, ...]:
    """Return the rubrics that can be used, telling of those that cannot."""
    offered = rubrics_offered(desk.workspace.rubrics, desk.store)
    if not offered.files and not offered.errors:
        desk.say("There is no rubric in rubrics/. “ehcp-audit init” adds one.")
    for error in offered.errors:
        desk.tell(error)
    return offered.files


def begin(
    desk: AuditApp, *, facts: Mapping[str, FactValue] | None = None, follows: str | None = None
) -> None:
    """Begin an audit; `facts` are offered, and `follows` is the audit that a re-audit follows."""
    desk.with_identity(lambda identity: _choose_rubric(desk, identity, facts or {}, follows))


def _choose_rubric(
    desk: AuditApp, identity: Identity, facts: Mapping[str, FactValue], follows: str | None
) -> None:
    files = usable_rubrics(desk)
    if not files:
        return

    def chosen(place: int) -> None:
        _ask_facts(desk, identity, files[place], facts, follows)

    same = same_rubric(desk.database(), files, follows) if follows is not None else None
    if same is not None:
        _ask_facts(desk, identity, same, facts, follows)
        return
    if len(files) == 1:
        chosen(0)
        return
    answers = [(file.rubric.title, file.rubric.summary) for file in files]
    ask_one(desk, "Which rubric?", answers, NINE, chosen)


def _ask_facts(
    desk: AuditApp,
    identity: Identity,
    file: RubricFile,
    facts: Mapping[str, FactValue],
    follows: str | None,
) -> None:
    from ehcp_audit.tui.screens.facts import FactsScreen  # noqa: PLC0415

    def answered(answer: FactsAnswer | None) -> None:
        if answer is None:
            return
        if answer.look_at is not None:
            open_audit(desk, answer.look_at)
            return
        _write(desk, identity, file, answer)

    offered = dict(facts) or same_again(desk.store, identity)
    title = f"New audit · {file.rubric.name}"
    screen = FactsScreen(
        title, offered, new=True, follows=follows, own=file.rubric.facts,
        notices=notices(file.rubric, desk.today),
    )  # fmt: skip
    desk.push_screen(screen, answered)


def _write(desk: AuditApp, identity: Identity, file: RubricFile, answer: FactsAnswer) -> None:
    if answer.follows is not None:
        _ask_sections(desk, identity, file, answer.facts, answer.follows)
        return

    def begun() -> str:
        return begin_audit(
            desk.database(), file.rubric, file.text, answer.facts, identity, today=desk.today
        )

    _open_begun(desk, begun)


def _ask_sections(
    desk: AuditApp,
    identity: Identity,
    file: RubricFile,
    facts: Mapping[str, FactValue],
    follows: str,
) -> None:
    """Ask which sections of the plan changed since, then begin the re-audit."""

    def begun(changed: tuple[str, ...]) -> str:
        return begin_re_audit(
            desk.database(), file.rubric, file.text, facts, identity,
            today=desk.today, follows=follows, changed=changed,
        )  # fmt: skip

    def answered(typed: str | None) -> None:
        if typed is None:
            desk.say("Nothing was begun.")
            return
        try:
            changed = read_sections(typed)
        except AuditToolError as error:
            ask(typed, error.sentences)
            return
        _open_begun(desk, lambda: begun(changed))

    def ask(value: str, wrong: str = "") -> None:
        first = desk.database().audit(follows)
        warned = SAME_PERSON if same_person(first, identity.id) else ""
        said = " ".join(each for each in (wrong, SECTIONS_HELP, warned) if each)
        dialog = ReasonDialog(SECTIONS_ASKED, said, value=value, optional=True)
        desk.push_screen(dialog, answered)

    ask("")


def _open_begun(desk: AuditApp, begun: Callable[[], str]) -> None:
    """Begin an audit and open its walk; tell why not where it cannot begin."""
    from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

    try:
        audit_id = begun()
    except AuditToolError as error:
        desk.tell(error)
        return
    desk.push_screen(WalkScreen(audit_id))


def open_audit(desk: AuditApp, audit_id: str) -> None:
    """Open a draft at its next question, and any other audit at its summary."""
    from ehcp_audit.tui.screens.summary import SummaryScreen  # noqa: PLC0415
    from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415

    state = desk.database().audit(audit_id)
    desk.push_screen(WalkScreen(audit_id) if state.status == "draft" else SummaryScreen(audit_id))
