"""A short part of the soak, with a seed, among the tests: a few cases of every family.

The rest is ``make soak``. What it found is in the unit tests of the rooms.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.soak.trial import ROOT, Case, Family, Played, Tally, a_folder, play_family

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the soak needs a system that can fork"),
    # Children of a process with threads: those of pytest hold nothing that a child needs.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


class KilledError(BaseException):
    """Stands for a kill: nothing catches it."""


SEED = int(os.environ.get("ALIGNER_SEED", "0"))


def faults_in_a_new_process(code: str, *arguments: object) -> list[str]:
    """The faults that a program prints as JSON.

    Commands are played in forks, and a worker of pytest that has used the model cannot be forked: the threads of the
    model are gone in its children.
    """
    command = [sys.executable, "-c", f"import json, sys; from pathlib import Path; {code}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return list(json.loads(done.stdout.splitlines()[-1]))


def played(name: str, number: int) -> list[str]:
    """Play one case of a family; its faults."""
    code = (
        "from tests.soak.families import FAMILIES; from tests.soak.trial import play_case; "
        "(family,) = [each for each in FAMILIES if each.name == sys.argv[1]]; "
        "print(json.dumps(play_case(family, int(sys.argv[2]), int(sys.argv[3])).faults))"
    )
    return faults_in_a_new_process(code, name, SEED, number)


@pytest.mark.parametrize("number", [1, 3, 7, 13])
def test_kills(number: int) -> None:
    assert not played("kills", number)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 11, 14])
def test_disks(number: int) -> None:
    assert not played("disks", number)


@pytest.mark.parametrize("number", [0, 4])
def test_two_at_once(number: int) -> None:
    assert not played("together", number)


def test_every_reader_with_damaged_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.soak import fuzz
    from tests.soak.readers import readers

    monkeypatch.setattr(fuzz, "KEPT", tmp_path / "inputs")
    faults = []
    for number, reader in enumerate(readers()):
        with a_folder() as folder:
            faults += fuzz.attempt(reader, Case(SEED, "fuzz", number, folder), 40).faults
    assert not faults


def test_hostile_texts_through_the_formats() -> None:
    from tests.soak import hostile

    hostile._formats(hostile.texts(random.Random(SEED), 120, large=False))


def test_a_crowd_before_the_server(tmp_path: Path) -> None:
    (tmp_path / "load").mkdir()
    code = (
        "from tests.soak.load import crowd; from tests.soak.trial import Case; "
        "case = Case(int(sys.argv[1]), 'load', 0, Path(sys.argv[2])); print(json.dumps(crowd(case, 250, 50).faults))"
    )
    assert not faults_in_a_new_process(code, SEED, tmp_path / "load")


def test_a_soak_goes_on_where_it_was_stopped_and_counts_what_took_the_process(tmp_path: Path) -> None:
    seen: list[int] = []

    def play(case: Case) -> Played:
        seen.append(case.number)
        if case.number == 2 and seen.count(2) == 1:
            raise KeyboardInterrupt  # somebody stops the soak
        if case.number == 3:
            raise KilledError
        return Played(2, ["wrong"] if case.number == 1 else [], {"size": case.number})

    family = Family("trial", "", 5, 1.0, play)
    with pytest.raises(KeyboardInterrupt):
        play_family(family, 1, tmp_path, 60)
    with pytest.raises(KilledError):
        play_family(family, 1, tmp_path, 60)
    tally = play_family(family, 1, tmp_path, 60)
    assert seen == [0, 1, 2, 2, 3, 4]
    assert (tally.done, tally.count, tally.figures) == (5, 9, {"size": 4})
    assert tally.faults == ["case 1: wrong", "case 3: the process was killed during this case"]
    assert Tally.load(tmp_path / "trial.json") == tally


def test_the_same_seed_damages_files_alike() -> None:
    from tests.soak.mutate import mutated
    from tests.soak.readers import readers

    for reader in readers()[:12]:
        first, second = (mutated(random.Random(5), reader.seeds[0], reader.seeds) for _ in range(2))
        if not zipfile.is_zipfile(Path(os.devnull)) and first[:2] != b"PK":
            assert first == second
