"""Retrieval on Swedish question sets that nothing here was tuned on: recall@1 and MRR of the hybrid.

    python -m benchmarks.retrieval [--parts] [--read] [--model MODEL]

SweQUAD (dev): which of the texts of Swedish authorities answers the question. XQuAD-sv: which of
240 paragraphs. SweFAQ (dev): which of the answers offered with the question. Each text is a
document that is read, cut and indexed as any other; a text is found where its first chunk is.
``--parts`` also measures what each part of the search adds, ``--read`` what reading the first hits
adds, with the reader's share of the score from none to all. ``--model``: another embedding.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpora import SHARED
from corpus.documents import document_from_bytes, document_id
from engine.hits import Hit
from engine.search.reranking import READ_IN_SEARCH, ReadingReranker, mixed
from engine.search.searcher import Ranking, Searcher
from index.archive import Archive
from index.filters import Filter
from index.indexes import Indexes
from index.ingest import ingest
from index.lexical_query import DEFAULT_WEIGHTS, FieldWeights
from models.embedding import load_embedder
from models.reader.reader import Reader
from models.sentences import split_sentences
from models.swedish import SwedishAnalyser

DATA = SHARED / "data"
LIMIT = 10
SHARES = (0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
SURFACE = FieldWeights(lemmas=0, parts=0, exact=1, context=0, related=0)
LEMMAS = FieldWeights(parts=0, exact=0, context=0, related=0)
# The words that stand there, then what each part adds; then the hybrid, and the hybrid without each part.
RANKINGS = {
    "words as they stand": Ranking(lexical_weight=1.0, weights=SURFACE),
    "lemmas": Ranking(lexical_weight=1.0, weights=LEMMAS),
    "lemmas, words": Ranking(lexical_weight=1.0, weights=replace(LEMMAS, exact=0.25)),
    "lemmas, words, compound parts": Ranking(lexical_weight=1.0, weights=replace(LEMMAS, exact=0.25, parts=0.2)),
    "and related words": Ranking(lexical_weight=1.0, weights=replace(DEFAULT_WEIGHTS, context=0)),
    "and what stands above: all words": Ranking(lexical_weight=1.0),
    "embedding": Ranking(lexical_weight=0.0),
    "hybrid": Ranking(),
    "hybrid without lemmas": Ranking(weights=SURFACE),
    "hybrid without compound parts": Ranking(weights=replace(DEFAULT_WEIGHTS, parts=0)),
    "hybrid without related words": Ranking(weights=replace(DEFAULT_WEIGHTS, related=0)),
    "hybrid, fixed weight 0.3": Ranking(lexical_weight=0.3),
    "hybrid, reciprocal ranks": Ranking("rrf"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the text that answers it, and the texts to choose from (none: all)."""

    question: str
    right: str
    among: tuple[str, ...] = ()


def swequad() -> Iterator[Asked]:
    """SweQUAD, development part."""
    for row in json.loads((DATA / "qa" / "swequad-dev.json").read_text(encoding="utf-8"))["data"]:
        yield Asked(row["question"], row["context"])


def xquad() -> Iterator[Asked]:
    """XQuAD-sv."""
    for article in json.loads((DATA / "qa" / "xquad.sv.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for row in paragraph["qas"]:
                yield Asked(row["question"], paragraph["context"])


def swefaq() -> Iterator[Asked]:
    """SweFAQ, development part."""
    for line in (DATA / "retrieval" / "swefaq_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answers = tuple(row["candidate_answers"])
        yield Asked(row["question"], answers[row["label"]], answers)


SETS = {"SweQUAD": swequad, "XQuAD-sv": xquad, "SweFAQ": swefaq}


def measure(
    name: str, asked: Sequence[Asked], rankings: dict[str, Ranking], reader: Reader | None, model: str | None
) -> None:
    """Print recall@1 and MRR@10 of every ranking on one set."""
    texts = dict.fromkeys(text for one in asked for text in (one.right, *one.among))
    embedder, analyser = load_embedder(model), SwedishAnalyser()
    with tempfile.TemporaryDirectory() as place, Archive.open(Path(place) / "a", write=True, create=True) as archive:
        documents = ((_name(text), document_from_bytes(_bytes(text), "text.txt", split_sentences)) for text in texts)
        ingest(archive, documents, embedder)
        with Indexes.open(archive, analyser, embedder) as indexes:
            searchers = {label: Searcher(archive, indexes, embedder, way) for label, way in rankings.items()}
            # One question after the other: its embedding is made once.
            ranks = [{label: _rank(searcher, one) for label, searcher in searchers.items()} for one in asked]
            if reader is not None:
                read = ReadingReranker(reader)
                ranks = [{**known, **_read_ranks(searchers["hybrid"], read, one)}
                         for known, one in zip(ranks, asked, strict=True)]  # fmt: skip
    for label in ranks[0]:
        first = sum(one[label] == 1 for one in ranks) / len(ranks)
        reciprocal = sum(1 / one[label] for one in ranks if one[label]) / len(ranks)
        print(f"| {name} | {len(asked)} | {label} | {first:.3f} | {reciprocal:.3f} |", flush=True)


def _rank(searcher: Searcher, one: Asked) -> int:
    """The place of the right text among the different texts that were found; 0 where it is not."""
    return _place(_hits(searcher, one), one)


def _read_ranks(searcher: Searcher, reranker: ReadingReranker, one: Asked) -> dict[str, int]:
    """The same after reading the first hits, by the reader's share of the score."""
    hits = _hits(searcher, one)
    relevance = reranker.relevance(one.question, hits[:READ_IN_SEARCH])
    return {f"read, share {share}": _place(mixed(hits, relevance, share), one) for share in SHARES}


def _hits(searcher: Searcher, one: Asked) -> Sequence[Hit]:
    among = tuple(_name(text) for text in one.among)
    return searcher.search(one.question, 8 * LIMIT, Filter(documents=among)).hits


def _place(hits: Sequence[Hit], one: Asked) -> int:
    found = list(dict.fromkeys(hit.chunk.document.id for hit in hits))[:LIMIT]
    right = _name(one.right)
    return found.index(right) + 1 if right in found else 0


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _name(text: str) -> str:
    return document_id(hashlib.sha256(_bytes(text)).hexdigest())


def main() -> None:
    """Print the table."""
    if not DATA.is_dir():
        raise SystemExit(f"The question sets are not here: {DATA}")
    rankings = RANKINGS if "--parts" in sys.argv else {"hybrid": RANKINGS["hybrid"]}
    print("| set | questions | ranking | recall@1 | mrr@10 |\n|---|---|---|---|---|")
    reader = Reader.load() if "--read" in sys.argv else None
    model = sys.argv[sys.argv.index("--model") + 1] if "--model" in sys.argv else None
    for name, rows in SETS.items():
        measure(name, list(rows()), rankings, reader, model)


if __name__ == "__main__":
    main()
