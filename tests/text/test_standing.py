from __future__ import annotations

import pytest

from stratlint.text.standing import is_apparatus, is_references

LISTS_OF_WORKS = """References
REFERENCES
7. References
A. Bibliography
Selected bibliography
References cited
Works cited
Further reading
References and further reading
Notes and references
Notes
Endnotes
End notes
End-notes
Footnotes
Sources
Data sources
List of references
Appendix B: Sources and notes
Literature
Annex 3 Bibliography""".splitlines()
SECTIONS = """Sources of growth
References to other plans in this strategy
Our sources of strength
Reading and its hinterland
Literature and the creative industries
Notes of caution
Terms of reference
A bibliography of makers
Working with others
Further education""".splitlines()


@pytest.mark.parametrize("heading", LISTS_OF_WORKS)
def test_a_list_of_works_is_known_by_its_heading(heading: str) -> None:
    assert is_references(heading)
    assert is_apparatus(f"{heading}:")


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_whose_heading_only_begins_like_one_is_text(heading: str) -> None:
    assert not is_apparatus(heading)


@pytest.mark.parametrize(
    "heading", ["Glossary", "Glossary of terms", "List of figures", "2 List of abbreviations"]
)
def test_other_lists_are_no_text_and_no_references(heading: str) -> None:
    assert is_apparatus(heading)
    assert not is_references(heading)
