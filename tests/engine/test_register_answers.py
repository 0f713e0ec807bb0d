"""Answers and silences of the registers where minutes say several things, over invented minutes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.tables import read_rows
from engine.answers.answerer import SILENCE
from engine.facts.records import FACT_BAR, FactAnswer
from engine.intake.adding import add_paths
from engine.questions.offices import described_office, offices_of, question_says
from engine.questions.understanding import understand
from engine.service import Service

ANNUAL = """# Protokoll, Sjöbo bygdegårds årsmöte

Årsmöte den 4 mars 2031 kl. 18.30 i Bygdegården

Närvarande: Siri Alm, Bo Ek, Kerstin Fors, Ylva Ask
Frånvarande: Nils Hed

## § 1 Val av mötesordförande
Siri Alm valdes till mötesordförande.

## § 2 Val av mötessekreterare
Bo Ek valdes till mötessekreterare.

## § 3 Val av ordförande
Kerstin Fors valdes till ordförande.

## § 4 Val av kassör
Ylva Ask valdes till kassör.

## § 5 Val av vice kassör
Bo Ek valdes till vice kassör.

## § 6 Val av suppleant
Beslut: Valet av suppleant sköts upp till nästa möte.

## § 7 Medlemsavgift för 2032
Beslut: Frågan om medlemsavgiften bordlades.

## § 8 Taket
Kerstin Fors fick i uppdrag att ta in offerter på ett nytt tak.
"""
BOARD = """# Protokoll, Sjöbo bygdegårds styrelse

Styrelsemöte den 8 april 2031 kl. 18.00 i Bygdegården

Närvarande: Kerstin Fors, Ylva Ask, Per Lind
Frånvarande: Nils Hed, Siri Alm

## § 1 Val av ordförande
Kerstin Fors valdes till ordförande för mötet.

## § 2 Grinden
Ylva Ask fick i uppdrag att måla grinden före den 20 maj 2031. Siri Alm fick i uppdrag att köpa färg.

## § 3 Nästa möte
Nästa möte hålls den 6 maj 2031 kl. 18.00 i Bygdegården.
"""
OTHER = """# Protokoll, Granviks byalag

Styrelsemöte den 9 mars 2031 kl. 18.00 i Bystugan

Närvarande: Nils Hed, Tor Berg

## § 1 Val av kassör
Tor Berg valdes till kassör.

## § 2 Taket
Tor Berg fick i uppdrag att ta in offerter på ett nytt tak till bystugan.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("bygdegarden")
    paths = []
    for name, text in (("arsmote", ANNUAL), ("styrelse", BOARD), ("byalag", OTHER)):
        paths.append(folder / f"{name}.md")
        paths[-1].write_text(text, encoding="utf-8")
    assert not add_paths(folder / "arkiv", paths).left_out
    with Service.open(folder / "arkiv") as opened:
        yield opened


def sure(service: Service, question: str) -> FactAnswer | None:
    found = service.answerer.facts.answer(understand(question))
    return found[0] if found and found[0].score >= FACT_BAR else None


def text_of(service: Service, question: str) -> str:
    answer = sure(service, question)
    return answer.text if answer else ""


def test_the_chair_elected_for_the_year_is_not_the_one_who_led_the_meeting(service: Service) -> None:
    question = "Vem valdes till ordförande på Sjöbo bygdegårds årsmöte den 4 mars 2031?"
    assert text_of(service, question) == "Kerstin Fors valdes till ordförande (§ 3). Mötesordförande var Siri Alm."
    assert "Siri Alm" in text_of(service, question.replace("ordförande", "mötesordförande"))
    assert text_of(service, "Vem höll i klubban på Sjöbo bygdegårds årsmöte den 4 mars 2031?").startswith("Siri Alm")


def test_a_treasurer_is_no_deputy_treasurer(service: Service) -> None:
    assert "Ylva Ask" in text_of(service, "Vem valdes till kassör på Sjöbo bygdegårds årsmöte den 4 mars 2031?")
    assert "Bo Ek" in text_of(service, "Vem valdes till vice kassör på Sjöbo bygdegårds årsmöte den 4 mars 2031?")


def test_an_office_told_by_what_its_holder_does_is_found(service: Service) -> None:
    answer = text_of(service, "Vem ska sköta kassan enligt Sjöbo bygdegårds årsmöte den 4 mars 2031?")
    assert "Ylva Ask" in answer
    assert "Bo Ek" not in answer


