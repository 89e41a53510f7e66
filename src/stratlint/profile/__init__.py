"""A corpus without its texts: what corpus rules need to check a draft against it.

:mod:`~stratlint.profile.file` says what a profile holds, :mod:`~stratlint.profile.making`
makes one, :mod:`~stratlint.profile.shadows` turns it back into what a comparison reads, and
:mod:`~stratlint.profile.checking` checks a draft against one.
"""

from __future__ import annotations

from stratlint.profile.checking import check_against
from stratlint.profile.file import (
    NOTICE,
    ProfileEntry,
    ProfileFile,
    encode_profile,
    load_profile,
)
from stratlint.profile.making import make_profile

__all__ = [
    "NOTICE",
    "ProfileEntry",
    "ProfileFile",
    "check_against",
    "encode_profile",
    "load_profile",
    "make_profile",
]
