"""Processes that Ctrl-C reaches.

A program that a shell starts in the background ignores SIGINT, and so do all the processes that it starts. A test
that sends SIGINT would then wait for ever. So such tests start their processes with ``**LISTENING``.
"""

from __future__ import annotations

import signal
from typing import Any


def _listen() -> None:
    """Run in the child before the program; the program then begins with the system's own way to treat SIGINT."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


LISTENING: dict[str, Any] = {"preexec_fn": _listen}
"""Arguments for `subprocess.Popen` and `subprocess.run`."""
