"""Where remarks stand, and where a mark is written that sets them aside."""

from __future__ import annotations

from pathlib import Path

import msgspec

from stratlint import check
from stratlint.editor.remarks import place_for_a_mark, remarks_of
from stratlint.rules.suppressions import load_suppressions
from tests.made import NORTH_EAST


def test_a_mark_is_written_where_it_is_looked_for(tmp_path: Path) -> None:
    """Of several marked words the main one tells the place, though another stands before it."""
    draft = tmp_path / "draft.md"
    text = f"{NORTH_EAST}\n\nWe will be the next Silicon Valley.\n"
    draft.write_text(text, encoding="utf-8")
    result = check(draft, select=["SB005"], cache=False)
    (finding,) = result.findings
    (quotation,) = finding.own_quotations
    main = quotation.marks[0]
    before = msgspec.structs.replace(quotation, marks=(main, (0, 2)))
    assert before.main == quotation.main
    told = msgspec.structs.replace(finding, quotations=(before,))
    remarks = remarks_of(msgspec.structs.replace(result, findings=(told,)), ())
    (remark,) = (r for r in remarks if r.code == "SB005")
    assert remark.offset == quotation.start + main[0]
    lines = text.split("\n")
    assert lines[remark.start[0]][remark.start[1] :].startswith(quotation.text[main[0] : main[1]])
    document = result.analyses[0].document
    place, alone = place_for_a_mark(document, lines, remark.offset)
    assert (place[0], alone) == (remark.start[0], False)
    lines[place[0]] += " <!-- stratlint ignore SB005: the words of a guest -->"
    draft.write_text("\n".join(lines), encoding="utf-8")
    (again,) = check(draft, select=["SB005"], cache=False).findings
    assert again.suppressed == "the words of a guest"
    assert not load_suppressions(tmp_path / "stratlint-ignore.yaml").ignore
