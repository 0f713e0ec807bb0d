"""Words for somebody just named (*hon*, *deras*, *him*), from ``engine/tables/pronouns.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from engine.chat.persons import fits, people_in
from engine.chat.words import any_of, word_in
from engine.facts.text import listed
from engine.hits import Language
from engine.questions.names import role_forms

_NAME = re.compile(r"(?<=\s)[A-ZÅÄÖÉ][\w-]+ [A-ZÅÄÖÉ][\w-]+")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word of a line that means somebody outside it, with its place."""

    text: str
    start: int
    end: int
    gender: str
    number: str
    form: str
    language: Language

    def replaced_in(self, line: str, names: tuple[str, ...]) -> str:
        """The line with the names in the place of the word."""
        said = listed(names, self.language)
        if self.form == "genitive":
            said += ("" if self.language == "sv" else "'") if said.endswith("s") else _OWNER[self.language]
        return line[: self.start] + said + line[self.end :]


_OWNER: dict[Language, str] = {"sv": "s", "en": "'s"}


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    gender: str
    number: str
    form: str
    language: Language


@cache
def _rows() -> tuple[_Row, ...]:
    languages: dict[str, Language] = {"sv": "sv", "en": "en"}
    return tuple(
        _Row(
            re.compile(rf"(?<![\w'’-])(?:{row['pattern']})(?![\w-])"),
            row["gender"],
            row["number"],
            row["form"],
            languages[row["language"]],
        )
        for row in read_rows("engine.tables", "pronouns")
    )


def pronoun_in(line: str) -> Pronoun | None:
    """The first word of a line for somebody whom the line itself does not name."""
    text = line if line.startswith("Hans ") else line[:1].lower() + line[1:]
    found: dict[int, Pronoun] = {}
    for row in _rows():
        for match in row.pattern.finditer(text):
            one = Pronoun(match[0], *match.span(), row.gender, row.number, row.form, row.language)
            found.setdefault(match.start(), one)
    return next((found[start] for start in sorted(found) if not _is_named_before(found[start], line)), None)


def _is_named_before(pronoun: Pronoun, line: str) -> bool:
    """Whether a line itself has whom its word means: *Vad sa Siri när hon valdes?*, *Vem lovade att hon …?*.

    In one Swedish clause *hennes* is somebody else's than who acts there: that would be *sin*.
    """
    before = line[: pronoun.start]
    if pronoun.number == "many":
        return len(people_in(before, ())) > 1 or word_in("clause", before, before.find(" ")) is not None
    if pronoun.form != "subject":  # *efter henne* begins no clause
        before = re.sub(rf"(?i)\b{any_of('after_clause')} $", "", before)

    def in_another_clause(start: int) -> bool:
        return word_in("clause", before, start) is not None

    same_clause_too = pronoun.language == "en" or pronoun.form == "subject"
    for name in (*people_in(before, ()), *_NAME.findall(before)):
        if fits(name, pronoun.gender) and (same_clause_too or in_another_clause(before.rfind(name))):
            return True
    role = max((match.end() for match in _role().finditer(before)), default=None)
    if role is not None and (in_another_clause(role) or (pronoun.language, pronoun.form) == ("en", "genitive")):
        return True
    asked = word_in("asked_for", before)
    return asked is not None and pronoun.form == "subject" and in_another_clause(asked.end())


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{role_forms()})(?![\w-])", re.IGNORECASE)
