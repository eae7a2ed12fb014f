"""Downloading an Argos package: the only use aligner makes of a network.

The index of packages says where the newest one for a pair is; it is fetched into the cache folder, then installed like
any other file. The index is the official one of Argos Translate, or the one that ``ARGOS_PACKAGE_INDEX`` names.
(`aligner.translation.packages.transfer` is imported late: the standard library's HTTP client takes time to load.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import EnvironmentProblem, InputError
from aligner.translation.interface import Progress
from aligner.translation.packages import folders
from aligner.translation.packages.install import install_package
from aligner.translation.packages.package import Package, version_key

_MOST_INDEX_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A package in the index."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]
    sha256: str = ""
    """Empty when the index does not give it."""
    size: int = 0
    """Bytes; 0 when the index does not give it."""


def download_package(source: str, target: str, *, progress: Progress | None = None) -> Package:
    """Fetch the newest package for a pair and install it.

    `progress` is told the bytes that have come and the bytes in all. Raises EnvironmentProblem when there is no
    network or the transfer breaks off (the next call goes on with it), InputError when the index has no such package
    or what came is not a good one. Then nothing is installed.
    """
    offer = find_offer(source, target)
    file = _fetch_any(offer, progress)
    try:
        return install_package(file, source=offer.source, target=offer.target)
    finally:
        file.unlink(missing_ok=True)


def find_offer(source: str, target: str) -> Offer:
    """The newest package for a pair in the index; InputError when it has none."""
    from aligner.translation.packages.transfer import read_all

    address = folders.package_index()
    try:
        entries = json.loads(read_all(address, most_bytes=_MOST_INDEX_BYTES))
    except ValueError as error:
        raise EnvironmentProblem("this is not an index of packages", where=address) from error
    # An entry that is not one is passed over: it must not hide the other packages.
    offers = [_offer(entry) for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    fitting = [offer for offer in offers if (offer.source, offer.target) == (source, target) and offer.links]
    if not fitting:
        raise InputError(f"the index has no package for {source} → {target}", where=address)
    return max(fitting, key=lambda offer: version_key(offer.version))


def _offer(entry: Mapping[str, object]) -> Offer:
    """An entry of the index, read with care; links that are not http(s) are left out."""
    links, size = entry.get("links"), entry.get("size")
    return Offer(
        source=str(entry.get("from_code") or ""),
        target=str(entry.get("to_code") or ""),
        version=str(entry.get("package_version") or ""),
        links=tuple(str(x) for x in links if re.match("https?://", str(x))) if isinstance(links, list) else (),
        sha256=str(entry.get("sha256") or ""),
        size=size if isinstance(size, int) else 0,
    )


def _fetch_any(offer: Offer, progress: Progress | None) -> Path:
    """Fetch a package from the first of its links that works."""
    from aligner.translation.packages.transfer import fetch

    # The name comes from the network: nothing of it may lead out of the folder.
    stem = re.sub(r"[^\w-]+", "_", f"translate-{offer.source}_{offer.target}-{offer.version}", flags=re.ASCII)
    file = folders.cache_folder() / "downloads" / f"{stem}.argosmodel"
    # The links lead to copies of one file; only when the last one fails there is something to say.
    for link in offer.links:
        try:
            fetch(link, file, sha256=offer.sha256, size=offer.size, progress=progress)
        except EnvironmentProblem:
            if link == offer.links[-1]:
                raise
        else:
            return file
    raise AssertionError("an offer has at least one link")
