"""Where output may go, and how a folder of results changes from one run to the next.

Nothing is written onto an input, and nothing over a file that somebody else wrote. What this
program wrote it knows again by a list of hashes that it keeps; where that list is gone, by the
name that its formats carry. A folder of results has a marker that names its files and their
hashes: it is locked while it is written, and exchanged as a whole where the system can.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from stratlint._version import __version__
from stratlint.atomic import STALE, is_stream, write_together
from stratlint.errors import UsageError, shown
from stratlint.resources import cache_dir, real

READ = frozenset(
    ".pdf .docx .odt .rtf .html .htm .xhtml .md .markdown .txt .csv .yaml .yml .toml".split()
)
"""Suffixes of files that a folder may be read for: in such a folder none of them is replaced."""

MARKER = ".stratlint-results"
"""The file that marks a folder of results."""

_HEAD = 4_096
_OURS = re.compile(
    rb'name=generator content="stratlint|"tool": *"stratlint(-profile)?"|\A\{\s*"stratlint": *"|'
    rb'<testsuites name="stratlint"|"name": *"stratlint"'
)
"""What HTML, findings.json, a digest, run.json, JUnit and SARIF of ours say near their start."""

_MOST = 2_000_000
"""Bytes of the list of hashes, some 30,000 outputs. Above that the older half goes; the price is
that an output of long ago is taken for somebody else's, which --force overrules."""

_MOST_KEPT = 1_000
"""Files of other people in a folder of results that are linked into the new one."""

_BESIDE = ".stratlint-"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_written: set[str] = set()


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of results says of itself.

    ``files`` are its files and their hashes. ``whole`` is false while files are replaced one by
    one, and ``before`` then holds the hashes of the runs before: of several where each was stopped.
    """

    stratlint: str
    run: str
    files: dict[str, str]
    whole: bool = True
    before: dict[str, tuple[str, ...]] = {}

    def known(self) -> dict[str, tuple[str, ...]]:
        """Every hash that a file of this program may have here."""
        found = dict(self.before)
        for name, digest in self.files.items():
            found[name] = (*found.get(name, ()), digest)
        return found


def refuse_inputs(target: Path, inputs: Iterable[Path]) -> None:
    """Raise UsageError where a target is an input, or a document of a folder that is read.

    Links count as what they lead to.
    """
    if is_stream(target):
        return
    for given in inputs:
        if _same(target, given):
            raise UsageError(f"{shown(target)}: this is an input; give the output another name")
        inside = given.is_dir() and target.is_file() and _is_below(target, given)
        if inside and target.suffix.lower() in READ:
            raise UsageError(
                f"{shown(target)}: this is a file of {shown(given)}, which is read; give the "
                "output another name"
            )


def refuse_foreign(target: Path) -> None:
    """Raise UsageError where a target is there and this program did not write it."""
    if is_stream(target) or not target.is_file() or is_ours(target):
        return
    raise UsageError(
        f"{shown(target)}: this file is there, and stratlint did not write it (or somebody has "
        "changed it since); give the output another name, or replace the file with --force"
    )


def refuse_folder(folder: Path, inputs: Iterable[Path], *, force: bool = False) -> None:
    """Raise UsageError where a folder must not become a folder of results.

    It must not be one that is read from. One that holds files and no results is taken only with
    ``force``.
    """
    for given in inputs:
        read = given if given.is_dir() else given.parent
        if _same(folder, read):
            raise UsageError(
                f"{shown(folder)}: documents are read from here; give the results a folder of "
                f"their own, such as {shown(folder / 'report')}"
            )
    if force or not folder.is_dir():
        return
    marker = marker_of(folder)
    if marker is not None:
        _refuse_changed(folder, marker.files, marker)
        return
    held = [path for path in folder.iterdir() if not path.name.startswith(".")]
    run = folder / "run.json"
    if held and not (run.is_file() and is_ours(run)):
        raise UsageError(
            f"{shown(folder)}: holds files ({shown(min(held).name)}) and no results of stratlint; "
            "name another folder, or write here with --force"
        )


def is_ours(path: Path) -> bool:
    """Whether this program wrote a file, or the file is empty."""
    try:
        digest = _hash_of(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return not head or digest in _written or digest in _kept() or _OURS.search(head) is not None


def write_output(target: Path, data: str | bytes, *, force: bool = False) -> None:
    """Write one output. Raises UsageError as :func:`refuse_foreign` does, unless ``force``."""
    write_outputs({target: data}, force=force)


def write_outputs(files: Mapping[Path, str | bytes], *, force: bool = False) -> None:
    """Write outputs that belong together, and know them again later."""
    if not force:
        for target in files:
            refuse_foreign(target)
    # Before they are written: a kill in between must not make them somebody else's.
    _remember(_hash(data) for data in files.values())
    write_together(files)


def write_results(
    folder: Path, files: Mapping[str, str | bytes], *, force: bool = False
) -> tuple[Path, ...]:
    """Write the files of a run into its folder, so that a reader finds one run or the other.

    Files of the run before that this one does not write go; what a person put there or changed
    stays. Where another run writes into the folder, this one waits. Raises UsageError for a file
    in the way that this program did not write, unless ``force``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {name: _hash(data) for name, data in files.items()}
    run = _hash("".join(f"{name}\0{digest}\n" for name, digest in sorted(hashes.items())))
    marker = Marker(stratlint=__version__, run=run, files=hashes)
    with _locked(folder):
        before = marker_of(folder)
        known = before.known() if before else {}
        if not force:
            _refuse_changed(folder, files, before)
        gone = [
            name
            for name, digests in known.items()
            if name not in files and _is_one_of(folder / name, digests)
        ]
        _remember(hashes.values())
        if not _exchange(folder, files, marker, gone):
            _replace(folder, files, marker, known, gone)
    return tuple(folder / name for name in files)


