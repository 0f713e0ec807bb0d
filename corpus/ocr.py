"""Text recognition with Tesseract, a program of its own that is asked for words with places.

It is used where it is found with its Swedish data; ``KLUBBAT_TESSERACT`` names another program,
or switches it off with ``nej``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from corpus.heartbeat import beat
from corpus.layout.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VARIABLE = "KLUBBAT_TESSERACT"
DPI = 300  # what Tesseract's letter shapes were made for
PAGE_SECONDS = 60
# One column of text of different sizes: keeps the far column of a table that has few entries
# (measured in benchmarks/pdf_reading.py).
_LAYOUT = "4"
_AT_ONCE = 2
_LANGUAGE = "swe"
_POINTS = 72.0
_BULLETS = frozenset("e*=«»+¢°©®o.•")  # what becomes of a round bullet
_STROKES = frozenset("|_=[]{}\\~")  # what becomes of the ruling lines of a table


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a grey picture (height × width, 0 is black) of ``dpi`` dots an inch."""

    index: int
    grey: NDArray[np.uint8]
    dpi: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the picture ``index``: words, and its height in points."""

    index: int
    words: tuple[Word, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Tesseract:
    """A program that reads pictures of Swedish text."""

    program: str
    version: str

    def words(self, picture: NDArray[np.uint8], dpi: float = DPI) -> list[Word] | None:
        """The words of a grey picture (height × width, 0 is black), places in points.

        None where the program fails, or does not come to an end within its time.
        """
        picture = _stretched(picture)
        height, width = picture.shape
        header = f"P5\n{width} {height}\n255\n".encode()
        command = [self.program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", _LAYOUT, "--dpi", str(round(dpi)), "tsv"]
        try:
            done = subprocess.run(
                command,
                input=header + picture.tobytes(),
                capture_output=True,
                timeout=PAGE_SECONDS,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return _words(done.stdout.decode("utf-8", "replace"), _POINTS / dpi)


def tesseract() -> Tesseract | None:
    """The Tesseract of this machine, None where there is none with Swedish data."""
    return _found(os.environ.get(VARIABLE, ""))


@cache
def _found(wanted: str) -> Tesseract | None:
    if wanted.strip().casefold() in ("nej", "no", "0", "off"):
        return None
    program = shutil.which(wanted or "tesseract")
    if program is None:
        return None
    version = re.search(r"tesseract v?(\d[\w.-]*)", _said(program, "--version"))
    languages = _said(program, "--list-langs").split()
    return Tesseract(program, version[1]) if version and _LANGUAGE in languages else None


def _said(program: str, option: str) -> str:
    try:
        done = subprocess.run([program, option], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def read_pictures(pictures: Iterable[Picture]) -> Iterator[Reading]:
    """Read pictures with the Tesseract of this machine, in order, two at once.

    Pictures are drawn from the iterable as they are needed. There is no reading of a picture
    that the program failed at, and none at all without Tesseract.
    """
    program = tesseract()
    if program is None:
        return

    def read(picture: Picture) -> Reading | None:
        words = program.words(picture.grey, picture.dpi)
        if words is None:
            return None
        return Reading(picture.index, tuple(words), picture.grey.shape[0] * _POINTS / picture.dpi)

    waiting: deque[Future[Reading | None]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for picture in pictures:
            waiting.append(pool.submit(read, picture))
            if len(waiting) >= _AT_ONCE:
                yield from _finished(waiting.popleft())
        while waiting:
            yield from _finished(waiting.popleft())


def _finished(future: Future[Reading | None]) -> Iterator[Reading]:
    reading = future.result()
    beat()
    if reading is not None:
        yield reading


def confidence(words: Sequence[Word]) -> float | None:
    """The mean confidence of recognised words, 0 to 1."""
    return round(sum(word.confidence for word in words) / len(words), 3) if words else None


def _stretched(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with its paper white and its ink black: faint copies are read as well as fresh ones.

    Most of a page is paper; where a picture is dark in the main, nothing is changed.
    """
    import numpy as np

    ink, paper = np.percentile(picture[::4, ::4], (1, 60))
    if paper - ink < 10 or paper < 100:
        return picture
    table = np.clip((np.arange(256) - ink) * (255 / (paper - ink)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(table[picture])


def _words(tsv: str, scale: float) -> list[Word]:
    """Tesseract's table (level, page, block, par, line, word, left, top, width, height, conf, text)."""
    found: list[tuple[tuple[str, ...], Word]] = []
    for line in tsv.split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) * scale for cell in cells[6:10])
        sure = max(0.0, float(cells[10])) / 100
        found.append((tuple(cells[2:5]), Word(cells[11].strip(), left, left + width, top, top + height, sure)))
    return _straight(found)


def _straight(found: Sequence[tuple[tuple[str, ...], Word]]) -> list[Word]:
    """The words with boxes as high as their lines, on level lines, without what is no writing.

    A box of Tesseract is as high as the letters in it (*som* is lower than *högt*); the layout wants
    boxes that overlap with their neighbours'. A page that lies askew is turned by its lines' slope.
    """
    if not found:
        return []
    lines: dict[tuple[str, ...], list[Word]] = {}
    for key, word in found:
        lines.setdefault(key, []).append(word)
    usual = median(word.bottom - word.top for _, word in found)
    slopes = [
        (line[-1].bottom - line[0].bottom) / (line[-1].right - line[0].left)
        for line in lines.values()
        if len(line) > 3 and line[-1].right - line[0].left > 10 * usual
    ]
    slope = median(slopes) if slopes else 0.0
    words = []
    for line in lines.values():
        line = _bulleted([word for word in line if _written(word, usual)], usual)
        if not line:
            continue
        bottoms = [word.bottom - slope * word.left for word in line]
        tall = max(usual, median(word.bottom - word.top for word in line))
        base = median(bottoms)
        words += [
            Word(word.text, word.left, word.right, base - 1.1 * tall, base + 0.1 * tall, word.confidence)
            for word in line
        ]
    return words


def _bulleted(line: list[Word], usual: float) -> list[Word]:
    """The line with its bullet, where a lone sign stands well before its first word."""
    if len(line) > 1 and line[0].text in _BULLETS and line[1].left - line[0].right > 0.7 * usual:
        return [line[0]._replace(text="•"), *line[1:]]
    return line


def _written(word: Word, usual: float) -> bool:
    """Whether a word is writing: not a stroke of a table or of a signature."""
    tall = word.bottom - word.top
    if not any(c.isalnum() for c in word.text):
        return tall < 2 * usual and not _STROKES.issuperset(word.text)
    return tall < (5 if word.confidence > 0.6 else 2.5) * usual and word.confidence > 0.2
