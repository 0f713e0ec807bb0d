"""The facts that fit the topic of a question, rated by their words and the best few by their meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from engine.facts.candidates import Words
from engine.facts.matching import EMBEDDED, FactMatch, Topic, coverage, head_words, in_time, score
from engine.facts.records import FACT_BAR, Asked
from engine.questions.turns import turn
from index.records import StoredFact
from models.dates import find_dates
from models.registers.records import Fact

_ISO = 10  # characters of a whole day
# As much of the topic must stand in the fact itself, or it is not looked at further.
LEAST_OWN = 0.3


def rated_facts(
    asked: Asked, facts: Sequence[StoredFact], held: Callable[[Fact], bool],
    text_of: Callable[[StoredFact], str] | None = None,
) -> list[tuple[StoredFact, FactMatch]]:  # fmt: skip
    """The facts that fit the topic, best first, the best few by their meaning too."""
    wanted = asked.meant.documents if asked.understood.limits.latest else asked.documents
    kept = {one.id for one in wanted if in_time(one.date, asked.understood.limits)}
    timed = asked.meant.dated is not None
    inside = [one for one in facts if one.document.id in kept]
    searched = {one.id for one in wanted}
    pool = inside if timed and inside else [one for one in facts if one.document.id in searched]
    section = asked.understood.limits.section
    if section:
        pool = [one for one in pool if _in_section(asked, one, section)]
    words = [form for word in asked.topic for form in (word.word, *word.others)]
    single = len({one.document.id for one in pool}) == 1
    found: list[tuple[StoredFact, FactMatch]] = []
    for one in asked.store.sifted(pool, words) if words else pool[:1] if single else []:
        dated = (bool(inside) or _names_day(asked, one) or False) if timed else None
        found.append((one, _match(asked, one, dated, held, text_of)))
    found = [(one, match) for one, match in found if match.own >= LEAST_OWN]
    found.sort(key=lambda pair: (-score(pair[1]), pair[0].document.date or ""))
    return _with_meaning(asked, found[:EMBEDDED])


def _names_day(asked: Asked, one: StoredFact) -> bool:
    """Whether a fact itself names the day that the question names: *kräftskivan den 13 september*."""
    limits = asked.understood.limits
    if limits.since is None or limits.since != limits.until or one.document.date is None:
        return False
    day = one.document.date
    meeting = date.fromisoformat(day) if len(day) == _ISO else None
    return any(found.start_date == limits.since for found in find_dates(asked.store.text(one), meeting))


def _match(
    asked: Asked, one: StoredFact, dated: bool | None, held: Callable[[Fact], bool],
    text_of: Callable[[StoredFact], str] | None,
) -> FactMatch:  # fmt: skip
    store = asked.store
    about = store.words(store.about(one.document))
    own = store.words(text_of(one) if text_of else store.text(one))
    both = own | about
    topic = [word for word in asked.topic if word.word not in head_words() or word.found_in(both)]
    left: list[Topic] = [word for word in topic if not word.found_in(about)]
    share = coverage(topic, both)
    # Where the document explains every word, the fact must still have some of them itself.
    mine = coverage(left or topic, own)
    named = all(_stands(word, own, both, asked) for word in topic)
    return FactMatch(asked.understood.relation or "", share, mine, None, dated, True, held(one.fact), named)


def _stands(word: Topic, own: Words, both: Words, asked: Asked) -> bool:
    """Whether a word stands where it must.

    The year of a matter in the fact itself (*budgeten för 2024* is decided the year before); a name that says which
    document is meant in the fact or in what its document is called.
    """
    if word.word in (match["year"] for match in turn("matter_year").finditer(asked.understood.question)):
        return word.found_in(own) > 0
    return not (word.name and word.lemma in asked.meant.explained) or word.found_in(both) > 0


def _with_meaning(asked: Asked, found: list[tuple[StoredFact, FactMatch]]) -> list[tuple[StoredFact, FactMatch]]:
    """Those whose meaning may lift them above the bar with it, the others as they are."""
    near = [(one, match) for one, match in found if score(replace(match, meaning=1.0)) >= FACT_BAR]
    if not near:
        return found
    cosines = asked.meaning.cosines(asked.understood.question, [asked.store.text(one) for one, _ in near])
    rated = [(one, replace(match, meaning=cosine)) for (one, match), cosine in zip(near, cosines, strict=True)]
    rated += [pair for pair in found if pair not in near]
    rated.sort(key=lambda pair: -score(pair[1]))
    return rated


def _in_section(asked: Asked, one: StoredFact, number: str) -> bool:
    def plain(text: str | None) -> str:
        return re.sub(r"[§\s.]", "", text or "")

    return any(plain(section.number) == plain(number) for section in asked.store.sections_of(one))
