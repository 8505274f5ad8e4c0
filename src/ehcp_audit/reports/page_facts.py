"""What stands around every page of figures: whose, when, which audits, and from which record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.questions import Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.asked import axis_words, filter_words, reason_words
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.wording import INTERNAL, SYNTHETIC, counted, listed, plain
from ehcp_audit.trends.asking import at_one_head

if TYPE_CHECKING:
    from ehcp_audit.settings.team import TeamSettings
    from ehcp_audit.store import Store

Figures = TypeVar("Figures")

RELEASE: Final = "For release: figures too small to be published are left out."
_SHOWN: Final = "Nothing is hidden: not for publication."


@dataclass(frozen=True)
class PageFacts:
    """The surroundings of a page.

    Attributes:
        made: the day the page is made.
        area: whose plans these are.
        banner: a line that must not be overlooked, such as that all is made up.
        log_head: the newest hash of the event log.
        few: a share of fewer plans says little.
        release: whether the page is for release.
        hide_up_to: the largest count of children that a release hides.
    """

    made: date
    area: str = ""
    banner: str = ""
    log_head: str = ""
    few: int = 10
    release: bool = False
    hide_up_to: int = 5

    @property
    def hidden_words(self) -> str:
        """What a hidden count is, and why."""
        return (
            f"A count of 1 to {self.hide_up_to} children, hidden so that no child can be "
            "recognised. Some other figures are marked c because a reader could work the first "
            "one out from them. Hidden does not mean zero."
        )

    @property
    def small_numbers(self) -> str:
        """What the page does with small numbers."""
        if not self.release:
            return _SHOWN
        hidden = f"counts of 1 to {self.hide_up_to} are c."
        return f"Shares of fewer than ten plans are not printed; {hidden}"

    @property
    def cells(self) -> Cells:
        """How this page puts shares into cells."""
        return Cells(self.few, release=self.release, hide_up_to=self.hide_up_to)


def worked_out(
    store: Store,
    team: TeamSettings,
    made: date,
    work_out: Callable[[], Figures],
    *,
    release: bool = False,
) -> tuple[Figures, PageFacts]:
    """Return figures, and what stands around a page of them: the log's head is their own."""
    figures, head = at_one_head(store, work_out)
    return figures, PageFacts(
        made=made,
        area=team.name,
        banner=SYNTHETIC if store.synthetic else "",
        log_head=head,
        few=team.reports.min_n,
        release=release,
        hide_up_to=team.reports.hide_up_to,
    )


def banners(facts: PageFacts) -> tuple[str, ...]:
    """Return the lines that must not be overlooked."""
    return tuple(filter(None, [plain(facts.banner), RELEASE if facts.release else INTERNAL]))


def foot(
    question: Question, rubrics: Sequence[Rubric], audits: int, facts: PageFacts
) -> tuple[tuple[str, str], ...]:
    """Return axis, audits, filters, rubric versions, what is hidden, and the log's head."""
    versions = listed([plain(rubric.version) for rubric in rubrics])
    rows = [
        ("Dates", axis_words(question)),
        ("Audits", f"{reason_words(question)}; {counted(audits, 'audit')}"),
        ("Filters", filter_words(question, rubrics[-1].facts)),
        ("Rubric", f"{plain(rubrics[-1].title)}, {versions}"),
        ("Small numbers", facts.small_numbers),
        ("Made", show_date(facts.made)),
        ("Log", plain(facts.log_head)),
    ]
    return tuple((label, text) for label, text in rows if text)
