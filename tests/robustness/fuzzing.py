"""What is fuzzed: each target takes bytes and raises only what nobody should ever see."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.made import NORTH_EAST, SOUTH_WEST
from tests.robustness.hostile import FAULTY_YAML, hostile_files
from tests.robustness.making import docx, pdf, simple, zipped

ROOT = Path(__file__).resolve().parents[2]
_SEED_BYTES = 6_000
_LONGEST = 3_000
"""Characters of a text that goes on into the language rooms: they are ten times slower."""

SUFFIXES = (".pdf", ".docx", ".html", ".md", ".txt")
_PART = b"<!--part-->"
_PARTS = ("document", "styles", "numbering", "footnotes", "comments")


def _must_say(error: Any) -> None:
    """An error is one line for a person, without what drives a terminal."""
    assert 5 < len(error.message) < 3_000, error
    assert all(c.isprintable() for c in error.message), ascii(error.message)


# ------------------------------------------------------------------------------------ documents


def reader(data: bytes) -> None:
    """The first byte chooses the kind of file, the rest is the file.

    Beyond the five suffixes a Word file is made of the XML of its parts, and a PDF of what is
    drawn on its page: most changes of a packed file only break its packing.
    """
    from stratlint.documents import ReadOptions, read
    from stratlint.errors import UnreadableInput

    name, content = _file(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            document = read(path, ReadOptions(max_pages=20, max_characters=200_000))
        except UnreadableInput as error:
            _must_say(error)
            return
    length = len(document.text)
    assert all(0 <= b.start <= b.end <= length for b in document.blocks)
    assert all(one.end <= other.start for one, other in zip(*_following(document), strict=True))


def _following(document: Any) -> tuple[Any, Any]:
    return document.blocks[:-1], document.blocks[1:]


def _file(data: bytes) -> tuple[str, bytes]:
    kind, content = (data[0] % (len(SUFFIXES) + 2), data[1:]) if data else (4, b"")
    if kind < len(SUFFIXES):
        return f"plan{SUFFIXES[kind]}", content
    if kind == len(SUFFIXES):
        return "plan.docx", word_file(content)
    return "plan.pdf", pdf(simple(content))


def word_file(content: bytes) -> bytes:
    """A Word file of its parts' XML, one after another."""
    main, *others = content.split(_PART)
    if not others:
        return docx(main)
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    names = list(zip(_PARTS, [main, *others], strict=False))
    types = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{office}'
        f'{"document.main" if n == "document" else n}+xml"/>'
        for n, _ in names
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{kinds}{n}" Target="{n}.xml"/>' for n, _ in names[1:]
    )
    packages = "http://schemas.openxmlformats.org/package/2006/"
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{packages}content-types"><Default Extension="rels" ContentType='
                f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{packages}relationships"><Relationship Id="r" '
                f'Type="{kinds}officeDocument" Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{packages}relationships">{links}</Relationships>'
            ).encode(),
            **{f"word/{n}.xml": part for n, part in names},
        }
    )


def analysis(data: bytes) -> None:
    """Text through the language rooms, the rules of one document and every reporter of text."""
    from stratlint.documents import ReadOptions, read
    from stratlint.errors import UnreadableInput
    from stratlint.run.analyse import analyse_document

    suffix = (".md", ".txt", ".html")[data[0] % 3] if data else ".md"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"plan{suffix}")
        path.write_bytes(data[1 : _LONGEST + 1])
        try:
            document = read(path, ReadOptions(max_characters=_LONGEST))
        except UnreadableInput:
            return
    found = analyse_document(document)
    length = len(document.text)
    assert all(0 <= s.start <= s.end <= length for s in found.sentences)
    assert all(0 <= m.start <= m.end <= length for m in found.mentions)


# ---------------------------------------------------------------------------- files people edit


