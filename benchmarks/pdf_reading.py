"""PDF reading: words in the right order, persons beside their points, and speed, against other readers.

    python -m benchmarks.pdf_reading [--pages FOLDER]… [--pdfs FOLDER] [--each]

A folder of transcriptions holds ``manifest.jsonl`` (``file``, ``pdf``, ``page``, ``kind``) and
``rows.jsonl`` (``pdf``, ``page``, ``point``, ``person``); without a manifest its files are named as
their PDF and hold all of its pages. The measure is the longest common subsequence of words, folded
to lower case without punctuation, divided by the words of the transcription (recall) and by those
of the reading (precision). Speed is a ratio to PDFium alone giving words with their places.

pdfplumber, pdfminer.six and pdftotext are measured where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpora import SHARED
from corpus.ocr import VARIABLE
from corpus.readers.pdf import read

PDFS = SHARED / "corpus" / "real"
PAGES = SHARED / "gold" / "pages"
# The shared transcription of this document is of its second page only.
ONLY_PAGE = {"Protokoll-styrelsemote-2014-11-20": 2}
_TOKEN = re.compile(r"\w+(?:[.,:/@-]\w+)*")


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a page (or of a whole PDF, ``page`` None) as a person reads them."""

    pdf: Path
    page: int | None
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Responsible:
    """A person who stands beside a point."""

    pdf: Path
    page: int
    point: tuple[str, ...]
    person: tuple[str, ...]


