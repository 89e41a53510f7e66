"""Build the PDFs of this corpus from `sources/*.md`: `python build.py [slug …]`.

Needs the `corpus` dependency group (WeasyPrint with pango) and the Liberation and DejaVu fonts.
The result is byte-identical from run to run: dates and identifiers are taken from the source, not
from the clock. The Markdown conventions are described in `sources/README.md`.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdf
import weasyprint
import yaml
from markdown_it import MarkdownIt
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, NameObject
from weasyprint import CSS, HTML

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
DISCLAIMER = "Modelled strategy written for stratlint. Not a publication of any agency."
DISCLAIMER_SOURCE = "Modelled document written for stratlint. Not a publication of any government."

_CONTAINER = re.compile(r"^::: *(\w+) *(.*)$")
_FOOTNOTE = re.compile(r"^\[\^(\w+)\]: *(.+)$", re.MULTILINE)
_SHARED = re.compile(r"\{\{(\w+)\}\}")
_LIGATURE_WORD = re.compile(r"\w*f[il][a-z]\w*")
_LIGATURE = re.compile(r"(f[il])(?=[a-z])")


@dataclass(frozen=True)
class Source:
    """One Markdown source: its slug, its front matter, and its text with passages filled in."""

    slug: str
    meta: dict[str, Any]
    text: str

    @property
    def front(self) -> str:
        """What stands before the first page break: foreword and the like."""
        return self.text.partition("\n+++\n")[0]

    @property
    def body(self) -> str:
        """What stands from page 1 on."""
        return self.text.partition("\n+++\n")[2]


@dataclass
class _Chapters:
    entries: list[tuple[str, str]] = field(default_factory=list)


def load(slug: str) -> Source:
    """Read one source; raises `KeyError` for an unknown shared passage or an unfilled slot."""
    raw = (SOURCES / f"{slug}.md").read_text(encoding="utf-8")
    _, head, text = raw.split("---\n", 2)
    meta = yaml.safe_load(head)
    passages = yaml.safe_load((SOURCES / "shared.yaml").read_text(encoding="utf-8"))
    slots = meta.get("slots") or {}

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        passage: str = passages[name]
        return passage.format(**slots.get(name, {})).strip()

    return Source(slug, meta, _SHARED.sub(fill, text))


def word_count(slug: str) -> int:
    """Words of running text in a source: neither headings nor tables nor marks."""
    text = re.sub(r"^(:::|\+\+\+|\||#|Table:).*$", " ", load(slug).text, flags=re.MULTILINE)
    return len(re.findall(r"[^\W_][\w'’.,%£-]*", text))


def _blocks(text: str) -> list[tuple[str, str, str]]:
    """Split at containers into (container, argument, Markdown); plain stretches have no name."""
    found: list[tuple[str, str, str]] = []
    name, argument, lines = "", "", list[str]()
    for line in text.splitlines():
        opened = _CONTAINER.match(line)
        if opened or line.strip() == ":::":
            found.append((name, argument, "\n".join(lines)))
            name, argument = (opened.group(1), opened.group(2)) if opened else ("", "")
            lines = []
        else:
            lines.append(line)
    found.append((name, argument, "\n".join(lines)))
    return [block for block in found if block[2].strip()]


def _render(text: str, notes: dict[str, str], chapters: _Chapters) -> str:
    markdown = MarkdownIt("commonmark", {"html": True, "typographer": True})
    markdown.enable(["table", "smartquotes"])
    text = re.sub(r"\[\^(\w+)\]", lambda m: _footnote(notes[m.group(1)], markdown), text)
    text = text.replace("\n+++\n", '\n<div class="break"></div>\n')
    page = markdown.render(text)
    page = re.sub(  # The wrapper keeps a caption on the page of its table.
        r"<p>Table: ([^\n]*?)</p>\s*<table>(.*?)</table>",
        r'<div class="keep"><table><caption>\1</caption>\2</table></div>',
        page,
        flags=re.DOTALL,
    )

    def chapter(match: re.Match[str]) -> str:
        title = match.group(1)
        breaks = title.endswith(" {break}")
        title = title.removesuffix(" {break}")
        anchor = f"c{len(chapters.entries) + 1}"
        chapters.entries.append((anchor, title))
        style = ' class="breaks"' if breaks else ""
        return f'<h1 id="{anchor}"{style}>{title}</h1>'

    return re.sub(r"<h1>(.*?)</h1>", chapter, page)


def _footnote(text: str, markdown: MarkdownIt) -> str:
    return f'<span class="fn">{markdown.renderInline(text)}</span>'


def _content(text: str, chapters: _Chapters) -> str:
    notes = dict(_FOOTNOTE.findall(text))
    parts = []
    for name, argument, inner in _blocks(_FOOTNOTE.sub("", text)):
        page = _render(inner, notes, chapters)
        if name == "sidebar":
            page = (
                f'<aside class="sidebar"><p class="head">{html.escape(argument)}</p>{page}</aside>'
            )
        elif name == "pull":
            page = f'<aside class="pull {argument}">{page}</aside>'
        elif name == "columns":
            page = f'<div class="columns" style="column-count:{int(argument)}">{page}</div>'
        elif name:
            page = f'<div class="{name}">{page}</div>'
        parts.append(page)
    return "\n".join(parts)


def _split_ligatures(page: str) -> str:
    """Put a space after fi and fl inside words, so that the text reads 'fi rms' and 'refl ect'.

    It is a true space, as a badly made export leaves it; the whole word is kept on one line.
    """
    pieces = re.split(r"(<[^>]+>)", page)

    def split(match: re.Match[str]) -> str:
        word = _LIGATURE.sub(r"\1 ", match.group())
        return f'<span class="split">{word}</span>'

    return "".join(p if p.startswith("<") else _LIGATURE_WORD.sub(split, p) for p in pieces)


def to_html(source: Source) -> str:
    """Give the whole HTML page of a source: cover, contents, front matter, body."""
    meta = source.meta
    chapters = _Chapters()
    body = _content(source.body, chapters)
    contents = "".join(
        f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title in chapters.entries
    )
    front_chapters = _Chapters()
    front = re.sub(r' id="c\d+"', "", _content(source.front, front_chapters))
    disclaimer = DISCLAIMER_SOURCE if meta.get("role") == "source" else DISCLAIMER
    if meta.get("split_ligatures"):
        body, front = _split_ligatures(body), _split_ligatures(front)
    classes = [f"layout-{meta['layout']}", f"font-{meta.get('font', 'serif')}"]
    classes += [key for key in ("hyphenate", "running_head", "roman") if meta.get(key)]
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>{html.escape(meta["title"])}</title>
<meta name="author" content="stratlint (modelled document)">
<meta name="description" content="{html.escape(disclaimer)}">
<meta name="dcterms.created" content="{meta["year"]}-03-01"></head>
<body class="{" ".join(classes)}" style="--accent: {meta.get("colour", "#1f4e5f")}">
<section class="cover"><p class="agency">{meta.get("body", "")}</p>
<p class="title">{meta["title"]}</p><p class="subtitle">{meta.get("subtitle", "")}</p>
<p class="year">{meta["year"]}</p><p class="disclaimer">{disclaimer}</p></section>
<section class="front"><p class="contents-head">Contents</p><ol class="contents">{contents}</ol>
{front}</section>
<section class="body" id="body">{body}</section></body></html>"""


