"""What an audit found, kept between runs: an unchanged corpus is not judged twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from stratlint._version import __version__
from stratlint.analysis import file_hash
from stratlint.cache import Cache
from stratlint.knowledge.version import knowledge_version
from stratlint.records import AuditResult, DocumentAnalysis, Priority, Record

if TYPE_CHECKING:
    from stratlint.corpus import Corpus
    from stratlint.rules.rule import Rule
    from stratlint.settings import Settings

_NOT_JUDGED = {"jobs", "cache", "formats", "fail_on", "show", "limits", "suppressions"}
"""Settings that change nothing in what is found."""


class Judgement(Record):
    """What an audit found, without the analyses that it was made from."""

    result: AuditResult
    priorities: tuple[tuple[Priority, ...], ...]


def judgement_key(
    corpus: Corpus,
    settings: Settings,
    analyses: Sequence[DocumentAnalysis],
    rules: Sequence[Rule],
    only_document: str | None,
) -> str:
    """A hash of everything that comparison and rules depend on."""
    inputs = {
        "documents": [
            (a.document.source, a.document.sha256, a.document.region, a.document.title,
             a.document.year, a.document.reader)
            for a in analyses
        ],
        "roles": [(entry.source, entry.role) for entry in corpus.entries],
        "evidence": [file_hash(table, max_bytes=10**10) for table in corpus.evidence],
        "evidence_names": [table.name for table in corpus.evidence],
        "notes": [
            file_hash(note, max_bytes=10**10)
            for table in corpus.evidence
            if (note := table.with_suffix(".yaml")).is_file()
        ],
        # A check is a function, shown with its address; its code is under the version.
        "rules": [re.sub(r" at 0x[0-9a-fA-F]+", "", repr(rule)) for rule in rules],
        "settings": settings.model_dump(mode="json", exclude=_NOT_JUDGED),
        "only": only_document,
        "version": f"{__version__} {knowledge_version()}",
    }  # fmt: skip
    return "judgement " + hashlib.sha256(msgspec.json.encode(inputs, order="sorted")).hexdigest()


def known_judgement(key: str, analyses: Sequence[DocumentAnalysis]) -> AuditResult | None:
    """The judgement of an earlier run on the same inputs, or None."""
    with Cache() as cache:
        data = cache.get(key)
    if data is None:
        return None
    try:
        known = msgspec.msgpack.decode(data, type=Judgement)
    except msgspec.DecodeError:
        return None
    weighed = tuple(
        msgspec.structs.replace(analysis, priorities=priorities)
        for analysis, priorities in zip(analyses, known.priorities, strict=True)
    )
    return msgspec.structs.replace(known.result, analyses=weighed)


def keep_judgement(key: str, result: AuditResult) -> None:
    """Keep a judgement for the next run on the same inputs."""
    bare = msgspec.structs.replace(result, analyses=())
    kept = Judgement(result=bare, priorities=tuple(a.priorities for a in result.analyses))
    with Cache() as cache:
        cache.put(key, msgspec.msgpack.encode(kept))
