"""The reader: spans and silence on questions that it did not learn from (its speed: ``reader_speed``).

    python -m benchmarks.reader

SweQUAD (dev): the whole text is read, in windows. SQuAD_v2_sv: the articles that training holds
back. Minutes: invented paragraphs of another seed; and of the gold questions the first ten hits in
the archive of all documents that are of another document than the answer, or of any document where
there is no answer: passages that look as if they answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.corpora import QUESTIONS, SHARED, archive_of
from engine.evaluation import read_questions
from engine.search.reranking import passage_of
from engine.service import Service
from models.reader.reader import Passage, Reader
from models.training.reader.examples import Example
from models.training.reader.material import measured_meetings, measured_minutes, measured_written
from models.training.reader.measures import Judged, silence_figures, span_figures
from models.training.reader.sources import Asked, squad, swequad

DATA = SHARED / "data" / "qa"
MINUTES = 1000
HITS = 10


def judged(reader: Reader, asked: Iterable[Asked]) -> list[Judged]:
    """The best span of each question over its whole text."""
    return [_judged(reader, one.question, Passage(one.text), [one.text[a:b] for a, b in one.answers]) for one in asked]


def _judged(reader: Reader, question: str, passage: Passage, right: Sequence[str]) -> Judged:
    read = reader.read(question, [passage], 1)[0]
    span = read.spans[0] if read.spans else None
    return Judged(passage.text[span.start : span.end] if span else "", read.log_odds, tuple(right))


def minutes(reader: Reader, examples: Sequence[Example]) -> list[Judged]:
    """Invented minutes that training did not show."""
    return [
        _judged(reader, one.question, Passage(one.passage, one.context),
                () if one.answer is None else (one.passage[slice(*one.answer)],))
        for one in examples
    ]  # fmt: skip


def look_alikes(reader: Reader) -> list[Judged]:
    """Passages of real minutes that rank high for a question and do not answer it."""
    found = []
    with Service.open(archive_of("all")) as service:
        for gold in ("seeds", "real"):
            for one in read_questions(QUESTIONS[gold]):
                hits = service.search(one.question, HITS).hits
                near = [hit for hit in hits if not one.answerable or one.doc not in " ".join(hit.chunk.document.paths)]
                for hit, read in zip(near, reader.read(one.question, [passage_of(h) for h in near], 1), strict=True):
                    found.append(Judged(hit.chunk.search_text, read.log_odds, ()))
    return found


def _row(name: str, rows: Sequence[Judged], bar: float | None = None) -> float:
    spoken, silent, best = silence_figures(rows, bar) if any(not one.right for one in rows) else (0.0, 0.0, 0.0)
    f1, exact = span_figures(rows) if any(one.right for one in rows) else (0.0, 0.0)
    print(f"| {name} | {len(rows)} | {f1:.3f} | {exact:.3f} | {spoken:.3f} | {silent:.3f} | {best:.2f} |", flush=True)
    return best


def quality() -> None:
    """Print the table of spans and silence."""
    reader = Reader.load()
    print(
        "| set | questions | F1 | exact | F1 with silence | silent where it must be | log odds |\n" + "|---" * 7 + "|"
    )
    _row("SweQUAD dev", judged(reader, swequad(DATA / "swequad-dev.json")))
    held_back = judged(reader, squad(DATA / "squad_dev_v2_sv.json.gz", held_back=True))
    bar = _row("SQuAD_v2_sv, held back", held_back)
    invented = minutes(reader, measured_minutes(MINUTES))
    own = _row("minutes, invented", invented)
    _row("minutes, invented, SQuAD's bar", invented, bar)
    _row("written by hand, held back", minutes(reader, measured_written()))
    _row("series of meetings, held back", minutes(reader, measured_meetings()))
    near = look_alikes(reader)
    _row("minutes, look-alikes", near, own)
    _row("minutes, look-alikes, SQuAD's bar", near, bar)


if __name__ == "__main__":
    quality()
