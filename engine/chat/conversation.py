"""A conversation with an archive: questions that may lean on the one before, and a few commands.

Nothing here reads a keyboard or writes to a screen: a line goes in, a reply comes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from corpus.errors import KlubbatError
from corpus.personal_numbers import mask_personal_numbers
from corpus.tables import read_rows
from engine.chat.follow_ups import resolve
from engine.chat.turns import Turn
from engine.hits import Answer, Citation, Language
from engine.questions.wording import language
from engine.reading import read_sections
from engine.search.proofs import proof_of
from engine.search.query import plain_words
from index.filters import Filter

if TYPE_CHECKING:
    from engine.service import Service

Kind = Literal["answer", "more", "source", "section", "help", "end", "note"]

MORE = 3  # further places at a time
_SEARCHED = 50  # hits that "more" can go through
_AROUND = 600  # characters shown on each side of a quotation by "source"
_LONGEST_LINE = 2_000  # characters of a line: a longer one is no question
_NOTES: dict[str, dict[Language, str]] = {
    "nothing": {
        "sv": "Ställ först en fråga, t.ex. Vem valdes till sekreterare?",
        "en": "Ask a question first, e.g. Who was elected secretary?",
    },
    "no_more": {"sv": "Det finns inte fler ställen.", "en": "There are no more places."},
    "no_source": {"sv": "Så många källor har inte svaret. Det har {}.", "en": "The answer has {} sources."},
    "more": {"sv": "Fler ställen om frågan {}", "en": "Further places for the question {}"},
    "empty": {"sv": "Skriv en fråga, eller hjälp.", "en": "Write a question, or help."},
    "end": {"sv": "Hej då!", "en": "Goodbye!"},
}
HELP: dict[Language, str] = {
    "sv": """\
Ställ en fråga. Nästa får bygga vidare på den: Och vem är ordförande där? När då? Och på mötet i mars?

  visa § 6    paragrafen i den handling som svaret kom ur (visa: den som svaret stod i)
  fler        fler ställen om samma fråga
  källa       hela källan: handling, sida, § och citatet med det som står omkring (källa 2: nästa)
  hjälp       den här texten
  sluta       avsluta; Ctrl-D går också bra""",
    "en": """\
