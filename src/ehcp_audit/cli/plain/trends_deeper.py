"""Below the trends at the prompt: a measure's questions, their evidence, and two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.pages import AtPage
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.facts import REPORTED, Fact
from ehcp_audit.domain.questions import Question
from ehcp_audit.reports.again import options_of, stamped
from ehcp_audit.reports.evidence_page import evidence_report
from ehcp_audit.reports.line_page import few_words, line_report
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.page_facts import worked_out
from ehcp_audit.reports.pair_page import pair_report
from ehcp_audit.reports.wording import share_words
from ehcp_audit.trends.board import Board, BoardRow, board
from ehcp_audit.trends.lines import periods_of
from ehcp_audit.trends.measures import CRITERION_PREFIX
from ehcp_audit.trends.pairs import Side, group_sides, pair, period_sides


def go_deeper(desk: Desk, question: Question) -> None:
    """Choose a measure and read its page, then go on to its questions and their evidence."""
    store = desk.database()
    counted, facts = worked_out(
        store,
        desk.team,
        desk.today,
        lambda: board(store, question, today=desk.today, every_line=True),
    )
    keys = [key for _, group in counted.groups() for key in group]
    while (key := _measure(desk, counted, keys)) is not None:
        page = line_report(counted, counted.row(key), facts)
        _read(desk, stamped(page, facts, ("measure", key, *options_of(question))), key)
        if key.startswith(CRITERION_PREFIX):
            _evidence(desk, counted, key)
        keys = list(counted.below(key)) or keys


def _measure(desk: Desk, counted: Board, keys: Sequence[str]) -> str | None:
    offers = [Offer(_said(counted.row(key))) for key in keys]
    return desk.talk.choose("Which measure?", offers, keys)


def _said(row: BoardRow) -> str:
    share = "no figure yet" if row.line.now is None else share_words(row.line.now.share)
    return ", ".join(filter(None, [row.measure.title, share, few_words(row)]))


def _evidence(desk: Desk, counted: Board, key: str) -> None:
    criterion = key.removeprefix(CRITERION_PREFIX)
    store, question = desk.database(), counted.question
    found, facts = worked_out(
        store, desk.team, desk.today, lambda: store.notes_on_criterion(question, criterion)
    )
    page = evidence_report(question, counted.rubrics, criterion, found, facts)
    command = ("evidence", criterion, *options_of(question))
    _read(desk, stamped(page, facts, command), f"evidence-{key}")


def compare_two(desk: Desk, question: Question) -> None:
    """Choose two groups of plans, or two periods, and read them side by side."""
    kind = desk.talk.choose(
        "Compare what?", [Offer("Two groups of plans"), Offer("Two periods")], ("groups", "periods")
    )
    if kind is None:
        return
    sides = _groups(desk) if kind == "groups" else _periods(desk, question)
    first = desk.talk.choose("The first?", [Offer(side.name) for side in sides], sides)
    if first is None:
        return
    others = [side for side in sides if side is not first]
    second = desk.talk.choose("Beside which?", [Offer(side.name) for side in others], others)
    if second is not None:
        store = desk.database()
        figures, facts = worked_out(
            store,
            desk.team,
            desk.today,
            lambda: pair(store, question, first, second, today=desk.today),
        )
        command = ("two", first.typed, second.typed, *options_of(question))
        _read(desk, stamped(pair_report(figures, facts), facts, command), "two-side-by-side")


def _groups(desk: Desk) -> tuple[Side, ...]:
    store = desk.database()
    facts: list[Fact] = [fact for fact in REPORTED if store.fact_values(fact.id)]
    fact = desk.talk.choose("Groups by which fact?", [Offer(each.label) for each in facts], facts)
    return () if fact is None else group_sides(store, fact)


def _periods(desk: Desk, question: Question) -> tuple[Side, ...]:
    audits = desk.database().counted_audits(question, ()).audits
    return period_sides(periods_of(question, audits, desk.today))


def _read(desk: Desk, report: Report, name: str) -> None:
    file_name = name.replace(":", "-").replace(".", "-")
    AtPage(desk, lambda: report, lambda: f"{file_name}-{desk.today}").run()
