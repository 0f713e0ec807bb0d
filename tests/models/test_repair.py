"""Damaged words become the ones that stood on the paper; whole ones stay as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.tables import read_rows
from models import spellings
from models.cache import CACHE_VARIABLE
from models.repair import is_damaged, mended, repaired, restored, signed_words
from models.spellings import alike, bare, spelling

ROOT = Path(__file__).parents[2]
LOST = str.maketrans("åäöÅÄÖ", "aaoAAO")
MINUTES = (
    "Ordföranden öppnade mötet och hälsade alla välkomna. Till sekreterare valdes Eva Ek. Dagordningen godkändes "
    "med tillägget att frågan om bryggan tas upp under övriga frågor. Kassören redogjorde för det ekonomiska läget. "
    "Styrelsen beslutade att föreslå årsmötet en höjd avgift. Nästa möte hålls på tisdag i församlingshemmet."
)
ENGLISH = (
    "The chair opened the meeting and welcomed all members. Eva Ek was elected secretary. The agenda was approved "
    "with the addition that the bridge is discussed under any other business. The treasurer presented the accounts. "
    "The board decided to propose a higher fee. The next meeting is held on Tuesday in the parish hall for all."
)


def damaged_pairs() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "data" / "damaged.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(written, right) for written, right in rows[1:]]


@pytest.mark.parametrize(
    ("written", "right"),
    [("ordforande", "ordförande"), ("féreningen", "föreningen"), ("dvriga", "övriga"), ("arsmotet", "årsmötet"),
     ("protoko||et", "protokollet"), ("rnedlemmar", "medlemmar"), ("bes1utar", "beslutar"), ("fr&n", "från"),
     ("hyresgastforeningen", "hyresgästföreningen"), ("protokoli", "protokoll"), ("va-namnden", "va-nämnden")],
)  # fmt: skip
def test_a_word_that_is_none_is_repaired_in_any_text(written: str, right: str) -> None:
    assert repaired(written) == right


@pytest.mark.parametrize(
    ("written", "right"), [("for", "för"), ("far", "får"), ("pa", "på"), ("ar", "är"), ("6ka", "öka"), ("p&", "på")]
)
def test_words_that_exist_and_short_ones_are_repaired_in_a_damaged_text_only(written: str, right: str) -> None:
    assert repaired(written) is None
    assert repaired(written, bare=True) == right


@pytest.mark.parametrize(
    "word",
    ["år", "här", "har", "var", "val", "man", "män", "andra", "ändra", "bro", "protokoll", "grundskolan", "e4", "10st",
     "6a", "1b", "20kr", "100m2", "ks-2031-00012", "2031", "xyzzq", "", "å", "§", "smedjeviksbron"],
)  # fmt: skip
def test_a_word_without_better_reading_is_left(word: str) -> None:
    assert repaired(word) is None
    assert repaired(word, bare=True) is None


@pytest.mark.parametrize(
    ("written", "right"),
    [("tjdnstegruppen", "tjänstegruppen"), ("bostadsgruppféreningen", "bostadsgruppföreningen"),
     ("fritidsndmnden", "fritidsnämnden"), ("bygdegérdsstyrelse", "bygdegårdsstyrelse"),
     ("bryggdgare", "bryggägare"),
     ("bifédlls", "bifölls"), ("métets", "mötets")],
)  # fmt: skip
def test_compounds_with_a_misread_letter_and_rarer_words_are_repaired_in_a_damaged_text_only(
    written: str, right: str
) -> None:
    assert repaired(written, bare=True) == right
    assert repaired(written) is None


@pytest.mark.parametrize(
    ("written", "right"), [("behdériga", "behöriga"), ("besodkare", "besökare"), ("no6dvandiga", "nödvändiga")]
)
def test_two_letters_read_for_one_are_one_again(written: str, right: str) -> None:
    assert repaired(written) == right


@pytest.mark.parametrize("word", ["granvikbacken", "vätterstrand", "kommunikationsplan", "medlemsnyttan", "brogrupp"])
def test_compounds_as_they_stand_and_unknown_names_are_left_in_a_damaged_text(word: str) -> None:
    assert repaired(word, bare=True) is None


def test_nine_of_ten_damaged_words_of_minutes_are_repaired_in_a_damaged_text() -> None:
    pairs = damaged_pairs()
    assert len(pairs) >= 60
    missed = [(written, right) for written, right in pairs if repaired(written, bare=True) != right]
    assert len(missed) <= len(pairs) / 10, missed
    wrong = [pair for pair in missed if repaired(pair[0], bare=True) is not None]
    assert len(wrong) <= len(pairs) / 20, wrong


@pytest.mark.parametrize("damaged", [False, True])
def test_no_right_word_of_the_damaged_ones_is_changed(damaged: bool) -> None:
    assert [right for _, right in damaged_pairs() if repaired(right, bare=damaged)] == []


words_like_ours = st.text(alphabet="abdefgijklmnorstvåäöé610&|-", max_size=14)
damaged_words = st.sampled_from([written for written, _ in damaged_pairs()])


@settings(max_examples=300, deadline=None)
@given(words_like_ours | damaged_words, st.booleans())
def test_what_is_repaired_needs_no_repair_and_is_about_as_long(word: str, damaged: bool) -> None:
    found = repaired(word, bare=damaged)
    if found is not None:
        assert found != word
        assert abs(len(found) - len(word)) <= 2
        assert repaired(found, bare=damaged) is None


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MINUTES.lower().replace(".", "").replace(",", "").split()), st.booleans())
def test_a_letter_with_dots_or_ring_is_never_taken_away(word: str, damaged: bool) -> None:
    found = repaired(word, bare=damaged)
    assert found is None or sum(one in "åäö" for one in found) >= sum(one in "åäö" for one in word)


def test_every_row_of_the_confusions_stands_in_its_example() -> None:
    rows = list(read_rows("models.tables", "letter_confusions"))
    assert len(rows) == len({(row["written"], row["right"]) for row in rows})
    assert [row for row in rows if row["written"] not in row["example"] or row["written"] == row["right"]] == []


def test_a_text_that_lost_its_letters_is_damaged_and_a_whole_one_is_not() -> None:
    assert is_damaged(MINUTES.translate(LOST))
    assert is_damaged(MINUTES.replace("ö", "6").replace("ä", "é"))
    assert not is_damaged(MINUTES)


def test_neither_english_nor_a_few_words_are_damaged() -> None:
    assert not is_damaged(ENGLISH)
    assert not is_damaged("Vem ar ordforande i foreningen?")
    assert not is_damaged("")


def test_a_short_part_of_a_damaged_text_is_damaged_unless_it_is_english() -> None:
    assert is_damaged("Vem ar ordforande?", within=True)
    assert not is_damaged(ENGLISH, within=True)


def test_signs_within_words_may_be_letters() -> None:
    text = "Beslut om p& och protoko||et, med &rsmöte fr&n |yften och f|nansiering."
    assert list(signed_words(text)) == ["p&", "protoko||et", "&rsmöte", "fr&n", "|yften", "f|nansiering"]


def test_signs_between_and_beside_whole_words_and_in_short_names_are_no_letters() -> None:
    assert list(signed_words("Bygg & Miljö, Bygg&Miljö, H&M, R&D\n|Val|Beslut|\n| Val | Beslut |\n|---|---|")) == []


def test_a_part_of_a_damaged_text_is_mended_with_its_capitals() -> None:
    assert mended("Pa ARSMOTET valdes ordférande f6r VA-namnden p& H&M.") == (
        "På ÅRSMÖTET valdes ordförande för VA-nämnden på H&M."
    )
    assert mended(ENGLISH) == ENGLISH


@pytest.mark.parametrize(
    "question",
    ["Vem är ordförande?", "När öppnades mötet?", "Vilka var närvarande på årsmötet?", "När är nästa möte?",
     "Vad beslutades om förslaget från styrelsen?", "Är ÖREBRO kommun medlem i föreningen?", "Hur många röstade för?",
     "Vad sa ordföranden om bron?"],
)  # fmt: skip
def test_a_question_without_its_letters_gets_them_back(question: str) -> None:
    assert restored(question.translate(LOST)) == question


@pytest.mark.parametrize(
    "question",
    ["Vem valdes till sekreterare?", "Hur mycket kostar bron?", "Vad beslutades om bryggan?", "Vem fick i uppdrag?",
     "Vilka deltog?", "När ar mötet?", "Who was the chair of the meeting?", "What was decided for the road?",
     "When is the next meeting?", "How far is the road from Granvik?", "Val av justerare",
     "Vad sa styrelsen om bron?", "", "?"],
)  # fmt: skip
def test_other_questions_are_left_as_they_are(question: str) -> None:
    assert restored(question) == question


def test_what_a_question_quotes_is_left() -> None:
    assert restored('Vem ar ordforande i "arsmote for bat"?') == 'Vem är ordförande i "arsmote for bat"?'
    assert restored('Vad betyder "ordforande"?') == 'Vad betyder "ordforande"?'


def test_names_are_no_damaged_words() -> None:
    names = ["sandén", "flodén", "burén", "auno", "andersson", "venue", "dinner", "granvik"]
    assert [name for name in names if repaired(name) is not None] == []


def test_the_words_that_a_bare_form_may_stand_for_are_known_by_frequency() -> None:
    assert [one.word for one in alike("far")][:2] == ["får", "far"]
    assert spelling("får").zipf > spelling("far").zipf > 0
    assert spelling("ordförande").listed and not spelling("ordforande").listed
    assert bare("överförmåga") == "overformaga"


def test_the_compiled_file_is_made_once_and_a_broken_one_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"ordforande": [("ordförande", 4.8)], "far": [("får", 6.4), ("far", 4.9)]}
    entries = [(form, spellings._packed(form, word, zipf, True)) for form, all in words.items() for word, zipf in all]
    made: list[int] = []

    def few() -> list[tuple[str, bytes]]:
        made.append(1)
        return entries

    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(spellings, "_entries", few)
    open_file = spellings._trie.__wrapped__
    assert "far" in open_file() and "far" in open_file()
    assert len(made) == 1
    (file,) = tmp_path.rglob("*.spellings")
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    file.write_bytes(file.read_bytes()[:40])
    assert "far" in open_file()
    assert len(made) == 2
    monkeypatch.setenv(CACHE_VARIABLE, str(file / "no folder"))
    assert "far" in open_file()
    assert len(made) == 3


def test_wordfreq_is_not_imported_once_the_file_is_made() -> None:
    repaired("ordforande")
    code = "import sys; from models.repair import restored\n"
    code += "print(restored('Vem ar ordforande?'), 'wordfreq' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Vem", "är", "ordförande?", "False"]
