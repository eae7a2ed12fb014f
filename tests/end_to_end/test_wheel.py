"""A wheel built from the tree holds everything and works from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built in a copy of the tree so that the tree stays clean."""
    pytest.importorskip("setuptools", reason="building a wheel needs setuptools")
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    shutil.copytree(root / "aligner", tree / "aligner", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, tree)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, tree]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_rules_templates_and_model(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    endings = (".srx", "boilerplate.toml", ".argosmodel", "page.html", ".css", "py.typed", "LICENSE", "LICENSE.MPL-2.0")
    for ending in endings:
        assert any(name.endswith(ending) for name in names), ending
    assert not [name for name in names if name.startswith(("tests", "corpus", "training", "benchmarks"))]


def test_the_wheel_asks_for_nothing_heavy(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(n for n in archive.namelist() if n.endswith("METADATA"))).decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert required
    assert not [line for line in required if any(h in line for h in ("argostranslate", "torch", "stanza", "spacy"))]


def test_the_unpacked_wheel_does_the_whole_job(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    zipfile.ZipFile(wheel).extractall(site)
    (work / "corpus/fr").mkdir(parents=True)
    (work / "corpus/fr/a.txt").write_text("Le Conseil s'est réuni mardi. Il a adopté trois textes.\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    where = [sys.executable, "-c", "import aligner; print(aligner.__file__)"]
    found = subprocess.run(where, cwd=work, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(site))
    subprocess.run([sys.executable, "-m", "aligner", "run"], cwd=work, env=environment, check=True, capture_output=True)
    assert (work / "tei/a.xml").exists()
    assert (work / "review/index.html").exists()


@pytest.mark.skipif(os.name != "posix", reason="the wheel is built by a shell script")
def test_the_same_tree_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    made = []
    for number, mask in enumerate((0o022, 0o077)):
        tree = tmp_path / f"tree-{number}"
        shutil.copytree(root / "aligner", tree / "aligner", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(root / "tools", tree / "tools")
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, tree)
        for path in tree.rglob("*.py"):  # another checkout has other dates
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": str(number + 1)}
        command = ["sh", "tools/wheel.sh", str(tmp_path / f"dist-{number}"), sys.executable]
        subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True, umask=mask)
        [wheel] = (tmp_path / f"dist-{number}").glob("*.whl")
        made.append(wheel.read_bytes())
    assert made[0] == made[1]
