"""Entries of lists of names: *Ada Ek (S), ordförande, §§ 1–4* is a person with what is said of her."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.lines import BULLET
from models.registers.names import (
    PARTY,
    capacities,
    is_organisation,
    is_person,
    is_title,
    name_at,
    rows,
    split_run,
    titles,
)

_SEPARATOR = re.compile(
    r"\s*,\s+(?:och|samt|and|&)\s+|\s*[,;\t|]\s*|\s{3,}|\s+[-–—]\s+|\s+(?:och|samt|and|&)\s+|\n+", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:och|samt|and|&)\s+", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|</?\w[^<>]*>")
_BRACKETS = re.compile(r"\(([^()]*)\)|[‹<]([^‹›<>]*)[›>]")
_NUMBER = re.compile(r"\d{6,8}\s*-\s*\d{4}|\d{4,8}")
_NOBODY = re.compile(r"[-–—.]*|ing(?:en|a|et)|nobody|none|n/a", re.IGNORECASE)
_SENTENCE = re.compile(r"\. |(?:\S+ ){9}")
_CHAIR_PART = re.compile(r"ordf\w*\.? +(?:§§?|punkt)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One who is listed: ``person`` None for a body; ``absent`` where the entry itself says so."""

    start: int
    end: int
    person: str | None
    organisation: str | None = None
    capacity: str | None = None
    substitute_for: str | None = None
    part: str | None = None
    absent: bool = False


@dataclass(slots=True)
class _Piece:
    """A part of a list between separators, with its brackets taken out."""

    start: int
    end: int
    text: str
    before: str  # the separator before it
    brackets: list[str] = field(default_factory=list)


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in rows("attendance_parts"))


def read_list(text: str, start: int, end: int, *, each_line: bool, alone: bool = False) -> list[Listed]:
    """The entries of a list at ``start`` to ``end`` of ``text``, in reading order.

    ``each_line``: one entry a line, so that what follows a comma belongs to it (*Ada Ek, Svenska
    Fisk*); otherwise names run on between commas. ``alone``: a single word is a name (*nsg*, *Ada*).
    """
    pieces = list(_pieces(text, start, end, each_line))
    shown = [one for one in pieces if one.text and not _NOBODY.fullmatch(one.text)]
    bodies = any(is_organisation(one.text) for one in shown[:1]) or (
        sum(is_organisation(one.text) for one in shown) * 2 > len(shown)
    )
    bodies = bodies and not any(_person(one.text) for one in shown)
    alone = not bodies and (alone or (not each_line and len(shown) > 1 and _nicks(shown)))
    found: list[Listed] = []
    for n, piece in enumerate(shown):
        titled = n == 0 and len(shown) > 1 and is_title(shown[1].text)  # *Lorin | ledamot*
        _add(found, piece, bodies=bodies, alone=alone or titled, each_line=each_line)
    found = [one for one in found if one.person or one.organisation]
    return found if each_line else _sharing(found, text)


def _sharing(found: list[Listed], text: str) -> list[Listed]:
    """With the organisation that two share, *Ada Ek och Bo Ek, Älvtorps kommun*, where all others have one."""
    for n, one in enumerate(found[:-1]):
        following = found[n + 1]
        joined = _AND.fullmatch(text[one.end : following.start].replace("*", "")) is not None
        alone = one.person is not None and one.organisation is None
        if alone and joined and all(other.organisation for other in found if other is not one):
            found[n] = replace(one, organisation=following.organisation)
    return found


def is_run_of_nicks(text: str) -> bool:
    """Whether words between commas are single names: *nsg, kaj, Fabian*."""
    pieces = [one for one in _pieces(text, 0, len(text), each_line=False) if one.text]
    return len(pieces) > 1 and _nicks(pieces) and not any(is_organisation(p.text) or is_title(p.text) for p in pieces)


def is_nobody(text: str) -> bool:
    """Whether words say that there is nobody: *-*, *inga*."""
    return _NOBODY.fullmatch(text.strip(" *.")) is not None


def _nicks(pieces: list[_Piece]) -> bool:
    """A run of user names or first names: most pieces are one word, or all but a few are full names."""
    single = sum(len(one.text.split()) == 1 for one in pieces)
    full = sum(_person(one.text) for one in pieces)
    return single * 2 >= len(pieces) or (full > 2 and single * 3 < full)


