"""The people of a question and its answer, and which of them *hon*, *han* or *de* can mean."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from corpus.tables import read_rows
from engine.chat.turns import Turn
from engine.questions.understanding import understand
from index.filters import Filter
from models.swedish import without_genitive

if TYPE_CHECKING:
    from index.archive import Archive
    from index.records import StoredDocument

_FACTS = ("meeting", "attendance", "role", "action", "statement")
_ALONE = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][\w-]+(?![\w-])")
# A name beside others: *…, Ada Lind och …*.
_LISTED = re.compile(r"(?:^|(?<=, )|(?<= och )|(?<= and ))[A-ZÅÄÖÉ][\w-]+ [A-ZÅÄÖÉ][\w-]+(?=,| [a-zåäö]|\W*$)")
_ANSWERED = 2  # people that an answer means: more are a list that they stand in
_NEXT_NAME = re.compile(r"(?:'s|’s)? (?:(?:von|van|af|de) )?[A-ZÅÄÖÉ]\w")


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in read_rows("engine.tables", "name_genders")}


def fits(name: str, gender: str, *, surely: bool = False) -> bool:
    """Whether somebody can be meant by a word for one of a gender; a first name that nobody knows fits both.

    ``surely``: only by a first name that is known.
    """
    first = name.split()[0]
    known = _genders().get(first) or _genders().get(first.split("-")[0])
    return gender == "any" or known == gender or (known is None and not surely)


def known_people(document: StoredDocument, archive: Archive) -> tuple[str, ...]:
    """The people that the registers know from a document, by their names there."""
    from engine.registers.people import mentions_in

    facts = archive.facts(_FACTS, Filter(documents=(document.id,)))
    return tuple(dict.fromkeys(one.name for fact in facts for one in mentions_in(fact)))


def people_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The people that a text names, in its order and in full where ``known`` tells who a first name is."""
    return tuple(dict.fromkeys(name for _, name in sorted(_placed(text, known))))


def _placed(text: str, known: Collection[str]) -> list[tuple[int, str]]:
    from models.registers.names import first_names, is_person, names_in

    spans: list[tuple[int, int]] = []
    found: list[tuple[int, str]] = []

    def note(start: int, end: int, name: str) -> None:
        if not any(start < other_end and other_start < end for other_start, other_end in spans):
            spans.append((start, end))
            found.append((start, name))

    for name in sorted((one for one in known if " " in one), key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?=s?(?![\w-]))", text):
            note(match.start(), match.end(), name)
    for start, end in names_in(text):
        note(start, end, _without_genitive(text[start:end], known))
    for match in _LISTED.finditer(text) if spans else ():
        if is_person(match[0]):
            note(match.start(), match.end(), match[0])
    for match in _ALONE.finditer(text):
        if not _NEXT_NAME.match(text, match.end()):
            for word in dict.fromkeys((match[0], without_genitive(match[0]))):
                whole = [name for name in known if name.split()[0] == word]
                if len(whole) == 1 or word in first_names():
                    note(match.start(), match.end(), whole[0] if len(whole) == 1 else word)
                    break
    return found


def _without_genitive(name: str, known: Collection[str]) -> str:
    bare = without_genitive(name)
    return bare if bare in known else name


def meant_by(gender: str, number: str, before: Turn, archive: Archive) -> tuple[str, ...]:
    """Whom a word of a gender and number means after a turn; nobody where that cannot be told.

    One is the person just named whom the word fits: who was asked for, else who was asked about, else the last.
    Many are all people of the answer, else of the question.
    """
    document = before.document
    known = known_people(document, archive) if document else ()
    asked = people_in(before.question, known)
    answered = people_in(before.answer.text or "", known)
    if number == "many":
        return next((names for names in (answered, asked) if len(names) > 1), ())
    quoted = people_in(before.answer.citations[0].quote, known) if before.answer.citations else ()
    earlier = _named_earlier(before, known)
    for_people = understand(before.question).wanted in ("person", "list")
    just_named = (answered, asked) if for_people else (asked, answered)
    new = [name for name in answered if name not in asked]
    first = new if for_people and len(new) <= _ANSWERED else []
    for names in (*just_named, quoted if len(quoted) == 1 else (), earlier, quoted):
        for surely in (True, False):
            fitting = [name for name in names if fits(name, gender, surely=surely)]
            if fitting:
                order = (*first, *asked, *reversed(earlier))
                return (next((name for name in order if name in fitting), fitting[-1]),)
    return ()


def _named_earlier(before: Turn, known: Collection[str]) -> tuple[str, ...]:
    """The people of the turns before one, the last one last."""
    names: list[str] = []
    turn = before.earlier
    while turn is not None:
        names = [*people_in(turn.question, known), *people_in(turn.answer.text or "", known), *names]
        turn = turn.earlier
    return tuple(names)