def _page_css(meta: dict[str, Any]) -> str:
    """Give the @page rules that depend on the document: running heads and numbering."""
    title = str(meta["title"]).replace('"', "'")
    head = (
        f'@page body {{ @top-left {{ content: "{title}" }} '
        "@top-right { content: string(chapter) } }"
        if meta.get("running_head")
        else ""
    )
    front = "lower-roman" if meta.get("roman") else "decimal"
    number = f"@page front {{ @bottom-center {{ content: counter(page, {front}) }} }}"
    restart = "@page :nth(1 of body) { counter-reset: page 1 }" if meta.get("roman") else ""
    return head + number + restart


def _label(data: bytes, meta: dict[str, Any], body_page: int) -> bytes:
    """Write page labels, and identifiers that do not change from run to run."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    pages = len(writer.pages)
    if meta.get("roman"):
        writer.set_page_label(0, body_page - 1, style="/r")
        writer.set_page_label(body_page, pages - 1, style="/D", start=1)
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.root_object[NameObject("/Lang")] = ByteStringObject(b"en-GB")
    writer.metadata = {
        **(writer.metadata or {}),
        "/Producer": f"WeasyPrint {weasyprint.__version__}, pypdf {pypdf.__version__}",
    }
    writer.write(out)
    return out.getvalue()


def build(slug: str) -> bytes:
    """Render one source to PDF bytes."""
    source = load(slug)
    css = [CSS(filename=str(SOURCES / "style.css")), CSS(string=_page_css(source.meta))]
    document = HTML(string=to_html(source), base_url=str(SOURCES)).render(stylesheets=css)
    body_page = next(i for i, page in enumerate(document.pages) if "body" in page.anchors)
    identifier = hashlib.md5(slug.encode(), usedforsecurity=False).digest()
    data = document.write_pdf(pdf_identifier=identifier, full_fonts=False)
    return _label(data, source.meta, body_page)


def _fonts(page: Any) -> list[Any]:
    return list(page["/Resources"].get_object().get("/Font", {}).values())


def made_with(data: bytes) -> tuple[str, frozenset[str]]:
    """Say which producer and which fonts a PDF was made with: other ones give other bytes."""
    reader = PdfReader(io.BytesIO(data))
    fonts = {str(font.get_object()["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    producer = reader.metadata.producer if reader.metadata else None
    return producer or "", frozenset(fonts)


def slugs() -> list[str]:
    """Name every source, in order."""
    return sorted(p.stem for p in SOURCES.glob("*.md") if p.stem != "README")


def main(arguments: list[str]) -> None:
    for slug in arguments or slugs():
        data = build(slug)
        (HERE / f"{slug}.pdf").write_bytes(data)
        pages = len(PdfReader(io.BytesIO(data)).pages)
        print(f"{slug}.pdf: {pages} pages, {len(data) / 1024:.0f} KB, {word_count(slug)} words")


if __name__ == "__main__":
    main(sys.argv[1:])
