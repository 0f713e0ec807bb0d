"""Follow-up questions, completed from the turn before; questions that stand by themselves are left alone."""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from corpus.records import Span
from corpus.tables import read_rows
from engine.chat.follow_ups import resolve
from engine.chat.matters import matter_of
from engine.chat.persons import fits
from engine.chat.pronouns import pronoun_in
from engine.chat.turns import Turn
from engine.chat.words import word_in
from engine.hits import Answer, Citation
from engine.questions.wording import language
from engine.service import Service
from index.filters import Filter
from index.records import StoredDocument

Row = dict[str, str]


@cache
def _dialogues() -> tuple[tuple[Row, ...], ...]:
    lines = (Path(__file__).parent / "dialogues.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(tuple(turns) for _, turns in groupby(rows, key=lambda row: row["dialogue"]))


def _document(service: Service, part: str) -> StoredDocument:
    return next(one for one in service.archive.documents() if part in one.path.rsplit("/", 1)[-1])


def turn(service: Service, question: str, answer: str, cited: str, before: Turn | None = None) -> Turn:
    """A question that was answered from the beginning of a document."""
    archive = service.archive
    chunk = archive.chunks(archive.chunk_ids([_document(service, cited).id]).tolist()[:1])[0]
    citation = Citation(chunk, Span(chunk.start, chunk.end), 1.0)
    answered = Answer(question, answer, "", 1.0, "person", language(question), (citation,))
    return before.then(question, answered) if before else Turn(question, answered)


@pytest.mark.parametrize("turns", _dialogues(), ids=lambda turns: f"{turns[0]['dialogue']} {turns[-1]['line']}")
def test_a_dialogue_is_completed_turn_by_turn(turns: tuple[Row, ...], sample_service: Service) -> None:
    before: Turn | None = None
    for row in turns:
        resolved = resolve(row["line"], before, sample_service.archive)
        assert resolved.question == (row["line"] if row["asked"] == "=" else row["asked"])
        if before is not None:
            _is_within(row["within"], resolved.selection, before, sample_service)
        before = turn(sample_service, resolved.question, row["answer"], row["cited"], before)


def _is_within(within: str, selection: Filter, before: Turn, service: Service) -> None:
    document = before.document
    assert document is not None
    if within == "all":
        assert selection == Filter.everything
    elif within == "body":
        assert document.id in selection.documents
        assert len(selection.documents) > 1
    else:
        assert selection.documents == ((document if within == "same" else _document(service, within)).id,)


COMPLETE = """\
Vad lovade Klas Örnlid när han valdes?
Vem lovade att hon skulle ringa kommunen?
Vad sa ordföranden när hon avslutade mötet?
Vilken titel har Tiina Granhag, hon som saknade siffrorna?
What did Klas say about his plan?
What did the chair say when she closed the meeting?
Who promised that he would call the municipality?
Vilka beslut fattades om de som inte betalat?
Vad kostade de nya skyltarna?
Vad ska de nya bänkarna kosta?
Vad tyckte de flesta om förslaget?
Hur många av dem som bor i Granvik är medlemmar?
När ska det vara årsmöte?
När ska det bli fest i Ladan?
Hur länge ska det hållas öppet på lördagar?
Vad kostar det att hyra lokalen?
Är det någon som har tagit på sig att boka lokalen?
Vad händer om det regnar på Öppen lada?
Vilket år byggdes bron i Granvik?
Hur länge gäller hyresavtalet?
När är nästa möte i Ladan?
När är nästa årsmöte?
När har forumet sitt nästa möte, och vad ska diskuteras då?
Kan man hyra Ladan, och vad kostar det?
När hölls mötet om cykelleden i maj 2024?
Vem var ordförande på mötet den 12 mars 2024?
Vad sa Hans Ek om bron?
Hans Ek valdes till vad?
Vad står i protokollet från den 12 mars 2024?
What is the fee for members who have not paid it?
What does it cost to rent the barn?
Is it true that the trial was stopped?
Who said that it would take three weeks to repair the bridge?
parkeringsavgifter
skyltplan etapp 2
Vem är kassör?
Vem valdes till sekreterare?
Vad beslutades om bron?
Vem mer än Tage Norrvik har attesträtt?
Vilka fler linser behövs till lasern?
""".splitlines()


@pytest.mark.parametrize("line", COMPLETE)
def test_a_question_that_stands_by_itself_is_never_changed(line: str, sample_service: Service) -> None:
    both = "Henning Löfdal och Katarina Ruthdal leder försöket."
    before = turn(sample_service, "Vem leder försöket med Sjökortet?", both, "protokoll-2024-04-26")
    resolved = resolve(line, before, sample_service.archive)
    assert (resolved.question, resolved.selection, resolved.told) == (line, Filter.everything, ())


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "follow_up")), ids=lambda row: row["example"])
def test_each_follow_up_wording_matches_its_example(row: Row) -> None:
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)
    assert row["takes"] in {"start", "document", "meeting", "topic", "next", "earlier", "later", "more"}


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "pronouns")), ids=lambda row: row["example"])
def test_each_word_for_people_is_found_in_its_example(row: Row) -> None:
    found = pronoun_in(row["example"])
    assert found is not None
    assert (found.gender, found.number, found.form, found.language) == (
        row["gender"],
        row["number"],
        row["form"],
        row["language"],
    )


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "chat_words")), ids=lambda row: row["example"])
def test_each_small_word_stands_in_its_example(row: Row) -> None:
    assert word_in(row["kind"], row["example"]) is not None


