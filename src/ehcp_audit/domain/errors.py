"""The one hierarchy of errors a user may meet: each says what happened and what to do next."""

from __future__ import annotations


class AuditToolError(Exception):
    """A problem told to the user in sentences.

    Attributes:
        title: a few words naming the problem.
        what: one sentence on what happened, and where.
        next_step: what the user can do about it.
    """

    title = "Something is not right"

    def __init__(self, what: str, next_step: str = "", *, title: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        if title is not None:
            self.title = title

    @property
    def sentences(self) -> str:
        """What happened and what to do next, without the title."""
        return " ".join(part for part in (self.what, self.next_step) if part)

    def __str__(self) -> str:
        return f"{self.title}: {self.sentences}"


class UsageError(AuditToolError):
    """What was asked for cannot be understood."""

    title = "Not understood"


class WorkspaceError(AuditToolError):
    """There is no workspace here, or its folder cannot be used."""

    title = "No workspace"


class DatabaseError(AuditToolError):
    """The database is missing, read-only, foreign, newer, damaged or cannot be written."""

    title = "The database cannot be used"


class SaveConflictError(AuditToolError):
    """Somebody else changed this record since it was read."""

    title = "Not saved: changed elsewhere"


class NotAllowedError(AuditToolError):
    """The act is against a rule of the audit; the sentence names the rule."""

    title = "Not possible now"


class RubricError(AuditToolError):
    """A rubric is invalid or clashes with one already in use."""

    title = "The rubric cannot be used"


class ImportRowsError(AuditToolError):
    """Rows of a table cannot be brought in; the sentence lists them by line."""

    title = "Nothing was imported"


class IdentityError(AuditToolError):
    """A writing command does not know who is at the keyboard."""

    title = "Who is auditing?"
