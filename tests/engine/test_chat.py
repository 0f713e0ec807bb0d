"""Conversations: follow-ups lean on the question before, say what they take over, and commands show more."""

from __future__ import annotations

import re

import pytest

from corpus.tables import read_rows
from engine.chat.commands import command_in
from engine.chat.conversation import Conversation, Reply
from engine.service import Service
from index.filters import Filter

PARKING = "Vem fick i uppdrag att se över parkeringsavgifterna?"
TRIAL = "Who leads the trial with Sjökortet in the summer of 2024?"


@pytest.fixture
def conversation(sample_service: Service) -> Conversation:
    return Conversation(sample_service)


def cited(reply: Reply) -> tuple[str | None, str | None]:
    """The date and the body of the document that an answer cites first."""
    assert reply.answer is not None
    document = reply.answer.citations[0].chunk.document
    return document.date, document.body


def documents(reply: Reply) -> set[str]:
    assert reply.answer is not None
    return {one.chunk.document.id for one in reply.answer.citations}


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "chat_commands")), ids=lambda row: row["example"])
def test_each_command_matches_its_example(row: dict[str, str]) -> None:
    found = command_in(row["example"])
    assert found is not None
    assert (found.name, found.language or "any") == (row["command"], row["language"])


@pytest.mark.parametrize("line", ["visa bron", "källa till oljud", "Vad är fler?", "Hjälp finns var?", "more or less"])
def test_a_question_with_the_word_of_a_command_is_a_question(line: str) -> None:
    assert command_in(line) is None


def test_a_question_that_stands_by_itself_is_asked_of_the_whole_archive(conversation: Conversation) -> None:
    conversation.reply(TRIAL)
    reply = conversation.reply(PARKING)
    assert (reply.question, reply.told) == (PARKING, ())
    assert "Tekniska nämnden" in (cited(reply)[1] or "")


def test_the_first_question_leans_on_nothing(conversation: Conversation) -> None:
    reply = conversation.reply("Och vem är ordförande där?")
    assert (reply.question, reply.told) == ("Och vem är ordförande där?", ())


@pytest.mark.parametrize(
    "line",
    ["och vem är ordförande där?", "Vem var ordförande på mötet?", "Vem justerade det mötet?", "Och vem justerade?"],
)
def test_there_and_that_meeting_are_the_document_cited_before(conversation: Conversation, line: str) -> None:
    before = conversation.reply(PARKING)
    day, body = cited(before)
    reply = conversation.reply(line)
    assert reply.told == (f"Jag utgår från protokollet {day}, {body}.",)
    assert documents(reply) == {before.answer.citations[0].chunk.document.id}  # type: ignore[union-attr]


def test_what_was_taken_over_is_told_in_english_to_one_who_asks_in_english(conversation: Conversation) -> None:
    day, _ = cited(conversation.reply(TRIAL))
    reply = conversation.reply("And who was absent there?")
    assert re.fullmatch(rf"I take this to be about the \w+ of {day}, .+\.", reply.told[0])
    assert reply.question == "Who was absent?"


@pytest.mark.parametrize("line", ["när då?", "När ska det vara klart?", "Varför?"])
def test_a_question_without_a_matter_of_its_own_gets_that_of_the_question_before(
    conversation: Conversation, line: str
) -> None:
    conversation.reply(PARKING)
    reply = conversation.reply(line)
    assert reply.question.endswith(": se över parkeringsavgifterna?")
    assert "Jag tar med från frågan före: se över parkeringsavgifterna." in reply.told


def test_a_month_is_that_of_the_same_body_and_the_question_is_asked_again(conversation: Conversation) -> None:
    conversation.reply("Vem var frånvarande när tekniska nämnden sammanträdde den 21 maj 2024?")
    reply = conversation.reply("och på mötet i mars?")
    assert reply.told[0] == "Jag utgår från protokollet 2024-03-12, Tekniska nämnden, Högsjöbro kommun."
    assert reply.told[1].startswith("Jag frågar: Vem var frånvarande")
    assert "21 maj" not in reply.question
    assert cited(reply)[0] == "2024-03-12"


def test_the_meetings_of_a_body_are_walked_through_to_their_first(conversation: Conversation) -> None:
    conversation.reply("Vem var frånvarande när tekniska nämnden sammanträdde den 21 maj 2024?")
    assert cited(conversation.reply("och på mötet efter?"))[0] == "2025-02-11"
    assert cited(conversation.reply("och på mötet före?"))[0] == "2024-05-21"
    assert cited(conversation.reply("och på mötet före?"))[0] == "2024-03-12"
    last = conversation.reply("och på mötet före?")
    assert (last.kind, last.text) == ("note", "Arkivet har inget protokoll från mötet före.")


def test_she_is_the_person_in_the_answer_before(conversation: Conversation) -> None:
    conversation.reply("Vem ska lägga fram en skyltplan?")
    reply = conversation.reply("Och vad sa hon om kostnaden?")
    assert reply.told[0] == "Jag utgår från att *hon* är Katarina Ruthdal."
    assert "Katarina Ruthdal" in reply.question


def test_somebody_who_is_not_in_the_document_before_is_looked_for_everywhere(conversation: Conversation) -> None:
    conversation.reply("Vem ska lägga fram en skyltplan?")
    reply = conversation.reply("Och vad sa Jasmina Kovalenka?")
    assert reply.told == ()
    assert reply.answer is not None
    assert "Kovalenka" in reply.answer.citations[0].chunk.text


def test_another_matter_is_put_in_the_place_of_the_one_before(conversation: Conversation) -> None:
    conversation.reply("Vad beslutade Sjöstråket om medlemsavgiften?")
    reply = conversation.reply("och cykelleden?")
    assert reply.question == "Vad beslutade Sjöstråket om cykelleden?"


