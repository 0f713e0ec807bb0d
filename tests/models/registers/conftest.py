from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.documents import document_from_bytes
from models.registers.minutes import Minutes, minutes_of
from models.registers.reading import sentences_of
from models.sentences import split_sentences


@pytest.fixture
def minutes_from() -> Callable[..., Minutes]:
    """Builds the view of invented minutes from their text."""

    def build(text: str, name: str = "protokoll.md") -> Minutes:
        document = document_from_bytes(text.encode(), name, split_sentences)
        return minutes_of(document, tuple(sentences_of(document)))

    return build
