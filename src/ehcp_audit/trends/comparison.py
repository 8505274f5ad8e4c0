"""Groups of plans compared fairly: each against the whole, by how many plans stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.statistics.funnel import Method, Position, funnel, funnel_limits
from ehcp_audit.statistics.intervals import Interval
from ehcp_audit.statistics.spread import Spread, spread_of_shares
from ehcp_audit.trends.shares import Share, pooled_share

FEWEST: Final = 10  # plans in a group before anything is said of it
PEOPLE: Final = frozenset({"writer", "auditor"})
_DRAWN_AT: Final = 60  # numbers of plans at which the limits are drawn, at most


@dataclass(frozen=True)
class Group:
    """One group: its share, and where that lies; both limits and position None if too few."""

    name: str
    share: Share
    usual: Interval | None
    wide: Interval | None
    position: Position | None

    @property
    def too_few(self) -> bool:
        """Whether too few plans stand behind the group to say anything about it."""
        return self.position is None


@dataclass(frozen=True)
class LimitsAt:
    """The limits of a funnel for a group of so many plans."""

    plans: int
    usual: Interval
    wide: Interval


@dataclass(frozen=True)
class Comparison:
    """Groups around the share of all their plans, in the order given, which ranks nothing.

    `spread` is how far the true shares of the groups with enough plans lie apart (a standard
    deviation, as a fraction of 1), chance taken off; None where it cannot be told. `limits` run
    from the fewest plans to the most, for the picture; empty where no group has any.
    """

    overall: Share
    groups: tuple[Group, ...]
    spread: Spread | None
    limits: tuple[LimitsAt, ...]


def compare(
    dimension: str,
    shares: Mapping[str, Share],
    *,
    fewest: int = FEWEST,
    method: Method = "exact",
) -> Comparison:
    """Return the groups of a dimension (a fact's id) set against the share of all their plans.

    Groups under `fewest` plans count in the whole, and nothing is said of them. Raises
    `NotAllowedError` for a dimension whose groups are people: figures are of plans, never of who
    wrote or audited them.
    """
    if dimension in PEOPLE:
        what = f"Groups by {dimension} would be figures about people, and none are made."
        raise NotAllowedError(what, "Compare teams, settings, areas or agencies.")
    overall = pooled_share(shares.values())
    if overall.value is None:
        groups = tuple(Group(name, share, None, None, None) for name, share in shares.items())
        return Comparison(overall, groups, None, ())
    placed = funnel(
        [share.count for share in shares.values()],
        [share.total for share in shares.values()],
        method=method,
    )
    enough = [share for share in shares.values() if share.total >= max(fewest, 1)]
    return Comparison(
        overall,
        tuple(
            Group(name, share, point.usual, point.wide, point.position)
            if share.total >= fewest
            else Group(name, share, None, None, None)
            for (name, share), point in zip(shares.items(), placed.points, strict=True)
        ),
        spread_of_shares([share.count for share in enough], [share.total for share in enough]),
        _limits(overall, max(share.total for share in shares.values()), method),
    )


def _limits(overall: Share, most: int, method: Method) -> tuple[LimitsAt, ...]:
    if overall.value is None:
        return ()
    step = max(1, -(-most // _DRAWN_AT))
    numbers = sorted({*range(step, most, step), most})
    return tuple(LimitsAt(plans, *funnel_limits(plans, overall.value, method)) for plans in numbers)
