"""The query language: what is an operator, what is a word, and what is said of a wrong one."""

from __future__ import annotations

import random

import pytest

from corpus.errors import UsageError
from corpus.tables import read_rows
from engine.search.query import parse, plain_words
from engine.service import Service
from index.conditions import All, AnyOf, Condition, InDocuments, InSection, Not, Phrase, Truncated, Word
from index.filters import Filter

ONLY_WORDS = [
    "Vem fick i uppdrag att se över avgifterna?",
    "skola och avgift eller inte",
    "Möte kl. 13:00 om fastigheten Ladan 3:22",
    "Beslut: ja",
    "Datum: 2018",
    "vår- och höstmötets VA-chef",
    "BESLUT OM ATT INTE HÖJA AVGIFTEN",
    "NÄMNDEN OCH STYRELSEN",
    "Det vill vi INTE",
    "Vad ska INTE byggas, och varför?",
    'Vad sades om "trygga skolvägar"?',
    "*",
    "a*",
    "**Beslut**",
    "2*3",
    '"öppen fras',
    'fem 5" rör',
    'skola OCH "öppen',
    "skola (avgift",
    "skola OCH (avgift",
    "a) OCH b)",
    "(bilaga 2) om skola",
    "nämnd(en) och råd(et)",
    '""',
    '"?!" skola',
    "( )",
    "-n 3 --json",
    "-5 grader",
    "- Boka sotare",
    "AND",
    "OCH (INTE)",
    "okänt:värde",
    "https://exempel.se/§:",
    "organ:",
    "(" * 30 + "a OCH b" + ")" * 30,
]

TREES: list[tuple[str, str, Condition]] = [
    ('"ny plan"', "ny plan", Phrase("ny plan")),
    ("”ny plan”", "ny plan", Phrase("ny plan")),
    ("„ny plan“, «gammal plan»", "ny plan gammal plan", All((Phrase("ny plan"), Phrase("gammal plan")))),
    ("skol* budget", "skol budget", Truncated("skol*")),
    ("*skola.", "skola", Truncated("*skola")),
    ("skola OCH avgift", "skola avgift", All((Word("skola"), Word("avgift")))),
    ("skola AND va", "skola va", All((Word("skola"), Word("va")))),
    ("skola INTE avgift", "skola", All((Word("skola"), Not(Word("avgift"))))),
    ("trygg skola -avgift", "trygg skola", All((Not(Word("avgift")), AnyOf((Word("trygg"), Word("skola")))))),
    ('skola -"fri parkering"', "skola", All((Not(Phrase("fri parkering")), Word("skola")))),
    (
        "a1 OCH b1 ELLER c1 OCH d1",
        "a1 b1 c1 d1",
        AnyOf((All((Word("a1"), Word("b1"))), All((Word("c1"), Word("d1"))))),
    ),
    (
        "hund OCH (katt ELLER (fågel INTE (anka, gås)))",
        "hund katt fågel",
        All(
            (
                Word("hund"),
                AnyOf((Word("katt"), All((Word("fågel"), Not(AnyOf((Word("anka,"), Word("gås")))))))),
            )
        ),
    ),
    ('organ:"tekniska nämnden" skolväg', "skolväg", InDocuments(Filter(body="tekniska nämnden"))),
    ("datum:2018", "", InDocuments(Filter(since="2018", until="2018"))),
    ("date:2018-10..2019-02", "", InDocuments(Filter(since="2018-10", until="2019-02"))),
    ("datum:..2019", "", InDocuments(Filter(until="2019"))),
    ('datum:"den 5 oktober 2018"', "", InDocuments(Filter(since="2018-10-05", until="2018-10-05"))),
    ("§:14", "", InSection("14")),
    ('Paragraf:"§ 14" bakugn', "bakugn", InSection("§ 14")),
    ("person:Gustavsson", "Gustavsson", AnyOf((Phrase("Gustavsson"), Phrase("Gustavssons")))),
    ("möte INTE organ:styrgruppen", "möte", All((Word("möte"), Not(InDocuments(Filter(body="styrgruppen")))))),
]


@pytest.mark.parametrize("text", ONLY_WORDS)
def test_what_does_not_fit_together_as_operators_is_only_words(text: str) -> None:
    query = parse(text)
    assert (query.words, query.condition) == (text, None)


