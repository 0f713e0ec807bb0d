"""What stands around a commission tells whether it is done, and what a bare task is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.registers.actions import find_actions
from models.registers.minutes import Minutes
from models.registers.records import Action, Party

HEAD = """# Styrelsemöte

Datum: 2031-03-03

Närvarande: Eva Ek, Bo Alm, Sten Lund, Åsa Berg

## 2. Bryggan

"""


class _AsWritten:
    """Whom a name means is told elsewhere; here it stays as written."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        return Party(written, written)


@pytest.fixture
def tasks(read: Callable[..., Minutes]) -> Callable[[str], list[tuple[str, str]]]:
    def find(text: str) -> list[tuple[str, str]]:
        found: list[Action] = find_actions(read(HEAD + text + "\n", "protokoll.md"), _AsWritten(), None, ())
        return [(" & ".join(party.written for party in one.assignees), one.task) for one in found]

    return find


Tasks = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "Bo ska prata med grannen om nyckeln. Bo har pratat med grannen och fått en nyckel.",
        "Eva skriver ett brev om vattnet. Brevet utskickat.",
        "Eva kontaktar banken om lånet. Eva ordnar mötet. Möte har hållits med banken.",
        "Bo tar fram förslag på container. En öppen container kostar 4 100 kr.",
        "Bo kollar med Sten om nycklar, Sten har inga nycklar kvar.",
        "Bo frågar Sten, Sten har inga nycklar.",
    ],
)
def test_a_task_that_its_item_tells_to_be_done_gives_no_row(tasks: Tasks, text: str) -> None:
    assert [one for one in tasks(text) if "mötet" not in one[1]] == []


def test_a_task_that_is_told_to_go_on_stays(tasks: Tasks) -> None:
    text = "Bo ska prata med grannen om nyckeln. Bo har ringt grannen. Kvarstår."
    assert tasks(text) == [("Bo", "prata med grannen om nyckeln")]


def test_what_is_done_in_another_paragraph_does_not_end_a_task(tasks: Tasks) -> None:
    text = "Bo ska prata med grannen om nyckeln.\n\nBo har pratat med grannen om taket."
    assert tasks(text) == [("Bo", "prata med grannen om nyckeln")]


def test_what_is_left_to_do_takes_the_place_of_what_is_done(tasks: Tasks) -> None:
    text = "Bo begär in avgiften. De har betalat avgiften enligt uppgift, stämmer av med banken."
    assert tasks(text) == [("Bo", "stämmer av med banken")]


def test_the_points_that_a_task_announces_belong_to_it(tasks: Tasks) -> None:
    text = "Bo ska ta fram en hemsida som innehåller följande.\n\n- Karta\n\n- Priser för båtplatser\n"
    assert tasks(text) == [("Bo", "ta fram en hemsida som innehåller följande: Karta, Priser för båtplatser")]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Bo fixar det när han har tid.", "Bryggan: fixar det när han har tid"),
        ("Bo mailar och frågar.", "Bryggan: mailar och frågar"),
        ("- Räcket mot sjön\n  - Bo mailar och frågar\n", "Räcket mot sjön: mailar och frågar"),
        ("En ny lampa vore bra. Bo fixar det.", "En ny lampa vore bra: fixar det"),
        ("| Lampan i skjulet är trasig. | Bo beställer |\n", "Lampan i skjulet är trasig: beställer"),
        ("Bo kollar med Sten.", "Bryggan: kollar med Sten"),
        ("a) Fråga om nycklar\nBo kollar med Sten.", "Fråga om nycklar: kollar med Sten"),
    ],
)
def test_a_task_without_an_object_says_what_it_is_about(tasks: Tasks, text: str, task: str) -> None:
    assert tasks(text) == [("Bo", task)]


def test_a_task_with_an_object_stays_as_it_is_written(tasks: Tasks) -> None:
    assert tasks("Bo målar planket före sommaren.") == [("Bo", "målar planket före sommaren")]


