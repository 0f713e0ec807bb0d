"""Sentences of minutes: abbreviations and dates do not end one, bullets and labels begin one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.sentences import abbreviations, split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mötet öppnas kl. 13.00 i Kvarnen.",
        "Nämnden diskuterade bl.a. budgeten och bl. a. bron.",
        "Åtgärder, t.ex. Nya skyltar, föreslås.",
        "Mötet flyttas p.g.a. Evas sjukdom.",
        "Detaljplan för Granen 3:22 m.fl. Fastigheter antas.",
        "Kl. 15.20 avslutas mötet.",
        "Mötet hålls den 3. maj i Älvby.",
        "Enligt 6 kap. 36 § kommunallagen gäller detta.",
        "Kostnaden är ca. 3 milj. kronor inkl. moms.",
        "Se https://example.org/plan.html för planen.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", ["Eva öppnar mötet. Bo väljs.", "Eva öppnar mötet! Bo väljs.", "Väljs Eva? Bo väljs."])
def test_ends_are_found(text: str) -> None:
    assert len(sentences(text)) == 2


def test_a_sentence_wrapped_over_lines_is_one() -> None:
    assert len(sentences("Nämnden beslutar att bryggan vid badplatsen i norra Älvby\nska lagas före sommaren.")) == 1


def test_bullets_are_sentences_of_their_own() -> None:
    assert sentences("Nämnden köper:\n- två bänkar\n- en gunga") == ["Nämnden köper:", "- två bänkar", "- en gunga"]


def test_labels_begin_a_sentence() -> None:
    assert sentences("Datum: 2031-03-04\nPlats: Kvarnen") == ["Datum: 2031-03-04", "Plats: Kvarnen"]


def test_quotes_stay_with_their_sentence() -> None:
    assert sentences("Eva sade: ”Bron är klar.” Bo höll med.") == ["Eva sade: ”Bron är klar.”", "Bo höll med."]


def test_names_on_short_lines_are_apart() -> None:
    assert sentences("Eva Ek, Älvby kommun\nBo Berg, Region Norr") == ["Eva Ek, Älvby kommun", "Bo Berg, Region Norr"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0"])
def test_white_space_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_a_list_without_full_stops_is_cut_at_white_space() -> None:
    found = sentences("bänk " * 1000)
    assert max(map(len, found)) <= 1200
    assert set(" ".join(found).split()) == {"bänk"}


def test_a_very_long_text_is_one_row_of_sentences() -> None:
    text = "Nämnden beslutar enligt förslaget till beslut. " * 5000
    assert set(sentences(text)) == {"Nämnden beslutar enligt förslaget till beslut."}


def test_the_table_of_abbreviations_is_used() -> None:
    assert {"kl.", "bl.a.", "m.fl."} <= abbreviations()


WORDS = ["Eva", "beslutar", "kl.", "13.00", "bl.a.", ".", "!", "?", "”", "- ", "• ", "\n", "\n\n", "Plats:", "§ 4",
         "den 3.", "(", ")", "…", "http://a.se/", "\u00a0", "\u00ad", "🛝", "x" * 150]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_spans_are_exact_in_order_and_lose_nothing(text: str) -> None:
    at, covered = 0, set[int]()
    for span in split_sentences(text):
        assert at <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        covered.update(range(span.start, span.end))
        at = span.end
    assert all(i in covered or sign.isspace() for i, sign in enumerate(text))