def _add(found: list[Listed], piece: _Piece, *, bodies: bool, alone: bool, each_line: bool) -> None:
    """Begin an entry with a piece, or add what it says to the entry before."""
    lead = titles().match(piece.text)
    text = piece.text
    role: str | None = None
    while lead and lead.end() < len(text) and text[lead.end()] in " :":
        role = lead[0]
        text = text[lead.end() :].lstrip(" :")
        lead = titles().match(text)
    name, rest = _name(text, alone)
    follows = bool(found) and (piece.before.strip() in (",", "", "|", ";") or "   " in piece.before)
    if bodies and (is_organisation(text) or text[:1].isupper()) and not is_title(text) and not _SENTENCE.search(text):
        found.append(_with_brackets(Listed(piece.start, piece.end, None, text), piece))
        return
    starts = name is not None and not (each_line and follows and found and not _likely(name))
    if starts and name is not None:
        one = Listed(piece.start, piece.end, name, capacity=role)
        found.append(_with_brackets(_said(one, rest) if rest else one, piece))
    elif found:
        last = replace(found[-1], end=piece.end)
        found[-1] = _with_brackets(_said(last, piece.text, follows=follows and each_line), piece)
    elif is_organisation(text) and not _SENTENCE.search(text) and not text.islower():
        found.append(_with_brackets(Listed(piece.start, piece.end, None, text), piece))


def _likely(name: str) -> bool:
    """Whether a name after a comma on a line of its own entry is another person all the same."""
    from models.registers.names import first_names

    return name.split()[0] in first_names() and len(name.split()) > 1


def _name(text: str, alone: bool) -> tuple[str | None, str]:
    """The person that a piece begins with, without titles, and what follows the name."""
    match = name_at(text)
    if match is None:
        bare = text.strip(" *.")
        return (bare, "") if alone and is_person(bare, alone=True) else (None, text)
    name, rest = match[0], text[match.end() :].strip()
    for title in list(titles().finditer(name))[::-1]:
        if title.end() == len(name) and title.start():
            rest = f"{title[0]} {rest}".strip()
            name = name[: title.start()].strip()
    whole = f"{name} {rest}" if rest and not _about(rest) else name
    if is_organisation(whole) or not is_person(name, alone=alone):
        return None, text
    if rest and not _about(rest) and not titles().match(rest) and not is_organisation(rest) and rest not in "*.":
        return None, text
    return name, rest.strip("*. ")


def _about(text: str) -> bool:
    """Whether words after a name tell of a part of the meeting, a substitution or absence."""
    return any(pattern.match(text) for _, pattern in _parts())


def _person(text: str) -> bool:
    return len(text.split()) > 1 and is_person(text)


def _with_brackets(one: Listed, piece: _Piece) -> Listed:
    """With what stands in brackets: a party, a part of the meeting, an organisation; nicknames are left out."""
    for inside in piece.brackets:
        if PARTY.fullmatch(inside):
            if one.organisation is None and inside != "-":
                one = replace(one, organisation=inside)
        else:
            one = _said(one, inside, bracket=True)
    return one


def _said(one: Listed, text: str, *, follows: bool = False, bracket: bool = False) -> Listed:
    """With what a piece says: part, substitution, absence, capacity, organisation."""
    for kind, pattern in _parts():
        match = pattern.search(text)
        if match is None or (kind == "part" and _CHAIR_PART.search(text)):
            continue
        if kind == "substitute" and is_organisation(text[: match.start()].strip()):
            continue  # *förvaltningen för Kultur & Fritid*
        if kind == "substitute" and one.substitute_for is None:
            one = replace(one, substitute_for=re.sub(r"\s+", " ", match["for"]).strip())
            if titles().match(match[0].removeprefix("tjänstgörande ")) and one.capacity is None:
                one = replace(one, capacity=match[0].split(" för ")[0])
        elif kind == "part" and one.part is None:
            one = replace(one, part=match[0].strip())
        elif kind == "absent":
            one = replace(one, absent=True)
        text = (text[: match.start()] + text[match.end() :]).strip(" ,.")
    capacity = capacities().search(text)
    if capacity and one.capacity is None and not bracket:
        one = replace(one, capacity=capacity[0])
    bare = titles().sub(" ", text).strip(" ,.:")
    bare = re.sub(r"\s+", " ", re.sub(r"^(?:på|vid|för|i|från) ", "", bare))
    known = is_organisation(bare) or (follows and not bracket and bare[:1].isupper() and not _NUMBER.search(bare))
    if bare and known and not re.search(r"\d", bare):
        said = bare if one.organisation is None or PARTY.fullmatch(one.organisation) else f"{one.organisation}, {bare}"
        if one.organisation is None or not PARTY.fullmatch(one.organisation):
            one = replace(one, organisation=said)
    return one


