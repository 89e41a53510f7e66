"""Made-up documents for the tests of this room."""

from __future__ import annotations

import random

from stratlint.records import (
    Basis,
    Block,
    Commitment,
    Document,
    DocumentAnalysis,
    Mention,
    Page,
    PlaceMention,
    Priority,
    Role,
)

HARBOUR = (
    "The partnership will build a row of workshops beside the old harbour of {place} so that "
    "young firms find rooms, tools and patient money within a short walk of each other. Rents "
    "will follow turnover for three years, and a panel of neighbours will review them in the "
    "open every second spring."
)
_SYLLABLES = (
    "ba cor den fal gri hol jat kem lor mun nep ort pag quil ros sel tam urd vex wim".split()
)
_SMALL = "the of and to in a for with on by from at this that each".split()


def filler(seed: int, sentences: int = 12) -> str:
    """Sentences of made-up words between small ones: two seeds share no run of any length."""
    generator = random.Random(seed)
    made = []
    for _ in range(sentences):
        words = [
            generator.choice(_SMALL)
            if at % 3 == 1
            else "".join(generator.choice(_SYLLABLES) for _ in range(3))
            for at in range(14)
        ]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def document(
    name: str,
    *paragraphs: str,
    region: str | None = None,
    year: int | None = None,
    title: str | None = None,
    roles: tuple[Role, ...] = (),
) -> Document:
    """A document of one page with a block for each paragraph."""
    blocks: list[Block] = []
    heading: int | None = None
    at = 0
    for index, paragraph in enumerate(paragraphs):
        role = roles[index] if index < len(roles) else Role.PARAGRAPH
        end = at + len(paragraph)
        blocks.append(Block(role=role, page=0, start=at, end=end, heading=heading))
        heading = index if role is Role.HEADING else heading
        at = end + 2
    text = "\n\n".join(paragraphs)
    return Document(
        sha256=name,
        source=name,
        reader="made-up",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="vii"),),
        blocks=tuple(blocks),
        region=region,
        year=year,
        title=title,
    )


def analysis(
    document: Document, sectors: tuple[str, ...] = (), places: tuple[str, ...] = ()
) -> DocumentAnalysis:
    """An analysis with a priority and a mention for each sector."""
    found = [
        PlaceMention(start=at, end=at + len(name), name=name, kind="town")
        for name in places
        if (at := document.text.find(name)) >= 0
    ]
    return DocumentAnalysis(
        document=document,
        sentences=(),
        mentions=tuple(
            Mention(
                sector=sector,
                start=0,
                end=1,
                term=sector,
                block=0,
                sentence=0,
                commitment=Commitment.PRIORITY,
                probability=0.8,
            )
            for sector in sectors
        ),
        places=tuple(found),
        actors=(),
        priorities=tuple(
            Priority(
                sector=sector, rank=rank, basis=Basis.INFERRED, score=1.0, mentions=1, evidence=()
            )
            for rank, sector in enumerate(sectors, start=1)
        ),
    )
