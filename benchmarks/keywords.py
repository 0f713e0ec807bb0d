"""Keywords: how the weight of the lexical side ranks queries of one to three words.

    python -m benchmarks.keywords

The rarest words of each Swedish gold question are a query of their own, in the order of the
question; right is the passage that answers the question. Prints recall@1 and MRR@10 by weight.
"""

from __future__ import annotations

from benchmarks.corpora import QUESTIONS, archive_of
from engine.contracts import results_object
from engine.evaluation import Question, holds_evidence, read_questions
from engine.questions.wording import content_words
from engine.search.searcher import Ranking, Searcher
from engine.service import Service
from index.lexical_query import FieldWeights

RUNS = (("all", "seeds"), ("all", "real"), ("samples", "samples"))
WEIGHTS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.0)
MOST_WORDS = 3
LIMIT = 10
_LEMMAS = FieldWeights(parts=0, exact=0, context=0, related=0)
_SHORTEST = 4  # letters of a word that is worth asking for
_COUNTED = 5000  # chunks


def keywords(question: str, count: int, service: Service) -> str:
    """The ``count`` rarest words of a question, in its order; empty where it has fewer."""
    every = [word for word in dict.fromkeys(content_words(question)) if len(word) >= _SHORTEST]
    found = {word: len(service.indexes.lexical.search(word, _COUNTED, None, _LEMMAS)) or 1 for word in every}
    rarest = sorted(every, key=lambda word: found[word])[:count]
    return " ".join(word for word in every if word in rarest) if len(rarest) == count else ""


def rank(query: str, question: Question, searcher: Searcher, service: Service) -> int:
    """The place of the passage that answers the question; 0 where it is not among the first."""
    hits = results_object(searcher.search(query, LIMIT), service.places, service.analyser)["hits"]
    return next((at for at, hit in enumerate(hits, 1) if holds_evidence(hit, question)), 0)


def main() -> None:
    """Print the table."""
    print("| query | " + " | ".join(map(str, WEIGHTS)) + " |\n|---|" + "---|" * len(WEIGHTS))
    for archive, gold in RUNS:
        questions = [one for one in read_questions(QUESTIONS[gold]) if one.answerable and one.lang == "sv"]
        with Service.open(archive_of(archive)) as service:
            ways = [Ranking(lexical_weight=weight) for weight in WEIGHTS]
            searchers = [Searcher(service.archive, service.indexes, service.searcher.embedder, way) for way in ways]
            for count in range(1, MOST_WORDS + 1):
                asked = [(one, keywords(one.question, count, service)) for one in questions]
                asked = [(one, query) for one, query in asked if query]
                cells = []
                for searcher in searchers:
                    ranks = [rank(query, one, searcher, service) for one, query in asked]
                    first = sum(one == 1 for one in ranks) / len(ranks)
                    cells.append(f"{first:.3f} / {sum(1 / one for one in ranks if one) / len(ranks):.3f}")
                print(f"| {archive} / {gold}, {count} words ({len(asked)}) | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
