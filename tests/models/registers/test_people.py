"""Who is meant by a first name, a role or initials, and never across an ambiguity."""

from __future__ import annotations

import pytest

from models.registers.attendance import find_attendance
from models.registers.people import People
from models.registers.records import Meeting, Party, Proof, Role
from tests.models.registers.conftest import read_minutes

TEXT = """Protokoll från möte med Partnerskap Sjöstråket
2031-03-04

Närvarande:	Ada Ek	Granviks kommun, ordförande §§ 1-2
	Stefan Lind	Älvtorps kommun, ordförande §§ 3-5
	Henning Löv	Sjöstråkets kansli
	Henning Ask	Region Sjöbygden
	Eva-Lena Alm	Region Sjöbygden, kommunikationschef
	Jens Berg	Granviks kommun, kassör

§ 1 Mötets öppnande
Ordföranden öppnade mötet.

§ 2 Rapport
Disa Norrman, Trafikverket, berättade om banan. Rasmus Kaj (raskaj) frågade om pengarna.

§ 4 Frågor
Disa återkommer. Ordföranden tackade.
"""


def people(text: str = TEXT, meeting: Meeting | None = None, roles: tuple[Role, ...] = ()) -> People:
    minutes = read_minutes(text)
    return People.of(minutes, meeting, find_attendance(minutes), roles)


def meeting(chair: str | None = None, secretary: str | None = None, adjusters: tuple[str, ...] = ()) -> Meeting:
    return Meeting(None, "Protokoll", None, None, None, None, chair, secretary, adjusters, (), Proof(0, 1, 0, 10))


@pytest.mark.parametrize(
    ("written", "name", "organisation", "reason"),
    [
        ("Stefan", "Stefan Lind", "Älvtorps kommun", "enda Stefan i närvarolistan"),
        ("Stefans", "Stefan Lind", "Älvtorps kommun", "enda Stefan i närvarolistan"),
        ("Jens", "Jens Berg", "Granviks kommun", "enda Jens i närvarolistan"),
        ("Jens B", "Jens Berg", "Granviks kommun", "enda Jens B i närvarolistan"),
        ("@Stefan", "Stefan Lind", "Älvtorps kommun", "enda Stefan i närvarolistan"),
        ("Alm", "Eva-Lena Alm", "Region Sjöbygden", "enda med efternamnet Alm i närvarolistan"),
        ("Stefan Lind", "Stefan Lind", "Älvtorps kommun", None),
        ("Stephan Lindh", "Stephan Lindh", None, None),
        ("ELA", "Eva-Lena Alm", "Region Sjöbygden", "enda med initialerna ELA i närvarolistan"),
        ("E.A.", "Eva-Lena Alm", "Region Sjöbygden", "enda med initialerna EA i närvarolistan"),
        ("SL", "Stefan Lind", "Älvtorps kommun", "enda med initialerna SL i närvarolistan"),
        ("Kassör", "Jens Berg", "Granviks kommun", "kassör i närvarolistan"),
        ("kassören", "Jens Berg", "Granviks kommun", "kassör i närvarolistan"),
        ("kommunikationschefen", "Eva-Lena Alm", "Region Sjöbygden", "kommunikationschef i närvarolistan"),
        ("raskaj", "Rasmus Kaj", None, "raskaj är Rasmus Kaj i protokollet"),
    ],
)
def test_one_who_fits_is_meant(written: str, name: str, organisation: str | None, reason: str | None) -> None:
    found = people().resolve(written)
    assert (found.name, found.organisation, found.reason) == (name, organisation, reason)
    assert found.written == written
    assert found.others == ()


def test_two_of_the_same_first_name_are_both_shown() -> None:
    found = people().resolve("Henning")
    assert found == Party(
        "Henning",
        "Henning",
        None,
        None,
        "två heter Henning: Henning Löv och Henning Ask",
        ("Henning Löv", "Henning Ask"),
    )


def test_a_surname_tells_them_apart() -> None:
    assert people().resolve("Henning Ask").name == "Henning Ask"
    assert people().resolve("Henning L").name == "Henning Löv"


def test_initials_of_two_are_left_as_they_are() -> None:
    text = TEXT.replace("Jens Berg", "Sara Lund")
    found = people(text).resolve("SL")
    assert found.name == "SL"
    assert found.others == ("Stefan Lind", "Sara Lund")


@pytest.mark.parametrize("written", ["styrelsen", "Trafikverket", "Granviks kommun", "Kommunstyrelsen", "mötet"])
def test_bodies_and_organisations_come_back_as_they_are(written: str) -> None:
    assert people().resolve(written) == Party(written, written)


