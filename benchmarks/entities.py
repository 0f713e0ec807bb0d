"""The pipeline against labelled texts, and against the persons of real attendance lists.

    python -m benchmarks.entities [WEIGHTS] [--misses]

Names by exact range and label, on texts that training never saw: the test parts of klintan and of
Universal NER (Talbanken, and PUD, of which nothing was trained on). Then how many of the persons
that the gold facts of ``../shared/gold`` name as attending are found as persons in their document:
by the trained names alone, and with layout and tables. Last the word classes, and words a second.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import SHARED
from benchmarks.registers import files, read
from models.pipeline.entities import entities_of
from models.pipeline.language import pipeline_from, weights_folder
from models.training.sources import LABELS, Labelled, klintan, universal_ner, word_classes

Names = set[tuple[int, int, str]]


def _figures(pairs: Iterable[tuple[Names, Names]]) -> Iterator[tuple[str, float, float, float]]:
    """Label, precision, recall and F1 of (gold, found) sets of names."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for gold, found in pairs:
        right.update(label for *_, label in gold & found)
        wrong.update(label for *_, label in found - gold)
        missed.update(label for *_, label in gold - found)
    for label in LABELS:
        precision = right[label] / max(1, right[label] + wrong[label])
        recall = right[label] / max(1, right[label] + missed[label])
        yield label, precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _names(nlp: Any, texts: list[Labelled]) -> Iterator[tuple[Names, Names]]:
    for text, doc in zip(texts, nlp.pipe(one.text for one in texts), strict=True):
        yield set(text.names), {(one.start_char, one.end_char, one.label_) for one in doc.ents}


def held_out(nlp: Any) -> None:
    """Print the figures of the trained names on the held-out texts, alone and mended by layout and dictionary."""
    folder = SHARED / "data" / "ner"
    sets = {
        "klintan test": klintan(folder / "klintan-test.txt"),
        "Talbanken test": universal_ner(folder / "uner-tb-test.iob2"),
        "PUD": universal_ner(folder / "uner-pud-test.iob2"),
    }
    parts = {"alone": ["tok2vec", "ner"], "mended": [name for name in nlp.pipe_names if name != "tagger"]}
    for name, texts in sets.items():
        known = list(texts)
        for how, enabled in parts.items():
            with nlp.select_pipes(enable=enabled):
                for label, precision, recall, f1 in _figures(_names(nlp, known)):
                    print(f"{name:15} {how:7} {label}  P {precision:.3f}  R {recall:.3f}  F {f1:.3f}")


def tags(nlp: Any) -> None:
    """Print how many words get the right class."""
    from spacy.tokens import Doc

    for name in ("tb-test", "pud-test"):
        texts = list(word_classes(SHARED / "data" / "treebank" / f"{name}.conllu"))
        right = total = 0
        with nlp.select_pipes(enable=["tok2vec", "tagger"]):
            docs = nlp.pipe(Doc(nlp.vocab, words=list(text.words)) for text in texts)
            for text, doc in zip(texts, docs, strict=True):
                right += sum(a == b.tag_ for a, b in zip(text.classes, doc, strict=True))
                total += len(text.words)
        print(f"{name:15} word class right {right / total:.3f}")


def attendance(nlp: Any, misses: bool) -> None:
    """Print how many persons of attendance lists are found somewhere in their document."""
    wanted: dict[str, set[str]] = {}
    for gold in ("seeds", "real"):
        for line in (SHARED / "gold" / f"{gold}-facts.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["type"] == "attendance" and row["person"] and not row.get("optional"):
                wanted.setdefault(row["doc"], set()).add(row["person"])
    alone = everything = total = 0
    for file in files():
        persons = next((names for doc, names in wanted.items() if doc in str(file)), None)
        if persons is None:
            continue
        document = read(file)
        texts = [document.text[one.start : one.end] for one in document.paragraphs]
        with nlp.select_pipes(enable=["tok2vec", "ner"]):
            by_model = {_plain(one.text) for doc in nlp.pipe(texts) for one in doc.ents if one.label_ == "PER"}
        found = {_plain(doc.text[one.start : one.end]) for doc in nlp.pipe(texts) for one in entities_of(doc)
                 if one.kind == "person"}  # fmt: skip
        total += len(persons)
        alone += len({one for one in persons if _plain(one) in by_model})
        everything += len({one for one in persons if _plain(one) in found})
        if misses:
            print(file.name, sorted(one for one in persons if _plain(one) not in found))
    print(
        f"persons of attendance lists: {total}; model alone {alone / total:.3f}, with layout {everything / total:.3f}"
    )


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .,*").casefold()


def speed(nlp: Any) -> None:
    """Print words a second over the paragraphs of all real minutes in Markdown or text."""
    texts = [file.read_text(encoding="utf-8") for file in files() if file.suffix in (".md", ".txt")]
    texts = [part for text in texts for part in text.split("\n\n") if part.strip()]
    words = sum(len(text.split()) for text in texts)
    for enabled in (["tok2vec", "ner"], list(nlp.pipe_names)):
        with nlp.select_pipes(enable=enabled):
            start = time.process_time()
            for _ in nlp.pipe(texts, batch_size=128):
                pass
            print(f"{words / (time.process_time() - start):8.0f} words a second: {', '.join(enabled)}")


def main() -> None:
    """Print everything."""
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    start = time.perf_counter()
    nlp = pipeline_from(Path(given[0]) if given else weights_folder())
    print(f"loaded in {time.perf_counter() - start:.2f} s, spaCy's import among it")
    held_out(nlp)
    tags(nlp)
    attendance(nlp, "--misses" in sys.argv)
    speed(nlp)


if __name__ == "__main__":
    main()
