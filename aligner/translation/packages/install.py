"""Installing an Argos package, without trusting it.

The package is checked (see `aligner.translation.packages.contents`), loaded and made to translate a word, all from its
archive; then it is unpacked beside the place where it is to stand, and renamed into place. A version that stands
there already is set aside until the new one is in. Whatever goes wrong, the folder of installed packages is as it was
before.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from aligner.errors import AlignerError, InputError
from aligner.files import explained
from aligner.translation.argos.decoder import Decoder, Decoding
from aligner.translation.argos.tokenizer import load_tokenizer
from aligner.translation.packages import folders
from aligner.translation.packages.contents import open_archive
from aligner.translation.packages.package import FoundIn, Package, read_package

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def install_package(path: Path, *, source: str | None = None, target: str | None = None) -> Package:
    """Install an ``.argosmodel`` file among the packages of Argos Translate; returns the package installed.

    Raises InputError when it is not a whole, safe and working package, or, where `source` and `target` are given,
    when it translates another pair; EnvironmentProblem when the disk refuses. Then nothing is installed.
    """
    home = folders.installed_folders()[0]
    with open_archive(path) as archive:
        package = read_package(path)
        if (source or package.source, target or package.target) != (package.source, package.target):
            what = f"this package translates {package.source} → {package.target}, not {source} → {target}"
            raise InputError(what, where=package.path)
        if not _NAME.fullmatch(archive.root):
            raise InputError(f"the package's folder has no usable name ({archive.root!r})", where=path)
        _check_place(package, home / archive.root)
        # A package that cannot translate a word must not hide one that can: it is loaded before it is installed.
        tokenizer = load_tokenizer(package, archive)
        decoder = Decoder(package, threads=1, batch_tokens=64)
        for batch in decoder.stream(tokenizer.encode(["a"]), Decoding(beam=1)):
            tokenizer.decode([hypothesis.tokens for _, found in batch for hypothesis in found])
        with explained(home, "install the package in"):
            home.mkdir(parents=True, exist_ok=True)
            # Unpacked on the same disk, so that renaming is one step; but not in `home` itself if possible, for Argos
            # Translate takes whatever lies there for a package.
            parent = home.parent
            is_beside = parent.stat().st_dev == home.stat().st_dev and os.access(parent, os.W_OK)
            with tempfile.TemporaryDirectory(dir=parent if is_beside else home, prefix=".installing-") as staging:
                fresh = Path(staging) / archive.root
                for name in archive.names:
                    (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                    archive.copy(name, fresh / name)
                _put_in_place(fresh, home / archive.root, aside=Path(staging) / "previous")
    return read_package(home / archive.root, found=FoundIn.INSTALLED)


def _check_place(package: Package, place: Path) -> None:
    """A package may replace another version of itself, not a package for other languages."""
    try:
        there = read_package(place)
    except AlignerError:  # nothing there, or nothing that works
        return
    if (there.source, there.target) != (package.source, package.target):
        raise InputError(
            f"its folder, {place.name}, is taken by a package for {there.source} → {there.target}",
            where=package.path,
            hint=f"remove {place} first if you no longer need it",
        )


def _put_in_place(fresh: Path, place: Path, *, aside: Path) -> None:
    """Rename `fresh` to `place`; what stood there is moved `aside` first, and back if anything fails."""
    replaces = place.exists()
    if replaces:
        place.rename(aside)
    try:
        fresh.rename(place)
    except BaseException:
        if replaces:
            aside.rename(place)
        raise
