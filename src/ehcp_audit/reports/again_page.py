"""Plans audited again: what was put right, and how they stand before and after."""

from __future__ import annotations

from typing import Final

from ehcp_audit.reports.model import (
    ALL_PERIODS,
    Block,
    Column,
    Measure,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import share_figure
from ehcp_audit.reports.wording import counted, of_words, plain, share_words
from ehcp_audit.trends.again import Again

NOT_IN_HEADLINE: Final = (
    "These plans were picked to be audited again after changes, and are in no headline."
)


def again_report(figures: Again, facts: PageFacts) -> Report:
    """Put the re-audits on a page; a release shows shares of ten plans or more alone."""
    cells = facts.cells
    number = len(figures.pairs)
    blocks: list[Block] = [Paragraph(NOT_IN_HEADLINE)]
    sections = []
    if not number:
        blocks.append(Paragraph("No signed re-audit follows a signed audit here yet."))
        sections.append(Section("Put right", tuple(blocks)))
    elif facts.release and number < facts.few:
        blocks.append(Paragraph("Too few plans were audited again to say anything of them."))
        sections.append(Section("Put right", tuple(blocks)))
    else:
        right, slipped = figures.put_right, figures.slipped
        blocks.append(
            Paragraph(
                f"{counted(number, 're-audit')}. Of the questions below the meeting level before, "
                f"{share_words(right)} are at it or above now ({of_words(right)}). Of those that "
                f"met it before, {share_words(slipped)} do not any longer ({of_words(slipped)})."
            )
        )
        blocks.append(
            Note("These are shares of questions, not of plans, so they have no 95% range.")
        )
        rows = tuple(
            (plain(title), cells.share(share), cells.counts(share))
            for title, share in figures.put_right_by
        )
        if rows:
            columns = (Column("Below before"), Column("Met now", "right"), Column("Of", "right"))
            blocks.append(Table(columns, rows, full_width=True))
        sections = [
            Section("Put right", tuple(blocks)),
            Section(
                "Before and after",
                (
                    Table(
                        (
                            Column("The same plans"),
                            Column("Before", "right"),
                            Column("After", "right"),
                            Column("Plans", "right"),
                        ),
                        tuple(
                            (
                                plain(each.measure.title),
                                cells.share(each.before),
                                cells.share(each.after),
                                "–" if cells.hides(each.after) else f"{each.after.total:,}",
                            )
                            for each in figures.lines
                        ),
                        full_width=True,
                    ),
                    Note(
                        "Plans are audited again because they were weak: some of a rise is chance, "
                        "as the weakest tend back towards the middle."
                    ),
                ),
            ),
        ]
    return Report(
        kind="re-audits",
        title="EHC plan audits: audited again after changes",
        subtitle=tuple(filter(None, [plain(facts.area)])),
        banners=banners(facts),
        sections=tuple(sections),
        definitions=(
            (
                "Put right",
                (
                    "Questions below the meeting level before that are at it or above after ÷ such "
                    "questions given a level both times."
                ),
            ),
        ),
        foot=foot(figures.question, figures.rubrics, number, facts),
        measures=(
            Measure(
                "put_right",
                "put-right",
                "Put right",
                (),
                (
                    share_figure(
                        ALL_PERIODS,
                        figures.put_right,
                        with_range=False,
                        hidden=facts.release and number < facts.few,
                    ),
                ),
            ),
        ),
        data={"re_audits": None if facts.release and number < facts.few else number},
    )
