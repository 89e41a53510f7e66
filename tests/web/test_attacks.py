"""Attacks on the page, each refused: by whom it is asked, from where, with what."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stratlint.errors import UsageError
from stratlint.rules.suppressions import load_suppressions
from stratlint.run.corpus import load_corpus
from stratlint.run.suppressions import FILE_NAME
from stratlint.web.serving import _must_be_kept, _origin, guarded
from tests.made import NORTH_EAST
from tests.robustness.hostile import hostile_files
from tests.web.conftest import BASE, KEY, PORT, Open, Page

MOST = 200_000
FILE = {"file": ("a.md", b"# Text")}


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(most=MOST)


def _bare(page: Page) -> httpx.AsyncClient:
    """A client that never opened the first address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(page.app), base_url=BASE)


FOREIGN = {
    "a foreign site": {"origin": "https://evil.example"},
    "a foreign site that is called like us": {"origin": f"http://127.0.0.1.evil.example:{PORT}"},
    "a sandboxed frame": {"origin": "null"},
    "an empty origin": {"origin": ""},
    "another port of this machine": {"origin": "http://127.0.0.1:3000"},
    "no port": {"origin": "http://127.0.0.1"},
    "another scheme": {"origin": f"https://127.0.0.1:{PORT}"},
    "a file": {"origin": "file://"},
    "an extension": {"origin": "chrome-extension://abcdef"},
    "two origins": {"origin": f"{BASE} https://evil.example"},
    "no origin, cross-site": {"sec-fetch-site": "cross-site"},
    "no origin, another port": {"sec-fetch-site": "same-site"},
    "no origin and no word on where it is from": {},
    "a foreign origin that says same-origin": {
        "origin": "https://evil.example",
        "sec-fetch-site": "same-origin",
    },
}
POSTS = ("/drafts", "/drafts/{id}/aside", "/drafts/{id}/remove", "/drafts/{id}/again")


@pytest.mark.parametrize("who", FOREIGN)
def test_no_change_comes_from_elsewhere(page: Page, who: str) -> None:
    # With cookie and token: the origin alone must do.
    answer = page.ask(
        "POST", "/drafts", data={"csrf": page.app.csrf}, files=FILE, headers=FOREIGN[who]
    )
    assert answer.status_code == 403
    assert page.desk.drafts() == []


HOSTS = {
    "a rebound name": f"evil.example:{PORT}",
    "a rebound name of ours": f"127.0.0.1.nip.io:{PORT}",
    "localhost as a domain": f"localhost.evil.example:{PORT}",
    "another port": "127.0.0.1:80",
    "no port": "127.0.0.1",
    "all addresses": f"0.0.0.0:{PORT}",
    "another loopback": f"127.0.0.2:{PORT}",
    "the number": f"2130706433:{PORT}",
    "IPv6": f"[::1]:{PORT}",
    "nothing": "",
    "a trailing dot": f"localhost.:{PORT}",
    "a user": f"127.0.0.1:{PORT}@evil.example",
    "two names": f"127.0.0.1:{PORT}, evil.example",
}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/api/drafts", f"/?key={KEY}"])
def test_a_foreign_name_that_leads_here_is_refused(page: Page, host: str, path: str) -> None:
    answer = page.get(path, headers={"host": HOSTS[host]})
    assert answer.status_code == 421
    assert "csrf" not in answer.text


COOKIES = {
    "none": "",
    "empty": "{name}=",
    "wrong": "{name}=wrong",
    "the key": "{name}=" + KEY,
    "too long": "{name}={session}x",
    "cut": "{name}={cut}",
    "another name": "stratlint={session}",
    "another port's": "stratlint-1={session}",
    "not ASCII": "{name}=ü",
}


