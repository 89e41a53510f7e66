"""Made documents: any number of strategies, from a seed, in the words of the modelled nine.

Every sentence has the shape of one of a modelled strategy, nearly all of its content words
replaced by other words of the nine with the same ending and capital, drawn as often as the nine
use them, and now and then a sector named in it. So documents have the vocabulary, the sentence
lengths and the density of sectors of strategies, and yet no two share a passage except where one
is planted: every tenth document holds 450 words of the document before it. (With only half of
the words replaced, sentences of one shape are rightly found to be edited copies.)
"""

# PyMuPDF has no types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "corpora" / "english-regions" / "sources"
REGIONS = (
    "North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands",
    "East of England", "London", "South East", "South West",
)  # fmt: skip
PLANTED = 450
EVERY = 10

_KEPT = 0.08
_IN_A_ROW = 3
_WITH_SECTOR = 0.2

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class Stock:
    """Sentences of the modelled strategies, and the words that may stand in for each other."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        for path in sorted(SOURCES.glob("*.md")):
            if path.stem not in ("README", "national-framework"):
                self.sentences += _sentences(path.read_text(encoding="utf-8"))
        self.kinds: dict[tuple[bool, str], list[str]] = defaultdict(list)
        for sentence in self.sentences:
            for match in _WORD.finditer(sentence):
                word = match.group()
                if match.start() and len(word) > 3:
                    self.kinds[_kind(word)].append(word)

    def sentence(self, chance: random.Random) -> str:
        """One sentence, its content words drawn anew."""
        kept = 0

        def other(match: re.Match[str]) -> str:
            nonlocal kept
            word = match.group()
            short = len(word) < 4 or chance.random() < _KEPT
            if kept < _IN_A_ROW and (short or not match.start()):
                kept += 1
                return word
            kept = 0
            return chance.choice(self.kinds[_kind(word)] or [word])

        made = _WORD.sub(other, chance.choice(self.sentences))
        if chance.random() < _WITH_SECTOR:
            made = f"{made[:-1]} in {chance.choice(_SECTORS).lower()}{made[-1]}"
        return made


def _sentences(text: str) -> Iterator[str]:
    """Sentences of the prose: no front matter, headings, tables or slots."""
    body = text.split("---\n", 2)[-1]
    for paragraph in re.split(r"\n\s*\n", body):
        line = " ".join(paragraph.split())
        if re.match(r"[#|>*+:\-\d{[]|Table|Figure", line) or "{{" in line or "[^" in line:
            continue
        yield from (s for s in _END.split(line) if 6 <= len(s.split()) <= 60)


def _kind(word: str) -> tuple[bool, str]:
    ending = next((e for e in ("ing", "ed", "ly", "ies", "s", "y") if word.endswith(e)), "")
    return word[0].isupper(), ending


def made_text(stock: Stock, words: int, seed: str, planted: str = "") -> str:
    """A strategy of about this many words: sections, paragraphs, one declared list."""
    chance = random.Random(seed)
    parts: list[str] = []
    count = section = 0
    while count < words:
        if count >= section * 1_500:
            section += 1
            parts.append(f"{section}. {_title(stock, chance)}")
        sentences = [stock.sentence(chance) for _ in range(chance.randint(3, 8))]
        parts.append(" ".join(sentences))
        count += len(parts[-1].split())
    chosen = chance.sample(_SECTORS, 5)
    items = "\n".join(f"- {sector}" for sector in chosen)
    parts.insert(len(parts) // 3, f"Our priority sectors are:\n{items}")
    if planted:
        parts.insert(2 * len(parts) // 3, planted)
    return "\n\n".join(parts) + "\n"


_SECTORS = (
    "Biotechnology", "Advanced engineering", "Tourism", "Food and drink", "Aerospace",
    "Creative industries", "Financial services", "Renewable energy", "Logistics", "Chemicals",
    "Automotive", "Digital technology", "Marine engineering", "Construction",
)  # fmt: skip


def _title(stock: Stock, chance: random.Random) -> str:
    return " ".join(_WORD.findall(stock.sentence(chance))[:5])


def made_texts(count: int, words: int, seed: int = 1) -> Iterator[str]:
    """Texts in a fixed order; every tenth holds a passage of the one before it."""
    stock = Stock()
    before = ""
    for number in range(count):
        planted = ""
        if number % EVERY == EVERY - 1:
            drawn = before.replace("\n", " ").split(" ")
            start = random.Random(f"{seed} {number}").randrange(max(1, len(drawn) - PLANTED))
            planted = " ".join(w for w in drawn[start : start + PLANTED] if w)
        before = made_text(stock, words, f"{seed} {number}", planted)
        yield before


def made_corpus(folder: Path, count: int, words: int, *, seed: int = 1) -> None:
    """Plain-text documents and their manifest; the first nine stand for the English regions."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["title: Made strategies", "modelled: true", "documents:"]
    for number, text in enumerate(made_texts(count, words, seed)):
        name = f"made-{number:05d}.txt"
        (folder / name).write_text(text, encoding="utf-8")
        region = REGIONS[number] if number < len(REGIONS) else f"Area {number:05d}"
        lines.append(f'  - {{file: {name}, region: "{region}", year: {2006 + number % 4}}}')
    (folder / "manifest.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def made_pdfs(folder: Path, count: int, *, pages: int = 30, seed: int = 1) -> None:
    """Two-column PDFs of this many pages, about 400 words a page, with a manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["title: Made strategies", "modelled: true", "documents:"]
    for number, text in enumerate(made_texts(count, pages * 470, seed)):
        name = f"made-{number:05d}.pdf"
        (folder / name).write_bytes(two_columns(text, pages))
        lines.append(f'  - {{file: {name}, region: "{REGIONS[number % 9]}", year: 2006}}')
    (folder / "manifest.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def two_columns(text: str, pages: int) -> bytes:
    """A PDF in two columns with a running head and page numbers, cut after ``pages`` pages."""
    import pymupdf

    font = pymupdf.Font("helv")
    size, leading, width, top, bottom = 10.0, 13.0, 230.0, 70.0, 770.0
    widths: dict[str, float] = {}
    for word in text.split():
        if word not in widths:
            widths[word] = font.text_length(f"{word} ", size)
    printed = _wrapped(text, widths, width)
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=595, height=842)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((50, 40), "A made strategy", font=font, fontsize=8)
        writer.append((290, 810), str(number + 1), font=font, fontsize=8)
        for left in (50.0, 315.0):
            y = top
            while y < bottom and (line := next(printed, None)) is not None:
                if line:
                    writer.append((left, y), line, font=font, fontsize=size)
                y += leading
        writer.write_text(page)
    data: bytes = document.tobytes(garbage=3, deflate=True)
    return data


def _wrapped(text: str, widths: dict[str, float], width: float) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = 0.0
        for word in paragraph.split():
            if line and used + widths[word] > width:
                yield " ".join(line)
                line, used = [], 0.0
            line.append(word)
            used += widths[word]
        yield " ".join(line)
