"""What a corpus of many documents costs: the first run, the second one, one change, and a resumed run.

    python -m benchmarks.scale 200 2000 20000
    python -m benchmarks.scale 200 --workers 0 1 2

Documents are made by a seed: each is 20 to 40 sentences, drawn from the documents of `corpus/fr` and, where it is
there, from the development sets of ``../shared/mt``. So every text is another one, but the model translates each
sentence once, and what is measured is everything around it. Each step is the command itself, as a user starts it:
processor seconds, seconds, peak memory. Start reading at `measure`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.text import segment

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "mt" / "dev"
PER_FOLDER = 100


@dataclass(frozen=True)
class Cost:
    """What one call of the command took."""

    seconds: float
    processor: float
    megabytes: float
    """The most memory that it held."""
    code: int
    said: str


def sentences(limit: int) -> list[str]:
    """The sentences that documents are made of, in an order that a seed gives."""
    found = [
        each.text
        for path in sorted((ROOT / "corpus" / "fr").glob("*.txt"))
        for each in segment(path.read_text(encoding="utf-8"), "fr")
    ]
    for name in ("un", "wmt12", "wmt15", "europarl"):
        path = SHARED / f"{name}.fr"
        if path.exists():
            found += [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    found = [text for text in dict.fromkeys(found) if 30 <= len(text) <= 300]
    random.Random(1).shuffle(found)  # noqa: S311
    return found[:limit]


def make_corpus(folder: Path, count: int, pool: list[str], *, flat: bool = False) -> None:
    """Write `count` documents, a hundred in a folder."""
    for number in range(count):
        chance = random.Random(number)  # noqa: S311
        texts = chance.sample(pool, min(len(pool), chance.randint(20, 40)))
        place = folder / "corpus" / "fr" / ("" if flat else f"{number // PER_FOLDER:04d}")
        place.mkdir(parents=True, exist_ok=True)
        paragraphs = [" ".join(texts[k : k + 3]) for k in range(0, len(texts), 3)]
        (place / f"document-{number:06d}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def call(folder: Path, *arguments: str, stop_after: float = 0.0) -> Cost:
    """Run the command; with `stop_after` it is sent Ctrl-C after so many seconds."""
    began = time.monotonic()
    with (folder / "said").open("wb") as said:
        command = [sys.executable, "-m", "aligner", *arguments]
        # what a shell starts in the background would not hear Ctrl-C
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, preexec_fn=_listen)  # noqa: PLW1509
        if stop_after:
            time.sleep(stop_after)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    text = (folder / "said").read_text(encoding="utf-8", errors="replace")
    processor = usage.ru_utime + usage.ru_stime
    return Cost(time.monotonic() - began, processor, usage.ru_maxrss / 1024, process.returncode, text)


def _listen() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def size_of(folder: Path) -> tuple[int, float]:
    """How many files there are in a folder, and their megabytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def measure(folder: Path, count: int, pool: list[str], stop: float) -> Iterator[tuple[str, Cost]]:
    """Each step with its cost."""
    make_corpus(folder, count, pool)
    if stop:
        yield "stopped", call(folder, "run", stop_after=stop)
        yield "resumed", call(folder, "run")
    else:
        yield "first run", call(folder, "run")
    yield "unchanged", call(folder, "run")
    changed = next(iter(sorted((folder / "corpus" / "fr").rglob("*.txt"))))
    changed.write_text(changed.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    yield "one change", call(folder, "run")
    yield "unchanged", call(folder, "run")
    yield "check", call(folder, "check", "--summary")
    yield "check again", call(folder, "check", "--summary")


NODES = """
import sys, threading
from ray.cluster_utils import Cluster
import psutil
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
for _ in range(int(sys.argv[1]) - 1):
    cluster.add_node(num_cpus=1)
taken, ended = {}, threading.Event()
def watch():
    while not ended.wait(0.2):
        for process in psutil.Process().children(recursive=True):
            try:
                times, actor = process.cpu_times(), "RenderingWorker" in " ".join(process.cmdline())
                known = taken.get(process.pid, (False, 0.0))
                taken[process.pid] = known[0] or actor, times.user + times.system
            except psutil.Error:
                pass
threading.Thread(target=watch, daemon=True).start()
print(cluster.address, flush=True)
sys.stdin.readline()
ended.set()
print(*(sum(cpu for actor, cpu in taken.values() if actor is wanted) for wanted in (True, False)), flush=True)
cluster.shutdown()
"""
"""Nodes of a processor each; in the end they say what the actors, which are gone then, and all else of Ray took."""


def with_workers(folder: Path, workers: int) -> tuple[Cost, str]:
    """The first run of a corpus with so many nodes, and what these took; 0: without a cluster, in one thread."""
    if not workers:
        return call(folder, "run", "--threads", "1"), ""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "RAY_worker_niceness": "0"}
    with subprocess.Popen([sys.executable, "-c", NODES, str(workers)], text=True, env=environment, **pipes) as nodes:
        address = nodes.stdout.readline().strip()
        cost = call(folder, "run", "--cluster", address)
        nodes.stdin.write("\n")
        nodes.stdin.flush()
        taken, services = map(float, nodes.stdout.readline().split())
    return cost, f"actors {taken:.1f} s cpu, Ray {services:.1f} s cpu"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--folder", type=Path, help="where the corpora are made; by default a temporary folder")
    parser.add_argument("--sentences", type=int, default=3_000, help="how many different sentences there are")
    parser.add_argument("--stop", type=float, default=0.0, help="send Ctrl-C to the first run after so many seconds")
    parser.add_argument("--workers", type=int, nargs="*", help="only the first run, on nodes of one processor; 0: none")
    given = parser.parse_args()
    pool = sentences(given.sentences)
    for count in given.sizes:
        for workers in given.workers or []:
            folder = Path(tempfile.mkdtemp(prefix=f"scale-{count}-", dir=given.folder))
            make_corpus(folder, count, pool)
            cost, nodes = with_workers(folder, workers)
            figures = f"{cost.seconds:8.1f} s  {cost.processor:8.1f} s cpu  {cost.megabytes:6.0f} MB  exit {cost.code}"
            print(f"{count:>7,}  {workers} workers {figures}  {nodes}", flush=True)
            shutil.rmtree(folder)
        if given.workers:
            continue
        folder = Path(tempfile.mkdtemp(prefix=f"scale-{count}-", dir=given.folder))
        for step, cost in measure(folder, count, pool, given.stop):
            line = (
                f"{count:>7,}  {step:<12} {cost.seconds:8.1f} s  {cost.processor:8.1f} s cpu  {cost.megabytes:6.0f} MB"
            )
            print(f"{line}  exit {cost.code}  {cost.said.strip().splitlines()[-1][:90]}", flush=True)
        files, megabytes = size_of(folder)
        print(f"{count:>7,}  {files:,} files, {megabytes:,.0f} MB on the disk", flush=True)
        if given.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
