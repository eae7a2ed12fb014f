"""The way from one language to another: a package for the pair, or two of them with English between.

Start reading at `find_route`.
"""

from __future__ import annotations

from pathlib import Path

from aligner.errors import EnvironmentProblem, InputError
from aligner.languages.tags import base_language
from aligner.model import Languages
from aligner.translation.packages.package import Package, list_packages, read_package

PIVOT = "en"
"""Most Argos packages translate from or into English."""

Route = tuple[Package, ...]
"""One package, or two to be used one after the other."""


def find_route(languages: Languages, *, model: Path | None = None) -> Route:
    """The packages that lead from one language to the other: a single one where there is one.

    A `model` given is the whole way or one half of it. Raises InputError when it is neither, EnvironmentProblem, which
    names what is missing, when there is no way.
    """
    source, target = languages
    start, end = base_language(source), base_language(target)
    if start == end:
        raise InputError(f"there is nothing to translate from {source} into {target}")
    given = read_package(model) if model else None
    direct = [given] if given else list_packages((start, end))
    direct = [package for package in direct if _pair(package) == (start, end)]
    if direct:
        return (direct[0],)
    # Other pivots are not looked for: nearly all packages lead from or into English (decision 30).
    halves = [] if PIVOT in (start, end) else [(start, PIVOT), (PIVOT, end)]
    if given and _pair(given) not in halves:
        raise InputError(
            f"this package translates {given.source} → {given.target}, not {source} → {target}", where=given.path
        )
    found = [given if given and _pair(given) == half else next(iter(list_packages(half)), None) for half in halves]
    route = tuple(package for package in found if package)
    if not halves or len(route) < len(halves):
        missing = [half for half, package in zip(halves, found, strict=True) if not package]
        what = f"there is no translation model for {source} → {target} on this machine"
        if missing:
            what += f", and of the way through English {' and '.join(f'{a} → {b}' for a, b in missing)} is missing"
        # One package at a time: where both halves are missing the same error names the second one next time.
        first, second = missing[0] if missing else (start, end)
        raise EnvironmentProblem(
            what,
            hint=f"run 'aligner model install {first} {second}' where there is a network, "
            "or 'aligner model install FILE.argosmodel'",
        )
    return route


def _pair(package: Package) -> tuple[str, str]:
    return base_language(package.source), base_language(package.target)
