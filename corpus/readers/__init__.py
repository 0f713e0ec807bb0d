"""Readers: one small module a format, registered by the endings of file names.

A reader turns the bytes of a file into a :class:`corpus.records.Source`. To add a format, write
``def read(data: bytes, name: str) -> Source`` in a module of this package and name it in
``_READERS``; modules are imported when a file of their format is met. Archives and mails hold
several documents: :mod:`corpus.parts` reads them part by part.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from corpus.errors import UnreadableError
from corpus.readers.formats import sniffed
from corpus.records import Source

ARCHIVE = ".zip"
# Raise it when a reader gives other text for the same file: files are then read anew.
READERS_VERSION = "3"

_READERS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "office",
    ".odt": "office",
    ".rtf": "office",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".msg": "mail",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
# Some 5 000 pages; a yearly report with all its appendices has a twentieth of it.
MAX_CHARACTERS = 10_000_000

_PACKAGES = (".docx", ".docm", ".odt")  # archives by their bytes, too

_SURROGATES = re.compile("[\ud800-\udfff]")


class Reader(Protocol):
    """What a reader module offers."""

    def read(self, data: bytes, name: str) -> Source:
        """Read the bytes of a file; UnreadableError where they are damaged or no text."""
        ...


def endings() -> tuple[str, ...]:
    """The file name endings that can be read, e.g. ``.pdf``."""
    return (*_READERS, ARCHIVE)


def can_read(name: str) -> bool:
    """Whether a file of this name has a reader."""
    return _ending(name) in endings()


def format_of(data: bytes, name: str) -> str:
    """The ending of the format that a file is read as: by its content where that tells, else its name's.

    A Word file may be called .doc and hold RTF, a web page or a DOCX; a picture may be called .pdf.
    A format that is not read (a picture without a reader) leaves the name's ending.
    """
    ending, content = _ending(name), sniffed(data)
    if content is None and ending in (".doc", ".rtf"):
        return _text_called_word(data) or ending
    if content is None or content not in endings() or (content == ARCHIVE and ending in _PACKAGES):
        return ending
    same = _READERS.get(content, content) == _READERS.get(ending, ending)
    if same and content not in (".doc", ".odt", ".rtf"):
        return ending
    return content


def read_bytes(data: bytes, name: str) -> Source:
    """Read a file's bytes with the reader for its content, or else for its name.

    Raises:
        UnreadableError: no reader for the format, or the content is damaged, empty or not text.
    """
    if not can_read(name):
        raise UnreadableError(f"formatet läses inte; Klubbat läser {' '.join(endings())}")
    if not data.strip(b"\0\t\n\r\f "):
        raise UnreadableError("filen är tom")
    ending = format_of(data, name)
    if ending == ARCHIVE:
        raise UnreadableError("filen är ett arkiv; det läses del för del")
    reader = cast(Reader, import_module(f"corpus.readers.{_READERS[ending]}"))
    source = reader.read(data, name if ending == _ending(name) else f"{name}{ending}")
    # Pictures that nobody has read are kept without text: the caller says what they need.
    if not source.text.strip() and not source.pages_without_text:
        raise UnreadableError("filen innehåller ingen text")
    return clean(source)


def clean(source: Source) -> Source:
    """The source without half surrogate pairs (a broken entity or font table): they cannot be stored.

    Raises:
        UnreadableError: there is more text than any document of people has.
    """
    if len(source.text) > MAX_CHARACTERS:
        millions = len(source.text) // 1_000_000
        raise UnreadableError(
            f"filen ger orimligt mycket text ({millions} miljoner tecken; gränsen är {MAX_CHARACTERS // 1_000_000}); "
            "dela upp den"
        )
    text = _SURROGATES.sub("\ufffd", source.text)
    metadata = tuple((key, _SURROGATES.sub("\ufffd", value)) for key, value in source.metadata)
    same = text == source.text and metadata == source.metadata
    return source if same else replace(source, text=text, metadata=metadata)


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _text_called_word(data: bytes) -> str | None:
    """What a .doc or .rtf without the signs of its format is: a saved web page, plain text, or None."""
    from corpus.readers.plain import decode

    if data.lstrip().startswith(b"MIME-Version:"):
        return ".mht"
    if data.lstrip().startswith(b"<?xml"):  # Word 2003 XML, which LibreOffice knows
        return None
    try:
        return ".txt" if decode(data).strip() else None
    except UnreadableError:
        return None
