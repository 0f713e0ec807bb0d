"""Minutes from invented text, read as a document is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.documents import document_from_bytes
from models.registers.minutes import Minutes, minutes_of
from models.registers.reading import sentences_of
from models.sentences import split_sentences


def read_minutes(text: str, name: str = "protokoll.txt") -> Minutes:
    """The minutes of a text, read as the file ``name`` would be."""
    document = document_from_bytes(text.encode(), name, split_sentences)
    return minutes_of(document, tuple(sentences_of(document)))


minutes_from = read_minutes


@pytest.fixture(name="read")
def _read() -> Callable[..., Minutes]:
    """Reads invented text as minutes."""
    return read_minutes


@pytest.fixture(name="read_minutes")
def _read_minutes() -> Callable[..., Minutes]:
    return read_minutes


@pytest.fixture(name="minutes_from")
def _minutes_from() -> Callable[..., Minutes]:
    """Reads invented Markdown as minutes."""
    return lambda text, name="protokoll.md": read_minutes(text, name)
