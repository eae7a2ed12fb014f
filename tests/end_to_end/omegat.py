"""A real CAT tool, driven without its window: Debian's OmegaT 3.6."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

import pytest
from lxml import etree

JAR = Path("/usr/share/omegat/OmegaT.jar")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def omegat(project: Path, *options: str | Path) -> str:
    """Run OmegaT on a project; what it says. The test is skipped where OmegaT is not installed."""
    if not JAR.is_file():
        pytest.skip("OmegaT is not installed (apt-get install omegat)")
    command = ["java", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-jar", JAR, project]
    settings = project.parent / "omegat-settings"
    done = subprocess.run(
        [*command, f"--config-dir={settings}", *options], capture_output=True, encoding="utf-8", check=False
    )
    log = done.stdout + done.stderr
    assert not any(
        word in log for word in ("TF_TM_LOAD_ERROR", "XMLStreamException", "SEVERE", "TMXR_WARNING", "TMXR_ERROR")
    ), log
    return log


def segments(project: Path) -> list[str]:
    """The segments into which OmegaT cuts the texts of a project, repeated ones once."""
    file = project.parent / "segments.tmx"
    omegat(
        project,
        "--mode=console-createpseudotranslatetmx",
        f"--pseudotranslatetmx={file}",
        "--pseudotranslatetype=equal",
    )
    return list(units(file))


def translate(project: Path) -> dict[str, str]:
    """Have OmegaT write the translated texts and its own memories; the pairs of the memory ``*-omegat.tmx``."""
    omegat(project, "--mode=console-translate")
    return units(project / f"{project.name}-omegat.tmx")


def units(file: Path) -> dict[str, str]:
    """The pairs of a TMX file, French to English."""
    found = {}
    for unit in etree.parse(str(file), etree.XMLParser(load_dtd=False)).iter("tu"):
        texts = {
            (v.get(LANGUAGE) or v.get("lang") or "")[:2].lower(): v.findtext("seg") or "" for v in unit.iter("tuv")
        }
        found[unicodedata.normalize("NFC", texts["fr"])] = texts.get("en", "")
    return found
