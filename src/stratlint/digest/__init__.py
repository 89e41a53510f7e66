"""A corpus without its texts: what corpus rules need to check a draft against it.

:mod:`~stratlint.digest.file` says what a digest holds, :mod:`~stratlint.digest.making` makes
one, :mod:`~stratlint.digest.shadows` turns it back into what a comparison reads, and
:mod:`~stratlint.digest.beside` puts that beside a draft.
"""

from __future__ import annotations

from stratlint.digest.beside import Beside, beside
from stratlint.digest.file import NOTICE, Digest, DigestEntry, encode_digest, load_digest
from stratlint.digest.making import make_digest
from stratlint.digest.shadows import SHADOW, without_text

__all__ = [
    "NOTICE",
    "SHADOW",
    "Beside",
    "Digest",
    "DigestEntry",
    "beside",
    "encode_digest",
    "load_digest",
    "make_digest",
    "without_text",
]
