"""The components of the pipeline under the names by which spaCy's configuration knows them."""

from __future__ import annotations

from functools import cache

from models.pipeline.figures import mark_figures
from models.pipeline.gazetteers import mark_gazetteers
from models.pipeline.names import mend_names
from models.pipeline.sentence_component import mark_sentences
from models.pipeline.tokenizer import register_tokenizer

# In the order in which they run; the trained tok2vec, tagger and ner come after the sentences.
FIRST = ("klubbat_sentences",)
LAST = ("klubbat_gazetteers", "klubbat_names", "klubbat_figures")


@cache
def register_components() -> None:
    """Make the components and the tokenizer known to spaCy."""
    from spacy.language import Language

    register_tokenizer()
    Language.component("klubbat_sentences", func=mark_sentences)
    Language.component("klubbat_gazetteers", func=mark_gazetteers)
    Language.component("klubbat_names", func=mend_names)
    Language.component("klubbat_figures", func=mark_figures)
