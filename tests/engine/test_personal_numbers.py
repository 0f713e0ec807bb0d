"""Personal identity numbers are masked, other numbers are not. Every number here is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.personal_numbers import MASK, mask_personal_numbers


def with_check_digit(nine: str) -> str:
    """Nine digits and the tenth that the Luhn formula gives them."""
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(nine))
    return nine + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


births = st.dates(date(1900, 1, 1), date(2029, 12, 31))
threes = st.integers(0, 999).map("{:03}".format)


@given(births, threes, st.sampled_from(["-", "+", "–", " "]), st.booleans())
def test_every_personal_number_is_masked_and_the_length_stays(
    born: date, three: str, separator: str, century: bool
) -> None:
    ten = with_check_digit(f"{born:%y%m%d}{three}")
    number = (f"{born:%Y}"[:2] if century else "") + ten[:6] + separator + ten[6:]
    text = f"Till god man utses Eva Ek, {number}, Högsjöbro."
    masked = mask_personal_numbers(text)
    assert number not in masked and ten[6:] not in masked
    assert len(masked) == len(text)
    assert masked.replace(MASK, "") == text.replace(number, separator)


@given(st.text(alphabet="0123456789-+ abå\n", max_size=60))
def test_only_digits_change_and_masking_again_changes_nothing(text: str) -> None:
    masked = mask_personal_numbers(text)
    assert len(masked) == len(text)
    assert all(a == b or (a.isdigit() and b == MASK) for a, b in zip(text, masked, strict=True))
    assert mask_personal_numbers(masked) == masked


def test_twelve_digits_in_a_row_and_coordination_numbers_are_masked() -> None:
    spaced = with_check_digit("640823323")
    for dash in (" - ", " -", "- ", " – "):
        shown = mask_personal_numbers(f"Eva Ek - {spaced[:6]}{dash}{spaced[6:]} (kassör)")
        assert shown == f"Eva Ek - {MASK * 6}{dash}{MASK * 4} (kassör)"
    assert mask_personal_numbers(f"Pnr 19{with_check_digit('640823323')}.") == f"Pnr {MASK * 12}."
    born = with_check_digit("701063239")  # a coordination number: day 3 and 60
    assert mask_personal_numbers(f"{born[:6]}-{born[6:]}") == f"{MASK * 6}-{MASK * 4}"


@pytest.mark.parametrize(
    "text",
    [
        "Organisationsnummer 212000-1355",
        "Föreningen, org.nr 802404-1234",
        "Ring 018-727 00 00 eller 070-123 45 67",
        "telefon 0701234567, kontonummer 5301234567",
        "Dnr KS-2024-00031, 2024-03-12, kl. 13.30–16.10",
        "anvisar 4 200 000 kronor och 1 600 kubikmeter",
        "640823-3235 har fel kontrollsiffra",
        "641323-3231 har månad 13",
        "ISBN 978-91-0-012345-6",
        "",
        "inga siffror alls",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal_numbers(text) == text


def test_several_numbers_on_a_line_are_all_masked() -> None:
    one, two = with_check_digit("850101123"), with_check_digit("900230456".replace("0230", "0228"))
    text = f"{one[:6]}-{one[6:]}, {two[:6]}-{two[6:]}; org.nr 212000-1355"
    assert mask_personal_numbers(text) == f"{MASK * 6}-{MASK * 4}, {MASK * 6}-{MASK * 4}; org.nr 212000-1355"
