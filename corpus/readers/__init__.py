"""Readers: one small module a format, registered by the endings of file names.

A reader turns the bytes of a file into a :class:`corpus.records.Source`. To add a format, write
``def read(data: bytes, name: str) -> Source`` in a module of this package and name it in
``_READERS``; modules are imported when a file of their format is met.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from corpus.errors import UnreadableError
from corpus.records import Source

_READERS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}

_SURROGATES = re.compile("[\ud800-\udfff]")


class Reader(Protocol):
    """What a reader module offers."""

    def read(self, data: bytes, name: str) -> Source:
        """Read the bytes of a file; UnreadableError where they are damaged or no text."""
        ...


def endings() -> tuple[str, ...]:
    """The file name endings that can be read, e.g. ``.pdf``."""
    return tuple(_READERS)


def can_read(name: str) -> bool:
    """Whether a file of this name has a reader."""
    return PurePath(name).suffix.lower() in _READERS


def read_bytes(data: bytes, name: str) -> Source:
    """Read a file's bytes with the reader for its name.

    Raises:
        UnreadableError: no reader for the format, or the content is damaged, empty or not text.
    """
    module = _READERS.get(PurePath(name).suffix.lower())
    if module is None:
        known = " ".join(endings())
        raise UnreadableError(f"formatet läses inte; Klubbat läser {known}")
    if not data.strip(b"\0\t\n\r\f "):
        raise UnreadableError("filen är tom")
    reader = cast(Reader, import_module(f"corpus.readers.{module}"))
    source = reader.read(data, name)
    # Pictures that nobody has read are kept without text: the caller says what they need.
    if not source.text.strip() and not source.pages_without_text:
        raise UnreadableError("filen innehåller ingen text")
    # Half a surrogate pair (a broken entity or font table) is no character and cannot be stored.
    text = _SURROGATES.sub("\ufffd", source.text)
    return source if text == source.text else replace(source, text=text)
