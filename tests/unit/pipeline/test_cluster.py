"""A run on a real Ray cluster: the same bytes as without one, whatever dies on the way."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.pipeline.conftest import snapshot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs Ray: pip install 'aligner[cluster]'"),
]

ROOT = Path(__file__).resolve().parents[3]
SMALL = "import aligner.pipeline.rendering as r, aligner.cli as c; r.groups.__defaults__ = (SIZE,); c.main()"
"""The command with small groups: many travel, though the corpus is small."""
NODES = """
import sys
from ray.cluster_utils import Cluster
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100_000_000,
                                                        "include_dashboard": False})
second = cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
print(cluster.address, flush=True)
for line in sys.stdin:
    if line.strip() == "kill":
        cluster.remove_node(second, allow_graceful=False)
        print("killed", flush=True)
cluster.shutdown()
"""
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "SOURCE_DATE_EPOCH": "1700000000",
    "RAY_USAGE_STATS_ENABLED": "0",
}


def corpus(folder: Path) -> Path:
    """The documents of the project, cut into some more."""
    sources = folder / "corpus" / "fr"
    sources.mkdir(parents=True)
    for path in (ROOT / "corpus/fr").glob("*.txt"):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        # enough for a group to be lost on the way, and no more: the model does it three times
        for number in range(0, min(len(blocks), 16), 8):
            text = "\n\n".join(blocks[number : number + 8])
            (sources / f"{path.stem}-{number}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


def start(folder: Path, *options: str, size: int = 20) -> subprocess.Popen[str]:
    code = SMALL.replace("SIZE", str(size))
    command = [sys.executable, "-c", code, "run", *options]
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    STARTED.append(process)
    return process


STARTED: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """End what a test that failed has started."""
    yield
    for process in STARTED:
        if process.poll() is None:
            process.kill()
        if process.stdout and not process.stdout.closed:
            process.communicate()
    STARTED.clear()


def made(folder: Path) -> dict[str, bytes]:
    """What a run made, without caches."""
    return {name: data for name, data in snapshot(folder).items() if not name.startswith(".aligner")}


def wait_for(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until some documents are finished."""
    deadline = time.monotonic() + 500
    while len(list((folder / "review").glob("*.html"))) < count and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, done without a cluster."""
    folder = corpus(tmp_path_factory.mktemp("alone"))
    said, _ = (process := start(folder)).communicate(timeout=600)
    assert process.returncode == 0, said
    return folder


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A cluster of two nodes, its address and how to kill the second."""
    process = subprocess.Popen(
        [sys.executable, "-c", NODES], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    yield process
    process.stdin.close()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def test_a_node_that_is_killed_costs_its_groups_and_nothing_else(
    tmp_path: Path, alone: Path, nodes: subprocess.Popen[str]
) -> None:
    folder = corpus(tmp_path / "two")
    assert nodes.stdin is not None
    assert nodes.stdout is not None
    address = nodes.stdout.readline().strip()
    process = start(folder, "--cluster", address, "--json", str(tmp_path / "report.json"), size=10)
    wait_for(folder, 3, process)
    nodes.stdin.write("kill\n")
    nodes.stdin.flush()
    assert nodes.stdout.readline().strip() == "killed"
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert made(folder) == made(alone)


def test_a_driver_that_is_killed_goes_on_where_it_was(tmp_path: Path, alone: Path) -> None:
    folder = corpus(tmp_path / "killed")
    process = start(folder, "--cluster", "local", size=10)
    wait_for(folder, 3, process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    finished = len(list((folder / "review").glob("*.html")))
    assert 3 <= finished < len(list((alone / "review").glob("*.html")))
    said, _ = (again := start(folder, "--cluster", "local")).communicate(timeout=600)
    assert again.returncode == 0, said
    assert "unchanged" in said
    assert made(folder) == made(alone)


def test_a_cluster_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "deaf"
    shutil.copytree(ROOT / "corpus/fr", folder / "corpus/fr")
    code = "import aligner.pipeline.cluster as k, aligner.cli as c; k._START = 2.0; c.main()"
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"127.0.0.1:{deaf.getsockname()[1]}"
        command = [sys.executable, "-c", code, "run", "--cluster", address]
        done = subprocess.run(
            command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 3
    assert done.stderr.strip() == (
        f"aligner: the cluster at '{address}' did not answer within 2 s; "
        "run again when the machine has less to do, or without --cluster"
    )


def test_an_address_where_nothing_is_and_an_engine_that_cannot_travel_are_explained(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    shutil.copytree(ROOT / "corpus/fr", folder / "corpus/fr")
    said, _ = (process := start(folder, "--cluster", "127.0.0.1:1")).communicate(timeout=120)
    assert process.returncode == 3
    assert "there is no cluster at '127.0.0.1:1'" in said
    assert "Traceback" not in said
