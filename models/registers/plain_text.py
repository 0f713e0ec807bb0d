"""A range of a document without its markup, for patterns and for what is shown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[*_`|\\>]|<br\s*/?>|(?m:^#+)")


def flat(text: str) -> str:
    """The text with markup as spaces: every character keeps its place."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)


def plain(text: str) -> str:
    """The text as running words: no markup, no line breaks, no bullet before it."""
    return re.sub(r"\s+", " ", _MARKUP.sub(" ", text)).strip(" •–—-\t")
