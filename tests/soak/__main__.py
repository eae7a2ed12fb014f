"""``python -m tests.soak``: play the families, print the table, write the page."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import logging
import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.soak.families import FAMILIES
from tests.soak.report import page, table
from tests.soak.trial import ROOT, Family, Tally, play_case, play_family

LANES = 2
"""Families that are played side by side."""


def main() -> int:
    """The exit code: 1 where a fault was found."""
    asked = _asked()
    chosen = [family for family in FAMILIES if asked.only in ("", family.name)]
    state = ROOT / f".aligner/soak/{asked.seed}"
    if asked.case is not None:
        played = play_case(chosen[0], asked.seed, asked.case)
        print(*played.faults or [f"no fault in {played.count} {chosen[0].unit}"], sep="\n")
        return bool(played.faults)
    if asked.family:
        logging.disable(logging.CRITICAL)
        os.environ["ALIGNER_SOAK_INPUTS"] = str(state / "inputs")
        with contextlib.suppress(KeyboardInterrupt):
            play_family(next(f for f in FAMILIES if f.name == asked.family), asked.seed, state, asked.seconds)
        return 0
    if asked.fresh:
        for family in chosen:
            (state / f"{family.name}.json").unlink(missing_ok=True)
    begun = time.monotonic()
    try:
        _play(chosen, asked.seed, state, asked.minutes * 60)
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        return 130
    tallies = {family.name: Tally.load(state / f"{family.name}.json") for family in chosen}
    print(table(chosen, tallies))
    for name, tally in tallies.items():
        for fault in tally.faults:
            print(f"{name}, {fault}")
    if asked.page:
        what = f"seed {asked.seed}, {asked.minutes:g} minutes given, {(time.monotonic() - begun) / 60:.0f} used"
        machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
        asked.page.write_text(
            page(asked.page, asked.seed, f"{datetime.date.today()}, {what}, {machine}", chosen, tallies), "utf-8"
        )
    return any(tally.faults for tally in tallies.values())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=20.0, help="for everything together")
    parser.add_argument("--only", default="", choices=["", *(family.name for family in FAMILIES)])
    parser.add_argument("--case", type=int, help="play this case of --only alone")
    parser.add_argument("--fresh", action="store_true", help="begin again instead of going on")
    parser.add_argument("--page", type=Path, help="write the table into this page")
    parser.add_argument("--family", default="", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=0.0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _play(chosen: list[Family], seed: int, state: Path, seconds: float) -> None:
    """Play families in processes of their own, two at a time; one that is killed begins again behind its case."""
    scale = seconds * LANES / sum(family.share for family in chosen)
    waiting = [(family, family.share * scale) for family in chosen]
    running: list[tuple[Family, float, subprocess.Popen[bytes]]] = []
    try:
        while waiting or running:
            while waiting and len(running) < LANES:
                family, left = waiting.pop(0)
                command = [sys.executable, "-m", "tests.soak", "--family", family.name, "--seed", str(seed)]
                begun = subprocess.Popen([*command, "--seconds", f"{left:.1f}"], cwd=ROOT)
                running.append((family, time.monotonic() + left, begun))
            for each in list(running):
                family, end, process = each
                if process.poll() is not None:
                    running.remove(each)
                    if process.returncode and end - time.monotonic() > 1:
                        waiting.insert(0, (family, end - time.monotonic()))
            time.sleep(0.1)
    except KeyboardInterrupt:
        # A terminal has told them already; who stops this process alone has not.
        for _, _, process in running:
            process.send_signal(signal.SIGINT)
            process.wait()
        raise


if __name__ == "__main__":
    sys.exit(main())
