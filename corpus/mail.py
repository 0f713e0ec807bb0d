"""Mail as it is saved: EML by Python's email package, Outlook's MSG by python-oxmsg."""

from __future__ import annotations

import codecs
import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, Message
from typing import Any

from corpus.containers import Member
from corpus.errors import UnreadableError
from corpus.readers.plain import decode, without_controls

_MAX_PARTS = 1000
_MAX_HEAD = 5000  # characters of one head (Subject, To …) that are taken apart
_MAX_DEPTH = 20  # of parts within parts
_TNEF = "är ett paket i Outlooks eget format (winmail.dat); be avsändaren skicka bilagorna som vanliga filer"
_ENCRYPTED = "är krypterad; öppna den i e-postprogrammet och spara den okrypterad"
_MESSAGE_IN_MSG = "är ett bifogat Outlook-meddelande; spara det som en egen fil och lägg in den"
_BY_REFERENCE = "ligger inte i meddelandet, som bara pekar på den"
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_ENCRYPTIONS = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
# Names of encodings that Python knows but no mail means: they compute more than letters.
_ENCODING = re.compile(r"(us-ascii|utf-?7|(iso|mac|windows|cp|koi8|x-mac|euc|shift|gb|big5|ibm)[\w-]*)", re.IGNORECASE)
# Properties in a MSG file ([MS-OXPROPS]): the sender, the body as a web page, and of an attachment its id in
# that body, its short name and how it is attached.
_SENDER_NAME, _HTML, _CONTENT_ID, _SHORT_NAME, _ATTACH_METHOD = 0x0C1A, 0x1013, 0x3712, 0x3704, 0x3705
_EMBEDDED_MESSAGE = 5


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: its head, its body as text or as a web page, and what is attached to it."""

    format: str
    subject: str
    sender: str
    recipients: str
    sent: datetime | None
    text: str
    html: bytes
    attachments: tuple[Member, ...]


class _BoundedPolicy(email.policy.EmailPolicy):
    """Python's rules for mail, on the first thousands of characters of a head: they are quadratic."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """The head as a structured value."""
        return super().header_fetch_parse(name, value if len(value) <= _MAX_HEAD else value[:_MAX_HEAD])


def parse_eml(data: bytes) -> Mail:
    """Parse a mail in the Internet format (RFC 5322, MIME).

    Raises:
        UnreadableError: the file is no mail, or damaged.
    """
    try:
        message = email.message_from_bytes(data, policy=_BoundedPolicy())
        if not any(message[key] for key in ("From", "To", "Subject", "Date", "Content-Type", "Received")):
            raise UnreadableError("filen är inget e-postmeddelande eller är skadad")
        leaves = list(_leaves(message, 0))
        texts = [_text(part) for part in leaves if _is_body(part, "plain")]
        pages = [_payload(part) for part in leaves if _is_body(part, "html")]
        return Mail(
            format="eml",
            subject=_head(message, "Subject"),
            sender=_head(message, "From"),
            recipients=", ".join(filter(None, (_head(message, "To"), _head(message, "Cc")))),
            sent=_date(message),
            text="\n\n".join(filter(None, texts)),
            html=b"\n".join(pages),
            attachments=tuple(_attachments(leaves)),
        )
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # What the email package raises on broken structures, beside the defects that it notes.
        raise UnreadableError("e-postmeddelandet är skadat och kan inte läsas") from error


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """The parts without parts of their own; of alternatives the plain text, or else the last."""
    if depth > _MAX_DEPTH:
        return
    inner = part.get_payload() if part.is_multipart() else None
    if part.get_content_type() == "message/rfc822" or not isinstance(inner, list):
        yield part
        return
    children = [child for child in inner[:_MAX_PARTS] if isinstance(child, Message)]
    found = [leaf for child in children for leaf in _leaves(child, depth + 1)]
    if part.get_content_subtype() == "alternative":
        plain = any(_is_body(leaf, "plain") and _text(leaf) for leaf in found)
        found = [leaf for leaf in found if not _is_body(leaf, "html" if plain else "plain")]
    yield from found


def _is_body(part: Message, subtype: str) -> bool:
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return part.get_content_type() == f"text/{subtype}" and not named


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    """The text of a part, in the encoding that it states if that is one, or else by its bytes."""
    data = _payload(part)
    stated = str(part.get_content_charset("") or "")
    if _ENCODING.fullmatch(stated):
        try:
            codec = codecs.lookup(stated).name
            if codec not in ("iso8859-1", "cp1252", "ascii"):
                return without_controls(data.decode(codec)).strip()
        except (LookupError, UnicodeError):
            pass
    return decode(data).strip() if data.strip() else ""


