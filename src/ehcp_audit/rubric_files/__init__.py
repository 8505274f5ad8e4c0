"""Rubrics as TOML files: read, checked, and explained by line where something is wrong.

pydantic and the TOML grammar are imported only when a file has to be checked or a problem has
to be placed, so that importing this package, or hashing a file already known, stays quick.
"""

from ehcp_audit.rubric_files.checking import Checked, check_rubric
from ehcp_audit.rubric_files.problems import Problem, RubricFileError
from ehcp_audit.rubric_files.reading import (
    RubricEntry,
    RubricFile,
    list_rubrics,
    parse_rubric,
    read_rubric,
    rubric_hash,
)
from ehcp_audit.rubric_files.schema import SCHEMA_NAME, rubric_schema, schema_text
from ehcp_audit.rubric_files.shipped import shipped_files, shipped_rubrics
from ehcp_audit.rubric_files.toml_text import read_text

__all__ = [
    "SCHEMA_NAME",
    "Checked",
    "Problem",
    "RubricEntry",
    "RubricFile",
    "RubricFileError",
    "check_rubric",
    "list_rubrics",
    "parse_rubric",
    "read_rubric",
    "read_text",
    "rubric_hash",
    "rubric_schema",
    "schema_text",
    "shipped_files",
    "shipped_rubrics",
]
