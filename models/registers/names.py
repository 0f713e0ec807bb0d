"""What a name in a list is: a person, an organisation, a title; by form and by tables of words."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows

_TABLES = "models.registers.tables"
_NAME_WORD = r"(?:[A-ZÅÄÖÉÜØÆÁŠ](?:[\w'´’]|\.(?=\s?[A-ZÅÄÖ])|\.(?=[A-ZÅÄÖ]))*(?:-[\w'´’]+)*)"
_PARTICLE = r"(?:von|af|de|van|der|den|la|le|di|da|del|el|al|bin|ter)"
_NAME = re.compile(rf"{_NAME_WORD}(?: +(?:{_PARTICLE} +)*{_NAME_WORD}){{0,5}}")
_NICK = re.compile(r"[a-zåäö][\w-]{1,15}")
_STREET = re.compile(r"(?:gatan|vägen|torget|skolan|gård|priset)s?$")
PARTY = re.compile(r"[A-ZÅÄÖ]{1,4}|-")  # *(S)*, *(KD)*, *(-)* for someone of no party


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of this folder."""
    return tuple(read_rows(_TABLES, name))


@cache
def titles() -> re.Pattern[str]:
    """One title or role, as whole words."""
    any_of = "|".join(f"(?:{row['pattern']})" for row in rows("titles"))
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])", re.IGNORECASE)


@cache
def role_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms of a role with the role that they mean: *Ordf* is ordförande."""
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["role"]) for row in rows("titles") if row["role"])


def role_of(written: str) -> str | None:
    """The role that a word for it means (*Ordf*, *ordföranden* → *ordförande*), or None."""
    text = written.strip(" .,:;*").removesuffix("s") if written.endswith("ns") else written.strip(" ,:;*")
    return next((role for pattern, role in role_names() if pattern.fullmatch(text)), None)


@cache
def capacities() -> re.Pattern[str]:
    """A title in which someone takes part in a meeting: *ledamot*, *ersättare*."""
    any_of = "|".join(row["pattern"] for row in rows("titles") if row["capacity"] == "yes")
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])", re.IGNORECASE)


@cache
def first_names() -> frozenset[str]:
    """Common Swedish first names."""
    return frozenset(row["name"] for row in rows("first_names"))


@cache
def _organisation() -> re.Pattern[str]:
    by_kind: dict[str, list[str]] = {}
    for row in rows("organisations"):
        by_kind.setdefault(row["kind"], []).append(row["pattern"])
    word, ending, start = ("|".join(by_kind[kind]).replace("å", "[åa]") for kind in ("word", "ending", "start"))
    short = "|".join(by_kind["abbreviation"])
    return re.compile(
        rf"(?i:\b(?:{word})s?(?![\w-])|(?<![\w-])[\w-]*(?:{ending})s?(?![\w-])|^\W*(?:{start})\s+\S|^\W*(?:{ending})s?$)"
        rf"|^\W*(?:{short})\W*$"
    )


@cache
def _not_names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows("not_names")), re.IGNORECASE)


def is_organisation(text: str) -> bool:
    """Whether words name an organisation: *Älvtorps kommun*, *Region Sjöbygden*, *Skatteverket*, *SMHI*."""
    return _organisation().search(text) is not None


def is_title(text: str) -> bool:
    """Whether words are titles and nothing else: *1:e vice ordförande*, *administrativ chef*."""
    return bool(text.strip()) and not titles().sub("", text).strip(" ,.&och")


def name_at(text: str, pos: int = 0) -> re.Match[str] | None:
    """The name with capital letters that begins at ``pos``, if its first word can begin one."""
    match = _NAME.match(text, pos)
    if match is None or _not_names().fullmatch(match[0].split()[0]):
        return None
    return match


def is_person(text: str, *, alone: bool = False) -> bool:
    """Whether words are the name of a person: two capitalised words or more, no organisation.

    ``alone``: a single word is enough, as in a list of first names or of user names.
    """
    text = text.strip(" *_.")
    if not text or is_organisation(text) or is_title(text):
        return False
    match = name_at(text)
    if match is None or match.end() < len(text):
        return bool(alone and _NICK.fullmatch(text) and not _not_names().fullmatch(text))
    words = text.split()
    if len(words) == 1:
        return alone or text in first_names()
    return not any(_not_names().fullmatch(word) for word in words)


def split_run(words: list[str]) -> int:
    """Where a comma is missing in *Ada Ek Bo Lind*: the words before the second first name, or 0."""
    if len(words) < 4:
        return 0
    for n in range(2, len(words) - 1):
        if words[n] in first_names() and words[0] in first_names() and words[n - 1] not in first_names():
            return n
    return 0


def names_in(text: str) -> list[tuple[int, int]]:
    """The full names in running text that begin with a common first name, as ranges."""
    found: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        words = [(match.start() + w.start(), w[0]) for w in re.finditer(r"\S+", match[0])]
        first = next((n for n, (_, word) in enumerate(words) if word in first_names()), len(words))
        words = words[first:]
        while words and (is_title(words[-1][1]) or _not_names().fullmatch(words[-1][1])):
            words.pop()
        if len(words) < 2:
            continue
        start, end = words[0][0], words[-1][0] + len(words[-1][1])
        end -= len(text[start:end]) - len(text[start:end].rstrip(".'´’"))
        if is_person(text[start:end]) and not _STREET.search(text[start:end]):
            found.append((start, end))
    return found
