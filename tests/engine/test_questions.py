"""What a question asks for, in which language, and with which words."""

from __future__ import annotations

import pytest

from corpus.tables import read_rows
from engine.questions.wording import answer_kind, content_words, holds_kind, language, short_forms

TABLE = [(row["example"], row["kind"]) for row in read_rows("engine.tables", "questions")]

INVENTED = [
    ("Vilket datum träffas valberedningen nästa gång?", "day", "sv"),
    ("På vilken dag hölls årsstämman i Granmyra?", "day", "sv"),
    ("Vilken tid började sammanträdet?", "clock", "sv"),
    ("Hur dags avslutade ordföranden mötet?", "clock", "sv"),
    ("När ska förvaltningen återkomma med utredningen?", "date", "sv"),
    ("Under vilken period löper avtalet?", "date", "sv"),
    ("Sedan när är Sven Ek kassör?", "date", "sv"),
    ("Hur mycket anslogs till nya cykelställ?", "amount", "sv"),
    ("Vad kostade renoveringen av simhallen?", "amount", "sv"),
    ("Vilken budget fick kulturskolan?", "amount", "sv"),
    ("Hur många ledamöter deltog på distans?", "number", "sv"),
    ("I hur många kommuner går linjen?", "number", "sv"),
    ("Vilket diarienummer har motionen om fria bussresor?", "reference", "sv"),
    ("Var hölls höstmötet?", "place", "sv"),
    ("I vilken lokal samlades styrelsen?", "place", "sv"),
    ("Vem fick i uppdrag att skriva remissvaret?", "name", "sv"),
    ("Till vem ska anmälan skickas?", "name", "sv"),
    ("Från vilken kommun kommer Åsa Öberg?", "name", "sv"),
    ("Varför bordlades ärendet om gästhamnen?", "reason", "sv"),
    ("Av vilken anledning ströks punkt 4?", "reason", "sv"),
    ("Beviljades styrelsen ansvarsfrihet?", "yes_no", "sv"),
    ("Blev förslaget om lekplatsen av?", "yes_no", "sv"),
    ("Vad beslutade nämnden om detaljplanen?", "statement", "sv"),
    ("Hur ställde sig föreningen till avgiften?", "statement", "sv"),
    ("Who was elected treasurer?", "name", "en"),
    ("When will the committee meet again?", "date", "en"),
    ("How much did the new roof cost?", "amount", "en"),
    ("Why was the proposal sent back?", "reason", "en"),
    ("Where was the annual meeting held?", "place", "en"),
    ("What did the board decide about the fee?", "statement", "en"),
]


@pytest.mark.parametrize(("question", "kind"), TABLE, ids=[question for question, _ in TABLE])
def test_every_row_of_the_table_decides_for_its_own_example(question: str, kind: str) -> None:
    assert answer_kind(question) == kind


@pytest.mark.parametrize(("question", "kind", "_"), INVENTED, ids=[one[0] for one in INVENTED])
def test_the_kind_of_answer_is_read_from_the_question(question: str, kind: str, _: str) -> None:
    assert answer_kind(question) == kind


@pytest.mark.parametrize(("question", "_", "spoken"), INVENTED, ids=[one[0] for one in INVENTED])
def test_the_language_is_that_of_the_small_words(question: str, _: str, spoken: str) -> None:
    assert language(question) == spoken


@pytest.mark.parametrize("question", ["Högsjöbro", "budget 2024", "§ 14", ""])
def test_words_without_a_language_count_as_swedish(question: str) -> None:
    assert language(question) == "sv"


@pytest.mark.parametrize("question", ["hundrastgård", "", "???", "§ 14", "x" * 10_000, "( * [ \\ ^ ~ : AND OR"])
def test_what_is_no_question_asks_for_a_statement(question: str) -> None:
    assert answer_kind(question) == "statement"


@pytest.mark.parametrize(
    ("text", "kind", "question", "holds"),
    [
        ("Nästa möte hålls den 12 mars 2024.", "date", "När är nästa möte?", True),
        ("Mötet öppnades av ordföranden.", "date", "När öppnades mötet?", False),
        ("Mötet öppnades kl. 13.30.", "clock", "Hur dags öppnades mötet?", True),
        ("Mötet hölls den 5 maj.", "clock", "Hur dags öppnades mötet?", False),
        ("Mötet hölls 2024-03-12 i Kvarnen.", "day", "Vilken dag hölls mötet?", True),
        ("Mötet hölls i Kvarnen.", "day", "Vilken dag hölls mötet?", False),
        ("Bron kostade 3,4 miljoner kronor.", "amount", "Hur mycket kostade bron?", True),
        ("Bron blev dyrare.", "amount", "Hur mycket kostade bron?", False),
        ("Bron byggdes 2019.", "amount", "Hur mycket kostade bron?", False),
        ("Fjorton personer kom, varav 3 gäster.", "number", "Hur många gäster kom?", True),
        ("Gäster hälsades välkomna.", "number", "Hur många gäster kom?", False),
        ("Till sekreterare valdes Eva Ek.", "name", "Vem valdes till sekreterare?", True),
        ("till sekreterare valdes ingen.", "name", "Vem valdes till sekreterare?", False),
        ("Ärendet bordlades eftersom underlaget saknades.", "reason", "Varför bordlades ärendet?", True),
        ("Ärendet bordlades.", "reason", "Varför bordlades ärendet?", False),
        ("Ja.", "yes_no", "Godkändes dagordningen?", True),
        ("Nämnden bifaller förslaget.", "statement", "Vad beslutade nämnden?", True),
    ],
)
def test_a_text_holds_what_is_asked_for_or_not(text: str, kind: str, question: str, holds: bool) -> None:
    assert holds_kind(text, kind, question) is holds


def test_every_row_of_evidence_is_met_by_its_own_example() -> None:
    for row in read_rows("engine.tables", "evidence"):
        assert holds_kind(row["example"], row["kind"]), row


def test_words_of_the_question_are_no_answer_to_it() -> None:
    assert not holds_kind("härom talade Eva Ek.", "name", "Vem är Eva Ek?")
    assert holds_kind("härom talade Eva Ek med Siri Ask.", "name", "Vem är Eva Ek?")
    assert not holds_kind("budgeten för 2024 är klar", "date", "När blev budgeten för 2024 klar?")


def test_content_words_leave_out_the_small_words() -> None:
    found = content_words("Vad beslutade nämnden om hundrastgården?")
    assert "hundrastgården" in found
    assert not {"vad", "om"} & set(found)


def test_a_question_of_small_words_alone_keeps_them_all() -> None:
    assert content_words("vad är det") == ["vad", "är", "det"]


@pytest.mark.parametrize(
    "question",
    [
        "Vad beslutades den 5 oktober 2031?",
        "Vad beslutades 2031-10-05?",
        "Vad beslutades 5/10 2031?",
        "Vad hände på mötet den 5:e oktober 2031?",
    ],
)
def test_a_date_in_any_form_is_also_searched_for_as_iso(question: str) -> None:
    assert "2031-10-05" in content_words(question)


def test_short_forms_are_kept_as_they_stand() -> None:
    assert short_forms("Vad beslutade KS och AU om skolan?") == ["KS", "AU"]
    assert short_forms("VAD BESLUTADE NÄMNDEN?") == []
    assert short_forms("KS") == ["KS"]
    assert short_forms("Vad beslutade nämnden?") == []
