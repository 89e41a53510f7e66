"""The page as it is started: its address, raw connections, and its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

pytest.importorskip("uvicorn", reason="needs the extra web: pip install 'stratlint[web]'")


class Served:
    """A page in a process of its own."""

    def __init__(self, temporary: Path, *arguments: str, host: str = "127.0.0.1") -> None:
        self.temporary = temporary
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stratlint", "serve", "--port", "0", *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        found = re.search(rf"http://{re.escape(host)}:(\d+)/\?key=\S+", line)
        assert found is not None, line
        self.address, self.port = found.group(), int(found.group(1))

    def raw(self, request: bytes) -> bytes:
        """What comes back for these very bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            answer = b""
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    answer += piece
            except ConnectionError:
                pass  # it hung up on us
        return answer

    def end(self, kind: signal.Signals) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(kind)
        return self.process.wait(timeout=30)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    page = Served(tmp_path)
    yield page
    page.process.kill()
    page.process.communicate()


def _put(served: Served) -> httpx.Client:
    client = httpx.Client(base_url=f"http://127.0.0.1:{served.port}", follow_redirects=True)
    home = client.get(served.address).text
    found = re.search(r'name="csrf" value="([^"]+)"', home)
    assert found is not None
    answer = client.post(
        "/drafts",
        data={"csrf": found.group(1), "text": "Our priority is tourism. " * 50},
        headers={"origin": f"http://127.0.0.1:{served.port}"},
    )
    assert answer.status_code == 200
    return client


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_and_leaves_no_file(served: Served, kind: signal.Signals) -> None:
    with closing(_put(served)):
        assert list(served.temporary.glob("stratlint-desk-*/*"))
        assert served.end(kind) == 0
    assert list(served.temporary.glob("stratlint-desk-*")) == []
    assert served.process.stderr is not None
    assert "Traceback" not in served.process.stderr.read()


def test_with_keep_the_drafts_stay(tmp_path: Path) -> None:
    served = Served(tmp_path, "--keep")
    with closing(_put(served)):
        assert served.end(signal.SIGINT) == 0
    served.process.communicate()
    (folder,) = tmp_path.glob("stratlint-desk-*")
    assert list(folder.glob("*/*.md"))
    assert folder.stat().st_mode & 0o077 == 0, "nobody else on the machine reads them"


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    command = [sys.executable, "-m", "stratlint", "serve", "--port", str(served.port)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "TMPDIR": str(served.temporary)},
    )
    assert done.returncode == 2
    assert "give another" in done.stderr
    assert len(list(served.temporary.glob("stratlint-desk-*"))) == 1


_GET = b"GET / HTTP/1.1\r\n"
_POST = b"POST /drafts HTTP/1.1\r\nHost: {host}\r\n"
RAW = {
    "two hosts": _GET + b"Host: {host}\r\nHost: evil.example\r\n\r\n",
    "no host": _GET + b"\r\n",
    "HTTP/1.0 without a host": b"GET / HTTP/1.0\r\n\r\n",
    "a host in the request line": b"GET http://evil.example/ HTTP/1.1\r\n"
    b"Host: evil.example\r\n\r\n",
    "a folded header": _GET + b"Host:\r\n {host}\r\n\r\n",
    "two lengths": _POST + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\nabcdefghi",
    "length and chunks": _POST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + _GET
    + b"Host: {host}\r\n\r\n",
    "endless headers": _GET + b"Host: {host}\r\n" + b"A: b\r\n" * 50_000 + b"\r\n",
    "a NUL in the path": b"GET /\0 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a line end in a header": _GET + b"Host: {host}\r\nCookie: a\rb\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a websocket": _GET
    + b"Host: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    + b"Sec-WebSocket-Key: eDogeA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "a proxy's word": _GET
    + b"Host: evil.example\r\nX-Forwarded-Host: {host}\r\nForwarded: host={host}\r\n\r\n",
}


def test_raw_requests_are_refused(served: Served) -> None:
    host = f"127.0.0.1:{served.port}".encode()
    for name, request in RAW.items():
        answer = served.raw(request.replace(b"{host}", host))
        statuses = re.findall(rb"HTTP/1\.[01] (\d{3})", answer)
        assert all(status.startswith(b"4") for status in statuses), (name, answer[:300])
        assert b"csrf" not in answer
    # It is still there for whom it is for.
    with closing(_put(served)) as client:
        assert client.get("/").status_code == 200


def test_with_a_token_it_listens_at_the_address_that_is_given_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, token = "127.0.0.2", "a-token-of-more-than-twenty"  # the loopback has 16 million
    monkeypatch.setenv("STRATLINT_TOKEN", token)
    served = Served(tmp_path, "--host", host, host=host)
    try:
        assert token not in served.address, "neither terminal nor log keeps it"
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", served.port), timeout=10)
        base = f"http://{host}:{served.port}"
        assert httpx.get(base).status_code == 403
        assert httpx.get(f"{base}/?key=TOKEN").status_code == 403
        for _ in range(2):
            with httpx.Client(base_url=base, follow_redirects=True) as client:
                assert 'name="csrf"' in client.get(f"/?key={token}").text
    finally:
        served.process.kill()
        served.process.communicate()


def test_it_listens_on_the_loopback_alone(served: Served) -> None:
    table = Path("/proc/net/tcp")
    if not table.is_file():
        pytest.skip("needs Linux's table of connections")
    listening = [line.split()[1] for line in table.read_text("ascii").splitlines()[1:]]
    own = {address for address in listening if address.endswith(f":{served.port:04X}")}
    assert own == {f"0100007F:{served.port:04X}"}