@pytest.mark.parametrize("cookie", COOKIES)
def test_nothing_is_shown_without_the_cookie(page: Page, cookie: str) -> None:
    session = page.client.cookies[page.app.cookie]
    value = COOKIES[cookie].format(name=page.app.cookie, session=session, cut=session[:-1])
    page.client.cookies.clear()
    headers = {"cookie": value.encode("utf-8")} if value else {}
    for path in ("/", "/api/drafts", "/api/openapi.json", "/static/web.js"):
        answer = page.get(path, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert page.app.csrf not in answer.text


@pytest.mark.parametrize("key", [KEY, "", "wrong", KEY.upper(), KEY + "x", "ü"])
def test_the_key_serves_once(page: Page, key: str) -> None:
    page.client.cookies.clear()
    answer = page.get("/", params={"key": key})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_notebook_reads_tables_with_its_own_word_and_nothing_else(page: Page) -> None:
    address = page.put("a.md", NORTH_EAST.encode())
    page.done(address)
    assert page.app.reading in page.get("/").text
    page.client.cookies.clear()
    word = {"authorization": f"Bearer {page.app.reading}"}
    rows = page.get(f"/api{address}/priorities.json", headers=word)
    assert rows.json()
    assert "set-cookie" not in rows.headers
    for path in ("/", address, f"{address}/download/report", "/corpus", "/static/web.js", "/apix"):
        assert page.get(path, headers=word).status_code == 403
    foreign = {**word, "host": "evil.example"}
    assert page.get("/api/drafts", headers=foreign).status_code == 421
    for wrong in ("Bearer", "Bearer x", f"Basic {page.app.reading}", page.app.reading, "Bearer ü"):
        headers = {"authorization": wrong.encode("utf-8")}
        assert page.get("/api/drafts", headers=headers).status_code == 403
    data = {"csrf": page.app.csrf}
    answer = page.ask("POST", f"{address}/remove", data=data, headers={**word, "origin": BASE})
    assert answer.status_code == 403
    assert len(page.desk.drafts()) == 1


def test_the_cookie_is_for_this_site_and_no_script(open_page: Open) -> None:
    page = open_page()
    page.app._key = "another"
    page.client.cookies.clear()
    page.client.follow_redirects = False
    answer = page.get("/", params={"key": "another"})
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert answer.headers["location"] == "/"  # the key does not stay in the address


@pytest.mark.parametrize("token", ["", "wrong", "x" * 100_000, "ü", None])
@pytest.mark.parametrize("post", POSTS)
def test_no_change_without_the_token(page: Page, post: str, token: str | None) -> None:
    address = page.put("a.md", NORTH_EAST.encode())
    path = post.replace("/drafts/{id}", address)
    data = {} if token is None else {"csrf": token}
    answer = page.ask("POST", path, data=data, files=FILE, headers={"origin": BASE})
    assert answer.status_code == 403
    assert len(page.desk.drafts()) == 1


CORPUS_POSTS = (
    "/corpus/documents/correct",
    "/corpus/documents/remove",
    "/corpus/documents/list",
    "/corpus/documents/add",
    "/corpus/documents/begin",
    "/corpus/documents/cancel",
    "/corpus/rules",
    "/corpus/undo",
    "/corpus/audit",
    "/corpus/cancel",
)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("post", CORPUS_POSTS)
def test_no_change_of_the_corpus_comes_from_elsewhere_or_without_the_token(
    open_page: Open, own_corpus: Path, post: str
) -> None:
    page = open_page(own_corpus)
    before = _files(own_corpus)
    fields = {"document": "south-west.md", "pack": "all", "year": "1999"}
    for who, headers in FOREIGN.items():
        data = {"csrf": page.app.csrf, **fields}
        assert page.ask("POST", post, data=data, headers=headers).status_code == 403, who
    for token in ("", "wrong", page.app.csrf[:-1], page.app.reading):
        data = {"csrf": token, **fields}
        answer = page.ask("POST", post, data=data, files=FILE, headers={"origin": BASE})
        assert answer.status_code == 403
    assert page.ask("GET", post, params=fields).status_code == (200 if "rules" in post else 405)
    assert _files(own_corpus) == before


@pytest.mark.parametrize("path", ["/corpus", "/corpus/documents", "/corpus/rules"])
def test_the_corpus_is_not_shown_without_the_cookie(
    open_page: Open, own_corpus: Path, path: str
) -> None:
    page = open_page(own_corpus)
    page.client.cookies.clear()
    headers = {"authorization": f"Bearer {page.app.reading}"}  # that reads tables alone
    for answer in (page.get(path), page.get(path, headers=headers)):
        assert answer.status_code == 403
        assert "South West" not in answer.text


def test_a_token_given_as_a_file_is_none(page: Page) -> None:
    files = {"csrf": ("csrf", page.app.csrf.encode()), **FILE}
    answer = page.ask("POST", "/drafts", files={"csrf": files["csrf"]}, headers={"origin": BASE})
    assert answer.status_code == 403


NAMES = {
    "climbs": "../../../etc/passwd.md",
    "climbs as Windows does": "..\\..\\windows\\system32.md",
    "from the root": "/etc/cron.d/a.md",
    "a drive": "C:\\autoexec.md",
    "a NUL": "a\0b.md",
    "dots alone": "...md",
    "very long": "a" * 50_000 + ".md",
    "control characters": "a\x1b[31mb\x07.md",
    "turns the direction": "gpj.\u202edm.md",
    "a header": 'a"\r\nSet-Cookie: stolen=1\r\n.md',
    "markup": "<script>alert(1)</script>.md",
    "an attribute": '" onmouseover="alert(1)" x=".md',
    "a template": "{{ 7 * 7 }}{% include 'base.html.jinja' %}.md",
    "a format": "%s%n{0.__class__}.md",
    "a command": "$(touch pwned)`id`;|&.md",
    "a device": "CON.md",
    "a surrogate": "\udcff.md".encode("utf-8", "surrogateescape").decode("latin-1"),
    "tilde": "~/.ssh/authorized_keys.md",
    "an option": "--output=x.md",
    "a URL": "http://169.254.169.254/latest.md",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_only_ever_shown(page: Page, name: str, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if page.desk.folder not in path.parents}
    answer = page.send("/drafts", files={"file": (NAMES[name], NORTH_EAST.encode())})
    assert answer.status_code in (200, 400), answer.text
    assert {path for path in tmp_path.rglob("*") if page.desk.folder not in path.parents} == before
    files = [path for path in page.desk.folder.rglob("*") if path.is_file()]
    assert all(
        re.fullmatch(r"[0-9a-f]{16}/[0-9a-f]{8}\.md", str(f.relative_to(page.desk.folder)))
        for f in files
    )
    for draft in page.desk.drafts():
        address = f"/drafts/{draft.id}"
        texts = [page.get("/").text, page.done(address)]
        for text in texts:
            assert "<script>alert" not in text
            assert '" onmouseover="' not in text
            assert "49" not in _name_shown(text)
            assert not any(c in text for c in "\0\x1b\x07\u202e")
        got = page.get(f"{address}/download/findings")
        assert "set-cookie" not in got.headers
        named = got.headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]{1,60}-findings\.csv"', named)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_goes_into_the_corpus_and_nowhere_else(
    open_page: Open, own_corpus: Path, tmp_path: Path, name: str
) -> None:
    page = open_page(own_corpus)
    before = _files(tmp_path)
    answer = page.send("/corpus/documents/add", files={"file": (NAMES[name], NORTH_EAST.encode())})
    assert answer.status_code in (200, 400), answer.text
    after = _files(tmp_path)
    new = {path for path in after if path not in before}
    assert {Path(path).parent for path in new} <= {own_corpus}
    changed = {path for path in before if after.get(path) != before[path]}
    assert changed <= {str(own_corpus / "manifest.yaml")}
    for path in new:
        assert re.fullmatch(r"[\w(][\w .,()&'+-]*\.md", Path(path).name), path
        assert len(Path(path).name) < 120
    text = page.get("/corpus/documents").text
    assert "<script>alert" not in text
    assert '" onmouseover="' not in text
    assert len(load_corpus(own_corpus).entries) == 4 + len(new)


