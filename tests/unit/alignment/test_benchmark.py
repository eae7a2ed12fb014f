"""The benchmark of alignment on a suite of two documents, and its runner of hunalign."""

from __future__ import annotations

import lzma
import os
import shutil
import sys
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.alignment import hunaligns, measure_accuracy, measure_speed
from benchmarks.alignment_made import make_text
from benchmarks.alignment_peers import measured, run_hunalign, write_dictionary
from benchmarks.alignment_suite import CONDITIONS, Document, read_suite, read_textberg

FRENCH = ["Le chat dort.", "Il a faim et soif.", "Paul arrive en 1957.", "Fin."]
ENGLISH = ["The cat is asleep.", "It is hungry.", "It is thirsty.", "Paul arrives in 1957.", "The end."]
GOLD = (((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,)))
LADDER = ["0\t0\t0.5", "1\t1\t0.3", "2\t3\t0.7", "3\t3\t-0.3", "4\t5\t0"]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite with two documents, one with translations of both sides."""
    for name in ("lit_a", "news_wmt09"):
        (tmp_path / f"{name}.fr").write_text("\n".join(FRENCH) + "\n", "utf-8")
        (tmp_path / f"{name}.en").write_text("\n".join(ENGLISH) + "\n", "utf-8")
        (tmp_path / f"{name}.gold").write_text("".join(f"{list(s)}:{list(t)}\n" for s, t in GOLD), "utf-8")
    (tmp_path / "lit_a.mt").write_text("\n".join(FRENCH) + "\n", "utf-8")
    (tmp_path / "lit_a.back").write_text("\n".join(ENGLISH) + "\n", "utf-8")
    return tmp_path


def program(folder: Path, *lines: str) -> Path:
    """A program that a user might give: a script for the shell."""
    path = folder / "hunalign"
    path.write_text("#!/bin/sh\n" + "\n".join(lines) + "\n", "utf-8")
    path.chmod(0o755)
    return path


def test_a_suite_is_read_with_its_translations(suite: Path) -> None:
    first, second = read_suite(suite, suite)
    assert (first.name, first.gold, len(first.source), len(first.target)) == ("lit_a", GOLD, 4, 5)
    assert [condition for condition in CONDITIONS if first.has(condition)] == list(CONDITIONS)
    assert [condition for condition in CONDITIONS if second.has(condition)] == ["plain", "lexicon"]
    assert first.given("both").back_translation == first.target
    assert first.given("lexicon").translation is None


def test_text_and_berg_come_once_for_each_engine(tmp_path: Path) -> None:
    for name in ("dev.de", "dev.fr", "dev.one.de", "dev.one.fr"):
        (tmp_path / name).write_text(f"{name}\n")
    (tmp_path / "dev.gold").write_text("[0]:[0]\n")
    (document,) = read_textberg(tmp_path, ["one"])
    assert (document.source, document.translation) == (("dev.de",), ("dev.one.fr",))
    assert (document.target, document.back_translation) == (("dev.fr",), ("dev.one.de",))


def test_a_ladder_becomes_beads_with_single_nulls(tmp_path: Path) -> None:
    echo = program(tmp_path, "printf '%s\\n' " + " ".join(f"'{line}'" for line in LADDER))
    run = run_hunalign(echo, FRENCH, ENGLISH)
    assert run.beads == (((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3, 4)))
    assert not run.failure


def test_texts_for_a_dictionary_are_folded(tmp_path: Path) -> None:
    show = program(tmp_path, f'cp "$3" {tmp_path}/seen', 'test -s "$2"')
    dictionary = write_dictionary(tmp_path / "fr-en.dic")
    assert not run_hunalign(show, ["L’ÉTÉ 1957."], ENGLISH, dictionary).failure
    assert (tmp_path / "seen").read_text("utf-8") == "l ete 1957\n"
    assert "dog @ chien" in dictionary.read_text("utf-8").splitlines()


def test_a_program_that_fails_is_reported(tmp_path: Path) -> None:
    run = run_hunalign(program(tmp_path, "exit 7"), FRENCH, ENGLISH)
    assert (run.beads, run.failure) == ((), "ended with code 7")


def test_processor_time_and_memory_are_the_programs_own() -> None:
    spend = "import time\nheld = b'x' * 80_000_000\nwhile time.process_time() < 0.4: pass\nprint('done')"
    printed, code, seconds, megabytes = measured([sys.executable, "-c", spend])
    assert (printed, code) == ("done\n", 0)
    assert seconds >= 0.4
    assert megabytes >= 80


def test_the_table_shows_peers_beside_every_condition(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    echo = program(tmp_path, "printf '%s\\n' " + " ".join(f"'{line}'" for line in LADDER))
    measure_accuracy(list(read_suite(suite, suite)), hunaligns(echo, None, tmp_path))
    header, novels, news, *rest = capsys.readouterr().out.splitlines()
    assert header.split()[-5:] == list(CONDITIONS)
    assert novels.startswith("lit (5 novels)")
    assert novels.split()[4:8] == [".764/.896", ".840/.961", "0.500/0.750", "0.500/0.750"]
    assert news.split()[-3:] == ["-", "-", "-"]
    assert "confidence      beads   mean   right" in rest


def test_speed_is_measured_on_made_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = _part(tmp_path)
    measure_speed(tmp_path, [40], [part], {})
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row[2] == "aligner"
    assert int(row[0]) >= 40
    assert float(row[5].split("/")[0]) > 0.5


def test_made_texts_are_the_same_every_time_and_covered_by_their_gold(tmp_path: Path) -> None:
    part = _part(tmp_path)
    made = make_text([part], 500)
    assert made == make_text([part], 500)
    assert list(chain.from_iterable(source for source, _ in made.gold)) == list(range(len(made.source)))
    assert list(chain.from_iterable(target for _, target in made.gold)) == list(range(len(made.target)))
    assert {(len(source), len(target)) for source, target in made.gold} >= {(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)}
    assert len(set(made.source)) == len(made.source)


def _part(folder: Path) -> Path:
    """Parallel sentences, each different."""
    path = folder / "part.tsv.xz"
    lines = [
        f"made\tLa phrase numéro {n} parle de Ville{n}.\tSentence number {n} is about Ville{n}." for n in range(900)
    ]
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))
    return path


@pytest.mark.skipif(not shutil.which(os.environ.get("HUNALIGN", "hunalign")), reason="hunalign is not installed")
def test_the_real_hunalign() -> None:
    found = shutil.which(os.environ.get("HUNALIGN", "hunalign"))
    assert found is not None
    made = Document("a", tuple(FRENCH * 10), tuple(ENGLISH * 10), ())
    run = run_hunalign(Path(found), made.source, made.target)
    assert [i for source, _ in run.beads for i in source] == list(range(40))
    assert [j for _, target in run.beads for j in target] == list(range(50))