def marker_of(folder: Path) -> Marker | None:
    """The marker of a folder of results, or None where it is none."""
    try:
        return msgspec.json.decode((folder / MARKER).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError):
        return None


def mixture(folder: Path) -> str | None:
    """What to say of a folder whose files are of two runs, or None where all is well."""
    marker = marker_of(folder)
    if marker is None or marker.whole:
        return None
    return (
        f"{shown(folder)}: a run was stopped while it wrote here, so these files are of two runs; "
        "audit again"
    )


def _refuse_changed(folder: Path, files: Iterable[str], before: Marker | None) -> None:
    known = before.known() if before else {}
    for name in files:
        target = folder / name
        if name not in known:
            refuse_foreign(target)
        elif target.is_file() and not _is_one_of(target, known[name]):
            raise UsageError(
                f"{shown(target)}: somebody has changed this file since it was written; move it "
                "elsewhere, or replace it with --force"
            )


def _exchange(
    folder: Path, files: Mapping[str, str | bytes], marker: Marker, gone: Iterable[str]
) -> bool:
    """Make the new folder beside the old one and swap them; False where that cannot be done.

    Files of a person are in both while they are swapped (as hard links), so that no kill loses
    them. A folder that a shell stands in, or with very much in it, is left where it is.
    """
    if folder.is_symlink() or real(Path.cwd()).is_relative_to(real(folder)):
        return False
    ours = {*files, *gone, MARKER}
    kept: list[str] = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name not in ours and (path.is_symlink() or not path.is_dir()):
            kept.append(name)
        if len(kept) > _MOST_KEPT:
            return False
    _sweep(folder)
    try:
        made = Path(tempfile.mkdtemp(prefix=f"{_BESIDE}{folder.name}.", dir=folder.parent))
    except OSError:
        return False
    is_empty = True
    try:
        made.chmod(folder.stat().st_mode & 0o7777)
        for name in kept:
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(folder / name, made / name, follow_symlinks=False)
        data = {made / name: content for name, content in files.items()}
        write_together({**data, made / MARKER: _packed(marker)})
        if not _swap(made, folder):
            return False
        # Now ``made`` is the old folder.
        is_empty = _bring_over(made, folder, ours)
        return True
    except OSError as error:
        if error.errno in _NO_ROOM:
            # File by file there is no room either, and some would be new by then.
            raise
        return False
    finally:
        if is_empty:
            shutil.rmtree(made, ignore_errors=True)


