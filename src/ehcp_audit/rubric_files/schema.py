"""The JSON Schema of rubric files, which editors check and complete by while one types."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from ehcp_audit.domain.facts import DERIVED, FACTS

SCHEMA_NAME: Final = "rubric.schema.json"
# TOML editors know this draft best.
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_COMPARED: Final = ("choice", "choices", "code")


def rubric_schema() -> dict[str, Any]:
    """Return the schema of a rubric file, made from the models that the files are checked by.

    It knows keys, types and the names of the facts; whether the parts of a file agree only
    `check_rubric` can tell.
    """
    # pydantic costs as much to import as the whole user interface.
    from ehcp_audit.rubric_files import models  # noqa: PLC0415

    schema = models.RubricTable.model_json_schema(by_alias=True)
    tables: dict[str, dict[str, Any]] = schema.pop("$defs")
    texts = _texts(models)
    for name, table in (*tables.items(), ("RubricTable", schema)):
        properties = table["properties"]
        for key, field in getattr(models, name).model_fields.items():
            shown = _tidied(properties[field.alias or key])
            properties[field.alias or key] = {**shown, "description": texts[name][key]}
        del table["title"]
    dates = [fact.id for fact in FACTS if fact.kind == "date"]
    compared = [fact.id for fact in FACTS if fact.kind in _COMPARED] + list(DERIVED)
    tables["ConditionTable"]["properties"]["fact"] |= _one_of(compared, models.OWN_FACT_PATTERN)
    for key in ("from", "to"):
        tables["ComputedTable"]["properties"][key] |= _one_of(dates, models.OWN_FACT_PATTERN)
    return {"$schema": _DRAFT, "title": "Rubric of ehcp-audit", **schema, "definitions": tables}


def _one_of(facts: list[str], own: str) -> dict[str, Any]:
    return {"anyOf": [{"enum": facts}, {"pattern": own}]}


def _tidied(shown: Any) -> Any:
    """Return a part of the schema without null, which TOML has not, and without made-up titles.

    In this draft nothing may stand beside a `$ref`, so it is put into `allOf`.
    """
    if isinstance(shown, list):
        return [_tidied(part) for part in shown]
    if not isinstance(shown, dict):
        return shown
    kept = {
        key: _tidied(value)
        for key, value in shown.items()
        if key != "title" and not (key == "default" and value is None)
    }
    options = [part for part in kept.get("anyOf", []) if part != {"type": "null"}]
    if len(options) == 1:
        del kept["anyOf"]
        kept = {**options[0], **kept}
    if "$ref" in kept:
        return {"allOf": [{"$ref": kept.pop("$ref").replace("/$defs/", "/definitions/")}], **kept}
    return kept


def _texts(models: ModuleType) -> dict[str, dict[str, str]]:
    """Return the text under each key of each model, which Python itself does not keep."""
    source = Path(inspect.getsourcefile(models) or "").read_text("utf-8")
    texts: dict[str, dict[str, str]] = {}
    for table in ast.parse(source).body:
        if isinstance(table, ast.ClassDef):
            keys = texts[table.name] = {}
            for key, text in zip(table.body, table.body[1:], strict=False):
                if (
                    isinstance(key, ast.AnnAssign)
                    and isinstance(key.target, ast.Name)
                    and isinstance(text, ast.Expr)
                    and isinstance(text.value, ast.Constant)
                ):
                    keys[key.target.id] = str(text.value.value)
    return texts


def schema_text() -> str:
    """Return the schema as the file beside the rubrics holds it."""
    return json.dumps(rubric_schema(), indent=2, ensure_ascii=False) + "\n"