def rules(data: bytes) -> None:
    """A rule file, or a file of themes; a rule that is sound runs its own cases."""
    from stratlint.errors import FileFault
    from stratlint.knowledge.yamlfile import load_yaml
    from stratlint.rules.cases import run_case
    from stratlint.rules.checks import CHECKS
    from stratlint.rules.loader import read_rule
    from stratlint.rules.rule import Rule
    from stratlint.rules.schema import RuleFile
    from stratlint.rules.themes import Lexicon, ThemeFile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ZZ001.yaml")
        path.write_bytes(data[1:])
        try:
            if data and data[0] % 4 == 0:
                Lexicon([load_yaml(path, ThemeFile)])
                return
            file = read_rule(path)
        except FileFault as error:
            _must_say(error)
            return
    if not isinstance(file, RuleFile) or file.extends:
        return
    check = CHECKS[file.check]
    if check.level == "corpus":
        return
    rule = Rule.from_file(file, check, file.scope.model_copy(update={"level": check.level}), path)
    for case in rule.tests[:2]:
        texts = [*case.documents.values(), *case.sources.values()]
        if sum(map(len, texts)) <= _LONGEST and all(text.strip() for text in texts):
            # A made text that no reader takes for one is the rule's fault, and said as such.
            with contextlib.suppress(_unreadable()):
                run_case(rule, case, _pipeline())


def _unreadable() -> type[Exception]:
    from stratlint.errors import UnreadableInput

    return UnreadableInput


@functools.cache
def _pipeline() -> Any:
    from stratlint.rules.cases import Pipeline

    return Pipeline()


def manifest(data: bytes) -> None:
    """A manifest, and the other files beside documents: settings, what is set aside, runs."""
    from stratlint.digest.file import load_digest
    from stratlint.errors import UsageError
    from stratlint.knowledge.areas import load_areas
    from stratlint.knowledge.places import load_places
    from stratlint.knowledge.taxonomy import load_taxonomy, sectors_in_force
    from stratlint.rules.suppressions import load_suppressions
    from stratlint.run.corpus import load_corpus
    from stratlint.run.settings import load_settings
    from stratlint.training.gold import load_gold
    from stratlint.training.labels import load_labels
    from stratlint.versions import load_findings

    def sectors(path: Path) -> None:
        path.replace(path.with_name("tourism.yaml"))
        path.with_name("a.md").unlink()
        with sectors_in_force(path.parent):
            load_taxonomy()

    def places(path: Path) -> None:
        load_places(path.parent)
        load_areas(path.parent)

    kinds: tuple[tuple[str, Callable[[Path], object]], ...] = (
        ("manifest.yaml", lambda path: load_corpus(path.parent)),
        ("manifest.yaml", load_corpus),
        ("stratlint.yaml", lambda path: load_settings(file=path, environment={})),
        ("pyproject.toml", lambda path: load_settings(file=path, environment={})),
        ("stratlint-ignore.yaml", load_suppressions),
        ("corpus.json", load_digest),
        ("findings.json", load_findings),
        ("gold.jsonl", load_gold),
        ("labels.jsonl", load_labels),
        ("areas.yaml", places),
        ("regions.yaml", places),
        ("tourism.yaml", sectors),
    )
    name, load = kinds[data[0] % len(kinds) if data else 0]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.md").write_text("Tourism is a priority.", "utf-8")
        path = Path(folder, name)
        path.write_bytes(data[1:])
        try:
            load(path)
        except UsageError as error:
            _must_say(error)


CARD = (
    "title: Jobs\npublisher: P\nlicence: L\ndate: '2009'\nmeasure: jobs\nunit: jobs\n"
    "reference: sum of regions\n"
)
TABLE = (
    "region,year,industry_code,value\nNorth East,2007,20,50\nNorth East,2007,55,10\n"
    "South West,2007,20,10\nSouth West,2007,55,60\n"
)


def tables(data: bytes) -> None:
    """A table with its card before it; what is read is asked as quotients and profiles ask it."""
    from stratlint.errors import FileFault
    from stratlint.evidence.tables import load_table

    card, table = CARD.encode(), data
    if _PART in data:
        card, _, table = data.partition(_PART)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "jobs.csv")
        path.write_bytes(table)
        path.with_suffix(".yaml").write_bytes(card)
        try:
            found = load_table(path)
        except FileFault as error:
            _must_say(error)
            return
    for region in found.regions[:3]:
        for year in found.years_of(region)[:3]:
            shares = found.structure(region, year)
            assert abs(sum(shares.values()) - 1) < 1e-6
            low, high = found.bounds(region, year, found.codes[:2])
            assert low <= high
            low, high = found.reference_bounds(year, found.codes[:2])
            assert low <= high


# --------------------------------------------------------------------------------------- server


