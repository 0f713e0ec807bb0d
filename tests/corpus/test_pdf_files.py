"""PDF files as they come: protected, damaged, with odd characters."""

from __future__ import annotations

import pytest
from pdf_making import made, page, put, sheet

from corpus.errors import UnreadableError
from corpus.readers import read_bytes


def protected(user_password: str) -> bytes:
    pdf = sheet()
    pdf.set_encryption(owner_password="ägaren", user_password=user_password)
    pdf.add_page()
    put(pdf, 60, 200, "Mötet beslutade att laga bryggan.")
    return made(pdf)


def test_a_password_for_changes_alone_is_no_hindrance() -> None:
    assert "laga bryggan" in read_bytes(protected(""), "p.pdf").text


def test_a_password_for_reading_is_named() -> None:
    with pytest.raises(UnreadableError, match="lösenord"):
        read_bytes(protected("hemligt"), "p.pdf")


def test_a_file_cut_short_says_so() -> None:
    data = page((60, 200, ["Mötet beslutade att laga bryggan."]))
    with pytest.raises(UnreadableError, match="skadad"):
        read_bytes(data[:300], "p.pdf")


def test_text_beside_the_page_is_not_read() -> None:
    assert read_bytes(page((60, 200, ["Bryggan lagas."]), (900, 200, ["Klotter"])), "p.pdf").text == "Bryggan lagas."


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    assert read_bytes(page((60, 200, ["Beslut"]), (60.3, 200, ["Beslut"])), "p.pdf").text == "Beslut"


def test_a_word_divided_in_a_cell_is_whole_and_one_before_och_is_not() -> None:
    data = page(
        (60, 200, ["1. Bryggan vid sjön lagas och Eva tar in offer-", "ter före sommar- och höstmötet"]),
        (420, 200, ["Eva Ek"]),
    )
    assert read_bytes(data, "p.pdf").text.endswith("Eva tar in offerter före sommar- och höstmötet | Eva Ek")
