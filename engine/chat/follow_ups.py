"""Follow-up questions: what a question leaves unsaid is taken from the question and answer before.

A question that stands by itself is left as it is: one that is missed can be asked in full, one that is
changed misleads. What was taken over is always told, so that a wrong guess is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.chat.documents import Documents
from engine.chat.fragments import is_fragment, limits_of, names_no_matter, only_says_where
from engine.chat.leanings import Leanings, leanings_of
from engine.chat.persons import meant_by
from engine.chat.pronouns import pronoun_in
from engine.chat.rewording import asked_again
from engine.chat.telling import named, told
from engine.chat.topics import asked_about, topic_before
from engine.chat.turns import Resolved, Turn
from engine.facts.text import listed
from engine.questions.understanding import Limits, understand
from engine.questions.wording import language
from index.filters import Filter

if TYPE_CHECKING:
    from index.archive import Archive

_MOST = 5  # people that are put in the place of *de*: a roll is not read out
_PRONOUNS = 2  # in one line: *Vad sa hon till honom?*


def resolve(line: str, before: Turn | None, archive: Archive, selection: Filter = Filter.everything) -> Resolved:
    """``line`` with what it leaves unsaid taken from the turn ``before``; as it is where it stands by itself.

    ``selection``: the documents of the whole conversation, which a follow-up can only narrow.
    """
    if before is None or not any(c.isalnum() for c in line):
        return Resolved(line, selection)
    return _FollowUp(line, before, archive, selection).resolved()


class _FollowUp:
    """One line while it is completed."""

    def __init__(self, line: str, before: Turn, archive: Archive, selection: Filter) -> None:
        self.line = line
        self.before = before
        self.archive = archive
        self.selection = selection
        self.language = language(line) if len(line.split()) > 1 else before.answer.language
        self.told: list[str] = []

    def resolved(self) -> Resolved:
        people = self._with_people()
        found = leanings_of(self.line)
        if found.any_of("more"):
            return Resolved(self.before.question, self.selection, more=True)
        if not people and not self._leans(found):
            return Resolved(self.line, self.selection)
        rest = found.rest
        if found.any_of("next"):
            rest += " meeting" if self.language == "en" else " möte"
        selection = self._selection(rest, found)
        if selection is None:
            return Resolved("", self.selection, tuple(self.told))
        question = self._completed(Leanings(found.takes, rest))
        question = question[:1].upper() + question[1:].rstrip(" ?.!") + "?"
        return Resolved(question, selection, tuple(self.told), wider=self._wider(selection, found))

    def _leans(self, found: Leanings) -> bool:
        """Whether the line takes over anything; who was at a meeting is not taken from a plan."""
        document = self.before.document
        met = document is not None and document.kind in ("minutes", "notes")
        return bool(found.takes) and (met or found.takes != {"meeting"})

    def _with_people(self) -> bool:
        """Put names in the place of *hon*, *de*; whether any was found."""
        found = False
        for _ in range(_PRONOUNS):
            pronoun = pronoun_in(self.line)
            names = meant_by(pronoun.gender, pronoun.number, self.before, self.archive) if pronoun else ()
            if pronoun is None or not names:
                break
            found = True
            if len(names) > _MOST:
                break
            self.line = pronoun.replaced_in(self.line, names)
            self.told.append(told("person", self.language, pronoun.text, listed(names, self.language)))
        return found

    def _selection(self, rest: str, found: Leanings) -> Filter | None:
        """Where to ask; None where the neighbour that is meant is not there."""
        if self.before.document is None:
            return self.selection
        documents = Documents(self.archive, self.selection, self.before.document, self.language)
        if found.any_of("earlier", "later"):
            chosen = documents.neighbour(found.any_of("later"))
        else:
            limits = Limits() if found.any_of("next") else limits_of(rest)
            chosen = documents.chosen(rest, limits, same=found.any_of("document", "meeting", "next"))
        self.told.extend(documents.told)
        return chosen

    def _completed(self, found: Leanings) -> str:
        rest = found.rest
        if only_says_where(found):
            # *på mötet före* is told by the document, *på mötet i mars* belongs to the question.
            return self._asked_again("" if found.any_of("earlier", "later") else rest)
        if found.any_of("start") and is_fragment(rest):
            return self._asked_again(rest)
        if found.any_of("topic") or names_no_matter(rest):
            return self._with_topic(rest)
        return rest

    def _asked_again(self, new: str) -> str:
        question = " ".join(asked_again(self.before, new, self.archive, self.selection).split()) + "?"
        question = question[:1].upper() + question[1:]
        self.told.append(told("question", self.language, question))
        return question

    def _with_topic(self, line: str) -> str:
        topic = topic_before(self.before, self.archive, needed=understand(line).relation is None)
        if topic is None:
            return line
        self.told.append(told(topic.source, self.language, topic.words))
        return asked_about(line, topic, self.before, self.language)

    def _wider(self, selection: Filter, found: Leanings) -> str:
        """What to say where the other documents answer; nothing where a meeting was named."""
        document = self.before.document
        meant = found.any_of("document", "earlier", "later") or selection.documents == self.selection.documents
        if document is None or meant or selection.documents != (document.id,):
            return ""
        return told("wider", self.language, named(document, self.language))
