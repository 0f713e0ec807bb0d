"""Decisions are found where minutes decide, and not where they only propose, ask or retell."""

from __future__ import annotations

import pytest

from models.registers.decisions import find_decisions
from models.registers.records import Decision, Meeting, Proof
from tests.models.registers.conftest import minutes_from

BOARD = "Protokoll fört vid styrelsemöte i Byalaget 2024-03-12\n\n4. Ekonomi\n"
COUNCIL = "SAMMANTRÄDESPROTOKOLL\n\nKommunstyrelsen\n2024-04-10\n\n"
COMMITTEE = "SAMMANTRÄDESPROTOKOLL\n\nKommunstyrelsens arbetsutskott\n2024-04-10\n\n"


def decisions_of(text: str) -> list[Decision]:
    minutes = minutes_from(text)
    found = find_decisions(minutes, None)
    for one in found:
        assert 0 <= one.proof.start < one.proof.end <= len(minutes.text)
    return found


def in_running_text(sentence: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in decisions_of(BOARD + sentence + "\n")]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Siri Ek valdes till kassör för ett år.", "elect"),
        ("Till justerare utsågs Siri Ek och Bo Alm.", "elect"),
        ("Dagordningen godkändes med tillägg av en punkt.", "approve"),
        ("Offerten från Målarna accepteras av styrelsen.", "approve"),
        ("Förslaget avslogs efter en lång diskussion.", "reject"),
        ("Mötet beslutade att ombudsröster inte kan accepteras.", "reject"),
        ("Ärendet återremitterades till arbetsgruppen för ny beräkning.", "refer_back"),
        ("Frågan om staketet bordlades till nästa möte.", "table"),
        ("Styrelsen beviljades ansvarsfrihet för 2023.", "grant"),
        ("Styrelsen ställer sig bakom remissvaret till regionen.", "support"),
        ("Föregående protokoll lades till handlingarna.", "file"),
        ("Protokollet från förra mötet lades till handlingarna.", "file"),
        ("Styrelsens förslag om höjd avgift antogs av mötet.", "approve"),
        ("Styrelsen noterar informationen till protokollet.", "note"),
        ("Det beslutades att vårfesten hålls den 4 maj.", "decide"),
        ("Efter viss diskussion enades mötet om en avgift på 200 kronor.", "decide"),
        ("Frågan om hamnen tas med som punkt på nästa mötes dagordning.", "decide"),
        ("Per capsulam-beslut – en ny skylt köps in till badet.", "decide"),
        ("The board decided to buy a projector for the hall.", "decide"),
    ],
)
def test_a_sentence_that_decides_is_a_decision_of_its_kind(sentence: str, kind: str) -> None:
    assert in_running_text(sentence) == [(kind, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bo Alm yrkar att motionen avslås.",
        "Bo Alm föreslår att Siri Ek väljs till kassör.",
        "Revisorerna tillstyrker att stämman beviljar ansvarsfrihet.",
        "Offerten ska godkännas och avtalet antas av stämman.",
        "Ska vi besluta om en ny duk, eller beslutades det i fjol?",
        "Ingen valberedning valdes då kandidater saknades.",
        "Styrelsen har inte fattat något beslut i frågan.",
        "På förra mötet beslutade styrelsen att köpa en gräsklippare.",
        "Detaljplanen antogs den 19 oktober 2021 efter samråd.",
        "Under våren 2023 tillsattes en arbetsgrupp för badet.",
        "Taxorna som styrelsen beslutade gäller från mars.",
        "Beslut om budget tas på nästa styrelsemöte.",
        "Föreningens revisor utses vid ordinarie årsmöte.",
        "Planen antogs av länsstyrelsen efter en kort beredning.",
        "Om styrelsen beslutar att köpa huset blir det dyrt.",
        "Om motionen bifalls höjs avgiften med femtio kronor.",
        "Det framkom att nämnden beslutat att avslå ansökan.",
        "Bo Alm berättade att styrelsen har beslutat att sälja båten.",
        "Hans ersättare är inte ännu utsedd.",
    ],
)
def test_what_only_looks_like_a_decision_is_none(sentence: str) -> None:
    assert in_running_text(sentence) == []


def test_two_elections_in_a_sentence_are_two_decisions() -> None:
    found = in_running_text("Eva Dahl valdes till sekreterare och Siri Ek valdes att justera protokollet.")
    assert found == [
        ("elect", "Eva Dahl valdes till sekreterare"),
        ("elect", "Siri Ek valdes att justera protokollet."),
    ]


