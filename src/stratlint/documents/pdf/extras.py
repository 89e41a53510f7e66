"""What a PDF holds beside its pages: layers, attached files, forms that draw themselves."""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from stratlint.records import ReadWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKED = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 4 * 1024 * 1024
"""Bytes of a packed group of objects that are looked at; writers put a few hundred in one."""
_TEXTS = re.compile(
    r"\.(?:pdf|docx?|docm|odt|rtf|pptx?|xlsx?|txt|md)$|^without a name$", re.IGNORECASE
)
"""Attached files that may be part of a document; others are reports of programs, pictures, data."""
_NAMED = 5
"""Attached files that a warning names."""


def layers_off(data: bytes, password: str | None) -> frozenset[str]:
    """Names of the layers that are off when the document is opened.

    pdfium does not tell: pdfminer is asked, of documents that have layers only.
    """
    if not any(b"/OCProperties" in part for part in _catalogues(data)):
        return frozenset()
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    try:
        catalogue = PDFDocument(PDFParser(io.BytesIO(data)), password or "").catalog
        layers = resolve1(catalogue.get("OCProperties")) or {}
        usual = resolve1(layers.get("D")) or {}
        every = {ref.objid: resolve1(ref) for ref in resolve1(layers.get("OCGs")) or ()}
        off = {ref.objid for ref in resolve1(usual.get("OFF")) or ()}
        if getattr(resolve1(usual.get("BaseState")), "name", "") == "OFF":
            off = every.keys() - {ref.objid for ref in resolve1(usual.get("ON")) or ()}
        names = {key: decode_text(resolve1(value["Name"])) for key, value in every.items()}
    except Exception:
        # A broken list of layers hides nothing, and pdfminer breaks in many ways.
        return frozenset()
    shown = {name for key, name in names.items() if key not in off}
    return frozenset(name for key, name in names.items() if key in off) - shown


def _catalogues(data: bytes) -> Iterator[bytes]:
    """Where the catalogue of a file may stand: in the open, or in a packed group of objects."""
    yield data
    for match in _PACKED.finditer(data):
        begun = _STREAM.search(data, match.end(), match.end() + 2000)
        if begun is not None:
            try:
                yield zlib.decompressobj().decompress(data[begun.end() :][:_LARGEST], _LARGEST)
            except zlib.error:
                continue


def extra_warnings(document: Any) -> list[ReadWarning]:
    """What to say of attached files and of forms that another program must draw."""
    warnings = []
    names = [name for name in _attached(document) if _TEXTS.search(name)]
    if names:
        listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        files = "An attached file was" if len(names) == 1 else f"{len(names)} attached files were"
        message = f"{files} not read ({listed}); save what belongs to the document and read it too."
        warnings.append(ReadWarning(code="attachment", message=message))
    if raw.FPDF_GetFormType(document.raw) == raw.FORMTYPE_XFA_FULL:
        message = (
            "This is an XFA form, whose contents only Adobe's programs draw; what was read may be "
            "no more than a request to wait. Open it in Adobe Reader and print it to a PDF."
        )
        warnings.append(ReadWarning(code="left-out", message=message))
    return warnings


def _attached(document: Any) -> list[str]:
    names = []
    for i in range(min(raw.FPDFDoc_GetAttachmentCount(document.raw), 1000)):
        attachment = raw.FPDFDoc_GetAttachment(document.raw, i)
        length = raw.FPDFAttachment_GetName(attachment, None, 0) if attachment else 0
        if not 2 < length < 10_000:
            names.append("without a name")
            continue
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAttachment_GetName(attachment, buffer, length)
        names.append(bytes(buffer)[: length - 2].decode("utf-16-le", "replace"))
    return names


_REASONS = {
    raw.FPDF_ERR_FILE: "it cannot be opened",
    raw.FPDF_ERR_SECURITY: "it is encrypted in a way that is not supported",
}


def why_damaged(data: bytes) -> str:
    """What is wrong with a PDF that cannot be opened, as far as can be seen, and what to do."""
    seen = _REASONS.get(raw.FPDF_GetLastError())
    if seen is None:
        end = data[-2048:]
        if b"%%EOF" not in end:
            seen = "it breaks off before its end; if it was downloaded, get it again"
        elif b"startxref" not in end:
            seen = "it has no table that says where its parts are"
        else:
            seen = "its parts are not where its table says, or are none of a PDF"
    return f"{seen}. Open it in a PDF viewer and save or print it as a new PDF"
