"""The modelled corpus itself: what it promises about its documents, its figures and its gold."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pdfplumber
import pytest
import yaml
from pypdf import PdfReader

from stratlint.documents import read
from stratlint.knowledge.taxonomy import load_taxonomy

# One worker reads each document once for all its tests.
pytestmark = pytest.mark.xdist_group("modelled documents")

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "corpora" / "english-regions"
MANIFEST: dict[str, Any] = yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8"))
GOLD: dict[str, Any] = yaml.safe_load((FOLDER / "gold.yaml").read_text(encoding="utf-8"))
DOCUMENTS: list[dict[str, Any]] = MANIFEST["documents"]
SLUGS = [Path(d["file"]).stem for d in DOCUMENTS]
STRATEGIES = [Path(d["file"]).stem for d in DOCUMENTS if d.get("role") != "source"]
FAMILIES = {"SB", "TR", "FR", "RU", "CT", "IJ", "LD", "BU", "SK", "EV"}

# Rows of the sources' tables and the industries that they name, year by year as each table says.
INDUSTRIES = {
    "Agriculture, forestry and fishing": ("01", "02", "03"),
    "Basic and fabricated metals": ("24", "25"),
    "Basic metals": ("24",),
    "Coke, refined petroleum and chemicals": ("19-20",),
    "Computer programming and consultancy": ("62",),
    "Computer, electronic and optical products": ("26",),
    "Electrical equipment": ("27",),
    "Electricity and gas supply": ("35",),
    "Electricity, gas and steam": ("35",),
    "Film and television production": ("59",),
    "Financial and insurance activities": ("64", "65", "66"),
    "Financial services, excluding insurance": ("64",),
    "Food products": ("10",),
    "Head offices and management consultancy": ("70",),
    "Human health services": ("86",),
    "Machinery and equipment": ("28",),
    "Motor vehicles": ("29",),
    "Other transport equipment (chiefly aircraft)": ("30",),
    "Paper products": ("17",),
    "Pharmaceutical products": ("21",),
    "Scientific research and development": ("72",),
    "Telecommunications": ("61",),
    "Textiles": ("13",),
}
TABLE_YEARS = {
    "north-east": ("North East", 2005),
    "north-west": ("North West", 2005),
    "east-of-england": ("East of England", 2006),
}


@functools.cache
def _builder() -> ModuleType:
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError) as missing:  # OSError: WeasyPrint without pango
        pytest.skip(f"the builder needs WeasyPrint and pango: {missing}")
    spec = importlib.util.spec_from_file_location("english_regions_build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@functools.cache
def _pages(slug: str) -> dict[str, str]:
    """Text of each page by its label, by pdfplumber."""
    labels = PdfReader(FOLDER / f"{slug}.pdf").page_labels
    with pdfplumber.open(FOLDER / f"{slug}.pdf") as pdf:
        texts = [page.extract_text(use_text_flow=True) or "" for page in pdf.pages]
    return dict(zip(labels, texts, strict=True))


def _bare(text: str) -> str:
    """Letters and digits only: neither hyphenation nor split ligatures nor line ends count."""
    return re.sub(r"[\W_]+", "", text).casefold()


def test_manifest_names_every_pdf_and_no_other() -> None:
    assert {d["file"] for d in DOCUMENTS} == {p.name for p in FOLDER.glob("*.pdf")}
    assert len(STRATEGIES) == 9
    assert len({d["region"] for d in DOCUMENTS if d.get("role") != "source"}) == 9
    assert all(d["modelled"] for d in DOCUMENTS)
    assert {p.stem for p in (FOLDER / "sources").glob("*.md")} - {"README"} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_pdf_is_small_and_says_that_it_is_modelled(slug: str) -> None:
    path = FOLDER / f"{slug}.pdf"
    assert path.stat().st_size <= 150 * 1024
    title_page = next(iter(_pages(slug).values()))
    assert "written for stratlint. Not a publication of any" in " ".join(title_page.split())


@pytest.mark.parametrize("slug", SLUGS)
def test_each_strategy_has_three_thousand_words(slug: str) -> None:
    least = 3000 if slug in STRATEGIES else 1500
    assert _builder().word_count(slug) >= least


@pytest.mark.parametrize("document", DOCUMENTS, ids=SLUGS)
def test_manifest_and_source_agree(document: dict[str, Any]) -> None:
    meta = _builder().load(Path(document["file"]).stem).meta
    assert meta["title"] == document["title"]
    assert meta["year"] == document["year"]
    assert meta["region"] == document.get("region")


def test_layouts_differ() -> None:
    metas = [_builder().load(slug).meta for slug in STRATEGIES]
    assert {m["layout"] for m in metas} >= {"one", "two", "three"}
    for feature in ("running_head", "roman", "hyphenate", "split_ligatures"):
        assert any(m.get(feature) for m in metas), feature
    roman = next(s for s, m in zip(STRATEGIES, metas, strict=True) if m.get("roman"))
    assert list(_pages(roman))[:3] == ["i", "ii", "1"] or "iii" in _pages(roman)


@pytest.mark.parametrize("slug", STRATEGIES)
def test_gold_pages_hold_the_sectors(slug: str) -> None:
    taxonomy = load_taxonomy()
    gold = GOLD["priorities"][slug]
    for sector, labels in gold["sectors"].items():
        entry = taxonomy.by_id[sector]
        terms = {_bare(term) for term in (entry.name, *entry.labels, *entry.alternative)}
        for label in labels:
            text = _bare(_pages(slug)[label])
            assert any(term in text for term in terms), (sector, label)


def test_gold_sector_ids_exist_and_do_not_contradict() -> None:
    known = set(load_taxonomy().by_id)
    for slug, gold in GOLD["priorities"].items():
        wanted, refused = set(gold["sectors"]), set(gold["not"])
        optional = set(gold.get("optional", ()))
        assert wanted | refused | optional <= known, slug
        assert not wanted & refused, slug
        assert not optional & (wanted | refused), slug


@pytest.mark.parametrize("passage", GOLD["shared_passages"], ids=lambda p: str(p["id"]))
def test_shared_passages_stand_where_gold_says_and_nowhere_else(passage: dict[str, Any]) -> None:
    start = _bare(passage["starts"])
    said = {**passage["holders"], **passage.get("attributed", {}), **passage.get("source", {})}
    for slug, label in said.items():
        assert start in _bare(_pages(slug)[label]), (slug, label)
    if passage["kind"] == "verbatim":
        found = {s for s in SLUGS if any(start in _bare(t) for t in _pages(s).values())}
        assert found == set(said)


def test_rule_families_are_decided_once() -> None:
    assert set(GOLD["rules"]) == set(STRATEGIES)
    for slug, gold in GOLD["rules"].items():
        fires, silent = set(gold["fires"]), set(gold["silent"])
        assert fires | silent <= FAMILIES, slug
        assert not fires & silent, slug
    assert set(GOLD["rules"]["east-of-england"]["silent"]) == FAMILIES


def test_eight_of_nine_prioritise_life_sciences() -> None:
    holders = {s for s, gold in GOLD["priorities"].items() if "life_sciences" in gold["sectors"]}
    assert len(holders) == 8
    assert holders == set(GOLD["life_sciences"]["prioritised_by"])
    assert "life_sciences" in GOLD["priorities"]["london"]["not"]


@pytest.fixture(scope="module")
def gva() -> pd.DataFrame:
    path = ROOT / "corpora" / "evidence" / "gva.csv"
    wide = pd.read_csv(path, dtype={"industry_code": str})
    keys = ["region", "industry_code", "industry_name"]
    return wide.melt(keys, var_name="year").astype({"year": int})


def _quotient(
    gva: pd.DataFrame, region: str, year: int, codes: tuple[str, ...]
) -> tuple[float, float]:
    """Size and location quotient (England = 1) straight from the table."""
    rows = gva[gva["year"] == year]

    def size(place: str, wanted: tuple[str, ...]) -> float:
        here = rows[(rows["region"] == place) & rows["industry_code"].isin(wanted)]
        return float(here["value"].sum())

    share = size(region, codes) / size(region, ("Total",))
    return size(region, codes), share / (size("England", codes) / size("England", ("Total",)))


@pytest.mark.parametrize("slug", sorted(TABLE_YEARS))
def test_tables_repeat_the_evidence(slug: str, gva: pd.DataFrame) -> None:
    region, year = TABLE_YEARS[slug]
    text = (FOLDER / "sources" / f"{slug}.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([\d,]+) \| (\d\.\d\d) \|", text, re.MULTILINE)
    assert len(rows) >= 9
    for name, size, quotient in rows:
        value, expected = _quotient(gva, region, year, INDUSTRIES[name])
        assert float(size.replace(",", "")) == pytest.approx(value, abs=1.5), name
        assert float(quotient) == pytest.approx(expected, abs=0.02), name


@pytest.mark.parametrize("slug", sorted(GOLD["life_sciences"]["quotients"]))
def test_life_science_quotients_of_gold(slug: str, gva: pd.DataFrame) -> None:
    document = DOCUMENTS[SLUGS.index(slug)]
    value = _quotient(gva, document["region"], document["year"], ("21", "72"))[1]
    assert GOLD["life_sciences"]["quotients"][slug] == pytest.approx(value, abs=0.006)
    below = slug in GOLD["life_sciences_without_evidence"]
    assert (value < 1) == below


@functools.cache
def _built() -> bytes:
    """The national document, which is the shortest."""
    built: bytes = _builder().build("national-framework")
    return built


@functools.cache
def _made_elsewhere() -> bool:
    """Whether other fonts or another WeasyPrint built the committed files: one tells it of all."""
    committed = FOLDER / "national-framework.pdf"
    made_with = _builder().made_with
    return bool(made_with(committed.read_bytes()) != made_with(_built()))


@pytest.mark.slow
def test_a_build_gives_the_same_bytes_twice() -> None:
    again = _builder().build("national-framework")
    assert sha256(again).digest() == sha256(_built()).digest()


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_pdfs_are_what_the_sources_give(slug: str, tmp_path: Path) -> None:
    """Needs the WeasyPrint and the fonts that built the committed files.

    Fonts of one name are cut to size by whichever library is there, so bytes may differ where
    every word stands in its place.
    """
    builder = _builder()
    committed = FOLDER / f"{slug}.pdf"
    if _made_elsewhere():
        pytest.skip("the committed PDFs were built with other fonts or another WeasyPrint")
    made = builder.build(slug)
    # Bytes are compared by their hashes: a difference of two files takes minutes to print.
    if sha256(made).digest() == sha256(committed.read_bytes()).digest():
        return
    if builder.made_with(committed.read_bytes()) != builder.made_with(made):
        pytest.skip("the committed PDF was built with other fonts")
    again = tmp_path / committed.name
    again.write_bytes(made)
    assert _told(again) == _told(committed)


def _told(path: Path) -> list[tuple[str, str, str]]:
    """What a reader finds: the page, the role and the words of each block."""
    document = read(path)
    return [
        (document.pages[block.page].label, block.role.value, document.block_text(index))
        for index, block in enumerate(document.blocks)
    ]


def test_columns_under_a_heading_of_both_are_read_one_after_the_other() -> None:
    """A short heading over two columns crosses no gutter; the columns above it end there.

    Each paragraph of the sources that the PDFs were made from stands whole in their text, but
    for captions and for those that a page, a box or a note parts.
    """
    whole = wanted = 0
    for slug in STRATEGIES:
        text = _letters(read(FOLDER / f"{slug}.pdf").text)
        source = (FOLDER / "sources" / f"{slug}.md").read_text(encoding="utf-8")
        for paragraph in re.split(r"\n\s*\n", source):
            if len(paragraph.split()) < 12 or paragraph.strip()[0] in "#|-*>[:{<!":
                continue
            if "[^" in paragraph or paragraph.startswith("Table:"):
                continue
            wanted += 1
            whole += _letters(re.sub(r"[*_]", "", paragraph)) in text
    assert wanted > 360
    assert wanted - whole <= 7


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())
