"""The meeting of minutes: its head, its points and its signatures, and what they disagree about."""

from __future__ import annotations

import pytest

from models.registers.heads import find_meeting

HEAD = """PROTOKOLL

från möte med Vattenrådet Granån

Tid: tisdagen den 4 mars 2031, kl. 10.00-12.30

Plats: Granvik

Närvarande:\tAsta Gren\tGranviks kommun
\tBo Gustavsson\tSjöby kommun
\tSiv Bergdahl\tRegion Granvik

§ 1. Mötets öppnande

Mötet öppnades av Asta Gren, Granviks kommun.

§ 2. Val av sekreterare och justerare

Siv Bergdahl valdes till sekreterare och Bo Gustavsson valdes att justera protokollet.

§ 3. Ekonomi

Utfallet följer budget.

Ordföranden Asta Gren, avslutade mötet.

Asta Gren
Ordförande

Siv Bergdahl
Sekreterare

Justeras:

Bo Gustafsson
"""


def test_the_head_tells_when_and_where(minutes_from) -> None:
    found = find_meeting(minutes_from(HEAD))
    assert (found.date, found.start, found.end, found.place) == ("2031-03-04", "10:00", "12:30", "Granvik")


def test_elections_tell_who_wrote_and_who_adjusted(minutes_from) -> None:
    found = find_meeting(minutes_from(HEAD))
    assert (found.chair, found.secretary, found.adjusters) == ("Asta Gren", "Siv Bergdahl", ("Bo Gustavsson",))


def test_the_spelling_of_the_attendance_list_is_kept_and_the_other_one_noted(minutes_from) -> None:
    found = find_meeting(minutes_from(HEAD))
    assert found.notes == ("Justeraren skrivs Bo Gustavsson och, i underskriften, Bo Gustafsson.",)


def test_the_proof_is_the_paragraph_with_the_date(minutes_from) -> None:
    view = minutes_from(HEAD)
    assert "4 mars 2031" in view.words(find_meeting(view).proof)


@pytest.mark.parametrize("title", ["# Verksamhetsplan 2031", "# Slutrapport vattenprojektet"])
def test_plans_and_reports_are_no_meetings(minutes_from, title: str) -> None:
    assert (
        find_meeting(minutes_from(f"{title}\n\nPlats: Granvik\n\nOrdförande: Asta Gren\n\nArbetet fortsätter.\n"))
        is None
    )


def _points(*points: str, head: str = "# Protokoll styrelsemöte 2031-03-04\n") -> str:
    return head + "\n" + "\n\n".join(points) + "\n"


def test_when_the_meeting_opened_is_kept_and_the_called_hour_noted(minutes_from) -> None:
    head = "Protokoll fört vid Båtklubbens vårmöte, tisdagen den 4 mars 2031 klockan 19:00 i Ladan, Granvik.\n"
    found = find_meeting(
        minutes_from(
            _points(
                "## 1. Mötets öppnande\n\nAsta Gren förklarade mötet öppnat klockan 19:12.",
                "## 2. Mötets avslutande\n\nMötet avslutades 21:05.",
                head=head,
            )
        )
    )
    assert (found.start, found.end, found.place) == ("19:12", "21:05", "Ladan, Granvik")
    assert "Mötet öppnades 19:12; i huvudet står 19:00." in found.notes


def test_hours_stand_in_headings_or_alone_below_them(minutes_from) -> None:
    found = find_meeting(
        minutes_from(_points("## Mötets öppnande 12:15", "## Läget\n\nAllt väl.", "## Mötet avslutas\n12:49"))
    )
    assert (found.start, found.end) == ("12:15", "12:49")


def test_what_someone_else_closes_is_not_the_meeting(minutes_from) -> None:
    text = _points(
        "## Ekonomi\n\nUtfallet följer budget.", "## Skyltar\n\nBo Ek avslutade avtalet kl. 14.30 i fredags."
    )
    assert find_meeting(minutes_from(text)).end is None


