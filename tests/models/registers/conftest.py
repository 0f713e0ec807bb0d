"""Minutes from invented text, read as a document is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.documents import document_from_bytes
from models.registers.minutes import Minutes, minutes_of
from models.registers.reading import sentences_of
from models.sentences import split_sentences


def minutes_from(text: str) -> Minutes:
    """The minutes of a text file with this content."""
    document = document_from_bytes(text.encode(), "protokoll.txt", split_sentences)
    return minutes_of(document, tuple(sentences_of(document)))


@pytest.fixture
def read_minutes() -> Callable[[str], Minutes]:
    """Reads invented text as minutes."""
    return minutes_from