class Server:
    """The page over a desk with one checked draft; what is put in waits behind a task of ours."""

    def __init__(self) -> None:
        from stratlint.run.corpus import Said
        from stratlint.run.settings import Settings
        from stratlint.web.desk import Desk
        from stratlint.web.line import Stage, Task
        from stratlint.web.serving import guarded

        self.folder = Path(tempfile.mkdtemp(prefix="stratlint-fuzz-"))
        self.desk = Desk(self.folder, Settings(jobs=1, cache=False), None)
        self.guard = guarded(self.desk, port=8765, key="first", most=100_000)
        self.loop = asyncio.new_event_loop()
        self.draft = self.desk.put("plan.md", io.BytesIO(NORTH_EAST.encode()), Said())
        while self.draft.is_busy:
            threading.Event().wait(0.05)
        assert self.draft.stage is Stage.DONE, self.draft.fault
        found = self.desk.findings(self.draft).findings
        self.words = {
            b"{id}": self.draft.id.encode(),
            b"{csrf}": self.guard.csrf.encode(),
            b"{reading}": self.guard.reading.encode(),
            b"{finding}": found[0].fingerprint.encode() if found else b"0" * 16,
        }
        status, headers = self.send(b"GET /?key=first\n\n", entered=False)
        assert status == 303
        self.cookie = dict(headers)[b"set-cookie"].partition(b";")[0]
        # Fuzzed drafts are taken in and wait; reading them is the reader's target.
        self._end = threading.Event()
        self.desk.line.add(Task(), lambda _run: self._end.wait())

    def send(self, data: bytes, *, entered: bool = True) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Ask once: 'METHOD target', header lines, an empty line, the body."""
        head, _, body = data.partition(b"\n\n")
        first, *lines = head.split(b"\n")
        method, _, target = first.partition(b" ")
        path, _, query = target.partition(b"?")
        raw = path if path.startswith(b"/") else b"/" + path
        headers = [(b"host", b"127.0.0.1:8765")]
        if entered:
            headers += [(b"cookie", self.cookie), (b"origin", b"http://127.0.0.1:8765")]
        for line in lines:
            name, colon, value = line.partition(b":")
            # What uvicorn lets through: names are tokens, values have no control characters.
            plain = all(byte >= 32 and byte != 127 for byte in value.strip())
            if colon and re.fullmatch(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) and plain:
                kept = [(n, v) for n, v in headers if n != name.lower()]
                headers = [*kept, (name.lower(), value.strip())]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method.decode("latin-1").upper()[:10],
            "scheme": "http",
            # As uvicorn makes it of the bytes that came in.
            "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
            "raw_path": raw,
            "query_string": query,
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8765),
        }
        return self.loop.run_until_complete(self._ask(scope, body))

    async def _ask(
        self, scope: dict[str, Any], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]]]:
        coming = [
            {"type": "http.request", "body": body[:50], "more_body": True},
            {"type": "http.request", "body": body[50:], "more_body": False},
        ]
        answers: list[Any] = []

        async def receive() -> Any:
            return coming.pop(0) if coming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            answers.append(message)

        await self.guard(scope, receive, send)
        start = next((m for m in answers if m["type"] == "http.response.start"), None)
        assert start is not None, "no answer"
        return start["status"], list(start["headers"])

    def close(self) -> None:
        """Let the line end."""
        self._end.set()
        self.desk.close(keep=False)

    def tidy(self) -> None:
        """Take off the desk what was put in, and keep the draft that is asked about."""
        for draft in self.desk.drafts():
            if draft is not self.draft:
                self.desk.remove(draft)
        self.desk.line.cancel(self.draft)
        if self.draft not in self.desk.drafts():
            self.desk._drafts[self.draft.id] = self.draft


@functools.cache
def _server() -> Server:
    return Server()


def close() -> None:
    """End what a target has begun: the page's thread would keep the process."""
    if _server.cache_info().currsize:
        _server().close()
        _server.cache_clear()


def server(data: bytes) -> None:
    """Requests as they come from a socket, most with cookie, origin and token of the page."""
    page = _server()
    for word, value in page.words.items():
        data = data.replace(word, value)
    try:
        status, headers = page.send(data)
        assert status < 500, status
        assert any(name == b"content-security-policy" for name, _ in headers)
        assert all(b"\n" not in v and b"\r" not in v for _, v in headers)
    finally:
        page.tidy()


# ---------------------------------------------------------------------------------------- seeds

TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "rules": rules,
    "tables": tables,
    "manifest": manifest,
    "server": server,
    "analysis": analysis,
}

