"""Questions over invented minutes: where the answer stands, and paragraphs that do not answer."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from corpus.tables import read_rows
from models.training.names import Names
from models.training.reader.examples import Example
from models.training.reader.minutes import minutes_examples, wordings
from models.training.reader.slots import Slots, labels_of, slots_of

pytest.importorskip("faker")


def names(draw: random.Random) -> Names:
    return Names(draw, ["Sandvik", "Bergby"], ["Sjöverket"], ["Det regnade hela dagen"])


@cache
def examples(seed: int = 3, count: int = 1500) -> list[Example]:
    draw = random.Random(seed)
    return list(minutes_examples(draw, names(draw), count))


def test_the_same_seed_gives_the_same_examples() -> None:
    draw = random.Random(3)
    assert list(minutes_examples(draw, names(draw), 40)) == examples()[:40]
    draw = random.Random(4)
    assert list(minutes_examples(draw, names(draw), 40)) != examples()[:40]


def test_an_answer_is_a_range_of_words_of_the_passage() -> None:
    for example in examples():
        if example.answer:
            answer = example.passage[slice(*example.answer)]
            assert answer.strip() == answer != "", example


def test_between_two_and_three_fifths_are_answered() -> None:
    silent = sum(example.answer is None for example in examples()) / len(examples())
    assert 0.38 < silent < 0.52


def test_no_slot_or_mark_is_left() -> None:
    for example in examples():
        assert not re.search(r"[{}¶]|\[\[|\]\]", example.question + example.passage + example.context), example


def test_passages_are_as_long_as_paragraphs() -> None:
    assert all(80 <= len(example.passage) <= 900 for example in examples())


def test_most_passages_have_a_context() -> None:
    having = sum(bool(example.context) for example in examples()) / len(examples())
    assert 0.5 < having < 0.75


def test_every_sentence_has_a_question_and_every_question_a_sentence() -> None:
    sentences, questions, _, _ = wordings()
    for sentence in sentences:
        assert any(sentence.may_say(question) for question in questions), sentence
    for question in questions:
        assert any(sentence.may_say(question) for sentence in sentences), question


def test_a_sentence_under_a_heading_has_a_heading_that_names_what_is_asked() -> None:
    sentences, questions, _, heads = wordings()
    for sentence in sentences:
        for question in questions if sentence.kind == "under" else ():
            if sentence.may_say(question):
                missing = slots_of(question.text) - slots_of(sentence.text)
                assert any(head.relation == sentence.relation and missing <= slots_of(head.text) for head in heads)


def test_every_look_alike_belongs_to_a_relation_with_questions() -> None:
    _, questions, near, heads = wordings()
    asked = {question.relation for question in questions}
    assert {row.relation for row in [*near, *heads]} <= asked


def test_the_label_over_a_list_has_no_slots() -> None:
    assert not any(slots_of(one.text.rpartition("¶")[0]) for one in wordings()[0])


def test_every_wording_can_be_filled_and_its_answer_is_what_fills_the_slot() -> None:
    draw = random.Random(5)
    slots = Slots(draw, names(draw))
    for sentence in wordings()[0]:
        filled = slots.fill(sentence.text, {})
        assert set(filled.spans) == labels_of(sentence.text)
        for label, (start, end) in filled.spans.items():
            inside = re.search(rf"\[\[{label}:(.*?)\]\]", sentence.text)
            assert inside and end > start
            one = re.fullmatch(r"\{([A-Z]+)\}", inside[1])
            if one:
                value = {one[1]: {"": ("Vägens ände",)}}
                again = slots.fill(sentence.text, value)
                assert again.text[slice(*again.spans[label])] == "Vägens ände"


def test_a_question_is_of_the_value_that_its_sentence_has() -> None:
    draw = random.Random(5)
    slots = Slots(draw, names(draw))
    bound = {"ROLE": {"": ("kassör",), "en": ("treasurer",)}}
    assert slots.fill("Till {ROLE} valdes [[who:{WHO}]].", bound).text.startswith("Till kassör valdes ")
    assert slots.fill("Who was elected {ROLE:en}?", bound).text == "Who was elected treasurer?"


def test_other_values_share_no_form() -> None:
    draw = random.Random(6)
    slots = Slots(draw, names(draw))
    for _ in range(50):
        value = slots.value("DECISION")
        other = slots.other("DECISION", value)
        assert not {text for texts in value.values() for text in texts} & {
            text for texts in other.values() for text in texts
        }


def test_the_same_questions_are_asked_with_and_without_an_answer() -> None:
    asked = [example for example in examples() if re.match("Vem (valdes|utsågs|blev)", example.question)]
    assert {example.answer is None for example in asked} == {True, False}


def test_an_unanswered_passage_holds_no_sentence_that_answers_a_question_without_names() -> None:
    sentences, questions, _, _ = wordings()
    seen = 0
    for question in questions:
        if slots_of(question.text) or not question.text.endswith("?"):
            continue
        saying = [
            re.compile(re.escape(re.sub(r"\[\[[a-z]+:|\]\]", "", one.text)).replace(r"\{", "{").replace(r"\}", "}"))
            for one in sentences
            if one.kind == "sentence" and one.may_say(question)
        ]
        patterns = [re.compile(re.sub(r"\{[A-Z0-9]+\}", r"[^\n.]+?", one.pattern)) for one in saying]
        for example in examples():
            if example.question == question.text and example.answer is None:
                seen += 1
                assert not any(pattern.search(example.passage) for pattern in patterns), example
    assert seen > 20


def test_the_tables_are_as_large_as_the_styles_of_minutes_need() -> None:
    sentences, questions, near, _ = wordings()
    assert len({(question.relation, question.kind) for question in questions}) >= 45
    assert len(sentences) >= 220 and len(near) >= 60
    assert sum(row["kind"] == "TOPIC" for row in read_rows("models.training.reader", "phrases")) >= 150
    assert len(list(read_rows("models.training.reader", "fillers"))) >= 150
