"""Patterns of the tables of questions: which words of a question they say, and which they pass over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

Range = tuple[int, int]

_GAP = re.compile(r"\.(?:\{\d+,\d+\}\??|\*)")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a table, case apart; its wildcards (``.*``, ``.{1,40}``) are kept apart for ``said``."""
    number = count()
    return re.compile(_GAP.sub(lambda gap: f"(?P<gap{next(number)}>{gap[0]})", pattern), re.IGNORECASE)


def said(match: re.Match[str]) -> Iterator[Range]:
    """The ranges of a match without what its wildcards passed over: *tog … upp* of *tog Eva bron upp*."""
    at = match.start()
    for name, text in sorted(match.groupdict().items(), key=lambda item: match.start(item[0])):
        if text is not None and at <= match.start(name) and match.end(name) <= match.end():
            yield at, match.start(name)
            at = match.end(name)
    yield at, match.end()
