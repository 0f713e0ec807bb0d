"""Announced meetings: days, hours, places and bodies, and what is not one."""

from __future__ import annotations

import pytest

from models.registers.heads import find_meeting
from models.registers.next_meetings import find_next_meetings


@pytest.fixture
def announced(minutes_from):
    """A function from the last point of minutes of Tuesday 4 March 2031 to what it announces."""

    def find(point: str):
        view = minutes_from(f"# Protokoll styrelsemöte 2031-03-04\n\n## 1. Ekonomi\n\nAllt väl.\n\n{point}\n")
        return find_next_meetings(view, find_meeting(view))

    return find


@pytest.mark.parametrize(
    ("point", "day", "time"),
    [
        ("## 2. Nästa möte\n\nTorsdagen den 18 december, 19.00, Ladan", "2031-12-18", "19:00"),
        ("## 2. Nästa möte\n\n17/2 19:00", "2032-02-17", "19:00"),
        ("## Nästa möte Onsdag 12:15 12/3", "2031-03-12", "12:15"),
        ("## Nästa möte Onsdag 12:15", "2031-03-05", "12:15"),
        ("## 2. Övrigt\n\nNästa möte hålls den 24 mars kl. 09:00-12:00 i Sjörummet.", "2031-03-24", "09:00-12:00"),
        ("## 2. Övrigt\n\nExtra årsmöte ska hållas 22/8 2031.", "2031-08-22", None),
        ("## 2. Övrigt\n\nArbetet går bra. Den 30 november hålls extrastämman.", "2031-11-30", None),
        ("## 2. Övrigt\n\n21/4 ska bokas in för årsmötet.", "2031-04-21", None),
        ("## 2. Övrigt\n\nVi behöver sitta en kväll. Bokas in till tisdag 17 juni.", "2031-06-17", None),
        ("## 2. Övrigt\n\nDet blir ett extrainsatt sammanträde via Teams den 6 maj.", "2031-05-06", None),
        ("## 2. Nästa möte\n\nSamma tid nästa vecka.", "2031-03-11", None),
        ("## 2. Nästa möte\n\nSamma tid om två veckor.", "2031-03-18", None),
        ("## 2. Nästa möte\n\nFortfarande torsdag. Inga salar är bokade.", "2031-03-06", None),
    ],
)
def test_day_and_hour_in_the_year_that_follows(announced, point: str, day: str, time: str | None) -> None:
    assert [(one.date, one.time) for one in announced(point)] == [(day, time)]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Nästa sammanträde äger rum i Granvik den 3 maj kl. 18.30.", "i Granvik"),
        ("Nästkommande möte: tisdag den 14 april, kl. 18.30, Folkets hus.", "Folkets hus"),
        ("Nästa möte hålls den 24 mars kl. 9 på biblioteket.", "på biblioteket"),
        ("Nästa möte hålls den 24 mars kl. 9.", None),
    ],
)
def test_the_place_stands_before_or_after_the_day(announced, sentence: str, place: str | None) -> None:
    assert [one.place for one in announced(f"## 2. Övrigt\n\n{sentence}")] == [place]


def test_a_list_of_days_has_a_place_each_and_a_line_as_proof(announced, minutes_from) -> None:
    found = announced("## 2. Kommande möte\n\n16/9 kl.19 hos Asta, nr 81\n14/10 kl.19 hos Bo, nr 67")
    assert [(one.date, one.time, one.place) for one in found] == [
        ("2031-09-16", "19:00", "hos Asta, nr 81"),
        ("2031-10-14", "19:00", "hos Bo, nr 67"),
    ]
    assert found[0].proof.end < found[1].proof.start


def test_a_plan_under_a_heading_keeps_the_year_of_the_heading(announced) -> None:
    point = "## 2. Sammanträdesdagar 2032\n\nStyrelsen beslutar följande sammanträdesdagar:\n\n16 april   23 november"
    assert [one.date for one in announced(point)] == ["2032-04-16", "2032-11-23"]


def test_a_plan_has_its_own_year(announced) -> None:
    point = "## 2. Övrigt\n\nStyrelsen beslutar följande sammanträdesdagar för 2032:\n\n16 april   23 november"
    assert [one.date for one in announced(point)] == ["2032-04-16", "2032-11-23"]


def test_a_plan_in_running_text_is_a_list_until_something_else_is_said(announced) -> None:
    found = announced(
        "## 2. Övrigt\n\nFör resten av året beslutades följande mötesplan\nOns 16/4 kl 19 (hos Asta på nr 81)\n"
        "On 21/5 kl 19 (hos Bo 47)\n\nGranarna fälls den 3 juni."
    )
    assert [(one.date, one.time, one.place) for one in found] == [
        ("2031-04-16", "19:00", "hos Asta på nr 81"),
        ("2031-05-21", "19:00", "hos Bo 47"),
    ]


def test_the_year_of_the_heading_is_that_of_the_days(announced) -> None:
    point = "§ 2\nSammanträdesdagar 2032\n\nBeslut\n\nStyrelsen beslutar dagarna:\n\n2 februari   11 maj   23 november"
    assert [one.date for one in announced(point)] == ["2032-02-02", "2032-05-11", "2032-11-23"]


def test_a_body_that_is_named_is_told_from_the_one_that_met(announced) -> None:
    (found,) = announced("## 2. Mötestider\n\nNästa tjänstemannagruppmöte: Skypemöte den 7 november kl. 13.00-15.00.")
    assert (found.body, found.form) == ("tjänstemannagrupp", "Skype")


@pytest.mark.parametrize(
    "sentence",
    [
        "Frågan tas upp på nästa möte.",
        "Asta tar fram ett förslag till nästa möte, senast den 20 april.",
        "Förra mötet hölls den 4 februari.",
        "Avtalet löper ut den 30 juni.",
        "Den 30 juni hålls grillen igång.",
        "Salen ska bokas in den 3 juni.",
        "Samma tid nästa vecka börjar kursen.",
        "Föregående mötes protokoll från den 4 februari 2031 lades till handlingarna inför nästa möte.",
    ],
)
def test_other_days_are_no_meetings(announced, sentence: str) -> None:
    assert announced(f"## 2. Övrigt\n\n{sentence}") == []


def test_a_day_said_twice_is_one_meeting(announced) -> None:
    point = "## 2. Övrigt\n\nNästa möte är den 7 april.\n\n## 3. Nästa möte\n\nDen 7 april kl. 18.00."
    assert [(one.date, one.time) for one in announced(point)] == [("2031-04-07", "18:00")]


def test_plans_announce_nothing(minutes_from) -> None:
    view = minutes_from("# Verksamhetsplan 2031\n\nNästa möte är den 7 april 2031.\n")
    assert find_next_meetings(view, find_meeting(view)) == []
