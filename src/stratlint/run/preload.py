"""What workers share: loaded once, in the process that they are forked from.

Word lists, gazetteer, models and rules take half of a worker's memory and most of its first
second. A made-up sentence is analysed and judged here when the module is imported, which the
fork server does before it makes the first worker; every worker then has all of it already, in
pages that it shares with the others. Nothing else imports this module.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
from types import ModuleType

from stratlint.errors import StratlintError
from stratlint.records import Block, Document, Page, Role
from stratlint.run.analyse import analyse_document
from stratlint.text.wordings import READERS

_TEXT = "We will support firms that build ships in Hull, with the university and the council."


def _load_spacy() -> None:
    """Load spaCy without its command line, which takes a quarter of its time (an HTTP client).

    What stands in for it is gone at once: whoever asks for ``spacy.cli`` later, a task of
    somebody else in the same worker, gets the real one.
    """
    if "spacy" in sys.modules:
        return
    stand_in, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    stand_in.__path__ = []

    def late(*given: object, **named: object) -> object:
        return importlib.import_module("spacy.cli.info").info(*given, **named)

    info.info = late  # type: ignore[attr-defined]
    stands_in = {"spacy.cli": stand_in, "spacy.cli.info": info}
    sys.modules.update(stands_in)
    try:
        importlib.import_module("spacy")
    finally:
        for name in stands_in:
            sys.modules.pop(name, None)


def _kindle() -> None:
    from stratlint.rules import judge_document, load_rules

    document = Document(
        sha256="",
        source="made-up.txt",
        reader="plain",
        text=_TEXT,
        body_end=len(_TEXT),
        pages=(Page(index=0, label="1"),),
        blocks=(Block(role=Role.PARAGRAPH, page=0, start=0, end=len(_TEXT)),),
        region="Yorkshire and the Humber",
    )
    judge_document(load_rules(), analyse_document(document), ())
    for read in READERS.values():
        read()


# A broken installation is reported where somebody asks for something, by name.
with contextlib.suppress(StratlintError, OSError):
    _load_spacy()
    _kindle()
# What is here stays: a collector that visits it would copy every shared page.
gc.collect()
gc.freeze()
# A document makes millions of small things and few cycles among them: looked for after 10,000
# instead of 700, they take a fiftieth of a worker's time. A pool looks again after each task.
gc.set_threshold(10_000, 10, 10)