def test_one_named_in_full_earlier_in_the_text_is_meant() -> None:
    found = people().resolve("Disa", TEXT.index("Disa återkommer"))
    assert (found.name, found.organisation) == ("Disa Norrman", "Trafikverket")
    assert found.reason == "enda Disa i protokollet"


def test_one_named_only_later_is_not_meant() -> None:
    assert people().resolve("Disa", TEXT.index("Ordföranden öppnade")).name == "Disa"


def test_another_of_that_name_in_the_text_makes_it_ambiguous() -> None:
    text = TEXT + "\n§ 5 Övrigt\nStefan Holm från Trafikverket visade bilder. Stefan tackades.\n"
    found = people(text).resolve("Stefan", text.index("Stefan tackades"))
    assert found.name == "Stefan"
    assert found.others == ("Stefan Lind", "Stefan Holm")


def test_the_chair_changes_with_the_sections() -> None:
    assert people().resolve("Ordföranden", TEXT.index("Ordföranden öppnade")).name == "Ada Ek"
    assert people().resolve("Ordföranden", TEXT.index("Ordföranden tackade")).name == "Stefan Lind"


def test_the_chair_and_the_secretary_of_the_meeting_are_meant() -> None:
    text = TEXT.replace(", ordförande §§ 1-2", "").replace(", ordförande §§ 3-5", "")
    known = people(text, meeting("Ada Ek", "Henning Löv", ("Jens Berg", "Eva-Lena Alm")))
    assert known.resolve("Ordf").name == "Ada Ek"
    assert known.resolve("ordföranden").organisation == "Granviks kommun"
    assert known.resolve("sekreteraren").reason == "mötets sekreterare"
    adjuster = known.resolve("justeraren")
    assert (adjuster.name, adjuster.others) == ("justeraren", ("Jens Berg", "Eva-Lena Alm"))


def test_a_role_read_elsewhere_in_the_minutes_counts() -> None:
    role = Role("Henning Ask", "revisor", None, Proof(1, 1, 400, 420))
    assert people(roles=(role,)).resolve("Revisorn").name == "Henning Ask"


def test_a_role_given_to_a_first_name_is_that_of_the_person_in_the_list() -> None:
    role = Role("Jens", "justerare", None, Proof(1, 1, 400, 420))
    known = people(roles=(role,))
    assert known.resolve("justeraren").name == "Jens Berg"
    assert known.resolve("Jens").name == "Jens Berg"


def test_a_role_that_nobody_holds_is_left_as_written() -> None:
    found = people().resolve("valberedaren")
    assert (found.name, found.reason) == ("valberedaren", None)


def test_a_title_before_a_surname_is_kept_as_role() -> None:
    found = people().resolve("kommunalråd Lind")
    assert (found.name, found.role) == ("Stefan Lind", "kommunalråd")


def test_a_misread_letter_of_a_surname_is_still_the_person_of_the_list() -> None:
    text = TEXT.replace("Stefan Lind", "Stefan Gustavsson")
    found = people(text).resolve("Stefan Gustafsson")
    assert (found.name, found.reason) == ("Stefan Gustavsson", "stavas Stefan Gustavsson i närvarolistan")


def test_a_party_tells_two_of_a_surname_apart() -> None:
    text = "Kommunstyrelsen\n2031-03-04\n\nBeslutande ledamöter\nAda Ek (S)\nBo Ek (M)\n\n§ 1 Öppnande\nMötet.\n"
    assert people(text).resolve("Ek (M)").name == "Bo Ek"
    assert people(text).resolve("Ek").others == ("Ada Ek", "Bo Ek")


def test_a_verb_with_a_capital_letter_is_no_surname() -> None:
    text = TEXT + "\n§ 5 Övrigt\nStefan Bifogar avtalet. Stefan Ska ringa.\n"
    assert not {"Stefan Bifogar", "Stefan Ska"} & set(people(text).names)
    assert people(text).resolve("Stefan Bifogar").name == "Stefan Lind"


def test_hyphen_and_space_in_a_double_name_are_one_person() -> None:
    text = TEXT.replace("Jens Berg", "Jens Sand-Berg") + "\n§ 5 Övrigt\nJens Sand Berg berättade.\n"
    known = people(text)
    assert [name for name in known.names if name.startswith("Jens")] == ["Jens Sand-Berg"]
    assert known.resolve("Jens Sand Berg").name == "Jens Sand-Berg"


def test_the_reason_of_an_ambiguity_says_what_is_shared() -> None:
    text = TEXT.replace("Jens Berg", "Sara Lund")
    assert people(text).resolve("SL").reason == "två har initialerna SL: Stefan Lind och Sara Lund"
    text = TEXT.replace("Jens Berg", "Sara Lind")
    assert people(text).resolve("Lind").reason == "två har efternamnet Lind: Stefan Lind och Sara Lind"
