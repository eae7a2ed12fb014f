"""Files are written whole or not at all, and problems of the disk are explained."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.files import owned, read_bytes, write_atomically, writing


def test_writes_text_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "été.txt"
    write_atomically(path, "L’été")
    assert path.read_text(encoding="utf-8") == "L’été"
    assert [p.name for p in path.parent.iterdir()] == ["été.txt"]


def test_new_files_follow_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(error), writing(path) as stream:
        stream.write(b"half")
        raise error
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_explained_and_harms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(EnvironmentProblem) as caught, writing(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(caught.value) == f"{path}: cannot write (no space left on device); free some disk space and run again"
    assert caught.value.exit_code == 3
    assert path.read_bytes() == b"old"


def test_a_pipe_without_a_name_is_written_to(tmp_path: Path) -> None:
    if not Path("/dev/stdout").exists():
        pytest.skip("this system has no /dev/stdout")
    code = "from pathlib import Path; from aligner.files import write_atomically as w; w(Path('/dev/stdout'), 'é')"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == "é".encode()


def test_a_real_limit_on_file_size_stops_the_write_midway(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"old")
    code = (
        "import signal, resource, sys; from pathlib import Path; from aligner.files import write_atomically\n"
        "from aligner.errors import EnvironmentProblem\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))\n"
        "try: write_atomically(Path(sys.argv[1]), b'x' * 1_000_000)\n"
        "except EnvironmentProblem as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert "cannot write (file too large)" in done.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentProblem, match="cannot write"):
        write_atomically(tmp_path / "file" / "a.txt", b"x")


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "absent")
    with pytest.raises(InputError, match="a folder, not a file"):
        read_bytes(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Ctrl-C as `with` closes the file
@pytest.mark.parametrize("place", range(20))
def test_ctrl_c_at_any_line_leaves_the_old_file_or_the_new_one(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    lines = 0

    def interrupt(frame: FrameType, event: str, _: object) -> Callable[..., Any]:
        nonlocal lines
        if event == "line" and frame.f_code.co_name == "writing":
            lines += 1
            if lines == place + 1:
                raise KeyboardInterrupt
        return interrupt

    before = sys.gettrace()
    sys.settrace(interrupt)
    try:
        with suppress(KeyboardInterrupt):
            write_atomically(path, b"new")
    finally:
        sys.settrace(before)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_bytes() in (b"old", b"new")


def _left(folder: Path, name: str, seconds: float) -> Path:
    """A temporary file as a killed process leaves it, so many seconds ago."""
    path = folder / f".{name}.0123456789abcdef.tmp"
    path.write_bytes(b"half")
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))
    return path


@pytest.mark.skipif(os.name != "posix", reason="no locks that tell whose a file is")
def test_what_a_killed_process_left_goes_and_what_another_writes_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.files._swept", set())
    old, fresh, held = (_left(tmp_path, name, age) for name, age in (("old", 3600), ("fresh", 5), ("held", 3600)))
    other = tmp_path / ".notes.tmp"
    other.write_bytes(b"somebody's")
    os.utime(other, (0, 0))
    with held.open("r+b") as stream:
        assert owned(stream)
        write_atomically(tmp_path / "a.txt", b"x")
    assert not old.exists()
    assert fresh.exists()
    assert held.exists()
    assert other.exists()


def test_who_asks_sees_the_finished_file_before_it_takes_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    seen: list[bytes] = []

    def look(finished: Path) -> None:
        seen.extend((finished.read_bytes(), path.read_bytes()))

    write_atomically(path, b"new", ready=look)
    assert seen == [b"new", b"old"]
    assert path.read_bytes() == b"new"