@pytest.mark.parametrize(
    ("election", "adjusters"),
    [
        ("Asta Gren och Bo Ek valdes till justerare.", ("Asta Gren", "Bo Ek")),
        ("Asta Gren och Bo Ek valdes.", ("Asta Gren", "Bo Ek")),
        ("Asta Gren och Bo Ek", ("Asta Gren", "Bo Ek")),
        ("Mötet valde Asta Gren till justerare.", ("Asta Gren",)),
        ("Mötet beslutar att välja Asta Gren till justerare.", ("Asta Gren",)),
        ("Till justerare utses Asta Gren och Bo Ek.", ("Asta Gren", "Bo Ek")),
        ("Att: Asta är justerare", ("Asta",)),
        ("Ingen fråga väcktes.", ()),
    ],
)
def test_elections_are_read_in_every_order(minutes_from, election: str, adjusters: tuple[str, ...]) -> None:
    text = _points(f"## 1. Val av justerare\n\n{election}", "## 2. Ekonomi\n\nUtfallet följer budget.")
    assert find_meeting(minutes_from(text)).adjusters == adjusters


def test_those_who_adjust_beside_the_chair_are_not_the_chair(minutes_from) -> None:
    point = "## 1. Val av två personer att jämte mötesordföranden justera protokollet\n\nAsta Gren och Bo Ek valdes."
    found = find_meeting(minutes_from(_points(point, "## 2. Ekonomi\n\nUtfallet följer budget.")))
    assert (found.chair, found.adjusters) == (None, ("Asta Gren", "Bo Ek"))


def test_a_vice_chair_in_the_head_is_not_the_chair(minutes_from) -> None:
    head = (
        "SAMMANTRÄDESPROTOKOLL\nTekniska nämnden\nDatum\n2031-03-04\n\n"
        "Plats och tid för Granrummet, Storgatan 3 Klockan 09.00–09.57\nsammanträde\n"
        "Beslutande    Ledamöter\nAsta Gren (A), Ordförande\nBo Ek (B), 1:e vice\nordförande\nSiv Bergdahl (C)\n\n"
        "Plats och tid för justering Digital justering\n\n"
        "Sekreterare   Eva Lund                Paragrafer §§ 1-2\n\nOrdförande    Asta Gren (A)\n\n"
        "Protokolljusterare Siv Bergdahl (C)\n\n"
    )
    found = find_meeting(minutes_from(_points("§ 1\nEkonomi\n\nBeslut\nNämnden godkänner rapporten.", head=head)))
    assert (found.chair, found.secretary, found.adjusters) == ("Asta Gren", "Eva Lund", ("Siv Bergdahl",))
    assert (found.start, found.end, found.place) == ("09:00", "09:57", "Granrummet, Storgatan 3")


def test_a_first_name_is_the_one_of_that_name_who_was_there(minutes_from) -> None:
    head = "Granviks samfällighet\nPROTOKOLL\n\nDatum och tid: 2031-03-04 19.00\nNärvarande: Asta Gren, Bo Ek\n\n"
    text = _points("1. Val av justerare\n\nAsta väljs till justerare.", "2. Ekonomi\n\nAllt väl.", head=head)
    assert find_meeting(minutes_from(text)).adjusters == ("Asta Gren",)


def test_a_first_name_that_two_share_stays_as_it_stands(minutes_from) -> None:
    head = "Granviks samfällighet\nPROTOKOLL\n\nDatum och tid: 2031-03-04 19.00\nNärvarande: Asta Gren, Asta Ek\n\n"
    text = _points("1. Val av justerare\n\nAsta väljs till justerare.", "2. Ekonomi\n\nAllt väl.", head=head)
    assert find_meeting(minutes_from(text)).adjusters == ("Asta",)


