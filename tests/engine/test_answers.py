"""Answers over the sample documents: short, quoted, and silent where nothing is known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sample_results import SampleResults

from corpus.errors import UsageError
from corpus.personal_numbers import mask_personal_numbers
from engine.answers.answerer import CITATIONS, Answerer
from engine.answers.extent import MAX_ANSWER
from engine.service import Service
from index.filters import Filter

KINDS = {
    "day",
    "clock",
    "date",
    "amount",
    "number",
    "reference",
    "name",
    "place",
    "reason",
    "yes_no",
    "statement",
}


def letters(text: str) -> str:
    """Letters and digits alone: an answer leaves out markup and joins words over line ends."""
    return re.sub(r"[\W_]+", "", text)


def check_citation(citation: dict[str, Any], service: Service) -> None:
    stored = mask_personal_numbers(service.archive.text(citation["document"]["id"]))
    assert stored[citation["start"] : citation["end"]] == citation["text"]
    assert citation["quote"] and citation["quote"] in citation["text"]
    assert citation["paragraph"] >= 1
    assert 0 <= citation["score"] <= 1


def test_every_citation_of_every_sample_question_stands_in_its_document(
    sample_results: list[SampleResults], sample_service: Service
) -> None:
    assert len(sample_results) >= 30
    for one in sample_results:
        for citation in (*one.answer["citations"], *one.hits):
            check_citation(citation, sample_service)


def is_of_register(answer: dict[str, Any]) -> bool:
    """Whether an answer is a sentence made of what a register knows, not words of a passage."""
    return answer["explanation"].startswith(("Så står det i registret", "This is what the register"))


def test_every_answer_is_short_and_one_of_a_passage_is_said_in_the_words_of_its_first_citation(
    sample_results: list[SampleResults],
) -> None:
    answered = [one.answer for one in sample_results if one.answer["answer"] is not None]
    assert answered
    assert all(0 < len(answer["answer"]) <= MAX_ANSWER for answer in answered)
    passages = [answer for answer in answered if not is_of_register(answer)]
    assert passages
    for answer in passages:
        first = answer["citations"][0]
        cited = letters("".join(one["text"] for one in answer["citations"]))
        whole_names = re.search(r" \(([^()]*)\)\.?$", answer["answer"])  # may follow the words of the passage
        said = answer["answer"] if whole_names is None else answer["answer"][: whole_names.start()]
        assert letters(said) in letters(first["text"])
        # The name stands in what is cited; an office is named by a word of the register.
        assert whole_names is None or letters(whole_names[1].partition(",")[0]) in cited
        assert letters(first["quote"])[: MAX_ANSWER // 2] in letters(answer["answer"])


def test_every_answer_object_keeps_its_contract(sample_results: list[SampleResults]) -> None:
    for one in sample_results:
        answer = one.answer
        assert list(answer) == ["question", "answer", "explanation", "confidence", "kind", "citations", "searched"]
        assert answer["question"] == one.question.question
        assert 0 <= answer["confidence"] <= 1
        assert answer["kind"] in KINDS
        assert answer["explanation"]
        assert len(answer["citations"]) <= CITATIONS
        if answer["answer"] is not None:
            assert answer["citations"]


def test_every_list_of_hits_is_sorted_and_names_a_passage_once(sample_results: list[SampleResults]) -> None:
    for one in sample_results:
        scores = [hit["score"] for hit in one.hits]
        places = [(hit["document"]["id"], hit["start"]) for hit in one.hits]
        assert scores == sorted(scores, reverse=True)
        assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Vem fick i mars 2024 i uppdrag att se över parkeringsavgifterna i Högsjöbro centrum?", "Skogdahl"),
        ("Vem fick i uppdrag att se över parkeringsavgifterna?", "Rune Skogdahl"),
        ("Hur mycket anvisade nämnden till överföringsledningen från Norsjöåsen?", "4 200 000 kronor"),
    ],
)
def test_the_passage_with_the_answer_is_found_and_drafted(sample_service: Service, question: str, word: str) -> None:
    draft = sample_service.answerer.draft(question)
    assert draft is not None
    assert word in draft.text


def test_an_answer_below_the_bar_is_withheld_and_the_nearest_passages_are_given(
    sample_service: Service,
) -> None:
    strict = Answerer(sample_service.searcher, sample_service.analyser, least=1.1)
    answer = strict.ask("Vad beslutade nämnden om hundrastgården?")
    assert answer.text is None
    assert answer.explanation == "Det framgår inte av underlaget."
    assert answer.citations
    assert strict.ask("What did the board decide about the dogs?").explanation == "The documents do not say."


def test_nothing_is_answered_from_documents_that_are_left_out(sample_service: Service) -> None:
    answer = sample_service.ask("Vad beslutade nämnden om hundrastgården?", Filter(since="2099"))
    assert (answer.text, answer.confidence, answer.citations) == (None, 0.0, ())
    notes = sample_service.ask("Vad sades om hundrastgården?", Filter(kind="notes"))
    assert {citation.chunk.document.kind for citation in notes.citations} == {"notes"}


def test_the_minutes_of_the_day_that_is_named_are_asked_before_those_of_another(sample_service: Service) -> None:
    answer = sample_service.ask("Vem valdes till sekreterare på mötet den 22 januari 2024?")
    assert answer.citations[0].chunk.document.date == "2024-01-22"
    # There are no minutes of this day: it says nothing of whose minutes are meant.
    free = sample_service.ask("Vem fick i uppdrag att se över parkeringsavgifterna före den 9 september 2031?")
    assert free.text is not None and "Skogdahl" in free.text


def test_the_same_question_has_the_same_answer_every_time(sample_service: Service) -> None:
    question = "Vilka röstade för att hundrastgården i Åparken skulle byggas?"
    assert sample_service.ask(question) == sample_service.ask(f"  {question}\n")


@pytest.mark.parametrize("question", ["", "   ", "?", "…", "( * )", "\u200b", "\ud800"])
def test_a_question_without_words_is_wrong_usage(sample_service: Service, question: str) -> None:
    with pytest.raises(UsageError, match="Frågan är tom"):
        sample_service.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "å",
        "vem vad när",
        "hundrastgård " * 800,
        "å" * 3_000,
        'AND OR NOT ( " * : ^ ~ [ ] { } \\ / hund',
        'hund* OR "rast gård"~2 title:x^3 [a TO b]',
        "hund\x00rast\x1b[31m",
        "Vem \udcff valdes?",
        "🐕 hund",
        "a\u0308renden om hundrastga\u030ard",
        "<s> </s> <mask> hund",
        "'; DROP TABLE documents; --",
    ],
)
def test_odd_questions_are_only_words(sample_service: Service, question: str) -> None:
    answer = sample_service.ask(question)
    assert answer.text is None or len(answer.text) <= MAX_ANSWER
    assert len(sample_service.search(question, 5).hits) <= 5


def test_a_decomposed_question_finds_what_a_composed_one_finds(sample_service: Service) -> None:
    composed = [hit.chunk.id for hit in sample_service.search("hundrastgård i Åparken", 5).hits]
    decomposed = [hit.chunk.id for hit in sample_service.search("hundrastga\u030ard i A\u030aparken", 5).hits]
    assert composed == decomposed
