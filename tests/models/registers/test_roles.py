"""Roles and affiliations: what stands beside names, offices, lists, and what is no role."""

from __future__ import annotations

import pytest

from models.registers.affiliations import find_affiliations
from models.registers.full_names import find_names, full_name, nicknames_in, people_of
from models.registers.heads import find_meeting
from models.registers.records import Attendance, Proof
from models.registers.roles import find_roles


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Asta Gren, Avdelningschef, Kulturverket ger en lägesbild.", "avdelningschef", "Kulturverket"),
        ("Asta Gren, Kanslichef Vattendelegationen informerar om läget.", "kanslichef", "Vattendelegationen"),
        ("Asta Gren, Regiondirektör Region Granvik inleder.", "regiondirektör", "Region Granvik"),
        ("Asta Gren, Region Granvik betonar läget.", None, "Region Granvik"),
        ("Asta Gren (SKR) föredrar ärendet.", None, None),
        ("Asta Gren (Kulturdepartementet) föredrar ärendet.", None, "Kulturdepartementet"),
        ("Ordföranden Asta Gren avslutade mötet.", "ordförande", None),
        ("Kommunstyrelsens ordförande Asta Gren hälsade.", "ordförande", "Kommunstyrelsen"),
        ("Seminariet leddes med Asta Gren som moderator.", "moderator", None),
        ("Asta Gren har tillsatts som särskild utredare.", "särskild utredare", None),
        ("Huvudsekreterare för utredningen är Asta Gren.", "huvudsekreterare för utredningen", None),
        ("Asta Gren, ansvarig för vatten på Kulturverket, inledde.", "ansvarig för vatten", "Kulturverket"),
        ("Asta Gren, enheten för vatten och fiske, Kulturverket arbetar vidare.", None,
         "enheten för vatten och fiske, Kulturverket"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name(text: str, role: str | None, organisation: str | None) -> None:
    found = list(find_affiliations(text))
    expected = [("Asta Gren", role, organisation)] if role or organisation else []
    assert [(one.name, one.role, one.organisation) for one in found] == expected


def test_names_joined_by_and_share_the_role() -> None:
    found = list(
        find_affiliations("Asta Gren och Bo Ek, Projektledare Smarta städer, Siv Bergdahl, Projektledare Vatten")
    )
    assert [(one.name, one.role) for one in found][:2] == [
        ("Asta Gren", "projektledare Smarta städer"),
        ("Bo Ek", "projektledare Smarta städer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Asta Gren visade en film om Bergslagen.",
        "Fakturor från Vattenverket, Clas Hedman, Lunds kommun och Villaägarna.",
        "Företag som Granvik Energi, SKF, Sandmo och Ovik deltog.",
        "Asta Gren, Bo Ek och Siv Bergdahl diskuterade frågan.",
        "Översikten Territorial Review Sweden (PPT bifogas) visades.",
    ],
)
def test_what_is_no_affiliation(text: str) -> None:
    assert list(find_affiliations(text)) == []


def test_columns_do_not_lend_each_other_roles(minutes_from) -> None:
    text = (
        "# Protokoll nämnden 2031-03-04\n\nBengt Lund (A)           Karl Hedman, förvaltningschef\n"
        "Clas Bergström (C)     Erik Norling, utvecklingsledare\n\n## 1. Ekonomi\n\nAllt väl.\n"
    )
    view = minutes_from(text)
    roles = {one.person: one.role for one in find_roles(view, find_meeting(view), [])}
    assert roles == {"Karl Hedman": "förvaltningschef", "Erik Norling": "utvecklingsledare"}


MINUTES = """# Protokoll styrelsemöte 2031-03-04

## 1. Val av justerare

Bo Ekström valdes till justerare.

## 2. Övriga val

Siv Bergdahl valdes till vice kassör.

## 3. Ekonomi

Ordföranden Asta Gren redogjorde för läget. Ordförande Asta Gren fick frågor.
"""


def test_offices_and_elections_are_roles_once_each(minutes_from) -> None:
    view = minutes_from(MINUTES)
    found = find_roles(view, find_meeting(view), [])
    assert [(one.person, one.role) for one in found] == [
        ("Asta Gren", "ordförande"),
        ("Bo Ekström", "justerare"),
        ("Siv Bergdahl", "vice kassör"),
    ]
    assert view.words(found[1].proof) == "Bo Ekström valdes till justerare."


def test_the_attendance_list_gives_organisations_and_posts(minutes_from) -> None:
    view = minutes_from(MINUTES)
    proof = Proof(0, 1, 0, 10)
    there = [
        Attendance("Asta Gren", "Granviks kommun", "present", None, None, None, proof),
        Attendance("Eva Lund", "Sjöby kommun", "present", "förvaltningschef", None, None, proof),
        Attendance("Bo Ekström", None, "present", "ledamot", None, None, proof),
    ]
    found = {(one.person, one.role, one.organisation) for one in find_roles(view, find_meeting(view), there)}
    assert ("Asta Gren", "ordförande", "Granviks kommun") in found
    assert ("Eva Lund", "förvaltningschef", "Sjöby kommun") in found
    assert not any(role == "ledamot" for _, role, _ in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ordförande Jan Berg och Björn af Ek", ["Jan Berg", "Björn af Ek"]),
        ("Därefter Asta Gren", ["Asta Gren"]),
        ("Granviks Kommun bjöd in Region Sjöby", []),
        ("Per-Olof Ek Ordförande", ["Per-Olof Ek"]),
    ],
)
def test_full_names_are_found_without_roles_and_organisations(text: str, names: list[str]) -> None:
    assert [one.text for one in find_names(text)] == names


def test_a_phrase_is_people_or_nothing() -> None:
    assert people_of("Asta Gren (A), Bo och Siv Bergdahl") == ["Asta Gren", "Bo", "Siv Bergdahl"]
    assert people_of("Mötet") == []
    assert people_of("föreningens ordförande grus", nicknames=True) == ["grus"]


def test_a_writing_is_the_one_name_that_it_may_be() -> None:
    assert full_name("Asta", ["Asta Gren", "Bo Ek"]) == "Asta Gren"
    assert full_name("Asta", ["Asta Gren", "Asta Ek"]) == "Asta"
    assert full_name("Bo Gustafsson", ["Bo Gustavsson"]) == "Bo Gustavsson"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Asta Gren (grus) valdes.", {"grus": "Asta Gren"}),
        ("Mötet valde grus (Asta Gren) till ordförande.", {"grus": "Asta Gren"}),
        ("Kassören Asta Gren, grus, tecknar firman.", {"grus": "Asta Gren"}),
        ("Närvarande: Asta Gren, grus, Bo Ek.", {}),
        ("Asta Gren (grus) och Bo Ek (grus)", {}),
    ],
)
def test_nicknames_are_those_that_the_text_gives(text: str, called: dict[str, str]) -> None:
    assert nicknames_in(text) == called


def test_a_role_in_brackets_is_that_of_the_name_before_it(minutes_from) -> None:
    view = minutes_from(
        "# Protokoll årsmöte 2031-03-04\n\n## 1. Val\n\nMötet valde Asta Gren, Bo och Eva (sammankallande).\n"
    )
    assert find_roles(view, find_meeting(view), []) == []


def test_a_short_name_on_the_list_is_the_one_who_holds_the_office(minutes_from) -> None:
    view = minutes_from(MINUTES)
    there = [Attendance("ekström", None, "present", "justerare", None, None, Proof(0, 1, 0, 10))]
    adjusters = [one.person for one in find_roles(view, find_meeting(view), there) if one.role == "justerare"]
    assert adjusters == ["Bo Ekström"]
