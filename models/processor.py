"""What this machine's processor can do, and how much of it this process may use."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def flags() -> frozenset[str]:
    """The instructions of the first processor, from Linux' list; empty elsewhere."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return frozenset()
    line = next((line for line in text.splitlines() if line.startswith(("flags", "Features"))), "")
    return frozenset(line.split())


def cores() -> int:
    """How many cores this process may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
