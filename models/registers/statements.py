"""Statements: who said what, by which verb (*X informerade om …*, *Y undrar om …*)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from corpus.tables import read_rows
from models.registers.decision_parts import points_of, role_of_heading
from models.registers.minutes import Minutes, Sentence
from models.registers.plain_text import flat, plain
from models.registers.records import Party, Statement

_TABLES = "models.registers.tables"
_NAME = r"(?-i:[A-ZÅÄÖÉÜ][\w'’-]+(?:\s+(?:[A-ZÅÄÖÉÜ][\w'’-]+|von|af|de|[A-Z]\.)){0,3})(?:\s+\([A-ZÅÄÖa-zåäö]{1,5}\))?"
# What stands between the name and the verb: ", förvaltningschef," and "(vice ordförande)".
_APPOSITION = r"(?:\s*,\s*[^.;:!?]{2,110}?,?|\s*\([^()]{2,60}\))?"
_MOST_FRAME = 90  # characters before an inverted verb: "Under punkten om ekonomi informerade Siri Ek om …"
_MOST_CONTENT = 600  # characters, where a list follows


class Resolver(Protocol):
    """Tells whom a name, a role or initials mean in these minutes."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        """The party that is written, at a character of the document where its place matters."""
        ...


class AsWritten:
    """The resolver of minutes whose people are unknown: everybody is called what is written."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        """The party as it is written."""
        return Party(written, written)


@dataclass(frozen=True, slots=True)
class _Said:
    """A verb of a statement in a sentence, by its characters in the sentence."""

    speakers: tuple[tuple[int, int], ...]
    start: int
    verb: str
    content: int


@cache
def _forms() -> dict[str, str]:
    return {row["name"]: rf"(?:{_spaced(row['pattern'])})" for row in read_rows(_TABLES, "statement_forms")}


def _spaced(pattern: str) -> str:
    """A pattern of a table in which a space matches any white space."""
    return pattern.replace(" ", r"\s+")


@cache
def _speaking() -> re.Pattern[str]:
    """A name or a pronoun."""
    return re.compile(rf"{_NAME}|{_forms()['pronoun']}(?!\w)", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = list(read_rows(_TABLES, "statement_verbs"))
    verbs = _spaced("|".join(row["pattern"] for row in rows))
    forms = _forms()
    one = rf"(?:{_roles().pattern}(?:\s+{_NAME})?|{_NAME}|{forms['pronoun']})(?!\w)"
    second = rf"{one}(?!\s+{forms['not_speaker']}\b)"
    who = rf"(?P<who>{one}(?:(?:\s*,\s*{_NAME})*{_APPOSITION}\s+(?:och|samt)\s+{second})?)"
    verb = rf"\s+(?P<verb>{verbs})"
    straight = rf"(?:^|(?<=[.;:–—-]\s)|(?<=\boch\s)|(?<=\n))\W*{who}{_APPOSITION}(?:\s+{forms['adverb']})?{verb}(?!\w)"
    inverted = rf"^\W*(?P<frame>[^.;:!?]{{2,{_MOST_FRAME}}}?){verb}\s+{who}(?!\w)"
    return re.compile(straight, re.IGNORECASE), re.compile(inverted, re.IGNORECASE)


@cache
def _particles() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """The verbs with the particles that belong to them, which may stand behind a receiver."""
    found = []
    for row in read_rows(_TABLES, "statement_verbs"):
        particle = None
        if row["particle"] != "-":
            receiver = rf"(?:\s+(?!{_forms()['not_receiver']}\b)(?-i:[a-zåäö])\S+){{0,4}}?"
            particle = re.compile(rf"{receiver}\s+(?P<particle>{row['particle']})\b", re.IGNORECASE)
        found.append((re.compile(_spaced(row["pattern"]), re.IGNORECASE), particle))
    return tuple(found)


@cache
def _roles() -> re.Pattern[str]:
    roles = "|".join(row["pattern"] for row in read_rows(_TABLES, "statement_speakers"))
    return re.compile(rf"(?:{_spaced(roles)})(?!\w)", re.IGNORECASE)


def find_statements(minutes: Minutes, resolver: Resolver) -> list[Statement]:
    """What persons, and roles and groups that speak, said, in reading order; one row for each speaker.

    *Han* and *hon* stand for the one person who spoke just before in the same paragraph.
    """
    known = _first_names(minutes.text)
    kinds = {(one.section, one.number): one.kind for one in minutes.paragraphs}
    skipped = {part.section.ordinal for point in points_of(minutes) for part in point.of("course", "decided", "aside")}
    found: list[Statement] = []
    for sentence in minutes.sentences:
        if kinds.get((sentence.section, sentence.paragraph)) not in ("text", "item", "row"):
            continue
        if sentence.section in skipped:
            continue
        text = flat(minutes.words(sentence))
        if not text.rstrip().endswith("?"):
            for pattern in _patterns():
                said = [
                    statement
                    for one in _said(text, pattern)
                    for statement in _statements(minutes, resolver, sentence, text, one, known, found)
                ]
                found += said
                if said:
                    break  # *Vidare informerade Siri Ek* is read the second way only where the first finds nobody
    return found


def _said(text: str, order: re.Pattern[str]) -> Iterator[_Said]:
    for match in order.finditer(text):
        after = max(match.end("verb"), match.end("who"))
        verb = re.sub(r"\s+", " ", match["verb"])
        content = after
        for pattern, particle in _particles():
            if pattern.fullmatch(match["verb"]) and particle and (found := particle.match(text, after)):
                if not re.fullmatch(_forms()["subclause"], found["particle"], re.IGNORECASE):
                    verb, content = f"{verb} {found['particle']}", found.end()
                break
        yield _Said(tuple(_speakers(text, match)), match.start("verb"), verb, content)


def _speakers(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The speakers of *Siri Ek, rektor, och Bo Alm*, without their titles."""
    who = match["who"]
    at = 0
    closed = re.search(r",\s*(?:och|samt)\s", who) is not None  # the commas set off titles
    follows_comma = False
    for piece in re.split(r"((?:\s*,\s*|\s+)(?:och|samt)\s+|\s*,\s*)", who):
        begin = match.start("who") + at
        role = _roles().match(piece)
        name = _speaking().match(piece, role.end() + 1 if role and role.end() + 1 < len(piece) else 0)
        title = follows_comma and (closed or role is not None)
        if name and not title:
            yield begin + name.start(), begin + name.end()
        elif role and not title:
            yield begin, begin + role.end()
        follows_comma = re.fullmatch(r"\s*,\s*", piece) is not None
        at += len(piece)


