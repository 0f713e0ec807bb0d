"""What a file is by its first bytes, since the ending of its name can lie."""

from __future__ import annotations

import re

from corpus.containers import package_names

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"GIF8", ".gif"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_BYTES = 2048
# Names of streams in an OLE file, which stand in it as UTF-16, and the format that has them.
_STREAMS = (
    ("EncryptedPackage", ".docx"),
    ("__properties_version1.0", ".msg"),
    ("WordDocument", ".doc"),
)


def sniffed(data: bytes) -> str | None:
    """The ending that belongs to the content, e.g. ``.pdf``; None where the bytes do not tell.

    Plain text, Markdown and mails have no sign of their own: there the name decides.
    """
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head[:1024] and not head.startswith((b"PK", _OLE)) and head.lstrip().startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _package(data)
    if head.startswith(_OLE):
        return next((ending for stream, ending in _STREAMS if stream.encode("utf-16-le") in data), None)
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    for sign, ending in _PICTURES:
        if head.startswith(sign):
            return ending
    return ".html" if _HTML.match(head) else None


def _package(data: bytes) -> str | None:
    """DOCX, ODT or a ZIP archive; None where the archive is damaged."""
    names = package_names(data)
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return ".docx"
    if "mimetype" in names and "content.xml" in names:
        return ".odt"
    return ".zip" if names else None
