"""The tables, in SQL; a released migration is never edited, a new one is added below it."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x45484350  # "EHCP"
SCHEMA_VERSION: Final = 2

STATE_TABLES: Final = (
    "auditor", "plan", "audit", "criterion", "score", "evidence",
    "audit_auditor", "flag", "cause", "exemplar", "phrase",
)  # fmt: skip

# The columns that hold the facts reports filter by, by the format that brought them. A released
# line is never changed: a fact that is added later gets a column in the migration after it.
FACT_COLUMNS: Final = {
    1: (
        "audit_reason", "plan_kind", "year_group", "primary_need", "secondary_need", "setting",
        "known_to_health", "social_care", "seen", "reviewed", "change_reported", "dispute",
        "team", "drafting_route", "request_source", "area", "placed_out_of_area", "backlog",
        "review_outcome",
    ),
    2: (),
}  # fmt: skip

TRUTH: Final = """
CREATE TABLE workspace(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  origin_seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  undoes INTEGER,
  app TEXT NOT NULL,
  body_digest TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE(origin, origin_seq)
) STRICT;
CREATE INDEX event_subject ON event(subject, seq);
CREATE TABLE event_body(
  seq INTEGER PRIMARY KEY REFERENCES event(seq),
  salt TEXT,
  body TEXT,
  CHECK ((salt IS NULL) = (body IS NULL))
) STRICT;
CREATE TABLE rubric_version(
  hash TEXT PRIMARY KEY,
  rubric_id TEXT NOT NULL,
  version TEXT NOT NULL,
  toml TEXT NOT NULL,
  compiled TEXT NOT NULL,
  UNIQUE(rubric_id, version)
) STRICT;
CREATE TABLE draft(
  audit TEXT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(audit, field)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_body_is_only_emptied BEFORE UPDATE ON event_body
  WHEN NEW.seq IS NOT OLD.seq OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'an event body is only emptied'); END;
CREATE TRIGGER event_body_is_never_deleted BEFORE DELETE ON event_body
  BEGIN SELECT RAISE(ABORT, 'an event body is never deleted'); END;
CREATE TRIGGER rubric_version_is_never_changed BEFORE UPDATE ON rubric_version
  BEGIN SELECT RAISE(ABORT, 'a rubric version is never changed'); END;
CREATE TRIGGER rubric_version_is_never_deleted BEFORE DELETE ON rubric_version
  BEGIN SELECT RAISE(ABORT, 'a rubric version is never deleted'); END;
"""

_FACTS_OF_1 = "".join(f"  {fact} TEXT,\n" for fact in FACT_COLUMNS[1])

STATE: Final = f"""
CREATE TABLE auditor(id TEXT PRIMARY KEY, name TEXT NOT NULL, agency TEXT NOT NULL) STRICT;
CREATE TABLE plan(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  ref TEXT NOT NULL UNIQUE,
  rev INTEGER NOT NULL
) STRICT;
CREATE TABLE audit(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  plan INTEGER NOT NULL REFERENCES plan(key),
  rubric TEXT NOT NULL REFERENCES rubric_version(hash),
  auditor TEXT NOT NULL,
  agencies TEXT NOT NULL,
  kind TEXT NOT NULL,
  follows TEXT,
  state TEXT NOT NULL,
  counts INTEGER NOT NULL,
  audit_date TEXT,
  plan_date TEXT,
  facts TEXT NOT NULL,
{_FACTS_OF_1}  grade TEXT,
  begun_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  signed_seq INTEGER,
  rev INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_plan ON audit(plan);
CREATE INDEX audit_changed ON audit(state, changed_at);
CREATE TABLE criterion(
  key INTEGER PRIMARY KEY,
  rubric TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE(rubric, id)
) STRICT;
CREATE TABLE score(
  audit INTEGER NOT NULL REFERENCES audit(key),
  criterion INTEGER NOT NULL REFERENCES criterion(key),
  level INTEGER NOT NULL,
  PRIMARY KEY(audit, criterion)
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence(
  id TEXT PRIMARY KEY,
  audit INTEGER NOT NULL REFERENCES audit(key),
  criterion INTEGER NOT NULL REFERENCES criterion(key),
  text TEXT NOT NULL,
  section TEXT NOT NULL,
  page TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_audit ON evidence(audit);
"""

FACTS_OF_2: Final = "".join(
    f"ALTER TABLE audit ADD COLUMN {fact} TEXT;\n" for fact in FACT_COLUMNS[2]
)

FLAGS_AND_HANDS: Final = """
CREATE TABLE audit_auditor(
  audit INTEGER NOT NULL REFERENCES audit(key),
  turn INTEGER NOT NULL,
  auditor TEXT NOT NULL,
  PRIMARY KEY(audit, turn)
) STRICT, WITHOUT ROWID;
INSERT INTO audit_auditor(audit, turn, auditor) SELECT key, 1, auditor FROM audit;
CREATE TABLE flag(
  audit INTEGER NOT NULL REFERENCES audit(key),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  criterion TEXT,
  text TEXT NOT NULL,
  told_role TEXT NOT NULL,
  told_on TEXT,
  not_a_concern TEXT NOT NULL,
  done TEXT NOT NULL,
  raised_by TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  open INTEGER NOT NULL,
  PRIMARY KEY(audit, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_open ON flag(raised_at) WHERE open = 1;
CREATE TABLE cause(
  audit INTEGER NOT NULL REFERENCES audit(key),
  criterion INTEGER NOT NULL REFERENCES criterion(key),
  cause TEXT NOT NULL,
  PRIMARY KEY(audit, criterion)
) STRICT, WITHOUT ROWID;
CREATE TABLE exemplar(
  audit INTEGER NOT NULL REFERENCES audit(key),
  criterion INTEGER NOT NULL REFERENCES criterion(key),
  PRIMARY KEY(audit, criterion)
) STRICT, WITHOUT ROWID;
CREATE TABLE phrase(
  id TEXT PRIMARY KEY,
  auditor TEXT NOT NULL,
  rubric_id TEXT NOT NULL,
  criterion TEXT NOT NULL,
  text TEXT NOT NULL,
  shared INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX phrase_criterion ON phrase(rubric_id, criterion);
"""
