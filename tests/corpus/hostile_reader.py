"""A parser that does to its process what broken and hostile files do to real ones.

``reader_on_path`` gives the environment in which the reading process knows the ending ``.ond``; the
first word of such a file says what happens.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus.readers

_SITE = """
import os, signal, sys, time, types
sys.path.append({root!r})
import corpus.readers
from corpus.heartbeat import beat
from corpus.records import Source

def read(data, name):
    word = data.decode().split()[0]
    if word == "somnar":
        time.sleep(60)
    if word == "arbetar":
        for _ in range(12):
            time.sleep(0.5)
            beat()
    if word == "kraschar":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "avslutar":
        os._exit(3)
    if word == "sväller":
        keep = [bytearray(1 << 28) for _ in range(64)]
    if word == "felar":
        raise KeyError("trailer")
    if word == "pratar":
        print("skräp på standard ut", flush=True)
        os.write(1, b"mer")
    if word == "flödar":
        return Source(text="protokoll " * 200_000, format="ond")
    return Source(text=data.decode(), format="ond")

module = types.ModuleType("corpus.readers.ond")
module.read = read
sys.modules["corpus.readers.ond"] = module
corpus.readers._READERS[".ond"] = "ond"
"""


def reader_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading processes that are started from now on know the ending ``.ond``."""
    root = Path(__file__).resolve().parents[2]
    (folder / "sitecustomize.py").write_text(_SITE.format(root=str(root)), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setitem(corpus.readers._READERS, ".ond", "ond")
