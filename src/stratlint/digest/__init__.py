"""A corpus without its texts: what corpus rules need to check a draft against it.

:mod:`~stratlint.digest.file` says what a profile holds, :mod:`~stratlint.digest.making`
makes one, :mod:`~stratlint.digest.shadows` turns it back into what a comparison reads, and
:mod:`~stratlint.digest.checking` checks a draft against one.
"""

from __future__ import annotations

from stratlint.digest.checking import check_against
from stratlint.digest.file import (
    NOTICE,
    ProfileEntry,
    ProfileFile,
    encode_profile,
    load_profile,
)
from stratlint.digest.making import make_profile

__all__ = [
    "NOTICE",
    "ProfileEntry",
    "ProfileFile",
    "check_against",
    "encode_profile",
    "load_profile",
    "make_profile",
]
