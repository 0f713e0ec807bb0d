"""What the committed reader says of some invented passages, recorded to notice when it says something else.

python tests/models/reader/recorded.py        # write recorded.tsv anew, after a training
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.reader.reader import Passage, Reader

FILE = Path(__file__).with_name("recorded.tsv")
HEAD = "Hembygdsföreningen, 2031-03-02. Val"
ELECTIONS = "Mötet öppnades kl. 18.30. Till kassör valdes Per Lind och till sekreterare Siv Ek. Revisor blev Bo Alm."
TASK = "Taket läcker. Eva Berg fick i uppdrag att begära in offerter före den 1 maj. Kostnaden beräknas till 45 000 kr."
TIME = "Nästa möte hålls den 14 april kl. 19.00 i bystugan, eftersom lokalen på Storgatan är uthyrd."
NONE = "Frågan om en ny brygga diskuterades utan att något beslutades. Medlemmarna önskade mer underlag."
ASKED = (
    ("Vem valdes till kassör?", ELECTIONS, HEAD), ("Vem valdes till sekreterare?", ELECTIONS, HEAD),
    ("Vem valdes till ordförande?", ELECTIONS, HEAD), ("När öppnades mötet?", ELECTIONS, ""),
    ("Vem ska begära in offerter?", TASK, ""), ("När ska offerterna ha kommit in?", TASK, ""),
    ("Vad kostar det?", TASK, ""), ("Var hålls nästa möte?", TIME, ""), ("Vilken dag är nästa möte?", TIME, ""),
    ("Varför hålls mötet i bystugan?", TIME, ""), ("Vem betalar hyran?", TIME, ""),
    ("Vem fick i uppdrag att bygga bryggan?", NONE, ""), ("What date is the next meeting?", TIME, ""),
    ("vem ar revisor", "TILL REVISOR VALDES BO ALM.", ""), ("Vem höll i kvasten?", f"{NONE} {TASK} {TIME} " * 6, ""),
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    question: str
    passage: Passage
    span: str
    log_odds: float


def said(reader: Reader) -> list[Recorded]:
    """What the reader says now."""
    found = []
    for question, text, context in ASKED:
        reading = reader.read(question, [Passage(text, context)], 1)[0]
        span = reading.spans[0]
        found.append(Recorded(question, Passage(text, context), text[span.start : span.end], reading.log_odds))
    return found


def recorded() -> Iterator[tuple[str, str, float]]:
    """Question, span and log odds as they were recorded."""
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield row["question"], row["span"], float(row["log_odds"])


if __name__ == "__main__":
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["question", "span", "log_odds"])
        for one in said(Reader.load()):
            writer.writerow([one.question, one.span, f"{one.log_odds:.2f}"])
