"""Where Argos packages live on this machine, and where aligner may cache things.

The rules are those of ``argostranslate.settings`` (environment, then its ``settings.json``, then the XDG folders, with
the special case of a snap). They are read here and not imported because importing that module creates folders in the
user's home, fails where the home is read-only, and because argostranslate need not be installed at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

EMBEDDED = Path(__file__).parent.parent / "data" / "translate-fr_en.argosmodel"
"""The package that comes with aligner: one file, loaded without unpacking it."""


def installed_folders(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """The folders in which Argos Translate looks for packages; the first one receives new packages."""
    own = _setting("ARGOS_PACKAGES_DIR", environment)
    folders = [Path(own) if own else _argos_folder("XDG_DATA_HOME", ".local/share", environment) / "packages"]
    # In a snap Argos Translate also has the packages that other snaps bring along.
    if snap := environment.get("SNAP"):
        custom = Path(snap) / "snap_custom"
        content = custom / "content_snap_packages"
        folders += [custom / "packages", *(sorted(content.iterdir()) if content.is_dir() else [])]
    return folders


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for things that may be deleted at any time: ``ALIGNER_CACHE``, or the platform's usual place."""
    if own := environment.get("ALIGNER_CACHE"):
        return Path(own)
    import platformdirs

    return Path(platformdirs.user_cache_dir("aligner", appauthor=False))


def make_folder(folder: Path) -> None:
    """Make a folder, with its parents: in the account's folder for caches so that nobody else may look into it."""
    own = cache_folder().absolute()
    # `parents=True` would give the mode to the last folder only, and the texts are in files below the first.
    missing = [each for each in (folder.absolute(), *folder.absolute().parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700 if each.is_relative_to(own) else 0o777, exist_ok=True)


def _argos_folder(variable: str, below_home: str, environment: Mapping[str, str]) -> Path:
    """Argos Translate's own folder of one XDG kind."""
    if parent := environment.get(variable):
        return Path(parent) / "argos-translate"
    snap = environment.get("SNAP_USER_DATA") if "SNAP" in environment else None
    home = Path(snap) if snap else Path(environment.get("HOME") or Path.home())
    return home / below_home / "argos-translate"


def _setting(name: str, environment: Mapping[str, str]) -> str | None:
    """A setting of Argos Translate: from the environment, else from its settings.json."""
    if name in environment:
        return environment[name]
    try:
        text = (_argos_folder("XDG_CONFIG_HOME", ".config", environment) / "settings.json").read_text("utf-8")
        value = json.loads(text).get(name)
    except (OSError, ValueError, AttributeError):  # no such file, or not an object in JSON
        return None
    return value if isinstance(value, str) else None


def package_index(environment: Mapping[str, str] = os.environ) -> str:
    """The address of the official index of Argos packages, or the one the user has set."""
    base = (
        _setting("ARGOS_PACKAGE_INDEX", environment)
        or "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
    )
    return base.rstrip("/") + "/index.json"
