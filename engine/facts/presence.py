"""How somebody was at a meeting: came late, left early, was there for a part of it, or was not called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from engine.facts.bodies import newest_first, placed
from engine.facts.matching import FactMatch, coverage, head_words, score
from engine.facts.meeting_match import said_in
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import listed, phrase
from engine.questions.turns import says, turn
from engine.registers.query import is_named, words_of
from index.records import StoredDocument, StoredFact
from models.registers.records import Attendance

How = Literal["late", "early", "part", "uncalled"]
_HOWS: tuple[How, ...] = ("uncalled", "late", "early", "part")
_PHRASES: dict[How, str] = {"late": "came_late", "early": "left_early", "part": "partly", "uncalled": "uncalled"}
_MOST_OF = 0.5  # of those present, so many must stand among the called, or the two lists are of other things


def how_asked(asked: Asked) -> How | None:
    """What of it a question asks for; None for one that asks only who was there."""
    return next((how for how in _HOWS if says(how, asked.understood.question)), None)


def in_part(asked: Asked, how: How) -> Iterator[FactAnswer]:
    """Who was there in this way, of the documents that may be meant; yes or no of one person."""
    for document in newest_first(asked):
        rows = [one for one in asked.store.facts_in([document], "attendance")
                if isinstance(one.fact, Attendance) and one.fact.status == "present" and one.fact.person]  # fmt: skip
        chosen = (
            _uncalled(asked, document, rows) if how == "uncalled" else [one for one in rows if _was(one, how, rows)]
        )
        section = asked.understood.limits.section
        if section and how != "uncalled":
            chosen = [one for one in chosen if section in re.findall(r"\d+", getattr(one.fact, "part", None) or "")]
        person = asked.understood.limits.person
        if person:
            chosen = [one for one in chosen if is_named(person, getattr(one.fact, "person", ""))]
        if chosen:
            yield from _told(asked, document, chosen, how)
            return


def _was(one: StoredFact, how: How, rows: Sequence[StoredFact]) -> bool:
    """Whether a list says that somebody was there in this way; *§§ 1–6* is from the beginning, and so left early."""
    assert isinstance(one.fact, Attendance)
    part = one.fact.part
    if not part:
        return False
    came, left = says("came", part), says("left", part) and not says("came", part)
    if how == "part":
        return True
    if how == "late":
        return came
    return left or (says("within", part) and _begins_with_the_first(part))


def _begins_with_the_first(part: str) -> bool:
    numbers = re.findall(r"\d+", part)
    return len(numbers) > 1 and numbers[0] == "1"


def _uncalled(asked: Asked, document: StoredDocument, rows: Sequence[StoredFact]) -> list[StoredFact]:
    """Those present who do not stand in the list of those who were called; nobody where the two do not compare."""
    called = [chunk.text for chunk in asked.store.chunks(document)
              if turn("called").fullmatch((chunk.section.heading or "").strip(" :*#"))]  # fmt: skip
    known = words_of("\n".join(called))
    there = [one for one in rows if words_of(getattr(one.fact, "person", "")) <= known]
    if not called or len(there) < _MOST_OF * len(rows):
        return []
    return [one for one in rows if not words_of(getattr(one.fact, "person", "")) & known]


def _told(asked: Asked, document: StoredDocument, rows: Sequence[StoredFact], how: How) -> Iterator[FactAnswer]:
    spoken = asked.understood.language
    names = [_named(one, how) for one in rows]
    text = phrase(_PHRASES[how], spoken, who=listed(names, spoken))
    if asked.understood.wanted == "yes_no":
        text = phrase("no" if says("whole", asked.understood.question) else "yes", spoken, text=text)
    text = placed(asked, text, document)
    about = asked.store.words(asked.store.about(document))
    said = said_in(asked, *_HOWS) | asked.store.words(asked.understood.limits.person or "").lemmas
    left = [word for word in asked.topic if word.lemma not in said
            and (word.word not in head_words() or word.found_in(about))]  # fmt: skip
    share = coverage(left, about)
    match = FactMatch("attended", share, share, None, asked.meant.dated, asked.meant.single)
    answer = made(asked, [text], rows, match, score(match))
    if answer:
        yield answer


def _named(one: StoredFact, how: How) -> str:
    assert isinstance(one.fact, Attendance)
    return f"{one.fact.person} ({one.fact.part})" if one.fact.part and how != "uncalled" else one.fact.person or ""
