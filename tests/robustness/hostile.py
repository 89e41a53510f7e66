"""A seeded generator of broken and hostile inputs: the same seed, the same hundred files.

Each maker returns a file name and its bytes. None of them is a good document; what an audit must
do with each is end in a clear line, within its limits, and go on with the rest.
"""

from __future__ import annotations

import base64
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.robustness import costly
from tests.robustness.making import (
    CONTENT_TYPES,
    RELS,
    TEXT,
    Made,
    docx,
    good,
    lzw_zeros,
    pdf,
    simple,
    stream,
    zipped,
)


def truncated(chance: random.Random) -> Iterator[Made]:
    whole = good(400, 1)
    for n in range(12):
        cut = chance.randrange(20, len(whole) - 1)
        yield f"truncated-{n:02d}.pdf", whole[:cut]


def flipped(chance: random.Random) -> Iterator[Made]:
    whole = good(400, 2)
    for n in range(16):
        data = bytearray(whole)
        for _ in range(2 ** (n % 8)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield f"flipped-{n:02d}.pdf", bytes(data)


def circular(_: random.Random) -> Iterator[Made]:
    objects = simple()
    objects[1] = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    yield "pages-own-child.pdf", pdf(objects)
    objects[1] = b"<< /Type /Pages /Kids [3 0 R] /Parent 2 0 R /Count 1 >>"
    yield "pages-own-parent.pdf", pdf(objects)
    objects[2] = b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"
    yield "page-own-parent.pdf", pdf(objects)
    yield "length-of-itself.pdf", pdf([*simple()[:3], b"<< /Length 4 0 R >>\nstream\nx\nendstream"])
    loop = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 >>\n"
    loop += b"startxref\n9\n%%EOF"
    yield "xref-own-previous.pdf", loop
    form = stream(
        b"/X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    page = b"/Rotate 0"
    objects = [*simple(b"/X Do", page=page), form]
    objects[2] = objects[2].replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    yield "form-in-itself.pdf", pdf(objects)
    outline = [
        *simple(),
        b"<< /First 7 0 R /Last 7 0 R >>",
        b"<< /Title (a) /Next 7 0 R /Parent 6 0 R >>",
    ]
    outline[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    yield "outline-own-next.pdf", pdf(outline)
    labels = simple()
    labels[0] = b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Kids [1 0 R] >> >>"
    yield "labels-in-a-circle.pdf", pdf(labels)


def pdf_bombs(_: random.Random) -> Iterator[Made]:
    zeros = zlib.compress(b"\0" * 200_000_000, 9)
    yield "flate-bomb.pdf", pdf(simple(zeros, extra=b"/Filter /FlateDecode"))
    twice = zlib.compress(zeros, 9)
    double = b"/Filter [/FlateDecode /FlateDecode]"
    yield "flate-bomb-twice.pdf", pdf(simple(twice, extra=double))
    text = zlib.compress(b"(spatially blind) Tj " * 4_000_000, 9)
    yield "text-bomb.pdf", pdf(simple(text, extra=b"/Filter /FlateDecode"))
    runs = (b"\x81 " * 400_000) + b"\x80"
    yield "run-length-bomb.pdf", pdf(simple(runs, extra=b"/Filter /RunLengthDecode"))
    lzw = lzw_zeros(40)
    yield "lzw-bomb.pdf", pdf(simple(lzw, extra=b"/Filter /LZWDecode"))
    both = zlib.compress(lzw_zeros(20), 9)
    yield "lzw-in-flate.pdf", pdf(simple(both, extra=b"/Filter [/FlateDecode /LZWDecode]"))
    long_runs = zlib.compress(b"\x81 " * 1_000_000, 9)
    yield "runs-in-flate.pdf", pdf(simple(long_runs, extra=b"/Filter [/Fl /RL]"))
    hidden = base64.a85encode(zeros) + b"~>"
    yield (
        "flate-in-ascii85.pdf",
        pdf(simple(hidden, extra=b"/Filter [/ASCII85Decode /FlateDecode]")),
    )
    yield "escaped-filter.pdf", pdf(simple(zeros, extra=b"/Filter /Fl#61teDecode"))
    elsewhere = [*simple(zeros, extra=b"/Filter 6 0 R"), b"/FlateDecode"]
    yield "filter-elsewhere.pdf", pdf(elsewhere)
    far = b"/Filter /FlateDecode " + b"% padding\n" * 200
    yield "filter-far-away.pdf", pdf(simple(zeros, extra=far))


def archive_bombs(_: random.Random) -> Iterator[Made]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", b"<w:document>" + b" " * 700_000_000)
    yield "zip-bomb.docx", packed.getvalue()
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    for n in range(1, 12):
        name, inner = b"abcdefghijklmnop"[n : n + 1], b"abcdefghijklmnop"[n - 1 : n]
        laughs += b'<!ENTITY %s "%s">' % (name, (b"&%s;" % inner) * 10)
    laughs += b"]><w:document>&l;</w:document>"
    yield "entity-bomb.docx", docx(laughs)


def odd_pages(_: random.Random) -> Iterator[Made]:
    objects = simple()
    objects[2] = objects[2].replace(b"/MediaBox [0 0 612 792]", b"")
    yield "no-media-box.pdf", pdf(objects)
    for name, box in (
        ("huge-page", b"[0 0 9e9 9e9]"),
        ("empty-page-box", b"[0 0 0 0]"),
        ("backward-page-box", b"[612 792 0 0]"),
        ("page-box-of-names", b"[/a /b /c /d]"),
        ("page-box-not-a-number", b"[nan inf 612 792]"),
    ):
        objects = simple()
        objects[2] = objects[2].replace(b"[0 0 612 792]", box)
        yield f"{name}.pdf", pdf(objects)
    objects = simple(page=b"/Rotate 45")
    yield "rotated-by-45.pdf", pdf(objects)
    objects = simple()
    objects[1] = b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>"
    yield "a-hundred-thousand-pages.pdf", pdf(objects)
    objects[1] = b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"
    yield "count-too-large.pdf", pdf(objects)
    objects[1] = b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"
    yield "count-below-nought.pdf", pdf(objects)
    deep = simple()
    deep[1] = b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>"
    for n in range(6, 1_500):
        deep.append(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1))
    deep.append(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    yield "deep-page-tree.pdf", pdf(deep)
    yield "no-pages.pdf", pdf([b"<< /Type /Catalog >>"])
    yield "no-root.pdf", pdf(simple(), trailer=b"")
    yield "nested-arrays.pdf", pdf(simple(b"[" * 100_000 + b"]" * 100_000))
    yield "nested-dictionaries.pdf", pdf([*simple()[:4], b"<< /A " * 20_000 + b">> " * 20_000])
    yield "graphics-states.pdf", pdf(simple(b"q " * 500_000 + TEXT))
    yield "a-million-strings.pdf", pdf(simple(b"BT /F1 1 Tf " + b"(a) Tj " * 1_000_000 + b"ET"))
    yield (
        "all-at-one-point.pdf",
        pdf(simple(b"BT /F1 9 Tf 9 9 Td " + b"(x) Tj 0 0 Td " * 60_000 + b"ET")),
    )


def encrypted(_: random.Random) -> Iterator[Made]:
    from pypdf import PdfReader, PdfWriter

    for name, password in (("encrypted", "secret"), ("encrypted-long-password", "x" * 120)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good(80, 3))))
        writer.encrypt(password, algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        yield f"{name}.pdf", out.getvalue()
    bad = b"/Root 1 0 R /Encrypt << /Filter /Standard /V 99 /R 99 /O () /U () /P -1 >>"
    yield "encrypted-unknown-way.pdf", pdf(simple(), trailer=bad)


def mislabelled(chance: random.Random) -> Iterator[Made]:
    noise = chance.randbytes(5_000)
    yield "noise.pdf", noise
    yield "noise.docx", noise
    yield "empty.pdf", b""
    yield "empty.docx", b""
    yield "empty.txt", b""
    yield "empty.html", b""
    yield "zeros.pdf", b"\0" * 10_000
    yield "html-called.pdf", b"<html><body><p>We prioritise tourism.</p></body></html>"
    yield "word-called.pdf", docx(b"<w:document/>")
    yield "picture-called.pdf", b"\x89PNG\r\n\x1a\n" + noise
    yield "program-called.docx", b"\x7fELF" + noise
    yield "pdf-called.docx", good()
    yield "pdf-called.txt", good()
    yield "text-called.docx", b"only text"
    yield "header-alone.pdf", b"%PDF-1.7\n"
    yield "end-alone.pdf", b"%%EOF"
    yield "zip-without-word.docx", zipped({"hello.txt": b"hello"})
    yield "path-climbs.docx", zipped({"../../etc/evil": b"x", "word/document.xml": b"<a/>"})
    yield (
        "external-entity.docx",
        docx(
            b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
        ),
    )
    yield "broken-xml.docx", docx(b"<w:document><w:body>")
    yield "deep.docx", docx(b"<a>" * 50_000)


def texts(chance: random.Random) -> Iterator[Made]:
    yield "deep.html", b"<div>" * 200_000 + b"bottom"
    yield "unclosed.html", b"<p>" * 5 + b"<b>bold" * 50_000
    yield "one-long-line.txt", b"word " * 2_000_000
    yield "one-long-word.txt", b"a" * 5_000_000
    yield "half-a-character.txt", "priorité".encode()[:-1] + b"\xff\xfe" + b"\xed\xa0\x80"
    yield "utf-16-odd.txt", "Priority sectors".encode("utf-16") + b"\x00"
    yield "only-spaces.txt", b" \n" * 200_000
    yield "nulls.txt", b"priority\0sector\0" * 1_000
    yield "deep.md", b"> " * 20_000 + b"text"
    yield "brackets.md", b"[" * 100_000
    yield "stars.md", b"*a " * 100_000
    yield "backticks.md", b"".join(b"`" * n + b" " for n in range(1, 500))
    yield "many-columns.html", b"<table><tr>" + b"<td>x</td>" * 100_000 + b"</tr></table>"
    yield (
        "spans.html",
        b'<table><tr><td colspan="999999999" rowspan="999999999">x</td></tr></table>',
    )
    yield "combining.txt", ("a" + "\u0301" * 500_000).encode()
    yield "backtracking.txt", (b"a-" * 200_000) + b"!"
    yield "commas.txt", b"tourism, " * 100_000
    yield "noise.txt", chance.randbytes(200_000)


def tricks(_: random.Random) -> Iterator[Made]:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    base = "Our priority sectors are tourism and life sciences. We will support tourism"
    yield "script.txt", f"{script} {base} {script}.\n".encode()
    yield (
        "formula.txt",
        f"=HYPERLINK(\"http://x\") {base}.\n\n+1+cmd|' /C calc'!A0 {base}.\n".encode(),
    )
    yield "bidi.txt", f"\u202e{base}\u202c \u2066{base}\u2069.\n".encode()
    yield "terminal.txt", f"\x1b[31m\x1b]0;owned\x07{base}.\x1b[2J\n".encode()
    yield "template.txt", f"{{{{ 7*7 }}}} {{% for x in y %}} {base}.\n".encode()
    yield "=cmd-name.txt", f"{base}.\n".encode()
    yield "<b>name.txt", f"{base}.\n".encode()
    yield "\x1b[31mred.txt", f"{base}.\n".encode()
    yield "\u202efdp.txt", f"{base}.\n".encode()
    title = b"<< /Title (<script>alert\\(1\\)</script>) >>"
    yield "script-in-title.pdf", pdf([*simple(), title], trailer=b"/Root 1 0 R /Info 6 0 R")
    launch = simple()
    launch[0] = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (calc) >> >>"
    yield "launch.pdf", pdf(launch)
    code = simple()
    code[0] = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    )
    yield "javascript.pdf", pdf(code)


MAKERS: tuple[Callable[[random.Random], Iterator[Made]], ...] = (
    truncated,
    flipped,
    circular,
    pdf_bombs,
    archive_bombs,
    odd_pages,
    encrypted,
    mislabelled,
    texts,
    tricks,
    *costly.MAKERS,
)


def hostile_files(seed: int = 20080401, *, large: bool = True) -> Iterator[Made]:
    """Every hostile input, in a fixed order; the large ones take seconds to make or to read."""
    for maker in MAKERS:
        if large or maker not in (pdf_bombs, archive_bombs, texts, *costly.MAKERS):
            yield from maker(random.Random(f"{seed} {maker.__name__}"))


FAULTY_YAML: dict[str, str] = {
    "laughs": "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{c}: &{c} [{', '.join(['*' + p] * 10)}]\n"
        for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "python object": "documents: !!python/object/apply:os.system ['true']\n",
    "deep": "documents: " + "[" * 5_000 + "]" * 5_000 + "\n",
    "path up": "documents: [{file: ../../../etc/passwd}]\n",
    "path absolute": "documents: [{file: /etc/passwd}]\n",
    "path null": 'documents: [{file: "a\\0b.pdf"}]\n',
    "evidence far away": "evidence: [../../../../etc/passwd]\ndocuments: [{file: a.txt}]\n",
    "not yaml": "documents: [\x00\x01\n",
    "tab": "documents:\n\t- file: a.txt\n",
    "unknown key": "documents: [{file: a.txt, regoin: North}]\n",
    "twice": "title: a\ntitle: b\ndocuments: [{file: a.txt}]\n",
    "circular": "documents: &d [*d]\n",
}
"""Manifests that must each end in one clear line with exit code 2."""