REQUESTS = (
    "GET /\n\n",
    "GET /drafts/{id}?family=SB\n\n",
    "GET /drafts/{id}/events\n\n",
    "GET /drafts/{id}/page/0\n\n",
    "GET /drafts/{id}/download/whole\n\n",
    "GET /drafts/{id}/download/findings\nrange: bytes=0-9\n\n",
    "GET /api/drafts/{id}/findings.csv\nauthorization: Bearer {reading}\n\n",
    "GET /api/drafts\n\n",
    "GET /api/openapi.json\n\n",
    "GET /corpus\n\n",
    "GET /corpus/files/index.html\n\n",
    "GET /static/report.css\nif-none-match: *\n\n",
    "POST /drafts/{id}/aside\ncontent-type: application/x-www-form-urlencoded\n\n"
    "csrf={csrf}&fingerprint={finding}&reason=read+and+right",
    "POST /drafts/{id}/back\ncontent-type: application/x-www-form-urlencoded\n\ncsrf={csrf}&all=1",
    "POST /drafts/{id}/baseline\ncontent-type: application/x-www-form-urlencoded\n\n"
    "csrf={csrf}&reason=all+of+them",
    "POST /drafts/{id}/correct\ncontent-type: application/x-www-form-urlencoded\n\n"
    "csrf={csrf}&region=Cornwall&area=Devon%3BCornwall&year=2026&kind=plan",
    "POST /drafts\ncontent-type: application/x-www-form-urlencoded\n\n"
    "csrf={csrf}&text=Tourism+is+a+priority.&year=2026",
    "POST /drafts\ncontent-type: multipart/form-data; boundary=b\n\n"
    '--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.md"\r\n\r\nP\r\n--b--\r\n',
)
_CONTENT = (
    b"1 0 0 1 72 700 cm BT /F1 12 Tf 14 TL 0 0 Td (Our priorities) Tj T* [(tour) -20 (ism)] TJ ET\n"
    b"72 690 200 1 re f q 2 0 0 2 0 0 cm 0 0 m 100 0 l S Q BI /W 1 /H 1 /BPC 1 ID \x00 EI\n"
)
_W = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD = _PART.join(
    (
        b"<w:document%b><w:body><w:p><w:pPr><w:pStyle w:val='H'/><w:numPr><w:ilvl w:val='0'/>"
        b"<w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Priorities</w:t></w:r></w:p><w:tbl><w:tr>"
        b"<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>"
        b"Tourism</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:tc></w:tr></w:tbl>"
        b"<w:sectPr/></w:body></w:document>" % _W,
        b"<w:styles%b><w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/>"
        b"<w:basedOn w:val='H'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style></w:styles>" % _W,
        b"<w:numbering%b><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        b"<w:numFmt w:val='decimal'/><w:lvlText w:val='%%1.'/></w:lvl></w:abstractNum>"
        b"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>" % _W,
        b"<w:footnotes%b><w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r></w:p>"
        b"</w:footnote></w:footnotes>" % _W,
    )
)


def seeds(target: str, folder: Path) -> None:
    """Write the starting inputs of a target."""
    for number, data in enumerate(_seeds(target)):
        (folder / f"seed-{number}").write_bytes(data)


def _seeds(target: str) -> Iterator[bytes]:
    if target == "server":
        yield from (text.encode() for text in REQUESTS)
    elif target == "tables":
        yield from _tables()
    elif target == "rules":
        yield from _rules()
    elif target == "manifest":
        yield from _files_people_edit()
    elif target == "analysis":
        for text in (NORTH_EAST, SOUTH_WEST):
            yield from (bytes([kind]) + text.encode()[:_LONGEST] for kind in range(2))
        for path in sorted((ROOT / "corpora").rglob("*.md"))[:10]:
            yield b"\x00" + path.read_bytes()[:_LONGEST]
    else:
        yield from (b"\x06" + _CONTENT, b"\x05" + _WORD)
        for name, data in hostile_files(large=False):
            suffix = Path(name).suffix
            if suffix in SUFFIXES and len(data) <= _SEED_BYTES:
                yield bytes([SUFFIXES.index(suffix)]) + data


def _tables() -> Iterator[bytes]:
    yield from (TABLE.encode(), TABLE.replace(",", ";").encode())
    yield (
        CARD.encode()
        + b"total_code: Total\nabsent: nought\ndecimal: ','\n"
        + _PART
        + (
            b"region\tnace_r2\t2007\t2008\nUKC\tTotal\t1.2\t:\nUKC\tC10-C12\t<5\t3\nUKD\tTotal\t9\t9"
        )
    )
    for name in ("jobs", "gva", "employment"):
        for path in sorted((ROOT / "corpora").rglob(f"{name}*.csv"))[:2]:
            yield path.read_bytes()[:_SEED_BYTES].rpartition(b"\n")[0]