@pytest.mark.parametrize(
    "name",
    ["../secret.md", "secret.md", "/etc/passwd", "manifest.yaml", "a/../b.md", "link.md", "", "."],
)
def test_only_documents_of_the_folder_are_listed(
    open_page: Open, own_corpus: Path, name: str
) -> None:
    secret = own_corpus.parent / "secret.md"
    secret.write_text("# The secret of this machine", encoding="utf-8")
    (own_corpus / "link.md").symlink_to(secret)
    page = open_page(own_corpus)
    before = _files(own_corpus)
    for way in ("list", "remove", "correct"):
        answer = page.send(f"/corpus/documents/{way}", {"document": name, "seen": ""})
        assert answer.status_code == 400
        assert "The secret" not in answer.text
    assert _files(own_corpus) == before


def test_a_link_that_is_in_the_way_of_a_new_document_is_not_followed(
    open_page: Open, own_corpus: Path
) -> None:
    outside = own_corpus.parent / "outside.md"
    (own_corpus / "new.md").symlink_to(outside)
    page = open_page(own_corpus)
    answer = page.send("/corpus/documents/add", files={"file": ("new.md", b"# New")})
    assert answer.status_code == 400
    assert not outside.exists()


YAML = (
    "x\ndocuments: []",
    "x, role: source",
    "{a: b}",
    "!!python/object/apply:os.system [id]",
    "*x",
    "&x y",
    "# nothing",
    "': '",
    "- x",
    "|",
    "\u2028x",
    "{{ 7 * 7 }}",
)


