"""Commissions are found where minutes give them, with who, what and until when, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.registers.actions import find_actions
from models.registers.minutes import Minutes
from models.registers.records import Action, NextMeeting, Party, Proof

HEAD = """# Styrelsemöte

Datum: 2031-03-03

Närvarande: Eva Ek, Bo Alm, Sten Lund, Åsa Berg

## 1. Mötets öppnande

Eva Ek öppnade mötet.

## 2. Bryggan

"""
_AT = Proof(0, 1, 0, 1)


class _AsWritten:
    """Whom a name means is told elsewhere; here it stays as written."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        return Party(written, written)


@pytest.fixture
def actions(read: Callable[..., Minutes]) -> Callable[..., list[Action]]:
    def find(text: str, *next_meetings: NextMeeting, head: str = HEAD, name: str = "protokoll.md") -> list[Action]:
        return find_actions(read(head + text + "\n", name), _AsWritten(), None, next_meetings)

    return find


def _who(action: Action) -> list[str]:
    return [party.written for party in action.assignees]


@pytest.mark.parametrize(
    ("sentence", "who", "task"),
    [
        ("Eva får i uppdrag att kontakta kommunen.", ["Eva"], "kontakta kommunen"),
        ("Därefter får kassören i uppdrag att betala.", ["kassören"], "Bryggan: betala"),
        ("Bo fick i uppgift att ordna fika.", ["Bo"], "ordna fika"),
        ("Styrelsen ger kassören i uppdrag att begära in anbud.", ["kassören"], "begära in anbud"),
        ("Mötet beslutade att uppdra åt styrelsen att måla bryggan.", ["styrelsen"], "måla bryggan"),
        ("Nämnden uppdrar åt förvaltningen att se över taxan.", ["förvaltningen"], "se över taxan"),
        ("Därefter uppdras åt Eva att skicka rapporten.", ["Eva"], "skicka rapporten"),
        ("Åsa Berg uppdras att göra en prognos.", ["Åsa Berg"], "göra en prognos"),
        ("Nämnden delegerar till ordföranden att svara på remissen.", ["ordföranden"], "svara på remissen"),
        ("Ordföranden bemyndigas att teckna avtal.", ["Ordföranden"], "teckna avtal"),
        ("Kassören ombeds att ta fram en översikt.", ["Kassören"], "ta fram en översikt"),
        ("Eva åtar sig att baka.", ["Eva"], "Bryggan: baka"),
        ("Bo tar på sig samordningen av städdagen.", ["Bo"], "samordningen av städdagen"),
        ("Bo har erbjudit sig att köra släpet.", ["Bo"], "köra släpet"),
        ("Eva tar med sig frågan till kommunen.", ["Eva"], "tar med sig frågan till kommunen"),
        ("Sten Lund återkommer med ett förslag.", ["Sten Lund"], "återkommer med ett förslag"),
        ("Sten ordnar detta till den 17 mars.", ["Sten"], "Bryggan: ordnar detta till den 17 mars"),
        ("Bo ska boka lokalen.", ["Bo"], "boka lokalen"),
        ("Det beslutades att Eva ska ta fram en hemsida.", ["Eva"], "ta fram en hemsida"),
        ("En budget tas fram av Åsa till nästa möte.", ["Åsa"], "En budget tas fram till nästa möte"),
        ("Sand behöver köpas, Bo ansvarig.", ["Bo"], "Sand behöver köpas"),
        ("Lampan är trasig (Bo fixar).", ["Bo"], "Lampan är trasig: fixar"),
        ("TODO Kolla priset på färg @Bo", ["Bo"], "Kolla priset på färg"),
        ("ACTION: Bo – stäm av med grannen", ["Bo"], "stäm av med grannen"),
        ("TODO Boka en lokal", [], "Boka en lokal"),
        (
            "Nämnden beslutar att uppdra åt Eva att teckna avtal, samt att lägga frågan åt sidan.",
            ["Eva"],
            "teckna avtal",
        ),
        ("Kassören återkommer vid nästa möte.", ["Kassören"], "återkommer vid nästa möte"),
        ("Frågan tas upp på nästa möte.", [], "Frågan tas upp på nästa möte"),
        ("Eva och Bo får i uppdrag att måla.", ["Eva", "Bo"], "Bryggan: måla"),
        ("Mötet beslutade att bifalla motionen och ge styrelsen i uppdrag att rita.", ["styrelsen"], "Bryggan: rita"),
        ("Mark- och vattenchefen ska kontakta länsstyrelsen.", ["Mark- och vattenchefen"], "kontakta länsstyrelsen"),
        (
            "Nämnden uppdrar åt nämnden för Kultur & Fritid att bygga en scen.",
            ["nämnden för Kultur & Fritid"],
            "bygga en scen",
        ),
    ],
)
def test_a_commission_is_found_with_who_and_what(
    actions: Callable[..., list[Action]], sentence: str, who: list[str], task: str
) -> None:
    (one,) = actions(sentence)
    assert (_who(one), one.task) == (who, task)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vem får i uppdrag att måla bryggan?",
        "Ska Bo boka lokalen?",
        "Ingen har åtagit sig att måla.",
        "Ingen av ledamöterna åtar sig att baka.",
        "Eva har inte åtagit sig att måla.",
        "Eva föreslår att Bo får i uppdrag att måla.",
        "Sten yrkar att styrelsen ges i uppdrag att sälja båten.",
        "I motionen föreslås att nämnden ska ges i uppdrag att bygga en badplats.",
        "Det är oklart om Bo får i uppdrag att måla.",
        "Bo fick 2028 i uppdrag att måla skjulet.",
        "Bo fick i uppdrag att måla skjulet, vilket nu är klart.",
        "Bo fick i uppdrag att måla skjulet. Uppdraget är slutfört.",
        "Erfarenheter från uppdraget till Skärgårdsverket att bygga bryggor redovisades.",
        "Bo skulle prata med Sten men hann inte.",
        "Eva informerar om bidraget.",
        "Kassören presenterar bokslutet.",
        "Bo valdes till justerare.",
        "De avtal som Eva ansvarar för är små.",
        "Kommunen bygger en ny väg.",
        "Nämnden beslutade 2030-02-19 att kassören ska ta fram en plan.",
        "Bo fick i uppdrag vid förra mötet att köpa mål.",
        "Bo betalar fakturorna varje månad.",
        "Styrelsen föreslår att avslå motionen och ge Eva i uppdrag att rita.",
        "Alla ska hjälpa till.",
        "Bo ringer elektrikern. Klart.",
        "Bo påminner om att lokalen ska bokas.",
        "Kommunen ska ta fram en kulturplan.",
        "Föreningens firma tecknas av ordföranden.",
        "Eva hittar inte nyckeln och Bo ringer inte kommunen.",
        "Nämnden godkänner redovisningen av uppdraget till kontoret att bygga bryggor.",
    ],
)
def test_what_is_no_commission_gives_no_row(actions: Callable[..., list[Action]], sentence: str) -> None:
    assert actions(sentence) == []


