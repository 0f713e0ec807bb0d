"""Files that are built to do harm, broken, or odd: each with what shall become of it.

``python tests/hostile/hostile_files.py FOLDER`` makes them all. ``HOSTILE`` lists them for tests.
Nothing here is copied from elsewhere: every file is made by the few lines of its maker.
"""

from __future__ import annotations

import gzip
import io
import os
import pickle
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

Outcome = Literal["added", "left_out", "either", "passed_over"]

TEXT = "§ 1 Val av justerare\n\nEva Ek väljs att justera protokollet.\n"
MB = 1_000_000
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, how it is made, and what shall become of it.

    ``make`` gives the bytes, or makes something else at the path itself and gives None. ``says`` are
    Swedish words of the message, None where the file shall be read. ``outcome``: ``added``,
    ``left_out``, ``either`` (both are right; it must only end well) or ``passed_over`` (no file).
    """

    name: str
    make: Callable[[Path], bytes | None]
    says: str | None
    outcome: Outcome
    heavy: bool = False  # takes seconds or hundreds of megabytes


def _bytes(data: bytes) -> Callable[[Path], bytes]:
    return lambda path: data


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


# -- archives -------------------------------------------------------------------------------------


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _good_and(name: str, data: bytes = b"Bad.", **header: int) -> bytes:
    """An archive of a good member and one whose header is special."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gott.txt", TEXT)
        info = zipfile.ZipInfo(name)
        for key, value in header.items():
            setattr(info, key, value)
        archive.writestr(info, data)
    return out.getvalue()


def _encrypted_zip() -> bytes:
    data = bytearray(_zip({"hemligt.txt": b"Bad."}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(sign) + at] |= 1
    return bytes(data)


def _zeros(size: int) -> bytes:
    """A deflated archive of one member of zeros, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    crc, packed = 0, b""
    for _ in range(size // MB):
        crc = zlib.crc32(b"0" * MB, crc)
        packed += packer.compress(b"0" * MB)
    packed += packer.flush()
    name = b"bomb.txt"
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _nested_bombs() -> bytes:
    """Ten archives of ten archives of members just below the limit of the ratio: a gigabyte in all."""
    member = _zip({f"{n}.txt": b"a" * (9 * MB) for n in range(2)})
    inner = _zip({f"{n}.zip": member for n in range(8)})
    return _zip({f"{n}.zip": inner for n in range(8)})


def _endless_nesting() -> bytes:
    """An archive in an archive, two hundred deep: what an archive that holds itself comes to."""
    data = _zip({"protokoll.txt": TEXT.encode()})
    for _ in range(200):
        data = _zip({"igen.zip": data}, zipfile.ZIP_STORED)
    return data


def _overlapping() -> bytes:
    data = _zip({"a.txt": TEXT.encode()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    count = 500
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, count * (end - start), start, 0)
    return data[:start] + data[start:end] * count + tail


# -- Word and LibreOffice -------------------------------------------------------------------------


def _docx(body: str = "<w:p><w:r><w:t>Bad och bro.</w:t></w:r></w:p>", doctype: str = "", **more: bytes) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": (
            f'<?xml version="1.0"?>{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>'
        ).encode(),
    }
    return _zip({**files, **{name.replace("__", "/"): data for name, data in more.items()}})


def _laughs() -> str:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE w [{''.join(lines)}]>"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF_BOMB = rb"{\rtf1 " + b"{" * 100_000 + b"Bad" + b"}" * 100_000 + b"}"


# -- PDF ------------------------------------------------------------------------------------------


def _pdf(
    extra: str = "", kids: str = "3 0 R", trailer: str = "", text: str = "Vattnet \\344r rent i Granvik."
) -> bytes:
    """A page of one line of text; ``extra`` goes into the catalogue."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "6f" * 32 + "> /U <" + "75" * 32 + "> >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, inside in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{inside}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    size = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    return out + f"{end}{size}\nstartxref\n{len(out)}\n%%EOF\n".encode()


_SCRIPT = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); this.exportDataObject\\(\\)) >>"
_LAUNCH = "/OpenAction << /S /Launch /F (/bin/sh) >>"


# -- mail -----------------------------------------------------------------------------------------


def _mail(**attachment: str | bytes) -> bytes:
    """A mail; of an attachment the bytes and the name, which may be missing."""
    message = EmailMessage()
    message["From"] = "Eva Ek <eva@granvik.example>"
    message["Subject"] = "Protokoll"
    message.set_content(TEXT)
    if attachment:
        data = attachment["data"]
        assert isinstance(data, bytes)
        name = attachment.get("name")
        message.add_attachment(data, maintype="application", subtype="octet-stream")
        if name:
            message.get_payload()[-1].replace_header("Content-Disposition", f'attachment; filename="{name}"')
    return message.as_bytes()


_DEEP_MAIL = b"From: a@b.example\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
) + b"\nBad\n"  # fmt: skip


# -- things that are no plain files ---------------------------------------------------------------


