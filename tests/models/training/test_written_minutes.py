import random

from models.training.reader.written import FOLDER, Written, neighbours, views, written


def test_every_answer_stands_in_its_passage_and_every_passage_has_questions_without_one():
    passages = [*written(held_back=False), *written(held_back=True)]
    assert len(passages) > 100
    for one in passages:
        ranges = [answer for _, answer in one.questions]
        assert any(answer is None for answer in ranges)
        assert all(one.passage[slice(*answer)].strip() for answer in ranges if answer is not None)


def test_what_measures_is_not_learnt_from():
    assert not {one.passage for one in written(held_back=True)} & {one.passage for one in written(held_back=False)}


def test_the_lines_are_said_to_be_invented():
    assert "invented" in (FOLDER / "README.md").read_text(encoding="utf-8").lower()


def _passage(context: str, name: str) -> Written:
    passage = f"Till kassör valdes {name}."
    start = passage.index(name)
    questions = (("Vem sköter pengarna i Väsby?", (start, start + len(name))), ("Vem sköter dem?", (start, start + 1)))
    return Written(context, passage, questions)


def test_a_question_that_names_a_place_is_also_asked_of_a_like_passage_and_not_answered_there():
    passages = [_passage("Väsby, 2031", "Eva Lind"), _passage("Norrby, 2031", "Bo Ek"), _passage("Ekby, 2030", "Siv")]
    near = neighbours(passages)
    assert "Vem sköter dem?" not in near  # another passage may rightly answer what names nothing
    found = [one for seed in range(20) for one in views(random.Random(seed), passages, near)]
    elsewhere = [one for one in found if one.answer is None]
    assert elsewhere
    assert all(one.question == "Vem sköter pengarna i Väsby?" for one in elsewhere)


def test_one_passage_in_ten_measures():
    measuring, learnt = len(written(held_back=True)), len(written(held_back=False))
    assert 8 <= learnt / measuring <= 10