def test_a_proposal_that_is_not_decided_is_no_commission(actions: Callable[..., list[Action]]) -> None:
    text = "### Förslag till beslut\n\nNämnden uppdrar åt kontoret att sälja båten.\n\n### Yrkanden\n\n" \
           "Sten ska sälja båten.\n"  # fmt: skip
    assert actions(text) == []


def test_a_proposal_that_is_handed_on_to_the_deciding_body_counts(actions: Callable[..., list[Action]]) -> None:
    text = "### Förslag till beslut i byggnadsnämnden\n\nByggnadsnämnden uppdrar åt kontoret att sälja båten.\n"
    (one,) = actions(text)
    assert (_who(one), one.given_by) == (["kontoret"], "Byggnadsnämnden")


def test_the_background_tells_of_old_commissions(actions: Callable[..., list[Action]]) -> None:
    text = "### Bakgrund\n\nNämnden gav kontoret i uppdrag att sälja båten.\n"
    assert actions(text) == []


def test_a_report_may_tell_of_a_new_commission_in_the_past_tense(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("## 3. Rapport från hamnen\n\nEva fick i uppdrag att ringa kommunen.\n")
    assert _who(one) == ["Eva"]


def test_the_point_about_the_last_meeting_tells_of_old_commissions(actions: Callable[..., list[Action]]) -> None:
    assert actions("## 3. Föregående mötesprotokoll\n\nEva fick i uppdrag att ringa kommunen.\n") == []


def test_what_bodies_do_in_the_background_of_a_matter_is_no_plan(actions: Callable[..., list[Action]]) -> None:
    text = "### Sammanfattning av ärendet\n\nFörvaltningen ska se över taxan till hösten. Bo kontaktar kommunen.\n"
    assert [_who(one) for one in actions(text)] == [["Bo"]]


def test_who_is_named_after_a_label_has_the_task_before_it(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Bryggan ska målas i vår. Ansvarig: Bo.")
    assert (_who(one), one.task) == (["Bo"], "Bryggan ska målas i vår")


def test_minutes_in_columns_give_the_rows_that_are_put_as_tasks(actions: Callable[..., list[Action]]) -> None:
    text = "| Punkt | Vad | Föredragande/Ansvar |\n|---|---|---|\n| 5 | Ekonomin är god | Eva |\n" \
           "| 6 | Beställ container till städdagen 12/4 | Bo |\n"  # fmt: skip
    found = actions(text)
    assert [(_who(one), one.deadline) for one in found] == [(["Bo"], "2031-04-12")]


def test_several_commissions_of_a_sentence_are_several(actions: Callable[..., list[Action]]) -> None:
    found = actions("Sten ordnar flytten; Bo kontaktar Eva.")
    assert [(_who(one), one.task) for one in found] == [
        (["Sten"], "ordnar flytten"),
        (["Bo"], "Bryggan: kontaktar Eva"),
    ]


def test_a_verb_that_is_said_once_counts_for_all(actions: Callable[..., list[Action]]) -> None:
    found = actions("Eva kollar med kommunen, Bo med regionen, Sten med skolan.")
    assert [_who(one) for one in found] == [["Eva"], ["Bo"], ["Sten"]]
    assert found[1].task == "kollar med regionen"


def test_an_att_list_gives_one_commission_an_item(actions: Callable[..., list[Action]]) -> None:
    found = actions("Eva får i uppdrag att\n\n- måla bryggan\n\n- laga grinden senast den 1 maj\n")
    assert [(one.task, one.deadline) for one in found] == [
        ("måla bryggan", None),
        ("laga grinden senast den 1 maj", "2031-05-01"),
    ]


@pytest.mark.parametrize(
    ("sentence", "deadline", "text"),
    [
        ("Eva får i uppdrag att svara senast den 20 september 2031.", "2031-09-20", "senast den 20 september 2031"),
        ("Sten ordnar detta till den 17 mars.", "2031-03-17", "till den 17 mars"),
        ("Bo ska presentera en rapport i mitten av juni 2031.", "2031-06", "i mitten av juni 2031"),
        ("Bo fixar bryggan före sommaren.", None, "före sommaren"),
        ("Bo fixar bryggan snarast.", None, "snarast"),
        ("Bo fixar bryggan.", None, None),
    ],
)
def test_a_deadline_is_iso_where_it_can_be_told(
    actions: Callable[..., list[Action]], sentence: str, deadline: str | None, text: str | None
) -> None:
    (one,) = actions(sentence)
    assert (one.deadline, one.deadline_text) == (deadline, text)


def test_the_next_meeting_is_that_of_the_body_that_is_named(actions: Callable[..., list[Action]]) -> None:
    meetings = (
        NextMeeting("Styrelsen", "2031-04-14", None, None, None, _AT),
        NextMeeting("Årsmötet", "2031-03-20", None, None, None, _AT),
    )
    (one,) = actions("Eva tar fram en budget till nästa styrelsemöte.", *meetings)
    assert (one.deadline, one.deadline_text) == ("2031-04-14", "till nästa styrelsemöte")


def test_a_next_meeting_that_may_be_either_keeps_its_words(actions: Callable[..., list[Action]]) -> None:
    meetings = (
        NextMeeting("Styrelsen", "2031-04-14", None, None, None, _AT),
        NextMeeting("Valberedningen", "2031-03-20", None, None, None, _AT),
    )
    (one,) = actions("Eva tar fram en budget till nästa möte.", *meetings)
    assert (one.deadline, one.deadline_text) == (None, "till nästa möte")


def test_the_following_sentence_may_say_the_deadline_and_who_hears_of_it(actions: Callable[..., list[Action]]) -> None:
    text = "Eva får i uppdrag att utreda bryggan. Uppdraget ska redovisas till styrelsen senast den 1 juni."
    (one,) = actions(text)
    assert (one.deadline, one.report_to) == ("2031-06-01", "styrelsen")


def test_the_sentence_about_the_thing_may_say_the_deadline(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Eva får i uppdrag att skriva ett underhållsprogram. Underhållsprogrammet ska vara klart i juni.")
    assert one.deadline == "2031-06"


def test_an_invitation_is_soft_and_keeps_who_gave_it(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Kassören uppmanar ledamöterna att lämna in kvitton.")
    assert (one.strength, one.given_by, _who(one)) == ("soft", "Kassören", ["ledamöterna"])


def test_a_pronoun_is_the_one_whom_the_sentence_is_about(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Åsa Berg avslutar punkten med att hon tar med sig frågorna.")
    assert _who(one) == ["Åsa Berg"]


def test_the_task_of_one_who_takes_it_stands_before(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Någon behöver hålla kontakt med banken. Bo tar uppdraget.")
    assert (_who(one), one.task) == (["Bo"], "Någon behöver hålla kontakt med banken")


def test_a_short_body_is_its_long_form_where_the_text_has_one(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Hon är ny i Skärgårdsdelegationen. Nu får delegationen i uppdrag att räkna öar.")
    assert (one.assignees[0].name, bool(one.assignees[0].reason)) == ("Skärgårdsdelegationen", True)


def test_entries_under_the_heading_of_a_list_are_commissions(actions: Callable[..., list[Action]]) -> None:
    text = "## Actionpoints inför nästa möte\n\n- Boka lokal (Eva)\n\n- Ring kommunen - Bo\n\n- Sten: köp färg\n\n" \
           "- Städa förrådet\n\n- Laga grinden (Bo, klart)\n\n- Behövs en båt?\n"  # fmt: skip
    assert [(_who(one), one.task) for one in actions(text)] == [
        (["Eva"], "Boka lokal"),
        (["Bo"], "Ring kommunen"),
        (["Sten"], "köp färg"),
        ([], "Städa förrådet"),
    ]


def test_a_table_of_actions_gives_one_a_row(actions: Callable[..., list[Action]]) -> None:
    text = (
        "| Åtgärd | Vem gör | Klart |\n|---|---|---|\n| Måla bryggan | Bo | 2031-05-01 |\n| Hyra släp | Eva, Sten | |\n"
    )
    found = actions(text)
    assert [(_who(one), one.task, one.deadline) for one in found] == [
        (["Bo"], "Måla bryggan", "2031-05-01"),
        (["Eva", "Sten"], "Hyra släp", None),
    ]


def test_the_same_commission_is_told_once(actions: Callable[..., list[Action]]) -> None:
    text = (
        "Eva får i uppdrag att måla bryggan.\n\n## 3. Beslut\n\nEva får i uppdrag att måla bryggan senast den 1 maj.\n"
    )
    (one,) = actions(text)
    assert one.deadline == "2031-05-01"


def test_the_proof_is_the_sentence(actions: Callable[..., list[Action]], read: Callable[..., Minutes]) -> None:
    text = "Vädret var fint. Eva får i uppdrag att måla. Alla gick hem."
    (one,) = actions(text)
    proof = read(HEAD + text + "\n", "protokoll.md").words(one.proof)
    assert proof == "Eva får i uppdrag att måla."


def test_a_sentence_over_a_page_break_is_read_whole(actions: Callable[..., list[Action]]) -> None:
    (one,) = actions("Eva Ek och Bo Alm får i uppdrag att\n\ntillsammans med Sten Lund ta fram en plan.")
    assert (_who(one), one.task) == (["Eva Ek", "Bo Alm"], "tillsammans med Sten Lund ta fram en plan")


def test_a_table_of_those_present_with_their_posts_is_no_list_of_commissions(
    actions: Callable[..., list[Action]],
) -> None:
    table = (
        "| Namn | Uppgift | Var med |\n|---|---|---|\n| Disa Ek | vice ordförande | ja |\n| Bo Alm | ledamot | ja |\n"
    )
    assert actions(f"# Protokoll 2031-03-04\n\n## Närvaro\n\n{table}", name="protokoll.md") == []


def test_who_leads_and_writes_at_the_meeting_is_no_commission(actions: Callable[..., list[Action]]) -> None:
    assert actions("## 1. Mötet öppnas 18.35\n\n- Vera leder mötet, Klas skriver.\n\n## 2. Bryggan\n\nBra.") == []


def test_a_later_clause_of_the_sentence_tells_the_deadline(actions: Callable[..., list[Action]]) -> None:
    said = (
        "ge gatuchef Bo Alm i uppdrag att se över taxorna, samt att uppdraget ska redovisas för nämnden den 21 maj 2031"
    )
    (action,) = actions(f"## 1. Taxor\n\nNämnden beslutar att {said}.")
    assert (action.task, action.deadline) == ("se över taxorna", "2031-05-21")


def test_a_ticked_box_is_done_and_an_empty_one_is_no_part_of_the_task(actions: Callable[..., list[Action]]) -> None:
    found = actions("## Att göra\n\n- [ ] Köpa färg @Eva\n- [x] Boka lokal @Bo")
    assert [one.task for one in found] == ["Köpa färg"]