Ask a question. The next may build on it: And who is the chair there? When? And at the meeting after?

  show § 6    the section of the document that the answer came from (show: the one it stood in)
  more        further places for the same question
  source      the whole source: document, page, § and the quotation with what stands around it (source 2: the next)
  help        this text
  quit        leave; Ctrl-D does too""",
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation with its surroundings: ``before``, ``quote`` and ``after`` are one stretch of the document."""

    head: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a line was answered with. ``told``: what was taken over from the question before, sentence by sentence.

    ``question`` is the question as it was asked of the archive; ``answer`` stands for an answer,
    ``citations`` for further places, ``quotation`` for a source, ``text`` for all else.
    """

    kind: Kind
    language: Language
    told: tuple[str, ...] = ()
    question: str = ""
    answer: Answer | None = None
    citations: tuple[Citation, ...] = ()
    quotation: Quotation | None = None
    text: str = ""


class Conversation:
    """Questions and commands, one after the other, over one open archive."""

    def __init__(self, service: Service, selection: Filter = Filter.everything) -> None:
        self.service = service
        self.selection = selection
        self._before: Turn | None = None
        self._asked_in = selection  # where the question before was asked
        self._shown: set[int] = set()  # the chunks that were shown for it
        self._language: Language = "sv"

    def reply(self, line: str) -> Reply:
        """Answer a question or carry out a command. What the user can mend comes back as a note."""
        line = " ".join(line.split())
        try:
            command = _command(line)
            if command is not None:
                name, about, spoken = command
                self._language = spoken or self._language
                return self._carried_out(name, about)
            if not any(c.isalnum() for c in line):
                return self._note("empty")
            return self._answered(line[:_LONGEST_LINE])
        except KlubbatError as error:
            return Reply("note", self._language, text=str(error))

    def _carried_out(self, name: str, about: str) -> Reply:
        if name == "help":
            return Reply("help", self._language, text=HELP[self._language])
        if name == "end":
            return Reply("end", self._language, text=_NOTES["end"][self._language])
        if self._before is None or not self._before.answer.citations:
            return self._note("nothing")
        if name == "more":
            return self._more(self._before)
        return self._section(self._before, about) if name == "section" else self._source(self._before, about)

    def _answered(self, line: str) -> Reply:
        resolved = resolve(line, self._before, self.service.archive, self.selection)
        if resolved.more and self._before is not None:
            return self._more(self._before)
        if not resolved.question:
            return Reply("note", self._language, text=" ".join(resolved.told))
        told, asked_in = resolved.told, resolved.selection
        answer = self.service.ask(resolved.question, asked_in)
        if answer.text is None and resolved.wider:
            elsewhere = self.service.ask(resolved.question, self.selection)
            if elsewhere.text is not None:
                answer, told, asked_in = elsewhere, (*told, resolved.wider), self.selection
        self._language = language(line) if len(line.split()) > 2 else self._language
        if answer.citations:  # silence without a place is nothing to build on
            before = self._before
            self._before = before.then(resolved.question, answer) if before else Turn(resolved.question, answer)
            self._asked_in = asked_in
            self._shown = {one.chunk.id for one in answer.citations}
        return Reply("answer", self._language, told, resolved.question, answer)

    def _more(self, before: Turn) -> Reply:
        """The next hits of the question before that were not shown yet."""
        results = self.service.searcher.search(plain_words(before.question), _SEARCHED, self._asked_in)
        new = [hit for hit in results.hits if hit.chunk.id not in self._shown][:MORE]
        if not new:
            return self._note("no_more")
        self._shown.update(hit.chunk.id for hit in new)
        analyser = self.service.analyser
        citations = tuple(Citation(h.chunk, proof_of(results.words, h.chunk, analyser), h.score) for h in new)
        told = _NOTES["more"][self._language].format(mask_personal_numbers(before.question))
        return Reply("more", self._language, (told,), before.question, citations=citations)

    def _section(self, before: Turn, wanted: str) -> Reply:
        """A section of the document that was cited first; without a number the one that was cited."""
        chunk = before.answer.citations[0].chunk
        named = wanted or self.service.places.of(chunk).number or chunk.section.heading or None
        source, sections = read_sections(self.service.archive, chunk.document.id, named)
        text = "\n\n".join(one["text"].strip() for one in sections)
        return Reply("section", self._language, text=f"{source}\n\n{text}")

    def _source(self, before: Turn, number: str) -> Reply:
        citations = before.answer.citations
        wanted = int(number or 1)
        if not 1 <= wanted <= len(citations):
            return Reply("note", self._language, text=_NOTES["no_source"][self._language].format(len(citations)))
        return Reply("source", self._language, quotation=self._quotation(citations[wanted - 1]))

    def _quotation(self, citation: Citation) -> Quotation:
        chunk, proof = citation.chunk, citation.proof
        text = mask_personal_numbers(self.service.archive.text(chunk.document.id))
        start = max(min(chunk.section.start, chunk.start), proof.start - _AROUND)
        end = min(max(chunk.section.end, chunk.end), proof.end + _AROUND)
        places = self.service.places
        document, path = chunk.document, places.of(chunk).path
        head = [places.source_line(chunk), document.title, path, f"{document.path} ({document.id})"]
        return Quotation(
            mask_personal_numbers("\n".join(dict.fromkeys(one for one in head if one))),
            ("…" if start > chunk.section.start else "") + text[start : proof.start].lstrip(),
            text[proof.start : proof.end],
            text[proof.end : end].rstrip() + ("…" if end < chunk.section.end else ""),
        )

    def _note(self, name: str) -> Reply:
        return Reply("note", self._language, text=_NOTES[name][self._language])


@cache
def _commands() -> tuple[tuple[re.Pattern[str], str, Language | None], ...]:
    rows = read_rows("engine.tables", "chat_commands")
    languages: dict[str, Language | None] = {"sv": "sv", "en": "en", "any": None}
    return tuple((re.compile(r["pattern"], re.IGNORECASE), r["command"], languages[r["language"]]) for r in rows)


def _command(line: str) -> tuple[str, str, Language | None] | None:
    """A command, what it is about, and the language it is given in; None for a question."""
    for pattern, name, spoken in _commands():
        match = pattern.fullmatch(line.rstrip(" .!")) or pattern.fullmatch(line)
        if match:
            return name, match.groupdict().get("what") or "", spoken
    return None
