"""A corpus without its texts: what a profile holds, and that rules run on it as on the corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stratlint
from stratlint.comparison import find_passages
from stratlint.digest import DigestEntry, encode_digest, load_digest
from stratlint.digest.shadows import shadow_source
from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.records import AuditResult
from stratlint.rules.checks.national import sector_lists
from stratlint.run.corpus import load_corpus
from stratlint.run.digesting import digest_of
from stratlint.workers.execution import InlineExecutor
from tests.made import EAST_MIDLANDS, NATIONAL, NORTH_EAST, SHARED, SOUTH_WEST
from tests.runs import inline


def write_profile(corpus: Path, target: Path) -> Path:
    """The profile of a corpus, on disk."""
    made = digest_of(load_corpus(corpus), inline())
    target.write_text(encode_digest(made.digest), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def profile(made_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made corpus's profile."""
    return write_profile(made_corpus, tmp_path_factory.mktemp("profile") / "regions.json")


def test_no_four_words_of_a_document_stand_in_its_profile(profile: Path) -> None:
    held = " ".join(profile.read_text(encoding="utf-8").casefold().split())
    for text in (NORTH_EAST, SOUTH_WEST, EAST_MIDLANDS, NATIONAL):
        body = text.split("\n", 2)[2]  # titles are no secret
        words = body.casefold().split()
        for at in range(len(words) - 3):
            run = " ".join(words[at : at + 4])
            assert run not in held, run


def test_names_are_masked_in_what_is_counted(profile: Path) -> None:
    counted = {
        word
        for document in json.loads(profile.read_text(encoding="utf-8"))["documents"]
        for chapter in document["chapters"]
        for word in chapter["counts"]
    }
    assert "apprentice" in counted
    assert counted.isdisjoint({"plymouth", "gateshead", "derby", "teesside", "the"})


def test_a_shared_passage_is_found_with_region_and_page_and_quotes_the_draft_alone(
    profile: Path, made_corpus: Path
) -> None:
    result = stratlint.check(
        made_corpus / "north-east.md",
        region="North East",
        against=profile,
        executor=InlineExecutor(),
    )
    found = [f for f in result.findings if f.rule == "TR001"]
    assert len(found) == 1
    assert "South West" in found[0].message
    own, other = found[0].quotations
    assert " ".join(own.text.split()) == SHARED.rstrip(".")
    assert (other.document, other.text, other.page_label) == ("south-west.md", "", "1")
    shadow = result.analysis("south-west.md")
    assert shadow.document.text == ""
    assert shadow.priorities


def test_the_page_says_what_it_does_not_hold(profile: Path, made_corpus: Path) -> None:
    from stratlint.reporting.draft import render_draft

    result = stratlint.check(
        made_corpus / "north-east.md",
        region="North East",
        against=profile,
        executor=InlineExecutor(),
    )
    page = render_draft(result, "html")
    assert "The words are not held here" in str(page)
    assert "<blockquote><bdi></bdi></blockquote>" not in str(page)
    assert "also in south-west.md, page 1" in str(render_draft(result, "text"))


def test_the_drafts_own_region_and_the_draft_itself_are_left_out(
    profile: Path, made_corpus: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "draft.md"
    changed.write_text(NORTH_EAST + "\nOne more line.\n", encoding="utf-8")
    for path in (changed, made_corpus / "north-east.md"):
        result = stratlint.check(
            path, region="North East", against=profile, executor=InlineExecutor()
        )
        sources = [a.document.source for a in result.analyses]
        assert sorted(sources) == sorted([path.name, "south-west.md", "east-midlands.md"])


@pytest.mark.parametrize("name", ["north-east", "south-west", "east-midlands"])
def test_profile_and_corpus_agree_on_the_made_corpus(
    profile: Path, made_corpus: Path, name: str
) -> None:
    path = made_corpus / f"{name}.md"
    region = name.replace("-", " ").title()
    from_corpus, from_profile = (
        stratlint.check(
            path, region=region, year=2007, against=against, executor=InlineExecutor(), preview=True
        )
        for against in (made_corpus, profile)
    )
    assert _other_rules(from_corpus) == _other_rules(from_profile)
    assert _copied_from(from_corpus, 25) == _copied_from(from_profile, 25)
    _assert_same_numbers(from_corpus, from_profile)


def test_a_copy_of_another_regions_document_is_known_as_one(
    profile: Path, made_corpus: Path, tmp_path: Path
) -> None:
    """The same bytes under another region are a copy, not the draft itself."""
    copy = tmp_path / "draft.md"
    copy.write_bytes((made_corpus / "south-west.md").read_bytes())
    from_corpus, from_profile = (
        stratlint.check(
            copy, region="London", year=2007, against=against, executor=InlineExecutor()
        )
        for against in (made_corpus, profile)
    )
    assert _other_rules(from_corpus) == _other_rules(from_profile)
    _assert_same_numbers(from_corpus, from_profile)
    assert "south-west.md" in _copied_from(from_profile, 25)
    assert any("very file" in warning for warning in from_profile.warnings)


def test_every_sector_of_a_national_list_comes_back_out() -> None:
    taxonomy = load_taxonomy()
    every = tuple(sorted(sector.id for sector in taxonomy.sectors))
    for ids in (every, every[::2], every[1::3]):
        entry = DigestEntry(
            source="national.pdf",
            sha256="0",
            role="source",
            region=None,
            title=None,
            year=None,
            pages=("1",),
            priorities=(),
            commitments={},
            chapters=(),
            sector_lists=(ids,),
            runs={},
            named_runs="",
            total_runs=0,
        )
        assert sector_lists(shadow_source(entry), taxonomy, 2) == [frozenset(ids)]


def test_a_file_that_is_no_profile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"schema_version": "1"}', encoding="utf-8")
    with pytest.raises(stratlint.UsageError, match="is no digest"):
        load_digest(path)


