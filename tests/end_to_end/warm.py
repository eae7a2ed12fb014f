"""The command in a process of its own, without loading the program each time.

Most of the time of a small command goes into imports. So one process imports every module of the program, and then
forks a child for each command. The child gets the folder, the environment, and the three streams of the caller, and
runs `aligner.cli.main` as ``python -m aligner`` does; its exit code comes back. It shares nothing with other children:
what a command does to its process ends with it. Tests of the start itself, of signals and of kills start Python anew.

    with Warm(environment) as warm:
        code = warm.run(["check"], folder=…, environment=…, streams=(0, 1, 2))
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1 << 20
"""The most bytes of a request: arguments, folder and environment."""


class Warm:
    """A process that has loaded the program and forks a child for every command."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="aligner-warm-")
        self.address = f"{self.folder.name}/socket"
        command = [sys.executable, "-m", "tests.end_to_end.warm", self.address]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"ready\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        with self.process:
            self.process.wait(timeout=30)
        self.folder.cleanup()

    def run(
        self, arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], streams: Sequence[int]
    ) -> int:
        """Run the command to its end; its exit code, below zero for the signal that ended it."""
        request = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SIZE)
            connection.connect(self.address)
            connection.sendmsg(
                [json.dumps(request).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
            )
            return int(connection.recv(64))


def _serve(address: str) -> None:
    _import_everything()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen(64)
        print("ready", flush=True)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the children that answer callers leave nothing behind
        while True:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    listener.close()
                    _answer(connection)


def _import_everything() -> None:
    import importlib
    import pkgutil

    import aligner

    for module in pkgutil.walk_packages(aligner.__path__, "aligner."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("ctranslate2", "sentencepiece", "sacrebleu", "lxml.etree", "rich.table", "rich.progress"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    from aligner.text import segment

    for language in ("fr", "en"):
        segment("Un. Deux.", language)  # compiles the rules, which are the same for every command


def _answer(connection: socket.socket) -> None:
    """Fork once more, wait for the command, tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    data, rights, _, _ = connection.recvmsg(SIZE, socket.CMSG_SPACE(3 * array.array("i").itemsize))
    streams = array.array("i")
    for _, _, part in rights:
        streams.frombytes(part)
    child = os.fork()
    if child == 0:
        connection.close()
        _command(json.loads(data), streams)
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _command(request: dict[str, Any], streams: Sequence[int]) -> None:
    """Be the command: streams, folder, environment, arguments, then what ``python -m aligner`` does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["aligner", *request["arguments"]]
    from aligner.cli import main

    code = 70
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        import atexit

        atexit._run_exitfuncs()
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
