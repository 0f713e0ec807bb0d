"""DOC, ODT and RTF through LibreOffice, and files whose ending says something else than their content."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from word_files import HEADING_STYLES, docx_bytes, level, listed, numbering, p, table, tc, zip_bytes

from corpus.errors import UnreadableError
from corpus.readers import office, read_bytes

RTF = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0 Protokoll\par \'c5sa v\'e4ljs.\par}"
needs_office = pytest.mark.skipif(office.office_version() is None, reason="LibreOffice is not installed")


def minutes() -> bytes:
    body = (
        p("Protokoll", "Rubrik") + p("Val", "Rubrik1") + p("Åsa väljs till justerare.")
        + listed("bad", 1) + listed("bro", 1) + table(tc("Ärende") + tc("Ansvarig"), tc("Bad") + tc("Eva Ek")) + p()
    )  # fmt: skip
    return docx_bytes(body, styles=HEADING_STYLES, numbering=numbering(level(0, "decimal", "%1.")))


@needs_office
@pytest.mark.parametrize(("ending", "output"), [("odt", "odt"), ("rtf", "rtf"), ("doc", "doc:MS Word 97")])
def test_the_same_minutes_give_the_same_text_in_every_format(ending: str, output: str, tmp_path: Path) -> None:
    source = tmp_path / "protokoll.docx"
    source.write_bytes(minutes())
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", output, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = read_bytes((tmp_path / f"protokoll.{ending}").read_bytes(), f"protokoll.{ending}")
    assert read.format == ending
    lines = [line for line in read.text.split("\n") if line]
    assert lines == [
        "# Protokoll", "## Val", "Åsa väljs till justerare.", "1. bad", "2. bro", "Ärende | Ansvarig", "Bad | Eva Ek",
    ]  # fmt: skip


@needs_office
@pytest.mark.parametrize("name", ["protokoll.rtf", "protokoll.doc", "protokoll.txt", "protokoll.docx"])
def test_rich_text_is_read_whatever_it_is_called(name: str) -> None:
    source = read_bytes(RTF, name)
    assert [line for line in source.text.split("\n") if line] == ["Protokoll", "Åsa väljs."]
    assert source.format == "rtf"


@needs_office
def test_a_word_file_that_only_libreoffice_opens_is_repaired() -> None:
    dangling = '<w:p><w:r><w:t>Bad</w:t></w:r></w:p><w:altChunk r:id="r9"/>'
    data = docx_bytes(dangling, styles=HEADING_STYLES)
    without_styles = data.replace(b"word/styles.xml", b"word/stilar.xml")
    assert read_bytes(without_styles, "p.docx").text.strip() == "Bad"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (docx_bytes(p("Bad")), "protokoll.doc", "docx"),
        (docx_bytes(p("Bad")), "protokoll.pdf", "docx"),
        (docx_bytes(p("Bad")), "protokoll.txt", "docx"),
        (b"<html><body><p>Bad</p></body></html>", "protokoll.doc", "html"),
        ("\ufeff <!DOCTYPE HTML><p>Bad</p>".encode(), "protokoll.txt", "html"),
        ("Bad på länk.".encode(), "protokoll.doc", "txt"),
        (b"Bad <html> i texten", "protokoll.txt", "txt"),
        (b"PK \xc3\xa4r en f\xc3\xb6rkortning.", "protokoll.txt", "txt"),
    ],
)
def test_the_content_decides_where_the_ending_lies(data: bytes, name: str, expected: str) -> None:
    assert read_bytes(data, name).format == expected


@pytest.mark.parametrize("name", ["protokoll.doc", "protokoll.odt", "protokoll.rtf"])
def test_without_libreoffice_the_message_says_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.SOFFICE_VARIABLE, "nej")
    data = {".rtf": RTF, ".odt": zip_bytes({"mimetype": "x", "content.xml": "<x/>"})}.get(
        Path(name).suffix, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    )
    with pytest.raises(UnreadableError, match=r"kräver LibreOffice \(installera med: apt install") as refused:
        read_bytes(data, name)
    assert "spara filen som DOCX eller PDF" in str(refused.value)


def test_a_program_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 600 & sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv(office.SOFFICE_VARIABLE, str(slow))
    monkeypatch.setattr(office, "TIME_LIMIT_SECONDS", 1)
    with pytest.raises(UnreadableError, match="blev inte klart"):
        read_bytes(RTF, "protokoll.rtf")


def test_a_program_that_gives_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.SOFFICE_VARIABLE, "true")
    with pytest.raises(UnreadableError, match="kan inte omvandlas"):
        read_bytes(RTF, "protokoll.rtf")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>"}, "lösenord"),
        ({"styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "otillåtet"),
    ],
)
def test_an_odt_is_checked_before_libreoffice_sees_it(files: dict[str, str | bytes], says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_bytes(zip_bytes({"mimetype": "x", "content.xml": "<x/>", **files}), "p.odt")
