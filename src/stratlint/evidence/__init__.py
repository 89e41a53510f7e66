"""Official statistics by region: tables and location quotients."""

from stratlint.evidence.quotients import Evidence, load_evidence, location_quotient
from stratlint.evidence.tables import EvidenceTable, TableCard, load_table

__all__ = [
    "Evidence",
    "EvidenceTable",
    "TableCard",
    "load_evidence",
    "load_table",
    "location_quotient",
]
