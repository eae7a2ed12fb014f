"""The files of an Argos package, read from its folder or straight from its archive.

An ``.argosmodel`` file is a ZIP archive with a single folder in it::

    translate-fr_en/metadata.json         languages and version
    translate-fr_en/model/…               a CTranslate2 model
    translate-fr_en/sentencepiece.model   or bpe.model: the tokenizer
    translate-fr_en/README.md             where it comes from
    translate-fr_en/stanza/…              other things that aligner does not need

Archives are not trusted: `open_archive` refuses whatever could write outside its folder, is not a plain file or
swells beyond reason, before a byte is unpacked. Nothing here writes to the disk. Start reading at `open_contents`.
"""

from __future__ import annotations

import hashlib
import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import InputError
from aligner.files import explained

TOKENIZERS = ("sentencepiece.model", "bpe.model")
MOST_MEMBERS = 5_000
MOST_BYTES = 4 << 30
MOST_SWELLING = 20
"""An archive may not unpack to more than this many times its size."""

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError, ValueError)


class Folder:
    """An unpacked package."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # With slashes on every system: the fingerprint is made of the names, too.
        self.names = tuple(sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()))

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        with explained(self.path / name, "read"):
            return (self.path / name).read_bytes()


class Archive:
    """A package in its archive, checked and open for reading."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self.root, self._members = _checked(path, archive)
        self.names = tuple(sorted(self._members))

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        with _damage_explained(self.path):
            return self._archive.read(self._members[name])

    def copy(self, name: str, destination: Path) -> None:
        """Write one file to the disk, piece by piece."""
        with (
            destination.open("xb") as stream,
            _damage_explained(self.path),
            self._archive.open(self._members[name]) as member,
        ):
            shutil.copyfileobj(member, stream, 1 << 20)


Contents = Folder | Archive
"""The files of one package by their names inside it (``model/model.bin``)."""


@contextmanager
def open_contents(path: Path) -> Iterator[Contents]:
    """Open a package: a folder, or an archive.

    Raises InputError for what is neither, and for an archive that is damaged or not safe.
    """
    if path.is_dir():
        yield Folder(path)
        return
    with open_archive(path) as archive:
        yield archive


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an ``.argosmodel`` file, refusing one that is damaged or not safe with InputError."""
    if not path.is_file():
        raise InputError("there is no such package", where=path, hint="check the name")
    with explained(path, "read"), path.open("rb") as stream:
        with _damage_explained(path):
            archive = zipfile.ZipFile(stream)
        yield Archive(path, archive)


def fingerprint(contents: Contents) -> str:
    """SHA-256 over the files that shape a translation: the same for a package in its archive and unpacked."""
    digest = hashlib.sha256()
    for name in shaping(contents):
        digest.update(f"{name}\0{hashlib.sha256(contents.read(name)).hexdigest()}\n".encode())
    return digest.hexdigest()


def shaping(contents: Contents) -> list[str]:
    """The names of the files that shape a translation: metadata, tokenizer, model."""
    # The metadata shape it too: they name a prefix of the output and the longest source.
    return [n for n in contents.names if n in ("metadata.json", *TOKENIZERS) or n.startswith("model/")]


def _checked(path: Path, archive: zipfile.ZipFile) -> tuple[str, dict[str, zipfile.ZipInfo]]:
    """The archive's one folder and its files by name; InputError unless all of it is safe to unpack."""
    members = archive.infolist()
    total = sum(m.file_size for m in members)
    if len(members) > MOST_MEMBERS or total > MOST_BYTES or total > MOST_SWELLING * path.stat().st_size:
        raise _refused(path, "it unpacks to far more than a package holds")
    for member in members:
        _check_member(path, member)
    roots = {m.filename.split("/")[0] for m in members}
    if len(roots) != 1 or any("/" not in m.filename for m in members):
        raise _refused(path, "a package has exactly one folder in it")
    root = roots.pop()
    files = {m.filename[len(root) + 1 :]: m for m in members if not m.is_dir()}
    # On a disk that does not tell capitals apart one of two would overwrite the other.
    if len({name.casefold() for name in files}) != sum(not m.is_dir() for m in members):
        raise _refused(path, "two of its files have the same name")
    return root, files


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    """InputError unless a member is a plain file or folder that stays inside the archive's folder."""
    name = member.orig_filename
    parts = name.removesuffix("/").split("/")
    # Not `filename`, which zipfile has made tame (it is cut at a NUL): this is what the archive really says.
    if any(part in ("", ".", "..") for part in parts) or any(c in name for c in "\\:\0"):
        raise _refused(path, f"the name {name!r} leads out of the package")
    # 0: an archive made on Windows says nothing of the kind.
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(path, f"{name!r} is a link or a special file")


@contextmanager
def _damage_explained(path: Path) -> Iterator[None]:
    """Turn whatever zipfile raises about a damaged archive into one InputError."""
    try:
        yield
    except _BROKEN as error:
        raise InputError(
            f"this is not a whole Argos package ({error})", where=path, hint="fetch the .argosmodel file again"
        ) from error


def _refused(path: Path, why: str) -> InputError:
    return InputError(f"this archive is refused: {why}", where=path, hint="get the package from a trusted place")
