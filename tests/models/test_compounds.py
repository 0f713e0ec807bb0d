"""Compounds come apart at their seams, simple words stay whole, and the data is made once."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import swedish_words
from corpus.tables import read_rows
from models import compound_data
from models.cache import CACHE_VARIABLE
from models.compounds import parts, smallest_parts, split
from models.shared_heads import joined_words
from models.swedish import SwedishAnalyser, normal_form

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("kommunstyrelsen", "kommun styrelsen"),
        ("barnomsorgsavgift", "barn omsorg avgift"),
        ("gatubelysningens", "gat belysningens"),
        ("kyrkogård", "kyrk gård"),
        ("klasskillnader", "klass skillnader"),
        ("avfallstaxan", "avfall taxan"),
        ("flyktingmottagande", "flykting mottagande"),
        ("uppdragsansvarig", "uppdrag ansvarig"),
        ("verksamhetsåret", "verksamhet året"),
        ("ortsanalysen", "ort analysen"),
    ],
)
def test_a_compound_is_split_into_its_smallest_parts_without_linking_letters(word: str, wanted: str) -> None:
    assert split(word) == tuple(wanted.split())


@pytest.mark.parametrize(
    "word",
    ["beslut", "protokollet", "ordföranden", "förslag", "ungdomarna", "återremiss", "bakgrunden", "genomgång", "ö"],
)
def test_a_simple_word_stays_whole(word: str) -> None:
    assert split(word) == ()


def test_the_first_part_is_known_by_its_dictionary_word() -> None:
    assert [part.word for part in parts("skolskjutsen")] == ["skola", "skjuts"]
    assert [part.word for part in parts("arbetsmiljö")] == ["arbete", "miljö"]


WORDS = sorted(marked.replace("|", "") for (marked,) in swedish_words.lines("seams.tsv"))


@given(word=st.sampled_from(WORDS) | st.text(alphabet="abdefgiklmnorstuvyåäö", min_size=4, max_size=30))
def test_parts_cover_the_whole_word_in_order(word: str) -> None:
    for found in (parts(word), smallest_parts(word)):
        if not found:
            continue
        assert len(found) > 1
        assert found[0].start == 0
        assert found[-1].end == len(word)
        for one, following in pairwise(found):
            # A consonant that is written twice for three belongs to both parts.
            assert following.start in (one.end, one.end - 1)
        assert all(word.startswith(part.surface, part.start) for part in found)


@pytest.mark.parametrize("table", ["seams.tsv", "seams_second.tsv", "seams_minutes.tsv"])
def test_seams_on_words_of_public_treebanks_and_of_minutes(table: str) -> None:
    figures, _ = swedish_words.seams(table)
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.75
    assert figures["simple_split"] <= 0.03 * figures["simple_words"]


def test_few_simple_words_of_minutes_are_split() -> None:
    figures, broken = swedish_words.simple_words()
    assert figures["split"] <= 0.03 * figures["words"], broken


def test_forms_meet_and_look_alikes_do_not() -> None:
    figures, wrong = swedish_words.pairs()
    assert figures["forms_that_meet"] >= 0.97, wrong
    assert figures["look_alikes_that_meet"] <= 0.02, wrong


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kommun- och regionpolitik", ["kommunpolitik"]),
        ("Social-, kultur- och fritidsnämnden", ["socialnämnden", "kulturnämnden"]),
        ("vatten- respektive avloppstaxan", ["vattentaxan"]),
        ("linje 3- och beslut", []),
    ],
)
def test_a_word_cut_short_gets_the_shared_head(text: str, wanted: list[str]) -> None:
    assert [whole for _, whole in joined_words(text)] == wanted


def test_a_space_lost_after_the_hyphen_does_not_hide_the_words() -> None:
    terms = SwedishAnalyser().terms("Lednings-och tjänstemannagrupp")
    assert terms.exact == ("lednings", "och", "tjänstemannagrupp")
    assert normal_form("ledningsgruppen") in terms.parts


def test_skola_finds_grundskolan_by_a_part() -> None:
    assert SwedishAnalyser().word("skola").lemma in SwedishAnalyser().word("grundskolan").parts


def test_forms_of_an_unseen_compound_meet() -> None:
    assert normal_form("medfinansieringsavtalets") == normal_form("medfinansieringsavtal")


def test_the_version_follows_tables_and_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    before = SwedishAnalyser().version
    monkeypatch.setattr("models.swedish.compounds_version", lambda: "other")
    assert SwedishAnalyser().version != before


def test_every_kind_of_row_is_one_that_is_read() -> None:
    kinds = {row["kind"] for row in read_rows("models.tables", "compounds")}
    assert kinds <= {"split", "whole", "part", "no_part", "beginning", "end", "joiner", "prefix"}


def test_without_the_dictionary_nothing_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.compounds.compound_data", lambda: None)
    assert parts.__wrapped__("kommunstyrelsen") == ()


def test_a_damaged_trie_is_not_trusted(tmp_path: Path) -> None:
    for name in ("inside.trie", "forms.trie"):
        (tmp_path / name).write_bytes(b"inte en trie")
    assert compound_data._load(tmp_path) is None


def split_in(cache: Path) -> str:
    """*kommunstyrelsen* split in a new process with this cache folder."""
    code = "from models.compounds import split; print(*split('kommunstyrelsen'))"
    env = {**os.environ, CACHE_VARIABLE: str(cache)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_the_tries_are_made_once(tmp_path: Path) -> None:
    assert split_in(tmp_path) == "kommun styrelsen"
    made = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert set(made) == {"inside.trie", "forms.trie"}
    assert split_in(tmp_path) == "kommun styrelsen"
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == made