def _pieces(text: str, start: int, end: int, each_line: bool) -> Iterator[_Piece]:
    """The pieces of a list: brackets stay with the piece that they stand in."""
    clean = _blanked(text[start:end])
    at, before = 0, ""
    depth_free = _BRACKETS.sub(lambda m: "\x00" * len(m[0]), clean)
    cuts: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(depth_free):
        if _AND.fullmatch(match[0]) and not _parts_two(depth_free, at, match, each_line):
            continue
        if "\n" in match[0] and not each_line and not match[0].strip(" \n") and _wrapped(depth_free, at, match):
            continue
        cuts.append((match.start(), match.end()))
        at = match.end()
    at = 0
    for first, last in [*cuts, (len(clean), len(clean))]:
        yield from _pieced(clean[at:first], start + at, before)
        before, at = clean[first:last], last


def _blanked(text: str) -> str:
    """The text with markup, bullets and identity numbers as spaces, so that offsets stay."""
    text = _MARKUP.sub(lambda m: " " * len(m[0]), text)
    text = re.sub(
        r"(?m)^([ \t]*)(\S+[ \t]+)", lambda m: m[1] + (" " * len(m[2]) if BULLET.fullmatch(m[2]) else m[2]), text
    )
    return re.sub(r"\d{6,8}\s*-\s*\d{4}", lambda m: " " * len(m[0]), text)


def _parts_two(text: str, at: int, match: re.Match[str], each_line: bool) -> bool:
    """Whether an *och* stands between two who are listed, not inside a name: *Havs- och vattenmyndigheten*."""
    left, right = text[at : match.start()].strip(" \x00*"), text[match.end() :].lstrip(" \x00*")
    if left.endswith("-"):
        return False
    first = re.split(r"[,;\n\x00]", right, maxsplit=1)[0].strip()
    led = titles().match(first)
    if led:
        first = first[led.end() :].strip(" :")
    following = name_at(first)
    if not each_line:
        return bool(left) and (following is not None or bool(re.fullmatch(r"[a-zåäö0-9_-]{2,16}\*?\.?", first)))
    return following is not None and _person(following[0]) and not is_organisation(first)


def _wrapped(text: str, at: int, match: re.Match[str]) -> bool:
    """Whether a line break goes through a name: fewer than two words stand on one side of it."""
    left = text[at : match.start()].split()
    right = re.split(r"[,;\n]", text[match.end() :], maxsplit=1)[0].split()
    return bool(left) and (len(left) < 2 or len(right) < 2 or not (right[0][:1].isupper() and left[-1][:1].isupper()))


def _pieced(raw: str, start: int, before: str) -> Iterator[_Piece]:
    """A piece with its brackets apart; two where a comma is missing between two names."""
    brackets = [(m[1] or m[2] or "").strip() for m in _BRACKETS.finditer(raw)]
    bare = _BRACKETS.sub(lambda m: " " * len(m[0]), raw)
    lead = len(raw) - len(raw.lstrip())
    end = start + len(raw.rstrip())
    words = re.sub(r"\s+", " ", bare).strip(' .:>–-"”“').split()
    n = split_run(words)
    if n and not brackets and all(word[0].isupper() for word in words):
        middle = start + lead + len(" ".join(words[:n]))
        yield _Piece(start + lead, min(middle, end), " ".join(words[:n]), before)
        yield _Piece(min(middle + 1, end), end, " ".join(words[n:]), ",")
        return
    yield _Piece(start + lead, end, " ".join(words), before, brackets)
