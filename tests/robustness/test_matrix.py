"""The versions of Python that are tested: the matrix follows from the package and its locks."""

from __future__ import annotations

import runpy
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def _project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def _matrix() -> list[dict[str, Any]]:
    text = (ROOT / ".ci" / "matrix.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["include"]
    return found


def test_the_matrix_is_what_would_be_made() -> None:
    script = runpy.run_path(str(ROOT / "tools" / "make_matrix.py"))
    assert script["main"](["--check"]) == 0, "run tools/make_matrix.py"


def test_every_version_from_the_least_is_in_it() -> None:
    least = _project()["project"]["requires-python"]
    assert least == ">=3.11"
    assert [row["python"] for row in _matrix()] == ["3.11", "3.12", "3.13", "3.14"]


def test_each_version_has_all_that_the_package_wants() -> None:
    """A dependency added or raised without `make lock` is told here, for each version."""
    project = _project()
    extras = project["project"]["optional-dependencies"]
    wanted = [
        *project["project"]["dependencies"],
        *(line for name, lines in extras.items() if name != "ocr" for line in lines),
        *project["dependency-groups"]["test"],
        *project["dependency-groups"]["build"],
    ]
    for row in _matrix():
        for line in wanted:
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate(
                {"python_version": row["python"]}
            ):
                continue
            pin = row["pins"].get(need.name.lower().replace("_", "-"))
            assert pin is not None, f"{row['python']}: {need.name} is not locked"
            assert need.specifier.contains(pin, prereleases=True), f"{row['python']}: {line}, {pin}"


def test_a_version_that_is_asked_for_and_not_to_be_had_is_a_fault(tmp_path: Path) -> None:
    script = ROOT / ".ci" / "matrix"
    done = subprocess.run([script, "3.99"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Python 3.99 is not to be had here" in done.stderr
