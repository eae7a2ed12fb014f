"""Other aligners, run on the same documents and scored the same way: hunalign (Varga et al. 2005).

hunalign is given its best chance: its realign mode, and, where it gets a dictionary, texts whose words are folded and
split as the dictionary's are (it looks words up by their exact spelling). The dictionary is ours
(`write_dictionary`), so that the methods are compared and not the dictionaries; or the user's own. Start reading at
`run_hunalign`.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from aligner.alignment.lexicon import builtin_lexicons
from aligner.alignment.words import folded_words
from benchmarks.alignment_suite import Pair

LEAST_PERCENT = 5
"""Renderings with a lower weight are left out of the dictionary: more make hunalign worse."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program found, and what that cost."""

    beads: tuple[Pair, ...]
    """Empty when the program failed."""
    seconds: float
    """Of processor time."""
    megabytes: float
    """Peak memory."""
    failure: str = ""
    """How the program ended when it failed."""


def run_hunalign(program: Path, source: Sequence[str], target: Sequence[str], dictionary: Path | None = None) -> Run:
    """Align two texts with hunalign."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").write_text("")
        for side, lines in (("source", source), ("target", target)):
            shown = (" ".join(folded_words(line)) for line in lines) if dictionary else lines
            (folder / side).write_text("".join(f"{line}\n" for line in shown), "utf-8")
        command = [program, "-realign", dictionary or folder / "empty", folder / "source", folder / "target"]
        ladder, code, seconds, megabytes = measured([str(part) for part in command])
    if code:
        return Run((), seconds, megabytes, f"ended with code {code}")
    rungs = [rung for rung in map(_rung, ladder.splitlines()) if rung]
    return Run(tuple(_beads(rungs)), seconds, megabytes)


def measured(command: Sequence[str]) -> tuple[str, int, float, float]:
    """Run a command: its standard output, exit code, seconds of processor time and megabytes at its peak."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(list(command), stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return output.read(), process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _rung(line: str) -> tuple[int, int] | None:
    r"""The position that a line of a ladder names.

    >>> _rung("3\t4\t0.7"), _rung("a word")
    ((3, 4), None)
    """
    fields = line.split("\t")
    if len(fields) < 2 or not (fields[0].isdigit() and fields[1].isdigit()):
        return None
    return int(fields[0]), int(fields[1])


def _beads(rungs: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """The beads between rungs; where one side is empty, one null for each sentence, as in the gold standards."""
    for (i, j), (k, m) in pairwise(rungs):
        if i < k and j < m:
            yield tuple(range(i, k)), tuple(range(j, m))
        else:
            yield from (((n,), ()) for n in range(i, k))
            yield from (((), (n,)) for n in range(j, m))


def write_dictionary(path: Path) -> Path:
    """Write the built-in French–English lexicon as a dictionary for hunalign: ``english @ french``."""
    (lexicon,) = builtin_lexicons()
    path.write_text(
        "".join(
            f"{rendering} @ {word}\n"
            for word, renderings in lexicon.entries.items()
            for rendering, weight in renderings
            if weight * 100 >= LEAST_PERCENT
        ),
        "utf-8",
    )
    return path
