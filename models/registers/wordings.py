"""The set wordings of commissions: *Eva får i uppdrag att …*, *uppdras åt Eva att …*, *Bo åtar sig att …*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from models.registers.action_text import rows
from models.registers.assignees import names_nobody, party_pattern

_PLACE = re.compile(r"\{(\w+)\}")
_NEXT_POINT = re.compile(r",?\s+(?:samt|och) att\b|,\s+att\b")
_ENDS = " .;,:–—-|"


@dataclass(frozen=True, slots=True)
class Found:
    """A commission in a sentence. ``start`` and ``end`` are characters of the sentence's text.

    ``who`` and ``giver`` as written, None where nobody is named; ``he``: a pronoun instead of ``who``.
    ``tense`` and ``known`` (column *who*) as in the table.
    ``start`` is where the wording begins, ``task_start`` where the rest that belongs to it begins.
    """

    wording: str
    strength: str
    tense: str
    known: str
    who: str | None
    he: str | None
    giver: str | None
    task: str
    start: int
    task_start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Wording:
    row: dict[str, str]
    cue: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def passives() -> str:
    """The passive forms of the verbs of plans, as a regular expression."""
    forms = {form.strip() for row in rows("plan_verbs") for form in row["passive"].split(",")}
    return "|".join(sorted(map(re.escape, forms - {""}), key=len, reverse=True))


def _expanded(name: str) -> str:
    party = party_pattern()
    return {
        "who": rf"(?P<who>{party})(?:, [^,.;:]{{2,50}},)?",
        "subject": rf"(?:(?P<who>{party})(?:, [^,.;:]{{2,50}},)?|\b(?P<he>(?i:han|hon|hen|de)))",
        "giver": rf"(?P<giver>{party}|(?i:vi|mötet|stämman|årsmötet|sammanträdet))",
        "whose": r"(?P<who>[\w-]*\w)s",
        "to": r"(?:[ ,][^.;?!]{0,90}?)?? att\b:?",
        "task": r"(?P<task>.*)",
        "item": r"(?P<item>[^.;:?!]{3,200}?)",
        "rest": r"(?P<rest>.*)",
        "passive": rf"(?:(?:kommer att|ska|skall|skulle) )?(?:{passives()})",
    }[name]


@cache
def _wordings() -> tuple[_Wording, ...]:
    out = []
    for row in rows("action_wordings"):
        pattern = re.sub(r"^\{who\}", "{subject}", row["pattern"])
        pieces = _PLACE.split(pattern.replace("{to} {task}", r"{to}\s*{task}"))
        literal = [one for one in pieces[::2] if one]
        whole = "".join(_expanded(one) if i % 2 else f"(?i:{one})" if one else "" for i, one in enumerate(pieces))
        cue = passives() if "{passive}" in row["pattern"] else max(literal, key=len)
        out.append(_Wording(row, re.compile(cue, re.IGNORECASE), re.compile(whole)))
    return tuple(out)


@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one.cue.pattern})" for one in _wordings()), re.IGNORECASE)


def find_wordings(text: str) -> list[Found]:
    """The commissions of a sentence, in reading order; what follows one belongs to it up to the next."""
    if not _any_cue().search(text):
        return []
    found: list[Found] = []
    for one in _wordings():
        if one.cue.search(text):
            for new in _matches(one, text):
                if all(new.task_start <= old.start or new.start >= old.task_start for old in found):
                    found.append(new)
    found.sort(key=lambda one: one.start)
    ends = [following.start for following in found[1:]] + [len(text)]
    return [_cut(one, text, end) for one, end in zip(found, ends, strict=False)]


def _matches(one: _Wording, text: str) -> Iterator[Found]:
    position = 0
    while match := one.whole.search(text, position):
        groups = match.groupdict()
        who = groups.get("who")
        task_start = next((match.start(g) for g in ("task", "rest") if groups.get(g) is not None), match.end())
        if who is None or not names_nobody(who):
            parts = (groups.get("item"), _verb(text, match), groups.get("rest")) if groups.get("item") else ()
            task = " ".join(part.strip() for part in parts if part) if parts else groups.get("task") or ""
            if one.row["pattern"].startswith(("att", "(att")):  # in an att-list the next point is no part of the task
                task = _NEXT_POINT.split(task)[0]
            if one.row["task"] == "verb":
                task_start = match.end("who") if who else match.end("he")
                task = text[task_start : match.end()]
            row, he, giver = one.row, groups.get("he"), groups.get("giver")
            place = match.start(), task_start, match.end()
            yield Found(
                row["name"], row["strength"], row["tense"], row["who"], who, he, giver, task.strip(_ENDS), *place
            )
        position = max(task_start, match.start() + 1)


def _verb(text: str, match: re.Match[str]) -> str:
    """What stands between the thing and the one who does it, without *av*."""
    groups = match.groupdict()
    end = match.start("who") if groups.get("who") else match.start("rest") if groups.get("rest") else match.end()
    words = text[match.end("item") : end].strip(" ,")
    return words.removesuffix(" av") if words != "av" else ""


def _cut(one: Found, text: str, end: int) -> Found:
    """A commission whose words end where the next one begins."""
    if not one.task_start <= end < one.end:
        return one
    words = re.sub(r"(?:,| och| samt| men| medan)\s*$", "", text[one.task_start : end].strip())
    return replace(one, task=words.strip(_ENDS), end=end)
