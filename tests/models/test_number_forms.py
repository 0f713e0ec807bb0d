"""Dates, times, amounts, references and abbreviations, as they are written in minutes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.number_forms import FURTHER, OF_MINUTES, TABLE, f1, found_in, rows, scores
from corpus.tables import read_rows
from models.abbreviations import find_abbreviations
from models.amounts import find_amounts
from models.dates import FoundDate, find_dates
from models.normal_terms import normal_terms
from models.references import find_references
from models.times import find_times

MEETING = date(2031, 10, 3)  # a Friday


def days(text: str, meeting: date | None = MEETING) -> list[str]:
    return [one.start_date for one in find_dates(text, meeting)]


def test_the_table_has_two_hundred_forms_and_sixty_traps() -> None:
    table = list(rows())
    assert len(table) >= 200
    assert sum(not found for _, _, _, found in table) >= 60


@pytest.mark.parametrize("held_back", [False, True])
def test_the_forms_of_the_table_are_found(held_back: bool) -> None:
    table = scores(held_back)
    assert f1(*map(sum, zip(*table.values(), strict=True))) >= 0.98
    assert all(f1(*counts) >= 0.95 for counts in table.values()), table


@pytest.mark.parametrize("name", [OF_MINUTES, FURTHER])
def test_the_forms_of_the_later_tables_are_found(name: str) -> None:
    assert len(list(rows(name))) >= 60
    table = scores(True, name=name)
    assert f1(*map(sum, zip(*table.values(), strict=True))) >= 0.98, table


@pytest.mark.parametrize(
    "text", [text for name in (TABLE, OF_MINUTES, FURTHER) for _, text, _, found in rows(name) if not found]
)
def test_nothing_is_found_in_a_trap(text: str) -> None:
    assert found_in(text, date(2018, 10, 5)) == []


def test_the_place_of_a_date_begins_at_its_weekday_and_ends_after_its_year() -> None:
    text = "Nästa möte är fredagen den 10 oktober 2031 i Hamnköping."
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "fredagen den 10 oktober 2031"
    assert found == FoundDate(14, 42, "2031-10-10", "2031-10-10", "day", inferred_year=False)


def test_the_full_stop_of_the_sentence_is_no_part_of_the_date() -> None:
    text = "Nästa möte är den 4 mars. Kallelse skickas i februari."
    assert [text[one.start : one.end] for one in find_dates(text, MEETING)] == ["4 mars", "februari"]


def test_a_missing_year_is_the_one_nearest_to_the_meeting() -> None:
    assert days("Svar senast den 12 januari.") == ["2032-01-12"]
    assert days("Protokollet den 12 september justerades.") == ["2031-09-12"]
    (found,) = find_dates("den 12 januari", MEETING)
    assert found.inferred_year


def test_a_deadline_lies_after_the_meeting() -> None:
    assert days("Svar senast den 31/3.", date(2031, 8, 1)) == ["2032-03-31"]
    assert days("Mötet den 31/3 justerades.", date(2031, 8, 1)) == ["2031-03-31"]


def test_a_weekday_decides_between_two_years() -> None:
    # Seven months ahead; the nearer 10 May, five months back, was a Saturday.
    assert days("måndag 10 maj") == ["2032-05-10"]


def test_a_date_without_year_or_meeting_is_not_guessed() -> None:
    assert days("den 12 januari", None) == []


def test_a_year_that_is_written_holds_for_the_date_joined_to_it() -> None:
    found = find_dates("20 december 2031 – 6 januari")
    assert [(one.start_date, one.end_date) for one in found] == [("2031-12-20", "2032-01-06")]


def test_a_list_of_days_after_a_year_and_a_colon_is_of_that_year() -> None:
    assert days("Sammanträden 2032: 4/9, måndag 2/10 och den 6 november") == ["2032-09-04", "2032-10-02", "2032-11-06"]
    assert days("Sammanträden 2032: Eva kallar till den 6 november") == ["2031-11-06"]
    assert days("Ärende 2032:12 6/11") == ["2031-11-06"]


def test_relative_days_count_from_the_meeting() -> None:
    assert days("nästa fredag") == ["2031-10-10"]
    assert days("på fredag") == ["2031-10-10"]
    assert days("i fredags") == ["2031-09-26"]
    assert days("i övermorgon") == ["2031-10-05"]


def test_amounts_are_exact() -> None:
    (found,) = find_amounts("Bidraget är 4,85 mkr.")
    assert (found.value, found.high, found.unit) == (Decimal(4850000), Decimal(4850000), "SEK")
    (found,) = find_amounts("mellan 1,5 och 2 miljoner kronor")
    assert (found.value, found.high) == (Decimal(1500000), Decimal(2000000))


def test_an_amount_of_another_unit_is_none() -> None:
    assert find_amounts("Krav på 12 kronblad, 3 miljoner invånare, Tre Kronor") == []


def test_a_range_of_times_has_a_start_and_an_end() -> None:
    (found,) = find_times("Mötet pågår kl. 9–11.30 i aulan.")
    assert (found.start_time, found.end_time) == ("09:00", "11:30")


@pytest.mark.parametrize("text", ["KS 2031/73", "KS2031/73", "dnr KS-2031-00073", "Dnr: KS 2031:73", "dnr ks 2031/73"])
def test_spellings_of_one_case_number_meet(text: str) -> None:
    assert [one.value for one in find_references(text)] == ["KS-2031-73"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("klockan halv sju", ["06:30", "18:30"]),
        ("halv sju på kvällen", ["18:30"]),
        ("kvart i tolv på förmiddagen", ["11:45"]),
        ("klockan halv ett", ["00:30", "12:30"]),
        ("kl. 7 på kvällen", ["19:00"]),
        ("kl. 19 på kvällen", ["19:00"]),
        ("klockan åtta", ["08:00", "20:00"]),
        ("halv tio meter bred", []),
        ("en halv sju", []),
    ],
)
def test_times_in_words_leave_the_half_of_the_day_open_unless_it_is_said(text: str, times: list[str]) -> None:
    assert [term for term in normal_terms(text) if term.startswith("kl:")] == [f"kl:{one}" for one in times]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tjugotre kronor", 23),
        ("etthundrafemtio kronor", 150),
        ("tolvhundra kronor", 1200),
        ("tvåhundratusen kronor", 200_000),
        ("tretusenfyrahundra kronor", 3400),
        ("fem och en halv miljon kronor", 5_500_000),
    ],
)
def test_numbers_joined_of_words(text: str, value: int) -> None:
    assert [(one.value, one.start) for one in find_amounts(text)] == [(value, 0)]


@pytest.mark.parametrize("text", ["tretre kronor", "hundrahundra kronor", "femtjugo procent"])
def test_words_that_make_no_number_are_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_millions_are_kronor_unless_a_noun_follows() -> None:
    assert [one.value for one in find_amounts("Stödet är 12,5 miljoner, varav 300 tusen till resor.")] == [
        Decimal(12_500_000),
        Decimal(300_000),
    ]
    assert find_amounts("12,5 miljoner invånare och 300 tusen hushåll") == []


def test_a_law_by_name_and_by_number_meet() -> None:
    for text in ("6 kap. 5 § kommunallagen", "kommunallagen (2017:725) 6 kap. 5 §", "KL 6 kap. 5 §"):
        assert "sfs-2017-725-kap6-§5" in normal_terms(text), text
        assert "sfs-2017-725" in normal_terms(text), text


def test_the_short_name_of_a_law_alone_may_be_something_else() -> None:
    assert find_references("RF och TF möttes, 3 MB") == []


def test_case_tells_a_law_from_an_acting_manager() -> None:
    assert [one.full for one in find_abbreviations("tf chef, TF")] == ["tillförordnad", "tryckfrihetsförordningen"]


def test_every_abbreviation_is_found_in_its_example() -> None:
    table = list(read_rows("models.tables", "short_forms"))
    assert len(table) >= 80
    for row in table:
        found = [one.full for one in find_abbreviations(row["example"])]
        assert row["full"] in found, row


@pytest.mark.parametrize("name", ["date_words", "time_words", "units", "references"])
def test_every_pattern_matches_its_example(name: str) -> None:
    for row in read_rows("models.tables", name):
        flags = re.NOFLAG if row.get("kind") in ("law", "series") else re.IGNORECASE
        assert re.search(row["pattern"], row["example"], flags), row


def test_every_unit_and_law_is_found_in_its_example() -> None:
    for row in read_rows("models.tables", "units"):
        assert row["unit"] in [one.unit for one in find_amounts(row["example"])], row
    for row in read_rows("models.tables", "references"):
        found = [one.value for one in find_references(row["example"])]
        assert any(row["value"] in value or row["kind"] == "cue" for value in found), (row, found)


def test_a_question_and_the_minutes_get_the_same_terms() -> None:
    minutes = "KS beslutade 3/10-31 kl.13 om 4,85 mkr, 12 %, v. 42 2031."
    question = "kommunstyrelsen den 3 oktober 2031 klockan 13.00: 4 850 000 kronor, 12 procent, vecka 42 2031"
    shared = {"2031-10-03", "kl:13:00", "kr:4850000", "procent:12", "2031-w42"}
    assert shared <= set(normal_terms(minutes)) & set(normal_terms(question))
    assert "kommunstyrelsen" in normal_terms(minutes)


def test_a_period_gives_its_months_and_a_short_range_its_days() -> None:
    assert normal_terms("sommaren 2031") == ["2031-06", "2031-07", "2031-08"]
    assert normal_terms("12–14/9 2031") == ["2031-09-12", "2031-09-13", "2031-09-14"]
    assert normal_terms("andra kvartalet 2031") == ["2031-q2"]


@given(st.text(alphabet="0123456789 -–/.,:§kaprmjvdnKSå%\n", max_size=80))
def test_any_signs_give_places_in_order_and_terms_without_white_space(text: str) -> None:
    for find in (lambda t: find_dates(t, MEETING), find_times, find_amounts, find_abbreviations):
        found = find(text)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(one.end <= following.start for one, following in pairwise(found))
    assert not any(re.search(r"\s", term) for term in normal_terms(text, MEETING))


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_every_day_is_read_back_from_its_common_forms(day: date) -> None:
    for text in (day.isoformat(), f"{day.day}/{day.month} {day.year}", f"den {day.day}.{day.month}.{day.year}"):
        assert days(text, None) == [day.isoformat()]


@pytest.mark.parametrize("unit", ["1234567890", "1 ", "1/", "300 ", "§ 3, ", "den 3 och ", "KS 2031-", "mellan 3 och "])
def test_long_runs_of_numbers_are_read(unit: str) -> None:
    normal_terms(unit * 2000, MEETING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tisdag 28/10, onsdag 29/10", ["2031-10-28", "2031-10-29"]),
        ("den 7:de oktober", ["2031-10-07"]),
        ("Sal V21 är bokad.", []),
        ("HT31", ["2031-08-01"]),
        ("läsåret 31/32", ["2031-08-01"]),
        ("Beslut den 5 oktober 2030: bifall", ["2030-10-05"]),
        ("Det byggs i höst.", ["2031-09-01"]),
        ("Det byggdes i våras.", ["2031-03-01"]),
        ("1/3-del av ytan", []),
        ("Biblioteket stängs kring jul.", []),
        ("Den 5 jul. 2031", ["2031-07-05"]),
        ("Eva: 1/5 h, Kim: 0 h", []),
        ("November 30: stämma", ["2031-11-30"]),
        ("November 30 personer kom", []),
        ("Utskick 2031 okt 5", ["2031-10-05"]),
        ("Måndagen den 6:e och tisdagen den 7:e oktober", ["2031-10-06", "2031-10-07"]),
    ],
)
def test_dates_beside_other_signs(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("SEK 1,200.50", "1200.50"), ("1,234,567 kr", "1234567"), ("1.234.567,50 kr", "1234567.50"), ("−3 kr", "-3")],
)
def test_amounts_with_foreign_signs(text: str, value: str) -> None:
    assert [one.value for one in find_amounts(text)] == [Decimal(value)]


def test_figures_that_make_no_number_are_no_amount() -> None:
    assert find_amounts("överskott 117.152.14Kr") == []
