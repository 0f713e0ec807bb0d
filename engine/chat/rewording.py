"""The question before, asked again with something else in the place of its own: *och i Ladan?*, *och Bo Ek?*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.chat.bodies import body_named
from engine.chat.fragments import limits_of
from engine.chat.matters import matter_of
from engine.chat.persons import known_people, people_in
from engine.chat.times import is_year, month_in, without_times
from engine.chat.turns import Turn
from engine.chat.words import any_of
from engine.questions.names import Named, role_in
from engine.questions.patterns import Range
from index.archive import Archive
from index.filters import Filter

_SECTION = re.compile(r"(?i)(?:\b(?:i|under|in) )?§+\s*\d+\w?")
_CAPITALS = r"[A-ZÅÄÖÉ][\w&-]*(?: [A-ZÅÄÖÉ][\w&-]*)*(?: kommun| län| förening| region| municipality)?"
_VERB = re.compile(r"(?:att|to) ")


def asked_again(before: Turn, new: str, archive: Archive, selection: Filter) -> str:
    """The question of a turn, without its time, about another time, §, body, person or matter; or as it was.

    What cannot be put in a place of its own is set at the end.
    """
    limits = limits_of(new)
    timed = bool(limits.since or limits.until or limits.latest or limits.next or month_in(new) or is_year(new))
    kept = without_times(before.question, years=timed).rstrip(" ?.!")
    if limits.section:
        kept = _SECTION.sub("", kept).strip()
    if new and not timed and not limits.section:
        return _with_new(kept, new, before, archive, selection)
    return f"{kept} {new}"


def _with_new(kept: str, new: str, before: Turn, archive: Archive, selection: Filter) -> str:
    old = body_named(kept, archive, selection)
    led = _lead(new)
    if body_named(new, archive, selection) or (led is not None and led["name"][0].isupper()):
        return _with_body(kept, old, new)
    asked, now = limits_of(kept), limits_of(new)
    known = known_people(before.document, archive) if before.document else ()
    people = [*people_in(kept, known), *filter(None, (asked.person,))]
    if people and (now.person or people_in(new, known) or role_in(new, (0, 0))):
        return _with_person(kept, people, new)
    if asked.organisation and now.organisation and asked.organisation in kept:
        return kept.replace(asked.organisation, now.organisation, 1)
    return _with_thing(kept, [(old.start, old.end)] if old else [], new)


def _lead(text: str) -> re.Match[str] | None:
    """A preposition before the name of something: *i Ladan*, *om taxan*."""
    return re.match(rf"(?P<word>(?i:{any_of('lead')})) (?P<name>.+)$", text)


def _with_body(question: str, old: Named | None, new: str) -> str:
    """Another body or place. One in the genitive, or who acts, only changes its name: *Sjöstråkets möte*."""
    if old is None:
        return _with_place(question, new)
    led = _lead(new)
    name = led["name"] if led else new
    start, end = old.start, old.end
    before = re.search(rf"(?i)\b{any_of('lead')} $", question[:start])
    if question[start:end] != old.text:  # a genitive
        english = re.search(r"['’]s$", question[start:end])
        name += "'s" if english else "" if name.endswith("s") else "s"
    elif led and before:
        start, name = before.start(), new
    return question[:start] + name + question[end:]


def _with_place(question: str, new: str) -> str:
    """A place in the place of one after a word of the same sort: *för Älvtorps kommun* → *för Granmyra*."""
    led = _lead(new)
    is_place = led is None or re.fullmatch(any_of("place"), led["word"].lower())
    word = any_of("place") if led is None or is_place else re.escape(led["word"].lower())
    found = list(re.finditer(rf"(?<!\w){word} {_CAPITALS}", question))
    if not found:
        return f"{question} {new}"
    last = found[-1]
    put = new if led else f"{last[0].partition(' ')[0]} {new}"
    return question[: last.start()] + put + question[last.end() :]


def _with_person(question: str, old: Sequence[str], new: str) -> str:
    """Another person in the place of the last of those that the question names."""
    name = next((one for one in reversed(old) if one in question), None)
    return f"{question} {new}" if name is None else question.replace(name, new, 1)


def _with_thing(question: str, places: Sequence[Range], new: str) -> str:
    """Another matter in the place of the thing that the question is about: *och hyresavtalet?*."""
    verb = _VERB.match(new)
    task = re.search(rf"(?<!\w){verb[0]}", question) if verb else None
    if task:  # *och att uppdatera listan?*
        return question[: task.start()] + new
    matter = matter_of(question, places)
    if matter is None:
        return f"{question} {new}"
    start = matter.start
    before = re.search(rf"(?i)\b{any_of('lead')} $", question[:start])
    if before and _lead(new):
        start = before.start()
    return question[:start] + new + question[matter.end :]
