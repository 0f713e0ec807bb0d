"""Draws the learning curve of a training run.

python -m models.training.reader.curve FOLDER PICTURE
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

NAMES = {
    "swequad": "SweQUAD dev, a window with the answer: F1",
    "squad": "SQuAD_v2_sv, held back: F1",
    "minutes": "invented minutes: F1",
    "written": "minutes written by hand, held back: F1",
    "meetings": "the same, several meetings of a body: F1",
}


def main(arguments: Sequence[str]) -> None:
    """Read ``curve.tsv`` in FOLDER, write PICTURE (PNG or SVG by its name)."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = list(csv.DictReader((Path(arguments[0]) / "curve.tsv").open(encoding="utf-8"), delimiter="\t"))
    lines: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        lines[NAMES[row["set"]]].append((int(row["step"]), float(row["f1"])))
        if row["set"] == "minutes":
            mean = (float(row["spoken_f1"]) + float(row["silent"])) / 2
            lines["invented minutes: mean of F1 and silence"].append((int(row["step"]), mean))
        if row["set"] == "squad":
            mean = (float(row["spoken_f1"]) + float(row["silent"])) / 2
            lines["SQuAD_v2_sv: mean of F1 and silence"].append((int(row["step"]), mean))
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for name, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    loss = sorted({(int(row["step"]), float(row["loss"])) for row in rows})
    right = axes.twinx()
    right.plot(*zip(*loss, strict=True), color="grey", linestyle=":", label="loss (right axis)")
    right.set_ylabel("loss, mean of 100 steps")
    right.set_ylim(bottom=0)
    axes.set(xlabel="steps of 16 examples", ylabel="share", ylim=(0, 1))
    axes.grid(alpha=0.3)
    figure.legend(loc="lower center", ncols=2, fontsize=8, frameon=False)
    figure.tight_layout(rect=(0, 0.14, 1, 1))
    figure.savefig(arguments[1], dpi=110)


if __name__ == "__main__":
    main(sys.argv[1:])
