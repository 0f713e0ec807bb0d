"""``klubbat sync``: its report for people and for scripts, and following a folder."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import ROOT, environment, klubbat, refused

TEXT = "PROTOKOLL\n\nByalaget i Norrby\n\n§ 1 Ekonomi\n\nTaket ska läggas om för 85 000 kronor.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name in ("a", "b"):
        (place / f"{name}.txt").write_text(TEXT.replace("85", name), encoding="utf-8")
        os.utime(place / f"{name}.txt", (1_000_000_000, 1_000_000_000))
    return place


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "arkiv"


def test_the_report_for_people_names_what_changed(folder: Path, archive: Path) -> None:
    planned = klubbat("sync", folder, "-a", archive, "--dry-run")
    assert planned.code == 0 and planned.out.startswith("Skulle bli: 2 filer: 2 tillagda.")
    assert klubbat("documents", "-a", archive).code == 3
    assert klubbat("sync", folder, "-a", archive).out.splitlines()[0] == "2 filer: 2 tillagda."
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "b.txt").unlink()
    (folder / "tom.txt").touch()
    done = klubbat("sync", folder, "-a", archive)
    assert done.code == 0
    assert done.out.splitlines() == [
        "3 filer: 1 flyttad, 1 borttagen, 1 utelämnad.",
        f"  borttagen: {folder}/b.txt",
        f"  flyttad: {folder}/c.txt (från {folder}/a.txt)",
    ]
    assert done.err == f"  {folder}/tom.txt: filen är tom\n"
    assert klubbat("sync", folder, "-a", archive).out == "2 filer: 1 oförändrad, 1 utelämnad.\n"


def test_the_report_for_scripts(folder: Path, archive: Path) -> None:
    report = klubbat("sync", folder, "-a", archive, "--json").json
    assert (report["folder"], report["dry_run"]) == (str(folder), False)
    assert report["counts"]["added"] == 2 and report["counts"]["removed"] == 0
    assert {Path(one["path"]).name: one["outcome"] for one in report["files"]} == {"a.txt": "added", "b.txt": "added"}
    lines = klubbat("sync", folder, "-a", archive, "--jsonl").lines
    assert [one["outcome"] for one in lines] == ["unchanged", "unchanged"]
    rows = list(csv.DictReader(io.StringIO(klubbat("sync", folder, "-a", archive, "--csv").out)))
    assert rows[0]["path"] == str(folder / "a.txt")
    assert "oförändr" not in klubbat("sync", folder, "-a", archive, "--table").out


def test_wrong_usage_is_refused(folder: Path, archive: Path, tmp_path: Path) -> None:
    refused(klubbat("sync", tmp_path / "saknas", "-a", archive), 2, "är ingen mapp")
    refused(klubbat("sync", folder / "a.txt", "-a", archive), 2, "är ingen mapp")
    refused(klubbat("sync", folder, "-a", archive, "--watch", "--dry-run"), 2, "--watch --dry-run")
    refused(klubbat("sync", folder, "-a", archive, "--json", "--csv"), 2, "Välj en av")
    klubbat("sync", folder, "-a", archive)
    for file in folder.iterdir():
        file.unlink()
    refused(klubbat("sync", folder, "-a", archive), 2, "--allow-empty")
    assert klubbat("sync", folder, "-a", archive, "--allow-empty").out.startswith("2 filer: 2 borttagna.")


def test_an_archive_inside_the_folder_is_not_taken_in(folder: Path) -> None:
    inside = folder / "arkiv"
    assert klubbat("sync", folder, "-a", inside).out.startswith("2 filer: 2 tillagda.")
    assert klubbat("sync", folder, "-a", inside).out == "2 filer: 2 oförändrade.\n"


def test_a_followed_folder_is_taken_in_as_it_changes(folder: Path, archive: Path) -> None:
    command = [sys.executable, "-m", "cli", "sync", str(folder), "-a", str(archive), "--watch", "--jsonl"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout is not None
            assert json.loads(running.stdout.readline())["counts"]["added"] == 2
            time.sleep(0.5)  # the watch begins once the first report is out
            (folder / "ny.txt").write_text(TEXT.replace("85", "ny"), encoding="utf-8")
            changed = json.loads(running.stdout.readline())
            assert (changed["counts"]["added"], changed["counts"]["unchanged"]) == (1, 2)
            (folder / "a.txt").unlink()
            assert json.loads(running.stdout.readline())["counts"]["removed"] == 1
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 130
    assert "Traceback" not in said and "Avbrutet" in said
