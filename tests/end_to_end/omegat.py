"""A real CAT tool, driven without its window: Debian's OmegaT 3.6."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree

JAR = Path("/usr/share/omegat/OmegaT.jar")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def need() -> None:
    """Skip the test where OmegaT is not installed."""
    if not JAR.is_file():
        pytest.skip("OmegaT is not installed (apt-get install omegat)")


def omegat(project: Path, *options: str | Path) -> str:
    """Run OmegaT on a project; what it says. The test is skipped where OmegaT is not installed."""
    need()
    command: list[str | Path] = ["java", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-jar", JAR, project]
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


def work(project: Path, edits: Mapping[str, str], *, by: str, date: str) -> Path:
    """Save translations as a translator's work, as OmegaT does; the memory ``*-omegat.tmx`` that OmegaT then writes."""
    attributes = f'changeid="{by}" changedate="{date}" creationid="{by}" creationdate="{date}"'
    units = "".join(
        f'<tu><tuv lang="FR"><seg>{escape(source)}</seg></tuv>'
        f'<tuv lang="EN" {attributes}><seg>{escape(target)}</seg></tuv></tu>'
        for source, target in edits.items()
    )
    header = '<header creationtool="OmegaT" creationtoolversion="3.6.0" segtype="sentence" o-tmf="OmegaT TMX"'
    (project / "omegat/project_save.tmx").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1">'
        f'{header} adminlang="EN-US" srclang="FR" datatype="plaintext"/><body>{units}</body></tmx>',
        encoding="utf-8",
    )
    translate(project)
    return project / f"{project.name}-omegat.tmx"
