"""The form of our own questions over real minutes and, where the minutes are here, the places of their evidence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.corpora import QUESTIONS, SHARED
from benchmarks.own_questions import FOLDER, own_questions, text_of
from engine.evaluation import Question, is_correct, read_questions
from engine.evaluation.measures import fold
from models.cache import cache_folder

PARTS = ("a", "b", "c")
FIELDS = ["id", "doc", "lang", "kind", "question", "answers", "must_contain", "section", "evidence_at", "difficulty"]
MAY_HAVE = {"trap", "tags"}
SIZES = {"a": (45, 9), "b": (45, 9), "c": (72, 24)}

# Failures name questions, never their words: parts that only measure are not to be read.


def rows_of(part: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"own-{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stands_in(groups: tuple[tuple[str, ...], ...], text: str) -> list[bool]:
    """For each group of strings whether one of them stands in the text."""
    return [any(fold(one) in fold(text) for one in group) for group in groups]


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def with_evidence(part: str) -> list[Question]:
    if not (SHARED / "corpus" / "real").is_dir():
        pytest.skip("../shared with the real minutes is not here")
    if any(text_is_kept(row["doc"]) for row in rows_of(part)) and not (cache_folder() / "benchmarks" / "all").exists():
        pytest.skip("the archive of all documents is not made yet: python -m benchmarks.gold")
    return own_questions(part)


def text_is_kept(doc: str) -> bool:
    return any(doc in path.as_posix() for path in (SHARED / "corpus").rglob("*.pdf"))


def test_every_line_has_the_same_fields_and_none_for_the_words_of_the_minutes(part: str) -> None:
    wrong = [
        row["id"] for row in rows_of(part) if list(row)[: len(FIELDS)] != FIELDS or set(row) - MAY_HAVE - {*FIELDS}
    ]
    assert wrong == []


def test_questions_are_named_by_their_part_and_each_name_stands_once(part: str) -> None:
    names = [row["id"] for row in rows_of(part)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.startswith(f"own-{part}-")] == []


def test_how_many_questions_and_how_many_without_an_answer_there_are(part: str) -> None:
    questions = read_questions(FOLDER / f"own-{part}.jsonl")
    assert (len(questions), sum(not one.answerable for one in questions)) == SIZES[part]


def test_a_question_without_an_answer_says_how_it_is_made_and_has_no_place(part: str) -> None:
    without = [row for row in rows_of(part) if row["kind"] == "unanswerable"]
    wrong = [row["id"] for row in without if row["answers"] or row["must_contain"] or row["evidence_at"] != [0, 0]]
    assert wrong + [row["id"] for row in without if not row.get("trap")] == []


def test_a_question_with_an_answer_has_it_its_words_and_its_place(part: str) -> None:
    wrong = []
    for row in rows_of(part):
        start, end = row["evidence_at"]
        known = row["answers"] and row["must_contain"] and all(row["must_contain"]) and 0 <= start < end
        if row["kind"] != "unanswerable" and (not known or "trap" in row):
            wrong.append(row["id"])
    assert wrong == []


def test_languages_and_difficulties_are_the_known_ones(part: str) -> None:
    wrong = [
        row["id"]
        for row in rows_of(part)
        if row["lang"] not in ("sv", "en") or row["difficulty"] not in ("lexical", "paraphrase", "multi")
    ]
    assert wrong == []


def test_each_written_answer_is_counted_as_right(part: str) -> None:
    questions = {one.id: one for one in read_questions(FOLDER / f"own-{part}.jsonl")}
    wrong = [r["id"] for r in rows_of(part) if not all(is_correct(one, questions[r["id"]]) for one in r["answers"])]
    assert wrong == []


def test_the_last_part_asks_about_documents_that_no_other_question_is_about() -> None:
    asked = {row["doc"] for part in "ab" for row in rows_of(part)}
    if QUESTIONS["real"].exists():
        asked |= {one.doc for one in read_questions(QUESTIONS["real"])}
    ours = [row["doc"] for row in rows_of("c")]
    assert not asked & set(ours)
    assert max(map(ours.count, ours)) <= 3


def test_the_place_of_the_evidence_holds_the_words_of_the_answer(with_evidence: list[Question]) -> None:
    lacking = [
        one.id
        for one in with_evidence
        if one.answerable and one.difficulty != "multi" and not all(stands_in(one.must_contain, one.evidence))
    ]
    assert lacking == []


def test_what_the_first_of_two_places_lacks_stands_elsewhere_in_the_document(with_evidence: list[Question]) -> None:
    lacking = [
        one.id
        for one in with_evidence
        if one.answerable and one.difficulty == "multi" and not all(stands_in(one.must_contain, text_of(one.doc)))
    ]
    assert lacking == []