def test_two_profiles_of_one_corpus_are_the_same_bytes(
    profile: Path, made_corpus: Path, tmp_path: Path
) -> None:
    again = write_profile(made_corpus, tmp_path / "again.json")
    assert again.read_bytes() == profile.read_bytes()


@pytest.mark.slow
def test_profile_and_corpus_agree_on_the_modelled_corpus(corpus_dir: Path, tmp_path: Path) -> None:
    """Numbers to the last digit, the same findings but for reuse, and the same shared passages.

    The borders of a passage differ by some words, and the imprint that the modelled documents
    share on their covers is too scattered for runs of words: the first pages are left out.
    """
    target = write_profile(corpus_dir, tmp_path / "regions.json")
    # Four of the nine: together they hold a passage of every kind that the corpus has.
    chosen = {"yorkshire-and-the-humber.pdf", "west-midlands.pdf", "south-east.pdf", "london.pdf"}
    for entry in load_corpus(corpus_dir).entries:
        if entry.source not in chosen:
            continue
        from_corpus, from_profile = (
            stratlint.check(
                entry.path,
                region=entry.region,
                year=entry.year,
                against=against,
                executor=InlineExecutor(),
                preview=True,
            )
            for against in (corpus_dir, target)
        )
        _assert_same_numbers(from_corpus, from_profile)
        assert _other_rules(from_corpus) == _other_rules(from_profile)
        known = _held(from_profile)
        for other, start, end in _aligned(from_corpus, words=25, first_page=2):
            assert any(
                holder == other and low < end and high > start for holder, low, high in known
            ), (entry.source, other, start, end)


def _aligned(result: AuditResult, *, words: int, first_page: int) -> list[tuple[str, int, int]]:
    """Other holder and span of each alignment of the draft's text, pairwise."""
    found = find_passages([a.document for a in result.analyses]).alignments
    rows = [(i.b, i.a_start, i.a_end, i.words) for i in found if i.a == result.title]
    rows += [(i.a, i.b_start, i.b_end, i.words) for i in found if i.b == result.title]
    document = result.analysis(result.title).document
    return [
        (other, start, end)
        for other, start, end, n in rows
        if n >= words and document.page_at(start).index >= first_page
    ]


def _held(result: AuditResult) -> list[tuple[str, int, int]]:
    """Other holder and the draft's span of each passage."""
    comparison = result.comparison
    assert comparison is not None
    return [
        (other.document, own.quotation.start, own.quotation.end)
        for passage in comparison.passages
        for own in passage.holdings
        for other in passage.holdings
        if own.document == result.title and other is not own
    ]


def _findings(result: AuditResult) -> list[tuple[str, str, str]]:
    return sorted((f.rule, f.fingerprint, f.message) for f in result.findings)


def _other_rules(result: AuditResult) -> list[tuple[str, str, str]]:
    return [row for row in _findings(result) if not row[0].startswith("TR")]


def _copied_from(result: AuditResult, words: int) -> set[str]:
    """Other holders of the draft's passages of at least so many words."""
    comparison = result.comparison
    assert comparison is not None
    return {
        holding.document
        for passage in comparison.passages
        if passage.words >= words and any(h.document == result.title for h in passage.holdings)
        for holding in passage.holdings
        if holding.document != result.title
    }


def _assert_same_numbers(first: AuditResult, second: AuditResult) -> None:
    a, b = first.comparison, second.comparison
    assert a is not None
    assert b is not None
    assert a.similarities == b.similarities
    assert a.order == b.order
    assert a.emphasis == b.emphasis
    assert a.quotients == b.quotients
    assert [f for f in a.fits if f.document == first.title] == [
        f for f in b.fits if f.document == second.title
    ]
    assert [k for k in a.keywords if k.document == first.title] == [
        k for k in b.keywords if k.document == second.title
    ]
