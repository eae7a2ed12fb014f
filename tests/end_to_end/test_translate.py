"""Translating lines and files with the command, and with several processes and interruptions at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Aligner = Callable[..., "subprocess.CompletedProcess[str]"]

WORK = """
import sys
from pathlib import Path
from aligner.translate import TranslateOptions, find_package, open_translator
from aligner.translate.folders import EMBEDDED
cache, start, stop = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
options = TranslateOptions(beam=1, threads=1, batch_tokens=64)
translator = open_translator(find_package("fr", "en", model=EMBEDDED), cache=cache, options=options)
texts = [f"Le Conseil a adopté le rapport numéro {n} de la Commission." for n in range(start, stop)]
renderings = translator.translate(texts, progress=lambda done, total: print("so far", done, flush=True))
print(translator.fresh, len(renderings), flush=True)
"""


def worker(cache: Path, start: int, stop: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, str(cache), str(start), str(stop)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> tuple[int, int]:
    """How many texts the model had to render, and how many came back."""
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    fresh, count = out.split()[-2:]
    return int(fresh), int(count)


def test_every_line_in_gives_one_line_out(aligner: Aligner, tmp_path: Path) -> None:
    lines = ["Bonjour.", "", "12 %", "https://un.org", "\x07\x1b[0m", "👍", "نص", "Merci\u2028beaucoup.", " ", "fin"]
    done = aligner("translate", "--lines", folder=tmp_path, text="".join(f"{line}\n" for line in lines))
    out = done.stdout.split("\n")
    assert len(out) == len(lines) + 1
    assert (out[1], out[2], out[3], out[5], out[6], out[-1]) == ("", "12 %", "https://un.org", "👍", "نص", "")
    assert not any(ord(c) < 32 for line in out for c in line)


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    cache = tmp_path / "translations.sqlite"
    process = worker(cache, 0, 400)
    assert process.stdout is not None
    for line in process.stdout:
        if line != "so far 0\n":
            break
    process.stdout.readline()  # progress is told before a batch is kept: the one before this is on the disk
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    fresh, count = finish(worker(cache, 0, 400))
    assert count == 400
    assert 0 < fresh < 400
    assert finish(worker(cache, 0, 400)) == (0, 400)


def test_two_processes_share_a_cache(tmp_path: Path) -> None:
    cache = tmp_path / "translations.sqlite"
    processes = [worker(cache, 0, 150), worker(cache, 50, 200)]
    assert [finish(process)[1] for process in processes] == [150, 150]
    assert finish(worker(cache, 0, 200)) == (0, 200)


def test_a_home_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    blocked = tmp_path / "not a folder"
    blocked.write_text("")
    environment = {**os.environ, "HOME": str(blocked), "XDG_CACHE_HOME": str(blocked), "XDG_DATA_HOME": str(blocked)}
    environment.pop("ALIGNER_CACHE", None)
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(blocked / "cache"), "0", "2"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split()[-2:] == ["2", "2"]
    assert "going on without a cache" in done.stderr
