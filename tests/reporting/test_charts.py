"""Charts as files: the same drawing as SVG and PNG, with its finding in its title."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

from stratlint.records import AuditResult
from stratlint.reporting import write_reports
from stratlint.reporting.charts import chart_files, charts, to_svg
from stratlint.reporting.html.overview import strips
from stratlint.reporting.index import Index
from tests.reporting.made import made_result

_SVG = "{http://www.w3.org/2000/svg}"


def test_each_chart_is_there_twice_and_says_its_finding(result: AuditResult) -> None:
    index = Index(result)
    drawn = list(charts(index))
    files = chart_files(index)
    assert {chart.name for chart in drawn} >= {"choices", "claim-and-strength"}
    assert set(files) == {f"{c.name}.{kind}" for c in drawn for kind in ("svg", "png")}
    for chart in drawn:
        root = ET.fromstring(files[f"{chart.name}.svg"])
        assert root.findtext(f"{_SVG}title") == chart.title
        assert any(character.isdigit() or character.isupper() for character in chart.title)
        picture = Image.open(io.BytesIO(files[f"{chart.name}.png"]))
        box = [float(value) for value in root.attrib["viewBox"].split()]
        assert abs(picture.width / picture.height - box[2] / box[3]) < 0.01


def test_a_mark_stands_for_each_choice(result: AuditResult) -> None:
    index = Index(result)
    chart = next(chart for chart in charts(index) if chart.name == "choices")
    marks = [shape for shape in chart.shapes if shape.kind != "text"]
    assert len(marks) == sum(strip.chosen for strip in strips(index))


def test_no_text_sticks_out_of_its_picture(result: AuditResult) -> None:
    for chart in charts(Index(result)):
        for shape in chart.shapes:
            assert -1 <= shape.x <= chart.width
            assert -1 <= shape.y <= chart.height


def test_hostile_words_stay_words(hostile: AuditResult) -> None:
    for chart in charts(Index(hostile)):
        root = ET.fromstring(to_svg(chart))
        assert {element.tag for element in root.iter()} <= {
            f"{_SVG}{name}" for name in ("svg", "title", "rect", "g", "text", "path", "circle")
        }


def test_charts_stand_beside_the_pages_and_not_beside_one_file(tmp_path: Path) -> None:
    result = made_result()
    write_reports(result, tmp_path)
    assert (tmp_path / "report" / "charts" / "choices.png").is_file()
    write_reports(result, tmp_path, one_file=True)
    assert not (tmp_path / "report" / "charts" / "choices.png").exists()
