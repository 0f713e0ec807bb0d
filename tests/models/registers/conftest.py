"""Minutes of invented text, as the extractors read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.documents import document_from_bytes
from models.registers.minutes import Minutes, minutes_of
from models.registers.reading import sentences_of
from models.sentences import split_sentences

Read = Callable[..., Minutes]


def read_minutes(text: str, name: str = "protokoll.txt") -> Minutes:
    """The minutes of a text, read as the file ``name`` would be."""
    document = document_from_bytes(text.encode(), name, split_sentences)
    return minutes_of(document, tuple(sentences_of(document)))


@pytest.fixture
def read() -> Read:
    """The reader of invented minutes."""
    return read_minutes
