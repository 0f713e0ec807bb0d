"""Decisions that go on below their sentence, or that need the words above it."""

from __future__ import annotations

import pytest

from models.registers.decisions import find_decisions
from tests.models.registers.conftest import minutes_from

HEAD = "Protokoll fört vid styrelsemöte i Byalaget 2024-03-12\n\n# 4. Val av styrelse\n\n"


def found(text: str) -> list[tuple[str, str, str]]:
    minutes = minutes_from(HEAD + text + "\n")
    return [(one.kind, one.text, minutes.words(one.proof)) for one in find_decisions(minutes, None)]


@pytest.mark.parametrize(
    "below",
    [
        "Ordförande\n:   Siri Ek\n\nKassör\n:   Bo Alm",
        "    Ordförande: Siri Ek\n    Kassör: Bo Alm",
        "```\nOrdförande: Siri Ek\n\nKassör: Bo Alm\n```",
        "- Ordförande: Siri Ek\n- Kassör: Bo Alm",
    ],
)
def test_a_list_of_any_form_below_följande_belongs_to_the_decision_and_its_proof(below: str) -> None:
    ((kind, text, proof),) = found(f"Mötet väljer följande styrelse för 2025:\n\n{below}\n\nSedan bjöds det på kaffe.")
    assert kind == "elect"
    assert text.endswith("Mötet väljer följande styrelse för 2025: Ordförande: Siri Ek Kassör: Bo Alm")
    assert proof.startswith("Mötet väljer") and "Bo Alm" in proof and "kaffe" not in proof


def test_persons_voted_through_are_elected() -> None:
    ((kind, text, _),) = found("Följande personer röstades igenom till varje område.\n\nSponsring\n:   Siri Ek")
    assert (kind, text) == ("elect", "Följande personer röstades igenom till varje område. Sponsring: Siri Ek")


@pytest.mark.parametrize(
    "sentence",
    [
        "Punkten ströks då räkenskapsåret inte är slut.",
        "Siri Ek fick förnyat förtroende av alla.",
        "Siri Ek och Bo Alm är frivilliga och väljs.",
        "Mötet föreslog och valde Bo Alm enhälligt.",
        "Styrelsen beslutar att fyllnadsvälja dessa till badgruppen.",
    ],
)
def test_a_sentence_that_does_not_name_its_matter_has_the_heading_in_front(sentence: str) -> None:
    assert [text for _, text, _ in found(sentence)] == [f"Val av styrelse: {sentence}"]


@pytest.mark.parametrize(
    "rows",
    [
        "| Protokollet från i höstas lades till handlingarna | BG |\n| Duken är hel | SE |",
        "Protokollet från i höstas lades till handlingarna | BG",
    ],
)
def test_the_initials_in_the_last_cell_are_no_part_of_the_decision(rows: str) -> None:
    ((kind, text, proof),) = found(rows)
    assert (kind, text) == ("file", "Protokollet från i höstas lades till handlingarna")
    assert "BG" not in proof


@pytest.mark.parametrize(
    ("asked", "answer", "kind"),
    [
        ("Att: Siri Ek är protokolljusterare.", "Beslut: Attsats bifalles", "elect"),
        ("Att: Godkänna äskningen på 300 kr.", "Beslut: Bifalles", "approve"),
        ("Att: Siri Ek är protokolljusterare.", "Beslut: Attsats avslås", "reject"),
    ],
)
def test_an_answered_att_line_gives_the_kind_and_begins_the_proof(asked: str, answer: str, kind: str) -> None:
    assert found(f"{asked}\n\n{answer}") == [(kind, f"{asked} – {answer}", f"{asked}\n\n{answer}")]


def test_a_decision_that_a_blank_line_cut_goes_on() -> None:
    cut = "Mötet godkänner planen för granskning\n\n2025.\n\nSedan bjöds det på kaffe."
    assert [text for _, text, _ in found(cut)] == ["Mötet godkänner planen för granskning 2025."]


@pytest.mark.parametrize("below", ["2. Nya dukar köps.", "Kaffe bjöds av Bo Alm.", "kaffekassan godkändes."])
def test_what_begins_something_else_is_not_joined(below: str) -> None:
    whole = "Sedan godkänner mötet efter en lång diskussion planen för en granskning av alla hus i byn"
    assert found(f"Alla var där i tid.\n\n{whole}\n\n{below}")[0][1] == whole


def test_a_day_with_lost_letters_does_not_end_the_days_of_a_decision() -> None:
    days = "Ons 24/8 kl 19 (hos Siri)\nOn 21/9 kl 19 (hos Bo)\nOns 26/10 kl 19 (hos Eva)"
    ((_, text, _),) = found(f"Följande mötesplan beslutades\n{days}\nKaffe bjöds av Bo.")
    assert text.endswith("(hos Eva)")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Skjuta på loppisen till hösten? Ja", "decide"),
        ("- Skjuta på loppisen till hösten? Nej", "reject"),
        ("För att styrelsen ska kunna mötas tog mötet beslut att hyra en lokal.", "decide"),
        ("Decision postponed until next week.", "table"),
        ("Det löses istället med att alla mailar Siri Ek i god tid varje vecka.", "decide"),
    ],
)
def test_other_wordings_that_decide(text: str, kind: str) -> None:
    assert [(one, said) for one, said, _ in found(text)] == [(kind, text.removeprefix("- "))]


@pytest.mark.parametrize("text", ["- Är alla nöjda med maten här i dag? Ja", "- Skjuta på loppisen till hösten?"])
def test_a_question_of_fact_or_without_an_answer_decides_nothing(text: str) -> None:
    assert (
        found("Mötet diskuterade länge om vad som ska ske med festerna under hela det kommande året.\n\n" + text) == []
    )


def test_what_shall_be_done_with_a_referred_matter_belongs_to_the_decision() -> None:
    text = (
        "Protokoll 2031-03-04\n\n§ 1 Bron\nBeslut\nNämnden återremitterar ärendet till förvaltningen för att\n"
        "1. räkna på kostnaden, och\n2. höra de boende.\n"
    )
    (decision,) = find_decisions(minutes_from(text), None)
    assert decision.kind == "refer_back"
    assert decision.text.endswith("höra de boende.")
