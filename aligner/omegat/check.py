"""Whether OmegaT would find our units: its own segments of a text against the memories that we would give it.

    documents ──write_project──▶ OmegaT project ──OmegaT, without its window──▶ its segments ──compare──▶ Coverage

A CAT tool inserts a unit only where its own segment is exactly the unit's source. So OmegaT itself is asked how it cuts
each text (its mode that writes a pseudo-translated memory), nothing is assumed. Start reading at `match_rates`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.corpus.store import Project
from aligner.errors import EnvironmentProblem
from aligner.formats import WriteOptions
from aligner.formats.tmx.read import TmxFile
from aligner.omegat.project import DEFAULTS, memory_files, write_project
from aligner.text import Srx

VARIABLE = "OMEGAT_JAR"
"""The environment variable that names ``OmegaT.jar``."""
_PLACES = (
    "/usr/share/omegat/OmegaT.jar",
    "/opt/omegat/OmegaT.jar",
    "/Applications/OmegaT.app/Contents/Java/OmegaT.jar",
)
_LONGEST = 600
"""Seconds that OmegaT may take for a document."""


@dataclass(frozen=True, slots=True)
class MatchRate:
    """How many of OmegaT's segments of one document are the source of a unit."""

    document: str
    segments: int
    """Different segments, as OmegaT cuts them."""
    missing: tuple[str, ...]
    """Those that no unit has."""

    @property
    def found(self) -> int:
        """Segments that are the source of a unit."""
        return self.segments - len(self.missing)


def match_rates(
    project: Project, documents: Sequence[str], *, rules: Srx, options: WriteOptions = DEFAULTS
) -> Iterator[MatchRate]:
    """Yield what OmegaT finds of each document, in a project made of it alone; nothing of the corpus is changed.

    Raises EnvironmentProblem where OmegaT or Java is not installed, InputError where a text is not the one aligned.
    """
    command = _command()
    for document in documents:
        with tempfile.TemporaryDirectory(prefix="aligner-omegat-") as folder:
            home = Path(folder) / "project"
            write_project(project, [document], home, rules=rules, options=options)
            units = {source for path in memory_files(project, home) for source in _sources(path)}
            segments = dict.fromkeys(_sources(_segments(command, home)))
            yield MatchRate(document, len(segments), tuple(each for each in segments if each not in units))


def _command() -> list[str]:
    """How OmegaT is started; EnvironmentProblem when it cannot be."""
    named, launcher = os.environ.get(VARIABLE), shutil.which("omegat")
    # Whoever names one wants that one: another version may cut differently.
    candidates = [Path(path) for path in (_PLACES if named is None else [named])]
    if named is None and launcher:
        candidates.append(Path(launcher).resolve().parent / "OmegaT.jar")
    jar = next((path for path in candidates if path.is_file()), None)
    java = shutil.which("java")
    if jar is None or java is None:
        missing = "OmegaT" if jar is None else "Java, which OmegaT needs,"
        hint = f"install it (Debian: apt install omegat), or name its OmegaT.jar in the variable {VARIABLE}"
        raise EnvironmentProblem(f"{missing} is not installed", hint=hint)
    return [java, "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-jar", str(jar)]


def _segments(command: Sequence[str], home: Path) -> Path:
    """Have OmegaT write its segments of a project as a memory; its file."""
    file = home.parent / "segments.tmx"
    # A pseudo-translated memory has every segment as OmegaT cuts it; "equal" leaves the texts as they are. The settings
    # of the user's own OmegaT could bring other rules, so it gets an empty folder for them.
    modes = ("--mode=console-createpseudotranslatetmx", f"--pseudotranslatetmx={file}", "--pseudotranslatetype=equal")
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user installed, no shell
            [*command, str(home), f"--config-dir={home.parent / 'settings'}", *modes],
            capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=_LONGEST,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentProblem(f"OmegaT could not be run ({error})") from error
    if not file.is_file():
        said = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
        raise EnvironmentProblem(f"OmegaT did not say how it cuts the text: {said or 'it said nothing'}")
    return file


def _sources(path: Path) -> Iterator[str]:
    """The source texts of a memory's units."""
    with path.open("rb") as stream:
        for unit in TmxFile(stream):
            if unit.variants:
                yield unicodedata.normalize("NFC", unit.variants[0].text)
