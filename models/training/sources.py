"""The training and test texts: files of tokens and labels, read into texts with ranges.

klintan (CC BY 4.0): a token and a label a line, two tokens of one label beside each other are one
name. Universal NER (CC BY-SA 4.0): IOB2 with the text beside. UD Swedish Talbanken and PUD
(CC BY-SA 4.0): word classes. MISC of klintan is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELS = ("PER", "ORG", "LOC")
_NO_SPACE_BEFORE = set(",.:;!?)]%")
_NO_SPACE_AFTER = set("([")
# Talbanken's training part is from 2015, before these two changes of the word classes.
_RENAMED = {"CONJ": "CCONJ", "DT": "DET"}
_COPULA = {"är", "var", "vara", "varit", "vore", "varande"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its names (start, end, label) or with its words and their classes."""

    text: str
    names: tuple[tuple[int, int, str], ...] = ()
    words: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def klintan(path: Path) -> Iterator[Labelled]:
    """The sentences of a file of klintan; spaces are put back as Swedish is written."""
    for block in _blocks(path):
        rows = [line.rsplit(None, 1) for line in block if len(line.split()) > 1]
        text, names = "", list[tuple[int, int, str]]()
        before = ""
        for token, label in ((row[0].strip().replace("\u00ad", ""), row[1].strip()) for row in rows):
            glued = not text or token[:1] in _NO_SPACE_BEFORE or text[-1] in _NO_SPACE_AFTER
            text += "" if glued else " "
            start = len(text)
            text += token
            if label in LABELS and token:
                if label == before:
                    names[-1] = (names[-1][0], len(text), label)
                else:
                    names.append((start, len(text), label))
            before = label
        if text:
            yield Labelled(text, tuple(names))


def universal_ner(path: Path) -> Iterator[Labelled]:
    """The sentences of an IOB2 file of Universal NER."""
    for block in _blocks(path):
        text = next(line for line in block if line.startswith("# text = ")).removeprefix("# text = ")
        at, names = 0, list[tuple[int, int, str]]()
        for row in (line.split("\t") for line in block if not line.startswith("#")):
            start = text.find(row[1], at)
            if start < 0:
                break  # the text was mended and the tokens were not
            at = start + len(row[1])
            kind, _, label = row[2].partition("-")
            if label not in LABELS:
                continue
            if kind == "I" and names and names[-1][2] == label:
                names[-1] = (names[-1][0], at, label)
            else:
                names.append((start, at, label))
        else:
            yield Labelled(text, tuple(names))


def word_classes(path: Path) -> Iterator[Labelled]:
    """The sentences of a CoNLL-U file with universal word classes (those of version 2)."""
    for block in _blocks(path):
        rows = [line.split("\t") for line in block if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        words, text = [], ""
        for row in rows:
            words.append(row[1])
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
        yield Labelled(text.rstrip(), (), tuple(words), tuple(_second_version(row[1], row[3]) for row in rows))


def _second_version(word: str, kind: str) -> str:
    if kind in _RENAMED:
        return _RENAMED[kind]
    return "AUX" if kind == "VERB" and word.lower() in _COPULA else kind


def _blocks(path: Path) -> Iterator[Sequence[str]]:
    """The lines between empty lines."""
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
