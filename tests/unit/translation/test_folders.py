"""Argos Translate's folders, found without importing it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from aligner.translation.packages.folders import cache_folder, installed_folders, package_index

ARGOS = "from argostranslate import settings as s; print(*s.package_dirs, s.remote_package_index, sep='\\n')"


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], **{k: v.format(home=home) for k, v in more.items()}}


@pytest.mark.skipif(not find_spec("argostranslate"), reason="argostranslate is not installed")
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"XDG_DATA_HOME": "{home}/data"},
        {"ARGOS_PACKAGES_DIR": "{home}/own"},
        {"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/"},
        {"SNAP": "{home}/snap", "SNAP_USER_DATA": "{home}/snapdata"},
        {"XDG_CONFIG_HOME": "{home}/configured"},
    ],
)
def test_the_folders_are_those_of_argos_translate(tmp_path: Path, more: dict[str, str]) -> None:
    (tmp_path / "configured" / "argos-translate").mkdir(parents=True)
    settings = {"ARGOS_PACKAGES_DIR": str(tmp_path / "from-settings")}
    (tmp_path / "configured" / "argos-translate" / "settings.json").write_text(json.dumps(settings))
    (tmp_path / "snap" / "snap_custom" / "packages").mkdir(parents=True)
    (tmp_path / "snap" / "snap_custom" / "content_snap_packages" / "one").mkdir(parents=True)
    env = environment(tmp_path, **more)
    result = subprocess.run([sys.executable, "-c", ARGOS], env=env, capture_output=True, text=True, check=True)
    *folders, index = result.stdout.splitlines()
    assert [str(folder) for folder in installed_folders(env)] == folders
    assert package_index(env) == index


def test_looking_creates_nothing(tmp_path: Path) -> None:
    installed_folders(environment(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["[]", "{broken", '{"ARGOS_PACKAGES_DIR": 3}'])
def test_damaged_settings_are_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / ".config" / "argos-translate").mkdir(parents=True)
    (tmp_path / ".config" / "argos-translate" / "settings.json").write_text(text)
    assert installed_folders(environment(tmp_path)) == [tmp_path / ".local/share/argos-translate/packages"]


def test_the_cache_may_be_put_elsewhere(tmp_path: Path) -> None:
    assert cache_folder({"ALIGNER_CACHE": str(tmp_path)}) == tmp_path
    assert cache_folder({}).name == "aligner"
