"""``search --rerank`` on the command line, with the weights that come with the package."""

from __future__ import annotations

from pathlib import Path

from command_line import klubbat, refused

QUESTION = "Vem fick i uppdrag att se över parkeringsavgifterna?"


def test_reading_changes_the_order_and_not_what_is_found(sample_archive: Path) -> None:
    asked = ("search", QUESTION, "--json", "-n", 30, "-a", sample_archive)
    plain, read = klubbat(*asked, "--no-rerank"), klubbat(*asked, "--rerank")
    assert plain.code == read.code == 0
    places = [[(hit["document"]["id"], hit["start"]) for hit in one.json["hits"]] for one in (plain, read)]
    assert set(places[0]) == set(places[1])
    scores = [hit["score"] for hit in read.json["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_a_question_is_read_without_being_asked_to_and_keywords_are_not(sample_archive: Path) -> None:
    def readings(words: str, *options: str) -> set[bool]:
        found = klubbat("search", words, "--explain", "--json", "-n", 3, "-a", sample_archive, *options).json["hits"]
        return {hit["explain"]["reading"] is None for hit in found}

    assert readings(QUESTION) == {False}
    assert readings("parkeringsavgifter") == {True}
    assert readings(QUESTION, "--no-rerank") == {True}


def test_explain_tells_what_was_read(sample_archive: Path) -> None:
    asked = ("search", QUESTION, "--explain", "--rerank", "-n", 3, "-a", sample_archive)
    assert ", läsning " in klubbat(*asked).out
    readings = [hit["explain"]["reading"] for hit in klubbat(*asked, "--json").json["hits"]]
    assert all(0 <= one <= 1 for one in readings)


def test_a_reranker_that_is_not_here_is_named_with_what_to_do(sample_archive: Path) -> None:
    refused(klubbat("search", QUESTION, "--reranker", "finns/inte", "-a", sample_archive), 4, "hf download finns/inte")
