"""What a follow-up without a matter of its own is about: that of the question before, or what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from engine.chat.bodies import body_named
from engine.chat.matters import matter_of
from engine.chat.persons import known_people, people_in
from engine.chat.times import without_times
from engine.chat.turns import Turn
from engine.hits import Language
from engine.questions.understanding import understand
from engine.questions.wording import content_words
from index.archive import Archive

_TAKEN = ": "  # before the matter that was taken from the question before
_LONGEST = 25  # words of an answer that are asked about
_OF_WORDS = ("task", "decision", "statement")
_TO_BE_DONE = ("assigned", "undertaken", "deadline")
# What a bare question for the time of a task asks: its deadline, not when it was given.
_WHEN: dict[Language, dict[str, str]] = {
    "sv": dict.fromkeys(("när", "när exakt"), "När ska det vara klart"),
    "en": dict.fromkeys(("when", "when exactly"), "When must it be ready"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that are asked about, and where they come from: *topic* of the question, *answer*."""

    words: str
    source: str


def topic_before(before: Turn, archive: Archive, *, needed: bool) -> Topic | None:
    """What a turn was about; ``needed``: its question's every word rather than nothing.

    Where its question names nobody but a person (*Vad lovade Siri?*), it is what was answered.
    """
    kept = without_times(before.question.partition(_TAKEN)[2] or before.question)
    body = body_named(kept, archive)
    matter = matter_of(kept, [(body.start, body.end)] if body else [])
    words = matter.text if matter else ""
    if words and not _is_only_people(words, before, archive):
        return Topic(words, "topic")
    answer = (before.answer.text or "").rstrip(" .")
    if 0 < len(answer.split()) <= _LONGEST and (words or understand(before.question).wanted in _OF_WORDS):
        return Topic(answer, "answer")
    if not words and before.earlier is not None:  # *Vilka deltog?* between two questions of a matter
        return topic_before(before.earlier, archive, needed=needed)
    words = words or (" ".join(content_words(kept)) if needed else "")
    return Topic(words, "topic") if words else None


def _is_only_people(words: str, before: Turn, archive: Archive) -> bool:
    if any(word.islower() for word in words.split()):
        return False
    return bool(people_in(words, known_people(before.document, archive) if before.document else ()))


def asked_about(line: str, topic: Topic, before: Turn, spoken: Language) -> str:
    """The line, or what it means after a task, with the matter that it is about."""
    if understand(before.question).relation in _TO_BE_DONE:
        line = _WHEN[spoken].get(line.lower(), line)
    return f"{line}{_TAKEN}{topic.words}"
