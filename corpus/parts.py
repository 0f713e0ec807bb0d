"""The documents in a file: the file itself, or the members of an archive or a mail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from corpus.containers import MAX_DEPTH, Budget, Member, zip_members
from corpus.errors import UnreadableError
from corpus.heartbeat import beat
from corpus.readers import ARCHIVE, can_read, clean, endings, format_of, read_bytes
from corpus.records import Source

_MAILS = (".eml", ".msg", ".mht", ".mhtml")
_CONTAINERS = (ARCHIVE, *_MAILS)
_SHOWN_REASONS = 3
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """One document out of a file.

    ``name`` is empty for the file itself, else the path inside the container, e.g.
    ``bilagor/protokoll.pdf``. ``sha256`` is that of the member's bytes (of the file for the file
    itself); empty where the member could not be taken out. ``source`` is what the reader made of
    it, or None with the ``reason`` (in Swedish) why it was not read.
    """

    name: str
    sha256: str
    source: Source | None
    reason: str | None = None


def is_container(name: str) -> bool:
    """Whether a file of this name holds several documents: an archive or a mail."""
    return PurePath(name).suffix.lower() in _CONTAINERS


def read_parts(data: bytes, name: str, passed_over: Mapping[str, str] = _NONE) -> Iterator[Part]:
    """The documents in a file, in its order; one for a file that is no container.

    Members named in ``passed_over`` are not read; they come with the reason that is given there.

    A mail's own text is the file itself; its attachments and the members of an archive follow by
    name, and those of containers inside (at most three deep) with the container's name before theirs.
    A member that cannot be read comes with the reason and never costs the others.

    Raises:
        UnreadableError: the file itself cannot be read, or it is an archive with nothing to read.
    """
    kind = format_of(data, name)
    if kind == ARCHIVE:
        yield from _archive_parts(data, passed_over)
    elif kind in _MAILS and can_read(name):
        yield from _numbered(_mail_parts(data, "", 1, Budget(), passed_over))
    else:
        yield Part("", _sha256(data), read_bytes(data, name))


def _archive_parts(data: bytes, passed_over: Mapping[str, str]) -> Iterator[Part]:
    """The parts of an archive; what cannot be read is held back until something can."""
    waiting: list[Part] = []
    found = False
    for part in _numbered(_members(zip_members(data, budget := Budget()), "", 1, budget, passed_over)):
        found = found or part.source is not None
        waiting.append(part)
        if found:
            yield from waiting
            waiting.clear()
    if not found:
        reasons = "; ".join(f"{part.name}: {part.reason}" for part in waiting[:_SHOWN_REASONS])
        more = f" … och {len(waiting) - _SHOWN_REASONS} till" if len(waiting) > _SHOWN_REASONS else ""
        raise UnreadableError(f"arkivet innehåller inget som kan läsas ({reasons or 'inga filer'}{more})")


def _numbered(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts with names of their own: the second ``a.pdf`` is ``a (2).pdf``."""
    seen: set[str] = set()
    for part in parts:
        name, number = part.name, 1
        while name in seen:
            number += 1
            stem, dot, ending = part.name.rpartition(".")
            name = f"{stem} ({number}){dot}{ending}" if stem else f"{part.name} ({number})"
        seen.add(name)
        yield part if name == part.name else Part(name, part.sha256, part.source, part.reason)


def _members(
    members: Iterator[Member], within: str, depth: int, budget: Budget, passed_over: Mapping[str, str]
) -> Iterator[Part]:
    for member in members:
        name = within + member.name
        if member.data is None:
            yield Part(name, "", None, member.reason)
        elif name in passed_over:
            yield Part(name, _sha256(member.data), None, passed_over[name])
        else:
            beat(name)
            yield from _member_parts(member.data, name, depth, budget, passed_over)


def _member_parts(data: bytes, name: str, depth: int, budget: Budget, passed_over: Mapping[str, str]) -> Iterator[Part]:
    """The parts of one member; whatever its reader meets costs this member only."""
    try:
        if not can_read(name):
            raise UnreadableError(f"formatet läses inte; Klubbat läser {' '.join(endings())}")
        kind = format_of(data, name)
        if kind not in _CONTAINERS:
            yield Part(name, _sha256(data), read_bytes(data, name))
        elif depth >= MAX_DEPTH:
            raise UnreadableError(f"ligger för djupt (arkiv i arkiv läses i {MAX_DEPTH} led); packa upp det")
        elif kind == ARCHIVE:
            yield from _members(zip_members(data, budget), f"{name}/", depth + 1, budget, passed_over)
        else:
            yield from _mail_parts(data, name, depth + 1, budget, passed_over)
    except UnreadableError as error:
        yield Part(name, _sha256(data), None, str(error))
    except Exception as error:
        yield Part(name, _sha256(data), None, f"kan inte läsas ({type(error).__name__})")


def _mail_parts(data: bytes, name: str, depth: int, budget: Budget, passed_over: Mapping[str, str]) -> Iterator[Part]:
    from corpus.readers import mail

    parsed = mail.parse(data)
    yield Part(name, _sha256(data), clean(mail.source_of(parsed)))
    yield from _members(iter(parsed.attachments), f"{name}/" if name else "", depth, budget, passed_over)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
