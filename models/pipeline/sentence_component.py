"""The component ``klubbat_sentences``: where the sentences of minutes begin.

A full stop ends a sentence unless it belongs to an abbreviation or the text goes on in lower case;
bullets, labels and short lines begin one. Change ``SENTENCES_VERSION`` (:mod:`models.sentences`) with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.pipeline.tokenizer import abbreviations, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ENDS = {".", "!", "?", "…", "...", "!!", "??"}
_CLOSING = {'"', "”", "’", ")", "]", "»", "*", "_", "**"}
_LABEL = re.compile(r"[A-ZÅÄÖ][\w /-]{1,40}:(\s|$)")
_BULLET = re.compile(r"(?:[-–—•▪●○◦·*=»]|=>|\w\)|\d{1,2}[.)])\s")
_SHORT_LINE = 60  # characters; a line shorter than this that is not prose is its own statement
_FARTHEST_LINE = 1200  # characters; of a longer line only so much is looked at


def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of all tokens at once; one at a time takes quadratic time."""
    import numpy as np

    starts = _starts(doc)
    values = np.array([[1 if i in starts else -1] for i in range(len(doc))], dtype="int64")
    return doc.from_array(["SENT_START"], values.astype("uint64"))


def _starts(doc: Doc) -> set[int]:
    """The tokens that begin a sentence: after an end, at a bullet, at a label on a new line."""
    text = text_of(doc)
    starts = {0}
    pending = False
    for token in doc:
        if pending and not token.is_space and token.text not in _CLOSING:
            starts.add(token.i)
            pending = False
        if token.text in _ENDS and not _inside(doc, token.i):
            pending = True
        elif token.is_space and "\n" in token.text and token.i + 1 < len(doc):
            at = token.idx + len(token.text)
            rest = text[at : at + 60]
            line = text[max(text.rfind("\n", 0, token.idx) + 1, token.idx - _FARTHEST_LINE) : token.idx]
            if _BULLET.match(rest) or _LABEL.match(rest) or _own_line(line, rest) or "\n\n" in token.text:
                pending = True
    return starts


def _inside(doc: Doc, i: int) -> bool:
    """Whether the full stop at ``i`` is inside a sentence: the next word goes on in lower case."""
    following = next((t for t in doc[i + 1 :] if not t.is_space and t.text not in _CLOSING), None)
    if following is None or doc[i].text in ("!", "?"):
        return False
    before = doc[i - 1].text.lower() if i else ""
    if f"{before}." in abbreviations():
        return True
    if not doc[i].whitespace_ and i + 1 < len(doc) and not doc[i + 1].is_space:
        return doc[i + 1].text not in _CLOSING
    return bool(following.text[0].islower())


def _own_line(line: str, rest: str) -> bool:
    """A short line without an end before a capital letter: a list, an address, a signature."""
    stripped = line.strip()
    return (
        0 < len(stripped) < _SHORT_LINE
        and stripped[-1] not in ",-–"
        and rest[:1].isupper()
        and len(stripped.split()) < 8
    )
