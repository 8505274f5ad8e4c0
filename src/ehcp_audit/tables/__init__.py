"""The boundary to CSV files: what is read is checked by line, what is written is never run."""

from ehcp_audit.tables.reading import Row, TableLimits, read_table
from ehcp_audit.tables.writing import write_table

__all__ = ["Row", "TableLimits", "read_table", "write_table"]
