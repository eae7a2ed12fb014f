"""What aligner is made of, as a software bill of materials: CycloneDX 1.5, JSON.

    python tools/sbom.py > dist/aligner.cdx.json        (make sbom)

Components are the packages of ``requirements.lock`` with the hashes that pip demands, and the translation model that
comes with aligner. Licences are those that the installed packages state. The same lock gives the same bytes: the
serial number is made of the content, and there is no date unless SOURCE_DATE_EPOCH gives one.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "aligner/translation/data/translate-fr_en.argosmodel"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Component = dict[str, Any]


def pinned(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """The packages of a lock: name, version, SHA-256 of each file that may be installed."""
    found = list(PINNED.finditer(lock))
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(lock)
        yield match[1], match[2], HASH.findall(lock[match.end() : end])


def bill() -> Component:
    """The whole bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    components = [_library(*each) for each in pinned(lock)] + [_model()]
    dates = {}
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        dates = {"timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
    digest = hashlib.sha256(json.dumps([project["version"], components]).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            **dates,
            "component": {
                "type": "application", "bom-ref": root, "name": project["name"], "version": project["version"],
                "purl": root, "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [each["bom-ref"] for each in components]}],
    }  # fmt: skip


def _library(name: str, version: str, hashes: list[str]) -> Component:
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
    licence = _licence(name)
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
        **({"licenses": [{"license": {"name": licence}}]} if licence else {}),
        # A package has a file for each kind of machine: which of them is installed, the lock leaves open.
        "properties": [{"name": "aligner:sha256", "value": value} for value in hashes],
    }  # fmt: skip


def _licence(name: str) -> str:
    """The licence that an installed package states, in its own words; empty where it does not, or is not there."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License")
    ]
    stated = told.get("License-Expression") or (told.get("License") or "").strip().partition("\n")[0]
    return stated if 0 < len(stated) < 80 and stated != "UNKNOWN" else ", ".join(classifiers)


def _model() -> Component:
    digest = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    return {
        "type": "machine-learning-model", "bom-ref": MODEL.stem, "name": MODEL.stem, "version": digest[:12],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
