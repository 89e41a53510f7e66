"""The language of a document, told by its small words."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.records import Document

TEXTS = {
    "en": "The county will grow its clean energy firms and help every town to train people for "
    "skilled work by the end of the decade. A board of leaders meets each quarter, and it "
    "reports to the assembly on what was done. Harbours on the west coast need new quays.",
    "de": "Der Kreis wird seine sauberen Energiefirmen ausbauen und jeder Stadt helfen, Menschen "
    "für gute Arbeit auszubilden. Ein Rat der Leitungen tritt in jedem Quartal zusammen und "
    "berichtet der Versammlung, was getan wurde. Die Häfen an der Küste brauchen neue Kais.",
    "cy": "Bydd y sir yn tyfu ei chwmnïau ynni glân ac yn helpu pob tref i hyfforddi pobl ar gyfer "
    "gwaith da erbyn diwedd y degawd. Mae bwrdd o arweinwyr yn cwrdd bob chwarter ac yn adrodd "
    "i'r cynulliad ar yr hyn sydd wedi ei wneud. Mae angen ceiau newydd ar y porthladdoedd.",
    "fr": "Le comté développera ses entreprises d'énergie propre et aidera chaque ville à former "
    "des gens pour un travail qualifié avant la fin de la décennie. Un conseil de dirigeants se "
    "réunit chaque trimestre et rend compte à l'assemblée de ce qui a été fait sur la côte.",
    "und-Cyrl": "Область будет развивать чистую энергетику и помогать каждому городу учить людей "
    "для хорошей работы до конца десятилетия. Совет руководителей собирается каждый квартал и "
    "отчитывается перед собранием о том, что было сделано. Гаваням на западном берегу нужны "
    "новые причалы, и деньги на первый шаг придут от самих портов и от займа.",
}


def _read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_is_named(tmp_path: Path, language: str) -> None:
    document = _read(tmp_path, TEXTS[language])
    assert document.language == language
    assert document.is_english == (language == "en")
    said = [w.code for w in document.warnings]
    assert said == ([] if language == "en" else ["other-language"])


def test_a_part_in_another_language_is_said(tmp_path: Path) -> None:
    document = _read(tmp_path, f"{TEXTS['en']}\n\n{TEXTS['cy']}\n\n{TEXTS['en']}")
    assert document.language == "en"
    (warning,) = document.warnings
    assert "Welsh" in warning.message


def test_tables_and_names_are_in_no_language(tmp_path: Path) -> None:
    document = _read(tmp_path, "| Stadt | Jahr |\n|---|---|\n" + "| Die von der | 1999 |\n" * 40)
    assert document.language is None
    assert document.is_english


def test_letters_that_are_mapped_wrongly_are_in_no_known_language(tmp_path: Path) -> None:
    scrambled = TEXTS["en"].translate(str.maketrans("aeiotnshr", "qxzvwkjgp"))
    document = _read(tmp_path, scrambled)
    assert document.language == "und"
    assert "mapped wrongly" in document.warnings[0].message
