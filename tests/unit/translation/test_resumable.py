"""Translating lines into a file that survives interruptions."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.files import owned
from aligner.translation import LineReader, Rendering, can_resume, lines_kept, translate_to_file
from aligner.translation.interface import Progress
from aligner.translation.streams.resumable import Checkpoint

LINES = [f"ligne {number} é" for number in range(25)]
INPUT = "".join(f"{line}\n" for line in LINES).encode()
OUTPUT = INPUT.decode().upper().encode()


class StoppedError(Exception):
    """The engine's process is at an end."""


class Shouting:
    """Translates by shouting; stops for good after so many portions."""

    def __init__(self, portions: int = 1000) -> None:
        self.portions = portions
        self.seen: list[str] = []

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        if not self.portions:
            raise StoppedError
        self.portions -= 1
        self.seen += texts
        if progress:
            progress(1, 2)
        return [Rendering(text.upper(), 1.0) for text in texts]


def work(output: Path, engine: Shouting, *, data: bytes = INPUT, resume: bool = True, maker: str = "a") -> int:
    reader = LineReader(io.BytesIO(data))
    return translate_to_file(reader, output, engine, maker=maker, resume=resume, at_once=4)


def stopped_after(output: Path, portions: int) -> Shouting:
    engine = Shouting(portions)
    with pytest.raises(StoppedError):
        work(output, engine)
    return engine


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "below" / "out.txt"


def left(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


def test_all_at_once(output: Path) -> None:
    assert work(output, Shouting(), resume=False) == 0
    assert output.read_bytes() == OUTPUT
    assert left(output) == ["out.txt"]


@pytest.mark.parametrize("portions", range(1, 7))
def test_what_was_done_is_not_done_again(output: Path, portions: int) -> None:
    first = stopped_after(output, portions)
    assert not output.exists()
    assert left(output) == ["out.txt.unfinished", "out.txt.unfinished.json"]
    second = Shouting()
    assert work(output, second) == len(first.seen)
    assert first.seen + second.seen == LINES
    assert output.read_bytes() == OUTPUT
    assert left(output) == ["out.txt"]


def test_nothing_stays_of_a_translation_that_did_not_begin(output: Path) -> None:
    stopped_after(output, 0)
    assert left(output) == []


def test_what_is_kept_is_known(output: Path) -> None:
    assert lines_kept(output) == 0
    stopped_after(output, 0)
    assert lines_kept(output) == 0
    stopped_after(output, 2)
    assert lines_kept(output) == 8
    work(output, Shouting())
    assert lines_kept(output) == 0


def test_nothing_is_kept_behind_a_damaged_checkpoint(output: Path) -> None:
    stopped_after(output, 2)
    output.with_name("out.txt.unfinished.json").write_text("no json")
    assert lines_kept(output) == 0


@pytest.mark.parametrize("stops", [(1,), (2, 1), (1, 1, 1), (3,)])
def test_portions_and_stops_leave_no_trace_in_the_result(output: Path, stops: tuple[int, ...]) -> None:
    lines = [f"ligne {number}" for number in range(1000)]
    data = "".join(f"{line}\n" for line in lines).encode()
    seen: list[str] = []
    for portions in (*stops, 1000):
        engine = Shouting(portions)
        with suppress(StoppedError):
            translate_to_file(LineReader(io.BytesIO(data)), output, engine, maker="a", resume=True)
        seen += engine.seen
    assert seen == lines
    assert output.read_bytes() == data.upper()


def test_an_old_output_stays_until_the_new_one_is_whole(output: Path) -> None:
    output.parent.mkdir()
    output.write_text("old")
    stopped_after(output, 2)
    assert output.read_text() == "old"
    work(output, Shouting())
    assert output.read_bytes() == OUTPUT


def test_lines_after_the_checkpoint_are_cut_off(output: Path) -> None:
    stopped_after(output, 2)
    with output.with_name("out.txt.unfinished").open("ab") as stream:
        stream.write(b"LIGNE 8 \xc3\x89\nLIGN")
    work(output, Shouting())
    assert output.read_bytes() == OUTPUT


def test_a_kill_before_the_first_checkpoint_starts_again(output: Path) -> None:
    output.parent.mkdir()
    output.with_name("out.txt.unfinished").write_bytes(b"LIGNE 0")
    assert work(output, Shouting()) == 0
    assert output.read_bytes() == OUTPUT


def test_a_kill_while_a_checkpoint_is_written_leaves_nothing_in_the_end(output: Path) -> None:
    stopped_after(output, 2)
    output.with_name("out.txt.unfinished.json.new").write_bytes(b'{"lines": 1')
    assert work(output, Shouting()) == 8
    assert output.read_bytes() == OUTPUT
    assert left(output) == ["out.txt"]


def finished_checkpoint(output: Path, maker: str = "a") -> None:
    reader = LineReader(io.BytesIO(INPUT))
    list(reader)
    point = Checkpoint(reader.lines, reader.read, reader.digest, len(OUTPUT), maker, complete=True)
    output.with_name("out.txt.unfinished.json").write_text(json.dumps(asdict(point)))


def test_a_kill_after_the_file_got_its_name_is_understood(output: Path) -> None:
    work(output, Shouting())
    finished_checkpoint(output)
    engine = Shouting()
    assert work(output, engine) == 25
    assert engine.seen == []
    assert output.read_bytes() == OUTPUT
    assert left(output) == ["out.txt"]


def test_a_kill_before_the_file_got_its_name_is_understood(output: Path) -> None:
    work(output, Shouting())
    output.rename(output.with_name("out.txt.unfinished"))
    finished_checkpoint(output)
    work(output, Shouting(0))
    assert output.read_bytes() == OUTPUT
    assert left(output) == ["out.txt"]


def test_lines_added_to_the_input_are_translated_too(output: Path) -> None:
    stopped_after(output, 3)
    engine = Shouting()
    work(output, engine, data=INPUT + b"encore")
    assert engine.seen == [*LINES[12:], "encore"]
    assert output.read_bytes() == OUTPUT + b"ENCORE\n"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"resume": False}, "unfinished translation of 8 lines .* --resume, or delete out.txt.unfinished.json"),
        ({"maker": "b"}, "another model, engine or options; choose the same ones, or delete"),
        ({"data": INPUT.replace(b"ligne 7", b"ligne 8")}, "another input: the first 8 lines are not the same"),
        ({"data": INPUT[:20]}, "another input"),
        ({"data": b""}, "another input"),
    ],
)
def test_a_stale_checkpoint_is_refused_and_kept(output: Path, change: dict[str, object], says: str) -> None:
    stopped_after(output, 2)
    before = {path: path.read_bytes() for path in output.parent.iterdir()}
    with pytest.raises(InputError) as caught:
        work(output, Shouting(), **change)  # type: ignore[arg-type]
    assert re.search(says, str(caught.value))
    assert {path: path.read_bytes() for path in output.parent.iterdir()} == before