def test_a_proposal_and_its_acceptance_are_one_decision() -> None:
    sentence = "Valberedningen föreslår Siri Ek och Bo Alm, och mötet väljer dem."
    assert in_running_text(sentence) == [("elect", f"Ekonomi: {sentence}")]


def test_joined_att_clauses_are_decisions_of_their_own() -> None:
    found = in_running_text("Styrelsen beslutade att godkänna bokslutet samt att höja avgiften till hösten.")
    assert found == [
        ("approve", "Styrelsen beslutade att godkänna bokslutet"),
        ("decide", "Styrelsen beslutade att höja avgiften till hösten."),
    ]


def test_a_purpose_is_no_kind_of_its_own() -> None:
    sentence = (
        "Årsmötet beslutar att styrelsen kallar till extra möte för att slutföra bokföringen och tillsätta en vikarie."
    )
    assert [kind for kind, _ in in_running_text(sentence)] == ["decide"]


def test_a_few_words_are_told_with_their_heading() -> None:
    text = "Protokoll från årsmöte i Byalaget 2024-03-12\n\n1. Godkännande av kallelse\nGodkändes.\n\n"
    text += "2. Val av kassör\nSiri Ek\n\n3. Val av revisor\nInga kandidater finns.\n\n"
    text += "4. Fråga om ansvarsfrihet\nGodkändes.\n"
    assert [(one.kind, one.text) for one in decisions_of(text)] == [
        ("approve", "Godkännande av kallelse: Godkändes."),
        ("elect", "Val av kassör: Siri Ek"),
        ("grant", "Fråga om ansvarsfrihet: Godkändes."),
    ]


def test_a_label_answers_the_att_clause_before_it() -> None:
    found = in_running_text("Att: Köpa kaffe för 300 kronor.\n\nBeslut: Attsatsen bifalles")
    assert found == [("approve", "Att: Köpa kaffe för 300 kronor. – Beslut: Attsatsen bifalles")]


def test_statutes_in_an_appendix_decide_nothing() -> None:
    text = "Protokoll från årsmöte i Byalaget 2024-03-12\n\n# Val av kassör\n\nSiri Ek valdes till kassör.\n\n"
    text += "# Bilaga 1 – Stadgar\n\n## Medlemmar\n\nMedlem är den som ansöker och beviljas medlemskap.\n"
    assert [one.text for one in decisions_of(text)] == ["Siri Ek valdes till kassör."]


FORMAL = (
    COUNCIL
    + """§ 41 Köp av mark vid Storsjön
Beslut
Kommunstyrelsen beslutar

att köpa marken för högst 2 miljoner kronor,
att godkänna finansieringen, samt
att uppdra åt kommundirektören att underteckna avtalet.

Reservation
Bo Alm (V) och Siri Ek (MP) reserverar sig mot beslutet.

Yrkanden
Bo Alm (V) yrkar att förslaget avslås.

Beslutsgång
Ordföranden prövar förslaget och finner att kommunstyrelsen bifaller det.

Omröstningsresultat
Förslaget bifalls med 8 ja-röster mot 5 nej-röster.

Sammanfattning av ärendet
Kommunfullmäktige beslutade den 3 mars 2022 att sälja marken. Avtalet godkändes av ägaren.

Beslutet skickas till
Ekonomiavdelningen
"""
)


def test_every_att_under_beslut_is_a_decision_and_the_other_parts_hold_none() -> None:
    found = decisions_of(FORMAL)
    assert [(one.kind, one.text) for one in found] == [
        ("decide", "Kommunstyrelsen beslutar att köpa marken för högst 2 miljoner kronor"),
        ("approve", "Kommunstyrelsen beslutar att godkänna finansieringen"),
        ("decide", "Kommunstyrelsen beslutar att uppdra åt kommundirektören att underteckna avtalet."),
    ]


def test_reservations_and_the_vote_of_a_point_stand_with_its_decisions() -> None:
    for one in decisions_of(FORMAL):
        assert one.reservations == ("Bo Alm (V) och Siri Ek (MP)",)
        assert one.vote == "8 ja-röster mot 5 nej-röster"


def test_a_reservation_in_running_text_is_against_the_decision_before_it() -> None:
    text = (
        "Protokollet lades till handlingarna. Styrelsen beslutade att sälja båten. Bo Alm reserverade sig mot beslutet."
    )
    assert [one.reservations for one in decisions_of(BOARD + text)] == [(), ("Bo Alm",)]


