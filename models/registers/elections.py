"""Who was elected to what: *Mötet beslutar att välja Asta Gren till revisor*, lists of a new board.

The words are in the table ``election_words``; a role in the plural is that of each one elected
(*till revisorer* → *revisor*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from models.lemma_data import dictionary_lemma
from models.registers.affiliations import indefinite, role_in
from models.registers.full_names import find_names, groups_of, people_of
from models.registers.lines import Line, lines_of, unmarked
from models.registers.minutes import Minutes
from models.registers.offices import NEW_OFFICE, election_words

_AND = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?:,|&|,?\s*\boch\b|,?\s*\bsamt\b)\s*")
_TO = re.compile(r"\s*\b(?:till|som)\s+")
_NOT = re.compile(r"\binte\s+(?:att\s+)?$", re.IGNORECASE)
_ELECTION_OF = re.compile(r"\b(?:val|utseende) av (.+)", re.IGNORECASE)
_BOARD = re.compile(r"\bstyrelse", re.IGNORECASE)
_OTHERS = re.compile(r"^\W*(?:(?:övriga|nya|två|tre|\d)\s+)+", re.IGNORECASE)
_SECOND = re.compile(r",|&|\boch\b|\bsamt\b")
_BETWEEN_NAMES = re.compile(r"\([^()]*\)|\boch\b|\bsamt\b|\W|\d")
_LABEL = re.compile(r"^\W*([^:()]{3,40}?)\s*:\s*(.+)$")
_PLURAL = re.compile(r"(?i:(?P<member>ledam)öter|(?P<man>m)än|(?P<other>\w{3,}(?:or|ant|ör|ent))er)(?:na)?$")
_MAX_ROLE_WORDS = 3


def elected_in(text: str) -> Iterator[tuple[str, str]]:
    """The full names and roles of the elections in a sentence, without markup, in reading order."""
    for clause in NEW_OFFICE.split(text):
        named = election_words("named").search(clause)
        role = role_of(named[0].split(" ", 1)[1]) if named else None
        if named is not None and role is not None:
            yield from ((name.text, role) for name in find_names(clause[named.end() :]))
    words = [
        one
        for order in ("before", "after")
        for one in election_words(order).finditer(text)
        if not _NOT.search(text[: one.start()])
    ]
    first = min((one.start() for one in words), default=len(text))
    for group in groups_of(text, list(find_names(text)), _AND):
        at = group[-1].end
        into = election_words("into").match(text, at)
        at = into.end() if into else at
        space = len(text[at:]) - len(text[at:].lstrip())
        to = election_words("after").match(text, at + space) or (
            _TO.match(text, at) if first < group[0].start else None
        )
        role = role_of(text[to.end() :]) if to and words else None
        if role:
            yield from ((one.text, role) for one in group)


def role_of(words: str) -> str | None:
    """The role or post that a phrase begins with, in the singular: *övriga ledamöter för 2031* → *ledamot*."""
    split = _OTHERS.sub("", words).split()[:_MAX_ROLE_WORDS]
    singular = " ".join(_singular(word.strip(",.:")) for word in split)
    post = election_words("post").match(singular)
    role = role_in(singular) or (post[0] if post else None)
    return indefinite(role) if role else None


@cache
def _singular(word: str) -> str:
    match = _PLURAL.search(word)
    if not match:
        return word
    if match["member"]:
        return f"{word[: match.end('member')]}ot"
    if match["man"]:
        return f"{word[: match.end('man')]}an" if word.casefold() != "män" else word
    lemma = dictionary_lemma(word.casefold())
    return lemma if lemma and not lemma.endswith("a") else word[: match.end("other")]


def elected_by_list(minutes: Minutes, called: Mapping[str, str]) -> Iterator[tuple[str, str, Line]]:
    """Those whom lines name and nothing else, under *Val av revisorer* or *Följande valdes som ledamöter*.

    ``called`` gives the names of those who stand there by their nicknames. *Ledamöter: Asta Gren* counts
    where a board is elected.
    """
    here, role, board = -1, None, False
    for line in lines_of(minutes):
        heading = unmarked(minutes.section(line.section).heading)
        if line.section != here:
            of = _ELECTION_OF.search(heading)
            role = role_of(of[1]) if of and not _SECOND.search(of[1]) else None
            here, board = line.section, bool(of and _BOARD.search(of[1]))
        opens = election_words("list").search(line.text)
        if opens:
            of_list = line.text[opens.end() :]
            role, board = role_of(of_list), _BOARD.match(of_list) is not None
            continue
        if line.kind == "heading" or line.text == heading:
            continue
        label = _LABEL.match(line.text)
        of_label = role_of(label[1]) if label else None
        if label and of_label and board:
            for name in people_of(label[2], nicknames=True):
                if " " in called.get(name, name):
                    yield called.get(name, name), of_label, line
            continue
        names = _only_names(line.text)
        if role and names:
            yield from ((name, role, line) for name in names)
        elif not board:
            role = None  # what follows is of something else


def _only_names(text: str) -> list[str]:
    rest, names = text, []
    for one in find_names(text):
        names.append(one.text)
        rest = rest.replace(one.text, "")
    return names if "(" not in text and not _BETWEEN_NAMES.sub("", rest) else []
