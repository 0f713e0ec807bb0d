"""DOC, ODT and RTF: LibreOffice turns them into DOCX, and the DOCX reader reads that.

LibreOffice runs without a screen, without macros and without links, in a private profile and
folder, under a time limit. Where it is missing the error says how to install it.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath

from corpus.containers import check_package, package_names
from corpus.errors import UnreadableError
from corpus.heartbeat import beat
from corpus.records import Source

SOFFICE_VARIABLE = "KLUBBAT_SOFFICE"  # the program, or "nej" for none
TIME_LIMIT_SECONDS = 90
MAX_RESULT_BYTES = 200_000_000

_MISSING = (
    "formatet {format} kräver LibreOffice (installera med: apt install libreoffice-writer-nogui) "
    "– eller spara filen som DOCX eller PDF"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_OTHER_SIGNS = (b"{\\rtf", b"<?xml", b"\xdb\xa5", b"1\xbe\0\0")  # RTF, Word 2003 XML, Word 2, Write
_ENCRYPTED_BIT = 0x01  # of the twelfth byte of a Word 97 document ([MS-DOC] 2.5.1, fEncrypted)
# No macros, no active content, and links to other files or addresses are never followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, name: str) -> Source:
    """Read a document that LibreOffice can turn into DOCX.

    Raises:
        UnreadableError: LibreOffice is missing, or the file is damaged or protected by a password.
    """
    from corpus.readers import docx

    ending = PurePath(name).suffix.lower()
    _check(data)
    source = docx.read(convert(data, ending), name)
    return replace(source, format=ending[1:])


def repaired(data: bytes) -> bytes:
    """A DOCX that only LibreOffice can open, written anew: parts are missing, or it is of the strict kind.

    Raises:
        UnreadableError: LibreOffice is missing, or cannot open it either.
    """
    if _program() is None:
        raise UnreadableError(
            "Word-filen är skadad eller ovanligt byggd; öppna den i Word eller LibreOffice och spara den på nytt"
        )
    return convert(data, ".docx")


def _check(data: bytes) -> None:
    """Refuse what is protected or hostile before LibreOffice sees it."""
    if package_names(data):
        check_package(data, b"<!ENTITY")
        with contextlib.suppress(KeyError), zipfile.ZipFile(io.BytesIO(data)) as package:
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise UnreadableError("filen är skyddad med lösenord; spara den utan lösenord")
    elif data.startswith(_OLE):
        if _WORD_STREAM not in data:
            raise UnreadableError("filen är inget Word-dokument eller är skadad")
        if _word_is_encrypted(data):
            raise UnreadableError("Word-filen är skyddad med lösenord; spara den utan lösenord")
    elif not data.lstrip().startswith(_OTHER_SIGNS):
        # LibreOffice would take anything for text in an unknown encoding.
        raise UnreadableError("filen är skadad och kan inte läsas; spara den på nytt som DOCX eller PDF")


def _word_is_encrypted(data: bytes) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return bool(ole.openstream("WordDocument").read(12)[11] & _ENCRYPTED_BIT)
    except Exception:  # olefile raises what a broken file happens to give; LibreOffice may still read it
        return False


def _program() -> str | None:
    """The path of LibreOffice's program; None where it is missing or switched off."""
    named = os.environ.get(SOFFICE_VARIABLE, "")
    if named.casefold() == "nej":
        return None
    return shutil.which(named) if named else shutil.which("soffice") or shutil.which("libreoffice")


@cache
def office_version() -> str | None:
    """The version of LibreOffice, e.g. ``LibreOffice 7.4.7.2``; None where there is none."""
    program = _program()
    if program is None:
        return None
    try:
        run = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return " ".join(run.stdout.split()[:2]) or None


def convert(data: bytes, ending: str) -> bytes:
    """The document as DOCX, by LibreOffice; ``ending`` is that of its format, e.g. ``.odt``.

    Raises:
        UnreadableError: LibreOffice is missing, fails, or takes more than ``TIME_LIMIT_SECONDS``.
    """
    program = _program()
    if program is None:
        raise UnreadableError(_MISSING.format(format=ending[1:].upper()), tool="office")
    beat()
    with tempfile.TemporaryDirectory(prefix="klubbat-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / f"handling{ending}"
        source.write_bytes(data)
        settings = place / "profil" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run(program, place, source)
        result = place / "ut" / "handling.docx"
        if not result.is_file() or not 0 < result.stat().st_size <= MAX_RESULT_BYTES:
            raise UnreadableError(
                "filen kan inte omvandlas av LibreOffice: den är skadad eller skyddad med lösenord; "
                "spara den som DOCX eller PDF"
            )
        converted = result.read_bytes()
    beat()
    return converted


def _run(program: str, place: Path, source: Path) -> None:
    command = [
        program, f"-env:UserInstallation={(place / 'profil').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(place / "ut"), str(source),
    ]  # fmt: skip
    # A proxy that is not there: nothing is fetched, whatever a document links to.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    environment = {**os.environ, **nowhere, "HOME": str(place), "TMPDIR": str(place)}
    try:
        process = subprocess.Popen(
            command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=_limits,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableError(f"LibreOffice kan inte startas ({error})") from error
    try:
        process.wait(timeout=TIME_LIMIT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"LibreOffice blev inte klart på {TIME_LIMIT_SECONDS} sekunder; spara filen som DOCX eller PDF"
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limits() -> None:
    """In the new process: all the memory that we may give, and never more seconds than the limit.

    The limit of seconds also ends a LibreOffice whose reader was killed before it could end it.
    """
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    seconds = resource.getrlimit(resource.RLIMIT_CPU)[1]
    seconds = TIME_LIMIT_SECONDS if seconds == resource.RLIM_INFINITY else min(seconds, TIME_LIMIT_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
