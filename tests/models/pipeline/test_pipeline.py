"""The pipeline as spaCy sees it: its parts, its tables, its weights."""

from __future__ import annotations

import json
import re

import pytest

from corpus.tables import read_rows
from models.pipeline.components import FIRST, LAST
from models.pipeline.entities import find_entities
from models.pipeline.gazetteers import organisation_pattern, role_pattern
from models.pipeline.language import load_pipeline, pipeline_version, weights_folder
from models.pipeline.plausible import can_be_other_name, can_be_person


def test_the_components_stand_in_their_order() -> None:
    assert tuple(load_pipeline().pipe_names) == (*FIRST, "tok2vec", "tagger", "ner", *LAST)


def test_sentences_and_word_classes_are_set() -> None:
    doc = load_pipeline()("Kl. 13.00 öppnade Eva mötet. Nämnden beslutar att köpa en gunga.")
    assert len(list(doc.sents)) == 2
    assert {token.text: token.tag_ for token in doc if token.text in ("Nämnden", "beslutar", "en")} == {
        "Nämnden": "NOUN",
        "beslutar": "VERB",
        "en": "DET",
    }


@pytest.mark.parametrize("row", list(read_rows("models.tables", "roles")), ids=lambda row: row["example"])
def test_a_role_is_found_in_its_example(row: dict[str, str]) -> None:
    alone = re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE)
    assert alone.search(row["example"])
    assert role_pattern().search(row["example"])


@pytest.mark.parametrize("row", list(read_rows("models.tables", "organisations")), ids=lambda row: row["example"])
def test_an_organisation_is_found_in_its_example(row: dict[str, str]) -> None:
    alone = re.compile(row["pattern"].replace("{Name}", r"[A-ZÅÄÖ]\w+"))
    match = organisation_pattern().search(row["example"])
    assert match and alone.fullmatch(match[0])


@pytest.mark.parametrize("row", list(read_rows("models.tables", "not_bodies")), ids=lambda row: row["example"])
def test_a_word_that_only_ends_as_a_body_is_none(row: dict[str, str]) -> None:
    assert re.search(rf"(?i)\b(?:{row['pattern']})\b", row["example"])
    assert "body" not in {one.kind for one in find_entities(row["example"])}


def test_a_name_that_is_a_word_stands_in_its_example() -> None:
    for row in read_rows("models.tables", "names_that_are_words"):
        assert row["name"] in row["example"].lower().split()
        assert can_be_person([row["name"].capitalize()])


def test_plain_words_are_no_names_and_unknown_ones_may_be() -> None:
    assert not can_be_person(["Klockan"])
    assert not can_be_person(["beslutar"])
    assert can_be_person(["Xquivia"])
    assert can_be_person(["Björn"])
    assert can_be_person(["Bo"])
    assert not can_be_person(["Oh"])
    assert not can_be_other_name(["rapporten"])
    assert can_be_other_name(["Kvarnbyhem"])


def test_the_weights_are_small_and_name_no_folder_of_a_machine() -> None:
    files = [file for file in weights_folder().rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 8_000_000
    written = "".join(file.read_text(encoding="utf-8") for file in files if file.suffix in (".cfg", ".json"))
    assert not re.search(r'"/\w+/', written)
    assert json.loads((weights_folder() / "meta.json").read_text(encoding="utf-8"))["license"] == "CC BY-SA 4.0"


def test_the_version_is_eight_hexadecimal_digits_and_stays() -> None:
    assert re.fullmatch("[0-9a-f]{8}", pipeline_version())
    assert pipeline_version() == pipeline_version.__wrapped__()