@pytest.mark.parametrize("words", YAML)
@pytest.mark.parametrize("key", ["region", "title"])
def test_what_is_said_of_a_document_is_never_yaml_of_its_own(
    open_page: Open, own_corpus: Path, key: str, words: str
) -> None:
    page = open_page(own_corpus)
    text = page.get("/corpus/documents", params={"edit": "south-west.md"}).text
    seen = re.search(r'name="document" value="south-west.md".*?name="seen" value="(\w+)"', text)
    assert seen is not None
    fields = {"document": "south-west.md", "seen": seen.group(1), key: words}
    assert page.send("/corpus/documents/correct", fields).status_code == 200
    entries = {e.source: e for e in load_corpus(own_corpus).entries}
    assert len(entries) == 4
    written = getattr(entries["south-west.md"], key)
    assert re.sub(r"\W", "", written) == re.sub(r"\W", "", words)
    assert ">49<" not in page.get("/corpus/documents").text


def _name_shown(text: str) -> str:
    found = re.search(r"<p class=\"meta\">(.*?) ·", text)
    return found.group(1) if found else ""


IDS = (
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "a" * 10_000,
    "{{7*7}}",
    "%0d%0aX: y",
    "-",
    "*",
)


@pytest.mark.parametrize("draft_id", IDS)
@pytest.mark.parametrize("rest", ["", "/page/0", "/download/annotated", "/events"])
def test_an_id_that_is_none_leads_nowhere(page: Page, draft_id: str, rest: str) -> None:
    answer = page.get(f"/drafts/{draft_id}{rest}")
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "x" not in {name.lower() for name in answer.headers}


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e%2fweb.css",
        "/static/..%5c..%5cpyproject.toml",
        "/static//etc/passwd",
        "/static/report.js.jinja",
        "/static/%00",
        "/api/drafts/x/__class__.csv",
        "/drafts/x/page/-1",
        "/drafts/x/page/99999999999999999999",
    ],
)
def test_only_named_files_are_served(page: Page, path: str) -> None:
    assert page.get(path).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
@pytest.mark.parametrize("path", ["/drafts", "/drafts/x/remove", "/drafts/x/aside"])
def test_other_methods_change_nothing(page: Page, method: str, path: str) -> None:
    answer = page.ask(method, path, headers={"origin": BASE})
    assert answer.status_code in (403, 404, 405)
    assert "access-control-allow-origin" not in answer.headers


async def _endless() -> AsyncIterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n'
    while True:
        yield b"a" * 50_000


def _multipart(parts: list[bytes]) -> bytes:
    return b"".join(b"--x\r\n" + part for part in parts) + b"--x--\r\n"


def _part(name: str, value: bytes = b"v", more: str = "") -> bytes:
    return f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


