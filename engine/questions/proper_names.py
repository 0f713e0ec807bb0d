"""Names in a question: whoever asks of one that stands in no document gets no answer from another's minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from engine.hits import Language
from engine.questions.names import without_genitive

# A word with a capital letter inside a sentence. Short ones and abbreviations (*VD*) may be written out elsewhere.
_NAME = re.compile(r"(?<=[\w,;)”\"] )[(”\"]?([A-ZÅÄÖÉ][a-zåäöéü]{3,})(?![\w-])")
_SWEDISH = re.compile(r"[åäöé]")


def names_in(question: str, spoken: Language) -> tuple[str, ...]:
    """The names of the question in their order.

    An English question writes much with a capital letter; there only Swedish names count.
    """
    names = [found[1] for found in _NAME.finditer(question)]
    return tuple(dict.fromkeys(name for name in names if spoken == "sv" or _SWEDISH.search(name.lower())))


def stands(name: str, knows: Callable[[str], bool]) -> bool:
    """Whether ``knows`` knows the name, perhaps without its genitive."""
    return knows(name) or knows(without_genitive(name))


def unknown_names(names: Iterable[str], knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The names that ``knows`` does not know, without their genitives."""
    return tuple(dict.fromkeys(without_genitive(name) for name in names if not stands(name, knows)))
