"""A cross-encoder by name: found on this machine or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelMissingError
from models.reader.named import NamedReranker

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "vem", "valdes", "ali", "karin", "kaffe", "till", "ordförande"]


def tiny_model(folder: Path, labels: int) -> Path:
    """A cross-encoder of random weights that sentence-transformers can load."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_each_passage_gets_a_score_that_depends_on_it_alone(tmp_path: Path) -> None:
    reranker = NamedReranker.find(str(tiny_model(tmp_path / "liten", 1)))
    assert reranker.name == "liten"
    assert reranker.fingerprint.startswith("liten:")
    passages = ["Ali valdes till ordförande", "kaffe", "Karin", ""]
    scores = reranker.score("Vem valdes?", passages)
    assert scores.shape == (4,)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(reranker.score("Vem valdes?", passages[::-1]), scores[::-1], atol=1e-5)
    assert len({round(float(score), 6) for score in scores}) > 1


def test_no_passages_give_no_scores(tmp_path: Path) -> None:
    assert NamedReranker("liten", tmp_path).score("Vem?", []).shape == (0,)


def test_a_model_with_several_outputs_is_no_reranker(tmp_path: Path) -> None:
    reranker = NamedReranker.find(str(tiny_model(tmp_path / "klasser", 3)))
    with pytest.raises(ModelMissingError, match="3 tal"):
        reranker.score("Vem?", ["Ali", "Karin"])


def test_a_name_that_is_not_on_the_machine_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissingError, match="Omrankaren"):
        NamedReranker.find("ingen/omrankare-finns")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="kan inte läsas"):
        NamedReranker.find(str(tmp_path)).score("Vem?", ["Ali"])
