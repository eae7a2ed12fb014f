"""Damaged files for every reader: a result or one clear sentence, in five seconds and 500 MB, never a traceback.

A case is one reader with `INPUTS` damaged files, in a process of its own: what no `except` catches (a crash of a
library, memory without end, a loop in C) ends that process and is a fault with the input that did it.
"""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import signal
import time
import traceback
from hashlib import sha256
from pathlib import Path
from types import FrameType

from aligner.errors import AlignerError
from tests.soak.mutate import mutated
from tests.soak.readers import Reader, readers
from tests.soak.trial import Case, Played

INPUTS = 250
"""Damaged files in a case."""
SLOW = 5.0
"""Processor seconds that a file may take."""
MEMORY = 500_000_000
"""Bytes that a file may add to the process."""
LONGEST = 1_000
"""Characters of a sentence about what is wrong."""
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What may not be in a sentence: it breaks the line, steers a terminal, or turns what follows."""
STUCK = 60.0
"""Seconds without an answer after which a process is given up."""
KEPT = Path(os.environ.get("ALIGNER_SOAK_INPUTS", ".aligner/soak/inputs"))
"""Where inputs that found a fault are kept."""


class _SlowError(BaseException):
    """A file took too long; no reader may catch this."""


def play(case: Case) -> Played:
    """One reader and its damaged files."""
    every = readers()
    reader = every[case.number % len(every)]
    return attempt(reader, case, INPUTS)


def attempt(reader: Reader, case: Case, inputs: int) -> Played:
    """Give a reader so many damaged files, in a child."""
    played, number = Played(0), 0
    # What ends a child costs the one input that did it: the next child goes on behind it.
    while number < inputs:
        begin, number = number, _child(reader, case, number, inputs, played)
        if number == begin:
            break
    return played


def _child(reader: Reader, case: Case, begin: int, inputs: int, played: Played) -> int:
    """Play from one input on in a child; the number of the input to go on with."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os.setpgid(0, 0)
        code = 1
        try:
            _inputs(reader, case, begin, inputs, theirs)
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    number, spoken, rest = begin, time.monotonic(), b""
    os.set_blocking(ours, False)
    while True:
        try:
            block = os.read(ours, 1 << 16)
        except BlockingIOError:
            if time.monotonic() - spoken > STUCK:
                os.kill(child, signal.SIGKILL)
                spoken = time.monotonic()
            time.sleep(0.01)
            continue
        if not block:
            break
        spoken = time.monotonic()
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            said = json.loads(line)
            number = said["next"]
            played.count += 1
            played.faults += said["faults"]
            for name in ("seconds", "megabytes"):
                played.figures[name] = max(said[name], played.figures.get(name, 0))
    os.close(ours)
    _, status = os.waitpid(child, 0)
    if status:
        played.count += 1
        ended = f"the process ended with {os.waitstatus_to_exitcode(status)}"
        played.faults.append(_named(reader, _input(reader, case, number), ended))
        number += 1
    return number


def _input(reader: Reader, case: Case, number: int) -> bytes:
    """The damaged file of that number."""
    import random

    chance = random.Random(f"{case.seed} {case.number} {reader.name} {number}")
    return mutated(chance, chance.choice(reader.seeds), reader.seeds)


def _inputs(reader: Reader, case: Case, begin: int, inputs: int, told: int) -> None:
    """In the child: read one file after the other and tell how each went."""
    logging.disable(logging.CRITICAL)
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    resource.setrlimit(resource.RLIMIT_DATA, (4 << 30, 4 << 30))
    signal.signal(signal.SIGPROF, _slow)
    path = case.folder / f"x{reader.suffix}"
    for number in range(begin, inputs):
        data = _input(reader, case, number)
        path.write_bytes(data)
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        fault = _read(reader, path)
        spent = time.process_time() - begun
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        if not fault and grown > MEMORY:
            fault = f"{grown / 1e6:,.0f} MB"
        line = {"next": number + 1, "faults": [_named(reader, data, fault)] if fault else []}
        os.write(told, json.dumps({**line, "seconds": spent, "megabytes": grown / 1e6}).encode() + b"\n")


def _read(reader: Reader, path: Path) -> str:
    """What is wrong with how a file was read; empty for a result or one sentence."""
    signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        reader.read(path)
    except AlignerError as error:
        said = str(error)
        return f"not one short sentence: {said[:LONGEST]!r}" if len(said) > LONGEST or STEERING.search(said) else ""
    except _SlowError:
        return f"more than {SLOW:.0f} s"
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/aligner/" in frame.filename]
        place = ours[-1] if ours else last
        return f"{type(error).__name__}: {str(error)[:200]} at {Path(place.filename).name}:{place.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def _slow(_: int, __: FrameType | None) -> None:
    raise _SlowError


def _named(reader: Reader, data: bytes, fault: str) -> str:
    """A fault with the name of the file that found it, which is kept."""
    name = f"{sha256(data).hexdigest()[:12]}{reader.suffix}"
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / name).write_bytes(data)
    return f"{reader.name}: {fault} ({name})"
