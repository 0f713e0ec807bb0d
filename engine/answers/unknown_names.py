"""Names of a question that stand in no document: whoever asks of them gets no answer from another's minutes."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.hits import Language
from engine.questions.names import without_genitive

# A word with a capital letter inside a sentence. Short ones and abbreviations (*VD*) may be written out elsewhere.
_NAME = re.compile(r"(?<=[\w,;)”\"] )[(”\"]?([A-ZÅÄÖÉ][a-zåäöéü]{3,})(?![\w-])")
_SWEDISH = re.compile(r"[åäöé]")


def unknown_names(question: str, spoken: Language, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of the question that ``knows`` does not know, in their order, without a genitive.

    An English question writes much with a capital letter; there only Swedish names count.
    """
    names = [found[1] for found in _NAME.finditer(question)]
    if spoken == "en":
        names = [name for name in names if _SWEDISH.search(name.lower())]
    unknown = [without_genitive(name) for name in names if not knows(name) and not knows(without_genitive(name))]
    return tuple(dict.fromkeys(unknown))