def _bring_over(old: Path, new: Path, ours: Container[str]) -> bool:
    """Move what a person put into the old folder, or saved anew, while the new one was made.

    False where something could not be moved: the old folder must stay.
    """
    moved = True
    for path in list(old.rglob("*")):
        name = path.relative_to(old).as_posix()
        if name in ours or (path.is_dir() and not path.is_symlink()):
            continue
        target = new / name
        if os.path.lexists(target) and os.path.samestat(path.lstat(), target.lstat()):
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        except OSError:
            moved = False
    return moved


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, which Linux can (renameat2 with RENAME_EXCHANGE)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _replace(
    folder: Path,
    files: Mapping[str, str | bytes],
    marker: Marker,
    known: dict[str, tuple[str, ...]],
    gone: Iterable[str],
) -> None:
    """Replace files one by one; while it lasts, the marker says so."""
    begun = msgspec.structs.replace(marker, whole=False, before=known)
    held = (folder / MARKER).read_bytes() if (folder / MARKER).is_file() else None
    before = {name: _hash_of(folder / name) for name in known if (folder / name).is_file()}
    write_together({folder / MARKER: _packed(begun)})
    try:
        write_together({folder / name: data for name, data in files.items()})
    except OSError:
        if all(_is_one_of(folder / name, (digest,)) for name, digest in before.items()):
            # None was replaced: the folder is of the run before, as its marker said.
            _put_back(folder / MARKER, held)
        raise
    for name in gone:
        (folder / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            # A folder of pages that is empty now.
            (folder / name).parent.rmdir()
    write_together({folder / MARKER: _packed(marker)})


def _put_back(path: Path, data: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if data is None:
            path.unlink()
        else:
            write_together({path: data})


def _packed(marker: Marker) -> bytes:
    return msgspec.json.format(msgspec.json.encode(marker), indent=1) + b"\n"


def _sweep(folder: Path) -> None:
    """Remove the halves of exchanges that a killed run has left beside a folder."""
    for left in folder.parent.glob(f"{_BESIDE}{_globbed(folder.name)}.*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > STALE:
                # It may be the old one, of a run killed before it looked for what came late.
                marker = marker_of(left)
                if marker is None or _bring_over(left, folder, {*marker.known(), MARKER}):
                    shutil.rmtree(left, ignore_errors=True)


def _globbed(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other runs; where the system has no such locks, hold nothing.

    The lock is on the folder itself. Whoever waited for a folder that was exchanged meanwhile
    waits for the new one.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    while True:
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            there = folder.stat()
            if os.fstat(handle).st_ino == there.st_ino:
                yield
                return
        finally:
            os.close(handle)


def _is_one_of(path: Path, digests: Iterable[str]) -> bool:
    try:
        return _hash_of(path) in digests
    except OSError:
        return False


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file; of a file that is not there yet, one name."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def _is_below(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _list() -> Path:
    return cache_dir() / "written.txt"


def _kept() -> frozenset[str]:
    try:
        return frozenset(_list().read_text("ascii", "replace").split())
    except OSError:
        return frozenset()


def _remember(digests: Iterable[str]) -> None:
    """Add to the list of hashes. Where it cannot be written this process alone knows them."""
    fresh = [digest for digest in digests if digest not in _written]
    _written.update(fresh)
    path = _list()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > _MOST:
            lines = path.read_text("ascii", "replace").split()
            path.write_text("\n".join(lines[len(lines) // 2 :]) + "\n", "ascii")
        # One write of whole lines at the end: two processes do not mix them.
        with path.open("ab") as file:
            file.write("".join(f"{digest}\n" for digest in fresh).encode())
