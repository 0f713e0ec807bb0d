"""What a line leaves unsaid, from ``engine/tables/follow_up.tsv``; nothing where it stands by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from engine.chat.times import month_in
from engine.questions.understanding import Limits, Understood, understand
from engine.questions.wording import asked_for

_OWN_WITH_LAST = 2  # telling words beside *det* at the end: *Vem på kommunen bestämmer det?*
# Where a line asks two things, or tells of what it means, *då* and *det* mean that.
_WITHIN = re.compile(
    r"(?i)\W(?:och|men|and|but)\W+(?:vem|vad|när|var|hur|varför|vilk\w+|who|what|when|where|how|why|which)\b"
    r"|, \w|\w (?:som|who) "
)
_LEFT_OUT = ("start", "document")  # whose words are no part of the question


@dataclass(frozen=True, slots=True)
class Leanings:
    """What a line takes over (the values of the table), and the line without the words that only say so."""

    takes: frozenset[str]
    rest: str

    def any_of(self, *kinds: str) -> bool:
        """Whether it takes over one of some kinds."""
        return bool(self.takes & set(kinds))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "follow_up")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["takes"]) for row in rows)


def leanings_of(line: str) -> Leanings:
    """What a line takes over from the question before."""
    found: dict[str, re.Match[str]] = {}
    for pattern, takes in _patterns():
        match = pattern.search(line)
        if match:
            found.setdefault(takes, match)
    asked = understand(line)
    unsaid = {name for name, match in found.items() if _is_unsaid(name, match, line, asked)}
    if not unsaid & {"next", "meeting"} and _is_bare(line, asked):
        unsaid.add("topic")
    rest = line
    for name in _LEFT_OUT:
        if name in unsaid:
            rest = found[name].re.sub(" ", rest, count=1)
    return Leanings(frozenset(unsaid), " ".join(rest.split()).rstrip(" ?.!"))


def asks(line: str) -> bool:
    """Whether a line has words that ask; *vad* in *Stenvad* does not."""
    asked = asked_for(line)
    return asked.end > 0 and not line[: asked.start][-1:].isalnum()


def _is_unsaid(name: str, match: re.Match[str], line: str, asked: Understood) -> bool:
    """Whether a line does not itself say what it seems to take over."""
    if name == "topic":
        return _leaves_matter_unsaid(line, match, asked)
    if name == "document":
        return _WITHIN.search(line) is None or line.lower().startswith(("och ", "and "))
    if name == "meeting":
        limits = asked.limits
        own = _names_where(limits) or limits.latest or limits.next or month_in(line)
        return not own and not asked.topic
    return True


def _leaves_matter_unsaid(line: str, match: re.Match[str], asked: Understood) -> bool:
    """Whether *det* of a line means something outside it: not *När ska det vara årsmöte?*."""
    spared = match[0].lower().split()
    own = [word for word in asked.topic if word.lower() not in spared]
    if _WITHIN.search(line):
        return False
    if not line[match.end() :].strip(" ?.!"):  # at its end: *Vad sa Siri Al om det?*
        return sum(word.islower() for word in own) <= _OWN_WITH_LAST
    return not own and not _names_where(asked.limits)


def _is_bare(line: str, asked: Understood) -> bool:
    """Whether a line only says what is asked for: *Hur länge?*, *Vilket datum?*, *Av vem?*."""
    named = _names_where(asked.limits) or asked.limits.person or asked.limits.organisation
    return asks(line) and not asked.topic and asked.relation is None and not named


def _names_where(limits: Limits) -> bool:
    return any((limits.since, limits.until, limits.body, limits.section))
