"""Disks that fill up or break, folders that may not be written to, clocks that go back, files that change while read.

Whatever happens: one sentence and a documented exit code, every file as it was or as it is to be, and when the trouble
is over the same command ends as if there had been none. Start reading at `play`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from aligner.corpus.store import open_project, read_bitext
from tests.soak.commands import Ended, call, sound, start
from tests.soak.faulty import Layer, clock_backwards, obey_permissions
from tests.soak.trees import LETTER, Work, demand_state, demand_whole, is_stranger, names, tree, work
from tests.soak.trial import Case, Played, demand

NTH = 200
"""How far the n-th operation goes."""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)
CODES = (0, 1, 2, 3)


def play(case: Case) -> Played:
    """A case of one kind: two of three are errors at the n-th operation."""
    kinds: tuple[Callable[[Case], Played], ...] = (
        nth, nth, full, nth, nth, forbidden, nth, nth, forbidden_meanwhile, nth, nth, backwards, nth, nth, changing,
    )  # fmt: skip
    return kinds[case.number % len(kinds)](case)


def _chosen(case: Case, *without: str) -> Work:
    every = [name for name in names() if name not in without]
    return work(every[(case.number + case.number // len(every)) % len(every)])


@cache
def _operations(name: str, number: int) -> int:
    """How many operations of a work the layer sees when nothing fails."""
    from tests.soak.trial import a_folder

    doing = work(name)
    with a_folder() as place:
        folder, told = doing.begin(place), place / "count"
        call(doing.arguments, folder, *doing.codes, first=Layer(0, number, told=told).lay)
        return int(told.read_text())


def nth(case: Case) -> Played:
    """The n-th operation fails, and those after it or not."""
    chance, doing = case.random, _chosen(case)
    number = chance.choice(ERRORS)
    most = max(_operations(doing.name, number), 1)
    n = 1 + (case.number % NTH if most > NTH else case.number % most)
    once = chance.random() < 0.4
    folder = doing.begin(case.folder)
    ended = start(doing.arguments, folder, first=Layer(n, number, once=once).lay).wait()
    what = f"{doing.name}, {errno.errorcode[number]} at operation {n}{' once' if once else ''}"
    # who may not remove a file leaves it
    after_trouble(doing, folder, ended, what, strangers=number in (errno.ENOSPC, errno.EDQUOT))
    return Played(figures={"operations of a command": most})


def after_trouble(doing: Work, folder: Path, ended: Ended, what: str, *, strangers: bool = False) -> None:
    """Demand what must hold, and that the same command then ends as if there had been no trouble."""
    try:
        sound(doing.arguments, ended, *CODES)
    except AssertionError as error:
        error.args = (f"{what}: {error}",)
        raise
    now = tree(folder)
    demand_whole(now, doing.before, doing.after, what)
    demand_state(folder, what)
    if strangers:
        demand(not [name for name in now if is_stranger(name)], f"{what}: a temporary file stays")
    for path in folder.rglob(".*.tmp"):
        os.utime(path, (path.stat().st_atime - 3600, path.stat().st_mtime - 3600))
    again = start(doing.arguments, folder).wait()
    if "not as aligner wrote it" in again.said:
        # The note of what was written could not be written either: the result counts as somebody's, and is whole.
        call([*doing.arguments, "--overwrite"], folder, *doing.codes)
    else:
        sound(doing.arguments, again, *doing.codes)
    then = tree(folder)
    wrong = sorted(name for name in {*then, *doing.after} if then.get(name) != doing.after.get(name))
    demand(not wrong, f"{what}: the next one does not end as an undisturbed one: {', '.join(wrong[:4])}")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Callable[[int], None]]:
    """A disk of so many bytes at a folder; yields a function that makes it larger. None of it where mount is not
    allowed: then files may not grow beyond a part of that size."""
    options = f"size={size}"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        raise PermissionError
    try:
        yield (
            lambda new: (
                subprocess.run(["mount", "-o", f"remount,size={new}", str(folder)], check=True, capture_output=True)
                and None
            )
        )
    finally:
        for _ in range(50):
            if not subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode:
                break
            time.sleep(0.1)


def full(case: Case) -> Played:
    """The disk fills up somewhere in the middle: SQLite meets it, too."""
    chance, doing = case.random, _chosen(case)
    disk = case.folder / "disk"
    disk.mkdir()
    used = sum(f.stat().st_blocks * 512 + 4096 for f in doing.template.rglob("*")) + 65536
    grown = sum(map(len, doing.after.values())) - sum(map(len, doing.before.values())) + 400_000
    free = int(grown * chance.random() ** 2)
    what = f"{doing.name}, {free:,} bytes left on the disk"
    try:
        with small_disk(disk, used + free) as enlarge:
            folder = doing.begin(disk)
            ended = start(doing.arguments, folder).wait()
            enlarge(64 << 20)
            after_trouble(doing, folder, ended, what, strangers=True)
    except (PermissionError, FileNotFoundError):
        folder = doing.begin(case.folder)
        limit = chance.randrange(2_000, 120_000)

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

        ended = start(doing.arguments, folder, first=limited).wait()
        after_trouble(doing, folder, ended, f"{doing.name}, no file beyond {limit:,} bytes", strangers=True)
    return Played()


def _folders(folder: Path, chance: random.Random) -> list[Path]:
    """Some folders of a project."""
    every = [folder, *(path for path in sorted(folder.rglob("*")) if path.is_dir())]
    return chance.sample(every, min(len(every), chance.choice((1, 1, 2, len(every)))))


def forbidden(case: Case) -> Played:
    """Some folders may not be written to."""
    chance, doing = case.random, _chosen(case)
    folder = doing.begin(case.folder)
    chosen = _folders(folder, chance)
    # a command must be able to be in its folder
    mode = chance.choice((0o500, 0o500, 0o500, 0o000)) if folder not in chosen else 0o500
    for path in reversed(chosen):
        path.chmod(mode)
    try:
        ended = start(doing.arguments, folder, first=obey_permissions).wait()
    finally:
        for path in chosen:
            path.chmod(0o700)
    places = ", ".join(path.relative_to(case.folder).as_posix() for path in chosen[:3])
    after_trouble(doing, folder, ended, f"{doing.name}, {mode:o} for {places}")
    return Played()


def forbidden_meanwhile(case: Case) -> Played:
    """Some folders may not be written to from a moment on."""
    chance, doing = case.random, _chosen(case)
    folder = doing.begin(case.folder)
    chosen = _folders(folder, chance)
    running = start(doing.arguments, folder, first=obey_permissions)
    time.sleep(chance.random() * doing.seconds)
    for path in reversed(chosen):
        path.chmod(0o500)
    try:
        ended = running.wait()
    finally:
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)
        folder.chmod(0o700)
    after_trouble(doing, folder, ended, f"{doing.name}, forbidden meanwhile")
    return Played()


def backwards(case: Case) -> Played:
    """The clock goes back while a command runs, and all files seem to be of the year 2100."""
    chance, doing = case.random, _chosen(case)
    folder = doing.begin(case.folder)
    if chance.random() < 0.5:
        for path in folder.rglob("*"):
            os.utime(path, (4102444800, 4102444800))
    ended = start(doing.arguments, folder, first=clock_backwards).wait()
    sound(doing.arguments, ended, *doing.codes)
    now = tree(folder)
    wrong = sorted(name for name in {*now, *doing.after} if now.get(name) != doing.after.get(name))
    demand(not wrong, f"{doing.name}, the clock goes back: {', '.join(wrong[:4])}")
    after_trouble(doing, folder, ended, f"{doing.name}, the clock goes back")
    return Played()


def changing(case: Case) -> Played:
    """A source is written while it is read: in the end the pairs are of the text that is there."""
    chance, doing = case.random, work("run")
    folder = doing.begin(case.folder)
    path = folder / "corpus/fr/lettre.txt"
    running = start(doing.arguments, folder)
    for number in range(chance.choice((1, 3, 8))):
        time.sleep(chance.random() * doing.seconds / 4)
        text = (LETTER * 40 + f"Le ministre {number} est parti.\n").encode()
        with path.open("r+b") as stream:
            stream.truncate(chance.randrange(len(LETTER)))
            stream.seek(0)
            half = chance.randrange(len(text))
            stream.write(text[:half])
            stream.flush()
            time.sleep(0.005)
            stream.write(text[half:])
            stream.truncate()
        with contextlib.suppress(OSError):
            shutil.copyfile(folder / "corpus/fr/note.md", folder / "corpus/fr/note.md.new")
            (folder / "corpus/fr/note.md.new").replace(folder / "corpus/fr/note.md")
    sound(doing.arguments, running.wait(), *CODES)
    path.write_text(LETTER + "Il est parti.\n", encoding="utf-8")
    call(doing.arguments, folder)
    found = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    said = " ".join(segment.text for segment in found.source.segments)
    demand(said.endswith("Il est parti."), f"the pairs are of another text: {said[-60:]}")
    said = call(doing.arguments, folder).said
    return Played()
