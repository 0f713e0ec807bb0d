"""Files are read in a process of their own: nothing they do to it reaches ours."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_reader import reader_on_path

from corpus.errors import UnreadableError
from corpus.isolation import IsolatedReader, Limits, ParserKilledError
from corpus.parts import read_parts
from corpus.quality import assessed

ROOT = Path(__file__).resolve().parents[2]
TEXT = "PROTOKOLL\n\n§ 1 Val av justerare\n\nTill justerare valdes Åsa Öberg.\n"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader_on_path(tmp_path, monkeypatch)


def test_a_file_is_read_as_it_would_be_in_this_process() -> None:
    files = [*sorted((ROOT / "corpus" / "samples").iterdir())]
    with IsolatedReader() as reader:
        for file in files:
            data = file.read_bytes()
            here = [replace(one, source=one.source and assessed(one.source)) for one in read_parts(data, file.name)]
            assert reader.read(data, file.name) == here, file.name


def test_many_files_are_read_by_one_process_and_then_by_a_new_one() -> None:
    seen = set()
    with IsolatedReader(Limits(files=3)) as reader:
        for _ in range(7):
            reader.read(TEXT.encode(), "a.txt")
            process = reader._process
            seen.add(process.pid if process else None)
    assert len(seen - {None}) >= 2


def test_a_refusal_carries_its_reason_and_the_process_goes_on() -> None:
    with IsolatedReader() as reader:
        with pytest.raises(UnreadableError, match="binärt innehåll") as refused:
            reader.read(bytes(range(256)) * 20, "a.txt")
        assert not isinstance(refused.value, ParserKilledError)
        before = reader._process
        assert reader.read(TEXT.encode(), "a.txt")[0].source.text == TEXT  # type: ignore[union-attr]
        assert reader._process is before


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("somnar", "mer än 1 sekunder"),
        ("kraschar", "krascha"),
        ("avslutar", "krascha"),
        ("sväller", "ryms inte i minnet"),
        ("felar", "KeyError"),
        ("flödar", "orimligt mycket text"),
    ],
)
@pytest.mark.usefixtures("hostile")
def test_what_kills_a_parser_costs_its_own_file_only(word: str, said: str) -> None:
    # Only the one that hangs has to wait for its limit; the others must end by themselves.
    seconds = 1.0 if word == "somnar" else 60.0
    limits = Limits(silent_seconds=seconds, output_bytes=1 << 20, memory_bytes=1 << 29)
    with IsolatedReader(limits) as reader:
        with pytest.raises(ParserKilledError, match=said):
            reader.read(word.encode(), "a.ond")
        reader.limits = Limits()
        assert reader.read(TEXT.encode(), "b.txt")[0].source.text == TEXT  # type: ignore[union-attr]


@pytest.mark.usefixtures("hostile")
def test_a_member_that_kills_its_parser_costs_the_container_nothing_else() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (("a.txt", TEXT), ("b.ond", "kraschar"), ("c.ond", "somnar"), ("d.txt", TEXT + "Slut.")):
            archive.writestr(name, text)
    with IsolatedReader(Limits(silent_seconds=8.0)) as reader:
        parts = {one.name: one for one in reader.read(out.getvalue(), "handlingar.zip")}
    assert [one for one in parts if parts[one].source] == ["a.txt", "d.txt"]
    assert "krascha" in (parts["b.ond"].reason or "") and "sekunder" in (parts["c.ond"].reason or "")


@pytest.mark.usefixtures("hostile")
def test_a_container_full_of_killers_is_left_alone_in_the_end() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(8):
            archive.writestr(f"{number}.ond", "kraschar")
    with IsolatedReader() as reader, pytest.raises(ParserKilledError, match="krascha"):
        reader.read(out.getvalue(), "handlingar.zip")


@pytest.mark.usefixtures("hostile")
def test_a_reader_that_shows_signs_of_life_is_not_cut_off() -> None:
    with IsolatedReader(Limits(silent_seconds=5.0)) as reader:
        assert reader.read(b"arbetar", "a.ond")[0].source.text == "arbetar"  # type: ignore[union-attr]


@pytest.mark.usefixtures("hostile")
def test_the_time_for_one_file_is_bounded_whatever_signs_of_life_it_gives() -> None:
    with (
        IsolatedReader(Limits(silent_seconds=5.0, total_seconds=0.3)) as reader,
        pytest.raises(ParserKilledError, match="sekunder"),
    ):
        reader.read(b"arbetar", "a.ond")


@pytest.mark.usefixtures("hostile")
def test_a_parser_that_prints_disturbs_nothing() -> None:
    with IsolatedReader() as reader:
        assert reader.read(b"pratar", "a.ond")[0].source.text == "pratar"  # type: ignore[union-attr]


@pytest.mark.usefixtures("hostile")
def test_a_file_larger_than_a_pipe_reaches_a_process_that_does_not_listen() -> None:
    with IsolatedReader(Limits(silent_seconds=1.0)) as reader, pytest.raises(ParserKilledError):
        reader.read(b"somnar " + b"x" * 5_000_000, "a.ond")


def test_the_process_ends_with_the_reader() -> None:
    reader = IsolatedReader()
    reader.read(TEXT.encode(), "a.txt")
    process = reader._process
    assert process is not None
    reader.close()
    assert process.poll() is not None
    reader.close()


def test_the_process_ends_when_the_one_that_started_it_is_killed(tmp_path: Path) -> None:
    code = (
        "from corpus.isolation import IsolatedReader; import os, signal\n"
        "reader = IsolatedReader(); reader.read(b'PROTOKOLL', 'a.txt')\n"
        "print(reader._process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    child = int(ran.stdout)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if (Path("/proc") / str(child) / "stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the reading process is still there")


def test_a_folder_of_our_name_where_the_user_stands_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with IsolatedReader() as reader:
        assert len(reader.read(TEXT.encode(), "a.txt")) == 1
