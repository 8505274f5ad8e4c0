"""What the cells of one audit mean: facts, scores, notes, sign-off; or what is wrong, by line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from ehcp_audit.auditing import sign_off
from ehcp_audit.auditing.acts import LONGEST_PLACE, LONGEST_TEXT
from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, OWN_PREFIX, FactValue, parse_fact, parse_reference
from ehcp_audit.domain.rubric import AGENCIES, NOT_APPLICABLE, NOT_EVIDENCED, Rubric
from ehcp_audit.exchange.columns import (
    FACT_COLUMNS,
    STATES,
    YES,
    level_to_cell,
    levels_by_cell,
    says_none_of,
)
from ehcp_audit.exchange.grouping import AuditRows, Problem, ScoreRow
from ehcp_audit.exchange.records import read_records

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")
_ID_HELP: Final = "an id is up to 40 letters, digits, and . _ - between them"


@dataclass
class Interpretation:
    """An audit as its rows give it; `auditor` and `plan_id` of the state are still open.

    Its `auditors` are those who had it in hand before. Trust the state only if there are no
    problems. `ruled_out` counts the levels that do not count, because the facts say that the
    question does not arise.
    """

    state: AuditState
    problems: list[Problem]
    ruled_out: int = 0


def interpret(rows: AuditRows, rubric: Rubric, *, today: date) -> Interpretation:
    """Read one audit against its rubric, and sign it off as the screen would if it says signed."""
    reader = _Reader(rows, rubric, today)
    state = reader.state()
    if not reader.problems:
        reader.check_worked_out(state)
    if reader.problems or state.status != "signed":
        return Interpretation(state, reader.problems)
    audit_date = date.fromisoformat(reader.dated)
    signed = sign_off(rubric, state, audit_date, date_reason=rows.cells.get("date_reason", ""))
    said = rows.cells.get("grade", "").lower()
    if said and said != signed.grade:
        computed = signed.grade or "no grade"
        reader.note(
            f"grade is “{said}”, but these scores give {computed}; empty the cell to take that"
        )
    out = sum(
        score.level > 0 and signed.levels[criterion] == NOT_APPLICABLE
        for criterion, score in state.scores.items()
    )
    return Interpretation(replace(state, sign_off=signed), reader.problems, out)


class _Reader:
    """Reads the cells of one audit, collecting problems by line instead of stopping at one."""

    def __init__(self, rows: AuditRows, rubric: Rubric, today: date) -> None:
        self.rows = rows
        self.rubric = rubric
        self.today = today
        self.problems: list[Problem] = []
        self.dated = ""
        self.worked_out: list[ScoreRow] = []

    def note(self, sentence: str, line: int | None = None) -> None:
        self.problems.append(Problem(line or self.rows.line, sentence))

    def _read(self, column: str, read: Callable[[str], FactValue]) -> FactValue:
        """Return a cell as `read` reads it, or None with a problem noted."""
        try:
            return read(self.rows.cells.get(column, ""))
        except AuditToolError as error:
            sentence = f"{column}: {error.what} {error.next_step}".rstrip(" .")
            self.note(sentence)
            return None

    def state(self) -> AuditState:
        cells = self.rows.cells
        status = cells.get("state", STATES[0]).lower()
        if status not in STATES:
            self.note(f"state is “{status}”; use one of: {', '.join(STATES)}")
        self._check_ids()
        self._read_audit_date(status)
        reference = self._read("plan_ref", parse_reference)
        by_criterion = self._rows_by_criterion()
        scores, evidence = self._judgements(by_criterion)
        causes, exemplars = self._marks(by_criterion)
        earlier = self._earlier_auditors()
        records = read_records(cells, len(earlier), self.note)
        return AuditState(
            id=self.rows.id,
            plan_id="",
            plan_ref=str(reference),
            rubric_hash=self.rubric.hash,
            auditor="",
            agencies=self._agencies(),
            begun_at="",
            follows=cells.get("follows"),
            facts={"plan_ref": reference, **self._facts()},
            scores=scores,
            evidence=evidence,
            status=status,  # type: ignore[arg-type]
            auditors=earlier,
            causes=causes,
            exemplars=exemplars,
            hand_over_reasons=records.hand_over_reasons,
            flags=records.flags,
            answers=records.answers,
            slip=records.slip,
        )

    def _check_ids(self) -> None:
        for column in ("audit_id", "follows", "auditor_id"):
            value = self.rows.cells.get(column, "")
            if value and not _ID.fullmatch(value):
                self.note(f"{column} is “{value[:40]}”; {_ID_HELP}")
        reason = self.rows.cells.get("date_reason", "")
        if len(reason) > LONGEST_TEXT:
            self.note(f"date_reason is longer than {LONGEST_TEXT:,} characters")

    def _read_audit_date(self, status: str) -> None:
        typed = self.rows.cells.get("audit_date", "")
        if status != "signed":
            for column in ("audit_date", "date_reason", "grade"):
                if self.rows.cells.get(column):
                    self.note(f"{column} belongs to a signed audit; this one is {status}")
            return
        if not typed:
            self.note("audit_date is empty; a signed audit has one")
            return
        read = self._read("audit_date", lambda text: parse_date(text, today=self.today).isoformat())
        if isinstance(read, str):
            self.dated = read
            if read > self.today.isoformat():
                self.note(f"audit_date {read} is in the future")

    def _agencies(self) -> tuple[str, ...]:
        typed = self.rows.cells.get("agencies", "")
        named = {part.strip().lower() for part in typed.split(",") if part.strip()}
        if unknown := sorted(named.difference(AGENCIES)):
            self.note(f"agencies: “{unknown[0]}” is none of {', '.join(AGENCIES)}")
        return tuple(agency for agency in AGENCIES if agency in named or not named)

    def _facts(self) -> dict[str, FactValue]:
        facts: dict[str, FactValue] = {}
        for fact in (FACTS_BY_ID["plan_date"], *FACT_COLUMNS, *self.rubric.facts):
            typed = self.rows.cells.get(fact.id)
            if not typed:
                continue
            if says_none_of(fact, typed):
                facts[fact.id] = ()
                continue
            value = self._read(fact.id, partial(parse_fact, fact, today=self.today))
            if value is not None:
                facts[fact.id] = value
        own = [fact.id for fact in self.rubric.facts]
        for column in self.rows.cells:
            if column.startswith(OWN_PREFIX) and column not in own:
                asks = f"{self.rubric.id} {self.rubric.version} asks no such fact"
                self.note(f"{column}: {asks}{_nearest(column, own)}")
        return facts

    def _earlier_auditors(self) -> tuple[str, ...]:
        typed = self.rows.cells.get("earlier_auditors", "")
        ids = tuple(part.strip() for part in typed.split(",") if part.strip())
        for each in ids:
            if not _ID.fullmatch(each):
                self.note(f"earlier_auditors: “{each[:40]}” is not an id; {_ID_HELP}")
        return ids

    def _rows_by_criterion(self) -> dict[str, list[ScoreRow]]:
        by_criterion: dict[str, list[ScoreRow]] = {}
        for row in self.rows.rows:
            if not row.criterion:
                if (
                    row.level
                    or row.has_note
                    or row.has_mark
                    or row.reason
                    or len(self.rows.rows) > 1
                ):
                    self.note("criterion is empty", row.line)
            elif not self.rubric.has_criterion(row.criterion):
                ids = [criterion.id for criterion in self.rubric.criteria]
                hint = _nearest(row.criterion, ids)
                self.note(
                    f"{self.rubric.id} has no criterion “{row.criterion[:60]}”{hint}", row.line
                )
            else:
                by_criterion.setdefault(row.criterion, []).append(row)
        return by_criterion

    def _marks(
        self, by_criterion: Mapping[str, Sequence[ScoreRow]]
    ) -> tuple[dict[str, str], frozenset[str]]:
        """Return the causes, and the criteria whose evidence is to be shared."""
        listed = {cause.id for cause in self.rubric.causes}
        causes, exemplars = {}, set()
        for criterion_id, (row, *_) in by_criterion.items():
            asked = self.rubric.criterion(criterion_id).ask_cause
            if row.cause and not asked:
                self.note(f"no cause is asked at {criterion_id}", row.line)
            elif row.cause and row.cause not in listed:
                hint = _nearest(row.cause, listed)
                self.note(f"the rubric has no cause “{row.cause[:60]}”{hint}", row.line)
            elif row.cause:
                causes[criterion_id] = row.cause
            if row.exemplar == YES:
                exemplars.add(criterion_id)
            elif row.exemplar not in ("", "no"):
                sentence = f"exemplar is “{row.exemplar[:40]}”; use {YES} or leave it empty"
                self.note(sentence, row.line)
        return causes, frozenset(exemplars)

    def _judgements(
        self, by_criterion: Mapping[str, list[ScoreRow]]
    ) -> tuple[dict[str, Score], tuple[Evidence, ...]]:
        scores = {}
        evidence: list[Evidence] = []
        for criterion in self.rubric.criteria:
            rows = by_criterion.get(criterion.id)
            if not rows:
                continue
            self._check_agreement(rows)
            score = self._score(rows[0])
            if criterion.computed is not None:
                self._note_worked_out(rows[0], score)
            elif score is not None:
                scores[criterion.id] = score
            evidence.extend(self._evidence(rows))
        return scores, tuple(evidence)

    def _check_agreement(self, rows: list[ScoreRow]) -> None:
        """Check that further rows are further notes, and say the same of the score or nothing."""
        first = rows[0]
        for row in rows[1:]:
            if not row.has_note:
                self.note(f"{row.criterion} is there already, in line {first.line}", row.line)
            for column in ("level", "reason", "overrides", "carried", "cause", "exemplar"):
                said, value = getattr(first, column), getattr(row, column)
                if value and value != said:
                    sentence = f"{row.criterion}: {column} differs from line {first.line}"
                    self.note(sentence, row.line)

    def _score(self, row: ScoreRow) -> Score | None:
        for column in ("overrides", "carried"):
            said = getattr(row, column)
            if said not in ("", YES, "no"):
                self.note(f"{column} is “{said[:40]}”; use {YES} or leave it empty", row.line)
        if len(row.reason) > LONGEST_TEXT:
            self.note(f"reason is longer than {LONGEST_TEXT:,} characters", row.line)
        if not row.level:
            if row.reason or row.overrides == YES:
                self.note("a reason without a level", row.line)
            elif not (row.has_note or row.has_mark):
                self.note(f"{row.criterion} has neither a level nor a note", row.line)
            return None
        levels = levels_by_cell(self.rubric)
        if row.level not in levels:
            sentence = (
                f"“{row.level[:60]}” is not a level of {self.rubric.id}; use {', '.join(levels)}"
            )
            self.note(sentence, row.line)
            return None
        return Score(levels[row.level], row.reason, row.overrides == YES, row.carried == YES)

    def _note_worked_out(self, row: ScoreRow, score: Score | None) -> None:
        """Keep a row of what dates decide, whose level is only checked, for `check_worked_out`."""
        if score is None:
            return
        self.worked_out.append(row)
        if score.reason or score.overrides:
            self.note(f"{row.criterion} is worked out from dates; it takes no reason", row.line)

    def check_worked_out(self, state: AuditState) -> None:
        """Note each level that is not what the dates give, as sign-off will work it out."""
        on = date.fromisoformat(self.dated) if self.dated else self.today
        for row in self.worked_out:
            level = state.resolved_level(self.rubric.criterion(row.criterion), on)
            given = level_to_cell(self.rubric, NOT_EVIDENCED if level is None else level)
            if row.level != given:
                sentence = f"{row.criterion} is “{row.level}”, but the dates give {given}"
                self.note(f"{sentence}; leave out the row to take that", row.line)

    def _evidence(self, rows: Iterable[ScoreRow]) -> Iterable[Evidence]:
        noted = [row for row in rows if row.has_note]
        for number, row in enumerate(noted):
            if len(row.note) > LONGEST_TEXT:
                self.note(f"note is longer than {LONGEST_TEXT:,} characters", row.line)
            for column in ("section", "page"):
                if len(getattr(row, column)) > LONGEST_PLACE:
                    self.note(f"{column} is longer than {LONGEST_PLACE} characters", row.line)
            if row.note_id and not _ID.fullmatch(row.note_id):
                self.note(f"note_id is “{row.note_id[:40]}”; {_ID_HELP}", row.line)
            note_id = row.note_id or digest([self.rows.id, row.criterion, number])[:16]
            yield Evidence(note_id, row.criterion, row.note, row.section, row.page)


def _nearest(name: str, valid: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(valid), n=1)
    return f"; did you mean {close[0]}?" if close else ""
