"""Running the command line: in this process where that is the same, else in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cli

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def klubbat(*arguments: object, stdin: bytes = b"") -> Outcome:
    """Run a command in this process; a traceback is an error of the test."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given, read = sys.argv, sys.stdin
    sys.argv = ["klubbat", *map(str, arguments)]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii")
    code: Any = None
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                cli.main()
            except SystemExit as end:
                code = end.code
    finally:
        sys.argv, sys.stdin = given, read
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Outcome(code, *texts)


def environment(**changed: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("KLUBBAT_ARCHIVE", "COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT), **changed}


def process(*arguments: object, stdin: bytes = b"", **changed: str) -> Outcome:
    """Run ``python -m cli`` in a process of its own, with these environment variables beside ours."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *map(os.fsencode, map(str, arguments))],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=environment(**changed),
        timeout=400,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def refused(outcome: Outcome, code: int, *said: str) -> None:
    """The command ended with this code, with a message that says this, and nothing else."""
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("Fel: ")
    assert "Traceback" not in outcome.err
    for words in said:
        assert words in outcome.err
