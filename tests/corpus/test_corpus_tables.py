"""Every table is whole, and every pattern matches the example that stands beside it."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from corpus.tables import read_rows, table

PACKAGES = ("corpus.tables", "models.tables", "models.registers.tables", "engine.tables")
TABLES = [
    (package, entry.name.removesuffix(".tsv"))
    for package in PACKAGES
    for entry in sorted(resources.files(package).iterdir(), key=lambda e: e.name)
    if entry.name.endswith(".tsv")
]
WHOLE_LINE = {"boilerplate", "parts"}


@pytest.mark.parametrize(("package", "name"), TABLES)
def test_every_row_has_as_many_cells_as_the_header(package: str, name: str) -> None:
    rows = list(read_rows(package, name))
    assert rows
    assert all(row["example"] for row in rows if "example" in row)


@pytest.mark.parametrize("name", [name for package, name in TABLES if package == "corpus.tables"])
def test_every_pattern_matches_its_example(name: str) -> None:
    for row in table(name):
        if "pattern" in row:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
            match = pattern.fullmatch if name in WHOLE_LINE else pattern.search
            assert match(row["example"]), row


def test_every_example_has_what_its_row_names() -> None:
    assert all(row["name"] in row["example"].lower() for row in table("months"))
    assert all(row["abbreviation"] in row["example"].lower() for row in read_rows("models.tables", "abbreviations"))
    assert all(row["form"] in row["example"].lower().split() or row["form"] in row["example"].lower()
               for row in read_rows("models.tables", "lemmas"))  # fmt: skip


def test_every_reason_for_a_mark_is_in_the_table() -> None:
    known = {row["reason"] for row in table("marks")}
    assert {row["reason"] for row in table("boilerplate")} <= known
    sources = (Path(__file__).parents[2] / "corpus").rglob("*.py")
    used = {m for path in sources for m in re.findall(r'Mark\([^*"\n]*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert {"page_head", "footnote", "contents"} <= used <= known


def test_a_row_of_the_wrong_length_is_an_error(tmp_path, monkeypatch) -> None:
    package = tmp_path / "fel_tabeller"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "fel.tsv").write_text("# rubrik\npattern\texample\nbad\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=r"fel_tabeller/fel\.tsv"):
        list(read_rows("fel_tabeller", "fel"))
