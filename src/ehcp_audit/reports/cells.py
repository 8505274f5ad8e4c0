"""Shares in cells: to everybody within, or with what is too small hidden in a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ehcp_audit.reports.wording import (
    NONE,
    TOO_FEW,
    of_words,
    range_words,
    share_words,
)
from ehcp_audit.trends.shares import Share

FEWEST_RELEASED: Final = 10  # plans from which a quality total may be shown outside


@dataclass(frozen=True)
class Cells:
    """How shares are put into cells.

    Within, everything is shown and fewer plans than `few` are marked. In a release a share of
    fewer than ten plans is not shown at all, nor its counts; other counts of 1 to `hide_up_to` are
    hidden.
    """

    few: int
    release: bool = False
    hide_up_to: int = 5

    def hides(self, share: Share) -> bool:
        """Whether a share may not be shown."""
        return self.release and 0 < share.total < FEWEST_RELEASED

    def hides_count(self, number: int) -> bool:
        """Whether a count of plans that is no total may not be shown."""
        return self.release and 0 < number <= self.hide_up_to

    def is_few(self, share: Share) -> bool:
        """Whether a share rests on so few plans that it says little; nothing is not few."""
        return 0 < share.total < self.few

    def share(self, share: Share) -> str:
        """Return the share, such as 56%; a dash out of nothing."""
        return TOO_FEW if self.hides(share) else share_words(share)

    def counts(self, share: Share) -> str:
        """Return the counts, such as 9 of 16."""
        return NONE if self.hides(share) else of_words(share)

    def with_counts(self, share: Share) -> str:
        """Return the share with its counts, such as 56% (9 of 16)."""
        if share.value is None or self.hides(share):
            return self.share(share)
        return f"{share_words(share)} ({of_words(share)})"

    def range(self, share: Share) -> str:
        """Return the 95% range, such as 33–77%."""
        return NONE if self.hides(share) else range_words(share)

    def mark(self, share: Share) -> str:
        """Return “too few to say” where a share that is shown rests on few plans."""
        return TOO_FEW if self.is_few(share) and not self.hides(share) else ""
