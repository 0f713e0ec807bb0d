"""Every hostile, broken or odd file ends as it should: read, or left out with words that say why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import klubbat, process
from hostile_files import HOSTILE, TEXT, Hostile, make

from corpus.readers.office import office_version
from index.archive import Archive

NEEDS_OFFICE = (".rtf", ".doc", ".odt")
GOOD = "bra.txt"


def expected(hostile: Hostile) -> tuple[str, str | None]:
    """The outcome and the words of the message, on this machine."""
    if hostile.name.endswith(NEEDS_OFFICE) and hostile.outcome == "added" and office_version() is None:
        return "left_out", "kräver LibreOffice"
    return hostile.outcome, hostile.says


def outcome_of(path: Path, rows: list[dict[str, str | None]]) -> tuple[str, str]:
    """What became of a file (or of something in it), and what was said of it."""
    own = [row for row in rows if row["path"] == str(path) or str(row["path"]).startswith(f"{path}/")]
    if not own:
        return "passed_over", ""
    said = "; ".join(str(row["reason"]) for row in own if row["reason"])
    read = any(row["outcome"] in ("added", "path_added", "replaced", "unchanged") for row in own)
    return "added" if read else "left_out", said


@pytest.mark.parametrize("hostile", [one for one in HOSTILE if not one.heavy], ids=lambda one: ascii(one.name))
def test_a_hostile_file_alone_ends_as_it_should(hostile: Hostile, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = make(hostile, tmp_path / "in")
    wanted, says = expected(hostile)
    try:
        done = klubbat("add", tmp_path / "in", "-a", tmp_path / "arkiv")
    finally:
        if path.is_file() and not path.is_symlink():
            path.chmod(0o600)
    assert "Traceback" not in done.err + done.out
    codes = {"added": (0,), "left_out": (3,), "passed_over": (1,), "either": (0, 3)}
    assert done.code in codes[wanted], done
    if says is not None and done.code == 3:
        assert says in done.err


def test_all_of_them_together_cost_no_other_file_anything(tmp_path: Path) -> None:
    folder, archive = (tmp_path / "in").resolve(), tmp_path / "arkiv"
    folder.mkdir()
    made = {make(hostile, folder): hostile for hostile in HOSTILE}
    (folder / GOOD).write_text(f"PROTOKOLL\n\nByalaget i Norrby\n\n{TEXT}", encoding="utf-8")
    done = process("add", folder, "-a", archive, "--json")
    assert done.code == 0 and done.err == ""
    rows = json.loads(done.out)
    for path, hostile in made.items():
        wanted, says = expected(hostile)
        shown = Path(str(path).encode("utf-8", "backslashreplace").decode())
        outcome, said = outcome_of(shown, rows)
        assert wanted in (outcome, "either"), (hostile.name, outcome, said)
        if says is not None and outcome == "left_out":
            assert says in said, hostile.name
    assert outcome_of(folder / GOOD, rows)[0] == "added"
    with Archive.open(archive) as opened:
        assert opened.check() == []
        assert opened.find(GOOD) is not None
    again = process("add", folder, "-a", archive, "--json")
    assert again.code == 0
    assert not [row for row in json.loads(again.out) if row["outcome"] in ("added", "replaced")]


def test_nothing_that_was_pickled_has_run() -> None:
    assert not Path("/tmp/klubbat-pickle").exists()


def test_there_are_names_for_all_of_them() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) >= 40
