"""What is told where a sheet cannot be read or written."""

from __future__ import annotations

from ehcp_audit.domain.errors import AuditToolError


class SheetError(AuditToolError):
    """A spreadsheet cannot be read as a sheet of criteria, or a rubric not written as one."""

    title = "The sheet cannot be used"