def _head(message: Message, key: str) -> str:
    try:
        text = str(message[key] or "")
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""  # a head that the email package cannot take apart
    if any("\udc80" <= c <= "\udcff" for c in text):  # raw bytes where the standard wants them encoded
        text = decode(text.encode("ascii", "surrogateescape")) if text.isascii() is False else text
    return " ".join(text.split())


def _date(message: Message) -> datetime | None:
    try:
        found = getattr(message["Date"], "datetime", None)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, OverflowError):
        return None
    return found if isinstance(found, datetime) else None


def _attachments(leaves: list[Message]) -> Iterator[Member]:
    for number, part in enumerate(leaves[:_MAX_PARTS], 1):
        kind = part.get_content_type()
        if _is_body(part, "plain") or _is_body(part, "html") or kind in _SIGNATURES:
            continue
        if kind == "message/rfc822":
            inner = part.get_payload()
            forwarded = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(forwarded, EmailMessage):
                subject = re.sub(r"[/\\]", "-", _head(forwarded, "Subject"))
                yield Member(_label(subject or "meddelande") + ".eml", forwarded.as_bytes())
            continue
        inline = part.get_content_disposition() == "inline" or part["Content-ID"] is not None
        if part.get_content_maintype() == "image" and inline:
            continue
        name = _label(part.get_filename() or "")
        if not name:
            name = f"bilaga {number}{_ENDINGS.get(kind, '')}"
        if kind == "application/ms-tnef" or name.casefold() == "winmail.dat":
            yield Member(name, None, _TNEF)
        elif kind in _ENCRYPTIONS:
            yield Member(name, None, _ENCRYPTED)
        else:
            yield Member(name, _payload(part))


# The endings of attachments that came without a name.
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "text/plain": ".txt",
    "text/html": ".html",
}


def _label(name: str) -> str:
    """The last step of an attachment's name: a label, never a path, without invisible signs."""
    name = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in name if c.isprintable()).strip(" .")[-150:] if name.strip(" .") else ""


def parse_msg(data: bytes) -> Mail:
    """Parse a mail that Outlook saved (MSG).

    Raises:
        UnreadableError: the file is no mail of Outlook's, or damaged.
    """
    from oxmsg import Message as Outlook

    try:
        message = Outlook.load(io.BytesIO(data))
        people = [person.name or person.email_address or "" for person in message.recipients]
        return Mail(
            format="msg",
            subject=" ".join((message.subject or "").split()),
            sender=message.sender or message.properties.str_prop_value(_SENDER_NAME) or "",
            recipients=", ".join(filter(None, people)),
            sent=message.sent_date,
            text=without_controls(message.body or "").strip("\0 \n"),
            html=message.properties.binary_prop_value(_HTML) or (message.html_body or "").encode(),
            attachments=tuple(_outlook_attachments(message)),
        )
    except UnreadableError:
        raise
    except Exception as error:
        # olefile and oxmsg raise what their parsers happen to meet (struct.error, KeyError, …).
        raise UnreadableError("Outlook-meddelandet är skadat; spara det på nytt, eller som EML eller PDF") from error


def _outlook_attachments(message: Any) -> Iterator[Member]:
    for number, one in enumerate(message.attachments, 1):
        name = f"bilaga {number}"
        try:
            name = _label(one.file_name or one.properties.str_prop_value(_SHORT_NAME) or "") or name
            member = _outlook_attachment(one, name)
        except Exception:  # as above: what a broken part happens to raise costs that part only
            member = Member(name, None, "är skadad i meddelandet")
        if member is not None:
            yield member


def _outlook_attachment(one: Any, name: str) -> Member | None:
    """One attachment; None for a picture that stands in the body (a logo)."""
    picture = str(one.mime_type).startswith("image/") or re.search(r"\.(png|jpe?g|gif|bmp)$", name, re.IGNORECASE)
    if picture and one.properties.str_prop_value(_CONTENT_ID):
        return None
    if one.properties.int_prop_value(_ATTACH_METHOD) == _EMBEDDED_MESSAGE:
        return Member(name, None, _MESSAGE_IN_MSG)
    if name.casefold() == "winmail.dat":
        return Member(name, None, _TNEF)
    if one.file_bytes is None:
        return Member(name, None, _BY_REFERENCE)
    return Member(name, one.file_bytes)
