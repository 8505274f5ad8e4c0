"""Writes a report as JSON for programs; the shape is described in docs/reports.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Block, Report

FORMAT: Final = 1  # counts up when a key changes its meaning or goes; new keys do not count


def render_json(report: Report) -> str:
    """Return the report as indented JSON, its figures as numbers and shares as fractions of 1."""
    shape: dict[str, Any] = {
        "report": report.kind,
        "format": FORMAT,
        "title": report.title,
        "subtitle": list(report.subtitle),
        "banners": list(report.banners),
        **report.data,
        "definitions": dict(report.definitions),
        "foot": dict(report.foot),
    }
    if report.measures:
        shape["measures"] = [asdict(measure) for measure in report.measures]
    shape["page"] = [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
        for section in report.sections
    ]
    return json.dumps(_harmless(shape), indent=2, ensure_ascii=False) + "\n"


def _block(block: Block) -> dict[str, Any]:
    """Return a block with what it is: paragraph, pairs, table, entry, note or chart."""
    return {"block": type(block).__name__.lower(), **asdict(block)}


def _harmless(value: Any) -> Any:
    """Make every text safe to show on a terminal, because people look at JSON there."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _harmless(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_harmless(each) for each in value]
    return value
