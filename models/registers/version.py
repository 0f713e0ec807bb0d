"""The version of the extractors, stored with the facts that they read. Imports none of them."""

from __future__ import annotations

from functools import cache

from corpus.tables import digest
from models.pipeline.language import pipeline_version
from models.sentences import SENTENCES_VERSION

# Change it when other facts are found. The tables are counted beside it.
FACTS_VERSION = "1"
# The tables of models/tables that dates, times, amounts and sentences are read with.
_SHARED_TABLES = ("abbreviations", "date_words", "number_words", "references", "short_forms", "time_words", "units")


@cache
def facts_version() -> str:
    """Names the code and the tables that read facts: facts of another version are read anew."""
    tables = digest("models.registers.tables"), digest("models.tables", *_SHARED_TABLES)
    return "/".join((FACTS_VERSION, SENTENCES_VERSION, pipeline_version(), *tables))
