"""The store: the one owner of `audits.db`.

Reading uses a connection for each thread and holds no cursor across calls; writing goes through
the one writer.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from copy import copy as copy_of_object
from pathlib import Path
from types import TracebackType
from typing import Self

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import DatabaseError, UsageError
from ehcp_audit.domain.events import (
    FIGURES_SUBJECT,
    Event,
    FiguresKind,
    NewEvent,
    audit_subject,
    rubric_subject,
)
from ehcp_audit.domain.facts import FACTS_BY_ID, OWN_PREFIX, REPORTED
from ehcp_audit.domain.questions import (
    AuditedAgain,
    CountedAudits,
    NotesOnCriterion,
    Question,
    Tallies,
)
from ehcp_audit.domain.replaying import replay
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.rubric_json import read_compiled
from ehcp_audit.files import whole_path
from ehcp_audit.store import integrity, phrases
from ehcp_audit.store.answers import list_disputed
from ehcp_audit.store.connection import can_write, check, connect, settle, told_errors
from ehcp_audit.store.counting import filter_sql
from ehcp_audit.store.flags import list_flags
from ehcp_audit.store.functions import teach
from ehcp_audit.store.log import Head, events_of, every_event
from ehcp_audit.store.migrations import bring_up_to_date
from ehcp_audit.store.past import cut_back
from ehcp_audit.store.rows import (
    Auditor,
    AuditQuery,
    AuditRow,
    DisputedRow,
    FlagRow,
    PhraseRow,
    RubricVersion,
    UsedText,
    audit_row,
)
from ehcp_audit.store.schema import SCHEMA_VERSION
from ehcp_audit.store.settings import put_setting, read_setting
from ehcp_audit.store.tallying import audited_again, counted_audits, notes_on_criterion, tally
from ehcp_audit.store.upgrading import upgrade
from ehcp_audit.store.writer import Clock, Work, Writer, Written, utc_now


class Store:
    """An open database; close it, or use it as a context manager."""

    def __init__(self, path: Path, *, clock: Clock, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._rubrics: dict[str, Rubric] = {}
        self._writer: Writer | None = None
        try:
            self.origin = self._read_origin()
            if writable:
                self._writer = Writer(path, self.origin, clock)
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, *, clock: Clock = utc_now) -> Self:
        """Make a new database; raises `AuditToolError` where something is there already."""
        with told_errors(path), whole_path(path) as partial:
            _make(partial)
        return cls.open(path, clock=clock)

    @classmethod
    def open(cls, path: Path, *, clock: Clock = utc_now, writable: bool = True) -> Self:
        """Open a database after its checks; without write permission it opens for reading only.

        One that an earlier version made is brought up to date first, after a backup beside it.
        Raises `DatabaseError` for a missing, empty, damaged, foreign or newer file.
        """
        version = check(path)
        if version < SCHEMA_VERSION:
            upgrade(path, version)
        writable = writable and can_write(path)
        with told_errors(path):
            return cls(path, clock=clock, writable=writable)

    @classmethod
    def open_or_create(cls, path: Path, *, clock: Clock = utc_now) -> Self:
        """Open a database, making it where there is none yet; raises as those two do."""
        return cls.open(path, clock=clock) if path.exists() else cls.create(path, clock=clock)

    def _read_origin(self) -> str:
        origin = self.setting("origin")
        if origin is None:
            what = f"{self.path} does not say which copy of the workspace it is."
            raise DatabaseError(what, "Restore a backup; it was not touched.")
        return origin

    def close(self) -> None:
        """Write what is queued and close every connection."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ---------------------------------------------------------------- writing

    def submit(self, work: Work) -> Future[Written]:
        """Hand work to the writer; the future ends when it is committed or refused."""
        if self._writer is None:
            future: Future[Written] = Future()
            what, next_step = f"{self.path} is closed.", "Open it again."
            if not self.writable:
                what = f"{self.path} is open for reading only."
                next_step = "Ask for write permission to the folder."
            future.set_exception(DatabaseError(what, next_step))
            return future
        return self._writer.submit(work)

    def do(self, work: Work) -> Written:
        """Hand work to the writer and wait until it is committed; raises its told error."""
        return self.submit(work).result()

    def write(
        self, events: Sequence[NewEvent], *, expects: Mapping[str, int] | None = None
    ) -> tuple[Event, ...]:
        """Write events in one transaction and return them as the log holds them."""
        return self.do(Work(events=tuple(events), expects=expects or {})).events

    def keep_rubric(self, rubric: Rubric, text: str) -> None:
        """Keep a rubric version; `RubricError` where its id and version hold other content."""
        self.do(Work(rubrics=((rubric, text),)))

    def put_setting(self, key: str, value: str) -> None:
        """Keep a setting of the database itself, such as that it is synthetic."""
        self.do(Work(settings={key: value}))

    # ---------------------------------------------------------------- reading

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with told_errors(self.path):
            connection = getattr(self._threads, "connection", None)
            if connection is None:
                connection = connect(self.path, writable=self.writable, query_only=True)
                teach(connection)
                self._threads.connection = connection
                self._connections.append(connection)
            yield connection

    @contextmanager
    def _private_copy(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            copy = integrity.private_copy(connection)
        with closing(copy), told_errors(self.path):
            yield copy

    def setting(self, key: str) -> str | None:
        """Return a setting of the database, or None."""
        with self._reading() as connection:
            return read_setting(connection, key)

    @property
    def synthetic(self) -> bool:
        """Whether everything in it was made up, to be said on every screen and page."""
        return self.setting("synthetic") == "yes"

    def head(self) -> str:
        """Return the hash of the newest event of this copy: what a printed page anchors."""
        with self._reading() as connection:
            return Head.read(connection, self.origin).hash

    def auditors(self) -> tuple[Auditor, ...]:
        """Return everybody who has audited here, by name."""
        with self._reading() as connection:
            rows = connection.execute("SELECT id, name, agency FROM auditor ORDER BY name, id")
            return tuple(Auditor(*row) for row in rows.fetchall())

    def auditor(self, auditor_id: str) -> Auditor | None:
        """Return one auditor by id, or None."""
        return next((each for each in self.auditors() if each.id == auditor_id), None)

    def plan_id(self, ref: str) -> str | None:
        """Return the id of the plan with that reference, or None."""
        with self._reading() as connection:
            row = connection.execute("SELECT id FROM plan WHERE ref = ?", (ref,)).fetchone()
        return row[0] if row else None

    def audit_events(self, audit_id: str) -> tuple[Event, ...]:
        """Return every event of an audit, oldest first."""
        with self._reading() as connection:
            return events_of(connection, audit_subject(audit_id))

    def audit(self, audit_id: str) -> AuditState:
        """Return an audit as its events add up to; raises `UsageError` for an unknown id."""
        state = replay(self.audit_events(audit_id))
        if state is None:
            what = f"There is no audit {audit_id}."
            raise UsageError(what, "Look at the list of audits.")
        return state

    def every_audit(self) -> Iterator[AuditState]:
        """Yield every audit in the order begun, from a private copy, so that nothing is locked."""
        with self._private_copy() as copy:
            subjects = copy.execute("SELECT id FROM audit ORDER BY key").fetchall()
            for (audit_id,) in subjects:
                state = replay(events_of(copy, audit_subject(audit_id)))
                if state is not None:
                    yield state

    def every_event(self) -> tuple[Event, ...]:
        """Return the whole log, oldest first."""
        with self._reading() as connection:
            return tuple(every_event(connection))

    def audits(self, query: AuditQuery | None = None) -> tuple[AuditRow, ...]:
        """List audits, the latest changed first."""
        query = query or AuditQuery()
        filters, values = filter_sql(query.filters)
        where = f"a.state IN ({', '.join('?' for _ in query.states)}){filters}"
        parameters: list[object] = [*query.states, *values]
        if query.auditor is not None:
            where += " AND a.auditor = ?"
            parameters.append(query.auditor)
        if query.plan_ref is not None:
            where += " AND p.ref = ?"
            parameters.append(query.plan_ref)
        if query.rubric_hash is not None:
            where += " AND a.rubric = ?"
            parameters.append(query.rubric_hash)
        for word in query.text.casefold().split():
            where += " AND instr(searched(p.ref, coalesce(u.name, a.auditor), a.facts), ?) > 0"
            parameters.append(word)
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT a.id, p.ref, a.rubric, a.auditor, coalesce(u.name, a.auditor), a.state, "  # noqa: S608
                "a.grade, a.audit_date, a.plan_date, a.begun_at, a.changed_at, a.follows, a.facts, "
                "(SELECT json_group_array(name) FROM (SELECT coalesce(h.name, t.auditor) AS name "
                "FROM audit_auditor t LEFT JOIN auditor h ON h.id = t.auditor "
                "WHERE t.audit = a.key ORDER BY t.turn)), "
                "(SELECT count(*) FROM flag f WHERE f.audit = a.key AND f.open = 1) "
                "FROM audit a JOIN plan p ON p.key = a.plan "
                "LEFT JOIN auditor u ON u.id = a.auditor "
                f"WHERE {where} ORDER BY a.changed_at DESC, a.key DESC LIMIT ?",
                (*parameters, query.limit),
            ).fetchall()
        return tuple(audit_row(row) for row in rows)

    def count_by_state(self) -> Mapping[str, int]:
        """Return how many audits are in each state."""
        with self._reading() as connection:
            rows = connection.execute("SELECT state, count(*) FROM audit GROUP BY state")
            return dict(rows.fetchall())

    def open_flags(self) -> tuple[FlagRow, ...]:
        """Return every flag that waits for an answer, the newest first."""
        with self._reading() as connection:
            return list_flags(connection, only_open=True)

    def disputed_answers(self) -> tuple[DisputedRow, ...]:
        """Return every answer on a slip that disputes an audit, the newest first."""
        with self._reading() as connection:
            return list_disputed(connection)

    def flags(self) -> tuple[FlagRow, ...]:
        """Return every flag ever raised, answered or not, the newest first."""
        with self._reading() as connection:
            return list_flags(connection, only_open=False)

    def phrases(self, rubric_id: str, criterion_id: str) -> tuple[PhraseRow, ...]:
        """Return the phrases kept for a criterion, everybody's, the most used first."""
        with self._reading() as connection:
            return phrases.kept_phrases(connection, rubric_id, criterion_id)

    def used_texts(
        self, auditor_id: str, rubric_id: str, criterion_id: str
    ) -> tuple[UsedText, ...]:
        """Return what an auditor wrote on a criterion on two or more plans, most used first."""
        with self._reading() as connection:
            return phrases.used_texts(connection, auditor_id, rubric_id, criterion_id)

    def plans_with_each_text(self, auditor_id: str) -> tuple[tuple[UsedText, ...], int]:
        """Return an auditor's texts of evidence with the plans each is on, and all their plans."""
        with self._reading() as connection:
            return phrases.plans_with_each_text(connection, auditor_id)

    def figure_events(self, kind: FiguresKind) -> tuple[Event, ...]:
        """Return the events of one kind on the workspace's figures, oldest first."""
        with self._reading() as connection:
            every = events_of(connection, FIGURES_SUBJECT)
        return tuple(event for event in every if event.kind == kind)

    def drafts(self, audit_id: str) -> Mapping[str, str]:
        """Return the text that was being typed in an audit, by field."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT field, text FROM draft WHERE audit = ?", (audit_id,)
            ).fetchall()
        return dict(rows)

    def rubric(self, rubric_hash: str) -> Rubric:
        """Return a frozen rubric by its hash; raises KeyError for one not kept here."""
        if rubric_hash not in self._rubrics:
            with self._reading() as connection:
                row = connection.execute(
                    "SELECT compiled FROM rubric_version WHERE hash = ?", (rubric_hash,)
                ).fetchone()
            if row is None:
                raise KeyError(rubric_hash)
            self._rubrics[rubric_hash] = read_compiled(row[0])
        return self._rubrics[rubric_hash]

    def is_frozen(self, rubric_hash: str) -> bool:
        """Whether a rubric version was frozen here by an audit, not merely kept."""
        with self._reading() as connection:
            return (
                connection.execute(
                    "SELECT 1 FROM criterion WHERE rubric = ?", (rubric_hash,)
                ).fetchone()
                is not None
            )

    def rubric_hash(self, rubric_id: str, version: str) -> str | None:
        """Return the hash of a frozen rubric version, or None."""
        return next(
            (
                kept.hash
                for kept in self.rubric_versions()
                if (kept.rubric_id, kept.version) == (rubric_id, version)
            ),
            None,
        )

    def rubric_versions(self) -> tuple[RubricVersion, ...]:
        """Return every rubric version kept, in the order first used."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT hash, rubric_id, version, json_extract(compiled, '$.title') "
                "FROM rubric_version ORDER BY rowid"
            ).fetchall()
        return tuple(RubricVersion(*row) for row in rows)

    def rubric_events(self, rubric_id: str, version: str) -> tuple[Event, ...]:
        """Return every event of a rubric version, oldest first: how it was frozen, published."""
        with self._reading() as connection:
            return events_of(connection, rubric_subject(rubric_id, version))

    def signed_by_rubric(self) -> Mapping[str, int]:
        """Return how many signed audits each rubric version has, by its hash."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT rubric, count(*) FROM audit WHERE state = 'signed' GROUP BY rubric"
            )
            return dict(rows.fetchall())

    def most_used_rubric(self) -> str | None:
        """Return the id of the rubric that most signed audits were made against, or None."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT rubric_id FROM audit JOIN rubric_version r ON r.hash = audit.rubric "
                "WHERE counts = 1 GROUP BY rubric_id ORDER BY count(*) DESC, max(key) DESC LIMIT 1"
            ).fetchone()
        return row[0] if row else None

    def audits_by_rubric(self) -> Mapping[str, int]:
        """Return how many audits, withdrawn ones aside, were made with each rubric, by its hash."""
        with self._reading() as connection:
            return dict(
                connection.execute(
                    "SELECT rubric, count(*) FROM audit WHERE state != 'withdrawn' GROUP BY rubric"
                ).fetchall()
            )

    def fact_values(self, fact_id: str) -> tuple[str, ...]:
        """Return the values a reported fact has in this database, sorted."""
        if fact_id.startswith(OWN_PREFIX):
            with self._reading() as connection:
                rows = connection.execute(
                    "SELECT DISTINCT j.value FROM audit a, json_each(a.facts, ?) j "
                    "WHERE j.value IS NOT NULL ORDER BY 1",
                    (f'$."{fact_id}"',),
                ).fetchall()
            return tuple(str(value) for (value,) in rows)
        if fact_id not in {fact.id for fact in REPORTED}:
            what = f"{fact_id} is not a fact that reports filter by."
            raise UsageError(what)
        if FACTS_BY_ID[fact_id].kind == "choices":
            return FACTS_BY_ID[fact_id].choice_ids()
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT DISTINCT {fact_id} FROM audit WHERE {fact_id} IS NOT NULL ORDER BY 1"  # noqa: S608
            ).fetchall()
        return tuple(value for (value,) in rows)

    def tallies(self, question: Question) -> Tallies:
        """Count, for a report: see `domain.questions`."""
        with self._reading() as connection:
            return tally(connection, question)

    def counted_audits(self, question: Question, criteria: Sequence[str]) -> CountedAudits:
        """Return the audits that count for a question, with their levels of some criteria."""
        with self._reading() as connection:
            return counted_audits(connection, question, criteria)

    def audited_again(
        self, question: Question, criteria: Sequence[str]
    ) -> tuple[AuditedAgain, ...]:
        """Return each signed re-audit beside the audit it follows, with some levels of both."""
        with self._reading() as connection:
            return audited_again(connection, question, criteria)

    def notes_on_criterion(
        self, question: Question, criterion: str
    ) -> tuple[NotesOnCriterion, ...]:
        """Return what each counting audit says on a criterion, the lowest levels first."""
        with self._reading() as connection:
            return notes_on_criterion(connection, question, criterion)

    # ---------------------------------------------------------------- proof

    def faults(self) -> list[str]:
        """Return what is wrong with the record, in sentences; empty when it is whole."""
        with self._private_copy() as copy:
            return integrity.faults(copy)

    @contextmanager
    def as_at(self, head: str) -> Iterator[Self]:
        """Yield the record as it stood at an event, for reading on this thread alone.

        `head` is the log's head at the foot of a page, or its beginning. Nothing is written to
        disk. Raises `UsageError` where no event is meant, or more than one.
        """
        with self._private_copy() as copy:
            cut_back(copy, head)
            teach(copy)
            past = copy_of_object(self)
            past.writable, past._writer, past._connections = False, None, []  # noqa: SLF001
            past._threads = threading.local()  # noqa: SLF001
            past._threads.connection = copy  # noqa: SLF001
            yield past

    def backup(self, destination: Path) -> None:
        """Make a verified copy in a new file."""
        with self._reading() as connection:
            integrity.back_up(connection, destination)


def _make(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        settle(connection, writable=True)
        bring_up_to_date(connection)
        connection.execute("BEGIN IMMEDIATE")
        put_setting(connection, "origin", secrets.token_hex(8))
        connection.execute("COMMIT")
    finally:
        connection.close()
