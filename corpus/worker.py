"""The reading process: takes files on standard input, gives their parts on standard output.

It is started by :mod:`corpus.isolation`, which says how much memory it may take. What a broken
or hostile file does to a parser happens here and nowhere else.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import replace
from typing import BinaryIO

from corpus.errors import UnreadableError
from corpus.heartbeat import listen
from corpus.parts import read_parts
from corpus.quality import assessed
from corpus.wire import LENGTH_BYTES, Message, packed, part_message


def main() -> None:
    """Serve until standard input ends."""
    limits = json.loads(sys.argv[1])
    for kind, wanted in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # A parser that prints must not disturb the frames.
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123  (a name of the system, not a path)
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    listen(lambda begins: _send(replies, {"kind": "beat", "begins": begins}))
    while True:
        header = _receive(requests)
        data = _receive(requests)
        if header is None or data is None:
            return
        request = json.loads(header)
        _serve(data, request["name"], request["passed_over"], replies)


def _serve(data: bytes, name: str, passed_over: dict[str, str], replies: BinaryIO) -> None:
    try:
        for part in read_parts(data, name, passed_over):
            judged = part if part.source is None else replace(part, source=assessed(part.source))
            _send(replies, part_message(judged))
        _send(replies, {"kind": "end"})
    except UnreadableError as error:
        _send(replies, {"kind": "refused", "reason": str(error), "tool": error.tool})
    except Exception as error:
        _send(replies, {"kind": "failed", "fault": type(error).__name__, "reason": str(error)[:500]})


def _send(replies: BinaryIO, message: Message) -> None:
    replies.write(packed(message))
    replies.flush()


def _receive(requests: BinaryIO) -> bytes | None:
    length = requests.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    data = requests.read(size)
    return data if len(data) == size else None
