"""Fits the confidence of answers on the gold questions and writes ``engine/tables/confidence.tsv``.

    python -m benchmarks.calibrate

Two logistic regressions (scikit-learn), with passages read and without, tell from the evidence whether an answer
of a passage is right. Each
document's questions are judged by a model that has not seen that document; the threshold is the
one under which at most ``MOST_FALSE_NULLS`` of the answerable questions fall that the registers leave to the passages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import ROOT, archive_of
from benchmarks.gold import questions_of
from engine.answers.answerer import Answerer
from engine.answers.confidence import FEATURES, Evidence, Model
from engine.evaluation import is_correct
from engine.questions.understanding import understand
from engine.service import Service
from models.repair import restored

SETS = (
    ("seeds", "seeds"),
    ("all", "seeds"),
    ("all", "real"),
    ("all", "own-a"),
    ("all", "own-b"),
    ("samples", "samples"),
)
MOST_FALSE_NULLS = 0.08
TABLE = ROOT / "engine" / "tables" / "confidence.tsv"
EXAMPLES = {
    "intercept": "Without any evidence the answer is probably wrong.",
    "kind": "A date stands there where a date is asked for.",
    "coverage": "Most words of the question stand in the passage or above it.",
    "reading": "The reader sees the answer in the passage.",
    "meant": "The passage is of the meeting that the question names.",
    "hit": "The search puts the passage first by far.",
    "threshold": "Below this the answer is withheld.",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One question with the evidence for its best answer, and whether that answer is right."""

    run: str
    doc: str
    answerable: bool
    right: bool
    known: bool
    evidence: Evidence


def examples(model: Model) -> list[Example]:
    """The examples of every set, answered from passages without a threshold."""
    found = []
    for archive, gold in SETS:
        with Service.open(archive_of(archive)) as service:
            reader = service.reader if model == "read" else None
            answerer = Answerer(service.searcher, service.analyser, least=0.0, reader=reader)
            for question in questions_of(gold):
                draft = answerer.draft(question.question)
                if draft is None or draft.evidence.model != model:
                    continue
                right = question.answerable and is_correct(draft.text, question)
                known = answerer.known(understand(restored(question.question))) is not None
                run = f"{archive}/{gold}"
                found.append(Example(run, question.doc, question.answerable, right, known, draft.evidence))
    return found


def fitted(features: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Weights and intercept of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0).fit(features, right)
    return model.coef_[0], float(model.intercept_[0])


def fit(model: Model) -> dict[str, float]:
    """The weights and the threshold of one model; prints how it does where each document is held out."""
    data = examples(model)
    features = np.array([one.evidence.values() for one in data])
    right = np.array([one.right for one in data])
    answerable = np.array([one.answerable for one in data])
    docs = np.array([one.doc for one in data])
    held_out = np.zeros(len(data))
    for doc in sorted(set(docs)):
        mine = docs == doc
        weights, intercept = fitted(features[~mine], right[~mine])
        held_out[mine] = 1 / (1 + np.exp(-(features[mine] @ weights + intercept)))
    asked = np.array([not one.known for one in data])
    threshold = float(np.quantile(held_out[answerable & asked], MOST_FALSE_NULLS))
    print(f"{model}: threshold {threshold:.3f}; Brier score {np.mean((held_out - right) ** 2):.3f}")
    for run in dict.fromkeys(one.run for one in data):
        mine = np.array([one.run == run for one in data])
        silent = (held_out < threshold) & asked
        print(
            f"{run:16} abstained {silent[mine & ~answerable].mean():.3f}  "
            f"false_null {silent[mine & answerable].mean():.3f}  (each document held out)"
        )
    weights, intercept = fitted(features, right)
    return {"intercept": intercept, **dict(zip(FEATURES[model], weights, strict=True)), "threshold": threshold}


def main() -> None:
    """Fit, measure, write."""
    models: tuple[Model, ...] = ("plain", "read")
    lines = [
        "# The confidence models, with passages read and without: weights of the evidence, threshold for silence.",
        "# Made by: python -m benchmarks.calibrate",
        "model\tname\tvalue\texample",
    ]
    for model in models:
        lines += [f"{model}\t{name}\t{value:.4f}\t{EXAMPLES[name]}" for name, value in fit(model).items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
