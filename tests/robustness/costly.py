"""Inputs that are well formed and cost far more than their size: what a parser is asked to repeat.

Makers like those of :mod:`tests.robustness.hostile`, whose building blocks they use.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.robustness.making import Made, docx, pdf, simple, stream

_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << "


def with_resources(resources: bytes, content: bytes, objects: list[bytes]) -> list[bytes]:
    """A one-page document whose page has other resources; ``objects`` are numbered from 6."""
    parts = simple(content)
    parts[2] = _PAGE + resources + b" >> >>"
    return [*parts, *objects]


def fan_out(_: random.Random) -> Iterator[Made]:
    """Forms, glyphs and patterns that draw each other again and again."""
    forms = [
        stream(
            b" ".join([b"/X Do"] * 10),
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            b"/Resources << /XObject << /X %d 0 R >> >>" % (7 + level),
        )
        for level in range(12)
    ]
    leaf = stream(
        b"BT /F1 9 Tf (tourism) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>",
    )
    nested = with_resources(b"/XObject << /X 6 0 R >>", b"/X Do", [*forms, leaf])
    yield "forms-fan-out.pdf", pdf(nested)
    glyph = [
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 "
        b"/LastChar 97 /Widths [9] /Resources << /Font << /F3 6 0 R >> >> >>",
        stream(b"BT /F3 9 Tf (aaaaaaaaaa) Tj ET"),
    ]
    own = with_resources(b"/Font << /F3 6 0 R >>", b"BT /F3 9 Tf 72 720 Td (aaaa) Tj ET", glyph)
    yield "glyph-draws-itself.pdf", pdf(own)
    tile = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep .001 "
        b"/YStep .001 /Resources << /Pattern << /P 6 0 R >> >>",
    )
    paint = b"/Pattern cs /P scn 0 0 612 792 re f"
    tiled = with_resources(b"/Pattern << /P 6 0 R >>", paint, [tile])
    yield "pattern-in-itself.pdf", pdf(tiled)


def fonts(_: random.Random) -> Iterator[Made]:
    """Character maps and widths that cover far more than there is."""
    show = b"BT /F1 12 Tf 72 720 Td <00410042> Tj ET"
    for name, body in (
        ("cmap-one-range", b"1 beginbfrange\n<0000> <FFFFFFFF> <0000>\nendbfrange\n"),
        ("cmap-many-ranges", b"".join(
            b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 100 + b"endbfrange\n"
            for _ in range(200))),
        ("cmap-space", b"1 begincodespacerange\n<00> <FFFFFFFFFFFFFFFF>\nendcodespacerange\n"),
        ("cmap-uses-itself", b"/CMap usecmap\n"),
    ):  # fmt: skip
        parts = simple(show)
        parts[4] = (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
            b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
        )
        cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << >> /W %s >>"
        cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n" + body
        yield f"{name}.pdf", pdf([*parts, cid % b"[0 [500]]", stream(cmap + b"endcmap")])
    parts = simple(show)
    parts[4] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] >>"
    )
    widths = b"[0 2147483647 500 1 2147483647 600]"
    yield "widths-of-everything.pdf", pdf([*parts, cid % widths])


def layouts(chance: random.Random) -> Iterator[Made]:
    """Pages whose parts are so many, or so placed, that comparing each with each takes for ever."""
    lines = [b"%d 0 m %d 792 l S" % (x, x) for x in range(600)]
    lines += [b"0 %d m 612 %d l S" % (y, y) for y in range(790)]
    yield "a-thousand-lines-cross.pdf", pdf(simple(b"\n".join(lines)))
    cells = [
        b"%.1f %.1f 2 2 re S" % (3 * (n % 200), 3 * (n // 200)) for n in range(40_000)
    ]  # fmt: skip
    yield "forty-thousand-cells.pdf", pdf(simple(b"\n".join(cells)))
    words = [
        b"BT /F1 %.2f Tf %.1f %.1f Td (sector%d) Tj ET"
        % (chance.uniform(1, 30), chance.uniform(0, 600), chance.uniform(0, 790), n)
        for n in range(20_000)
    ]
    yield "words-strewn.pdf", pdf(simple(b"\n".join(words)))
    turned = [
        b"BT /F1 9 Tf %.3f %.3f %.3f %.3f %.1f %.1f Tm (turned) Tj ET"
        % (*(chance.uniform(-1, 1) for _ in range(4)), *(chance.uniform(0, 600) for _ in "xy"))
        for _ in range(10_000)
    ]
    yield "words-every-way.pdf", pdf(simple(b"\n".join(turned)))
    stairs = [
        b"BT /F1 1 Tf %.2f %.2f Td (x) Tj ET" % (n * 0.1, 790 - n * 0.13) for n in range(6_000)
    ]
    yield "stairs.pdf", pdf(simple(b"\n".join(stairs)))
    for name, box in (
        ("huge", b"0 0 1e9 1e9"),
        ("no-area", b"0 0 0 0"),
        ("upside-down", b"612 792 0 0"),
        ("no-numbers", b"/a /b (c) null"),
        ("beyond", b"0 0 1e400 -1e400"),
    ):
        parts = simple()
        parts[2] = parts[2].replace(b"0 0 612 792", box)
        yield f"media-box-{name}.pdf", pdf(parts)


def structure(chance: random.Random) -> Iterator[Made]:
    """Object streams, cross references, outlines and notes without measure."""
    many = [b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (x) >>"] * 50_000
    notes = b"/Annots [" + b" ".join(b"%d 0 R" % n for n in range(6, 50_006)) + b"]"
    yield "fifty-thousand-notes.pdf", pdf([*simple(page=notes), *many])
    outline = [b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>"]
    outline += [b"<< /Title (x) /Parent %d 0 R /First %d 0 R >>" % (n, n + 2) for n in
                range(6, 20_006)]  # fmt: skip
    parts = simple()
    parts[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    yield "outline-without-bottom.pdf", pdf([*parts, *outline])
    labels = b"/PageLabels << /Nums [" + b"0 << /S /R /St 2147483647 >> " * 100_000 + b"] >>"
    parts[0] = b"<< /Type /Catalog /Pages 2 0 R " + labels + b" >>"
    yield "labels-of-roman-millions.pdf", pdf(parts)
    own = stream(b"6 0 << >>", b"/Type /ObjStm /N 2147483647 /First 4")
    yield "object-stream-of-itself.pdf", pdf([*simple(), own])
    wide = b"/Root 1 0 R /Size 2147483647 /Index [0 2147483647] /W [1 8 8]"
    yield "references-without-end.pdf", pdf(simple(), trailer=wide)
    whole = pdf(simple())
    start = whole.rindex(b"startxref")
    again = b"".join(
        b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (chance.randrange(start), start)
        for _ in range(2_000)
    )
    yield "two-thousand-updates.pdf", whole + again
    image = stream(
        b"\0", b"/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /ColorSpace "
        b"/DeviceRGB /BitsPerComponent 8"
    )  # fmt: skip
    yield (
        "picture-of-terapixels.pdf",
        pdf(with_resources(b"/XObject << /X 6 0 R >>", b"600 0 0 700 0 0 cm /X Do", [image])),
    )
    name = b"/" + b"A" * 5_000_000
    yield "name-of-megabytes.pdf", pdf([*simple(), b"<< " + name + b" 1 >>"])
    yield "numbers-of-megabytes.pdf", pdf(simple(b"1" * 3_000_000 + b" 0 Td " + b"-" * 1_000_000))


def spans(_: random.Random) -> Iterator[Made]:
    """Tables whose cells claim to span more than there is, and text made to be compared."""
    table = b"<table><tr><td rowspan=1000000000 colspan=1000000000>x</td></tr></table>"
    yield "cell-of-all-cells.html", b"<p>We will support tourism.</p>" + table
    rows = b"".join(b"<tr><td rowspan=65000 colspan=900>x</td></tr>" for _ in range(300))
    yield "cells-over-cells.html", b"<table>" + rows + b"</table>"
    nested = b"<table><tr><td>" * 3_000 + b"x" + b"</td></tr></table>" * 3_000
    yield "tables-in-tables.html", nested
    yield "attributes.html", b"<p " + b" ".join(b"a%d=b" % n for n in range(200_000)) + b">x</p>"
    yield "entities.html", b"&amp;" * 500_000 + b"&" * 500_000
    body = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    cell = b"<w:tc><w:tcPr><w:gridSpan w:val='100000000'/></w:tcPr><w:p/></w:tc>"
    grid = b"<w:body><w:tbl><w:tr>" + cell * 50 + b"</w:tr></w:tbl></w:body></w:document>"
    yield "grid-span.docx", docx(body + grid)
    inner = b"<w:tbl><w:tr><w:tc>" * 200 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 200
    yield "tables-in-tables.docx", docx(body + b"<w:body>" + inner + b"</w:body></w:document>")
    empty = b"<w:body>" + b"<w:p/>" * 500_000 + b"</w:body></w:document>"
    yield "half-a-million-paragraphs.docx", docx(body + empty)
    yield "lists.md", b"".join(b" " * n + b"- x\n" for n in range(2_000))
    yield "links.md", b"[a]: b\n" * 50_000 + b"[a]" * 50_000
    yield "pipes.md", b"|" * 20_000 + b"\n" + b"|-" * 20_000 + b"|\n" + b"|" * 20_000
    yield "headings.txt", b"Priority sectors\n\n" * 30_000
    yield "bullets.txt", b"- tourism and aerospace\n" * 30_000
    yield "places.txt", b"Leeds, York and Hull; " * 30_000
    yield "figures.txt", b"In 2006 GVA was 4.5% (ONS, 2007), 23,000 jobs. " * 20_000
    yield "brackets.txt", b"(" * 300_000 + b"tourism" + b")" * 300_000
    yield "superlatives.txt", b"world-class leading unique best first largest " * 30_000
    yield "not-only.txt", b"not only but not rather than instead of except tourism " * 20_000
    yield "one-sentence.txt", b"we will support tourism and " * 40_000 + b"aerospace."
    yield "utf-32.txt", ("tourism " * 10_000).encode("utf-32")
    yield "utf-7.txt", b"+AGEAYgBj- " * 20_000


MAKERS = (fan_out, fonts, layouts, structure, spans)
