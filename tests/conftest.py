"""What all tests share."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.made import write_corpus

ROOT = Path(__file__).resolve().parent.parent

# Hundreds of processes start in these tests. One that finds no compiled modules, and may leave
# none, compiles three hundred: a seventh of an audit's time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


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
    """Tests never read or fill the cache of the person who runs them.

    Those that share the tests share one, as two runs may: what one has read, none reads again.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    os.environ["STRATLINT_CACHE_DIR"] = str(folder / "cache")


@pytest.fixture(scope="session")
def made_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three regions and a national document."""
    return write_corpus(tmp_path_factory.mktemp("corpus"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where workers share the tests, slow ones come first: both are busy to the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


_REMEDIES = {
    "chromium": "apt-get install chromium",
    "java": "apt-get install default-jre-headless",
    "npm": "(cd tests/browser && npm ci)",
    "measurement data": "set STRATLINT_SHARED to the folder of the measurement data",
    "fonts": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "atheris": "make fuzz",
    "the group docs": "pip install --group docs",
    "stratlint[lsp]": "pip install 'stratlint[lsp]'",
    "stratlint[plot]": "pip install 'stratlint[plot]'",
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on the last lines what was skipped, and the one command that mends it."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        word = next((word for word in _REMEDIES if word in reason), "")
        reasons[word] += 1
    for word, number in sorted(reasons.items()):
        mend = f"; to run them: {_REMEDIES[word]}" if word else ""
        terminalreporter.write_line(f"{number} tests skipped for want of {word or 'others'}{mend}")
