"""Write rubrics/rubric.schema.json from the models that rubric files are checked by."""

from __future__ import annotations

from ehcp_audit.rubric_files import SCHEMA_NAME, schema_text, shipped_rubrics

(shipped_rubrics() / SCHEMA_NAME).write_text(schema_text(), encoding="utf-8")
