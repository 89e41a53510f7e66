"""The parts of a Word file, found by their relations: whatever made it, and whatever is missing."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from stratlint.errors import UnreadableInput

_STRICT = (
    (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"),
    (b"ormats.org/wordprocessingml/main", b"ormats.org/wordprocessingml/2006/main"),
    (b"ormats.org/drawingml/", b"ormats.org/drawingml/2006/"),
    (b"ormats.org/officeDocument/", b"ormats.org/officeDocument/2006/"),
)
"""From the names of the strict kind of Word file to those of the usual kind."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Package:
    """A Word file as a set of parts; ``main`` is the name of the one with the body.

    Templates, files with macros and strict files differ in what they are called only.
    ``mended`` says that a part was broken and read as far as it goes.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.lower(): name for name in self._zip.namelist()}
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnreadableInput(
                f"not a Word file ({error}); open it in Word and save it again", code="damaged"
            ) from None
        self.mended = False
        found = [t for t in self.related("", "officeDocument") if self.root(t) is not None]
        self.main = found[0] if found else "word/document.xml"

    def bytes_of(self, name: str) -> bytes | None:
        """The contents of a part; None where it is missing or damaged."""
        held = self._names.get(name.lower())
        if held is None:
            return None
        try:
            data = self._zip.read(held)
        except (
            zipfile.BadZipFile,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
        ):
            return None
        except Exception as error:
            # zlib.error is no subclass of any of them.
            if type(error).__name__ == "error":
                return None
            raise
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def root(self, name: str) -> Any | None:
        """The root element of a part that is XML, None where there is none."""
        from lxml import etree  # type: ignore[import-untyped]

        data = self.bytes_of(name)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            pass
        mending = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        try:
            root = etree.fromstring(data, mending)
        except (etree.XMLSyntaxError, ValueError):
            return None
        self.mended = self.mended or root is not None
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Identifier to kind and target of what a part refers to within the file."""
        folder, base = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(_RELATIONS) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = (relation.get("Type") or "").removeprefix(_OFFICE)
                found[relation.get("Id") or ""] = kind, posixpath.normpath(path).lstrip("/")
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the parts of one kind that a part refers to."""
        return [target for held, target in self.relations(name).values() if held == kind]
