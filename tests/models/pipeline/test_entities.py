"""The committed weights and the rules beside them, on invented minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import document_from_bytes
from models.pipeline.entities import find_all_entities, find_entities
from models.registers.reading import sentences_of
from models.sentences import split_sentences

ROOT = Path(__file__).parents[3]


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_entities(text)]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for one, words in found(text) if one == kind]


def test_a_sentence_of_minutes_has_a_role_persons_a_body_a_date_and_a_case() -> None:
    text = (
        "Ordförande Eva Lindkvist (M) informerar kommunstyrelsen om bron i Norrsund den 3 maj 2031, dnr KS 2031/45, "
        "som Trafikverket bygger för 4,5 miljoner kronor."
    )
    assert found(text) == [
        ("role", "Ordförande"),
        ("person", "Eva Lindkvist"),
        ("body", "kommunstyrelsen"),
        ("place", "Norrsund"),
        ("date", "3 maj 2031"),
        ("reference", "KS 2031/45"),
        ("organisation", "Trafikverket"),
        ("amount", "4,5 miljoner kronor"),
    ]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Närvarande: Eva Lindkvist, Bo Sandgren och Zhara Kasimi", ["Eva Lindkvist", "Bo Sandgren", "Zhara Kasimi"]),
        ("Eva Lindkvist\tBo Sandgren\tLars Hellström", ["Eva Lindkvist", "Bo Sandgren", "Lars Hellström"]),
        ("Eva Lindkvist (M)        Bo Sandgren (S)", ["Eva Lindkvist", "Bo Sandgren"]),
        ("Eva Lindkvist\nBo Sandgren\nLars Hellström", ["Eva Lindkvist", "Bo Sandgren", "Lars Hellström"]),
        ("Justerare: Bo Sandgren", ["Bo Sandgren"]),
        ("TODO @Sixten: boka lokal", ["Sixten"]),
        ("Emil väljs till justerare.", ["Emil"]),
        ("Stefan och Jonas kontaktar leverantören.", ["Stefan", "Jonas"]),
        ("Förslaget tas fram av Jorma till nästa möte.", ["Jorma"]),
        ("BO SANDGREN (S) yrkar bifall.", ["BO SANDGREN"]),
        ("Nils von Hedenby (C) reserverar sig.", ["Nils von Hedenby"]),
        ("Xquiv Brtzkolm (V) reserverar sig.", ["Xquiv Brtzkolm"]),
    ],
)
def test_persons_are_found_in_lists_and_sentences(text: str, persons: list[str]) -> None:
    assert of_kind(text, "person") == persons


@pytest.mark.parametrize(
    "text",
    [
        "Godkännande av dagordningen",
        "Föregående protokoll",
        "Styrelsen beslutar att köpa en gräsklippare.",
        "Ordföranden öppnar mötet.",
        "- Genomgång av ekonomin\n- Städdag\n- Övriga frågor",
        "Beslutsunderlag\nTjänsteskrivelse, 2031-05-03",
    ],
)
def test_headings_and_roles_are_no_persons(text: str) -> None:
    assert of_kind(text, "person") == []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Kultur- och fritidsnämnden beslutar.", ["Kultur- och fritidsnämnden"]),
        ("Byggnadsnämndens arbetsutskott godkänner listan.", ["Byggnadsnämndens arbetsutskott"]),
        ("Ärendet går till tekniska nämnden och valberedningen.", ["tekniska nämnden", "valberedningen"]),
        ("Området mellan bron och ån städas på goda råd.", []),
    ],
)
def test_bodies_are_found_whole(text: str, bodies: list[str]) -> None:
    assert of_kind(text, "body") == bodies


def test_a_rank_belongs_to_the_role() -> None:
    assert of_kind("Till 1:e vice ordförande väljs Eva Lindkvist.", "role") == ["1:e vice ordförande"]


def test_a_long_run_of_ranks_is_no_role() -> None:
    assert of_kind("1:e vice " * 5000, "role") == []


def test_an_organisation_wins_over_a_body_in_its_name() -> None:
    assert of_kind("Länsstyrelsen i Norrsund har yttrat sig.", "organisation") == ["Länsstyrelsen i Norrsund"]
    assert of_kind("Länsstyrelsen i Norrsund har yttrat sig.", "body") == []


def test_many_texts_give_what_each_gives_alone() -> None:
    texts = ["Eva Lindkvist öppnar mötet.", "", "Nästa möte: 4/9 hos Bo.", "Region Norrsund deltar."]
    assert list(find_all_entities(texts)) == [find_entities(text) for text in texts]


def test_a_text_longer_than_a_window_keeps_its_offsets() -> None:
    text = "Nämnden tackar.\n" * 8000 + "Justerare: Bo Sandgren"
    assert text.endswith("Bo Sandgren")
    last = find_entities(text)[-1]
    assert text[last.start : last.end] == "Bo Sandgren"


WORDS = ["Eva", "Ek", "(M)", "§ 4", "3 maj", "nämnden", ",", "\t", "\n", "\n\n", "  ", "ordförande", "@", "*", "100 kr",
         "x" * 120, "KS 2031/4", "Älvby kommun", "–", "\u00a0", "🛝"]  # fmt: skip
texts = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


@settings(max_examples=80, deadline=None)
@given(text=texts)
def test_entities_stand_inside_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for one in find_entities(text):
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        at = one.end


def test_the_pipeline_is_not_loaded_until_it_is_used() -> None:
    code = "import sys, models.registers.reading, models.pipeline.language; print('spacy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_sentences_of_a_document_carry_their_entities_by_its_offsets() -> None:
    text = "Styrelsemöte\n\nNärvarande: Eva Lindkvist och Bo Sandgren\n\nEva öppnar mötet. Bo kontaktar Trafikverket."
    document = document_from_bytes(text.encode(), "protokoll.txt", split_sentences)
    sentences = list(sentences_of(document, find_entities))
    by_sentence = {
        document.text[one.start : one.end]: [document.text[e.start : e.end] for e in one.entities] for one in sentences
    }
    assert by_sentence["Närvarande: Eva Lindkvist och Bo Sandgren"] == ["Eva Lindkvist", "Bo Sandgren"]
    assert by_sentence["Eva öppnar mötet."] == ["Eva"]
    assert by_sentence["Bo kontaktar Trafikverket."] == ["Bo", "Trafikverket"]
