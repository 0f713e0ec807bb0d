"""Every hostile, broken or odd file ends as it should: read, or left out with words that say why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hostile_files import HOSTILE, Hostile, make

from corpus.errors import UnreadableError
from corpus.files import find_files, read_file
from corpus.parts import read_parts

NEEDS_OFFICE = (".rtf", ".doc", ".odt")


@pytest.mark.parametrize("hostile", [one for one in HOSTILE if not one.heavy], ids=lambda one: ascii(one.name))
def test_a_hostile_file_ends_as_it_should(hostile: Hostile, tmp_path: Path) -> None:
    if hostile.name.endswith(NEEDS_OFFICE) and hostile.outcome == "added" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    path = make(hostile, tmp_path)
    found = find_files([tmp_path], tmp_path / "arkiv")
    try:
        if not found:
            outcome, message = "passed_over", ""
        elif found[0].reason:
            outcome, message = "left_out", found[0].reason
        else:
            parts = list(read_parts(read_file(found[0].path), found[0].path.name))
            assert any(part.source for part in parts)
            outcome, message = "added", ""
    except UnreadableError as error:
        outcome, message = "left_out", str(error)
    finally:
        if hostile.name == "utan-rattighet.txt":
            path.chmod(0o600)
    assert hostile.outcome in (outcome, "either"), message
    if hostile.says is not None and outcome == "left_out":
        assert hostile.says in message


def test_nothing_that_is_unpickled_would_run_unnoticed() -> None:
    assert not Path("/tmp/klubbat-pickle").exists()


def test_there_are_names_for_all_of_them() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) >= 40
