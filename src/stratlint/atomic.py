"""Write files so that a reader finds either the old content or the new, never a half."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

STALE = 3_600.0
"""Seconds after which an unfinished file is taken for one that a killed run has left."""
_PREFIX, _SUFFIX = ".stratlint-", ".part"


def write_atomically(path: Path, data: str | bytes) -> None:
    """Write beside the target, flush to disk, then rename over it.

    Text is UTF-8 with newlines as given. The folder is made when it is missing. Raises
    OSError when the target cannot be written; nothing is left behind then.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, str | bytes]) -> None:
    """Write several files that belong together.

    All are written and flushed beside their targets before the first is renamed, so a fault or
    a kill while writing leaves every old file as it was. Raises OSError as for one file.
    """
    ready: list[tuple[Path, Path]] = []
    for folder in {path.parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
    try:
        for path, data in files.items():
            ready.append((_beside(path), path))
            _fill(ready[-1][0], data)
        while ready:
            temporary, path = ready[0]
            temporary.replace(path)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


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
    payload = data.encode("utf-8") if isinstance(data, str) else data
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
