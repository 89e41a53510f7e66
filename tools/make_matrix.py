"""Make ``.ci/matrix.yaml``: each version of Python, its lock, and what that lock gives it.

usage: make_matrix.py [--check]

``make lock`` runs it. The locks are universal: markers in them say what is for which version.
Here they are evaluated, so that a reader and a reviewer see what each version is tested with.
With ``--check`` nothing is written; the exit code says whether the file is what would be written.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
LOCK = "requirements/dev.lock"
TARGET = ROOT / ".ci" / "matrix.yaml"
_PIN = re.compile(r"([a-z0-9._-]+)==(\S+)(?: ; (.+?))? \\")
_LINUX = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
}
_LATE = ".20"
"""A late patch release of every version: markers ask for some that are out since long."""


def versions() -> list[str]:
    """The versions of Python that the package says it is for."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        classifiers = tomllib.load(file)["project"]["classifiers"]
    return re.findall(r"Python :: (3\.\d+)$", "\n".join(classifiers), re.MULTILINE)


def pins(version: str) -> dict[str, str]:
    """What the lock installs on Linux for one version of Python."""
    environment = {"python_version": version, "python_full_version": version + _LATE, **_LINUX}
    lines = (ROOT / LOCK).read_text(encoding="utf-8").splitlines()
    found = (_PIN.fullmatch(line) for line in lines)
    return {
        pin[1]: pin[2]
        for pin in found
        if pin is not None and (pin[3] is None or Marker(pin[3]).evaluate(environment))
    }


def made() -> str:
    """The file."""
    parts = [
        "# Made by tools/make_matrix.py (`make lock` runs it); edit pyproject.toml instead.\n"
        "# `.ci/matrix` installs each version's lock where that Python is to be had, and runs the\n"
        "# tests that need no browser and no long time. The pins are those of the lock.\n"
        "include:\n"
    ]
    for version in versions():
        parts.append(f'  - python: "{version}"\n    lock: {LOCK}\n    pins:\n')
        parts += [f'      {name}: "{pin}"\n' for name, pin in sorted(pins(version).items())]
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Write the file, or say whether it is what would be written."""
    text = made()
    if arguments == ["--check"]:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
        if stale:
            sys.stderr.write(f"{TARGET.relative_to(ROOT)} is stale: run tools/make_matrix.py\n")
        return int(stale)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
