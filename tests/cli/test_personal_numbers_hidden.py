"""Personal identity numbers in a document never reach any output. The numbers are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Outcome, klubbat

NUMBERS = ("640823-3234", "19640823-3234", "196408233234", "701063-2391", "640823 3234")
TEXT = """Protokoll om Eva Ek, 640823-3234
Överförmyndarnämnden, 701063-2391
2024-02-01

§ 1 God man för Eva Ek, 640823-3234

Nämnden utser Siri Ask till god man för Eva Ek, 640823-3234 (19640823-3234, 196408233234).
Bifalles även för samordningsnummer 701063-2391 och för 640823 3234.

§ 2 Fakturor

Faktura från Bygg AB, org.nr 212000-1355, betalas. Telefon 018-727 00 00, dnr ÖFN-2024-00031.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("god-man")
    (place / "protokoll.txt").write_text(TEXT, encoding="utf-8")
    assert klubbat("add", place / "protokoll.txt", "-a", place / "arkiv").code == 0
    return place / "arkiv"


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def hides(outcome: Outcome) -> None:
    assert "Ek" in outcome.out + outcome.err
    for number in NUMBERS:
        assert number not in outcome.out + outcome.err
    for four in ("3234", "2391"):
        assert four not in digits(outcome.out + outcome.err)


@pytest.mark.parametrize("form", [(), ("--json",), ("--jsonl",)])
@pytest.mark.parametrize("question", ["Vem utses till god man för Eva Ek?", "Vilket personnummer har Eva Ek?"])
def test_no_answer_shows_one(archive: Path, question: str, form: tuple[str, ...]) -> None:
    hides(klubbat("ask", question, *form, "-a", archive))


@pytest.mark.parametrize("form", [(), ("--json",), ("--jsonl",), ("--csv",), ("--table",)])
def test_no_listing_shows_one(archive: Path, form: tuple[str, ...]) -> None:
    hides(klubbat("search", "god man Eva Ek", *form, "-a", archive))
    hides(klubbat("show", "protokoll.txt", *form, "-a", archive))
    hides(klubbat("show", "protokoll.txt", "1", *form, "-a", archive))
    listed = klubbat("documents", *form, "-a", archive)
    assert "3234" not in listed.out and "2391" not in listed.out


def test_no_message_shows_one(archive: Path) -> None:
    hides(klubbat("show", "protokoll.txt", "God woman", "-a", archive))


def test_a_quote_stays_an_exact_part_of_its_masked_text(archive: Path) -> None:
    hits = klubbat("search", "god man Eva Ek", "--json", "-a", archive).json["hits"]
    assert any("Eva Ek, ••••••-•••• (••••••••-••••, ••••••••••••)" in hit["text"] for hit in hits)
    for hit in hits:
        assert hit["quote"] in hit["text"]
        assert len(hit["text"]) == hit["end"] - hit["start"]
    answer = klubbat("ask", "Vem utses till god man för Eva Ek?", "--json", "-a", archive).json
    for citation in answer["citations"]:
        assert citation["quote"] in citation["text"]


def test_organisation_and_telephone_numbers_are_shown(archive: Path) -> None:
    out = klubbat("search", "faktura Bygg AB organisationsnummer telefon", "-a", archive).out
    assert "212000-1355" in out and "018-727 00 00" in out and "ÖFN-2024-00031" in out


def test_the_title_of_a_removed_document_hides_it_too(tmp_path: Path) -> None:
    (tmp_path / "protokoll.txt").write_text(TEXT, encoding="utf-8")
    klubbat("add", tmp_path / "protokoll.txt", "-a", tmp_path / "arkiv")
    outcome = klubbat("remove", "protokoll.txt", "-a", tmp_path / "arkiv")
    assert outcome.code == 0 and "3234" not in digits(outcome.out)
