"""Signs: what else than words and meaning speaks for a found passage as the place of an answer, or against it.

Each sign has a name and a weight in ``engine/tables/signs.tsv``; how much of it a passage has is told
here, from its text and the registers alone: no model is asked. The figures stand in docs/figures.md, and
``search --explain`` shows what each added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from corpus.tables import read_rows
from engine.hits import Hit, Sign
from engine.questions.offices import MEETING_OFFICES, holds_office, offices_of
from engine.questions.parts import part_of
from engine.questions.understanding import Relation, Understood, understand
from engine.questions.wording import answer_kind, holds_kind
from index.records import FactPlace
from models.swedish import stopwords, words

# The first so many passages are weighed by their signs; 30 are too few, 80 no better.
WEIGHED = 50
# What a passage of fewer words than these says beside its title is not enough to answer.
_TELLING = 4
_STEM = 5  # letters that tell one word from another here: *protokoll*, *protokollet*
_OF_DOCUMENT = 3  # passages that tell how well a document fits
_ASKED_OF_PEOPLE = {"person", "list", "organisation", "statement", "yes_no", "count"}
_OF_OFFICES = {"elected", "role", "assigned", None}
# The facts that answer a question through a relation, each with its kind or status where only one does.
_FACTS: dict[Relation, frozenset[tuple[str, str | None]]] = {
    "assigned": frozenset({("action", None)}),
    "undertaken": frozenset({("action", None)}),
    "deadline": frozenset({("action", None)}),
    "reported": frozenset({("action", None), ("statement", None)}),
    "decided": frozenset({("decision", None)}),
    "elected": frozenset({("decision", "elect"), ("role", None)}),
    "role": frozenset({("decision", "elect"), ("role", None)}),
    "attended": frozenset({("attendance", None)}),
    "absent": frozenset({("attendance", "absent")}),
    "said": frozenset({("statement", None)}),
    "next_meeting": frozenset({("next_meeting", None)}),
    "meeting": frozenset({("meeting", None)}),
    "cost": frozenset({("amount", None)}),
}

Share = Callable[[Hit], float]


class Facts(Protocol):
    """What is needed of an archive here: where facts stand."""

    def fact_places(self, documents: Iterable[str], types: Iterable[str]) -> list[FactPlace]:
        """The places of the facts of these types in these documents."""
        ...


@dataclass(frozen=True, slots=True)
class Weight:
    """What a whole sign adds to a score, and how it is told in Swedish."""

    value: float
    text: str


@cache
def weights() -> dict[str, Weight]:
    """The weights of the table by the name of the sign."""
    rows = read_rows("engine.tables", "signs")
    return {row["sign"]: Weight(float(row["weight"]), row["text"]) for row in rows}


def weighed(question: str, hits: Sequence[Hit], facts: Facts, *, keywords: bool) -> tuple[Hit, ...]:
    """The hits with their signs, best first; those beyond ``WEIGHED`` follow in their order.

    ``keywords``: the query is no sentence, so that it asks for no kind of answer. Scores stay in [0, 1].
    """
    first, rest = hits[:WEIGHED], hits[WEIGHED:]
    if not first:
        return ()
    shares: dict[str, Share]
    if keywords:
        shares = {"wordless": lambda hit: float(hit.lexical == 0)}
    else:
        shares = {"document": _of_document(first), **_of_question(question, first, facts)}
    known = _without_copies(sorted((_signed(hit, shares) for hit in first), key=_by_score))
    highest = max(1.0, known[0].score)
    scored = [replace(hit, score=max(0.0, hit.score) / highest) for hit in known]
    last = scored[-1].score
    return (*scored, *(replace(hit, score=min(last, hit.score / highest)) for hit in rest))


def _by_score(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.chunk.id


def _signed(hit: Hit, shares: dict[str, Share]) -> Hit:
    found = [Sign(name, weights()[name].value * share(hit)) for name, share in shares.items()]
    signs = tuple(one for one in found if one.added != 0)
    return replace(hit, score=hit.score + sum(one.added for one in signs), signs=signs)


def _without_copies(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, each whose text stands in the same document in a better one moved down."""
    sign = Sign("copy", weights()["copy"].value)
    seen: set[tuple[str, str]] = set()
    out = []
    for hit in hits:
        text = (hit.chunk.document.id, " ".join(hit.chunk.search_text.lower().split()))
        out.append(replace(hit, score=hit.score + sign.added, signs=(*hit.signs, sign)) if text in seen else hit)
        seen.add(text)
    return sorted(out, key=_by_score)


def _of_document(hits: Sequence[Hit]) -> Share:
    """How well the best passages of a hit's document (a third of it, three at most) fit, beside those of the best."""
    best: dict[str, list[float]] = {}
    counted = {}
    for hit in hits:
        document = hit.chunk.document
        best.setdefault(document.id, []).append(hit.score)
        counted[document.id] = max(1, min(document.chunks // 3, _OF_DOCUMENT))
    means = {name: sum(sorted(scores)[-counted[name] :]) / counted[name] for name, scores in best.items()}
    highest = max(means.values())
    return lambda hit: means[hit.chunk.document.id] / highest if highest > 0 else 0.0


def _of_question(question: str, hits: Sequence[Hit], facts: Facts) -> dict[str, Share]:
    """The signs that follow from what a question asks for."""
    understood = understand(question)
    kind = answer_kind(question)
    shares: dict[str, Share] = {
        "kind": lambda hit: float(not holds_kind(hit.chunk.search_text, kind, question)),
        "bare": _bareness(question),
    }
    if understood.relation is not None:
        shares["fact"] = _of_facts(understood.relation, hits, facts)
    offices = _offices(understood)
    if offices:
        shares["office"] = lambda hit: float(holds_office(_with_heading(hit), offices))
    return shares


def _bareness(question: str) -> Share:
    asked = _stems(question)

    def share(hit: Hit) -> float:
        document = hit.chunk.document
        named = _stems(f"{document.title} {document.body or ''} {document.date or ''}")
        told = {word[:_STEM] for word in words(hit.chunk.search_text) if word not in stopwords()}
        # The title of a text that is one passage is its own beginning.
        return float(document.chunks > 1 and len(told - named - asked) < _TELLING)

    return share


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text)}


def _of_facts(relation: Relation, hits: Sequence[Hit], facts: Facts) -> Share:
    """Whether a fact stands in a passage that answers through the relation."""
    wanted = _FACTS[relation]
    documents = dict.fromkeys(hit.chunk.document.id for hit in hits)
    places: dict[str, list[FactPlace]] = {}
    for one in facts.fact_places(documents, {kind for kind, _ in wanted}):
        if {(one.type, None), (one.type, one.kind)} & wanted:
            places.setdefault(one.document, []).append(one)

    def share(hit: Hit) -> float:
        chunk = hit.chunk
        return float(any(one.start < chunk.end and chunk.start < one.end for one in places.get(chunk.document.id, ())))

    return share


def _offices(understood: Understood) -> frozenset[str]:
    """The offices that a question asks for, said or told by what their holders do (*förde protokollet*)."""
    if understood.relation not in _OF_OFFICES or understood.wanted not in _ASKED_OF_PEOPLE:
        return frozenset()
    office = MEETING_OFFICES.get(part_of(understood.question) or "")
    return frozenset({office}) if office else offices_of(understood.question)


def _with_heading(hit: Hit) -> str:
    return "\n".join([hit.chunk.search_text, *hit.chunk.section_path[-1:]])
