"""Thousands of documents: memory while they are added, and what a killed run leaves to do again.

    python -m benchmarks.many_documents [5000]

Invented minutes are written to a temporary folder. Peak memory is that of the adding process, for
all of them against a tenth of them. Then a run over all is killed when half is stored, and a
second one finishes it: ``read_again`` counts the stored documents that it read once more.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT

BODIES = ("Kommunstyrelsen", "Tekniska nämnden", "Kultur- och fritidsnämnden", "Byalaget i Norrby")
MATTERS = ("Budgeten", "Skolskjutsen", "Belysningen på Storgatan", "Taxan för vatten", "Planen för torget")
DEEDS = ("fastställs", "återremitteras", "bordläggs till nästa möte", "godkänns", "avslås")
PEOPLE = ("Åsa Öberg", "Örjan Ängman", "Eva Ek", "Bo Ståhl", "Kerstin Sjö")


def write_minutes(folder: Path, count: int) -> None:
    """Write ``count`` different minutes of three points each."""
    folder.mkdir()
    for number in range(count):
        chance = random.Random(number)
        day = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
        lines = ["# Protokoll", "", chance.choice(BODIES), "", day, ""]
        for point in range(1, 4):
            matter, person = chance.choice(MATTERS), chance.choice(PEOPLE)
            lines += [
                f"## § {point} {matter}",
                "",
                f"{matter} {chance.choice(DEEDS)} efter föredragning av {person}. Ärende {number}-{point} kostar "
                f"{chance.randrange(1, 900)} 000 kronor och {chance.choice(PEOPLE)} får i uppdrag att återkomma.",
                "",
            ]
        (folder / f"{number:05}.md").write_text("\n".join(lines), encoding="utf-8")


def adding(folder: Path, archive: Path) -> list[str]:
    """The command that brings a folder into an archive."""
    return [sys.executable, "-m", "cli", "sync", str(folder), "--archive", str(archive), "--json"]


def finished(folder: Path, archive: Path) -> tuple[int, float, dict[str, Any]]:
    """Run the command to its end: peak memory in megabytes, seconds, and its report."""
    start = time.perf_counter()
    with subprocess.Popen(adding(folder, archive), cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        report = json.loads(process.stdout.read())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return round(usage.ru_maxrss / 1024), round(time.perf_counter() - start, 1), report["counts"]


def stored(archive: Path) -> int:
    """How many documents an archive that is being written to holds so far."""
    try:
        with sqlite3.connect(f"file:{archive / 'klubbat.sqlite'}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def killed(folder: Path, archive: Path, half: int) -> int:
    """Kill the command once ``half`` of the documents are stored; returns how many were."""
    with subprocess.Popen(adding(folder, archive), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and stored(archive) < half:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    return stored(archive)


def run(count: int = 5000) -> dict[str, Any]:
    """The figures of the module's description."""
    with tempfile.TemporaryDirectory() as place:
        few, many = Path(place) / "few", Path(place) / "many"
        write_minutes(few, count // 10)
        write_minutes(many, count)
        few_memory, _, _ = finished(few, Path(place) / "few-archive")
        many_memory, seconds, counts = finished(many, Path(place) / "many-archive")
        assert counts["added"] == count
        resumed = Path(place) / "resumed-archive"
        before = killed(many, resumed, count // 2)
        _, _, after = finished(many, resumed)
        assert stored(resumed) == count
        return {
            "benchmark": "many_documents",
            "documents": count,
            "peak_megabytes_of_a_tenth": few_memory,
            "peak_megabytes": many_memory,
            "memory_ratio": round(many_memory / few_memory, 2),
            "documents_a_second": round(count / seconds, 1),
            "stored_when_killed": before,
            "read_again": before - after["unchanged"],
        }


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)))
