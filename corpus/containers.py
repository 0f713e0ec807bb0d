"""ZIP archives, checked before they are read: sizes, ratios, names, overlaps.

A member is unpacked in memory and counted while it is: what its header says of its size is never
trusted. Nothing is written to disk, and a member's name is a label only. DOCX and ODT are ZIP
archives too and pass the same checks before a library sees them.
"""

from __future__ import annotations

import contextlib
import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import UnreadableError

MAX_MEMBERS = 10_000
MAX_DEPTH = 3  # an archive in an archive in an archive
MAX_MEMBER_BYTES = 100_000_000  # as for a file of its own
MAX_TOTAL_BYTES = 500_000_000  # of everything that comes out of one file, nested archives included
MAX_XML_BYTES = 50_000_000  # a parsed part takes ten times its size; minutes of 1000 pages are 10 MB
# Text shrinks to a tenth, a bomb to a thousandth. Small members of one letter may shrink so too.
MAX_RATIO = 100
RATIO_FROM_BYTES = 10_000_000

_STEP = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_QUIET = re.compile(r"(?:^|/)(?:\.[^./\\]|__MACOSX/|~\$|(?:thumbs\.db|desktop\.ini|ehthumbs\.db)$)", re.IGNORECASE)
_BOMB = "packas upp till mer än hundra gånger sin storlek (en så kallad zip-bomb?)"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a container: its bytes, or the reason (in Swedish) why it was not taken out."""

    name: str
    data: bytes | None
    reason: str | None = None


@dataclass
class Budget:
    """What may still come out of one file, through all its nested archives."""

    bytes_left: int = MAX_TOTAL_BYTES
    members_left: int = MAX_MEMBERS


def zip_members(data: bytes, budget: Budget) -> Iterator[Member]:
    """The members of a ZIP archive in its order, without folders, hidden files and system files.

    A member that is refused or damaged comes with its reason and never costs the others.

    Raises:
        UnreadableError: the archive is damaged, or it is as a whole built to do harm.
    """
    archive = _opened(data)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > budget.members_left:
        raise UnreadableError(f"arkivet har fler än {MAX_MEMBERS} filer; dela upp det")
    budget.members_left -= len(infos)
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise UnreadableError(f"arkivet packas upp till mer än {MAX_TOTAL_BYTES // 1_000_000} MB; dela upp det")
    for info in infos:
        name = _name(info)
        if _QUIET.search(name):
            continue
        try:
            yield Member(name, _unpacked(archive, info, budget))
        except UnreadableError as error:
            yield Member(name, None, str(error))


def check_package(data: bytes, forbidden: bytes) -> None:
    """Check a DOCX or ODT before its library reads it; ``forbidden`` may stand in none of its XML parts.

    Raises:
        UnreadableError: the package is damaged, unpacks to too much, or declares entities.
    """
    archive = _opened(data)
    budget = Budget()
    for info in archive.infolist():
        if info.is_dir():
            continue
        part = _unpacked(archive, info, budget)
        if not info.filename.lower().endswith((".xml", ".rels")):
            continue
        if len(part) > MAX_XML_BYTES:
            raise UnreadableError(f"dokumentets text är större än {MAX_XML_BYTES // 1_000_000} MB; dela upp det")
        if forbidden in part.replace(b"\0", b""):  # without zeros: UTF-16 hides nothing
            raise UnreadableError("dokumentet är byggt på ett otillåtet sätt (egna entiteter i XML) och läses inte")


def package_names(data: bytes) -> frozenset[str]:
    """The names in a ZIP archive; none where it is damaged."""
    try:
        return frozenset(info.filename for info in _opened(data).infolist())
    except UnreadableError:
        return frozenset()


def _opened(data: bytes) -> zipfile.ZipFile:
    if data.count(_CENTRAL_ENTRY) > MAX_MEMBERS:  # before a record is made of each
        raise UnreadableError(f"arkivet har fler än {MAX_MEMBERS} filer; dela upp det")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise UnreadableError("arkivet är skadat och kan inte öppnas; hämta eller packa det på nytt") from error
    end = 0
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise UnreadableError("arkivets delar överlappar varandra (en så kallad zip-bomb?); det läses inte")
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
    return archive


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member, counted as they come; UnreadableError with the reason else."""
    _check(info)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_STEP):
                size += len(piece)
                budget.bytes_left -= len(piece)
                _check_size(size, info.compress_size)
                if budget.bytes_left < 0:
                    raise UnreadableError(f"arkivet packas upp till mer än {MAX_TOTAL_BYTES // 1_000_000} MB")
                pieces.append(piece)
    except _DAMAGED as error:
        raise UnreadableError("är skadad i arkivet och kan inte packas upp") from error
    return b"".join(pieces)


def _check(info: zipfile.ZipInfo) -> None:
    """Refuse a member by what its header says: name, kind, protection, method, sizes."""
    name = info.orig_filename
    unsafe = ".." in re.split(r"[/\\]", name) or name.startswith("/") or re.match(r"[A-Za-z]:", name)
    if unsafe or "\\" in name or "\0" in name:
        raise UnreadableError("har ett otillåtet namn i arkivet (en sökväg ut ur det) och läses inte")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableError("är en länk och inte en fil")
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError("är skyddad med lösenord; packa upp den och lägg in den för sig")
    if info.compress_type not in _METHODS:
        raise UnreadableError("är packad med en ovanlig metod; packa om arkivet som vanlig ZIP")
    _check_size(info.file_size, info.compress_size)


def _check_size(size: int, packed: int) -> None:
    if size > RATIO_FROM_BYTES and size > MAX_RATIO * packed:
        raise UnreadableError(_BOMB)
    if size > MAX_MEMBER_BYTES:
        raise UnreadableError(f"är för stor (gränsen är {MAX_MEMBER_BYTES // 1_000_000} MB)")


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name as a label: in the letters that were meant, without invisible signs."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with contextlib.suppress(UnicodeError):  # some programs write UTF-8 without saying so
            name = name.encode("cp437").decode("utf-8")
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", visible)
