"""Rubrics as spreadsheets: a sheet of criteria becomes a draft in TOML, a rubric such a sheet.

openpyxl is imported only in a process of its own, xlsxwriter only when a workbook is written.
"""

from ehcp_audit.rubric_sheets.condition_text import (
    ConditionTextError,
    condition_text,
    read_condition,
)
from ehcp_audit.rubric_sheets.drafting import draft_from_sheet
from ehcp_audit.rubric_sheets.errors import SheetError
from ehcp_audit.rubric_sheets.writing import sheet_from_rubric

__all__ = [
    "ConditionTextError",
    "SheetError",
    "condition_text",
    "draft_from_sheet",
    "read_condition",
    "sheet_from_rubric",
]
