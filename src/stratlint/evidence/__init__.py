"""Official statistics by region: tables and location quotients."""

from stratlint.evidence.cards import TableCard, card_path, load_card, table_name
from stratlint.evidence.cells import Cells, parse_cells
from stratlint.evidence.quotients import Evidence, load_evidence, location_quotient
from stratlint.evidence.tables import EvidenceTable, load_table

__all__ = [
    "Cells",
    "Evidence",
    "EvidenceTable",
    "TableCard",
    "card_path",
    "load_card",
    "load_evidence",
    "load_table",
    "location_quotient",
    "parse_cells",
    "table_name",
]
