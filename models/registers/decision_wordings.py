"""The wordings of decisions: what decides, of which kind, and what only looks like it.

The tables ``decision_*.tsv`` hold the patterns. A space in a pattern stands for any white
space, å, ä and ö for themselves or the letter that text recognition made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from corpus.tables import read_rows, table
from models.dates import find_dates
from models.registers.records import DecisionKind

_TABLES = "models.registers.tables"
_LOST = {"å": "[åa]", "ä": "[äa]", "ö": "[öo]"}  # text recognition loses the dots and rings: godkandes
_DATE_REACH = 90  # characters after the verb where the date of an old decision is looked for
_NEAR = 30  # characters between beslutar att and its infinitive: "enhälligt att godkänna"


@dataclass(frozen=True, slots=True)
class FoundWording:
    """A wording that decides at characters ``start`` to ``end``; ``content`` is where what was decided begins.

    ``by`` is who decided, as written. ``opens`` tells that the wording is *beslutar* and the like,
    so that the verb of the decision follows it.
    """

    start: int
    end: int
    kind: DecisionKind
    by: str | None
    opens: bool


@cache
def body_pattern() -> str:
    """A pattern of who decides, with what defines it: *Nämnden för Kultur & Fritid*."""
    bodies = "|".join(rf"[\w-]*(?:{row['pattern']})" for row in table("bodies"))
    others = "|".join(row["pattern"] for row in read_rows(_TABLES, "decision_bodies"))
    word = rf"(?:{bodies}|{others})"
    return rf"(?<![\w-])(?:(?-i:[A-ZÅÄÖ])[\w-]+s )?(?:{word})(?: för [\w&, ]{{3,60}}?)?(?!\w)"


def _filled(pattern: str) -> str:
    """A pattern of a table with its words in braces filled in; a space matches any white space."""
    whole = pattern.replace("{body}", f"(?:{body_pattern()})")
    for name in ("adverb", "decides"):
        whole = whole.replace(f"{{{name}}}", f"(?:{_forms()[name]})" if f"{{{name}}}" in whole else "")
    whole = re.sub(r" ([?*])", r"\\s*", whole).replace(" ", r"\s+")
    return re.sub(r"\[[^\]]*\]|[åäö]", lambda match: _LOST.get(match[0], match[0]), whole)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a ``decision_*`` table, compiled."""
    return re.compile(_filled(pattern), re.IGNORECASE | re.DOTALL)


@cache
def _forms() -> dict[str, str]:
    return {row["name"]: row["pattern"] for row in read_rows(_TABLES, "decision_forms")}


@cache
def form(name: str) -> re.Pattern[str]:
    """A pattern of ``decision_forms.tsv`` by its name."""
    return compiled(_forms()[name])


@cache
def _bodies() -> re.Pattern[str]:
    return compiled(body_pattern())


@cache
def _wordings() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    rows = read_rows(_TABLES, "decision_wordings")
    return tuple((compiled(row["pattern"]), row["kind"], "{body}" in row["pattern"]) for row in rows)


@cache
def _verbs() -> tuple[tuple[DecisionKind, dict[str, re.Pattern[str]]], ...]:
    found = []
    for row in read_rows(_TABLES, "decision_verbs"):
        forms = {name: row[name] for name in ("active", "passive", "infinitive") if row[name] != "-"}
        patterns = {name: compiled(rf"(?<!\w)(?:{form})(?!\w)") for name, form in forms.items()}
        if "active" in forms:
            patterns["subject"] = compiled(rf"{{body}}{{adverb}} (?:{forms['active']})(?!\w)")
            patterns["inverted"] = compiled(rf"(?<!\w)(?:{forms['active']}){{adverb}} {{body}}")
        found.append((cast(DecisionKind, row["kind"]), patterns))
    return tuple(found)


@cache
def _traps() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_rows(_TABLES, "decision_traps")
    return tuple(
        (row["where"], compiled(f"(?:{row['pattern']})$" if row["where"] == "just_before" else row["pattern"]))
        for row in rows
    )


