"""A rubric to begin with: short, commented, and valid as it stands."""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

_PLACE: Final = "ID-OF-THE-RUBRIC"


def skeleton(name: str) -> str:
    """Return the text of a new rubric file; its id is made from `name`."""
    rubric_id = re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.") or "new-rubric"
    text = resources.files("ehcp_audit.rubric_files").joinpath("skeleton.toml")
    return text.read_text(encoding="utf-8").replace(_PLACE, rubric_id)
