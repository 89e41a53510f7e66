"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.made import write_corpus

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measurement data beside the checkout; tests on real documents skip without it."""
    folder = Path(os.environ.get("STRATLINT_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"needs the measurement data, which are not at {folder} (STRATLINT_SHARED)")
    return folder


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The modelled corpus of the repository."""
    return ROOT / "corpora" / "english-regions"


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests never read or fill the cache of the person who runs them."""
    os.environ["STRATLINT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def made_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three regions and a national document."""
    return write_corpus(tmp_path_factory.mktemp("corpus"))
