"""Small documents, an analyser and an embedder for the tests of this room."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from corpus.records import Chunk, Document, Mark, Page, Paragraph, Section, Span
from models.analysis import Terms

DIMENSION = 16


class WordAnalyser:
    """Lower-case words as terms; a compound written with a hyphen has parts."""

    def __init__(self, version: str = "ord-1") -> None:
        self.version = version
        self.calls = 0

    def damaged(self, text: str) -> bool:
        return False

    def terms(self, text: str, damaged: bool = False, *, day: date | None = None, figures: bool = True) -> Terms:
        self.calls += 1
        words = tuple(re.findall(r"[\w-]+", text.lower()))
        parts = tuple(part for word in words if "-" in word for part in word.split("-") if part)
        return Terms(exact=words, lemmas=words, parts=parts)


class HashEmbedder:
    """A unit vector for a text, drawn from its hash: always the same, and near no other."""

    def __init__(self, fingerprint: str = "hash-1", dimension: int = DIMENSION) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.texts: list[str] = []

    @property
    def temperature(self) -> float:
        return 0.01

    def embed_query(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
        vector = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str], progress: object = None) -> np.ndarray:
        self.texts.extend(texts)
        return np.stack([self.embed_query(text) for text in texts])


def document(
    *paragraphs: str,
    title: str = "Protokoll",
    body: str | None = "Kommunstyrelsen",
    date: str | None = "2018-10-05",
    kind: str = "minutes",
    salt: str = "",
) -> Document:
    """Minutes with a head section, then one section "§ n" for every two paragraphs."""
    text = ""
    ranges = []
    for paragraph in paragraphs:
        ranges.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    sha256 = hashlib.sha256(f"{text}{title}{body}{date}{kind}{salt}".encode("utf-8", "replace")).hexdigest()
    sections = [Section(0, None, title, 1, "head", 0, len(text))]
    rows, chunks = [], []
    for number, (start, end) in enumerate(ranges):
        ordinal = 1 + number // 2
        if number % 2 == 0:
            sections.append(Section(ordinal, f"§ {ordinal}", f"Rubrik {ordinal}", 2, "section", start, end, 0))
        rows.append(Paragraph(ordinal, 1 + number % 2, "text", start, end, 1))
        words = " ".join(text[start:end].split())
        chunks.append(Chunk(ordinal, 1 + number % 2, start, end, 1, words, (Span(start, end),)))
    return Document(
        id=sha256[:16],
        sha256=sha256,
        format="txt",
        text=text,
        title=title,
        kind=kind,  # type: ignore[arg-type]
        body=body,
        date=date,
        sections=tuple(sections),
        paragraphs=tuple(rows),
        chunks=tuple(chunks),
        marks=(Mark(0, 1, "navigation"),),
        pages=(Page(1, 0, len(text)),),
        metadata=(("author", "Åsa"),),
    )


WORDS = (
    "beslut", "skola", "vatten", "budget", "nämnd", "väg", "cykel", "torg", "bibliotek", "plan",
    "region", "buss", "avgift", "mark", "detaljplan", "ärende", "utredning", "ordförande", "förslag",
    "yrkande", "bifall", "avslag", "idrott", "kultur", "miljö", "bostad", "tomt", "energi",
)  # fmt: skip


def random_document(rng: random.Random, paragraphs: int | None = None) -> Document:
    """A document of random words, unlike any other."""
    texts = [
        " ".join(rng.choices(WORDS, range(len(WORDS), 0, -1), k=rng.randint(4, 25)))
        for _ in range(paragraphs if paragraphs is not None else rng.randint(1, 6))
    ]
    return document(*texts, date=f"20{rng.randint(10, 24)}-0{rng.randint(1, 9)}-11", salt=str(rng.random()))
