"""Whether a pinned package has a known vulnerability, by a copy of the Python Packaging Advisory Database.

    python tools/audit.py ADVISORIES requirements.lock requirements-dev.lock       (make audit ADVISORIES=FOLDER)

The database is a Git repository (https://github.com/pypa/advisory-database); ADVISORIES is a clone of it, or a bare
one. Nothing is asked of the network: what is checked, and against which state of the database, is printed. The exit
code is 1 where something is found, 2 where there is no database.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sbom import pinned


class Advisories:
    """A clone of the database, with a work tree or without."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = self._git("log", "-1", "--format=%h of %cs").strip()
        self._names = set(self._git("ls-tree", "-r", "--name-only", "HEAD", "vulns").splitlines())

    def of(self, package: str) -> Iterator[dict[str, Any]]:
        """The advisories about a package."""
        start = f"vulns/{re.sub(r'[-_.]+', '-', package).lower()}/"
        for name in sorted(self._names):
            if name.startswith(start):
                found = yaml.safe_load(self._git("show", f"HEAD:{name}"))
                if not found.get("withdrawn"):
                    yield found

    def __len__(self) -> int:
        return len(self._names)

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def concerns(advisory: dict[str, Any], package: str, version: str) -> bool:
    """Whether a version of a package is among those that an advisory is about."""
    for affected in advisory.get("affected", []):
        name = re.sub(r"[-_.]+", "-", affected.get("package", {}).get("name", "")).lower()
        if name != re.sub(r"[-_.]+", "-", package).lower():
            continue
        if version in affected.get("versions", []):
            return True
        if any(
            _within(span.get("events", []), version) for span in affected.get("ranges", []) if span["type"] != "GIT"
        ):
            return True
    return False


def _within(events: list[dict[str, str]], version: str) -> bool:
    """Whether a version lies between an event that brought a fault and the one that took it away (OSV)."""
    ours, inside = Version(version), False
    try:
        for event in events:
            if "introduced" in event:
                inside = inside or event["introduced"] == "0" or ours >= Version(event["introduced"])
            mended = "fixed" in event and ours >= Version(event["fixed"])
            if mended or ("last_affected" in event and ours > Version(event["last_affected"])):
                inside = False
    except InvalidVersion:
        return False
    return inside


def main(arguments: list[str]) -> int:
    """Check the locks."""
    folder, *locks = (Path(argument) for argument in arguments)
    try:
        advisories = Advisories(folder)
    except (OSError, subprocess.CalledProcessError):
        print(
            f"{folder}: there is no advisory database here, and the network is not asked: nothing was checked; "
            "get it with `git clone https://github.com/pypa/advisory-database`", file=sys.stderr
        )  # fmt: skip
        return 2
    found, packages = 0, 0
    for lock in locks:
        for package, version, _ in pinned(lock.read_text("utf-8")):
            packages += 1
            for advisory in advisories.of(package):
                if concerns(advisory, package, version):
                    found += 1
                    names = ", ".join([advisory["id"], *advisory.get("aliases", [])])
                    print(f"{lock.name}: {package} {version}: {names}")
    print(f"{packages} pinned packages, {len(advisories):,} advisories (state {advisories.state}): {found} found")
    return bool(found)


if __name__ == "__main__":
    if len(sys.argv) < 3 or not sys.argv[1]:
        sys.exit("say where the advisories are: make audit ADVISORIES=FOLDER")
    sys.exit(main(sys.argv[1:]))