def test_a_sentence_after_kr_is_one_of_its_own() -> None:
    text = "Styrelsen beslutade att köpa en duk för 250 kr. Bo Alm reserverade sig mot beslutet."
    assert [(one.text, one.reservations) for one in decisions_of(BOARD + text)] == [
        ("Styrelsen beslutade att köpa en duk för 250 kr.", ("Bo Alm",))
    ]


def test_numbered_items_under_beslut_are_decisions() -> None:
    text = COUNCIL + "§ 43 Budget 2025\nKommunstyrelsens beslut\n1. Godkänna budgeten.\n2. Bordlägga frågan om taxan.\n"
    assert [(one.kind, one.text) for one in decisions_of(text)] == [
        ("approve", "Godkänna budgeten."),
        ("table", "Bordlägga frågan om taxan."),
    ]


def test_items_below_a_lead_and_bullets_under_beslut_are_decisions() -> None:
    text = COUNCIL + "§ 43 Plan\nBeslut\nKommunstyrelsen beslutar\n\n1. att anta planen\n2. att avsluta uppdraget\n\n"
    text += "§ 44 Rapport\nBeslut\n- Rapporten godkänns.\n- Uppdraget avslutas.\n"
    assert [(one.kind, one.text) for one in decisions_of(text)] == [
        ("approve", "Kommunstyrelsen beslutar att anta planen"),
        ("decide", "Kommunstyrelsen beslutar att avsluta uppdraget"),
        ("approve", "Rapporten godkänns."),
        ("decide", "Uppdraget avslutas."),
    ]


def test_a_proposal_in_the_decision_itself_is_what_was_decided() -> None:
    text = COUNCIL + "§ 46 Taxor\nKommunstyrelsen föreslår kommunfullmäktige besluta\natt anta taxan för 2025.\n"
    assert [(one.kind, one.text) for one in decisions_of(text)] == [
        ("other", "Kommunstyrelsen föreslår kommunfullmäktige besluta att anta taxan för 2025."),
    ]


def test_letters_that_text_recognition_lost_are_read() -> None:
    assert in_running_text("Dagordningen godkandes utan andringar av motet.")[0][0] == "approve"


def test_explanations_under_beslut_are_no_decisions() -> None:
    text = COUNCIL + "§ 44 Dagar 2025\nBeslut\nKommunstyrelsen beslutar följande dagar för 2025:\n3 mars, 4 juni\n\n"
    text += "Sammanträdena hålls på måndagar.\n"
    found = decisions_of(text)
    assert [one.text for one in found] == ["Kommunstyrelsen beslutar följande dagar för 2025: 3 mars, 4 juni"]


def test_a_committee_decides_what_it_proposes() -> None:
    text = COMMITTEE + "§ 11 Taxa för bad\nFörslag till beslut i kommunstyrelsen\nKommunstyrelsen antar taxan.\n\n"
    text += "Kommunstyrelsen uppdrar åt förvaltningen att annonsera.\n\n"
    text += "Beslutsgång\nOrdföranden prövar förslaget och finner att arbetsutskottet bifaller det.\n"
    (one,) = decisions_of(text)
    assert (one.kind, one.text) == ("other", "Kommunstyrelsen antar taxan.")
    assert one.by == "Kommunstyrelsens arbetsutskott"


@pytest.mark.parametrize("heading", ["Förslag till beslut", "Förvaltningens förslag till beslut", "Yrkanden"])
def test_a_proposal_to_the_body_itself_is_no_decision(heading: str) -> None:
    assert decisions_of(COUNCIL + f"§ 12 Taxa för bad\n{heading}\nKommunstyrelsen antar taxan.\n") == []


def test_another_body_that_decided_is_named_and_mötet_is_the_body_of_the_meeting() -> None:
    text = BOARD + "Styrgruppen för Hamnen har kommit överens om en fördelning. Mötet godkände den nya planen.\n"
    meeting = Meeting("Byalaget", "", None, None, None, None, None, None, (), (), Proof(0, 1, 0, 1))
    assert [one.by for one in find_decisions(minutes_from(text), meeting)] == ["Styrgruppen för Hamnen", "Byalaget"]


def test_a_proof_lies_inside_its_paragraph() -> None:
    minutes = minutes_from(FORMAL)
    spans = {(one.section, one.number): one for one in minutes.paragraphs}
    for one in find_decisions(minutes, None):
        paragraph = spans[one.proof.section, one.proof.paragraph]
        assert paragraph.start <= one.proof.start < one.proof.end <= paragraph.end
