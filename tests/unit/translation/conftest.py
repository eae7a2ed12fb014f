"""Argos packages for the tests: the embedded one, and variations of it made on the spot."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from aligner.translation import ArgosTranslator, TranslateOptions, find_package, open_translator
from aligner.translation.packages.folders import EMBEDDED

Pack = Callable[..., Path]


@pytest.fixture(scope="session")
def package_files() -> Mapping[str, bytes]:
    """The files of the embedded package by name."""
    with zipfile.ZipFile(EMBEDDED) as archive:
        return {info.filename.split("/", 1)[1]: archive.read(info) for info in archive.infolist() if not info.is_dir()}


@pytest.fixture
def pack(tmp_path: Path, package_files: Mapping[str, bytes]) -> Pack:
    """Make an .argosmodel file like the embedded one, with other metadata, files or folder name.

    A file given as None is left out.
    """

    def make(name: str = "made", *, root: str = "translate-fr_en", **changes: object) -> Path:
        files = dict(package_files)
        replaced = changes.pop("files", {})
        assert isinstance(replaced, dict)
        metadata = {**json.loads(files["metadata.json"]), **changes}
        files["metadata.json"] = json.dumps(metadata).encode()
        files.update(replaced)
        path = tmp_path / f"{name}.argosmodel"
        with zipfile.ZipFile(path, "w") as archive:
            for file, data in files.items():
                if data is not None:
                    archive.writestr(f"{root}/{file}", data)
        return path

    return make


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: no packages installed, an empty cache."""
    folder = tmp_path / "home"
    folder.mkdir()
    for variable in ("SNAP", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture(scope="session")
def translator(tmp_path_factory: pytest.TempPathFactory) -> ArgosTranslator:
    """The embedded package, loaded once for all tests that look at renderings."""
    return open_translator(find_package("fr", "en", model=EMBEDDED), options=TranslateOptions(beam=1, threads=1))
