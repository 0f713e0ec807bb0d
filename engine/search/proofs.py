"""The words of a hit that show why it was found: its sentence with most words of the query."""

from __future__ import annotations

from corpus.records import Span
from engine.questions.wording import content_words, has_figures
from index.records import StoredChunk
from models.analysis import Analyser


def proof_of(query: str, chunk: StoredChunk, analyser: Analyser) -> Span:
    """The sentence of ``chunk`` that shares most terms with ``query``; the first of equals.

    A chunk without sentences proves by all of its text.
    """
    figures = has_figures(query)
    asked = set(analyser.terms(" ".join(content_words(query)), figures=figures).lemmas)
    best, most = Span(chunk.start, chunk.end), -1
    for span in chunk.sentences:
        text = chunk.part(span)
        shared = len(asked & set(analyser.terms(text, figures=figures).lemmas))
        if shared > most:
            best, most = span, shared
    return best
