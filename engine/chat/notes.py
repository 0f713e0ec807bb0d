"""What a conversation says of itself: its help, and why a line has no answer."""

from __future__ import annotations

from engine.hits import Language

_NOTES: dict[str, dict[Language, str]] = {
    "nothing": {
        "sv": "Ställ först en fråga, t.ex. Vem valdes till sekreterare?",
        "en": "Ask a question first, e.g. Who was elected secretary?",
    },
    "no_more": {"sv": "Det finns inte fler ställen.", "en": "There are no more places."},
    "no_source": {"sv": "Så många källor har inte svaret. Det har {}.", "en": "The answer has {} sources."},
    "one_source": {"sv": "Svaret har bara en källa.", "en": "The answer has only one source."},
    "sources": {"sv": "Källor till svaret på frågan {}", "en": "Sources of the answer to the question {}"},
    "no_section": {
        "sv": "Det finns ingen paragraf eller rubrik {} i {}. Där finns: {}.",
        "en": "There is no section or heading {} in {}. These are there: {}.",
    },
    "more": {"sv": "Fler ställen om frågan {}", "en": "Further places for the question {}"},
    "empty": {"sv": "Skriv en fråga, eller hjälp.", "en": "Write a question, or help."},
    "hello": {"sv": "Hej! Ställ en fråga, eller skriv hjälp.", "en": "Hello! Ask a question, or write help."},
    "thanks": {"sv": "Varsågod!", "en": "You are welcome!"},
    "end": {"sv": "Hej då!", "en": "Goodbye!"},
}
HELP: dict[Language, str] = {
    "sv": """\
Ställ en fråga. Nästa får bygga vidare på den: Och vem är ordförande där? När då? Vad sa hon? Och på mötet i mars?

  visa § 6           paragrafen i den handling som svaret kom ur (visa: den som svaret stod i)
  visa protokollet   vilka paragrafer handlingen har
  fler               fler ställen om samma fråga
  källa              hela källan: handling, sida, § och citatet med det som står omkring (källa 2: nästa)
  hjälp              den här texten
  sluta              avsluta; Ctrl-D går också bra""",
    "en": """\
Ask a question. The next may build on it: And who is the chair there? When? What did she say? And at the meeting after?

  show § 6           the section of the document that the answer came from (show: the one it stood in)
  show the minutes   which sections the document has
  more               further places for the same question
  source             the whole source: document, page, § and the quotation in its place (source 2: the next)
  help               this text
  quit               leave; Ctrl-D does too""",
}


def note(name: str, spoken: Language, *words: object) -> str:
    """A sentence of the conversation itself."""
    return _NOTES[name][spoken].format(*words)
