"""Elections: who is elected to what, in sentences and in lists."""

from __future__ import annotations

import pytest

from models.registers.elections import elected_in, role_of
from models.registers.heads import find_meeting
from models.registers.roles import find_roles


@pytest.mark.parametrize(
    ("text", "elected"),
    [
        ("Mötet beslutar att välja Asta Gren (310304-0000) till revisor.", [("Asta Gren", "revisor")]),
        (
            "Mötet beslutar att välja in Asta Gren (310304-0000) i styrelsen som vice ordförande.",
            [("Asta Gren", "vice ordförande")],
        ),
        ("En nominering; Asta Gren valdes enhälligt till kassör.", [("Asta Gren", "kassör")]),
        ("Asta Gren valdes som ersättare.", [("Asta Gren", "ersättare")]),
        (
            "Asta Gren valdes till revisor och Bo Lindmark till ersättare.",
            [("Asta Gren", "revisor"), ("Bo Lindmark", "ersättare")],
        ),
        (
            "Mötet valde Asta Gren, Bo Lindmark, och Siv Bergdahl till valberedning.",
            [("Asta Gren", "valberedning"), ("Bo Lindmark", "valberedning"), ("Siv Bergdahl", "valberedning")],
        ),
        (
            "Mötet valde Asta Gren och Bo Lindmark till revisorer för 2032.",
            [("Asta Gren", "revisor"), ("Bo Lindmark", "revisor")],
        ),
        ("Till kassör valdes Bo Lindmark.", [("Bo Lindmark", "kassör")]),
        ("Mötet beslutar att inte välja Asta Gren till revisor.", []),
        ("Asta Gren bjöd in Bo Lindmark till revisorerna.", []),
    ],
)
def test_elections_in_sentences(text: str, elected: list[tuple[str, str]]) -> None:
    assert list(elected_in(text)) == elected


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("övriga styrelseledamöter", "styrelseledamot"),
        ("revisorer för 2032", "revisor"),
        ("justeringsmän", "justeringsman"),
        ("suppleanterna", "suppleant"),
        ("bokföringen", None),
    ],
)
def test_the_role_of_each_of_several(words: str, role: str | None) -> None:
    assert role_of(words) == role


def _roles(minutes_from, *points: str) -> set[tuple[str, str | None]]:
    text = "# Protokoll årsmöte 2031-03-04\n\n## 1. Ekonomi\n\nUtfallet följer budget.\n\n" + "\n\n".join(points)
    view = minutes_from(text + "\n")
    return {(one.person, one.role) for one in find_roles(view, find_meeting(view), [])}


def test_a_list_names_those_elected_until_something_else_is_said(minutes_from) -> None:
    found = _roles(
        minutes_from,
        "## 2. Styrelse\n\nFöljande valdes som övriga styrelseledamöter.\n\n- Asta Gren\n\n- Bo Lindmark\n\n"
        "Budgeten gicks igenom.\n\n- Siv Bergdahl",
    )
    assert found == {("Asta Gren", "styrelseledamot"), ("Bo Lindmark", "styrelseledamot")}


def test_a_heading_tells_to_what_the_names_under_it_are_elected(minutes_from) -> None:
    found = _roles(minutes_from, "## 2. Val av revisorer\n\nAsta Gren och Bo Lindmark")
    assert found == {("Asta Gren", "revisor"), ("Bo Lindmark", "revisor")}


def test_a_heading_of_two_posts_does_not_tell_who_got_which(minutes_from) -> None:
    assert _roles(minutes_from, "## 2. Val av revisorer och ersättare\n\nAsta Gren\nBo Lindmark") == set()


def test_the_members_of_a_new_board_are_named_by_their_post(minutes_from) -> None:
    found = _roles(
        minutes_from,
        "## 2. Styrelse\n\nMötet valde följande styrelse för 2032:\n\n- Kassör: Asta Gren.\n"
        "- Ledamöter: Bo Lindmark, Siv Bergdahl.",
    )
    assert found == {("Asta Gren", "kassör"), ("Bo Lindmark", "ledamot"), ("Siv Bergdahl", "ledamot")}


def test_under_the_heading_of_an_office_the_one_chosen_holds_it(minutes_from) -> None:
    text = "# Protokoll 2031-03-04\n\n## 1. Val av mötesordförande\n\nMötet föreslog och valde kaj.\n"
    assert find_meeting(minutes_from(text + "\n## 2. Ekonomi\n\nAllt väl.\n")).chair == "kaj"


def test_the_adjuster_is_told_by_the_approval_of_the_election(minutes_from) -> None:
    text = "# Protokoll 2031-03-04\n\n## 1. Val\n\nStyrelsen godkänner val av Asta Gren som justerare vid behov.\n"
    assert find_meeting(minutes_from(text + "\n## 2. Ekonomi\n\nAllt väl.\n")).adjusters == ("Asta Gren",)


def test_the_secretary_is_chosen_by_a_decision_to_elect(minutes_from) -> None:
    text = "# Protokoll 2031-03-04\n\n## 1. Val\n\nMötet beslutar att välja Asta Gren (310304-0000) till sekreterare.\n"
    assert find_meeting(minutes_from(text + "\n## 2. Ekonomi\n\nAllt väl.\n")).secretary == "Asta Gren"
