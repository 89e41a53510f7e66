"""The made corpus, once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.daily.made import write_corpus


@pytest.fixture(scope="session")
def made_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three regions and a national document."""
    return write_corpus(tmp_path_factory.mktemp("corpus"))