def test_minutes_of_another_body_or_day_never_answer(service: Service) -> None:
    assert sure(service, "Vem valdes till kassör på Sjöbo bygdegårds styrelsemöte den 8 april 2031?") is None
    assert sure(service, "Vem valdes till kassör på Sjöbo bygdegårds årsmöte den 4 mars 2032?") is None
    answer = sure(service, "Vem fick i uppdrag att ta in offerter på ett nytt tak i Sjöbo bygdegård?")
    assert answer is not None
    assert answer.text.startswith("Kerstin Fors")


def test_a_task_that_somebody_else_has_is_no_answer(service: Service) -> None:
    assert sure(service, "Vad skulle kommunen göra med grinden enligt styrelsemötet den 8 april 2031?") is None
    assert "måla grinden" in text_of(service, "Vad ska göras med grinden enligt styrelsemötet den 8 april 2031?")


def test_a_task_is_found_by_the_day_that_it_names(service: Service) -> None:
    assert text_of(service, "Vem ska måla grinden före den 20 maj 2031?").startswith("Ylva Ask")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vem valdes till suppleant på Sjöbo bygdegårds årsmöte den 4 mars 2031?", "sköts upp"),
        ("Vad lovade Nils Hed på Sjöbo bygdegårds styrelsemöte den 8 april 2031?", "Nils Hed var frånvarande."),
        ("What did Nils Hed promise at the board meeting of Sjöbo bygdegård on 8 April 2031?", "Nils Hed was absent."),
        ("Hur stor medlemsavgift beslutades på Sjöbo bygdegårds årsmöte den 4 mars 2031?", "bordlades"),
    ],
)
def test_what_the_registers_deny_is_met_with_silence_that_says_so(service: Service, question: str, told: str) -> None:
    answer = service.ask(question)
    assert answer.text is None
    assert answer.explanation.startswith(SILENCE[answer.language])
    assert told in answer.explanation
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Vem valdes till kassör på Sjöbo bygdegårds årsmöte den 4 mars 2031?",  # only another election was put off
        "Vad ska Siri Alm göra enligt Sjöbo bygdegårds styrelsemöte den 8 april 2031?",  # absent, but has a task
        "Vad sa Per Lind på Sjöbo bygdegårds styrelsemöte den 8 april 2031?",  # present: nothing is denied
        "Vem valdes till suppleant i Sjöbo bygdegård?",  # no one meeting is named
        "Vem valdes till ordförande på Sjöbo bygdegårds årsmöte den 4 mars 2031?",
    ],
)
def test_nothing_is_denied_that_no_fact_denies(service: Service, question: str) -> None:
    assert service.answerer.facts.denied(understand(question)) is None


def test_examples_of_offices_and_denials_are_matched_by_their_rows() -> None:
    for row in read_rows("engine.tables", "offices"):
        if row["kind"] == "office":
            assert row["office"] in offices_of(row["example"]), row
        elif row["kind"] == "described":
            assert (described_office(row["example"]) or ("", ""))[0] == row["office"], row
        else:
            assert question_says(row["kind"], row["example"]), row


CHAIRS = {
    "ny": ("Kerstin Fors", "Bo Ek"),
    "gammal": ("Siri Alm", "Nils Hed"),
}


@pytest.fixture(scope="module")
def conflicting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("fiberforeningen")
    paths = []
    for name, (chair, treasurer) in CHAIRS.items():
        paths.append(folder / f"{name}.md")
        paths[-1].write_text(
            f"# Protokoll {name}, Ekbo fiberförening\n\nStyrelsemöte den 4 mars 2031 kl. 18.00 i Klubbhuset\n\n"
            f"Närvarande: {chair}, {treasurer}\n\n## § 1 Val av kassör\n{treasurer} valdes till kassör.\n",
            encoding="utf-8",
        )
    assert not add_paths(folder / "arkiv", paths).left_out
    with Service.open(folder / "arkiv") as opened:
        yield opened


def test_two_minutes_that_say_different_things_are_both_shown_and_cited(conflicting: Service) -> None:
    answer = sure(conflicting, "Vem valdes till kassör på Ekbo fiberförenings styrelsemöte den 4 mars 2031?")
    assert answer is not None
    assert answer.text.startswith("Enligt ")
    assert "; enligt " in answer.text
    assert "Bo Ek" in answer.text
    assert "Nils Hed" in answer.text
    assert len({one.chunk.document.id for one in answer.citations[:2]}) == 2


def test_a_conflict_with_minutes_that_the_question_does_not_mean_is_not_shown(service: Service) -> None:
    assert "Enligt" not in text_of(service, "Vem valdes till kassör på Sjöbo bygdegårds årsmöte den 4 mars 2031?")
