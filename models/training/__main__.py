"""Train the tagger and the names of the pipeline.

    python -m models.training DATA FOLDER [--steps N]

DATA holds ``ner/`` and ``treebank/`` (docs/pipeline.md says where they come from). FOLDER receives
the prepared texts, the trained models and ``weights``: what ``models/pipeline/weights`` holds.
About 15 minutes on one core; the seed is fixed.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from models.pipeline.tokenizer import blank
from models.training.augment import damaged, minutes_texts
from models.training.names import Names
from models.training.sources import Labelled, klintan, universal_ner, word_classes

SEED = 11
GENERATED = 11000  # paragraphs
DAMAGED = 0.25  # share of the texts with names that are also shown damaged
SOURCES = {
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "klintan Swedish NER corpus",
            "license": "CC BY 4.0",
            "url": "https://github.com/klintan/swedish-ner-corpus",
        },
        {"name": "Universal NER, Talbanken", "license": "CC BY-SA 4.0", "url": "https://www.universalner.org"},
        {"name": "UD Swedish Talbanken", "license": "CC BY-SA 4.0", "url": "https://universaldependencies.org"},
        {"name": "invented minutes of models/training", "license": "Apache-2.0"},
    ],
}


def main(arguments: Sequence[str]) -> None:
    """Prepare the texts, then train by spaCy's own loop."""
    from spacy.cli.train import train

    data, folder = Path(arguments[0]), Path(arguments[1])
    steps = int(arguments[arguments.index("--steps") + 1]) if "--steps" in arguments else 2500
    folder.mkdir(parents=True, exist_ok=True)
    prepare(data, folder)
    paths = {"paths.train": str(folder / "train.spacy"), "paths.dev": str(folder / "dev.spacy")}
    train(Path(__file__).with_name("config.cfg"), folder, overrides={**paths, "training.max_steps": steps})
    export(folder / "model-best", folder / "weights")


def export(trained: Path, weights: Path) -> None:
    """Copy what is needed to use a trained model: its components and how they are built, no paths of a machine."""
    from thinc.api import Config

    shutil.rmtree(weights, ignore_errors=True)
    shutil.copytree(trained, weights, ignore=shutil.ignore_patterns("vocab", "tokenizer"))
    config = Config().from_disk(weights / "config.cfg", interpolate=True)
    Config({part: config[part] for part in ("nlp", "components")}).to_disk(weights / "config.cfg")
    meta = json.loads((weights / "meta.json").read_text(encoding="utf-8"))
    kept = {key: meta[key] for key in ("lang", "spacy_version", "pipeline", "components", "labels")}
    text = json.dumps({**kept, "name": "klubbat_minutes", "version": "1.0.0", **SOURCES}, ensure_ascii=False, indent=1)
    (weights / "meta.json").write_text(text + "\n", encoding="utf-8")


def prepare(data: Path, folder: Path) -> None:
    """Write ``train.spacy`` and ``dev.spacy``. A tenth of klintan's training part chooses the best model."""
    draw = random.Random(SEED)
    news = list(klintan(data / "ner" / "klintan-train.txt"))
    held = [text for i, text in enumerate(news) if i % 10 == 9]
    real = [text for i, text in enumerate(news) if i % 10 != 9]
    real += universal_ner(data / "ner" / "uner-tb-train.iob2")
    known = {label: _single_words(real, label) for label in ("LOC", "ORG")}
    plain = [text.text for text in real if not text.names]
    names = Names(draw, known["LOC"], known["ORG"], plain)
    texts = real + list(minutes_texts(draw, names, GENERATED))
    texts += [damaged(draw, text) for text in texts if text.names and draw.random() < DAMAGED]
    texts += word_classes(data / "treebank" / "tb-train-2015.conllu")
    draw.shuffle(texts)
    save(texts, folder / "train.spacy")
    judged = [*held, *universal_ner(data / "ner" / "uner-tb-dev.iob2"), *minutes_texts(draw, names, 150)]
    save([*judged, *word_classes(data / "treebank" / "tb-dev.conllu")], folder / "dev.spacy")


def _single_words(texts: Iterable[Labelled], label: str) -> list[str]:
    names = {text.text[start:end] for text in texts for start, end, kind in text.names if kind == label}
    return sorted(name for name in names if " " not in name)


def save(texts: Iterable[Labelled], path: Path) -> None:
    """Write texts as spaCy's documents; what a text says nothing about stays unknown there."""
    from spacy.tokens import Doc, DocBin

    nlp = blank()
    store = DocBin()
    for text in texts:
        if text.words:
            doc = Doc(nlp.vocab, words=list(text.words), tags=list(text.classes))
        else:
            doc = nlp.make_doc(text.text)
            spans = (doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in text.names)
            doc.set_ents(_apart(spans))
        store.add(doc)
    store.to_disk(path)


def _apart(spans: Iterable[object]) -> list[object]:
    from spacy.util import filter_spans

    return list(filter_spans([span for span in spans if span is not None]))


if __name__ == "__main__":
    main(sys.argv[1:])
