"""Generated material for the benchmarks: Swedish-looking words by Zipf's law, and whole archives."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.records import Chunk, Document, Paragraph, Section, Span
from index.archive import Archive
from models.analysis import Terms

VOCABULARY = 50_000
CHUNKS_PER_DOCUMENT = 100
# Syllables of Swedish words about meetings.
_SYLLABLES = (
    "be", "slut", "nämn", "d", "skol", "a", "för", "slag", "väg", "nät", "å", "gär", "ö", "ver", "sikt",
    "plan", "bygg", "väs", "en", "t", "ill", "syn", "kom", "mun", "sty", "rel", "se", "mö", "te", "bud",
    "get", "red", "o", "vis", "ning", "av", "tal", "när", "ing", "liv", "håll", "ar", "na", "et", "or",
)  # fmt: skip


class WordAnalyser:
    """Words between spaces as terms: what is measured is the index, not the analysis."""

    version = "words"

    def damaged(self, text: str) -> bool:
        """Never: these words are no language."""
        return False

    def terms(self, text: str, damaged: bool = False, *, day: date | None = None, figures: bool = True) -> Terms:
        """The words of ``text``."""
        words = tuple(text.split())
        return Terms(exact=words, lemmas=words)


class RandomEmbedder:
    """A random unit vector for every text."""

    def __init__(self, dimension: int = 384) -> None:
        self.dimension = dimension
        self.fingerprint = f"random-{dimension}"

    @property
    def temperature(self) -> float:
        """That of e5."""
        return 0.01

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector drawn from the hash of ``text``, (dimension,)."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        return unit_vectors(1, self.dimension, seed).reshape(-1)

    def embed_passages(self, texts: Sequence[str], progress: object = None) -> NDArray[np.float32]:
        """One vector a text, (n, dimension)."""
        return np.stack([self.embed_query(text) for text in texts])


def vocabulary(seed: int = 0) -> list[str]:
    """``VOCABULARY`` different words, the commonest first."""
    rng = np.random.default_rng(seed)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(rng.choice(_SYLLABLES, rng.integers(1, 6)))] = None
    return list(words)


def generated_texts(count: int, seed: int) -> list[str]:
    """Texts of 10 to 100 words, drawn with probability 1/rank (Zipf's law)."""
    rng = np.random.default_rng(seed)
    words = np.array(vocabulary(), dtype=object)
    lengths = rng.integers(10, 101, count)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    drawn = words[rng.choice(VOCABULARY, int(lengths.sum()), p=weights / weights.sum())]
    return [" ".join(part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]


def questions(count: int, seed: int) -> list[str]:
    """Questions of 3 to 8 words, of which the commonest hundred are left out as function words."""
    rng = np.random.default_rng(seed)
    words = vocabulary()[100:]
    weights = 1 / np.arange(101, VOCABULARY + 1)
    weights /= weights.sum()
    return [" ".join(words[one] for one in rng.choice(len(words), rng.integers(3, 9), p=weights)) for _ in range(count)]


def unit_vectors(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Random directions, (count, dimension), float32 rows of length 1."""
    vectors: NDArray[np.float32] = np.random.default_rng(seed).standard_normal((count, dimension), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def write_archive(folder: Path, texts: Sequence[str], vectors: NDArray[np.float32] | None = None) -> None:
    """A new archive of ``texts``, one chunk each, a hundred in a document, with their vectors."""
    name = "" if vectors is None else f"random-{vectors.shape[1]}"
    with Archive.open(folder, write=True, create=True) as archive:
        for start in range(0, len(texts), CHUNKS_PER_DOCUMENT):
            stop = start + CHUNKS_PER_DOCUMENT
            own = None if vectors is None else vectors[start:stop]
            number = start // CHUNKS_PER_DOCUMENT
            archive.add(_document(texts[start:stop], number), f"{number}.txt", own, name)


def _document(texts: Sequence[str], number: int) -> Document:
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    chunks: list[Chunk] = []
    start = 0
    for position, text in enumerate(texts):
        end = start + len(text)
        if position % 10 == 0:
            last = min(position + 10, len(texts))
            stop = start + sum(len(one) + 2 for one in texts[position:last])
            ordinal = len(sections)
            sections.append(Section(ordinal, f"§ {ordinal + 1}", " ".join(text.split()[:4]), 1, "section", start, stop))
        section, within = len(sections) - 1, position % 10 + 1
        paragraphs.append(Paragraph(section, within, "text", start, end))
        chunks.append(Chunk(section, within, start, end, None, text, (Span(start, end),)))
        start = end + 2
    sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
    return Document(
        id=sha256[:16],
        sha256=sha256,
        format="txt",
        text="\n\n".join(texts) + "\n\n",
        title=f"Protokoll {number}",
        kind="minutes",
        body=f"Nämnd {number % 20}",
        date=f"{2005 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}",
        sections=tuple(sections),
        paragraphs=tuple(paragraphs),
        chunks=tuple(chunks),
    )