def kind_of(text: str, near: int | None = None) -> DecisionKind | None:
    """The kind of the first verb of a decision in a text, whatever its form; None where there is none.

    With ``near`` an infinitive counts only that many characters in: further on it is a purpose.
    """
    best: tuple[int, int, DecisionKind] | None = None
    for at, (kind, patterns) in enumerate(_verbs()):
        for name in ("active", "passive", "infinitive"):
            match = patterns[name].search(text) if name in patterns else None
            if match and near is not None and match.start() > (near if name == "infinitive" else 3 * near):
                continue
            if match and (best is None or (match.start(), at) < best[:2]):
                best = (match.start(), at, kind)
    return best[2] if best else None


def find_wordings(text: str, meeting: date | None = None) -> list[FoundWording]:
    """What decides in a sentence, in order; traps (proposals, questions, old decisions) are left out."""
    found = sorted(_candidates(text), key=lambda one: (one.start, -one.end))
    kept: list[FoundWording] = []
    for one in found:
        covered = any(other.start <= one.start and one.end <= other.end for other in kept)
        if not covered and not _is_trapped(text, one, meeting):
            kept.append(one)
    return kept


def _candidates(text: str) -> Iterator[FoundWording]:
    for pattern, kind, names_body in _wordings():
        for match in pattern.finditer(text):
            by = _deciding(match[0]) if names_body else None
            if kind == "-":
                decided = kind_of(text[match.end() :], _NEAR) or "decide"
                yield FoundWording(match.start(), match.end(), decided, by, True)
            else:
                yield FoundWording(match.start(), match.end(), cast(DecisionKind, kind), by, False)
    for kind, patterns in _verbs():
        active = "active" in patterns and patterns["active"].search(text)
        for name in ("subject", "inverted", "passive"):
            # Whom a verb belongs to is looked for only where the verb stands: it is the costly part.
            if name in patterns and (name == "passive" or active):
                for match in patterns[name].finditer(text):
                    by = _deciding(match[0]) if name != "passive" else None
                    yield FoundWording(match.start(), match.end(), kind, by, False)


def _deciding(words: str) -> str | None:
    """Who decides in the words of a wording; *vi* and *det* name nobody."""
    match = _bodies().search(words)
    if match is None or match[0].casefold() in ("vi", "det"):
        return None
    return re.sub(r"(?<=[nt])s$", "", re.sub(r"\s+", " ", match[0]))  # nämndens mening: nämnden


def _is_trapped(text: str, one: FoundWording, meeting: date | None) -> bool:
    begin = clause_start(text, one.start)
    # A purpose is no trap for what was decided: För att vi ska kunna mötas togs beslut att …
    if (purpose := form("purpose").match(text, begin)) and purpose.end() <= one.start:
        begin = purpose.end()
    before, after = text[begin : one.start], text[one.end :]
    # The body may stand between a word of a trap and the verb: "om styrelsen beslutar".
    through = text[begin : one.end]
    for where, pattern in _traps():
        if where == "sentence" and pattern.search(text):
            return True
        if where == "before" and ((hit := pattern.search(through)) and hit.start() < len(before)):
            return True
        if where == "just_before" and pattern.search(before):
            return True
        if where == "after" and pattern.search(after):
            return True
    return _is_dated_before(after, meeting)


def _is_dated_before(after: str, meeting: date | None) -> bool:
    """Whether the day of another, earlier decision follows the verb: *antogs den 19 oktober 2023*."""
    if meeting is None:
        return False
    near = [one for one in find_dates(after[:_DATE_REACH], meeting) if one.end_date < meeting.isoformat()]
    return any(
        form("leads_to_date").fullmatch(after, 0, one.start) or form("at_a_meeting").fullmatch(after, 0, one.start)
        for one in near
    )


def clause_start(text: str, at: int) -> int:
    """Where the main clause begins that holds the character ``at``."""
    return max((one for one in _clause_starts(text) if one <= at), default=0)


def next_clause(text: str, begin: int, at: int) -> int | None:
    """Where the first main clause begins after ``begin`` that may hold ``at``; None where it is the same clause."""
    return next((one for one in _clause_starts(text) if begin < one <= at), None)


def _clause_starts(text: str) -> Iterator[int]:
    for match in form("clause").finditer(text):
        rest = text[match.end() :]
        if match[0].strip()[:1] in tuple(";:.—–") or _opens_clause(rest):
            yield match.end()


def _opens_clause(rest: str) -> bool:
    """Whether words after *och* begin a main clause of their own: a body or a name, not only a verb."""
    return bool(_bodies().match(rest)) or rest[:1].isupper()
