"""What a draft's page shows: its remarks beside its pages, and what they rest on."""

from __future__ import annotations

from typing import Any

from stratlint.knowledge.areas import load_areas
from stratlint.records import AuditResult
from stratlint.reporting.draft import draft_of
from stratlint.reporting.html.pageimages import PageImages
from stratlint.reporting.html.passages import Shared, anchors, shared_by
from stratlint.reporting.html.region import region
from stratlint.reporting.index import Index
from stratlint.rules.schema import FAMILIES
from stratlint.web.sheets import sheets


def remarks(result: AuditResult, family: str, just: str = "") -> dict[str, Any]:
    """The values of a draft's page; ``family`` narrows the remarks to one, where it is given.

    ``just`` is a finding that was set aside a moment ago, and stands in its place once more.
    """
    index = Index(result, None, {})
    analysis = draft_of(result)
    document = analysis.document
    found = index.findings(analysis)
    aside = [f for f in index.suppressed if f.document == document.source]
    last = [f for f in aside if f.fingerprint == just]
    wanted = [f for f in found if family in ("", f.family)]
    shown = tuple(sorted((*last, *wanted), key=lambda f: f.rank or len(found)))
    cards = shared_by(index, document.source)
    side = anchors(Shared(own=cards, sourced=(), template=()))
    made = sheets(index, document, shown)
    place = next((p for p in result.areas if p.document == document.source), None)
    near = None if place or not document.region else load_areas().nearest(document.region)
    return {
        "result": result,
        "index": index,
        "images": PageImages(result, on=False),
        "view": region(index, analysis),
        "document": document,
        "place": place,
        "near": near,
        "sheets": made,
        "marked_on": {
            index.anchor(f): [s for s in made if index.anchor(f) in s.anchors] for f in shown
        },
        "absent": [f for f in shown if f.page is None],
        "families": [(one, FAMILIES.get(one, one)) for one in sorted({f.family for f in found})],
        "live": len(found),
        "aside": aside,
        "cards": cards,
        "passage_anchors": side,
        "told_in": {
            side[q.document, q.start, q.end]: index.anchor(f)
            for f in reversed(shown)
            for q in f.quotations
            if (q.document, q.start, q.end) in side
        },
        "unsure": not place or any(guess.confidence == "low" for guess in document.guesses),
    }
