"""Small PDFs of our own, written by hand: every glyph stands where a test puts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = (595.0, 842.0)


@dataclass
class Sheet:
    """One page: drawing commands and its dictionary's extras. y runs up, as in PDF.

    ``fonts`` are entries beside F1 and F2, ``resources`` entries beside the fonts.
    """

    commands: list[str] = field(default_factory=list)
    extras: str = ""
    fonts: str = ""
    resources: str = ""

    def text(self, x: float, y: float, text: str, *, size: float = 10, font: str = "F1") -> None:
        """A line of text; ``F1`` is Helvetica, ``F2`` its bold."""
        body = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.commands.append(f"BT /{font} {size} Tf {x} {y} Td ({body}) Tj ET")

    def lines(
        self, x: float, y: float, lines: list[str], *, size: float = 10, step: float = 12
    ) -> float:
        """Lines one below the other; returns the height below the last."""
        for line in lines:
            self.text(x, y, line, size=size)
            y -= step
        return y

    def turned(self, x: float, y: float, text: str) -> None:
        """A line that runs up the page."""
        self.commands.append(f"BT /F1 10 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET")

    def raised(self, x: float, y: float, text: str, mark: str, after: str = "") -> None:
        """A line with a raised piece of small type in it."""
        self.commands.append(
            f"BT /F1 10 Tf {x} {y} Td ({text}) Tj /F1 6 Tf 4 Ts ({mark}) Tj "
            f"/F1 10 Tf 0 Ts ({after}) Tj ET"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.commands.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def raw(self, command: str) -> None:
        """Any content stream operators."""
        self.commands.append(command)


FIRST = 6
"""The number of the first object that a test adds."""


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream as the body of an object."""
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), entries.encode(), data)


def to_unicode(codes: dict[int, str]) -> bytes:
    """A map from codes of a font to letters: ASCII as it is, but for ``codes``."""
    chars = "".join(f"<{c:02x}> <{t.encode('utf-16-be').hex()}>\n" for c, t in codes.items())
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def "
        b"/CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"1 beginbfrange <20> <7e> <0020> endbfrange\n"
        b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(codes), chars.encode())
    )


def write_pdf(
    path: Path,
    sheets: list[Sheet],
    *,
    catalog: str = "",
    info: str = "",
    more: Sequence[bytes] = (),
) -> Path:
    """Write the pages as a PDF 1.7 file with a correct cross-reference table.

    ``more`` are the bodies of further objects, numbered from :data:`FIRST`.
    """
    objects: list[bytes] = []
    page = FIRST + len(more)
    kids = " ".join(f"{page + 2 * i} 0 R" for i in range(len(sheets)))
    objects.append(f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode())
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode())
    objects += [
        f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    objects.append(f"<<{info}>>".encode())
    objects += more
    for i, sheet in enumerate(sheets):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {A4[0]} {A4[1]}]"
            f"/Contents {page + 2 * i + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R {sheet.fonts}>>{sheet.resources}>>"
            f" {sheet.extras}>>".encode()
        )
        objects.append(stream("\n".join(sheet.commands).encode("cp1252")))
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        data += b"%010d 00000 n \n" % offset
    data += b"trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
    path.write_bytes(bytes(data))
    return path
