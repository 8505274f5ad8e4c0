"""The JSON Schema beside the rubrics is the one that the models give, and explains every key."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from ehcp_audit.rubric_files import SCHEMA_NAME, rubric_schema, schema_text, shipped_rubrics

_SCHEMA = rubric_schema()
_CORE = shipped_rubrics() / "peer-findings.toml"


def _tables() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "the file", _SCHEMA
    yield from _SCHEMA["definitions"].items()


def _unknown(value: Any, shape: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield each key of a value that a schema does not know (of what our schema is made of)."""
    for part in (*shape.get("allOf", ()), *shape.get("anyOf", ())):
        shape = {**shape, **part}
    if "$ref" in shape:
        shape = _SCHEMA["definitions"][shape["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for part in value:
            yield from _unknown(part, shape["items"], path)
    elif isinstance(value, dict):
        patterns = [*shape.get("patternProperties", {}).values()]
        others = patterns or [shape.get("additionalProperties")]
        for key, part in value.items():
            known = shape.get("properties", {}).get(key) or others[0]
            if isinstance(known, dict):
                yield from _unknown(part, known, f"{path}.{key}")
            else:
                yield f"{path}.{key}"


def test_the_file_beside_the_rubrics_is_not_stale() -> None:
    kept = (shipped_rubrics() / SCHEMA_NAME).read_text("utf-8")
    assert json.loads(kept) == _SCHEMA, "run scripts/rubric_schema.py"
    assert kept == schema_text(), "run scripts/rubric_schema.py"


@pytest.mark.parametrize("name", [name for name, _ in _tables()])
def test_every_key_is_explained(name: str) -> None:
    table = dict(_tables())[name]
    assert table["additionalProperties"] is False
    for key, shape in table["properties"].items():
        assert shape["description"].endswith("."), key


def test_every_reference_is_there() -> None:
    text = json.dumps(_SCHEMA)
    assert "$defs" not in text
    assert '"null"' not in text


def test_the_core_rubric_names_its_schema_and_holds_only_what_that_knows() -> None:
    text = _CORE.read_text("utf-8")
    assert text.startswith(f"#:schema ./{SCHEMA_NAME}\n")
    assert list(_unknown(tomllib.loads(text), _SCHEMA)) == []


def test_a_misspelt_key_is_one_that_the_schema_does_not_know() -> None:
    text = _CORE.read_text("utf-8").replace("guidance = ", "guidence = ", 1)
    assert list(_unknown(tomllib.loads(text), _SCHEMA)) == [".criteria.guidence"]


def test_a_fact_is_completed_from_the_tools_own_or_is_local() -> None:
    fact = _SCHEMA["definitions"]["ConditionTable"]["properties"]["fact"]
    enum, own = fact["anyOf"]
    assert "year_group" in enum["enum"]
    assert "plan_date" not in enum["enum"]
    assert own["pattern"].startswith(r"^local\.")


def test_asking_for_no_schema_imports_no_pydantic() -> None:
    code = "import sys, ehcp_audit.rubric_files; print('pydantic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