def test_every_first_name_of_a_gender_is_one_that_the_registers_know() -> None:
    from models.registers.names import first_names

    rows = list(read_rows("engine.tables", "name_genders"))
    assert {row["gender"] for row in rows} == {"f", "m"}
    assert {row["name"] for row in rows} <= first_names()


@pytest.mark.parametrize(
    ("name", "gender", "may"),
    [
        ("Siri Al", "f", True),
        ("Siri Al", "m", False),
        ("Bo Ek", "f", False),
        ("Bo-Evert Ek", "f", False),
        ("Zzorro Ek", "f", True),
        ("Siri Al", "any", True),
    ],
)
def test_a_first_name_tells_whom_a_word_can_mean_and_an_unknown_one_can_be_anybodys(
    name: str, gender: str, may: bool
) -> None:
    assert fits(name, gender) is may


@pytest.mark.parametrize(
    ("question", "matter", "thing"),
    [
        ("Vem fick i uppdrag att se över avgifterna?", "se över avgifterna", "avgifterna"),
        ("Vem fick i uppdrag att ta fram en plan?", "ta fram en plan", "en plan"),
        ("När ska kansliet skicka kallelsen?", "kansliet skicka kallelsen", "kallelsen"),
        ("När ska bänkarna sättas upp?", "bänkarna sättas upp", "bänkarna"),
        ("Vad beslutades om bron?", "bron", "bron"),
        ("Vad hände med bakugnen?", "bakugnen", "bakugnen"),
        ("Hur mycket höjdes avgiften?", "höjdes avgiften", "avgiften"),
        ("Hur hög är hyran?", "hyran", "hyran"),
        ("Vem byggde bryggan?", "byggde bryggan", "bryggan"),
        ("Who was asked to review the parking fees?", "review the parking fees", "the parking fees"),
        ("How much did the signs cost?", "the signs", "the signs"),
    ],
)
def test_the_matter_of_a_question_keeps_its_verb_and_the_thing_leaves_it(
    question: str, matter: str, thing: str
) -> None:
    found = matter_of(question)
    assert found is not None
    assert (found.text, question[found.start : found.end]) == (matter, thing)


@pytest.mark.parametrize("line", ["Vem var frånvarande?", "Vilka deltog?"])
def test_a_plan_is_no_meeting_that_somebody_was_at(line: str, sample_service: Service) -> None:
    before = turn(sample_service, "Vad kostar filmerna?", "135 000 kr.", "handlingsplan-2025")
    assert resolve(line, before, sample_service.archive).selection == Filter.everything


def test_a_whole_roll_is_not_read_out_for_they(sample_service: Service) -> None:
    roll = "Siri Al, Bo Ek, Eva Fors, Ada Lind, Bengt Holm och Karin Ås deltog."
    before = turn(sample_service, "Vilka deltog i Ladan?", roll, "ladan-styrelsemote-2024-04")
    resolved = resolve("Vad sa de om hyran?", before, sample_service.archive)
    assert resolved.question == "Vad sa de om hyran?"
    assert before.document is not None
    assert resolved.selection.documents == (before.document.id,)


def test_what_came_of_an_answer_is_told_to_be_of_the_answer(sample_service: Service) -> None:
    before = turn(sample_service, "Vad lovade Disa Fagerlöv?", "Disa Fagerlöv ordnar nycklar.", "mote-2024-04")
    resolved = resolve("När?", before, sample_service.archive)
    assert resolved.question == "När ska det vara klart: Disa Fagerlöv ordnar nycklar?"
    assert resolved.told[-1] == "Jag tar med från svaret före: Disa Fagerlöv ordnar nycklar."


def test_only_a_few_turns_are_remembered(sample_service: Service) -> None:
    before = turn(sample_service, "Vem var kassör?", "Siri Al.", "mote-2024-04")
    for _ in range(4):
        before = turn(sample_service, "Vad beslutades om hyran?", "Den höjdes.", "mote-2024-04", before)
    depth, one = 0, before
    while one.earlier is not None:
        depth, one = depth + 1, one.earlier
    assert depth == 2