BODIES: dict[str, tuple[Any, int]] = {
    "huge": (_multipart([_part("file", b"a" * 3 * MOST * 10, '; filename="a.md"')]), 413),
    "many files": (_multipart([_part("file", b"a", '; filename="a.md"')] * 50), 400),
    "many fields": (_multipart([_part(f"f{n}") for n in range(5_000)]), 400),
    "a long field": (_multipart([_part("region", b"a" * (MOST + 500_000))]), 403),
    "no boundary at the end": (b"--x\r\n" + _part("csrf", b"wrong"), 403),
    "no parts": (b"--x--\r\n", 403),
    "headers without end": (b"--x\r\n" + b"A: b\r\n" * 10_000, 400),
    "a header of a hundred kilobytes": (b"--x\r\nContent-Disposition: " + b"a" * 100_000, 400),
    "not multipart": (b"\xff\xfe\0\0", 400),
    "unknown charset": (_multipart([_part("_charset_", b"evil"), _part("csrf", b"\xff")]), 400),
}


@pytest.mark.parametrize("body", BODIES)
def test_bodies_are_bounded(page: Page, body: str) -> None:
    data, status = BODIES[body]
    headers = {"origin": BASE, "content-type": "multipart/form-data; boundary=x"}
    answer = page.ask("POST", "/drafts", content=data, headers=headers)
    assert answer.status_code in (status, 400, 403)
    assert page.desk.drafts() == []


@pytest.mark.parametrize("length", [None, "10", "0"])
def test_an_endless_upload_ends(page: Page, length: str | None) -> None:
    headers = {"origin": BASE, "content-type": "multipart/form-data; boundary=x"}
    if length is not None:  # a length that lies holds nobody to anything
        headers["content-length"] = length
    answer = page.ask("POST", "/drafts", content=_endless(), headers=headers)
    assert answer.status_code == 413
    assert "Put a smaller file in" in answer.text


@pytest.mark.parametrize("length", ["-1", "²", "1e9", "9" * 5_000, "0x10", "1, 1"])
def test_a_length_that_is_no_number_is_refused(page: Page, length: str) -> None:
    headers = {"origin": BASE, "content-length": length.encode("latin-1")}
    assert page.ask("POST", "/drafts", content=b"", headers=headers).status_code == 413


EVIL = "</p><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}${7*7}\u202e"


