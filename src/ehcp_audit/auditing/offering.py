"""What is offered when an audit begins: the rubrics, and the answers that are often the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ehcp_audit.domain.errors import RubricError
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import RubricFile, list_rubrics
from ehcp_audit.store import AuditQuery, Store

FIRST_OFFERED: Final = "peer-findings"
SAME_AGAIN: Final = ("audit_reason", "seen", "team", "drafting_route")


@dataclass(frozen=True)
class RubricsOffered:
    """The rubrics that can be used, those most used first, and what is wrong with the others."""

    files: tuple[RubricFile, ...]
    errors: tuple[RubricError, ...]


def rubrics_offered(folder: Path, store: Store | None) -> RubricsOffered:
    """Return the rubrics of a folder as an auditor is offered them."""
    kept = {version.hash for version in store.rubric_versions()} if store is not None else set()

    def known(rubric_hash: str) -> Rubric | None:
        return store.rubric(rubric_hash) if store is not None and rubric_hash in kept else None

    entries = list_rubrics(folder, known=known)
    used = store.audits_by_rubric() if store is not None else {}
    files = sorted(
        (entry.file for entry in entries if entry.file is not None),
        key=lambda file: (-used.get(file.rubric.hash, 0), file.rubric.id != FIRST_OFFERED),
    )
    errors = tuple(entry.error for entry in entries if entry.error is not None)
    return RubricsOffered(tuple(files), errors)


def same_rubric(store: Store, files: Sequence[RubricFile], follows: str) -> RubricFile | None:
    """Return the rubric of the audit that a re-audit follows, at its newest version."""
    before = store.rubric(store.audit(follows).rubric_hash)
    return next((file for file in files if file.rubric.id == before.id), None)


def same_again(store: Store | None, identity: Identity) -> dict[str, FactValue]:
    """Return the last audit's answers for the facts that are usually the same again."""
    if store is None:
        return {}
    rows = store.audits(AuditQuery(auditor=identity.id, limit=1))
    return {key: rows[0].facts.get(key) for key in SAME_AGAIN} if rows else {}
