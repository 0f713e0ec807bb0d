"""Measures of answers and rankings, and the reading of question files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sample_results import QUESTIONS, SampleResults

from corpus.errors import UnreadableError
from engine.evaluation import (
    Question,
    holds_evidence,
    is_correct,
    read_questions,
    score_answers,
    score_rankings,
)

SCORE = Path(__file__).resolve().parents[2].parent / "shared" / "tools" / "score.py"


def question(**changed: Any) -> Question:
    known: dict[str, Any] = {
        "id": "1",
        "doc": "protokoll",
        "lang": "sv",
        "kind": "name",
        "question": "Vem valdes till sekreterare?",
        "must_contain": (("Ek",), ("Siri", "Sigrid")),
        "evidence": "Till sekreterare valdes Eva Ek och Siri Ask.",
        "difficulty": "lexical",
    }
    return Question(**{**known, **changed})


def hit(text: str, path: str = "/arkiv/protokoll.txt") -> dict[str, Any]:
    return {"text": text, "document": {"path": path}}


def test_an_answer_is_right_when_it_holds_one_string_of_every_group() -> None:
    assert is_correct("Det blev eva ek och sigrid.", question())
    assert not is_correct("Det blev Eva Ek.", question())
    assert not is_correct(None, question())
    assert not is_correct("Eva Ek, Siri Ask" + " och så vidare" * 40, question())


def test_markup_and_line_ends_do_not_hide_the_evidence() -> None:
    assert holds_evidence(hit("Till **sekreterare**\nvaldes Eva Ek och Siri Ask."), question())
    assert holds_evidence(hit("Eva Ek och Siri Ask valdes"), question())
    assert not holds_evidence(hit("Siri Ask valdes bort"), question())
    assert not holds_evidence(hit("Till sekreterare valdes Eva Ek och Siri Ask.", "/arkiv/plan.txt"), question())


def test_silence_is_right_only_where_there_is_no_answer() -> None:
    silent = {"answer": None, "citations": []}
    figures = score_answers([(question(), silent), (question(kind="unanswerable"), silent)])
    assert (figures["answer"], figures["false_null"], figures["abstained"]) == (0.0, 1.0, 1.0)


def test_characters_read_before_the_evidence_count_and_not_only_its_rank() -> None:
    figures = score_rankings([(question(), [hit("x" * 900), hit(question().evidence)])])
    assert (figures["found@500"], figures["found@1000"], figures["recall@1"]) == (0.0, 1.0, 0.0)
    assert (figures["recall@3"], figures["mrr@10"], figures["ndcg@10"]) == (1.0, 0.5, 0.6309)


@pytest.mark.parametrize("line", ["inte json", "[1, 2]", '{"id": "2"}', '"text"', '{"question": "Vem?"', "null"])
def test_a_bad_line_of_a_question_file_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "guld.jsonl"
    file.write_text(f'{{"question": "Vem?"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(UnreadableError, match="rad 3"):
        read_questions(file)


@pytest.mark.parametrize("content", [b"", b"\n\n", "fråga".encode("latin-1")])
def test_a_question_file_without_questions_or_not_in_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "guld.jsonl"
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match="JSON-objekt per rad"):
        read_questions(file)


def test_a_question_file_may_have_a_byte_order_mark_and_other_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "guld.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"question": "Vem\xe2\x80\xa8valdes?", "id": 7}\r\n{"question": "N\xc3\xa4r?"}\r\n')
    first, second = read_questions(file)
    assert (first.id, first.question, second.id, second.question) == ("7", "Vem\u2028valdes?", "2", "När?")


def load_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SCORE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SCORE.exists(), reason=f"the common scoring tool is not beside the repository: {SCORE}")
def test_our_measures_equal_those_of_the_common_scoring_tool(sample_results: list[SampleResults]) -> None:
    gold = {row["id"]: row for row in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())}
    ask = {one.question.id: one.answer for one in sample_results}
    search = {one.question.id: {"hits": one.hits} for one in sample_results}
    theirs, _ = load_score().score(gold, ask, search)
    ours = {
        **score_answers((one.question, one.answer) for one in sample_results),
        **score_rankings((one.question, one.hits) for one in sample_results),
        "questions": len(sample_results),
    }
    assert ours == theirs


def test_two_questions_of_one_id_are_refused_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "guld.jsonl"
    file.write_text('{"id": "a", "question": "Vem?"}\n{"id": "a", "question": "När?"}\n', encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"rad 2.*a"):
        read_questions(file)
