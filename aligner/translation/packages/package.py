"""Argos packages: what is known of one, and which one translates a pair of languages.

Which package is taken, when several can translate the pair:

1. the one given (``--model PATH``: an ``.argosmodel`` file or an unpacked folder);
2. of those installed (the folders Argos Translate uses), the newest version; a user's own choice beats ours;
3. the one that comes with aligner.

Start reading at `find_package`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aligner.errors import AlignerError, EnvironmentProblem, InputError
from aligner.files import write_atomically
from aligner.languages.tags import base_language
from aligner.translation.interface import LONGEST_ALLOWED
from aligner.translation.packages import folders
from aligner.translation.packages.contents import (
    TOKENIZERS,
    Contents,
    fingerprint,
    open_contents,
    shaping,
)

DEFAULT_LONGEST = 80
_log = logging.getLogger(__name__)


class FoundIn(StrEnum):
    """Where a package was found."""

    GIVEN = "given"
    INSTALLED = "installed"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Package:
    """An Argos package for one pair of languages, on this disk."""

    path: Path
    """Its folder, or its ``.argosmodel`` file."""
    source: str
    """Code of the language it translates from, as the package says."""
    target: str
    """Code of the language it translates to."""
    version: str
    name: str
    """Folder stem and version: ``translate-fr_en 0.1``."""
    fingerprint: str
    """SHA-256 over metadata, tokenizer and model: the same packed and unpacked."""
    size: int
    """Bytes on the disk."""
    found: FoundIn = FoundIn.GIVEN
    target_prefix: str = ""
    """A token that the model wants at the head of its output, for models of several languages."""
    longest: int = DEFAULT_LONGEST
    """Longest source, in tokens, that the model translates well in one go (``longest_source`` in its metadata)."""
    least_attention: float = 0.0
    """What a token of the input gets at least, 0 to 1, when the output says it; 0: the attention tells nothing."""
    readme: str = ""
    """What the package says of itself."""


def find_package(source: str, target: str, *, model: Path | None = None) -> Package:
    """The package that translates from `source` to `target` (codes like ``fr`` or ``fr-CA``).

    Raises InputError when the `model` given is not a package for that pair, EnvironmentProblem when there is none.
    """
    # packages are for languages, not for regions: fr-CA is translated by one for fr
    pair = (base_language(source), base_language(target))
    if model is not None:
        package = read_package(model)
        if (base_language(package.source), base_language(package.target)) != pair:
            raise InputError(
                f"this package translates {package.source} → {package.target}, not {source} → {target}", where=model
            )
        return package
    fitting = list_packages(pair)
    if not fitting:
        raise EnvironmentProblem(
            f"there is no translation model for {source} → {target} on this machine",
            hint=f"run 'aligner model install {pair[0]} {pair[1]}' where there is a network, "
            "or 'aligner model install FILE.argosmodel'",
        )
    return fitting[0]


def list_packages(pair: tuple[str, str] | None = None) -> list[Package]:
    """Every usable package on this machine, or those of a pair, best first; broken ones are logged and left out."""
    paths: list[Path] = []
    for folder in folders.installed_folders():
        with suppress(OSError):  # a folder that is not there, or that this account may not look into
            paths += sorted(path for path in folder.iterdir() if (path / "metadata.json").is_file())
    installed = list(_read_all(paths, FoundIn.INSTALLED, pair))
    # Sorting keeps the order of equals: of one version the first folder's comes first.
    installed.sort(key=lambda package: version_key(package.version), reverse=True)
    return [*installed, *_read_all([folders.EMBEDDED], FoundIn.EMBEDDED, pair)]


def read_package(path: Path, *, found: FoundIn = FoundIn.GIVEN) -> Package:
    """What a package folder or ``.argosmodel`` file says of itself; InputError when it is not a translation package."""
    with open_contents(path) as contents:
        return _package(path, contents, _metadata(path, contents), found)


def _read_all(paths: Iterable[Path], found: FoundIn, pair: tuple[str, str] | None) -> Iterator[Package]:
    """Read packages; those of another pair are passed over before the work of a fingerprint."""
    for path in paths:
        try:
            with open_contents(path) as contents:
                metadata = _metadata(path, contents)
                if pair in (None, (base_language(str(metadata["from_code"])), base_language(str(metadata["to_code"])))):
                    yield _package(path, contents, metadata, found)
        except AlignerError as error:
            _log.warning("package left out: %s", error)


def _package(path: Path, contents: Contents, metadata: Mapping[str, object], found: FoundIn) -> Package:
    source, target = str(metadata["from_code"]), str(metadata["to_code"])
    version = str(metadata.get("package_version", ""))
    files = path.rglob("*") if path.is_dir() else [path]
    # Anybody can write a package: what it says of its model is used within reason, and otherwise left aside.
    longest = metadata.get("longest_source")
    least = metadata.get("least_attention")
    return Package(
        path=path,
        source=source,
        target=target,
        version=version,
        name=f"translate-{source}_{target} {version}".strip(),
        fingerprint=_remembered_fingerprint(path, contents),
        size=sum(file.stat().st_size for file in files if file.is_file()),
        found=found,
        target_prefix=str(metadata.get("target_prefix") or ""),
        longest=min(max(longest, 8), LONGEST_ALLOWED) if isinstance(longest, int) and longest else DEFAULT_LONGEST,
        least_attention=float(least) if isinstance(least, float) and 0 < least < 1 else 0.0,
        readme=contents.read("README.md").decode("utf-8", "replace") if "README.md" in contents.names else "",
    )


def _metadata(path: Path, contents: Contents) -> dict[str, object]:
    """The package's metadata.json; InputError unless the package can translate."""
    # before the model is loaded: what is named is a file that people can look for
    missing = [n for n in ("metadata.json", "model/model.bin") if n not in contents.names]
    if not any(name in contents.names for name in TOKENIZERS):
        missing.append("sentencepiece.model")
    if missing:
        raise InputError(f"this is not an Argos translation package (no {missing[0]})", where=path)
    try:
        metadata = json.loads(contents.read("metadata.json").decode("utf-8"))
    except ValueError as error:
        raise InputError("the package's metadata.json is damaged", where=path) from error
    # the codes go into names of files and into messages
    codes = [metadata.get(key) for key in ("from_code", "to_code")] if isinstance(metadata, dict) else []
    if not codes or not all(isinstance(code, str) and re.fullmatch(r"[A-Za-z][\w-]{0,30}", code) for code in codes):
        raise InputError("the package's metadata.json does not name its two languages", where=path)
    return dict(metadata)


def _remembered_fingerprint(path: Path, contents: Contents) -> str:
    """The fingerprint, computed once and then remembered in the cache folder until a file's size or date changes."""
    # reading 80 MB for each command would take longer than to translate a sentence
    files = [path / n for n in shaping(contents)] if path.is_dir() else [path]
    stamps = [f"{f.name}:{(s := f.stat()).st_size}:{s.st_mtime_ns}" for f in files]
    key = hashlib.sha256("\n".join([str(path.resolve()), *stamps]).encode()).hexdigest()
    note = folders.cache_folder() / "fingerprints" / key
    with suppress(OSError, ValueError):
        if re.fullmatch("[0-9a-f]{64}", known := note.read_text("ascii")):
            return known
    computed = fingerprint(contents)
    try:
        folders.make_folder(note.parent)
        write_atomically(note, computed)
    except (AlignerError, OSError) as error:
        _log.debug("fingerprint not remembered: %s", error)
    return computed


def version_key(version: str) -> tuple[int, ...]:
    """Versions in order: 1.9 < 1.10."""
    return tuple(int(n) for n in re.findall(r"\d+", version))
