"""Which of the best sentences a question means where several are nearly as good: the newest, or one that defines."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answers.sentences import Candidate
from engine.questions.turns import says
from engine.questions.understanding import Understood
from index.schema import fold

_NEAR = 0.8  # of the score of the best sentence: an answer to the same question
_OF_MATTER = 0.6  # a sentence on the same matter, which may be told in other words later
_STEM = 6  # letters that tell that two words are forms of one


def preferred(understood: Understood, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, best first, with the one that the question means before those that are nearly as good."""
    if understood.wanted == "definition":
        return _first(ranked, [one for one in ranked if _defines(one.text, understood.topic)])
    question = understood.question
    if understood.relation == "next_meeting":
        return _first(ranked, [one for one in ranked if says("next_told", f"{one.hit.chunk.section.heading} {one.text}")
                               and not one.text.startswith("#")])  # fmt: skip
    if says("spent", question):
        near = [one for one in ranked if one.kind and one.words > 0 and one.score >= ranked[0].score * _NEAR]
        return _first(ranked, [one for one in near if says("cost_told", one.text) and not says("estimate", one.text)])
    share = _OF_MATTER if says("outcome", question) else _NEAR if says("current", question) else None
    if share is None or understood.names_time or understood.limits.section is not None:
        return list(ranked)
    near = [one for one in ranked if one.words > 0 and one.score >= ranked[0].score * share]
    newest = max((one.hit.chunk.document.date or "" for one in near), default="")
    return _first(ranked, [one for one in near if (one.hit.chunk.document.date or "") == newest])


def _defines(text: str, topic: Sequence[str]) -> bool:
    words = [fold(word)[:_STEM] for word in topic]
    return bool(words) and all(word in fold(text) for word in words) and says("defines", text)


def _first(ranked: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    return [*chosen[:1], *(one for one in ranked if one not in chosen[:1])]
