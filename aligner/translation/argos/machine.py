"""How many processor cores this process may use.

CTranslate2 is fastest with one thread per physical core; a second thread on the same core, or more threads than a
container's quota, only makes the others wait.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

_TOPOLOGY = Path("/sys/devices/system/cpu")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores() -> int:
    """Physical cores that this process may run on, not more than a container's quota; at least 1."""
    try:
        allowed = os.sched_getaffinity(0)
    except AttributeError:  # not on this platform: no way to tell cores from threads
        return max(1, os.cpu_count() or 1)
    cores = {_siblings(number) for number in allowed}
    return max(1, min(len(cores), _quota() or len(cores)))


def _siblings(number: int) -> str:
    """The processors that share a core with processor `number`, as the system lists them."""
    try:
        return (_TOPOLOGY / f"cpu{number}" / "topology" / "thread_siblings_list").read_text("ascii").strip()
    except (OSError, ValueError):
        return str(number)


def _quota() -> int | None:
    """The container's quota in whole cores, rounded up; None where there is none."""
    try:
        quota, period = _QUOTA.read_text("ascii").split()
        return math.ceil(int(quota) / int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return None
