"""Sections of documents as rows for scripts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from command_line import klubbat, refused

ARCHIVED = ("--type", "section", "--path", "tekniska-namnden-2024-03-12.md", "-a")


def test_sections_have_their_document_number_heading_and_path(sample_archive: Path) -> None:
    rows = klubbat("facts", "--jsonl", *ARCHIVED, sample_archive).lines
    assert {row["type"] for row in rows} == {"section"}
    assert {Path(row["document"]["path"]).name for row in rows} == {"tekniska-namnden-2024-03-12.md"}
    found = {row["number"]: row["heading"] for row in rows}
    assert "parkeringsavgifterna" in found["§ 14"]
    assert all(row["section_path"] and row["start"] < row["end"] for row in rows)


def test_the_parts_of_a_paragraph_are_no_sections(sample_archive: Path) -> None:
    headings = {row["heading"] for row in klubbat("facts", "--jsonl", "--type", "section", "-a", sample_archive).lines}
    assert headings
    assert not headings & {"", "Beslut", "Sammanfattning av ärendet", "Beslutsgång", "Beslutet skickas till"}


def test_facts_are_the_same_in_every_form(sample_archive: Path) -> None:
    rows = klubbat("facts", "--json", *ARCHIVED, sample_archive).json
    assert klubbat("facts", "--jsonl", *ARCHIVED, sample_archive).lines == rows
    flat = list(csv.DictReader(io.StringIO(klubbat("facts", "--csv", *ARCHIVED, sample_archive).out)))
    assert [(row["document"], row["number"], row["heading"]) for row in flat] == [
        (row["document"]["id"], row["number"] or "", row["heading"]) for row in rows
    ]
    table = klubbat("facts", *ARCHIVED, sample_archive).out
    assert klubbat("facts", "--table", *ARCHIVED, sample_archive).out == table
    assert all(row["number"] in table for row in rows if row["number"])


def test_no_facts_is_exit_code_1(sample_archive: Path) -> None:
    nothing = klubbat("facts", "--json", "--since", "2099", "-a", sample_archive)
    assert (nothing.code, nothing.json) == (1, [])


def test_an_unknown_type_is_refused_with_those_that_there_are(sample_archive: Path) -> None:
    refused(klubbat("facts", "--type", "paragraf", "-a", sample_archive), 2, "paragraf", "section")
