"""Versions of a rubric that never break a past audit: compare, foresee, publish, move."""

from ehcp_audit.rubric_versions.changes import Change, ChangeKind, Comparison
from ehcp_audit.rubric_versions.comparing import compare
from ehcp_audit.rubric_versions.consequences import (
    Consequences,
    DraftInProgress,
    consequences,
    tell,
)
from ehcp_audit.rubric_versions.describing import describe
from ehcp_audit.rubric_versions.foretelling import foretell
from ehcp_audit.rubric_versions.lines import TrendLine, trend_lines
from ehcp_audit.rubric_versions.moving import can_move, move
from ehcp_audit.rubric_versions.notices import notices
from ehcp_audit.rubric_versions.publishing import (
    Publication,
    against_last,
    check_frozen,
    last_version,
    newest_version,
    publication,
    publish,
)

__all__ = [
    "Change",
    "ChangeKind",
    "Comparison",
    "Consequences",
    "DraftInProgress",
    "Publication",
    "TrendLine",
    "against_last",
    "can_move",
    "check_frozen",
    "compare",
    "consequences",
    "describe",
    "foretell",
    "last_version",
    "move",
    "newest_version",
    "notices",
    "publication",
    "publish",
    "tell",
    "trend_lines",
]
