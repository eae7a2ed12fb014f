"""Translating lines and files with the command, and with several processes and interruptions at work."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from aligner import text as aligner_text
from aligner.translation import Progress, Rendering
from tests.ctrl_c import LISTENING
from tests.end_to_end.conftest import ENVIRONMENT
from tests.libretranslate_server import serving

Aligner = Callable[..., "subprocess.CompletedProcess[str]"]

WORK = """
import sys
from pathlib import Path
from aligner.translation import TranslateOptions, find_package, open_translator
from aligner.translation.packages.folders import EMBEDDED
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
    assert (out[1], out[2], out[3], out[5], out[6], out[-1]) == ("", "12%", "https://un.org", "👍", "نص", "")
    assert not any(ord(c) < 32 for line in out for c in line)


def test_no_sentence_of_a_line_is_lost_and_columns_stay(aligner: Aligner, tmp_path: Path) -> None:
    several = "Le maire est arrivé. Il a pris la parole. Le public a applaudi. La séance a été levée. Tous sont partis."
    text = f"Bonjour. Page deux. Suite. Encore. Fin.\n{several}\n  12\tLe Conseil\t\tOui. \n"
    first, second, third, end = aligner("translate", "--lines", folder=tmp_path, text=text).stdout.split("\n")
    assert end == ""
    assert len(re.findall(r"\w[.!]( |$)", first)) == len(re.findall(r"\w[.!]( |$)", second)) == 5
    cells = third.split("\t")
    assert (cells[0], bool(cells[1]), cells[2], cells[3][-1:]) == ("  12", True, "", " ")


def test_what_to_look_at_and_what_is_left_out_is_said_beside_the_text(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le temps est beau. Il pleut.\n\nMerci.\nImprimer\n", encoding="utf-8")
    done = aligner("translate", "a.txt", folder=tmp_path)
    assert done.stderr == "aligner: a.txt: 1 line of page furniture left out (--keep-boilerplate keeps it)\n"
    assert aligner("translate", "a.txt", "--keep-boilerplate", folder=tmp_path).stderr == ""


class Forgetful:
    """A translator that leaves out every number."""

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        assert progress is None
        return [Rendering(re.sub(r"\d+", "", text), None) for text in texts]


def test_lines_to_look_at_are_said_beside_the_text(aligner: Aligner, tmp_path: Path) -> None:
    text = "Il y a 512 hommes. Bonjour.\n\nIl y a un chat.\nIl y a 731 chats.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with serving(Forgetful()) as server:
        command = ("translate", "--no-cache", "--engine", "libretranslate", "--url", server.url)
        done = aligner(*command, "a.txt", folder=tmp_path)
        piped = aligner(*command, "--lines", folder=tmp_path, text=text)
    where = "line 1 (numbers), line 3 (identical, language), line 4 (numbers)"
    assert done.stderr == f"aligner: a.txt: 3 of 4 sentences to look at: {where}\n"
    assert piped.stderr == f"aligner: standard input: 3 of 4 lines to look at: {where}\n"
    assert "(numbers)" not in done.stdout + piped.stdout


def test_lines_taken_apart_by_other_rules_are_another_translation(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "in.fr").write_bytes(short_lines(9000))
    (tmp_path / "own.srx").write_bytes((Path(aligner_text.__file__).parent / "data" / "segmentation.srx").read_bytes())
    command = ["translate", "--lines", "in.fr", "-o", "out.en", "--no-cache"]
    kill_after(command, tmp_path / "out.en.unfinished.json", more_than=0, seconds=0)
    done = aligner(*command, "--resume", "--srx", "own.srx", folder=tmp_path, code=2)
    assert "made with another model, engine or options" in done.stderr


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


def short_lines(count: int) -> bytes:
    """Lines that are quickly translated: most are numbers, which are copied; a few are sentences."""
    lines = (f"Article {n}." if n % 1000 == 0 else f"{n}" for n in range(count))
    return "".join(f"{line}\n" for line in lines).encode()


def test_a_killed_stream_of_lines_goes_on_where_it_was(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "in.fr").write_bytes(short_lines(24_000))
    aligner("translate", "--lines", "in.fr", "-o", "whole.en", "--no-cache", "--beam", "1", folder=tmp_path)
    command = ["translate", "--lines", "in.fr", "-o", "out.en", "--resume", "--no-cache", "--beam", "1"]
    checkpoint, chance = tmp_path / "out.en.unfinished.json", random.Random(7)
    seen: list[int] = []
    for _ in range(4):
        kill_after(command, checkpoint, more_than=max(seen, default=0), seconds=chance.random() * 0.1)
        seen.append(lines_done(checkpoint))
    assert 0 < seen[0] < seen[-1] < 24_000
    aligner(*command, folder=tmp_path)
    assert (tmp_path / "out.en").read_bytes() == (tmp_path / "whole.en").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.fr", "out.en", "whole.en"]


def kill_after(command: list[str], checkpoint: Path, *, more_than: int, seconds: float) -> None:
    """Kill a process some time after it has made a checkpoint beyond so many lines."""
    process = subprocess.Popen([sys.executable, "-m", "aligner", *command], cwd=checkpoint.parent, env=ENVIRONMENT)
    wait_for(lambda: process.poll() is not None or lines_done(checkpoint) > more_than)
    time.sleep(seconds)
    process.kill()
    process.wait()


def lines_done(checkpoint: Path) -> int:
    return int(json.loads(checkpoint.read_text())["lines"]) if checkpoint.exists() else 0


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_stale_checkpoint_is_one_sentence(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "in.fr").write_bytes(short_lines(9000))
    command = ["translate", "--lines", "in.fr", "-o", "out.en", "--no-cache"]
    kill_after(command, tmp_path / "out.en.unfinished.json", more_than=0, seconds=0)
    assert "go on with --resume" in aligner(*command, folder=tmp_path, code=2).stderr
    done = aligner(*command, "--resume", "--beam", "5", folder=tmp_path, code=2)
    assert done.stderr.count("\n") == 1
    assert "made with another model, engine or options" in done.stderr
    (tmp_path / "in.fr").write_bytes(short_lines(9000).replace(b"Article 0", b"Article 1"))
    assert "another input" in aligner(*command, "--resume", folder=tmp_path, code=2).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT as a terminal does")
@pytest.mark.parametrize(("more", "says"), [([], "is in the cache"), (["--no-cache"], "starts at the beginning")])
def test_ctrl_c_while_a_file_is_translated(tmp_path: Path, more: list[str], says: str) -> None:
    (tmp_path / "in.fr").write_bytes(b"".join(b"Le rapport numero %d est bon.\n" % n for n in range(20_000)))
    command = ["translate", "in.fr", "-o", "out.en", "--beam", "1", *more]
    said = interrupted(command, tmp_path, when=at_work)
    assert said.startswith("aligner: stopped; ")
    assert says in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.fr"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT as a terminal does")
