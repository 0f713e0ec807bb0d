"""A conversation with an archive: questions that may lean on the one before, and a few commands.

Nothing here reads a keyboard or writes to a screen: a line goes in, a reply comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.errors import KlubbatError
from corpus.personal_numbers import mask_personal_numbers
from engine.chat.commands import Command, command_in
from engine.chat.follow_ups import resolve
from engine.chat.notes import HELP, note
from engine.chat.sources import Quotation, contents_of, no_section, quotation_of, section_of
from engine.chat.turns import Turn
from engine.hits import Answer, Citation, Language
from engine.questions.wording import language
from engine.search.proofs import proof_of
from engine.search.query import plain_words
from index.filters import Filter

if TYPE_CHECKING:
    from engine.service import Service

Kind = Literal["answer", "more", "source", "section", "help", "end", "note"]

MORE = 3  # further places at a time
_SEARCHED = 50  # hits that "more" can go through
_LONGEST_LINE = 2_000  # characters of a line: a longer one is no question


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
            command = command_in(line)
            if command is not None:
                self._language = command.language or self._language
                return self._carried_out(command)
            if not any(c.isalnum() for c in line):
                return self._note("empty")
            return self._answered(line[:_LONGEST_LINE])
        except KlubbatError as error:
            return Reply("note", self._language, text=str(error))

    def _carried_out(self, command: Command) -> Reply:
        match command.name:
            case "help":
                return Reply("help", self._language, text=HELP[self._language])
            case "end":
                return Reply("end", self._language, text=note("end", self._language))
            case "hello" | "thanks":
                return self._note(command.name)
        if self._before is None or not self._before.answer.citations:
            return self._note("nothing")
        match command.name:
            case "more":
                return self._more(self._before)
            case "source":
                return self._source(self._before, int(command.about or 1))
            case "sources":
                return self._sources(self._before)
            case "document":
                document = self._before.answer.citations[0].chunk.document
                return Reply("section", self._language, text=contents_of(document, self.service))
        return self._section(self._before, command.about)

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
        told = note("more", self._language, mask_personal_numbers(before.question))
        return Reply("more", self._language, (told,), before.question, citations=citations)

    def _section(self, before: Turn, wanted: str) -> Reply:
        """A section of the document that was cited first; without a number the one that was cited."""
        chunk = before.answer.citations[0].chunk
        text = section_of(chunk, wanted, self.service)
        if text is None:
            missing = no_section(chunk.document, wanted, self.service, self._language)
            return Reply("note", self._language, text=missing)
        return Reply("section", self._language, text=text)

    def _source(self, before: Turn, number: int) -> Reply:
        citations = before.answer.citations
        if not 1 <= number <= len(citations):
            return self._note("one_source") if len(citations) == 1 else self._note("no_source", len(citations))
        return Reply("source", self._language, quotation=quotation_of(citations[number - 1], self.service))

    def _sources(self, before: Turn) -> Reply:
        """All sources of the answer before; the whole of one that is the only one."""
        citations = before.answer.citations
        if len(citations) == 1:
            return self._source(before, 1)
        told = note("sources", self._language, mask_personal_numbers(before.question))
        return Reply("source", self._language, (told,), before.question, citations=citations)

    def _note(self, name: str, *words: object) -> Reply:
        return Reply("note", self._language, text=note(name, self._language, *words))
