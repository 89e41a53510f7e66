"""The notebooks of the documentation run, on our corpus and on a reader's, and draw something."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stratlint.tables import frames

nbformat = pytest.importorskip("nbformat", reason="needs the group docs: nbformat and nbclient")
nbclient = pytest.importorskip("nbclient", reason="needs the group docs: nbformat and nbclient")
pytest.importorskip("ipykernel", reason="needs the group docs: ipykernel")
pytest.importorskip("matplotlib", reason="needs stratlint[plot]: matplotlib")

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = {path.stem: path for path in (ROOT / "docs" / "tutorials").glob("*.ipynb")}


def _run(name: str) -> Any:
    """A notebook with its outputs; a cell that fails fails the test."""
    notebook = nbformat.read(NOTEBOOKS[name], as_version=4)
    # Jupyter starts a notebook in its own folder.
    where = {"metadata": {"path": str(NOTEBOOKS[name].parent)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=where).execute()
    return notebook


def _outputs(notebook: Any, kind: str) -> list[str]:
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    assert not [o for o in outputs if o.get("name") == "stderr"]
    return [o["data"][kind] for o in outputs if kind in o.get("data", {})]


def _printed(notebook: Any) -> str:
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    return "".join(o["text"] for o in outputs if o["output_type"] == "stream")


def _pictures(notebook: Any) -> list[Image.Image]:
    """The pictures, each of which has more on it than one colour."""
    found = [
        Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
        for data in _outputs(notebook, "image/png")
    ]
    for picture in found:
        colours = picture.getcolors(1 << 24)
        assert colours is not None
        assert len(colours) > 20
        assert min(picture.size) > 200
    return found


@pytest.mark.slow
def test_the_measures_of_the_literature_on_our_corpus() -> None:
    notebook = _run("literature")
    assert len(_pictures(notebook)) == 5
    said = _printed(notebook)
    # The values that its text works out on paper.
    plain = " ".join(_outputs(notebook, "text/plain"))
    assert "Excess(shared=3, expected=1.5, excess=1.5, z=2.236" in plain
    assert "1.6" in plain
    assert re.search(r"z = \d+\.\d, p = 0\.0001", said)
    assert "MantelTest(r=0." in said
    assert "n=9)" in said
    assert "cut-off 1.25: " in said
    assert any("Life sciences" not in html and "granularity" in html for html in _html(notebook))


@pytest.mark.slow
def test_regions_in_a_notebook_on_our_corpus() -> None:
    notebook = _run("regions")
    assert len(_pictures(notebook)) == 3
    tables = _html(notebook)
    assert "9" in tables[0]
    assert "lq_reliable" in tables[1]
    assert sum("labour market" in html for html in tables) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NOTEBOOKS))
def test_a_corpus_of_ones_own_will_do(
    name: str, made_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three regions: too few for Mantel's test, which is said."""
    monkeypatch.setenv("STRATLINT_CORPUS", str(made_corpus))
    notebook = _run(name)
    assert _pictures(notebook)
    if name == "literature":
        assert "fewer than four regions have figures: no test" in _printed(notebook)


def _html(notebook: Any) -> list[str]:
    return _outputs(notebook, "text/html")


@pytest.mark.parametrize("name", sorted(NOTEBOOKS))
def test_a_notebook_is_kept_without_outputs_and_names_what_there_is(name: str) -> None:
    notebook = nbformat.read(NOTEBOOKS[name], as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    for cell in notebook.cells:
        for frame in re.findall(r"\bframes\.(\w+)", cell.source):
            assert frame in frames.__all__