def test_ctrl_c_at_any_moment_is_one_line(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, time, typer.core\n"
        "def stop(*args, **options): os.kill(os.getpid(), signal.SIGINT); time.sleep(9)\n"
        "typer.core.TyperGroup.make_context = stop\n"  # the moment in which typer keeps silent
        "from aligner.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, **LISTENING
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (130, "", 1)
    assert done.stderr.startswith("aligner: stopped; ")


def at_work(process: subprocess.Popen[str]) -> bool:
    """Whether a process has had three seconds of a processor: it translates by then, on a busy machine too."""
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        time.sleep(4)
        return True
    user, system = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") > 3


def interrupted(command: list[str], folder: Path, *, when: Callable[[subprocess.Popen[str]], bool]) -> str:
    """What a command says on standard error when Ctrl-C stops it, as soon as `when` says so of its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", *command], cwd=folder, env=ENVIRONMENT,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        **LISTENING,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("Bonjour.\n")
    process.stdin.flush()
    wait_for(lambda: process.poll() is not None or when(process))
    process.send_signal(signal.SIGINT)
    process.wait(timeout=120)  # standard input is still open: one line is no portion
    with process:
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 130
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT as a terminal does")
def test_ctrl_c_promises_no_more_than_there_is(tmp_path: Path) -> None:
    (tmp_path / "in.fr").write_bytes(short_lines(400_000))
    command = ["translate", "--lines", "-o", "out.en", "--no-cache", "--beam", "1"]
    checkpoint, unfinished = tmp_path / "out.en.unfinished.json", tmp_path / "out.en.unfinished"
    again = "aligner: stopped; the same command starts at the beginning\n"
    assert interrupted([*command, "--resume"], tmp_path, when=lambda _: unfinished.exists()) == again
    assert [path.name for path in tmp_path.iterdir()] == ["in.fr"]
    command.append("in.fr")
    said = interrupted(command, tmp_path, when=lambda _: checkpoint.exists())
    kept = lines_done(checkpoint)
    assert kept > 0
    assert said == f"aligner: stopped after line {kept:,}: the same command with --resume goes on from here\n"
    said = interrupted([*command, "--resume"], tmp_path, when=lambda _: lines_done(checkpoint) > kept)
    kept = lines_done(checkpoint)
    assert said == f"aligner: stopped after line {kept:,}: the same command goes on from here\n"


def test_a_binary_file_is_no_lines(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "bin.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "utf16.txt").write_bytes("Bonjour.\n".encode("utf-16"))
    for name in ("bin.txt", "utf16.txt"):
        for rest in ([], ["-o", "out.en"], ["-o", "out.en", "--resume"]):
            done = aligner("translate", "--lines", name, *rest, folder=tmp_path, code=2)
            assert done.stdout == ""
            assert done.stderr == f"aligner: {name}: this is not text in UTF-8; save it as plain text in UTF-8\n"
    done = aligner("translate", "--lines", folder=tmp_path, code=2, text="Bonjour.\n\0\1\2")
    assert done.stdout == ""
    assert done.stderr == "aligner: standard input: this is not text in UTF-8; save it as plain text in UTF-8\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin.txt", "utf16.txt"]


def test_lines_in_another_encoding_lose_no_letter(aligner: Aligner, tmp_path: Path) -> None:
    text = "L'été dernier, l'élève était à l'école.\nMerci.\nLe maire a été élu à l'unanimité.\n"
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    done = aligner("translate", "--lines", "a.txt", folder=tmp_path)
    assert done.stdout == aligner("translate", "--lines", folder=tmp_path, text=text).stdout
    assert done.stderr == "aligner: a.txt: 2 lines were not UTF-8: read as cp1252\n"
    (tmp_path / "b.txt").write_bytes("Merci.\nÉtait-ce l'été ?".encode()[:-3] + b"\xe9 ?\n")
    done = aligner("translate", "--lines", "b.txt", folder=tmp_path)
    assert done.stderr.startswith("aligner: b.txt: letters in 1 line (line 2 first) are not UTF-8 and could not be rea")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.4\n", "this PDF is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "this is an old Office document"),
        (b"PK\x03\x04 xl/", "this is an Excel workbook"),
    ],
)
def test_documents_that_cannot_be_read_are_named(aligner: Aligner, tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    for command in (("translate", "a.txt"), ("segment", "a.txt"), ("translate", "a.txt", "-o", "out.txt")):
        done = aligner(*command, folder=tmp_path, code=2)
        assert done.stdout == ""
        assert done.stderr.startswith(f"aligner: a.txt: {what}")
        assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert "not plain text" in aligner("translate", "--lines", "a.txt", folder=tmp_path, code=2).stderr


def test_a_line_of_markup_is_a_line(aligner: Aligner, tmp_path: Path) -> None:
    """In a stream; as a file it is a web page."""
    (tmp_path / "a.txt").write_bytes(b"<html>Oui.")
    assert "<html>" in aligner("translate", "--lines", "a.txt", folder=tmp_path).stdout.lower()
    assert aligner("translate", "a.txt", folder=tmp_path).stdout == "Yes.\n"


def test_resume_needs_a_file(aligner: Aligner, tmp_path: Path) -> None:
    done = aligner("translate", "--lines", "--resume", folder=tmp_path, code=2, text="")
    assert "--resume goes with --lines and --output" in done.stderr
    done = aligner("translate", "--lines", "--resume", "-o", "/dev/null", folder=tmp_path, code=2, text="")
    assert "cannot be resumed" in done.stderr
    done = aligner("translate", "--lines", "-o", ".", folder=tmp_path, text="Oui.\n", code=2)
    assert done.stderr.endswith("this is a folder; with --lines name a file\n")


def test_files_and_lines_come_from_the_cache_the_second_time(
    aligner: Aligner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "ALIGNER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text("Le Conseil a adopté le rapport.\n", encoding="utf-8")
    first = aligner("translate", "a.txt", folder=tmp_path).stdout
    with sqlite3.connect(tmp_path / "cache" / "translations.sqlite") as connection:
        ((kept,),) = connection.execute("SELECT count(*) FROM rendering")
    assert kept == 1
    assert aligner("translate", "--lines", "a.txt", folder=tmp_path).stdout == first
    again = aligner("translate", "a.txt", "--no-cache", folder=tmp_path)
    assert again.stdout == first
    assert (tmp_path / "cache" / "translations.sqlite").stat().st_mode & 0o077 == 0