def test_a_heading_that_says_nothing_is_not_put_before_a_task(tasks: Tasks) -> None:
    assert tasks("## 3. Övriga frågor\n\nBo mailar och frågar.") == [("Bo", "mailar och frågar")]


def test_a_comment_after_a_dash_is_no_part_of_the_task(tasks: Tasks) -> None:
    assert tasks("Bo erbjöd sig att hålla kursen - går att dela upp.") == [("Bo", "hålla kursen")]


def test_a_bare_verb_in_brackets_adds_nothing_to_a_task(tasks: Tasks) -> None:
    text = "## Att göra\n\n- Meddela grannarna om bygget (Bo kontaktar)\n- Skapa en mall. (Eva skriver utkast först)\n"
    assert tasks(text) == [
        ("Bo", "Meddela grannarna om bygget"),
        ("Eva", "Skapa en mall: skriver utkast först"),
    ]


def test_who_tries_gives_a_soft_undertaking(read: Callable[..., Minutes]) -> None:
    text = "Bo ska försöka laga grinden."
    (one,) = find_actions(read(HEAD + text + "\n", "protokoll.md"), _AsWritten(), None, ())
    assert (one.task, one.strength) == ("försöka laga grinden", "soft")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Nyckelskåp @Bo\n", ("Bo", "Nyckelskåp")),
        ("- En presentation av klubben\n  - kort\n  - @Bo\n", ("Bo", "En presentation av klubben")),
        ("- Medlemsbrev, klart snart --Eva\n", ("Eva", "Medlemsbrev, klart snart")),
        ("Vi sätter Eva på det.", ("Eva", "Bryggan")),
        ("Speciellt kommer Eva skriva ett brev.", ("Eva", "skriva ett brev")),
        ("Eva bifogar tidigare avtal.", ("Eva", "bifogar tidigare avtal")),
        ("Mötet beslutar att ålägga styrelsen uppgiften att ta fram en budget.", ("styrelsen", "ta fram en budget")),
        ("Det beslutades att styrelsen får mandat för att köpa en båt.", ("styrelsen", "köpa en båt")),
        ("Beslut att styrelsen kontaktar en revisor.", ("styrelsen", "kontaktar en revisor")),
        ("Nämnden överlämnar motionen till förvaltningen för beredning.", ("förvaltningen", "Bryggan: beredning")),
        ("All attendees asked to review the budget.", ("All attendees", "review the budget")),
    ],
)
def test_further_wordings_give_a_row(tasks: Tasks, text: str, found: tuple[str, str]) -> None:
    assert tasks(text) == [found]


def test_the_same_task_in_two_points_is_two(tasks: Tasks) -> None:
    text = "Bo målar planket före sommaren.\n\n## 3. Skjulet\n\nBo målar planket före sommaren.\n"
    assert len(tasks(text)) == 2


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("- Påminnelse ska skickas ut till medlemmarna\n", "Påminnelse ska skickas ut till medlemmarna"),
        ("Sanden beställs senast den 3 maj.", "Sanden beställs senast den 3 maj"),
        ("Tas reda på till nästa möte.", "Bryggan: Tas reda på till nästa möte"),
        ("Ska kolla med tryckeriet.", "Bryggan: kolla med tryckeriet"),
    ],
)
def test_what_is_to_be_done_without_anybody_named_is_a_task_of_nobody(tasks: Tasks, text: str, task: str) -> None:
    assert tasks(text) == [("", task)]


@pytest.mark.parametrize(
    "text",
    [
        "- Riktlinjerna ska utformas med hänsyn till alla\n",
        "Sanden beställs av en grossist.",
        "Det beslutades att årsmötet anordnas i maj.",
        "Ska lokalen bokas till nästa möte?",
    ],
)
def test_rules_and_reports_in_the_passive_are_no_tasks(tasks: Tasks, text: str) -> None:
    assert tasks(text) == []


def test_a_heading_of_a_part_gives_way_to_that_of_its_point(tasks: Tasks) -> None:
    text = "### Beslut\n\nNämnden överlämnar motionen till förvaltningen för beredning.\n"
    assert tasks(text) == [("förvaltningen", "Bryggan: beredning")]
