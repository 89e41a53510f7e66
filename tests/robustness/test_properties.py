"""What holds for any input, not only for the ones we thought of."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stratlint.atomic import write_atomically, write_together
from stratlint.documents import ReadOptions, read
from stratlint.errors import FileFault, UnreadableInput
from stratlint.knowledge.yamlfile import load_yaml_text
from stratlint.records import Document
from stratlint.run.corpus import Manifest

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PROSE = st.text(
    st.sampled_from("abcdefghijé ﬁ-–\n\n\t.,;:•*#>|<&'\"’0123456789ABC\x0c\u00ad\u0301"),
    max_size=600,
)


def read_bytes(data: bytes, suffix: str, repair: bool | None = None) -> Document | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        try:
            return read(path, ReadOptions(repair=repair))
        except UnreadableInput as error:
            refused = error
    assert refused.code
    assert refused.message
    return None


def assert_sound(document: Document) -> None:
    """Blocks lie inside the text, in order, and so do their lines, cells and pages."""
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        end = block.end
        assert 0 <= block.page < len(document.pages)
        for line in block.lines:
            assert block.start <= line.start <= line.end <= block.end
            assert 0 <= line.page < len(document.pages)
        for start, stop in block.cells:
            assert block.start <= start <= stop <= block.end
        for link in (block.heading, block.lead_in, block.header):
            assert link is None or 0 <= link < len(document.blocks)
    assert 0 <= document.body_end <= len(document.text)
    assert [page.index for page in document.pages] == list(range(len(document.pages)))


@FEW
@given(PROSE, st.sampled_from([".txt", ".md", ".html"]), st.booleans())
def test_spans_lie_inside_the_text(text: str, suffix: str, repair: bool) -> None:
    document = read_bytes(text.encode(), suffix, repair)
    if document is not None:
        assert_sound(document)


@FEW
@given(PROSE)
def test_plain_text_that_is_not_repaired_is_the_file(text: str) -> None:
    document = read_bytes(text.encode(), ".txt", repair=False)
    if document is not None:
        assert document.text == text


@FEW
@given(st.binary(max_size=300), st.sampled_from([".pdf", ".docx", ".txt", ".html", ".md"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    lead = b"%PDF-1.4\n" if suffix == ".pdf" else b""
    document = read_bytes(lead + data, suffix)
    if document is not None:
        assert_sound(document)


@FEW
@given(st.one_of(st.text(max_size=200), st.text(st.sampled_from("a: -[]{}&*!#|>'\"\n\t?,"))))
def test_any_text_is_a_manifest_or_a_fault(text: str) -> None:
    try:
        load_yaml_text(text, Manifest, path="manifest.yaml")
    except FileFault as fault:
        refused = fault
    else:
        return
    assert refused.message.startswith("manifest.yaml")


@FEW
@given(st.dictionaries(st.sampled_from("abcde"), st.binary(max_size=50), min_size=1))
def test_files_written_together_are_all_there(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_atomically(folder / "a", b"before")
        write_together({folder / key: data for key, data in files.items()})
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert found == ({"a": b"before"} | files)


WORDS = st.lists(st.sampled_from("region growth will support skills firms in the of".split()))


@FEW
@given(WORDS, WORDS)
def test_alignments_stay_inside_both_texts(first: list[str], second: list[str]) -> None:
    from stratlint.comparison.passages.alignments import align

    shared = "the agency will open eleven shared workshops along the river for small makers"
    a = " ".join([*first, shared, *second])
    b = " ".join([*second, shared, *first])
    for item in align(a, b):
        assert 0 <= item.a_start < item.a_end <= len(a)
        assert 0 <= item.b_start < item.b_end <= len(b)
        assert item.words > 0
