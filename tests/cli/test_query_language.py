"""The query language and ``--explain`` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import klubbat, refused


def test_a_phrase_must_stand_in_every_hit(sample_archive: Path) -> None:
    outcome = klubbat("search", '"upphöjd gångpassage"', "--json", "-n", 50, "-a", sample_archive)
    assert outcome.code == 0
    hits = outcome.json["hits"]
    assert outcome.json["total"] == len(hits) > 1
    assert all("upphöjd gångpassage" in " ".join(hit["text"].split()) for hit in hits)


def test_a_batch_takes_the_query_language_and_explains(sample_archive: Path) -> None:
    rows = [{"id": 1, "query": "§:14 datum:2024-03-12"}, {"id": 2, "query": "skol* OCH bussar ELLER bakugn"}]
    stdin = "\n".join(map(json.dumps, rows)).encode()
    outcome = klubbat("search", "--batch", "-", "--explain", "-a", sample_archive, stdin=stdin)
    first, second = outcome.lines
    assert {hit["section"] for hit in first["hits"]} == {"§ 14"}
    assert all("bakugn" in hit["text"].lower() or "skol" in hit["text"].lower() for hit in second["hits"])
    assert all(hit["explain"]["reasons"] for hit in (*first["hits"], *second["hits"]))


def test_nothing_for_a_condition_that_no_paragraph_meets_is_exit_code_1(sample_archive: Path) -> None:
    outcome = klubbat("search", 'bakugn datum:1999 OCH "finns inte här"', "-a", sample_archive)
    assert (outcome.code, outcome.out) == (1, "Inga träffar.\n")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("skol* OCH", "saknas något att söka efter vid OCH"),
        ("datum:igår skola", "datum:2018-10..2019-02"),
        ("INTE skola", "Lägg till något som ska finnas"),
    ],
)
def test_an_operator_that_is_wrong_is_exit_code_2(sample_archive: Path, query: str, said: str) -> None:
    refused(klubbat("search", query, "-a", sample_archive), 2, said)


def test_a_question_is_answered_whatever_it_looks_like(sample_archive: Path) -> None:
    outcome = klubbat("ask", "--json", "-a", sample_archive, "--", "datum:igår Vem är ordförande OCH")
    assert outcome.code in (0, 1)
    assert outcome.err == ""


def test_the_reasons_are_in_every_form(sample_archive: Path) -> None:
    asked = ("search", "skol* hastigheten", "--explain", "-n", 2, "-a", sample_archive)
    text = klubbat(*asked).out
    assert "varför: böjning hastigheten → hastigheter · trunkering skol* → skolstart · betydelse 0." in text
    assert "poäng: 1.00 (ord 1.00, betydelse 1.00)" in text
    why = klubbat(*asked, "--json").json["hits"][0]["explain"]
    assert set(why) == {"reasons", "lexical", "dense", "fused", "cosine", "reading"}
    assert [one["kind"] for one in why["reasons"]] == ["inflection", "truncation", "meaning"]
    row = next(csv.DictReader(io.StringIO(klubbat(*asked, "--csv").out)))
    assert "trunkering skol* → skolstart" in row["explain"]
    assert "Varför" in klubbat(*asked, "--table").out
    without = klubbat("search", "skol* hastigheten", "--json", "-n", 2, "-a", sample_archive).json
    assert "explain" not in without["hits"][0]
