"""Everyday questions, asked without a date: what the registers say of today, over invented minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from corpus.tables import read_rows
from engine.facts.records import FACT_BAR
from engine.facts.text import other_names
from engine.intake.adding import add_paths
from engine.questions.turns import says
from engine.questions.understanding import understand
from engine.service import Service

SPRING = """# Protokoll, Sjöbo byalag

Styrelsemöte den 4 mars 2031 kl. 18.30 i Bystugan

Närvarande: Siri Alm, ordförande, Bo Ek, kassör, Kerstin Fors, sekreterare, Ylva Ask, ledamot (gick 19.40)
Frånvarande: Nils Hed, vice ordförande

## § 1 Badbryggan
Ylva Ask fick i uppdrag att ta in offerter på en ny badbrygga.

## § 2 Midsommarstången
Ylva Ask fick i uppdrag att köpa nya rep till midsommarstången.

## § 3 Nästa möte
Nästa möte hålls den 8 april 2031 kl. 18.30 i Bystugan.
"""
AUTUMN = """# Protokoll, Sjöbo byalag

Styrelsemöte den 9 september 2031 kl. 19.00 i Skolan

Närvarande: Nils Hed, ordförande, Bo Ek, kassör, Ylva Ask, ledamot

## § 1 Uppföljning
Offerter på en ny badbrygga: uppdraget är slutfört.

## § 2 Lekplatsen
Ylva Ask fick i uppdrag att måla gungorna på lekplatsen.
Avgående ordförande Siri Alm avtackades.
"""
COMMITTEE = """# Protokoll

Kulturnämndens arbetsutskott i Ekbo kommun

Sammanträde den 2 juni 2031 kl. 09.00 i Kommunhuset

Beslutande: Tor Berg, ordförande, Asta Gren

Närvarande tjänstepersoner: Dag Lund, kulturchef, §§ 3-4

## § 1 Justering
Asta Gren utses att justera protokollet.

## § 2 Nästa sammanträde
Nästa sammanträde är den 8 december 2031 kl. 09.00.
"""
ANNUAL = """# Protokoll, Granviks fiberförening

Årsmöte den 5 maj 2031 kl. 18.00 i Folkets hus

Närvarande: 34 medlemmar enligt bifogad lista

## § 1 Val av mötesordförande
Eva Lind valdes till mötesordförande.

## § 2 Val av ordförande
Per Sund valdes till ordförande på ett år.

## Konstituerande styrelsemöte
Närvarande: Per Sund, Eva Lind

## Poster
Eva Lind valdes till kassör.
"""


CALLED = """# Protokoll, Åby gymnastik

Styrelsemöte den 3 juni 2031 kl. 18.00 i Gympasalen

## Kallade
Ada Gren, Jon Berg, Maj Lund

## Närvarande
Ada Gren, Jon Berg, Ivar Strand

## § 1 Mattorna
Ada Gren fick i uppdrag att köpa mattor.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("idag")
    paths = []
    for name, text in (
        ("var", SPRING),
        ("host", AUTUMN),
        ("utskott", COMMITTEE),
        ("arsmote", ANNUAL),
        ("kallade", CALLED),
    ):
        paths.append(folder / f"{name}.md")
        paths[-1].write_text(text, encoding="utf-8")
    assert not add_paths(folder / "arkiv", paths).left_out
    with Service.open(folder / "arkiv") as opened:
        yield opened


def sure(service: Service, question: str) -> str:
    """The answer of the registers where it is above the bar."""
    found = service.answerer.facts.answer(understand(question))
    return found[0].text if found and found[0].score >= FACT_BAR else ""


def test_an_office_asked_for_without_a_time_is_that_of_the_newest_minutes_with_body_and_day(service: Service) -> None:
    answer = "Nils Hed är ordförande (Sjöbo byalag, protokollet den 9 september 2031)."
    assert sure(service, "Vem är ordförande i Sjöbo byalag?") == answer
    assert sure(service, "Vem leder Sjöbo byalag?") == answer
    english = sure(service, "Who is the treasurer of Sjöbo byalag?")
    assert english == "Bo Ek: kassör (Sjöbo byalag, minutes of 9 September 2031)."


def test_who_led_an_annual_meeting_is_not_the_one_whom_it_elected(service: Service) -> None:
    answer = sure(service, "Vem är ordförande i Granviks fiberförening?")
    assert answer == "Per Sund är ordförande (Granviks fiberförening, protokollet den 5 maj 2031)."


def test_the_chair_of_a_part_of_a_body_is_not_that_of_the_body(service: Service) -> None:
    assert sure(service, "Vem är ordförande i kulturnämnden?") == ""
    assert sure(service, "Vem är ordförande i kulturnämndens arbetsutskott?").startswith("Tor Berg är ordförande")


def test_somebodys_tasks_are_those_that_are_left_the_newest_first(service: Service) -> None:
    answer = sure(service, "Vad ska Ylva göra?")
    assert "måla gungorna" in answer
    assert "9 september 2031" in answer
    assert answer.endswith("Äldre uppdrag som inte står som klara: 1.")
    assert sure(service, "Vad har Ylva kvar att göra?") == answer