def test_a_conversation_stays_inside_its_selection(sample_service: Service) -> None:
    conversation = Conversation(sample_service, Filter(body="Ladan"))
    for line in (PARKING, "och vem är ordförande där?", "och i Sjöstråket?"):
        reply = conversation.reply(line)
        assert reply.answer is not None
        assert all("Ladan" in (one.chunk.document.body or "") for one in reply.answer.citations)


@pytest.mark.parametrize("line", ["fler", "Vem mer?", "more", "Who else?"])
def test_more_shows_places_that_were_not_shown_until_there_are_none(conversation: Conversation, line: str) -> None:
    first = conversation.reply(PARKING)
    assert first.answer is not None
    seen = {one.chunk.id for one in first.answer.citations}
    for _ in range(30):
        reply = conversation.reply(line)
        if reply.kind == "note":
            break
        new = {one.chunk.id for one in reply.citations}
        assert new and not new & seen
        seen |= new
    else:
        pytest.fail("it never ends")
    assert len(seen) > 10


def test_the_source_is_one_stretch_of_the_document_around_the_quotation(
    conversation: Conversation, sample_service: Service
) -> None:
    answer = conversation.reply(PARKING).answer
    assert answer is not None
    one = conversation.reply("källa").quotation
    assert one is not None
    text = sample_service.archive.text(answer.citations[0].chunk.document.id)
    assert one.quote == answer.citations[0].quote
    assert one.before.removeprefix("…") + one.quote + one.after.removesuffix("…") in text
    assert len(one.before + one.after) > 50
    assert answer.citations[0].chunk.document.path in one.head
    for number, citation in enumerate(answer.citations, 1):
        numbered = conversation.reply(f"source {number}").quotation
        assert numbered is not None and numbered.quote == citation.quote
    assert conversation.reply("källa 9").kind == "note"


def test_a_section_of_the_cited_document_is_shown_as_it_stands(conversation: Conversation) -> None:
    conversation.reply("Vem var frånvarande när tekniska nämnden sammanträdde den 12 mars 2024?")
    assert "Avgifterna har legat stilla sedan 2017." in conversation.reply("visa § 14").text
    assert conversation.reply("show 14").text == conversation.reply("visa § 14.").text
    assert conversation.reply("visa 14 §").text == conversation.reply("§ 14").text == conversation.reply("show 14").text
    missing = conversation.reply("visa § 99")
    assert missing.kind == "note"
    assert "§ 14" in missing.text


def test_a_section_that_is_not_there_is_told_in_the_language_of_the_command(conversation: Conversation) -> None:
    conversation.reply("Vem var frånvarande när tekniska nämnden sammanträdde den 12 mars 2024?")
    swedish, english = conversation.reply("visa § 99"), conversation.reply("show § 99")
    assert swedish.text.startswith("Det finns ingen paragraf eller rubrik ”99” i protokollet 2024-03-12, Tekniska")
    assert english.text.startswith("There is no section or heading ”99” in the minutes of 2024-03-12, Tekniska")


def test_the_sections_of_the_cited_document_are_listed(conversation: Conversation) -> None:
    conversation.reply("Vem var frånvarande när tekniska nämnden sammanträdde den 12 mars 2024?")
    reply = conversation.reply("visa protokollet")
    assert reply.kind == "section"
    assert "  § 14 Dnr TN-2023-00107" in reply.text or "  § 14 Översyn" in reply.text
    assert conversation.reply("show the minutes").text == reply.text


def test_all_sources_are_shown_at_once_where_there_are_several(conversation: Conversation) -> None:
    answer = conversation.reply("Vad beslutade Sjöstråket om medlemsavgiften?").answer
    assert answer is not None
    reply = conversation.reply("källor")
    shown = reply.citations if len(answer.citations) > 1 else answer.citations
    assert (reply.kind, shown) == ("source", answer.citations)


@pytest.mark.parametrize(
    ("line", "says"),
    [("hej!", "Hej! Ställ en fråga"), ("tack så mycket!", "Varsågod!"), ("Hello", "Hello!"), ("thanks.", "You are")],
)
def test_a_greeting_is_no_question(conversation: Conversation, line: str, says: str) -> None:
    reply = conversation.reply(line)
    assert reply.kind == "note"
    assert reply.text.startswith(says)


@pytest.mark.parametrize("line", ["fler", "källa", "visa § 6", "show", "more", "source"])
def test_a_command_before_any_question_says_to_ask_one(conversation: Conversation, line: str) -> None:
    reply = conversation.reply(line)
    assert reply.kind == "note"
    assert reply.text.startswith("Ställ först" if line in ("fler", "källa", "visa § 6") else "Ask a question first")


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [("hjälp", "help", "visa § 6"), ("Help", "help", "show § 6"), ("sluta.", "end", "Hej"), ("quit", "end", "Goodbye")],
)
def test_help_and_the_end_are_in_the_language_of_their_word(
    conversation: Conversation, line: str, kind: str, says: str
) -> None:
    reply = conversation.reply(line)
    assert reply.kind == kind
    assert says in reply.text


@pytest.mark.parametrize("line", ["?!", "…", "visa", "x" * 5_000, "och", "och?", "den 31 februari?", "§§§", "han"])
def test_no_line_breaks_a_conversation(conversation: Conversation, line: str) -> None:
    assert conversation.reply(line).kind in ("note", "answer", "help")
    conversation.reply(PARKING)
    assert conversation.reply(line).kind in ("note", "answer", "help", "section")