def test_a_nickname_is_the_one_whom_the_text_gives_it(minutes_from) -> None:
    text = _points(
        "## 1. Val av sekreterare\n\nMötet valde grus till mötessekreterare.",
        "## 2. Mötet avslutas\n\nMötet avslutades 20:15.",
        "Asta Gren (grus), Mötessekreterare",
    )
    assert find_meeting(minutes_from(text)).secretary == "Asta Gren"


def test_signatures_count_where_nobody_was_elected(minutes_from) -> None:
    text = _points("## 1. Ekonomi\n\nAllt väl.", "## 2. Mötet avslutas\n\nMötet avslutades 20:15.") + (
        "\nVid protokollet\n\nAsta Gren\n\nJusteras\n\nBo Ekström\n\nOrdförande fe\n\nSiv Bergdahl\n"
    )
    found = find_meeting(minutes_from(text))
    assert (found.chair, found.secretary, found.adjusters) == ("Siv Bergdahl", "Asta Gren", ("Bo Ekström",))


MUNICIPAL = """SJÖBY KOMMUN                    SAMMANTRÄDESPROTOKOLL                 1 (12)
Kommunstyrelsen                 2031-03-04

Plats och tid      Kommunhuset, sal A, kl. 13.00–15.30
Beslutande         Asta Ekdahl (A), ordförande
                   Bo Lindmark (B), 1:e vice ordförande
Utses att justera  Bo Lindmark
Justeringens plats och tid   Kommunhuset 2031-03-11
Underskrifter
Sekreterare   ............................   Paragrafer 12-30
              Karl Åberg
Ordförande    ............................
              Asta Ekdahl
Justerande    ............................
              Bo Lindmark

§ 12
Ekonomisk rapport

Beslut
Kommunstyrelsen godkänner rapporten.
"""


def test_the_day_of_adjusting_is_not_that_of_the_meeting(minutes_from) -> None:
    assert find_meeting(minutes_from(MUNICIPAL)).date == "2031-03-04"


def test_names_stand_below_the_line_to_sign_on(minutes_from) -> None:
    found = find_meeting(minutes_from(MUNICIPAL))
    assert (found.chair, found.secretary, found.adjusters) == ("Asta Ekdahl", "Karl Åberg", ("Bo Lindmark",))


def test_several_offices_are_filled_in_one_sentence(minutes_from) -> None:
    election = (
        "Till ordförande för mötet valdes Bo Lindmark och till sekreterare valdes Eva Lund. "
        "Att jämte ordföranden justera protokollet utsågs Siv Bergdahl och Karl Åberg."
    )
    found = find_meeting(minutes_from(_points(f"## 1. Val\n\n{election}", "## 2. Ekonomi\n\nAllt väl.")))
    assert (found.chair, found.secretary) == ("Bo Lindmark", "Eva Lund")
    assert found.adjusters == ("Siv Bergdahl", "Karl Åberg")


@pytest.mark.parametrize(
    "present",
    [
        "Deltagare: Asta Ekdahl, Region Sjöby (ordf); Bo Lindmark, Sjöby kommun",
        "Ledamöter: Asta Ekdahl (A), ordförande, Bo Lindmark (B), vice ordförande",
        "Närvarande: Asta Ekdahl | Ordförande | nr 71",
    ],
)
def test_the_chair_is_told_among_those_present(minutes_from, present: str) -> None:
    head = f"PROTOKOLL\n\nDatum: 2031-03-04\n{present}\n\n"
    assert find_meeting(minutes_from(_points("1. Ekonomi\n\nAllt väl.", head=head))).chair == "Asta Ekdahl"