@pytest.mark.parametrize(("text", "words", "condition"), TREES, ids=[one[0] for one in TREES])
def test_operators_make_a_condition_and_the_wanted_words_rank(text: str, words: str, condition: Condition) -> None:
    query = parse(text)
    assert query.condition == condition
    assert query.words == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skol* OCH", "vid OCH"),
        ("OCH skola", "vid OCH"),
        ("skola ELLER OCH avgift", "vid ELLER"),
        ("skola OCH ()", "Parentesen är tom"),
        ("-skola", "bara vad som inte ska finnas"),
        ("INTE skola -avgift", "bara vad som inte ska finnas"),
        ("datum:igår", "datum:2018-10..2019-02"),
        ("datum:2019..2018", "Perioden är tom"),
        ("skola datum:..", "Perioden saknar datum"),
    ],
)
def test_an_operator_that_is_wrong_is_told_how_to_write(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("..", r"\.\.")):
        parse(text)


def test_any_text_is_a_query_or_wrong_usage() -> None:
    rng = random.Random(7)
    pieces = [*"-()*:? .å'\"”„»«", "skola", "OCH", "ELLER", "INTE", "organ:", "datum:", "§:", "person:", "2018"]
    pieces += ["..", "\u0301", "\udcff", "\x00", "KS-1", "VA"]
    conditions = 0
    for _ in range(20_000):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 14)))
        try:
            query = parse(text)
        except UsageError as error:
            assert str(error)
            continue
        assert query.text == text
        conditions += query.condition is not None
        if query.condition is None:
            assert query.words == text
    assert conditions > 500


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "operators")), ids=lambda row: row["word"])
def test_every_example_of_the_table_uses_its_word_as_an_operator(row: dict[str, str]) -> None:
    assert row["word"] in row["example"]
    assert parse(row["example"]).condition is not None


def test_a_query_without_operators_finds_what_its_words_find(sample_service: Service) -> None:
    for text in ("snöröjning", "Hyran för Ladan (kontraktet) är 2 150 kr", *ONLY_WORDS):
        written = " ".join(text.split())
        assert sample_service.search(text) == sample_service.shown.search(plain_words(written))


def _found(service: Service, query: str) -> list[str]:
    return [
        f"{hit.chunk.document.path.rsplit('/', 1)[-1]} {hit.chunk.text}" for hit in service.search(query, 1000).hits
    ]


def test_a_condition_holds_for_every_hit_whichever_side_found_it(sample_service: Service) -> None:
    fees = _found(sample_service, "avgift*")
    assert fees
    assert all("avgift" in text.lower() for text in fees)
    without = _found(sample_service, "laserskärare -utsug")
    assert without
    assert not any("utsug " in text for text in without)
    assert _found(sample_service, '"upphöjd gångpassage"')
    assert _found(sample_service, '"gångpassage upphöjd"') == []


@pytest.mark.parametrize(
    "text",
    ['"a\udcff* b"', "person:\udcff", "organ:\udcff skola", "§:\udcff", '"\x00a"', 'skol* -"(*"x', '"ny, (pla*)"'],
)
def test_signs_that_are_no_text_break_no_search(sample_service: Service, text: str) -> None:
    assert sample_service.search(text).query == text


def test_fields_choose_documents_and_paragraphs(sample_service: Service) -> None:
    in_march = _found(sample_service, "datum:2024-03 möte")
    assert {text.split()[0] for text in in_march} == {
        "ladan-arsmote-2024-03-10.md",
        "tekniska-namnden-2024-03-12.md",
    }
    section = _found(sample_service, '§:14 organ:"tekniska nämnden" datum:2024-03')
    assert section
    assert any("Skogdahl i uppdrag" in text for text in section)
    assert not any("reservvatten" in text for text in section)
    named = _found(sample_service, "person:Skogdahl")
    assert named
    assert all("Skogdahl" in text for text in named)
    assert _found(sample_service, "datum:1999") == []


def test_the_total_counts_every_chunk_that_the_condition_lets_through(sample_service: Service) -> None:
    few, every = sample_service.search("organ:ladan", 3), sample_service.search("organ:ladan", 1000)
    assert len(few.hits) == 3
    assert few.total == every.total == len(every.hits) > 20


def test_a_question_to_answer_does_not_use_the_query_language(sample_service: Service) -> None:
    for question in ("skol* OCH", "-skola", "datum:igår Vem valdes"):
        assert sample_service.ask(question).question == question
