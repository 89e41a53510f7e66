"""The floors of the measures, and the fast reader against plain pdfplumber."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from rapidfuzz.distance import Indel

from stratlint.documents import ReadOptions, read
from stratlint.documents.render import as_text
from stratlint.records import Role

pytestmark = pytest.mark.shared
BROCHURES = (
    "s1_single_footnotes",
    "s2_twocol_bullets",
    "s3_twocol_justified_hyphen",
    "s4_threecol_hyphen",
    "s5_twocol_splitlig",
)
REAL = ("real_federal-register", "real_us-budget-fy2014")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _words(text: str) -> Counter[str]:
    stripped = (re.sub(r"^\W+|\W+$", "", w) for w in text.lower().split())
    return Counter(w for w in stripped if w)


def _f1(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def _score(truth: str, text: str) -> tuple[float, float]:
    order = Indel.normalized_similarity(_letters(truth), _letters(text))
    return order, _f1(_words(truth), _words(text))


def _truth(shared: Path, name: str) -> dict[str, object]:
    path = shared / "data" / "extraction" / "truth" / f"{name}.json"
    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _pdf(shared: Path, name: str) -> Path:
    return shared / "data" / "extraction" / "pdf" / f"{name}.pdf"


def test_brochures(shared: Path) -> None:
    scores = []
    for name in BROCHURES:
        blocks = _truth(shared, name)["blocks"]
        assert isinstance(blocks, list)
        scores.append(_score("\n".join(b[1] for b in blocks), read(_pdf(shared, name)).body))
    assert mean(s[0] for s in scores) >= 0.997
    assert mean(s[1] for s in scores) >= 0.995


def test_headings_of_the_brochures(shared: Path) -> None:
    for name in BROCHURES:
        blocks = _truth(shared, name)["blocks"]
        assert isinstance(blocks, list)
        wanted = Counter(" ".join(b[1].split()) for b in blocks if b[0].startswith("h"))
        document = read(_pdf(shared, name))
        found = Counter(
            document.block_text(i) for i, b in enumerate(document.blocks) if b.role is Role.HEADING
        )
        assert _f1(wanted, found) >= 0.9, name


def test_real_columns_with_their_notes(shared: Path) -> None:
    # This truth holds the footnotes where they are printed, so they are asked for.
    scores = [
        _score(str(_truth(shared, n)["text"]), as_text(read(_pdf(shared, n)), notes=True))
        for n in REAL
    ]
    assert mean(s[0] for s in scores) >= 0.98
    assert mean(s[1] for s in scores) >= 0.98


@pytest.mark.parametrize("name", ["s3_twocol_justified_hyphen", "real_us-budget-fy2014"])
def test_the_fast_reader_agrees_with_plain_pdfplumber(shared: Path, name: str) -> None:
    fast = read(_pdf(shared, name))
    slow = read(_pdf(shared, name), ReadOptions(reader="pdfplumber"))
    order, words = _score(slow.body, fast.body)
    assert (slow.reader, fast.reader) == ("pdfplumber", "pdfium")
    assert order >= 0.99
    assert words >= 0.98


def test_the_briefing_reads_clean_when_mended(shared: Path) -> None:
    path = shared / "data" / "brief" / "making-innovative-places.txt"
    raw = path.read_bytes().decode("utf-8")
    assert read(path).text == raw
    body = read(path, ReadOptions(repair=True)).body
    torn = re.findall(r"\b\w*(?:ffi|ffl|ff|fi|fl) [a-z]+", body)
    assert [t for t in torn if not re.match(r"(?:off|staff|tariff|spin-off) ", t)] == []
    assert not re.search(r"[a-z]{3}[.,;’]\d{1,2}\b", body)
