"""Releasing a page: checked against what was released before, and kept in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ehcp_audit.cli.figure_commands import record
from ehcp_audit.cli.invocation import Invocation

if TYPE_CHECKING:
    from ehcp_audit.domain.questions import CountedAudit
    from ehcp_audit.store import Store
    from ehcp_audit.trends.board import Board
    from ehcp_audit.trends.comparing import Comparing
    from ehcp_audit.trends.release import ReleasedTable

release_option = click.option(
    "--release", is_flag=True, help="For outside: small counts hidden, and kept in the record."
)


def released_groups(
    invocation: Invocation, store: Store, figures: Comparing, head: str, hide_up_to: int
) -> ReleasedTable:
    """Return a comparison made safe, recorded as released.

    Raises `NotAllowedError` for what is not on the list, and where an earlier release and this
    one could be subtracted from each other.
    """
    from ehcp_audit.trends.release import check_released, made_safe, release_body  # noqa: PLC0415

    measure = "" if figures.measure is None else figures.measure.id
    check_released(figures.dimension.id, figures.question, measure)
    coded = figures.dimension.coded
    table = made_safe(figures.groups, hide_up_to=hide_up_to, coded=coded, secret=store.origin)
    body = release_body(
        figures.dimension.id, figures.question.rubric_id, figures.window, table.to_body(), head
    )
    members = {
        row.name: [
            audit
            for audit in figures.counted.audits
            if set(figures.dimension.split(audit)) & set(row.members)
        ]
        for row in table.rows
    }
    keep_release(invocation, store, body, members)
    return table


def released_board(invocation: Invocation, store: Store, figures: Board, head: str) -> None:
    """Record the board's pages as released; raises `NotAllowedError` as `released_groups` does."""
    from ehcp_audit.trends.release import BOARD, check_released, release_body  # noqa: PLC0415

    check_released(BOARD, figures.question)
    share = figures.rows[0].measure.share(figures.recent) if figures.rows else None
    cells = {} if share is None else {"All": {"members": [], "x": share.count, "n": share.total}}
    body = release_body(BOARD, figures.question.rubric_id, figures.window, cells, head)
    keep_release(invocation, store, body, {"All": figures.counted.audits})


def keep_release(
    invocation: Invocation,
    store: Store,
    body: Mapping[str, Any],
    members: Mapping[str, Sequence[CountedAudit]],
) -> None:
    """Check a release against the earlier ones and record it; a replay checks and records nothing.

    Raises `NotAllowedError` where the two together would show what is hidden.
    """
    from ehcp_audit.trends.release import check_differences, is_new  # noqa: PLC0415

    if invocation.past is not None:
        return
    earlier = [event.body or {} for event in store.figure_events("table_released")]
    if is_new(body, earlier):
        check_differences(body, earlier, members)
        record(invocation, store, "table_released", dict(body))
