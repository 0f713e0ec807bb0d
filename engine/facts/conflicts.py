"""Answers that speak against each other: shown together where both may be meant, doubted where not."""

from __future__ import annotations

from dataclasses import replace

from engine.facts.records import CITATIONS, FactAnswer
from engine.facts.text import MAX_ANSWER, phrase, unsupported
from engine.hits import Language
from engine.questions.understanding import Understood
from models.swedish import stopwords, words

# Two answers whose scores lie so close speak against each other where they share no name and no word that
# the question does not have: what is left of the score where they stand in one document, and in two.
_CLOSE = 0.03
_RIVAL_HERE, _RIVAL_ELSEWHERE = 0.9, 0.7
# Registers in which one thing is asked for, so that two answers are two accounts of it: an office, a day, a place.
_OF_ONE_THING = ("meeting", "role", "next_meeting")
_OF_ONE = ("person", "date", "time", "place", "organisation", "body")


def doubted(found: list[FactAnswer], understood: Understood, meant: frozenset[str]) -> list[FactAnswer]:
    """The answers, best first. Of two that differ and are nearly as good, the best shows both or has a lower score.

    Both are shown where each stands in a document that the question means (``meant``, ids) and nothing else rivals
    them: *Enligt … (§ 1): …; enligt … (§ 9): …*.
    """
    if len(found) < 2:
        return found
    best, *others = found
    asked = _words(understood.question)
    said = _words(best.text) - asked
    rivals = [one for one in others if _is_near(best, one) and not said & (_words(one.text) - asked)]
    if not rivals:
        return found
    if understood.wanted in _OF_ONE and all(_of_one_thing(one, understood, meant) for one in (best, *rivals)):
        other = _words(rivals[0].text) - asked
        one_other = all(other & _words(one.text) for one in rivals)
        both = _both(best, rivals[0], understood.language) if one_other else None
        if both is not None:
            return [both, *found]
    left = min(_RIVAL_HERE if _document(one) == _document(best) else _RIVAL_ELSEWHERE for one in rivals)
    return [replace(best, score=best.score * left), *others]


def _is_near(best: FactAnswer, one: FactAnswer) -> bool:
    """Whether an answer is nearly as good; two elections to one office are, however their names sound."""
    if one.score >= best.score - _CLOSE:
        return True
    ours, theirs = best.match, one.match
    same = (ours.held, ours.named, ours.dated, ours.single) == (theirs.held, theirs.named, theirs.dated, theirs.single)
    worse = max(ours.own - theirs.own, ours.coverage - theirs.coverage)
    return one.register == best.register and ours.relation == "elected" and same and worse <= _CLOSE


def _of_one_thing(one: FactAnswer, understood: Understood, meant: frozenset[str]) -> bool:
    of_one = one.register in _OF_ONE_THING or (one.register == "decision" and understood.relation == "elected")
    return of_one and one.match.held and one.match.named and one.match.dated is not False and _document(one) in meant


def _both(best: FactAnswer, rival: FactAnswer, spoken: Language) -> FactAnswer | None:
    """Both answers in one, each with its source; None where they are too long or their citations do not hold them."""
    pair = (best, rival)
    sources = [_source(one, inside=_document(best) == _document(rival)) for one in pair]
    if not all(sources) or sources[0] == sources[1]:
        return None
    first, second = (phrase("according", spoken, source=source, text=one.text)
                     for one, source in zip(pair, sources, strict=True))  # fmt: skip
    text = f"{first.rstrip('.')}; {second[:1].lower()}{second[1:]}"
    cited = [best.citations[0], rival.citations[0], *best.citations[1:], *rival.citations[1:]]
    citations = tuple({one.chunk.id: one for one in reversed(cited)}.values())[::-1][:CITATIONS]
    counted = (*best.counted, *rival.counted)
    if len(text) > MAX_ANSWER or unsupported(text, citations, counted):
        return None
    return replace(best, text=text, citations=citations, counted=counted)


def _source(one: FactAnswer, *, inside: bool) -> str:
    """What an answer rests on: the § within one document, else the document with its day."""
    chunk = one.citations[0].chunk
    if inside:
        return chunk.section.number or chunk.section.heading or ""
    title, day = chunk.document.title, chunk.document.date
    return f"{title}, {day}" if day and day not in title else title


def _document(one: FactAnswer) -> str:
    return one.citations[0].chunk.document.id


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if word not in stopwords())
