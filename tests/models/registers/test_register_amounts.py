"""Amounts of money, with what they are for."""

from __future__ import annotations

import pytest

from models.registers.amounts import find_register_amounts
from tests.models.registers.conftest import minutes_from

HEAD = "Protokoll fört vid styrelsemöte i Byalaget 2024-03-12\n\n4. Vårfest\n"


def amounts_of(text: str) -> list[tuple[float, float | None, str, str | None]]:
    found = find_register_amounts(minutes_from(HEAD + text + "\n"))
    return [(one.value, one.high, one.written, one.purpose) for one in found]


def test_a_short_sentence_is_the_purpose() -> None:
    sentence = "Styrelsen avsätter 5 000 kr till en ny projektor i byastugans sal."
    assert amounts_of(sentence) == [(5000.0, None, "5 000 kr", sentence)]


def test_a_range_keeps_both_ends() -> None:
    ((value, high, written, _),) = amounts_of("Bryggan beräknas kosta 3–4 mkr när allt är klart till hösten.")
    assert (value, high, written) == (3_000_000.0, 4_000_000.0, "3–4 mkr")


def test_a_row_has_its_label() -> None:
    found = amounts_of("Hyra: 12 000 kr\nPorto: -500 kr")
    assert [(value, purpose) for value, _, _, purpose in found] == [(12000.0, "Hyra"), (-500.0, "Porto")]


def test_a_bare_price_is_told_with_the_sentence_before_it() -> None:
    ((*_, purpose),) = amounts_of("Nya bord köps till salen. Kostnad ca 900 kr.")
    assert purpose == "Nya bord köps till salen: Kostnad ca 900 kr."


def test_an_amount_for_det_is_told_with_the_heading() -> None:
    ((*_, purpose),) = amounts_of("Arbetsgruppen har efter lite letande äskat 1200 kr för det.")
    assert purpose == "Vårfest: Arbetsgruppen har efter lite letande äskat 1200 kr för det."


def test_a_long_sentence_gives_its_clause() -> None:
    text = (
        "Bo Alm gick igenom alla inköp som har gjorts under året och som återstår att göra innan sommaren kommer; "
        "den nya bryggan vid badet kostade till slut 40 000 kr, vilket var mer än alla i styrelsen hade trott."
    )
    ((*_, purpose),) = amounts_of(text)
    assert purpose == "den nya bryggan vid badet kostade till slut 40 000 kr"


@pytest.mark.parametrize("text", ["Avgiften höjdes med 12 procent i år.", "Vi var 40 personer på 200 meter."])
def test_shares_and_numbers_are_no_amounts_of_money(text: str) -> None:
    assert amounts_of(text) == []
