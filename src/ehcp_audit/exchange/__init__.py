"""Audits out to a table and in from one, a row a score, without loss."""

from ehcp_audit.exchange.exporting import Exported, export_audits
from ehcp_audit.exchange.importing import BadRowsError, Imported, import_audits

__all__ = ["BadRowsError", "Exported", "Imported", "export_audits", "import_audits"]
