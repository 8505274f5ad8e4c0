"""Opening an audit in lines, and going between its walk and its summary until it is left."""

from __future__ import annotations

from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.going import Going
from ehcp_audit.cli.plain.summary import AtSummary
from ehcp_audit.cli.plain.walk import Walk


def open_audit(desk: Desk, audit_id: str, *, at: str | None = None) -> None:
    """Open a draft at its next question, and any other audit at its summary.

    With `at`, it is opened at that question.
    """
    follow(desk, Going(audit_id, "walk", at) if at else _first(desk, audit_id))


def follow(desk: Desk, going: Going | None) -> None:
    """Go where the conversation goes, until it goes home."""
    opened = ""
    while going is not None:
        new, opened = going.audit_id != opened, going.audit_id
        if going.to == "walk":
            going = Walk(desk, going).run(opened=new)
        else:
            going = AtSummary(desk, going.audit_id, going.at).run()
        if going is not None and going.audit_id != opened and not going.plans:
            going = _first(desk, going.audit_id)


def _first(desk: Desk, audit_id: str) -> Going:
    draft = desk.database().audit(audit_id).status == "draft"
    return Going(audit_id, "walk" if draft else "summary")
