"""The digest of a corpus: read, identified and analysed as an audit does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.digest import Digest, make_digest
from stratlint.errors import UsageError, shown
from stratlint.records import NotRead, Record
from stratlint.run.audit import gather
from stratlint.run.corpus import official_evidence
from stratlint.run.figures import table_keys
from stratlint.run.judge import ground_of

if TYPE_CHECKING:
    from stratlint.run.corpus import Corpus
    from stratlint.run.run import Run


class Digested(Record):
    """A digest, what could not be read for it, and what a person should know of the corpus."""

    digest: Digest
    not_read: tuple[NotRead, ...]
    warnings: tuple[str, ...]


def digest_of(corpus: Corpus, run: Run) -> Digested:
    """The digest of a corpus. Raises UsageError when no document could be read."""
    gathered = gather(corpus, ground_of(corpus, run), run)
    if not gathered.documents:
        first = next((f": {f.source}: {f.reason}" for f in gathered.not_read), "")
        raise UsageError(f"{shown(corpus.folder)}: none of the documents could be read{first}")
    same = table_keys(corpus.evidence) == table_keys(official_evidence())
    made = make_digest(
        corpus.title,
        gathered.analyses,
        gathered.by_role("source"),
        rules=corpus.rules,
        own_evidence=() if same else [path.name for path in corpus.evidence],
    )
    return Digested(digest=made, not_read=gathered.not_read, warnings=gathered.corpus.warnings)
