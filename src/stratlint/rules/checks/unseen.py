"""Words that are in the file and that a reader of it cannot see."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Quotation
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """Warnings of these codes become findings."""

    codes: tuple[str, ...] = ("hidden-text",)
    words_at_least: int = Field(default=6, ge=1)
    """Words of letters in what is quoted: labels of charts and printers' marks have fewer."""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    for warning in view.document.warnings:
        words = [word for word in (warning.quote or "").split() if word.strip(".,…").isalpha()]
        if warning.code not in options.codes or len(words) < options.words_at_least:
            continue
        page = view.document.pages[warning.page or 0]
        # The words are no part of the text, so there is no offset to point to.
        quotation = Quotation(
            document=view.source,
            page=page.index,
            page_label=page.label,
            text=warning.quote or warning.message,
            start=0,
            end=0,
        )
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"said": warning.message.rstrip(".")},
            quotations=(quotation,),
            subject=warning.message,
        )


CHECK = Check(
    name="hidden-words",
    level="document",
    options=Options,
    holes={"said": "Page 4 holds 12 words that cannot be seen (white), left out: “…”"},
    run=_run,
    doc="Words of the file that were left out because a reader cannot see them.",
)
