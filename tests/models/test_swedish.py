"""The forms of a word meet, words that only look alike do not, and the dictionary is made once."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import swedish
from models.cache import CACHE_VARIABLE
from models.swedish import SwedishAnalyser, normal_form, words

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "forms",
    [
        "ärende ärendet ärenden ärendena ärendets",
        "nämnd nämnden nämndens nämnder nämnderna",
        "uppdrag uppdraget uppdragen uppdragets",
        "beslut beslutet besluten beslutets",
        "protokoll protokollet protokollen protokollets",
        "möte mötet möten mötena mötets",
        "ledamot ledamoten ledamöter ledamöterna",
        "ordförande ordföranden ordförandens",
        "ersättare ersättaren ersättarna",
        "yttrande yttranden yttrandena",
        "skola skolan skolor skolorna skolans",
        "bro bron broar broarna",
        "åtgärd åtgärden åtgärder åtgärderna",
        "godkänna godkändes godkänt godkänns godkänd",
        "välja valdes väljs vald valt",
        "föreslår föreslog föreslå föreslagit",
        "öppna öppnas öppnade öppnades",
        "bordlägga bordläggs bordlades",
    ],
)
def test_forms_of_a_word_meet(forms: str) -> None:
    assert len({normal_form(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("får", "far"), ("råd", "rad"), ("val", "vall"), ("här", "har"), ("för", "for"), ("vår", "var"), ("tak", "tack"),
     ("bro", "bror"), ("röst", "rost"), ("nämna", "nämnd"), ("medel", "medlem"), ("väg", "våg"), ("stöd", "stad")],
)  # fmt: skip
def test_look_alikes_do_not_meet(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize("word", ["2031", "tn-2031-00012", "e4", "3:22"])
def test_words_with_digits_stay(word: str) -> None:
    assert normal_form(word) == word


def test_numbers_with_inner_signs_are_one_term_beside_their_parts() -> None:
    terms = SwedishAnalyser().terms("Dnr TN-2031-00012 om bron")
    assert terms.exact == ("dnr", "tn-2031-00012", "om", "bron")
    assert "tn-2031-00012" in terms.lemmas
    assert {"tn", "2031", "00012"} <= set(terms.parts)


@given(text=st.text(alphabet="åäöÅÄÖéabc 1-§\u00ad", max_size=40))
def test_composed_and_decomposed_letters_give_the_same_terms(text: str) -> None:
    analyser = SwedishAnalyser()
    assert analyser.terms(unicodedata.normalize("NFD", text)) == analyser.terms(unicodedata.normalize("NFC", text))


def test_words_are_lower_case_and_soft_hyphens_are_gone() -> None:
    assert words("KOMMUN\u00adSTYRELSEN (Älvby)") == ["kommunstyrelsen", "älvby"]


def test_stopwords_say_nothing_of_a_topic() -> None:
    assert {"vem", "och", "the"} <= swedish.stopwords()
    assert "beslut" not in swedish.stopwords()


def normal_form_in(cache: Path) -> str:
    """The normal form of *ärendena* in a new process with this cache folder, and what it complains of."""
    code = "from models.swedish import normal_form; print(normal_form('motionerna'))"
    env = {**os.environ, CACHE_VARIABLE: str(cache)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    return run.stdout.strip()


def test_the_dictionary_is_made_once_and_again_when_it_is_damaged(tmp_path: Path) -> None:
    wanted = normal_form("motionerna")
    assert normal_form_in(tmp_path) == wanted
    (made,) = tmp_path.rglob("sv.dic")
    assert [p for p in made.parent.iterdir() if p != made] == [], "nothing is left of the making"
    first = made.stat().st_mtime_ns
    assert normal_form_in(tmp_path) == wanted
    assert made.stat().st_mtime_ns == first
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 2])
    assert normal_form_in(tmp_path) == wanted
    assert made.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    blocked = tmp_path / "fil"
    blocked.write_text("ingen mapp")
    assert normal_form_in(blocked) == normal_form("motionerna")


@pytest.mark.parametrize(
    "forms", ["karlsson karlssons", "stefan stefans", "kommun kommunens", "borlänge borlänges", "lindbergh lindberghs"]
)
def test_a_name_and_its_genitive_meet(forms: str) -> None:
    assert len({normal_form(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lindberg", "lindbergh"),
        ("eriksson", "erikson"),
        ("johanna", "johannes"),
        ("johan", "johanna"),
        ("anna", "anne"),
    ],
)
def test_names_are_not_stemmed_into_each_other(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_a_surname_that_is_a_word_stays_whole_after_a_first_name() -> None:
    terms = SwedishAnalyser().terms("Närvarande: Anna Ek och Anna Eken")
    assert {"ek", "eken"} <= set(terms.lemmas)
    assert normal_form("eken") in terms.parts


def test_a_role_after_a_whole_name_is_no_surname() -> None:
    terms = SwedishAnalyser().terms("Anna Karlsson Ordförande")
    assert terms.lemmas[2] == normal_form("ordförande")


def test_a_word_on_the_next_line_is_no_surname() -> None:
    assert SwedishAnalyser().terms("Anna\nEken växer").lemmas[1] == normal_form("eken")


def test_a_school_is_not_what_shall_be() -> None:
    assert normal_form("skolan") == normal_form("skola") != normal_form("ska") == normal_form("skulle")


def test_a_word_with_a_sign_for_a_letter_is_met_by_the_right_one_beside_its_pieces() -> None:
    terms = SwedishAnalyser().terms("Enligt protoko||et av fr&nvaro", damaged=True)
    assert {normal_form("protokollet"), normal_form("frånvaro"), "protoko", "nvaro"} <= set(terms.lemmas)
    assert terms.exact == ("enligt", "protoko", "et", "av", "fr", "nvaro")


def test_signs_that_are_no_letters_change_no_term() -> None:
    analyser = SwedishAnalyser()
    for written, plain in (
        ("Bygg&Miljö", "Bygg Miljö"),
        ("|Val|Beslut|", "Val Beslut"),
        ("Köpt på H&M", "Köpt på H M"),
    ):
        assert analyser.terms(written, damaged=True) == analyser.terms(plain, damaged=True)


def test_a_short_text_is_repaired_as_part_of_a_damaged_one_only() -> None:
    analyser = SwedishAnalyser()
    short = "Val pa far"
    assert {"på", normal_form("får")} <= set(analyser.terms(short, damaged=True).lemmas)
    assert not {"på", normal_form("får")} & set(analyser.terms(short).lemmas)
