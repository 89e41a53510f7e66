"""From commitments to a document's ranked priorities."""

from __future__ import annotations

from stratlint.priorities.ranking import rank_priorities, weigh_sectors
from stratlint.priorities.salience import with_salience
from stratlint.text.quoting import quotation

__all__ = ["quotation", "rank_priorities", "weigh_sectors", "with_salience"]