def _rules() -> Iterator[bytes]:
    for text in FAULTY_YAML.values():
        yield b"\x01" + text.encode("utf-8", "replace")[:_SEED_BYTES]
    for path in sorted((ROOT / "rules" / "packs").rglob("*.yaml"))[::3]:
        yield b"\x01" + path.read_bytes()[:8_000]
    for path in sorted((ROOT / "rules" / "language").glob("themes*.yaml")):
        yield b"\x00" + path.read_bytes()[:_SEED_BYTES].rpartition(b"\n")[0]


def _files_people_edit() -> Iterator[bytes]:
    yield from (b"\x00" + text.encode("utf-8", "replace") for text in FAULTY_YAML.values())
    yield (
        b"\x00title: Made\nevidence: [../jobs.csv]\nrules: {SB003: off}\ndocuments:\n"
        b"  - {file: a.md, region: North East, area: [Durham], year: 2007, kind: strategy}\n"
    )
    yield b"\x02pack: all\nselect: [SB]\nrules: {SB003: {severity: info}}\nlimits: {seconds: 9}\n"
    yield b'\x03[tool.stratlint]\njobs = 2\nselect = ["SB"]\n[tool.stratlint.limits]\nmax_pages=3\n'
    yield (
        b"\x04ignore:\n  - {rule: SB003, document: a.md, reason: it is so, until: 2026-01-01}\n"
        b"  - {rule: SB003, fingerprint: 0123456789abcdef, reason: seen}\n"
    )
    yield b'\x05{"schema_version": "1", "tool": "stratlint-profile", "notice": "", "documents": []}'
    yield b'\x06{"schema_version": "1", "tool": "stratlint", "documents": [], "findings": []}'
    yield b'\x07{"text": "Tourism.", "labels": [{"start": 0, "end": 7, "sector": "tourism"}]}\n'
    yield b'\x08{"document": "a.md", "sector": "tourism", "commitment": "priority"}\n'
    yield b"\x09areas:\n  - {name: The Vale, parts: {E07000001: 1}, region: North East}\n"
    yield b"\x0aregions:\n  - {name: North East, aliases: [the north east], neighbours: []}\n"
    yield b"\x0bid: tourism\nname: Tourism\nsic2007: ['55']\nlabels: [tourism, visitor economy]\n"


_WORDS = {
    "reader": "<w:p> <w:tbl> w:val= <table> <td colspan= rowspan= <!-- ]]> &#x &nbsp; stream "
    "endobj /Type /Font /Filter /FlateDecode Tj TJ Td Tm BT ET # ## |--- ``` [^1] - 1. __",
    "rules": "phrases: themes: extends: scope: tests: documents: want: none: !!python &a *a << .. "
    "~ {words} {count} level: severity: check: with: null true .inf .nan 0o17 2026-01-01 1:30",
    "tables": "region year industry_code value geo nace_r2 : <5 c * [c] - .. n/a e p Total C10-C12 "
    "20.1 1,234 1.234 ; 2007 \xef\xbb\xbf total_code: decimal: negative: minimum_size: .nan",
    "manifest": "documents: file: region: area: year: role: source evidence: rules: .. / ~ null "
    ".inf .nan !!binary &a *a <<: until: fingerprint: 1e999 -1 0x10 true {} []",
    "server": "{id} {csrf} {finding} {reading} %00 %2e%2e%2f %ff csrf= reason= year= area= kind= "
    "text= fingerprint= content-length: content-type: multipart/form-data;boundary=b --b-- "
    "range: bytes=0-1 bytes=-1,0-,1-2 if-range: host: cookie: origin: sec-fetch-site: "
    "filename*=utf-8'' charset=utf-7 all=1 /events /again /page/9999999999999999999999",
    "analysis": "priority sectors tourism: not but rather than instead of the region will "
    "invest in aerospace 1. 2) - # | ; ( ) such as e.g. all of which £5m per cent respectively",
}


def dictionary(target: str) -> str:
    """Words that the fuzzer may put in, in libFuzzer's format."""

    def escaped(word: str) -> str:
        data = word.encode()
        return "".join(
            chr(b) if chr(b).isascii() and chr(b).isalnum() else f"\\x{b:02x}" for b in data
        )

    return "".join(f'"{escaped(word)}"\n' for word in _WORDS[target].split())
