"""What passes between a reading process and the one that started it: frames of JSON, never pickles.

A frame is its length in four bytes (big-endian), then that many bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from corpus.parts import Part
from corpus.records import Mark, Page, Source

LENGTH_BYTES = 4
Message = dict[str, Any]


def frame(payload: bytes) -> bytes:
    """A payload with its length in front."""
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


def packed(message: Message) -> bytes:
    """A message as one frame."""
    return frame(json.dumps(message).encode("ascii"))


def part_message(part: Part) -> Message:
    """A part as a message."""
    return {"kind": "part", **asdict(part)}


def part_of(message: Message) -> Part:
    """The part that ``part_message`` made a message of."""
    source = message["source"]
    return Part(message["name"], message["sha256"], None if source is None else _source(source), message["reason"])


def _source(fields: Message) -> Source:
    return Source(
        **{
            **fields,
            "pages": tuple(Page(**one) for one in fields["pages"]),
            "marks": tuple(Mark(**one) for one in fields["marks"]),
            "metadata": tuple((key, value) for key, value in fields["metadata"]),
        }
    )
