"""How well files were read, and what is missing on this machine, where people and scripts see it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import klubbat
from pdf_making import page, picture, scanned

import corpus.ocr
import corpus.readers.office
from corpus.ocr import tesseract

LINES = [
    "PROTOKOLL",
    "Byalaget i Norrby 2024-02-01",
    "1. Val av sekreterare",
    "Till sekreterare valdes Karin Lund efter en kort diskussion.",
    "2. Bygdegården",
    "Taket ska läggas om före vintern och styrelsen ber om tre offerter.",
    "Arbetet kan börja så snart kommunen har svarat på ansökan.",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    image = picture(page((72, 72, LINES)))
    (place / "skannat.pdf").write_bytes(scanned(image))
    image.save(place / "foto.png")
    for file in place.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))
    return place


def test_a_scan_is_listed_as_needing_ocr_and_read_once_it_can_be(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "arkiv"
    monkeypatch.setenv("KLUBBAT_TESSERACT", "nej")
    added = klubbat("add", folder, "-a", archive)
    assert (added.code, added.out) == (3, "2 filer: 2 behöver OCR.\n")
    assert "installera Tesseract" in added.err
    for listed in klubbat("documents", "--json", "-a", archive).json:
        assert (listed["grade"], listed["pages"], listed["pages_without_text"]) == ("needs_ocr", 1, 1)
    assert klubbat("status", "--json", "-a", archive).json[0]["need_ocr"] == 2
    assert klubbat("ask", "Vem valdes till sekreterare?", "-a", archive).code == 1
    assert klubbat("sync", folder, "-a", archive, "--json").json["counts"]["unchanged"] == 2
    monkeypatch.delenv("KLUBBAT_TESSERACT")
    if tesseract() is None:
        pytest.skip("Tesseract with Swedish is not installed")
    assert klubbat("sync", folder, "-a", archive, "--json").json["counts"]["replaced"] == 2
    for listed in klubbat("documents", "--json", "-a", archive).json:
        assert (listed["grade"], listed["ocr_pages"], listed["pages_without_text"]) == ("good", 1, 0)
        assert listed["ocr_confidence"] > 0.8 and listed["known_words"] > 0.8
    found = klubbat("search", "sekreterare", "--json", "-a", archive).json["hits"]
    assert "Karin Lund" in found[0]["text"] and found[0]["page_grade"] == "good"


def test_a_citation_from_a_poor_page_says_so(tmp_path: Path) -> None:
    damaged = (
        "PROTOKOLL\n\nByalaget i Norrby\n\n§ 1 Taket\n\n"
        "Styrelsen har fatt tva offerter pa taket och bada ar for hoga. Fragan tas upp pa nasta mote nar "
        "kassoren har raknat pa vad foreningen har rad med. Takläggaren far besked fore maj.\n"
    )
    (tmp_path / "skadat.txt").write_text(damaged, encoding="utf-8")
    archive = tmp_path / "arkiv"
    assert klubbat("add", tmp_path / "skadat.txt", "-a", archive).code == 0
    shown = klubbat("search", "offerter taket", "-a", archive)
    assert "svårläst original, jämför" in shown.out
    assert klubbat("search", "offerter taket", "--json", "-a", archive).json["hits"][0]["page_grade"] == "poor"
    assert klubbat("status", "--json", "-a", archive).json[0]["poor_documents"] == 1
    assert klubbat("documents", "--json", "-a", archive).json[0]["known_words"] < 0.83


def test_a_file_that_needs_libreoffice_is_read_once_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kallelse.rtf"
    file.write_bytes(rb"{\rtf1\ansi PROTOKOLL\par Byalaget i Norrby\par Taket ska l\'e4ggas om.\par}")
    archive = tmp_path / "arkiv"
    monkeypatch.setenv("KLUBBAT_SOFFICE", "nej")
    corpus.readers.office.office_version.cache_clear()
    refused = klubbat("add", file, "-a", archive)
    assert refused.code == 3 and "kräver LibreOffice" in refused.err
    assert klubbat("add", file, "-a", archive).err == refused.err
    monkeypatch.delenv("KLUBBAT_SOFFICE")
    corpus.readers.office.office_version.cache_clear()
    if corpus.readers.office.office_version() is None:
        pytest.skip("LibreOffice is not installed")
    assert klubbat("add", file, "-a", archive).code == 0
    assert klubbat("search", "taket läggas om", "-a", archive).code == 0
