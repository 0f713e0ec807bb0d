"""Files are read in a process of their own, with limits on time, memory and output.

A parser that crashes, hangs or swells costs its own file only: the process is ended, the file is
reported, and the next file gets a new process.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from corpus.errors import UnreadableError
from corpus.parts import Part
from corpus.wire import LENGTH_BYTES, Message, frame, packed, part_of

_ROOT = Path(__file__).resolve().parents[1]
_START = "import sys; sys.path.append({root!r}); from corpus.worker import main; main()"
_PIPE_BYTES = 1 << 16


# So many members of one container may each kill the parser before it is left alone.
_MAX_KILLERS = 5


class ParserKilledError(UnreadableError):
    """A file took its parser beyond a limit or made it crash; it is not tried again as it is.

    ``member`` is the member of a container at which that happened, if it was at one.
    """

    def __init__(self, message: str, member: str | None = None) -> None:
        super().__init__(message)
        self.member = member


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading process may take.

    ``silent_seconds``: without a page or a part of a file coming out; ``total_seconds``: for one
    file; ``memory_bytes``: address space; ``output_bytes``: what one file may become;
    ``file_bytes``: the largest temporary file; ``files``: read by one process before a new one
    is started, so that what leaks in a parser does not add up.
    """

    silent_seconds: float = 90.0
    total_seconds: float = 3600.0
    memory_bytes: int = 3 << 30
    output_bytes: int = 256 << 20
    file_bytes: int = 1 << 30
    files: int = 200


class IsolatedReader:
    """Reads files in a child process. Use it as a context manager."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, data: bytes, name: str) -> list[Part]:
        """The parts of a file, read in the child process.

        A member of a container that kills the parser is passed over, and the others are read.

        Raises:
            UnreadableError: the file cannot be read; the text says why.
            ParserKilledError: reading it went beyond a limit or crashed.
        """
        killers: dict[str, str] = {}
        while True:
            try:
                return self._read(data, name, killers)
            except ParserKilledError as error:
                if error.member is None or error.member in killers or len(killers) == _MAX_KILLERS:
                    raise
                killers[error.member] = str(error)

    def _read(self, data: bytes, name: str, passed_over: Mapping[str, str]) -> list[Part]:
        process = self._running()
        self._served += 1
        try:
            return _Exchange(process, self.limits).run(packed({"name": name, "passed_over": passed_over}) + frame(data))
        except UnreadableError as error:
            if isinstance(error, ParserKilledError):
                self.close()
            raise
        except BaseException:  # Ctrl-C in the middle of a file: the process is of no more use
            self.close()
            raise
        finally:
            if self._served >= self.limits.files:
                self.close()

    def close(self) -> None:
        """End the child process, with all that it started."""
        process, self._process, self._served = self._process, None, 0
        if process is None:
            return
        _end(process)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            limits = json.dumps(asdict(self.limits))
            self._process = subprocess.Popen(
                # -P: a folder named "corpus" where the user stands is not ours.
                [sys.executable, "-P", "-c", _START.format(root=str(_ROOT)), limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("KLUBBAT_DEBUG") else subprocess.DEVNULL,
                start_new_session=True,  # a group of its own: ended with its own children
            )
        return self._process


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # bytes that the dead process never took
                stream.close()
    process.wait()


class _Exchange:
    """One file to the child process and its answer back, within the limits."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._begun = self._heard = time.monotonic()
        self._taken = 0
        self._buffer = bytearray()
        self._parts: list[Part] = []
        self._member: str | None = None

    def run(self, request: bytes) -> list[Part]:
        source, sink = _open(self._process.stdout), _open(self._process.stdin)
        waiting = memoryview(request)
        os.set_blocking(source.fileno(), False)
        os.set_blocking(sink.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            selector.register(sink, selectors.EVENT_WRITE)
            while True:
                for key, _ in selector.select(self._patience()):
                    if key.fileobj is sink:
                        waiting = waiting[self._write(sink, waiting) :]
                        if not waiting:
                            selector.unregister(sink)
                    elif self._read(source):
                        return self._parts

    def _patience(self) -> float:
        """Seconds until a limit is reached; raises ParserKilledError where one is."""
        now = time.monotonic()
        silent = self._heard + self._limits.silent_seconds - now
        total = self._begun + self._limits.total_seconds - now
        if min(silent, total) <= 0:
            seconds = self._limits.silent_seconds if silent <= 0 else self._limits.total_seconds
            raise self._killed(
                f"filen tog mer än {seconds:.0f} sekunder; spara om den i ett annat format eller dela upp den"
            )
        return min(silent, total)

    def _write(self, sink: IO[bytes], waiting: memoryview) -> int:
        try:
            return os.write(sink.fileno(), waiting[:_PIPE_BYTES])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            raise self._crashed() from None

    def _read(self, source: IO[bytes]) -> bool:
        """Take in what the process says; whether that ends the file."""
        try:
            data = os.read(source.fileno(), _PIPE_BYTES)
        except BlockingIOError:
            return False
        if not data:
            raise self._crashed()
        self._heard = time.monotonic()
        self._taken += len(data)
        if self._taken > self._limits.output_bytes:
            raise self._killed("filen gav orimligt mycket text; dela upp den")
        self._buffer += data
        ended = False
        while not ended and (message := self._message()) is not None:
            ended = self._ends(message)
        return ended

    def _message(self) -> Message | None:
        if len(self._buffer) < LENGTH_BYTES:
            return None
        end = LENGTH_BYTES + int.from_bytes(self._buffer[:LENGTH_BYTES], "big")
        if len(self._buffer) < end:
            return None
        message: Message = json.loads(self._buffer[LENGTH_BYTES:end])
        del self._buffer[:end]
        return message

    def _ends(self, message: Message) -> bool:
        kind = message["kind"]
        if kind == "beat":
            self._member = message["begins"] or self._member
        elif kind == "part":
            self._parts.append(part_of(message))
        elif kind == "refused":
            raise UnreadableError(message["reason"], message["tool"])
        elif kind == "failed":
            raise ParserKilledError(_fault(message["fault"], message["reason"]), self._member)
        return bool(kind == "end")

    def _crashed(self) -> ParserKilledError:
        code = self._process.wait()
        how = f"signal {-code}" if code < 0 else f"felkod {code}"
        return self._killed(f"filen fick läsaren att krascha ({how}); spara om filen")

    def _killed(self, how: str) -> ParserKilledError:
        return ParserKilledError(f"läsningen avbröts: {how}", self._member)


def _fault(name: str, reason: str) -> str:
    if name == "MemoryError":
        return "läsningen avbröts: filen ryms inte i minnet; dela upp den"
    if name == "RecursionError":
        return "läsningen avbröts: filen är för djupt nästlad; spara om den i ett annat format"
    return f"oväntat fel vid läsningen ({name}: {reason}); anmäl det gärna"


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the reading process was started without pipes")
    return stream
