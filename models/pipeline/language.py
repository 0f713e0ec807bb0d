"""The whole pipeline, loaded once: words, sentences, trained tagger and names, tables, layout, figures."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.tables import digest
from models.pipeline.components import FIRST, LAST, register_components

if TYPE_CHECKING:
    from spacy.language import Language

_TABLES = ("roles", "organisations", "not_bodies", "names_that_are_words")


def weights_folder() -> Path:
    """Where the trained components lie, inside the package."""
    return Path(str(resources.files("models.pipeline"))) / "weights"


@cache
def load_pipeline() -> Language:
    """The pipeline with its trained weights; takes about a second, so it is kept.

    Raises:
        OSError: the weights are missing or damaged.
    """
    return pipeline_from(weights_folder())


@cache
def pipeline_version() -> str:
    """Eight hexadecimal digits that change with the weights and with the tables."""
    summed = hashlib.sha256(digest("models.tables", *_TABLES).encode())
    for file in sorted(weights_folder().rglob("*")):
        if file.is_file():
            summed.update(file.read_bytes())
    return summed.hexdigest()[:8]


def pipeline_from(folder: Path) -> Language:
    """The pipeline with the weights of a folder that :mod:`models.training` made."""
    import spacy

    register_components()
    nlp: Language = spacy.load(folder, exclude=["tokenizer", "vocab"])
    for label in nlp.get_pipe("tagger").labels:
        nlp.vocab.strings.add(label)  # the weights come without the words that training saw
    for name in FIRST:
        nlp.add_pipe(name, first=True)
    for name in LAST:
        nlp.add_pipe(name)
    return nlp
