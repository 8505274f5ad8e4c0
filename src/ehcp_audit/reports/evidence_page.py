"""What the audits say on one question: the way down from a figure to what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.questions import NotesOnCriterion, Question
from ehcp_audit.domain.rubric import NOT_EVIDENCED, Rubric
from ehcp_audit.reports.asked import span_of
from ehcp_audit.reports.model import Block, Entry, Paragraph, Report, Section
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.wording import counted, plain, ranged
from ehcp_audit.trends.shares import Share

CONFIDENTIAL: Final = "What auditors wrote about children's plans: keep it as safe as the plans."


def evidence_report(
    question: Question,
    rubrics: Sequence[Rubric],
    criterion_id: str,
    found: Sequence[NotesOnCriterion],
    facts: PageFacts,
    *,
    level: int | None = None,
) -> Report:
    """Return each audit's level, cause and notes on a criterion, the lowest levels first.

    `found` are of every level; `level` shows only those of one. Raises KeyError for a criterion
    that the newest version does not hold.
    """
    rubric = rubrics[-1]
    criterion = rubric.criterion(criterion_id)
    scale = {each.hash: each.scale for each in rubrics}
    causes = {cause.id: cause.label for each in rubrics for cause in each.causes}
    given = [each for each in found if each.level > 0]
    met = sum(each.level >= scale[each.rubric_hash].met_from for each in given)
    shown = [each for each in found if level is None or each.level == level]
    sections = [
        Section(
            plain(criterion.title),
            (
                Paragraph(plain(criterion.question)),
                Paragraph(_met(Share(met, len(given)), len(found) - len(given))),
            ),
        )
    ]
    for number in sorted({each.level for each in shown}, key=lambda one: (not one, one)):
        entries: tuple[Block, ...] = tuple(
            _entry(each, causes) for each in shown if each.level == number
        )
        sections.append(Section(_level_words(rubric, criterion_id, number), entries))
    if not shown:
        told = "No audit that counts has this level." if found else "No audit counts here."
        sections.append(Section("Evidence", (Paragraph(told),)))
    return Report(
        kind="evidence",
        title="EHC plan audits: evidence on one question",
        subtitle=tuple(filter(None, [plain(facts.area), span_of(question)])),
        banners=(*banners(facts), CONFIDENTIAL),
        sections=tuple(sections),
        foot=foot(question, rubrics, len(found), facts),
        data={
            "criterion": plain(criterion_id),
            "evidence": [_data(each) for each in shown],
        },
    )


def _met(share: Share, not_seen: int) -> str:
    if share.value is None:
        return "No plan was given a level."
    unseen = f" In {counted(not_seen, 'plan')} it could not be seen." if not_seen else ""
    return f"Met by {ranged(share)} of {counted(share.total, 'plan')}.{unseen}"


def _level_words(rubric: Rubric, criterion_id: str, number: int) -> str:
    if number == NOT_EVIDENCED:
        return "Could not be seen"
    level = rubric.scale.level(min(number, len(rubric.scale.levels)))
    said = rubric.criterion(criterion_id).levels[level.number - 1]
    return f"{plain(level.symbol)} {plain(level.label)}: {plain(said)}"


def _entry(each: NotesOnCriterion, causes: dict[str, str]) -> Entry:
    lines = []
    for text, section, page in each.notes:
        place = ", ".join(part for part in (section, f"p. {page}" if page else "") if part)
        lines.append(f"{plain(text)}{f' ({plain(place)})' if place else ''}")
    if each.cause is not None:
        lines.append(f"Why: {plain(causes.get(each.cause, each.cause))}")
    return Entry(plain(each.plan_ref), show_date(each.audit_date), tuple(lines) or ("No note.",))


def _data(each: NotesOnCriterion) -> dict[str, object]:
    return {
        "audit": each.audit,
        "plan_ref": plain(each.plan_ref),
        "audit_date": each.audit_date.isoformat(),
        "level": each.level,
        "cause": each.cause,
        "notes": [
            {"text": plain(text), "section": plain(section), "page": plain(page)}
            for text, section, page in each.notes
        ],
    }
