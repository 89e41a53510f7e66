"""What changed from one version to the next: the records of a difference."""

from __future__ import annotations

from stratlint.records import Finding, Record


class PriorityChange(Record):
    """A sector that is a priority in either version.

    ``change`` is ``added``, ``dropped``, ``re-ranked`` or ``unchanged``.
    """

    document: str
    sector: str
    sector_name: str
    change: str
    old_rank: int | None
    new_rank: int | None


class SectionChange(Record):
    """Words of one section of the new version, and how many stand in the old one."""

    heading: str
    page_label: str
    words: int
    kept: int


class TextChange(Record):
    """Text of the new version against the old: words, and those in runs that both have."""

    old_words: int
    new_words: int
    kept: int
    old_kept: int
    sections: tuple[SectionChange, ...]

    @property
    def share(self) -> float:
        """Share of the new text that stands in the old version."""
        return self.kept / self.new_words if self.new_words else 0.0


class FindingChange(Record):
    """A finding of either version.

    ``kept_text`` says whether the words it quotes stand in both versions; None where there is
    no text to compare, or the finding quotes none.
    """

    finding: Finding
    kept_text: bool | None = None


class Difference(Record):
    """Everything that changed.

    Documents are matched by region, or by file where a region has several; findings by their
    fingerprint within a document.
    """

    old: str
    new: str
    documents_added: tuple[str, ...]
    documents_dropped: tuple[str, ...]
    priorities: tuple[PriorityChange, ...]
    new_findings: tuple[FindingChange, ...]
    fixed: tuple[FindingChange, ...]
    still: tuple[FindingChange, ...]
    text: TextChange | None = None