Reader = Callable[[Path], Sequence[str]]
"""The text of each page of a PDF."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without punctuation."""
    return tuple(_TOKEN.findall(unicodedata.normalize("NFC", text).casefold()))


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence (Hyyrö 2004, bit-parallel, on Python's integers)."""
    places: dict[str, int] = {}
    for k, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << k
    everything = (1 << len(a)) - 1
    row = everything
    for word in b:
        match = row & places.get(word, 0)
        row = ((row + match) | (row - match)) & everything
    return len(a) - row.bit_count()


# -- readers --------------------------------------------------------------------------------


@cache
def ours(pdf: Path) -> Sequence[str]:
    """Klubbat, with Tesseract where it is installed."""
    source = read(pdf.read_bytes(), pdf.name)
    return [source.text[page.start : page.end] for page in source.pages]


def layer(pdf: Path) -> Sequence[str]:
    """Klubbat without text recognition."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "nej"
    try:
        source = read(pdf.read_bytes(), pdf.name)
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before
    return [source.text[page.start : page.end] for page in source.pages]


def pdfium(pdf: Path) -> Sequence[str]:
    """PDFium's own order of the text."""
    import pypdfium2

    texts = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    return texts


def pdfium_words(pdf: Path) -> Sequence[str]:
    """PDFium alone: the words with their places, through pypdfium2, in no order of ours."""
    import pypdfium2

    texts = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text_page = page.get_textpage()
            text = text_page.get_text_range()
            found = []
            for match in re.finditer(r"\S+", text):
                left, bottom, _, top = text_page.get_charbox(match.start(), loose=True)
                right = text_page.get_charbox(match.end() - 1, loose=True)[2]
                found.append((match.group(), left, right, bottom, top))
            texts.append(" ".join(one[0] for one in found))
            text_page.close()
            page.close()
    return texts


def plumber(pdf: Path) -> Sequence[str]:
    """Pdfplumber's text in lines."""
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        return [page.extract_text() or "" for page in document.pages]


def miner(pdf: Path) -> Sequence[str]:
    """pdfminer.six with its own layout analysis."""
    from pdfminer.high_level import extract_text

    return str(extract_text(pdf)).split("\f")


def poppler(*options: str) -> Reader:
    """Poppler's pdftotext."""

    def run(pdf: Path) -> Sequence[str]:
        done = subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace").split("\f")

    return run


def readers() -> dict[str, Reader]:
    """Every reader that is installed, ours first."""
    found: dict[str, Reader] = {"klubbat": ours, "klubbat, text layer": layer, "pypdfium2": pdfium}
    if importlib.util.find_spec("pdfplumber"):
        found["pdfplumber"] = plumber
    if importlib.util.find_spec("pdfminer"):
        found["pdfminer.six"] = miner
    if shutil.which("pdftotext"):
        found |= {"pdftotext -layout": poppler("-layout"), "pdftotext": poppler(), "pdftotext -raw": poppler("-raw")}
    return found


# -- transcriptions -------------------------------------------------------------------------


def transcripts(folder: Path, pdfs: Path) -> list[Transcript]:
    """The transcriptions of a folder."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        entries = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        entries = [{"file": f.name, "pdf": f"{f.stem}.pdf", "kind": "scan"} for f in sorted(folder.glob("*.txt"))]
    found = []
    for entry in entries:
        file = folder / entry["file"]
        pdf = next(iter(sorted(pdfs.rglob(Path(entry["pdf"]).name))), None)
        if pdf is not None and file.exists():
            page = entry.get("page", ONLY_PAGE.get(pdf.stem))
            found.append(Transcript(pdf, page, entry["kind"], words(file.read_text(encoding="utf-8"))))
    return found


def responsibles(folder: Path, pdfs: Path) -> list[Responsible]:
    """The rows of responsibility tables of a folder."""
    file = folder / "rows.jsonl"
    if not file.exists():
        return []
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line) if line.strip() else {}
        pdf = next(iter(sorted(pdfs.rglob(Path(entry["pdf"]).name))), None) if entry else None
        if pdf is not None:
            found.append(Responsible(pdf, entry["page"], words(entry["point"]), words(entry["person"])))
    return found


def beside(row: Responsible, text: str) -> bool:
    """Whether one line holds at least half of the words of the point, in order, and then the person."""
    for line in text.splitlines():
        found = words(line)
        if common(row.person, found) == len(row.person) and 2 * common(row.point, found) >= len(row.point):
            return True
    return False


# -- figures --------------------------------------------------------------------------------


def order(name: str, reader: Reader, wanted: Sequence[Transcript]) -> dict[str, Any]:
    """Recall and precision of the words in order, by kind of page: text layer, scan, bad layer."""
    sums: dict[str, list[int]] = {}
    for one in wanted:
        text = page_of(reader(one.pdf), one.page)
        got = words(text)
        shared = common(one.words, got)
        for kind in (one.kind.split("-")[0], "all"):
            total = sums.setdefault(kind, [0, 0, 0])
            for k, value in enumerate((shared, len(one.words), len(got))):
                total[k] += value
    return {
        "reader": name,
        **{
            kind: {"recall": round(s / max(1, w), 4), "precision": round(s / max(1, g), 4), "words": w}
            for kind, (s, w, g) in sorted(sums.items())
        },
    }


def page_of(pages: Sequence[str], page: int | None) -> str:
    """One page of a reading, or all of it."""
    return "\n".join(pages) if page is None else pages[page - 1]


def speed(pdfs: Sequence[Path], rounds: int = 7) -> dict[str, Any]:
    """Seconds for the text layers of all PDFs, the readers taking turns; ratios to PDFium's words."""
    timed: dict[str, Reader] = {"klubbat, text layer": layer, "pypdfium2 words": pdfium_words, **readers()}
    timed.pop("klubbat")
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for turn in range(rounds):
        for name, reader in timed.items():
            if turn > 1 and name.startswith(("pdfplumber", "pdfminer")):
                continue  # slow and steady
            start = time.perf_counter()
            for pdf in pdfs:
                reader(pdf)
            seconds[name].append(time.perf_counter() - start)
    middle = {name: statistics.median(some) for name, some in seconds.items()}
    peer = middle["pypdfium2 words"]
    return {
        "benchmark": "pdf_reading speed",
        "files": len(pdfs),
        "load_average": round(os.getloadavg()[0], 1),
        "peer": "pypdfium2 words",
        "seconds": {name: round(value, 3) for name, value in middle.items()},
        "ratio_to_peer": {name: round(value / peer, 2) for name, value in middle.items()},
    }


def main() -> None:
    """Print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", type=Path, action="append", help="folder of transcriptions; more than one may be given"
    )
    parser.add_argument("--pdfs", type=Path, default=PDFS, help="folder with the PDFs")
    parser.add_argument("--each", action="store_true", help="our figures for every page too")
    parser.add_argument("--only", choices=("order", "speed"), help="one part of the measurements")
    options = parser.parse_args()
    folders = options.pages or [PAGES]
    wanted = [one for folder in folders for one in transcripts(folder, options.pdfs)]
    rows = [one for folder in folders for one in responsibles(folder, options.pdfs)]
    if not wanted:
        raise SystemExit(f"No transcriptions with their PDFs in {', '.join(map(str, folders))}.")
    if options.each:
        for one in wanted:
            print(
                json.dumps({"page": f"{one.pdf.stem} {one.page}", **order("klubbat", ours, [one])}, ensure_ascii=False)
            )
        for row in rows:
            if not beside(row, page_of(ours(row.pdf), row.page)):
                print(
                    json.dumps(
                        {"missed": f"{row.pdf.stem} {row.page}", "point": row.point, "person": row.person},
                        ensure_ascii=False,
                    )
                )
    for name, reader in readers().items() if options.only != "speed" else ():
        figures = order(name, reader, wanted)
        if rows:
            right = sum(beside(row, page_of(reader(row.pdf), row.page)) for row in rows)
            figures["rows"] = {"right": right, "of": len(rows), "share": round(right / len(rows), 3)}
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    if options.only != "order":
        print(json.dumps(speed(sorted({one.pdf for one in wanted})), ensure_ascii=False))


if __name__ == "__main__":
    main()
