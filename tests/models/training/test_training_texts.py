"""Training texts: the ranges of names are right, whatever file or template they come from."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus.tables import read_rows
from models.training.augment import damaged, filled, minutes_texts
from models.training.names import Names
from models.training.sources import Labelled, klintan, universal_ner, word_classes


def words(text: Labelled) -> list[tuple[str, str]]:
    return [(text.text[start:end], label) for start, end, label in text.names]


@pytest.mark.parametrize("gap", ["\t", "   "])
def test_neighbours_of_one_label_are_one_name_in_klintan(tmp_path: Path, gap: str) -> None:
    rows = ["Eva PER", "Ek PER", ", 0", "Älvby LOC", ", 0", "såg 0", "Filmen MISC", "( 0", "Bo PER", ") 0", ". 0"]
    file = tmp_path / "news.txt"
    file.write_text("\n".join(row.replace(" ", gap) for row in rows) + "\n\nHej\t0\n", encoding="utf-8")
    first, second = klintan(file)
    assert first.text == "Eva Ek, Älvby, såg Filmen (Bo)."
    assert words(first) == [("Eva Ek", "PER"), ("Älvby", "LOC"), ("Bo", "PER")]
    assert second == Labelled("Hej")


def test_names_of_universal_ner_are_ranges_of_the_written_text(tmp_path: Path) -> None:
    file = tmp_path / "uner.iob2"
    rows = ["# text = Eva Ek (SKR).", "1\tEva\tB-PER\t-\t-", "2\tEk\tI-PER\t-\t-", "3\t(\tO\t-\t-",
            "4\tSKR\tB-ORG\t-\t-", "5\t)\tO\t-\t-", "6\t.\tO\t-\t-"]  # fmt: skip
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert [words(text) for text in universal_ner(file)] == [[("Eva Ek", "PER"), ("SKR", "ORG")]]


def test_word_classes_of_2015_are_those_of_today(tmp_path: Path) -> None:
    file = tmp_path / "tree.conllu"
    rows = [("Eva", "PROPN"), ("är", "VERB"), ("och", "CONJ"), ("går", "VERB")]
    file.write_text("\n".join(f"{i}\t{w}\t_\t{c}\t_\t_\t0\t_\t_\t_" for i, (w, c) in enumerate(rows, 1)), "utf-8")
    (text,) = word_classes(file)
    assert text.words == ("Eva", "är", "och", "går")
    assert text.classes == ("PROPN", "AUX", "CCONJ", "VERB")


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(random.Random(3), ["Älvby"], ["Kvarnbolaget"], ["Det är lika soligt här som där ."])


def test_every_template_can_be_filled_and_its_ranges_hold_the_names(names: Names) -> None:
    for row in read_rows("models.training", "templates"):
        text = filled(row["template"], names)
        assert "{" not in text.text
        assert all(part and part == part.strip() for part, _ in words(text))
        slots = sum(row["template"].count(slot) for slot in ("{PER}", "{FIRST}", "{ORG}", "{LOC}", "{STREET}"))
        assert len(text.names) == slots


def test_the_same_seed_makes_the_same_texts() -> None:
    def made() -> list[Labelled]:
        draw = random.Random(5)
        return list(minutes_texts(draw, Names(draw, ["Älvby"], ["Kvarnbolaget"], ["Det regnar ."]), 20))

    assert made() == made()


def test_damage_keeps_every_offset() -> None:
    text = Labelled("Åsa Öberg bor i Älvby.", ((0, 9, "PER"), (16, 21, "LOC")))
    seen = {damaged(random.Random(seed), text) for seed in range(40)}
    assert {one.names for one in seen} == {text.names}
    assert {one.text for one in seen} == {
        "ÅSA ÖBERG bor i ÄLVBY.",
        "åsa öberg bor i älvby.",
        "ÅSA ÖBERG BOR I ÄLVBY.",
        "Asa Oberg bor i Alvby.",
    }
