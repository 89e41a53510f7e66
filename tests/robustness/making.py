"""Building blocks of the hostile inputs: a PDF from its objects, a Word file from its XML."""

from __future__ import annotations

import io
import random
import zipfile

Made = tuple[str, bytes]
"""A file name and its bytes."""

TEXT = b"BT /F1 12 Tf 72 720 Td (We will support life sciences in the region.) Tj ET"
CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    b'relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def pdf(objects: list[bytes], *, trailer: bytes = b"/Root 1 0 R", header: bytes = b"1.4") -> bytes:
    """A PDF from the bodies of its objects, numbered from 1, with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-" + header + b"\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def lzw_zeros(tables: int) -> bytes:
    """LZW data of about 7 MB of zeros for each full table: each code names the one before it."""
    bits: list[str] = []
    for _ in range(tables):
        bits.append(f"{256:0{9 if not bits else 12}b}")
        bits.append(f"{0:09b}")
        bits.extend(f"{code:0{(code + 1).bit_length()}b}" for code in range(258, 4095))
    bits.append(f"{257:012b}")
    joined = "".join(bits)
    whole = joined.ljust((len(joined) + 7) // 8 * 8, "0")
    return int(whole, 2).to_bytes(len(whole) // 8, "big")


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def simple(content: bytes = TEXT, *, page: bytes = b"", extra: bytes = b"") -> list[bytes]:
    """The five objects of a one-page document."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> " + page + b" >>",
        stream(content, extra),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]


def good(words: int = 0, seed: int = 0) -> bytes:
    """A whole, harmless PDF."""
    chance = random.Random(seed)
    lines = [b"BT /F1 11 Tf 14 TL 72 720 Td"]
    for _ in range(words // 8):
        line = b" ".join(chance.choice(_WORDS) for _ in range(8))
        lines.append(b"(" + line + b".) Tj T*")
    return pdf(simple(b"\n".join([*lines, b"ET"]) if words else TEXT))


_WORDS = b"region sector growth will support innovation firms cluster skills place plan".split()


def docx(document: bytes) -> bytes:
    """A Word file with this main part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()
