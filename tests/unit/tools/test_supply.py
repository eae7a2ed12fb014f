"""The bill of materials names everything that is pinned; the audit finds what the advisories are about."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ADVISORY = """\
id: PYSEC-2026-1
aliases: [CVE-2026-1]
affected:
- package: {name: Old.Thing, ecosystem: PyPI}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: "1.10"}]
"""


def tool(root: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, root / f"tools/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_names_all_that_is_pinned_with_its_hashes(root: Path) -> None:
    made = tool(root, "sbom").bill()
    lock = (root / "requirements.lock").read_text("utf-8")
    names = {f"{each['name']}=={each['version']}" for each in made["components"] if each["type"] == "library"}
    assert names == {line.split()[0] for line in lock.splitlines() if "==" in line}
    hashes = [each["value"] for component in made["components"] for each in component.get("properties", [])]
    assert len(hashes) == lock.count("--hash=sha256:")
    assert [each["name"] for each in made["components"] if each["type"] == "machine-learning-model"]
    assert {each["bom-ref"] for each in made["components"]} == set(made["dependencies"][0]["dependsOn"])


def test_the_same_lock_gives_the_same_bytes(root: Path) -> None:
    sbom = tool(root, "sbom")
    assert json.dumps(sbom.bill()) == json.dumps(sbom.bill())


@pytest.fixture
def advisories(tmp_path: Path) -> Path:
    folder = tmp_path / "advisories"
    (folder / "vulns/old-thing").mkdir(parents=True)
    (folder / "vulns/old-thing/PYSEC-2026-1.yaml").write_text(ADVISORY, encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "one"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(("version", "found"), [("1.9", True), ("1.10", False), ("0.1b2", True), ("2", False)])
def test_the_audit_finds_what_lies_before_the_mended_version(
    root: Path, advisories: Path, tmp_path: Path, version: str, found: bool
) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text(f"old_thing=={version} \\\n    --hash=sha256:{'0' * 64}\nnew==1\n", encoding="utf-8")
    command = [sys.executable, str(root / "tools/audit.py"), str(advisories), str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == found, done.stderr
    assert ("PYSEC-2026-1, CVE-2026-1" in done.stdout) == found
    assert "2 pinned packages, 1 advisories" in done.stdout


def test_without_a_database_nothing_is_claimed(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(root / "tools/audit.py"), str(tmp_path), str(root / "requirements.lock")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nothing was checked" in done.stderr