def _folder(path: Path) -> None:
    path.mkdir()
    (path / ".tom").touch()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.parent / "finns-inte.txt")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(2 * 1024 * MB)


def _unreadable(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)


class _Command:
    """What unpickling must never run."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch /tmp/klubbat-pickle",)


_PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0) + b"\0\0\0\0"
_YAML_BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
) + f"---\n\n{TEXT}"  # fmt: skip

HOSTILE: tuple[Hostile, ...] = (
    Hostile("tom.txt", _bytes(b""), "tom", "left_out"),
    Hostile("tom.pdf", _bytes(b""), "tom", "left_out"),
    Hostile("tom.docx", _bytes(b""), "tom", "left_out"),
    Hostile("blanktecken.txt", _bytes(b" \n\t\r\n\f" * 100), "tom", "left_out"),
    Hostile("bara-nollor.md", _bytes(b"\0" * 5000), "tom", "left_out"),
    Hostile("brus.txt", _bytes(_noise(20_000)), "binärt", "left_out"),
    Hostile("brus.md", _bytes(_noise(20_000)), "binärt", "left_out"),
    Hostile("brus.pdf", _bytes(_noise(20_000)), "PDF", "left_out"),
    Hostile("brus.docx", _bytes(_noise(20_000)), "skadad", "left_out"),
    Hostile("brus.zip", _bytes(_noise(20_000)), "skadat", "left_out"),
    Hostile("brus.eml", _bytes(_noise(20_000)), "e-post", "left_out"),
    Hostile("brus.msg", _bytes(_noise(20_000)), "e-post", "left_out"),
    Hostile("brus.html", _bytes(_noise(20_000)), "binärt", "left_out"),
    Hostile("avklippt.pdf", _bytes(_pdf()[:400]), None, "either"),
    Hostile("avklippt.docx", _bytes(_docx()[:-300]), "skadad", "left_out"),
    Hostile("avklippt.zip", _bytes(_zip({"a.txt": TEXT.encode()})[:-30]), "skadat", "left_out"),
    Hostile("bruten-xref.pdf", _bytes(_pdf().replace(b"startxref\n", b"startxref\n9")), None, "added"),
    Hostile("losenord.pdf", _bytes(_pdf(trailer="/Encrypt 6 0 R /ID [<00> <00>]")), "lösenord", "left_out"),
    Hostile("sidtrad-i-ring.pdf", _bytes(_pdf(kids="2 0 R 2 0 R")), None, "either"),
    Hostile("tusen-ganger-samma-sida.pdf", _bytes(_pdf(kids="3 0 R " * 1000)), None, "either"),
    Hostile("skript.pdf", _bytes(_pdf(extra=_SCRIPT)), None, "added"),
    Hostile("startar-program.pdf", _bytes(_pdf(extra=_LAUNCH)), None, "added"),
    Hostile("zip-som-heter.pdf", _bytes(_zip({"protokoll.txt": TEXT.encode()})), None, "added"),
    Hostile("pdf-som-heter.txt", _bytes(_pdf()), None, "added"),
    Hostile("bomb.zip", lambda path: _zeros(1000 * MB), "arkivet", "left_out", heavy=True),
    Hostile("bomb-90mb.zip", lambda path: _zeros(90 * MB), "zip-bomb", "left_out"),
    Hostile("bomb-i-bomb.zip", lambda path: _nested_bombs(), None, "either", heavy=True),
    Hostile("tusentals.zip", lambda path: _zip({f"{n}.txt": b"" for n in range(20_000)}), "fler än", "left_out"),
    Hostile("i-sig-sjalv.zip", lambda path: _endless_nesting(), "för djupt", "left_out"),
    Hostile("overlapp.zip", _bytes(_overlapping()), "överlappar", "left_out"),
    Hostile("ut-ur-mappen.zip", _bytes(_good_and("../../ut.txt")), None, "added"),
    Hostile("bara-ut.zip", _bytes(_zip({"../../etc/passwd.txt": b"x"})), "otillåtet namn", "left_out"),
    Hostile("absolut.zip", _bytes(_good_and("/etc/ut.txt")), None, "added"),
    Hostile("lank.zip", _bytes(_good_and("l.txt", b"/etc/passwd", external_attr=0o120777 << 16)), None, "added"),
    Hostile("hemlig.zip", _bytes(_encrypted_zip()), "lösenord", "left_out"),
    Hostile("bara-film.zip", _bytes(_zip({"film.mp4": _noise(5000)})), "inget som kan läsas", "left_out"),
    Hostile("skratt.docx", _bytes(_docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _laughs())), "otillåtet", "left_out"),
    Hostile(
        "yttre-dtd.docx",
        _bytes(_docx(doctype='<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">')),
        "otillåtet",
        "left_out",
    ),
    Hostile(
        "laser-passwd.docx",
        _bytes(_docx("<w:p>&x;</w:p>", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "otillåtet",
        "left_out",
    ),
    Hostile("bomb-i.docx", _bytes(_docx(word__media__b=b"0" * (20 * MB))), "zip-bomb", "left_out"),
    Hostile("djup.docx", _bytes(_docx("<w:sdt><w:sdtContent>" * 5000)), "", "left_out"),
    Hostile("last.docx", _bytes(_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")), "lösenord", "left_out"),
    Hostile("brus.doc", _bytes(_OLE + _noise(20_000)), "inget Word-dokument", "left_out"),
    Hostile("brus.rtf", _bytes(_noise(20_000)), "skadad", "left_out"),
    Hostile("brus.odt", _bytes(_noise(20_000)), "skadad", "left_out"),
    Hostile("djup.rtf", _bytes(_RTF_BOMB), None, "either", heavy=True),
    Hostile("djup.html", _bytes(b"<div>" * 100_000 + TEXT.encode()), None, "added"),
    Hostile("stor.html", lambda path: b"<p>" + TEXT.encode() * 450_000, "dela upp", "left_out", heavy=True),
    Hostile("en-rad.txt", lambda path: b"Bad och bro " * 1_700_000, "dela upp", "left_out", heavy=True),
    Hostile("halva-tecken.html", _bytes(b"<p>Bad &#xD800; &#xDFFF; &#0; bro</p>"), None, "added"),
    Hostile("trasig-utf8.txt", _bytes(TEXT.encode() + b"\xc3\x28\xf0\x28\x8c" + TEXT.encode()), None, "added"),
    Hostile("utf16-utan-marke.txt", _bytes(TEXT.encode("utf-16-le")), None, "added"),
    Hostile("utf16-udda.txt", _bytes(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\0"), "teckenkodning", "left_out"),
    Hostile("nollor-i-text.txt", _bytes(TEXT.replace(" ", " \0").encode() * 3), "binärt", "left_out"),
    Hostile("trasig-mime.eml", _bytes(_mail(data=b"x").replace(b"--==", b"-=-=")), None, "added"),
    Hostile("djup-mime.eml", _bytes(_DEEP_MAIL), None, "either"),
    Hostile("bilaga-utan-namn.eml", _bytes(_mail(data=_noise(500))), None, "added"),
    Hostile("bilaga-ut.eml", _bytes(_mail(data=TEXT.encode(), name="../../x.txt")), None, "added"),
    Hostile("vinterpost.eml", _bytes(_mail(data=b"\x78\x9f\x3e\x22", name="winmail.dat")), None, "added"),
    Hostile("gles-fil.txt", _sparse, "för stor", "left_out"),
    Hostile("mapp.pdf", _folder, None, "passed_over"),
    Hostile("ror.txt", _fifo, "ingen vanlig fil", "left_out"),
    Hostile("dod-lank.txt", _dangling, "ingen vanlig fil", "left_out"),
    Hostile("ring-lank.txt", _link_to_itself, "", "left_out"),
    Hostile("utan-rattighet.txt", _unreadable, "kan inte öppnas", "either" if os.geteuid() == 0 else "left_out"),
    Hostile("jattebild.png", _bytes(_PICTURE), "", "left_out"),
    Hostile("gzip.txt", _bytes(gzip.compress(TEXT.encode() * 100)), "binärt", "left_out"),
    Hostile("vand\u202etxt.exe.md", _bytes(TEXT.encode()), None, "added"),
    Hostile("styr\x1b[31m\x07tecken.md", _bytes(TEXT.encode()), None, "added"),
    Hostile("rad\nbrytning.md", _bytes(TEXT.encode()), None, "added"),
    Hostile(os.fsdecode(b"trasigt-\xff\xe5namn.md"), _bytes(TEXT.encode()), None, "added"),
    Hostile("yaml-bomb.md", _bytes(_YAML_BOMB.encode()), None, "added"),
    Hostile("yaml-kod.md", _bytes(b"---\ntitle: !!python/object/apply:os.system [id]\n---\n\nBad.\n"), None, "added"),
    Hostile("pickle.md", _bytes(pickle.dumps([_Command(), _noise(3000)])), "binärt", "left_out"),
    Hostile("formel.md", _bytes(b'# =cmd|"/C calc"!A0\n\n=HYPERLINK("http://x.example","Bad")\n'), None, "added"),
    Hostile("skript.md", _bytes(b"# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> Bad.\n"), None, "added"),
    Hostile("terminal.txt", _bytes(b"Bad \x1b]0;x\x07\x1b[2J och bro. " + TEXT.encode() * 20), None, "added"),
    Hostile("rubriker.md", _bytes(b"# Bad\n" * 20_000), None, "added", heavy=True),
)


def make(hostile: Hostile, folder: Path) -> Path:
    """Make one of them in a folder; its path."""
    path = folder / hostile.name
    data = hostile.make(path)
    if data is not None:
        path.write_bytes(data)
    return path


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    for one in HOSTILE:
        make(one, place)
    print(f"{len(HOSTILE)} filer i {place}")
