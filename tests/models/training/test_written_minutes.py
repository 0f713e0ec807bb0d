import random

from models.training.reader.written import (
    FOLDER,
    MEETINGS,
    MORE,
    Written,
    at_other_meetings,
    meetings,
    names_time,
    neighbours,
    views,
    written,
)


def test_every_answer_stands_in_its_passage_and_many_questions_have_none():
    passages = [*written(held_back=False), *written(held_back=True)]
    passages += [one for folder in (MEETINGS, MORE)
                 for part in (False, True) for one in meetings(folder, held_back=part)]  # fmt: skip
    assert len(passages) > 100
    ranges = [(one.passage, answer) for one in passages for _, answer in one.questions]
    assert all(passage[slice(*answer)].strip() for passage, answer in ranges if answer is not None)
    assert 0.25 < sum(answer is None for _, answer in ranges) / len(ranges) < 0.45


def test_what_measures_is_not_learnt_from():
    assert not {one.passage for one in written(held_back=True)} & {one.passage for one in written(held_back=False)}
    for folder in (MEETINGS, MORE):
        held, learnt = ({one.series for one in meetings(folder, held_back=held)} for held in (True, False))
        assert held
        assert not held & learnt


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


def test_the_meetings_of_a_series_are_of_one_body_and_at_least_two():
    series: dict[str, list[Written]] = {}
    for one in (one for folder in (MEETINGS, MORE) for one in meetings(folder, held_back=False)):
        series.setdefault(one.series, []).append(one)
    assert all(len(group) > 1 for group in series.values())


def test_a_question_with_a_time_is_asked_of_another_meeting_of_the_same_body_and_not_answered_there():
    def meeting(day: str, name: str) -> Written:
        passage = f"Till kassör valdes {name}."
        answer = (len("Till kassör valdes "), len(passage) - 1)
        questions = ((f"Vem blev kassör den {day}?", answer), ("Vem sköter pengarna?", answer))
        return Written(f"Väsby, {day}", passage, questions, "väsby")

    both = [meeting("3 mars 2031", "Eva Lind"), meeting("4 april 2032", "Bo Ek")]
    found = [one for seed in range(10) for one in at_other_meetings(random.Random(seed), both)]
    assert found
    assert all(one.answer is None and names_time(one.question) for one in found)
    assert all(one.question[-13:-1] not in one.context for one in found)
    assert set(neighbours(both).values()) == {()}
