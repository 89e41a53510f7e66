"""A folder without a manifest: regions that the file's name does not tell come from the text."""

from __future__ import annotations

from pathlib import Path

from stratlint.auditing import audit_corpus
from stratlint.corpus import load_corpus
from stratlint.execution import InlineExecutor
from stratlint.settings import Settings

HERE = "# A plan for making\n\nPreston, Bolton, Blackpool, Burnley and Carlisle make things.\n"
ELSEWHERE = "# A plan for fishing\n\nThe harbours of Norrmark will land more fish by 2020.\n"


def test_the_text_tells_the_region_where_the_name_of_the_file_does_not(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(HERE, encoding="utf-8")
    (tmp_path / "SE_Norrmark_RIS3.md").write_text(ELSEWHERE, encoding="utf-8")
    (tmp_path / "south-west-plan.md").write_text(HERE, encoding="utf-8")
    result = audit_corpus(load_corpus(tmp_path), Settings(cache=False), executor=InlineExecutor())
    regions = {a.document.source: a.document.region for a in result.analyses}
    assert regions == {
        "draft.md": "North West",
        "SE_Norrmark_RIS3.md": "Norrmark",
        "south-west-plan.md": "South West",
    }
    said = "\n".join(result.warnings)
    assert "draft.md: region recognised as North West" in said
    assert "SE_Norrmark_RIS3.md: no known region recognised" in said
    assert "south-west-plan.md: region" not in said