def test_tasks_that_later_minutes_report_done_are_not_open(service: Service) -> None:
    answer = sure(service, "Vilka uppdrag är inte klara i Sjöbo byalag?")
    assert answer.startswith("2 uppdrag står inte som klara: ")
    assert "gungorna" in answer
    assert "rep till midsommarstången" in answer
    assert "offerter" not in answer
    assert "offerter" in sure(service, "Vilka uppdrag är klara i Sjöbo byalag?")


def test_a_task_on_a_certain_matter_is_still_asked_of_that_matter(service: Service) -> None:
    assert "rep" in sure(service, "Vad ska Ylva Ask göra med midsommarstången?")


def test_those_who_were_there_for_a_part_are_found_by_it(service: Service) -> None:
    early = "Vem gick tidigare från Sjöbo byalags möte den 4 mars 2031?"
    assert sure(service, early) == "Ylva Ask (gick 19.40) lämnade mötet före slutet."
    assert sure(service, "Vem kom för sent till Sjöbo byalags möte den 4 mars 2031?") == ""
    assert sure(service, "Var Ylva Ask med hela mötet i Sjöbo byalag den 4 mars 2031?").startswith("Nej. Ylva Ask")
    part = sure(service, "Vem var bara med en del av kulturnämndens arbetsutskotts möte den 2 juni 2031?")
    assert part == "Dag Lund (§§ 3-4) deltog i en del av mötet."


def test_those_who_were_there_without_being_called_are_the_difference_of_two_lists(service: Service) -> None:
    for said in ("utan att vara kallad", "utan att stå bland de kallade"):
        answer = sure(service, f"Vem var med på Åby gymnastiks styrelsemöte den 3 juni 2031 {said}?")
        assert answer == "Ivar Strand deltog utan att stå bland de kallade."
    assert sure(service, "Vem var med på Sjöbo byalags möte den 4 mars 2031 utan att vara kallad?") == ""


def test_the_newest_meeting_is_named_where_the_question_names_none(service: Service) -> None:
    answer = sure(service, "Vilka var med senast?")
    assert answer == "Nils Hed, Bo Ek och Ylva Ask deltog (Sjöbo byalag, protokollet den 9 september 2031)."


def test_those_whom_the_minutes_count_are_not_counted_from_their_lists(service: Service) -> None:
    assert "34 medlemmar" in sure(service, "Hur många deltog på Granviks fiberförenings årsmöte den 5 maj 2031?")
    assert sure(service, "Vilka deltog på Granviks fiberförenings årsmöte den 5 maj 2031?") == ""


def test_a_meeting_that_has_been_is_not_the_next(service: Service) -> None:
    assert sure(service, "När är nästa möte i Sjöbo byalag?") == ""
    assert "8 december 2031" in sure(service, "När är det dags igen för kulturnämndens arbetsutskott?")


def test_a_stranger_was_not_there_for_all_that_is_known(service: Service) -> None:
    assert sure(service, "Var Ture Sten med på Sjöbo byalags möte den 4 mars 2031?") == ""


def test_nobody_is_known_of_a_meeting_of_a_month_without_minutes(service: Service) -> None:
    answer = service.ask("Vilka var frånvarande på Sjöbo byalags möte i november 2031?")
    assert answer.text is None
    assert "Ingen handling är från november 2031." in answer.explanation
    told = service.answerer.facts.denied(understand("Vilka var med på Sjöbo byalags möte den 4 mars 2031?"))
    assert told is None


def test_names_that_are_neither_of_the_question_nor_of_people_are_told_apart() -> None:
    people = frozenset({"siri", "alm"})
    assert other_names("Bron lagas av Ekbo Bygg AB.", "Vilken firma lagar bron?", people) == ["Ekbo", "Bygg", "AB"]
    assert other_names("Siri Alm ringer om bron. Offerten väntar.", "Vilken firma lagar bron?", people) == []
    assert other_names("Controllern Siri Alm ringer om bron.", "Vilken firma lagar bron?", people) == []


def test_examples_of_turns_are_matched_by_their_rows() -> None:
    for row in read_rows("engine.tables", "turns"):
        assert re.search(row["pattern"], row["example"], re.IGNORECASE), row
        assert says(row["kind"], row["example"]), row


def test_no_passage_counts_the_decisions_of_a_meeting(service: Service) -> None:
    assert service.ask("Hur många beslut fattades på Sjöbo byalags möte den 4 mars 2031?").text is None


def test_minutes_that_do_not_speak_of_who_verified_them_are_said_not_to(service: Service) -> None:
    answer = service.ask("Vem justerade protokollet från Sjöbo byalags möte den 9 september 2031?")
    assert answer.text is None
    assert "säger inte vem som var justerare" in answer.explanation
    other = understand("Vem justerade kulturnämndens arbetsutskotts protokoll den 2 juni 2031?")
    assert service.answerer.facts.denied(other) is None


def test_a_municipality_of_which_the_question_says_the_place_only_is_an_organisation(sample_service: Service) -> None:
    facts = sample_service.answerer.facts
    asked = understand("Vilken organisation äger projektet Granvik växer?")
    assert facts.names_organisation(asked, "Projektägare är Granvik kommun.")
    assert not facts.names_organisation(asked, "Projektet Granvik växer startade i maj.")