def test_what_is_said_of_a_draft_is_shown_as_words(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    text = NORTH_EAST.replace("# Making and mending", f"# {EVIL} Making and mending")
    address = page.put("a.md", text.encode(), region=EVIL)
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": EVIL})
    shown = page.done(address)
    assert "alert(1)" in shown
    for forbidden in ("<script>alert", "<img src=x", ">49"):
        assert forbidden not in shown
    # What turns the direction turns no more than its own words.
    assert "\u202e" not in re.sub(r"<bdi>.*?</bdi>", "", shown, flags=re.DOTALL)
    # YAML, too: one entry, and its reason as it was given.
    (entry,) = load_suppressions(own_corpus / FILE_NAME).ignore
    assert entry.fingerprint == chosen
    assert "alert(1)" in entry.reason


@pytest.mark.parametrize(
    "reason",
    [
        "x: y\n- rule: SB001\n  document: '*'",
        "!!python/object/apply:os.system ['id']",
        "*a &b",
        "#",
    ],
)
def test_a_reason_is_never_yaml_of_its_own(open_page: Open, own_corpus: Path, reason: str) -> None:
    page = open_page(own_corpus)
    address = page.put("a.md", NORTH_EAST.encode())
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": reason + " because"})
    (entry,) = load_suppressions(own_corpus / FILE_NAME).ignore
    assert " ".join(entry.reason.split()) == " ".join((reason + " because").split())


@pytest.mark.parametrize("fingerprint", ["", "0" * 16, "../x", "' OR 1=1", "\0", "a" * 10_000])
def test_only_a_finding_of_the_draft_is_set_aside(
    open_page: Open, own_corpus: Path, fingerprint: str
) -> None:
    page = open_page(own_corpus)
    address = page.put("a.md", NORTH_EAST.encode())
    page.done(address)
    for way in ("aside", "back"):
        fields = {"fingerprint": fingerprint, "reason": "a good reason"}
        assert page.send(f"{address}/{way}", fields).status_code == 400
    assert not (own_corpus / FILE_NAME).exists()


def test_a_link_in_place_of_a_folder_of_ours_is_not_followed(page: Page, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.md").write_text("keep", encoding="utf-8")
    address = page.put("a.md", NORTH_EAST.encode())
    page.done(address)
    (page.desk.folder / "link").symlink_to(outside)
    assert page.get("/drafts/link").status_code == 404
    draft = page.desk.drafts()[0]
    (draft.folder / "in").symlink_to(outside)
    page.send(f"{address}/remove")
    page.desk.close(keep=False)
    assert (outside / "keep.md").read_text(encoding="utf-8") == "keep"


def test_a_word_file_with_a_link_to_a_file_reads_none(page: Page, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine", encoding="utf-8")
    entity = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Our priority is tourism. &x;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", entity)
    text = page.done(page.put("a.docx", made.getvalue()))
    assert "the secret of this machine" not in text


@pytest.mark.slow
def test_hostile_documents_leave_the_page_standing(open_page: Open) -> None:
    page = open_page(most=5_000_000, limits={"seconds": 3, "memory_mb": 1000})
    # Every sixth of the hundred: each kind is there, and the audit of them all is tested elsewhere.
    files = [(n, d) for n, d in hostile_files() if d and len(d) < 5_000_000][::6]
    assert len(files) >= 12
    for name, data in files:
        answer = page.send("/drafts", files={"file": (name, data)})
        if answer.status_code == 200:
            text = page.done(answer.url.path, seconds=120)
            assert "please report it" not in text, name
            assert str(page.desk.folder) not in text
    assert "Gateshead" in page.done(page.put("good.md", NORTH_EAST.encode()))


HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/web.css", "/api/drafts"])
def test_every_answer_keeps_to_itself(page: Page, path: str) -> None:
    answer = page.get(path)
    for name, value in HEADERS.items():
        assert value in answer.headers[name]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_a_page_holds_no_script_and_no_style_of_its_own(page: Page) -> None:
    address = page.put("a.md", NORTH_EAST.encode())
    for text in (page.get("/").text, page.done(address), page.get("/nothing").text):
        assert re.findall(r"<script[^>]*>", text) == ['<script src="/static/web.js" defer>']
        assert "<style" not in text
        assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", text)
        assert not re.search(r"(?:src|href|action)=\"https?:", text)


ADDRESS = "https://drafts.example.org"
PAST = {
    "past the proxy": {"host": f"127.0.0.1:{PORT}"},
    "past the proxy by name": {"host": f"localhost:{PORT}"},
    "another name": {"host": "evil.example"},
    "the name at another port": {"host": "drafts.example.org:8080"},
    "a change from elsewhere": {"origin": "https://evil.example"},
    "a change from the plain address": {"origin": "http://drafts.example.org"},
    "a change from this machine's own page": {"origin": BASE},
    "a change from nowhere": {"origin": ""},
}


@pytest.mark.parametrize("who", PAST)
def test_behind_a_proxy_its_address_alone_counts(page: Page, who: str) -> None:
    guard = guarded(page.desk, port=PORT, key=KEY, most=MOST, address=ADDRESS)
    shared = Page(guard, page.desk)
    shared.client.base_url = httpx.URL(ADDRESS)
    shared.client.follow_redirects = False
    for _ in range(2):  # the key lets in each of a team
        entered = shared.get("/", params={"key": KEY})
        assert entered.status_code == 303
        shared.client.cookies.clear()
    said = entered.headers["set-cookie"]
    assert "secure" in said.lower()
    cookie = said.split(";")[0]
    ours = {"cookie": cookie, "origin": ADDRESS}
    more = {"data": {"csrf": guard.csrf}, "files": FILE}
    refused = shared.ask("POST", "/drafts", headers={**ours, **PAST[who]}, **more)
    assert refused.status_code in (403, 421)
    assert page.desk.drafts() == []
    assert shared.ask("POST", "/drafts", headers=ours, **more).status_code == 303
    assert shared.get("/", headers={"origin": ADDRESS}).status_code == 403  # no cookie


TOKEN = "a-token-of-more-than-twenty"
OPEN_AT = f"http://192.168.1.20:{PORT}"
BEYOND = {
    "a name of the loopback": {"host": f"127.0.0.1:{PORT}"},
    "a rebound name": {"host": f"evil.example:{PORT}"},
    "all addresses": {"host": f"0.0.0.0:{PORT}"},
    "another port": {"host": "192.168.1.20:80"},
    "no port": {"host": "192.168.1.20"},
    "a name before the address": {"host": f"192.168.1.20.evil.example:{PORT}"},
    "a change from another site": {"origin": "https://evil.example"},
    "a change from another port": {"origin": "http://192.168.1.20:3000"},
    "a change from another machine": {"origin": f"http://192.168.1.21:{PORT}"},
    "a change from this machine's own name": {"origin": BASE},
    "a change without a cookie": {"cookie": ""},
    "a change with the token for a cookie": {"cookie": f"stratlint-{PORT}={TOKEN}"},
}


@pytest.mark.parametrize("who", BEYOND)
def test_on_the_network_the_token_and_the_address_alone_count(page: Page, who: str) -> None:
    guard = guarded(page.desk, port=PORT, key=TOKEN, most=MOST, address=OPEN_AT)
    shared = Page(guard, page.desk)
    shared.client.base_url = httpx.URL(OPEN_AT)
    shared.client.follow_redirects = False
    for wrong in ("", TOKEN[:-1], TOKEN.upper(), f"{TOKEN}x"):
        refused = shared.get("/", params={"key": wrong})
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
    assert "Ask whoever started this page" in shared.get("/").text
    for _ in range(2):  # each who has the token
        entered = shared.get("/", params={"key": TOKEN})
        assert entered.status_code == 303
        shared.client.cookies.clear()
    said = entered.headers["set-cookie"]
    assert "httponly" in said.lower()
    assert "samesite=strict" in said.lower()
    ours = {"cookie": said.split(";")[0], "origin": OPEN_AT}
    more = {"data": {"csrf": guard.csrf}, "files": FILE}
    refused = shared.ask("POST", "/drafts", headers={**ours, **BEYOND[who]}, **more)
    assert refused.status_code in (403, 421)
    assert page.desk.drafts() == []
    assert shared.ask("POST", "/drafts", headers=ours, files=FILE).status_code == 403  # no csrf
    assert shared.ask("POST", "/drafts", headers=ours, **more).status_code == 303


@pytest.mark.parametrize(
    ("host", "token", "behind", "said"),
    [
        ("192.168.1.20", None, None, "give a --token too"),
        ("192.168.1.20", "short", None, "at least 20"),
        ("192.168.1.20", "with a blank in it, and long", None, "at least 20"),
        ("0.0.0.0", TOKEN, None, "every address of this machine"),
        ("::", TOKEN, None, "every address of this machine"),
        ("192.168.1.20", TOKEN, ADDRESS, "leave --host out"),
    ],
)
def test_the_network_is_not_let_in_by_halves(
    host: str, token: str | None, behind: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        _must_be_kept(host, token, behind)


@pytest.mark.parametrize(
    "address", ["drafts.example.org", "https://", "ftp://a.example", "https://a/b", "https://a b"]
)
def test_an_address_of_a_proxy_that_is_none_is_said(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a proxy"):
        _origin(address)


def test_the_usual_port_of_a_proxy_is_left_out_as_browsers_do() -> None:
    assert _origin("https://Drafts.example.org:443/") == ADDRESS


def test_the_list_of_attacks_for_readers_counts_as_these_do() -> None:
    from tests.web.test_serving import RAW

    page = Path(__file__).parents[2] / "docs" / "how-to" / "serve-a-team.md"
    rows = re.findall(r"^\| ([^|]+) \| +(\d+) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    counted = {
        "a change sent": len(FOREIGN),
        "a foreign name": len(HOSTS),
        "a cookie": len(COOKIES),
        "file names": len(NAMES),
        "addresses of drafts": len(IDS),
        "bodies": len(BODIES) + 3,  # and three endless ones
        "region or title": len(YAML),
        "past the proxy": len(PAST),
        "on the network": len(BEYOND),
        "raw requests": len(RAW),
    }
    assert len(rows) > len(counted)
    for start, number in counted.items():
        (told,) = [int(n) for words, n in rows if words.startswith(start)]
        assert told == number, start
    assert sum(int(number) for _, number in rows) > 40
