"""A mail's own text: subject, sender, recipients, date and body; attachments are parts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.mail import Mail, parse_eml, parse_msg
from corpus.readers import html
from corpus.records import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parse(data: bytes) -> Mail:
    """The mail in a file, in Outlook's format or in that of the Internet.

    Raises:
        UnreadableError: the file is no mail, or damaged.
    """
    return parse_msg(data) if data.startswith(_OLE) else parse_eml(data)


def read(data: bytes, name: str) -> Source:
    """Read a mail; quoted mails in its body stay in the text."""
    return source_of(parse(data))


def source_of(mail: Mail) -> Source:
    """The text of a mail that is parsed: its head, a blank line, its body."""
    head = "\n".join(_head(mail)) + "\n\n"
    if mail.text:
        body = Source(text=mail.text + "\n", format=mail.format)
    elif mail.html.strip():
        body = html.read(mail.html, "")
    else:
        body = Source(text="", format=mail.format)
    moved = [replace(mark, start=mark.start + len(head), end=mark.end + len(head)) for mark in body.marks]
    return Source(text=head + body.text, format=mail.format, marks=tuple(moved), metadata=tuple(_metadata(mail)))


def _head(mail: Mail) -> Iterator[str]:
    if mail.subject:
        yield f"Ämne: {mail.subject}"
    if mail.sender:
        yield f"Från: {mail.sender}"
    if mail.recipients:
        yield f"Till: {mail.recipients}"
    if mail.sent:
        yield f"Datum: {mail.sent:%Y-%m-%d %H:%M}"


def _metadata(mail: Mail) -> Iterator[tuple[str, str]]:
    if mail.subject:
        yield "title", mail.subject
    if mail.sent:
        yield "date", f"{mail.sent:%Y-%m-%d}"
