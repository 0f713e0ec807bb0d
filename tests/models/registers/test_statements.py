"""Statements: who said what."""

from __future__ import annotations

import pytest

from models.registers.records import Party
from models.registers.statements import AsWritten, find_statements
from tests.models.registers.conftest import minutes_from

HEAD = "Protokoll fört vid styrelsemöte i Byalaget 2024-03-12\n\nNärvarande: Siri Ek, Bo Alm\n\n4. Ekonomi\n"


def said(text: str) -> list[tuple[str, str, str]]:
    found = find_statements(minutes_from(HEAD + text + "\n"), AsWritten())
    return [(one.person.name, one.verb, one.content) for one in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Siri Ek informerade om läget i hamnen.", ("Siri Ek", "informerade om", "läget i hamnen.")),
        ("Siri Ek informerade styrelsen om läget.", ("Siri Ek", "informerade om", "läget.")),
        ("Bo redogjorde för budgeten.", ("Bo", "redogjorde för", "budgeten.")),
        ("*Siri Ek* betonar att tiden är knapp.", ("Siri Ek", "betonar", "att tiden är knapp.")),
        ("Bo Alm menar att avgiften är låg.", ("Bo Alm", "menar", "att avgiften är låg.")),
        ("Ordföranden undrar om lokalen är bokad.", ("Ordföranden", "undrar om", "lokalen är bokad.")),
        ("Ordförande Siri Ek (M) påpekar att tiden går.", ("Siri Ek (M)", "påpekar", "att tiden går.")),
        ("Vidare berättade Bo Alm om resan.", ("Bo Alm", "berättade om", "resan.")),
        ("Bo Alm, rektor, föredrar ärendet.", ("Bo Alm", "föredrar", "Ekonomi")),
        ("Siri Ek föreslår därför att mötet flyttas.", ("Siri Ek", "föreslår", "att mötet flyttas.")),
        ("Siri Ek föreslår Bo Alm, och föreningen väljer honom.", ("Siri Ek", "föreslår", "Bo Alm")),
        ("Bo Alm anmäler att staketet är trasigt.", ("Bo Alm", "anmäler", "att staketet är trasigt.")),
        ("Siri Ek har sagt att lokalen är bokad.", ("Siri Ek", "har sagt", "att lokalen är bokad.")),
        (
            "Bo Alm lägger tilläggsyrkande på att avgiften sänks.",
            ("Bo Alm", "lägger tilläggsyrkande på", "att avgiften sänks."),
        ),
    ],
)
def test_a_statement_has_who_the_verb_and_the_content(sentence: str, expected: tuple[str, str, str]) -> None:
    assert said(sentence) == [expected]


def test_two_speakers_are_two_statements_and_titles_are_none() -> None:
    found = said("Siri Ek, controller, och Bo Alm, rektor, informerade om taxan.")
    assert [(who, content) for who, _, content in found] == [("Siri Ek", "taxan."), ("Bo Alm", "taxan.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Rapporten visar att kostnaden ökar.",
        "Ordföranden förklarade mötet öppnat.",
        "Informerade Bo Alm om detta?",
        "Taxan presenterades på mötet.",
    ],
)
def test_what_nobody_says_is_no_statement(sentence: str) -> None:
    assert said(sentence) == []


def test_hon_is_the_one_who_spoke_before_in_the_paragraph_with_a_reason() -> None:
    minutes = minutes_from(HEAD + "Siri Ek informerade om läget. Hon menar att tiden är knapp.\n")
    second = find_statements(minutes, AsWritten())[1]
    assert (second.person.written, second.person.name) == ("Hon", "Siri Ek")
    assert second.person.reason


def test_hon_after_two_speakers_is_nobody() -> None:
    text = "Siri Ek informerade om läget. Eva Dahl berättade om badet. Hon menar att tiden är knapp."
    assert [who for who, _, _ in said(text)] == ["Siri Ek", "Eva Dahl"]


def test_a_list_below_is_what_was_said() -> None:
    found = said("Siri Ek lyfter fram följande:\n\n- Hamnen är trång.\n- Badet är kallt.")
    assert found == [("Siri Ek", "lyfter fram", "följande: Hamnen är trång. Badet är kallt.")]


def test_the_course_of_a_decision_is_no_statement() -> None:
    text = "SAMMANTRÄDESPROTOKOLL\n\nKommunstyrelsen\n2024-04-10\n\n§ 4 Taxa\nBeslut\nTaxan godkänns.\n\n"
    text += "Beslutsgång\nOrdförande Siri Ek (M) konstaterar att det finns ett förslag till beslut.\n"
    assert find_statements(minutes_from(text), AsWritten()) == []


class _Names:
    """Knows one first name."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        return Party(written, "Bo Alm", reason="bara en Bo var med") if written == "Bo" else Party(written, written)


def test_the_resolver_tells_whom_a_first_name_means() -> None:
    minutes = minutes_from("Minnesanteckningar 2024-03-12\n\nBo informerade om badet. Läget visar att det går.\n")
    assert [(one.person.written, one.person.name) for one in find_statements(minutes, _Names())] == [("Bo", "Bo Alm")]