@pytest.mark.parametrize("text", ["", "no json", "[]", "3", '{"lines": 1, "else": 2}', '{"lines": "8"}'])
def test_a_damaged_checkpoint_is_said(output: Path, text: str) -> None:
    stopped_after(output, 2)
    output.with_name("out.txt.unfinished.json").write_text(text)
    with pytest.raises(InputError, match="checkpoint is damaged"):
        work(output, Shouting())


def test_lost_lines_are_noticed(output: Path) -> None:
    stopped_after(output, 2)
    output.with_name("out.txt.unfinished").write_bytes(b"LIGNE 0")
    with pytest.raises(InputError, match="has lost lines"):
        work(output, Shouting())


def test_two_programs_do_not_write_the_same_translation(output: Path) -> None:
    class Meddling(Shouting):
        def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
            with pytest.raises(EnvironmentProblem, match="another program is writing"):
                work(output, Shouting())
            return super().translate(texts, progress=progress)

    work(output, Meddling())
    assert output.read_bytes() == OUTPUT


def test_progress_counts_the_bytes_of_the_input(output: Path) -> None:
    told: list[tuple[int, int]] = []
    stopped_after(output, 2)
    reader = LineReader(io.BytesIO(INPUT))
    translate_to_file(
        reader, output, Shouting(), maker="a", resume=True, size=len(INPUT), at_once=4,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == sorted(told)
    assert told[0][0] > len(INPUT) // 4
    assert told[-1] == (len(INPUT), len(INPUT))


def test_only_files_can_be_gone_on_with(tmp_path: Path) -> None:
    assert can_resume(tmp_path / "new.txt")
    assert not can_resume(Path("/dev/null"))
    assert not can_resume(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Ctrl-C as `with` closes the file
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("place", range(24))
def test_ctrl_c_at_any_line_of_opening_leaves_no_empty_file(output: Path, place: int) -> None:
    lines = 0

    def interrupt(frame: FrameType, event: str, _: object) -> Callable[..., Any]:
        nonlocal lines
        if event == "line" and frame.f_code.co_name in {"opened", "_open"}:
            lines += 1
            if lines == place + 1:
                raise KeyboardInterrupt
        return interrupt

    before = sys.gettrace()
    sys.settrace(interrupt)
    try:
        with suppress(KeyboardInterrupt):
            work(output, Shouting())
    finally:
        sys.settrace(before)
    names = {path.name for path in output.parent.iterdir()} if output.parent.exists() else set()
    assert names <= {"out.txt"}, names
    work(output, Shouting())
    assert output.read_bytes() == OUTPUT


def test_a_file_that_another_program_has_just_begun_is_left_alone(output: Path) -> None:
    output.parent.mkdir()
    partial = output.with_name("out.txt.unfinished")
    with partial.open("wb") as stream:
        assert owned(stream)
        with pytest.raises(EnvironmentProblem, match="another program is writing"):
            work(output, Shouting())
        assert partial.exists()
    work(output, Shouting())
    assert output.read_bytes() == OUTPUT
    assert not partial.exists()
