"""Title, kind, body and date: what a document says of itself, and nothing else."""

from __future__ import annotations

import pytest
from corpus_reading import read

from corpus.records import Document


def minutes(head: str, name: str = "handling.txt") -> Document:
    return read(f"{head}\n\n§ 1 Mötet öppnas\n\nEva Ek öppnar mötet och hälsar alla välkomna.\n", name)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("PROTOKOLL\nTrafiknämnden", "Protokoll, Trafiknämnden"),
        ("Protokoll från höstmötet i Lillby", "Protokoll från höstmötet i Lillby"),
        ("GRANVIKS KOMMUN      SAMMANTRÄDESPROTOKOLL\nTrafiknämnden", "Sammanträdesprotokoll, Trafiknämnden"),
        ("Till innehållet\nMeny Sök Lyssna Kontakt\n\nTrafiknämnden, protokoll", "Trafiknämnden, protokoll"),
        ("Trafiknämnden\n\nHandlingen är digital.\n\nProtokoll\n\nTid: kl. 13.00", "Protokoll, Trafiknämnden"),
        ("Stigar i Älvby kommun", "Stigar i Älvby kommun"),
        ("ÄLVBY KOMMUN", "Älvby kommun"),
    ],
)  # fmt: skip
def test_titles(head: str, title: str) -> None:
    assert minutes(head).title == title


def test_the_title_of_the_metadata_goes_first() -> None:
    assert read("---\ntitle: Höstmöte 2031\n---\n\n# Annat\n\nText.\n", "a.md").title == "Höstmöte 2031"


@pytest.mark.parametrize("first", ["Mötet öppnas", "1. Mötet öppnas", "•   1\n\n  Mötet öppnas"])
def test_a_section_heading_is_no_title(first: str) -> None:
    text = f"{first}\n\nEva Ek öppnar mötet och hälsar alla välkomna.\n\n2. Badplatsen\n\nBryggan lagas i maj.\n"
    if first.startswith("•"):
        text = " " + text + "\n •   2\n\n  Badet\n\n • Bryggan lagas.\n\n •   3\n\n  Övrigt\n\n • Inget.\n"
    assert read(text, "byalaget-maj.txt").title == "byalaget-maj"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Sammanträdesprotokoll", "minutes"),
        ("Styrelsemöte 3 mars 2031", "minutes"),
        ("Minnesanteckningar från dialogmöte", "notes"),
        ("Verksamhetsplan 2031", "plan"),
        ("Slutrapport för gångbron", "report"),
    ],
)
def test_kinds(head: str, kind: str) -> None:
    assert read(f"{head}\n\nText om gångbron över ån.\n").kind == kind


def test_headings_tell_minutes_where_no_title_does() -> None:
    assert read("Byalaget\n\n1. Val av justerare\n\nEva Ek väljs.\n").kind == "minutes"
    assert read("Byalaget\n\nVälkommen till sommarfesten vid ån.\n").kind == "other"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Protokoll\nTrafiknämnden", "Trafiknämnden"),
        ("Protokoll från möte med Partnerskap Älvbanan", "Partnerskap Älvbanan"),
        ("Protokoll fört vid Båtklubben Ankarets årsmöte 2031", "Båtklubben Ankaret"),
        ("Styrelsemöte - Föreningen Ladan", "Föreningen Ladan"),
        ("Mötesprotokoll Klubben Kompassen", "Klubben Kompassen"),
        ("Granviks kommun      Protokoll\nTrafiknämnden", "Trafiknämnden, Granviks kommun"),
    ],
)
def test_bodies(head: str, body: str) -> None:
    assert minutes(head).body == body


def test_a_folder_or_a_guess_is_no_body() -> None:
    assert minutes("Möte 3 mars 2031", "trafiknämnden/handling.txt").body is None


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Protokoll 2031-03-04", "2031-03-04"),
        ("Protokoll fredagen den 4 mars 2031", "2031-03-04"),
        ("Protokoll den 4:e mars 2031", "2031-03-04"),
        ("Protokoll 4/3-2031", "2031-03-04"),
        ("Protokoll\nKallelse sänd 2031-02-01\nDatum: 2031-03-04", "2031-03-04"),
        ("Protokoll för verksamhetsåret 2030-01-01 – 2030-12-31", None),
        ("Protokoll för tiden från den 1 januari till den 31 december 2030", None),
        ("Protokoll", None),
    ],
)
def test_dates(head: str, date: str | None) -> None:
    assert minutes(head).date == date


def test_the_file_name_gives_the_date_where_the_head_does_not() -> None:
    assert minutes("Protokoll", "protokoll_20310304.txt").date == "2031-03-04"
    assert minutes("Protokoll", "protokoll-310304.txt").date == "2031-03-04"


def test_dates_of_the_points_are_not_the_date_of_the_meeting() -> None:
    text = "Protokoll\n\n§ 1 Upprop\n\nAlla är här.\n\n§ 2 Bokslut\n\nBokslutet från den 3 mars 2030 antas.\n"
    assert read(text).date is None
    assert read(text, "mote-2031-03-04.txt").date == "2031-03-04"


def test_a_plan_has_the_date_of_its_adoption_or_none() -> None:
    prose = (
        "Planen gäller hela Älvby. Den förra planen antogs av nämnden efter ett långt arbete i flera "
        "grupper. Bron öppnades den 3 maj 2029."
    )
    assert read(f"Verksamhetsplan 2031\n\n{prose}\n").date is None
    adopted = "Verksamhetsplan 2031\n\nAntagen av nämnden den 4 december 2030. Gäller till den 31 december 2031.\n"
    assert read(adopted).date == "2030-12-04"


def test_the_id_is_the_start_of_the_hash_of_the_file() -> None:
    document = read("Protokoll\n")
    assert document.sha256.startswith(document.id)
    assert len(document.id) == 16
