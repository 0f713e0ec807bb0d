"""Amounts of money with what they are for: the row or the clause that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.amounts import FoundAmount, find_amounts
from models.registers.minutes import Minutes, Sentence
from models.registers.plain_text import flat, plain
from models.registers.records import Amount

_MOST_WORDS = 25  # of a sentence that is the purpose as a whole
_FEW = 6  # words that tell what something costs, not what it is: Kostnad ca 10 000 kr
_CLAUSE_ENDS = re.compile(r"[;:]\s|\.\s+(?=[A-ZÅÄÖ])|,\s+(?=(?:och|men|samt|vilket|som)\b)|\s+(?:samt|medan)\s+")
_CELLS = re.compile(r"\s*\|\s*|\t+|[ ]{3,}|:\s+(?=[+-]?\d)")
# Äskat 1 200 kr för det: what "det" is, the heading tells.
_PRONOUN = re.compile(r"\b(?:för|till|på) (?:det|detta|dessa|den|dem)(?=\W*(?:$|,))", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


def find_register_amounts(minutes: Minutes) -> list[Amount]:
    """The amounts of money in reading order; shares (percent) are none.

    The purpose is the label of a row, else the sentence, of a long one the clause; words that only
    tell a price have the sentence before them, or the heading, in front.
    """
    kinds = {(one.section, one.number): one.kind for one in minutes.paragraphs}
    found: list[Amount] = []
    before: Sentence | None = None
    for sentence in minutes.sentences:
        if kinds.get((sentence.section, sentence.paragraph)) not in (None, "signature"):
            found += _of_sentence(minutes, sentence, before)
        before = sentence
    return found


def _of_sentence(minutes: Minutes, sentence: Sentence, before: Sentence | None) -> Iterator[Amount]:
    text = minutes.words(sentence)
    for one in find_amounts(text):
        if one.unit.isupper():
            written = " ".join(text[one.start : one.end].split())
            high = float(one.high) if one.high != one.value else None
            purpose = _label(text, one) or _clause(minutes, sentence, one, before)
            yield Amount(float(one.value), high, one.unit, written, purpose, sentence.proof)


def _label(text: str, one: FoundAmount) -> str | None:
    """The words before an amount that stands alone in its cell: *Hyra | 12 000 kr*, *Porto: 500 kr*."""
    begin = text.rfind("\n", 0, one.start) + 1
    end = text.find("\n", one.end)
    line = text[begin : end if end >= 0 else len(text)]
    cells = [(match.start(), match.end()) for match in _CELLS.finditer(line)]
    edges = [0, *(edge for cell in cells for edge in cell), len(line)]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    at = next(i for i, (_, last) in enumerate(spans) if one.start - begin < last)
    own = line[spans[at][0] : one.start - begin] + line[one.end - begin : spans[at][1]]
    labels = [plain(line[first:last]) for first, last in spans[:at] if _WORD.search(line[first:last])]
    return labels[0] if labels and not _WORD.search(own) else None


def _clause(minutes: Minutes, sentence: Sentence, one: FoundAmount, before: Sentence | None) -> str | None:
    text = flat(minutes.words(sentence))
    whole = plain(text)
    if len(whole.split()) > _MOST_WORDS or re.search(r"\.\s+[A-ZÅÄÖ]", text):
        begin = max((match.end() for match in _CLAUSE_ENDS.finditer(text, 0, one.start)), default=0)
        end = next((match.start() for match in _CLAUSE_ENDS.finditer(text, one.end - 1)), len(text))
        whole = plain(text[begin:end])
    if _PRONOUN.search(whole):
        heading = " ".join(minutes.section(sentence.section).heading.split())
        return f"{heading.rstrip(' .:')}: {whole}" if heading else whole
    if len(_WORD.findall(whole)) <= _FEW:
        heading = " ".join(minutes.section(sentence.section).heading.split())
        near = before is not None and (before.section, before.paragraph) == (sentence.section, sentence.paragraph)
        about = plain(minutes.words(before)) if before is not None and near else heading
        whole = f"{about.rstrip(' .:')}: {whole}" if about else whole
    return whole if _WORD.search(whole) else None