def test_a_chair_who_was_absent_did_not_chair(minutes_from) -> None:
    head = "PROTOKOLL\n\nDatum: 2031-03-04\nNärvarande: Bo Lindmark\nFrånvarande: Asta Ekdahl, ordförande\n\n"
    assert find_meeting(minutes_from(_points("1. Ekonomi\n\nAllt väl.", head=head))).chair is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("# Årsmöte Kanot Granvik 2031-03-04", "Kanot Granvik"),
        ("# Konstituerande möte för Kanot Granviks styrelse 2031", "Kanot Granviks styrelse"),
        ("# Möte 2031-03-04", None),
        ("# Styrelsemöte nr 3", None),
    ],
)
def test_a_body_may_stand_in_the_title_alone(minutes_from, title: str, body: str | None) -> None:
    text = f"{title}\n\n## 1. Mötets öppnande\n\nMötet öppnades.\n\n## 2. Ekonomi\n\nAllt väl.\n"
    assert find_meeting(minutes_from(text)).body == body


def test_the_chair_whom_the_members_elect_for_a_year_did_not_chair_the_meeting(minutes_from) -> None:
    text = _points(
        "## 1. Mötets öppnande\n\nAsta Gren förklarade mötet öppnat.",
        "## 2. Ekonomi\n\n" + "Utfallet följer budget. " * 20,
        "## 3. Personval\n\nMötet beslutar att välja Bo Ekström till ordförande.",
    )
    assert find_meeting(minutes_from(text)).chair == "Asta Gren"


def test_a_meeting_that_ran_over_ended_when_it_says(minutes_from) -> None:
    text = _points("## 1. Ekonomi\n\nAllt väl.", "## Mötet avslutas\n\n12:50", "## Mötet drogs ut\n\nTill 13:00")
    assert find_meeting(minutes_from(text)).end == "13:00"


@pytest.mark.parametrize(
    ("written", "place"), [("i Sal 7", "Sal 7"), ("på Kajen", "Kajen"), ("hos Bo Ek", "hos Bo Ek")]
)
def test_a_place_has_no_preposition_but_that_of_a_home(minutes_from, written: str, place: str) -> None:
    head = f"Protokoll fört vid Båtklubbens vårmöte den 4 mars 2031 klockan 19:00 {written}.\n"
    assert find_meeting(minutes_from(_points("## 1. Ekonomi\n\nAllt väl.", head=head))).place == place


def test_an_english_head_tells_who_wrote_and_who_adjusted(minutes_from) -> None:
    head = "# Kanot Granvik board meeting 2031-03-04\n\nSecretary: Asta Gren\n\nReviewers: Bo Ek & Siv Bergdahl\n"
    found = find_meeting(minutes_from(_points("## Budget\n\nAll is well.", head=head)))
    assert (found.body, found.secretary, found.adjusters) == ("Kanot Granvik", "Asta Gren", ("Bo Ek", "Siv Bergdahl"))
    assert found.date == "2031-03-04"


def test_auditors_who_met_are_the_body(minutes_from) -> None:
    head = "GRANVIKS KOMMUN\nKommunrevisionen          SAMMANTRÄDESANTECKNINGAR\n\nDatum\n2031-03-04\n"
    found = find_meeting(minutes_from(_points("1. Ekonomi\n\nAllt väl.", head=head)))
    assert found.body == "Kommunrevisionen, Granviks kommun"
    assert found.title.startswith("Sammanträdesanteckningar") and "Datum" not in found.title


def test_the_body_stands_in_the_title_of_notes(minutes_from) -> None:
    head = "# Mötesanteckningar: Samverkan Granån 4 mars 2031\n"
    found = find_meeting(minutes_from(_points("## 1. Ekonomi\n\nAllt väl.", head=head)))
    assert found.body == "Samverkan Granån"


def test_columns_of_signatures_have_what_they_sign_above_and_the_office_below(minutes_from) -> None:
    signed = "Vid protokollet  |  Justeras\n\nAsta Gren  |  Bo Lindmark\nSekreterare  |  Ordförande"
    found = find_meeting(
        minutes_from(_points("## 1. Ekonomi\n\nAllt väl.", "## 2. Avslutning\n\nMötet avslutades 21:00.", signed))
    )
    assert (found.secretary, found.chair, found.adjusters) == ("Asta Gren", "Bo Lindmark", ("Bo Lindmark",))
