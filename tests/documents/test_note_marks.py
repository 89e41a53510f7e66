"""Where note markers stood: no part of the text, and not forgotten."""

from __future__ import annotations

from stratlint.documents.assemble import TextBuilder
from stratlint.documents.pieces import Piece, write_pieces
from stratlint.documents.repair.mend import NOTE_MARK, drop_marks
from stratlint.records import Role


def test_a_raised_marker_leaves_its_place() -> None:
    left = drop_marks("one year1. They", [(8, 9)], left=NOTE_MARK)
    assert left == f"one year{NOTE_MARK}. They"


def test_the_builder_takes_markers_out_and_remembers_them() -> None:
    builder = TextBuilder()
    builder.write(f"The port{NOTE_MARK} grew.{NOTE_MARK} ")
    builder.write("It is old.")
    assert builder.text == "The port grew. It is old."
    assert builder.notes == [8, 14]
    assert builder.length == len(builder.text)


def test_pieces_say_where_notes_stood() -> None:
    pieces = [
        Piece(Role.PARAGRAPH, f"Some 400 firms export.{NOTE_MARK}"),
        Piece(Role.FOOTNOTE, "Port survey, 2005."),
    ]
    text, body_end, blocks, notes = write_pieces(pieces)
    assert notes == (22,)
    assert text[: blocks[0].end] == "Some 400 firms export."
    assert body_end < len(text)