def _first_names(text: str) -> frozenset[str]:
    """The first words of names in a document: *Siri* of *Siri Ek*."""
    return frozenset(match[1] for match in re.finditer(r"\b([A-ZÅÄÖ][a-zåäöé-]+)[ \t]+[A-ZÅÄÖ][a-zåäöé-]+", text))


def _statements(
    minutes: Minutes,
    resolver: Resolver,
    sentence: Sentence,
    text: str,
    said: _Said,
    known: frozenset[str],
    before: list[Statement],
) -> Iterator[Statement]:
    content = _content(minutes, sentence, text, said)
    if not re.search(r"\w{3}", content):
        return
    for start, end in said.speakers:
        written = re.sub(r"\s+", " ", text[start:end]).strip()
        party = _party(resolver, sentence, written, sentence.start + start, known, before)
        if party is not None:
            yield Statement(party, said.verb, content, sentence.proof)


def _content(minutes: Minutes, sentence: Sentence, text: str, said: _Said) -> str:
    content = plain(text[said.content :])
    if adverb := re.match(rf"{_forms()['adverb']}\s+(?=att\s)", content, re.IGNORECASE):
        content = content[adverb.end() :]  # föreslår därför att …
    if outcome := re.search(_forms()["outcome"], content, re.IGNORECASE):
        content = content[: outcome.start()]  # … och mötet väljer dem: that was decided, not said
    heading = " ".join(minutes.section(sentence.section).heading.split())
    if re.fullmatch(_forms()["matter"] + r"\W*", content, re.IGNORECASE) and role_of_heading(heading) is None:
        content = heading or content
    if re.search(r"\bföljande\W*$|:$", content) or not content:
        items = [
            plain(minutes.words(one))
            for one in minutes.paragraphs
            if one.section == sentence.section and one.number > sentence.paragraph and one.kind == "item"
        ]
        content = " ".join([content, *items])[:_MOST_CONTENT].strip()
    return content


def _party(
    resolver: Resolver, sentence: Sentence, written: str, at: int, known: frozenset[str], before: list[Statement]
) -> Party | None:
    """Who speaks; None where the word is no person, role or group (*Rapporten visar …*)."""
    if re.fullmatch(_forms()["pronoun"], written, re.IGNORECASE):
        near = {
            one.person.name: one.person
            for one in before
            if (one.proof.section, one.proof.paragraph) == (sentence.section, sentence.paragraph)
        }
        if len(near) != 1:
            return None
        person = next(iter(near.values()))
        reason = f"{written} syftar på {person.name}, som talade närmast före i samma stycke"
        return Party(written, person.name, person.organisation, person.role, reason, person.others)
    party = resolver.resolve(written, at)
    if " " in written or _roles().fullmatch(written) or written in known or written.isupper():
        return party
    return party if party.name != written or party.reason else None
