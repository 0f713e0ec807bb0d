"""Mail: the text of its own, in whatever encoding it came, and what is attached to it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from corpus_reading import read as read_document
from outlook_files import msg_bytes
from word_files import docx_bytes, p, zip_bytes

from corpus.errors import UnreadableError
from corpus.parts import Part, read_parts

BODY = "Hej!\n\nHär är protokollet från mötet – Åsa väljs.\n\nFrån: Bo Ek\nSkickat: den 3 mars\n> Kommer det?\n"


def mail(body: str = BODY) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Protokoll från Granviks byalag"
    message["From"] = "Åsa Ek <asa@granvik.example>"
    message["To"] = "Bo Ek <bo@granvik.example>"
    message["Date"] = "Tue, 04 Mar 2031 18:30:00 +0100"
    message.set_content(body)
    return message


def parts_of(data: bytes | EmailMessage, name: str = "brev.eml") -> dict[str, Part]:
    return {part.name: part for part in read_parts(data if isinstance(data, bytes) else data.as_bytes(), name)}


def text_of(data: bytes | EmailMessage, name: str = "brev.eml") -> str:
    source = parts_of(data, name)[""].source
    assert source is not None
    return source.text


def test_a_mail_is_its_head_and_its_body() -> None:
    assert text_of(mail()) == (
        "Ämne: Protokoll från Granviks byalag\nFrån: Åsa Ek <asa@granvik.example>\n"
        f"Till: Bo Ek <bo@granvik.example>\nDatum: 2031-03-04 18:30\n\n{BODY}"
    )


def test_subject_and_date_describe_the_document() -> None:
    document = read_document(mail().as_bytes(), "brev.eml")
    assert (document.title, document.date) == ("Protokoll från Granviks byalag", "2031-03-04")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-1"])
@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
def test_every_encoding_and_transfer_gives_the_same_text(encoding: str, transfer: str) -> None:
    message = mail()
    body = BODY.replace("–", "-")
    message.set_content(body, charset=encoding, cte=transfer)
    assert text_of(message).endswith(body)


def test_a_body_whose_stated_encoding_is_wrong_is_read_by_its_bytes() -> None:
    data = b"From: a@b.example\nContent-Type: text/plain; charset=ok\xc3\xa4nd\n\n" + "Åsa väljs.".encode("cp1252")
    assert text_of(data).endswith("Åsa väljs.\n")


def test_the_plain_text_is_preferred_to_the_web_page() -> None:
    message = mail()
    message.add_alternative("<p>En <b>webbsida</b></p>", subtype="html")
    assert text_of(message).endswith(BODY)


def test_a_mail_that_is_a_web_page_only_is_read_as_one() -> None:
    message = mail()
    message.set_content("<h1>Protokoll</h1><ul><li>Bad<li>Bro</ul>", subtype="html")
    assert text_of(message).split("\n\n", 1)[1].strip() == "# Protokoll\n\n- Bad\n- Bro"


def test_attachments_are_parts_and_pictures_in_the_text_are_not() -> None:
    message = mail()
    message.add_attachment(docx_bytes(p("Bad")), maintype="application", subtype="msword", filename="protokoll.docx")
    message.add_attachment("Bro", filename="../../bilaga.txt")
    message.add_attachment(zip_bytes({"a.txt": "Boj"}), maintype="application", subtype="zip", filename="a.zip")
    message.add_attachment(b"png", maintype="image", subtype="png", filename="logo.png", cid="<1@x>")
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    found = parts_of(message)
    assert list(found) == ["", "protokoll.docx", "bilaga.txt", "a.zip/a.txt", "winmail.dat"]
    assert found["a.zip/a.txt"].source is not None
    assert "Outlooks eget format" in str(found["winmail.dat"].reason)


def test_an_attachment_without_a_name_is_named_by_its_kind() -> None:
    message = mail()
    message.add_attachment(docx_bytes(p("Bad")), maintype="application", subtype="x")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    assert list(parts_of(message)) == ["", "bilaga 2", "bilaga 3.pdf"]


def test_a_forwarded_mail_is_a_part_with_its_own_attachments() -> None:
    inner = mail("Inre brev.\n")
    inner.add_attachment("Bro", filename="bilaga.txt")
    outer = mail()
    outer.add_attachment(inner)
    found = parts_of(outer)
    name = "Protokoll från Granviks byalag.eml"
    assert list(found) == ["", name, f"{name}/bilaga.txt"]
    assert "Inre brev." in str(found[name].source)


def test_a_mail_in_an_archive_is_read_with_its_attachments() -> None:
    message = mail()
    message.add_attachment("Bro", filename="bilaga.txt")
    found = parts_of(zip_bytes({"post/brev.eml": message.as_bytes()}), "a.zip")
    assert list(found) == ["post/brev.eml", "post/brev.eml/bilaga.txt"]


def test_a_page_saved_as_one_file_and_called_doc_is_read() -> None:
    page = b"--x\nContent-Type: text/html\n\n<p>Bad</p>\n--x--"
    data = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + page
    assert text_of(data, "protokoll.doc").strip() == "Bad"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"Bara text utan brevhuvud.", "a.eml", "inget e-postmeddelande"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "a.msg", "skadat"),
        (msg_bytes("Bad")[:1500], "a.msg", "skadat"),
    ],
)
def test_what_is_no_mail_is_refused(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        list(read_parts(data, name))


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nBad\n",
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nBad\n",
        b"From: a@b.example\nDate: i forrgar\nSubject: =?utf-8?B?xx\n\nBad\n",
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nBad!!\n",
        b"From: \xc5sa <a@b.example>\nTo: <<>>,,;\n\nBad\n",
    ],
)
def test_a_mail_with_broken_structure_still_gives_its_text(data: bytes) -> None:
    assert text_of(data).strip()


def test_an_outlook_message_is_read_like_any_mail() -> None:
    attachments: list[dict[int, object]] = [
        {0x3707: "protokoll.txt", 0x3701: b"Bryggan lagas. " * 400, 0x3705: 1},
        {0x3707: "logo.png", 0x370E: "image/png", 0x3712: "1@x", 0x3701: b"png", 0x3705: 1},
        {0x3707: "vidare", 0x3705: 5},
    ]
    data = msg_bytes("Protokoll från mars", "Hej!\r\n\r\nÅsa väljs.\r\n", attachments=attachments)
    found = parts_of(data, "brev.msg")
    assert list(found) == ["", "protokoll.txt", "vidare"]
    assert text_of(data, "brev.msg") == (
        "Ämne: Protokoll från mars\nFrån: Eva Ek\nTill: Bo Ek\nDatum: 2031-03-04 17:30\n\nHej!\n\nÅsa väljs.\n"
    )
    assert "bifogat Outlook-meddelande" in str(found["vidare"].reason)


def test_an_outlook_message_with_a_web_page_only_is_read() -> None:
    assert text_of(msg_bytes("Bad", html="<p>Åsa <b>väljs</b>.</p>".encode()), "brev.msg").endswith(
        "\n\nÅsa väljs.\n\n"
    )
