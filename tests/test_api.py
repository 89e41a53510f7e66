"""``import stratlint``: what it offers, that it is documented, and that it costs nothing."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import stratlint
from stratlint.tables import frames
from stratlint.workers.execution import InlineExecutor
from tests.made import SOUTH_WEST


def test_names_are_sorted_and_all_there() -> None:
    assert stratlint.__all__ == sorted(stratlint.__all__)
    assert dir(stratlint) == stratlint.__all__
    for name in stratlint.__all__:
        assert getattr(stratlint, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        stratlint.analyze  # noqa: B018


def test_every_public_thing_is_documented_and_typed() -> None:
    for name in ("analyse", "audit", "check", "compare", "read", "shared_passages"):
        function = getattr(stratlint, name)
        assert inspect.getdoc(function), name
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        for parameter in signature.parameters.values():
            assert parameter.annotation is not inspect.Parameter.empty, f"{name}: {parameter}"
    assert frames.__all__ == sorted(frames.__all__)


def test_importing_brings_no_heavy_library() -> None:
    heavy = ("numpy", "pandas", "spacy", "scipy", "sklearn", "pydantic", "docx", "pypdf", "click")
    code = f"import sys, stratlint; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_audit_stays_a_function_when_its_modules_are_imported() -> None:
    import stratlint.run.audit
    import stratlint.run.check

    assert callable(stratlint.audit)


def test_a_script_without_a_guard_may_use_worker_processes(made_corpus: Path) -> None:
    code = f"import stratlint; print(len(stratlint.audit({str(made_corpus)!r}, jobs=2).analyses))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"


def test_from_file_to_comparison(made_corpus: Path) -> None:
    documents = [
        stratlint.read(made_corpus / f"{name}.md", region=region)
        for name, region in (("north-east", "North East"), ("south-west", "South West"))
    ]
    passages = stratlint.shared_passages(documents)
    assert len(passages) == 1
    assert {h.region for h in passages[0].holdings} == {"North East", "South West"}
    analyses = [stratlint.analyse(document) for document in documents]
    assert analyses[0].priority("chemicals") is not None
    comparison = stratlint.compare(analyses, permutations=9)
    assert [p.id for p in comparison.passages] == [p.id for p in passages]
    assert stratlint.shared_passages(analyses) == passages


def test_files_documents_and_analyses_will_do(made_corpus: Path) -> None:
    files: list[str | Path] = [made_corpus / "north-east.md", str(made_corpus / "south-west.md")]
    documents = [stratlint.read(file) for file in files]
    analyses = [stratlint.analyse(document) for document in documents]
    passages = stratlint.shared_passages(documents)
    assert passages == stratlint.shared_passages(files) == stratlint.shared_passages(analyses)
    assert stratlint.shared_passages(files[:1], sources=files[1:])
    assert repr(stratlint.compare(files)) == repr(stratlint.compare(analyses))
    assert stratlint.compare(files).similarities == stratlint.compare(documents).similarities


def test_what_is_no_document_is_said(made_corpus: Path) -> None:
    one = made_corpus / "north-east.md"
    functions: list[Any] = [stratlint.shared_passages, stratlint.compare]
    for function in functions:
        with pytest.raises(TypeError, match="several documents are wanted, in a list"):
            function(str(one))
        with pytest.raises(TypeError, match=r"a document is wanted: .* not int"):
            function([one, 7])
    with pytest.raises(TypeError, match=r"a corpus .* is wanted, not list"):
        stratlint.audit([one])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a document is wanted"):
        stratlint.analyse(None)  # type: ignore[arg-type]


def test_analyse_reads_a_path_and_takes_the_region(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(SOUTH_WEST, encoding="utf-8")
    analysis = stratlint.analyse(path, region="South West", year=2007)
    assert (analysis.name, analysis.document.year) == ("South West", 2007)
    assert {p.sector for p in analysis.priorities} >= {"tourism", "aerospace"}


def test_faults_are_the_projects_own(tmp_path: Path) -> None:
    with pytest.raises(stratlint.UnreadableInput):
        stratlint.check(tmp_path / "nothing.pdf", executor=InlineExecutor())
    with pytest.raises(stratlint.UsageError, match="no reader 'acrobat'"):
        stratlint.read(tmp_path / "nothing.pdf", reader="acrobat")
    with pytest.raises(stratlint.UsageError, match="fail_onn"):
        stratlint.audit(tmp_path, fail_onn="error")


def test_frames_count_what_the_analyses_hold(made_corpus: Path) -> None:
    result = stratlint.audit(made_corpus, executor=InlineExecutor(), cache=False)
    popular = frames.popularity(result).iloc[0]
    assert (popular["sector"], popular["documents"]) == ("life_sciences", 3)
    assert popular["share"] == 1.0
    matrix = frames.matrix(result)
    chosen = matrix[matrix["rank"].notna()].groupby("region")["sector"].count()
    assert dict(chosen) == {a.name: len(a.priorities) for a in result.analyses}


def test_what_comes_back_is_shown_in_a_few_words(made_corpus: Path) -> None:
    result = stratlint.audit(made_corpus, executor=InlineExecutor(), cache=False)
    assert "3 documents" in repr(result)
    for record in (result, result.analyses[0], result.analyses[0].document):
        assert len(repr(record)) < 200
