"""Read one file into a Document: PDF, Word, HTML, Markdown and plain text."""

from __future__ import annotations

from stratlint.documents.options import SUPPORTED, ReadOptions
from stratlint.documents.reader import read

__all__ = ["SUPPORTED", "ReadOptions", "read"]
