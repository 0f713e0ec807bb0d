"""Names that no document has: the question gets no answer from somebody else's minutes."""

from __future__ import annotations

import pytest

from engine.questions.proper_names import names_in, unknown_names
from engine.service import Service


def known(*names: str):
    return lambda word: word.lower() in names


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Vem är ordförande i Granviks båtklubb?", ("Granvik",)),
        ("Vem är ordförande i Ladan?", ()),
        ("Vad sa Ladans kassör Siri Almgren?", ("Siri", "Almgren")),
        ("Granvik, vem leder det?", ()),  # the first word has its capital anyway
        ("Vem är VD i Ladan?", ()),  # an abbreviation may be written out in the text
        ("Vem är Bo Ek?", ()),  # short names are left alone
        ("Vad beslutades om vägen?", ()),
    ],
)
def test_names_inside_a_swedish_question_that_nothing_knows(question: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(names_in(question, "sv"), known("ladan")) == unknown


def test_in_an_english_question_only_swedish_names_count() -> None:
    assert names_in("Who chaired the Annual Meeting in Hagsätra?", "en") == ("Hagsätra",)


def test_the_index_knows_words_in_any_form_and_with_a_letter_wrong(sample_service: Service) -> None:
    lexical = sample_service.indexes.lexical
    assert all(map(lexical.knows, ["Ladan", "Sjöstråkets", "parkeringsavgifterna", "Sjöstråkett"]))
    assert not any(map(lexical.knows, ["Granvik", "Bergslagsbanan"]))


def test_a_name_that_stands_nowhere_is_told_and_the_nearest_passages_are_shown(sample_service: Service) -> None:
    answer = sample_service.ask("Vem är vice ordförande i Granviks båtklubb?")
    assert answer.text is None
    assert answer.explanation == "Det framgår inte av underlaget. Granvik nämns inte i någon handling."
    assert answer.citations
    english = sample_service.ask("Who is vice chair of the boat club in Hagsätra?")
    assert english.explanation == "The documents do not say. No document mentions Hagsätra."
