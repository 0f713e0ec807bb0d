"""A sentence that leaves open what is asked is no answer, however well it fits."""

from __future__ import annotations

import re

import pytest

from corpus.tables import read_rows
from engine.answers.left_open import leaves_open
from engine.questions.understanding import understand


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "left_open")), ids=lambda row: row["example"])
def test_every_row_finds_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)


@pytest.mark.parametrize(
    ("question", "sentence", "is_open"),
    [
        ("Vem ska boka lokalen?", "Boka lokal till mötet @någon", True),
        ("Vem ska boka lokalen?", "Boka lokal till mötet @Siri", False),
        ("Vad visade stickprovet?", "Stickprovet är inte gjort, Bo var sjuk.", True),
        ("Varför gjordes inget stickprov?", "Stickprovet är inte gjort, Bo var sjuk.", False),
        ("Är stickprovet gjort?", "Stickprovet är inte gjort, Bo var sjuk.", False),
        ("Vad hände med stickprovet?", "Stickprovet är inte gjort, Bo var sjuk.", False),
        ("Vad sa Bo om priset?", "Bo tyckte inte att priset var högt.", False),
        ("How much is the rent?", "The rent has not been decided.", True),
    ],
)
def test_who_what_and_how_much_are_not_answered_by_what_is_open(question: str, sentence: str, is_open: bool) -> None:
    asked = understand(question)
    assert leaves_open(sentence, asked.question, asked.wanted) is is_open
