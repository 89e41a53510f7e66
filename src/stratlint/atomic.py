"""Write files so that a reader finds either the old content or the new, never a half."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

STALE = 3_600.0
"""Seconds after which an unfinished file is taken for one that a killed run has left."""
_LINKS = 40
"""Links that a path may lead through, as many as the kernel follows."""
_PREFIX, _SUFFIX = ".stratlint-", ".part"


def write_atomically(path: Path, data: str | bytes) -> None:
    """Write beside the target, flush to disk, then rename over it.

    Text is UTF-8 with newlines as given. The folder is made when it is missing. A link stays a
    link, and what it leads to is replaced. What is no file (a pipe, a device, ``/dev/stdout``)
    is written to as it is. Raises OSError when the target cannot be written; nothing is left
    behind then.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, str | bytes]) -> None:
    """Write several files that belong together.

    All are written and flushed beside their targets before the first is renamed, so a fault or
    a kill while writing leaves every old file as it was. Raises OSError as for one file.
    """
    ready: list[tuple[Path, Path]] = []
    streams = {path: data for path, data in files.items() if is_stream(path)}
    targets = {_real(path): data for path, data in files.items() if path not in streams}
    for folder in {path.parent for path in targets}:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
    try:
        for path, data in targets.items():
            ready.append((_beside(path), path))
            _fill(ready[-1][0], data)
        for path, data in streams.items():
            _pour(path, data)
        while ready:
            temporary, path = ready[0]
            temporary.replace(path)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Whether a path is no file that could be replaced: a pipe, a device, an open descriptor."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        return False
    return not stat.S_ISREG(mode) or _is_descriptor(path)


def _is_descriptor(path: Path) -> bool:
    """Whether a path stands for a file that this process holds open, such as ``/dev/stdout``.

    The file behind it may be one that a shell is adding to: replaced, it would lose what it has.
    """
    for _ in range(_LINKS):
        if re.fullmatch(r"/proc/\d+(/task/\d+)?/fd", os.path.realpath(path.parent)):
            return True
        if not path.is_symlink():
            return False
        path = path.parent / path.readlink()
    return False


def _real(path: Path) -> Path:
    """What a link leads to, be it there or not; any other path as it is."""
    if not path.is_symlink():
        return path
    real = Path(os.path.realpath(path))
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return real


def _pour(path: Path, data: str | bytes) -> None:
    """Write to something that is open already; it is not made, and nothing in it is replaced."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as stream:
            stream.write(_bytes(data))
    except OSError as error:
        # What is open already has no name in what the system says of it.
        raise OSError(error.errno, error.strerror, str(path)) from None


def _bytes(data: str | bytes) -> bytes:
    return data.encode("utf-8") if isinstance(data, str) else data


def _sweep(folder: Path) -> None:
    """Remove what a killed run has left behind: nobody writes one file for so long."""
    stale = time.time() - STALE
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            if left.stat().st_mtime < stale:
                left.unlink()
        except OSError:
            continue


def _beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(
        prefix=f"{_PREFIX}{path.name}.", suffix=_SUFFIX, dir=path.parent
    )
    os.close(handle)
    return Path(name)


def _fill(path: Path, data: str | bytes) -> None:
    payload = _bytes(data)
    with path.open("wb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())
    # mkstemp makes files private; a report is for everybody whom the folder lets in.
    path.chmod(0o666 & ~_umask())


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
