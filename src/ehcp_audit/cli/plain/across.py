"""One question on several plans in lines; each plan is still read and signed off as a whole."""

from __future__ import annotations

from ehcp_audit.auditing import find_criteria
from ehcp_audit.auditing.across import drafts_by_rubric, next_plan
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.going import Going
from ehcp_audit.cli.plain.opening import follow
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.reports.wording import counted


def run(desk: Desk, words: str) -> None:
    """Ask for a question, and go through one's drafts with it, the first undecided one first."""
    found = drafts_by_rubric(desk.store, desk.identity)
    keys = tuple(found)
    offers = [Offer(desk.rubric_of(key).name, counted(len(found[key]), "draft")) for key in keys]
    key = keys[0] if len(keys) == 1 else desk.talk.choose("Which rubric?", offers, keys)
    if key is None:
        return
    plans = tuple(row.id for row in found[key])
    criterion = _ask_question(desk, desk.rubric_of(key), words, len(plans))
    if criterion is None:
        return
    store = desk.database()
    states = [store.audit(audit_id) for audit_id in plans]
    first = next_plan(states, criterion, desk.today) or plans[0]
    follow(desk, Going(first, "walk", criterion.id, plans))


def _ask_question(desk: Desk, rubric: Rubric, words: str, drafts: int) -> Criterion | None:
    prompt = f"Which question, on your {counted(drafts, 'draft')}? Number or words:"
    typed = words or desk.talk.ask(prompt)
    if not typed:
        return None
    if typed.isdigit() and 1 <= int(typed) <= len(rubric.criteria):
        return rubric.criteria[int(typed) - 1]
    found = find_criteria(rubric, typed)
    if not found:
        desk.talk.cannot("No question has those words.")
        return None
    offers = [Offer(each.title, rubric.theme(each.theme).title) for each in found]
    return found[0] if len(found) == 1 else desk.talk.choose("Which question?", offers, found)
