"""How many processor cores this process may use.

CTranslate2 is fastest with one thread per physical core; a second thread on the same core, or more threads than a
container's quota, only makes the others wait.
"""

from __future__ import annotations

import math
import os
from contextlib import suppress
from pathlib import Path

_TOPOLOGY = Path("/sys/devices/system/cpu")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores() -> int:
    """Physical cores that this process may run on, not more than a container's quota; at least 1."""
    try:
        allowed = os.sched_getaffinity(0)
    except AttributeError:  # not on this platform: no way to tell cores from threads
        return max(1, os.cpu_count() or 1)
    cores = set()
    for number in allowed:
        # Processors that share a core name the same siblings.
        try:
            cores.add((_TOPOLOGY / f"cpu{number}" / "topology" / "thread_siblings_list").read_text("ascii").strip())
        except (OSError, ValueError):
            cores.add(str(number))
    whole = 0
    # Without a quota the file says "max", or is not there.
    with suppress(OSError, ValueError, ZeroDivisionError):
        quota, period = _QUOTA.read_text("ascii").split()
        whole = math.ceil(int(quota) / int(period))
    return max(1, min(len(cores), whole or len(cores)))
