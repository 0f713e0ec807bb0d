"""spaCy's Swedish tokenizer, which keeps the abbreviations of minutes whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus.tables import read_rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

TOKENIZER = "klubbat_tokenizer.v1"
# The tokenizer takes cubic time over a run of signs without a space; no Swedish word is this long.
_LONG_WORD = re.compile(r"\S{100,}")
_WINDOW = 100_000  # characters handed to spaCy at a time, far below its own limit


def readable(text: str) -> str:
    """The text with runs of signs that the tokenizer cannot take blanked out; every offset holds."""
    # The last sign may be the end of the sentence.
    return _LONG_WORD.sub(lambda match: "x" * (len(match[0]) - 1) + match[0][-1], text)


def windows(text: str) -> Iterator[tuple[int, int]]:
    """The text in parts of bounded length, cut after a line, else after white space, else anywhere."""
    start = 0
    while len(text) - start > _WINDOW:
        cuts = (text.rfind(sign, start, start + _WINDOW) + len(sign) for sign in ("\n", ". ", " "))
        end = next((cut for cut in cuts if cut > start + _WINDOW // 2), start + _WINDOW)
        yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations whose full stop does not end a sentence, lower case, from the table."""
    return frozenset(row["abbreviation"].lower() for row in read_rows("models.tables", "abbreviations"))


def text_of(doc: Doc) -> str:
    """The text of a document, put together once; spaCy does it anew whenever ``doc.text`` is looked at."""
    text: str | None = doc.user_data.get("klubbat_text")
    if text is None:
        text = doc.user_data["klubbat_text"] = doc.text
    return text


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The factory that spaCy's configuration names."""

    def create(nlp: Language) -> Tokenizer:
        from spacy.util import registry

        tokenizer: Tokenizer = registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
        for short in abbreviations():
            for form in (short, short.capitalize()):
                tokenizer.add_special_case(form, [{"ORTH": form}])
        return tokenizer

    return create


@cache
def register_tokenizer() -> None:
    """Make the tokenizer known to spaCy under its name."""
    from spacy.util import registry

    registry.tokenizers(TOKENIZER, func=make_tokenizer)


def blank() -> Language:
    """A Swedish pipeline without components that reads words as Klubbat does."""
    from spacy.lang.sv import Swedish

    register_tokenizer()
    nlp = Swedish.from_config({"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 2 * _WINDOW
    return nlp
