"""What an audit found, kept between runs: an unchanged corpus is not judged twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from pydantic import BaseModel

from stratlint._version import __version__
from stratlint.evidence import card_path
from stratlint.knowledge.version import knowledge_version
from stratlint.records import AuditResult, DocumentAnalysis, Priority, Record
from stratlint.run.analysis import file_hash
from stratlint.workers.cache import Cache

if TYPE_CHECKING:
    from stratlint.rules.rule import Rule
    from stratlint.run.corpus import Corpus
    from stratlint.run.settings import Settings

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
            if (note := card_path(table)).is_file()
        ],
        "rules": [plain(rule) for rule in rules],
        "settings": settings.model_dump(mode="json", exclude=_NOT_JUDGED),
        "only": only_document,
        "version": f"{__version__} {knowledge_version()}",
    }  # fmt: skip
    return "judgement " + hashlib.sha256(msgspec.json.encode(inputs, order="sorted")).hexdigest()


def plain(value: Any) -> Any:
    """A rule or a part of it as JSON can hold it: the same in every process.

    ``repr`` is not: the order of a set depends on the process. A check's function is shown by
    its name; its code is under the version of the knowledge.
    """
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    elif is_dataclass(value) and not isinstance(value, type):
        value = {entry.name: getattr(value, entry.name) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(entry) for entry in value), key=repr)
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return value if isinstance(value, (int, float, type(None))) else str(value)


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
