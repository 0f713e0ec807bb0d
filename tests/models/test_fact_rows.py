"""Facts as rows of plain data and back."""

from __future__ import annotations

import json

import pytest

from models.registers.records import Action, Amount, Attendance, Decision, Fact, Meeting, Party, Proof, Statement
from models.registers.rows import fact_of, row_of, type_of

_AT = Proof(2, 1, 30, 40)
_SOREN = Party("Sören", "Sören", "Byn", None, "två heter så", ("Sören Ek", "Sören Al"))


@pytest.mark.parametrize(
    "fact",
    [
        Meeting(
            "Byn", "Protokoll", None, "18:00", None, None, "Eva Ek", None, ("Al", "Ek"), ("Al heter även Ahl",), _AT
        ),
        Attendance(None, "Byns väg", "present", None, None, "§ 3", _AT),
        Action((_SOREN, Party("styrelsen", "styrelsen")), "ringa", "2031-03", "i mars", None, None, "soft", "bör", _AT),
        Decision("bifaller", "approve", None, ("Eva Ek",), "5 mot 3", _AT),
        Statement(_SOREN, "menar", "att det är så", _AT),
        Amount(12.5, None, "SEK", "12,50 kr", None, _AT),
    ],
    ids=type_of,
)
def test_a_fact_is_the_same_after_it_was_json(fact: Fact) -> None:
    row = json.loads(json.dumps(row_of(fact)))
    assert "proof" not in row
    assert fact_of(type_of(fact), row, _AT) == fact
