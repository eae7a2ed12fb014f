"""A translator's work comes back: from the command, and from a real OmegaT, there and back twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end import omegat
from tests.end_to_end.conftest import Aligner

FRENCH = """\
Accord de coopération

La France et le Canada ont signé un accord. M. Dupont a remercié les deux ministres.
Envoyer ce lien à un ami
Le Conseil s'est réuni mardi.
"""
FIRST = "La France et le Canada ont signé un accord."
LAST = "Le Conseil s'est réuni mardi."


@pytest.fixture
def folder(tmp_path: Path, aligner: Aligner) -> Path:
    """A project that has been run, with its OmegaT project."""
    (tmp_path / "corpus/fr").mkdir(parents=True)
    (tmp_path / "corpus/fr/lettre.txt").write_text(FRENCH, encoding="utf-8")
    aligner("run", folder=tmp_path)
    aligner("export", "--format", "omegat-project", folder=tmp_path)
    return tmp_path


def english(folder: Path) -> list[str]:
    return (folder / "corpus/en/lettre.txt").read_text(encoding="utf-8").split("\n")


def beads(folder: Path) -> dict[str, dict[str, str]]:
    """Status, origin, name and date of every bead by its source text."""
    lines = (folder / "corpus/bitext/lettre.fr-en.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    found = [json.loads(line) for line in lines]
    return {bead["source"][0]["text"]: bead for bead in found}


def test_edits_come_back_and_the_next_run_leaves_them_alone(folder: Path, aligner: Aligner) -> None:
    before = english(folder)
    memory = folder / "tmx/lettre.fr-en.tmx"
    ours = before[-2]
    edited = memory.read_text(encoding="utf-8").replace(f"<seg>{ours}</seg>", "<seg>The Council met.</seg>")
    (folder / "back.tmx").write_text(edited, encoding="utf-8")
    planned = aligner("import", "back.tmx", "--dry-run", folder=folder)
    assert "1 edited, 0 accepted or remarked on, 0 conflicts (nothing was written)" in planned.stdout
    assert english(folder) == before
    done = aligner("import", "back.tmx", folder=folder)
    assert "lettre         1         0" in done.stdout
    assert english(folder) == [*before[:-2], "The Council met.", ""]
    assert "Nothing to do: the document is up to date" in aligner("run", folder=folder).stdout
    assert "The Council met." in (folder / "tei/lettre.xml").read_text(encoding="utf-8")

    (folder / "corpus/fr/lettre.txt").write_text(FRENCH + "Le débat continue.\n", encoding="utf-8")
    assert "1 renewed around your own work" in aligner("run", folder=folder).stdout
    assert english(folder) == [*before[:-2], "The Council met.", "The debate continues.", ""]


def test_conflicts_are_listed_and_end_with_code_1(folder: Path, aligner: Aligner) -> None:
    memory = (folder / "tmx/lettre.fr-en.tmx").read_text(encoding="utf-8")
    back = folder / "back.tmx"
    back.write_text(memory.replace(LAST, "Autre chose."), encoding="utf-8")
    done = aligner("import", "back.tmx", folder=folder)
    assert done.stdout == (
        "4 units read: 0 edited, 0 accepted or remarked on, 0 conflicts.\nLeft alone: 4 untouched.\n"
    )
    edited = back.read_text(encoding="utf-8").replace(f"<seg>{english(folder)[-2]}</seg>", "<seg>Something else.</seg>")
    back.write_text(edited, encoding="utf-8")
    done = aligner("import", "back.tmx", folder=folder, code=1)
    reason = "no pair of 'lettre' has exactly this source text any more: "
    assert reason in done.stderr
    assert "\n  source: Autre chose.\n  file:   Something else.\n" in done.stderr
    assert "1 conflict.\nLeft alone: 3 untouched.\n" in done.stdout
    done = aligner("import", "none.tmx", folder=folder, code=2)
    assert done.stderr == "aligner: none.tmx: there is no such file; check the name\n"


def test_what_a_machine_wrote_is_named_and_names_are_taken(folder: Path, aligner: Aligner) -> None:
    aligner("export", "--format", "xliff", folder=folder)
    path = folder / "xliff/lettre.fr-en.xlf"
    text, ours = path.read_text(encoding="utf-8"), english(folder)[-2]
    assert f">{ours}</target>" in text
    path.write_text(text.replace(f">{ours}</target>", ">The Council met.</target>"), encoding="utf-8")
    done = aligner("import", path, folder=folder)
    assert "Left alone: 3 untouched, 1 put there by a machine or a memory and confirmed by nobody." in done.stdout
    assert "if a person wrote it, import the file with --edited, or approve it in your tool" in done.stderr
    approved = path.read_text(encoding="utf-8").replace(
        'state="needs-review-translation" state-qualifier="leveraged-mt">The Council met.',
        'state="final">The Council met.',
    )
    path.write_text(approved, encoding="utf-8")
    done = aligner("import", path, "--by", "Ada L.", folder=folder)
    assert done.stdout.endswith(
        "4 units read: 1 edited, 0 accepted or remarked on, 0 conflicts.\nLeft alone: 3 untouched.\n"
    )
    assert [beads(folder)[LAST][key] for key in ("status", "origin", "by")] == ["edited", "human", "Ada L."]


@pytest.mark.slow
def test_what_omegat_writes_comes_back_twice(folder: Path, aligner: Aligner) -> None:
    project, before, heading = folder / "omegat", english(folder), "Accord de coopération"
    work = {FIRST: "France and Canada have come to terms.", heading: before[0]}
    back = omegat.work(project, work, by="jroe", date="20990101T100000Z")
    done = aligner("import", back, folder=folder)
    assert "1 edited, 1 accepted or remarked on, 0 conflicts" in done.stdout
    after = english(folder)
    assert after[2].startswith("France and Canada have come to terms. ")
    assert [*after[:2], *after[3:]] == [*before[:2], *before[3:]]
    found = beads(folder)
    assert [found[FIRST][key] for key in ("status", "origin", "by", "changed")] == [
        "edited", "human", "jroe", "2099-01-01T10:00:00Z",
    ]  # fmt: skip
    assert [found[heading][key] for key in ("status", "origin", "by")] == ["accepted", "mt", "jroe"]
    assert "Nothing to do" in aligner("run", folder=folder).stdout
    aligner("import", back, folder=folder)
    assert english(folder) == after

    aligner("export", "--format", "omegat-project", folder=folder)
    assert set(omegat.units(project / "tm/auto/aligner.fr-en.tmx")) == {FIRST, heading}
    work[FIRST] = "An agreement was signed by France and Canada."
    done = aligner("import", omegat.work(project, work, by="ada", date="20990201T100000Z"), folder=folder)
    assert "1 edited, 0 accepted or remarked on, 0 conflicts" in done.stdout
    assert english(folder)[2].startswith("An agreement was signed by France and Canada. ")
    assert beads(folder)[FIRST]["by"] == "ada"


REPEATED = "Le bail est signé. Voir plus bas. La clé manque.\n\nLe loyer est dû. Voir plus bas. Tout est dit.\n"
HEADER = (
    '<header creationtool="OmegaT" creationtoolversion="3.6.0" segtype="sentence" o-tmf="OmegaT TMX" adminlang="EN-US" '
    'srclang="FR" datatype="plaintext"/>'
)


@pytest.mark.slow
def test_alternatives_of_omegat_come_back_where_omegat_put_them(tmp_path: Path, aligner: Aligner) -> None:
    (tmp_path / "corpus/fr").mkdir(parents=True)
    (tmp_path / "corpus/fr/note.txt").write_text(REPEATED, encoding="utf-8")
    aligner("run", folder=tmp_path)
    aligner("export", "--format", "omegat-project", folder=tmp_path)
    project = tmp_path / "omegat"
    who = 'changeid="bob" changedate="20280102T101010Z" creationid="bob" creationdate="20280102T101010Z"'

    def unit(target: str, props: str = "") -> str:
        source = "<tuv lang='FR'><seg>Voir plus bas.</seg></tuv>"
        return f"<tu>{props}{source}<tuv lang='EN' {who}><seg>{target}</seg></tuv></tu>"

    key = {"file": "note.txt", "prev": "Le loyer est dû.", "next": "Tout est dit."}
    props = "".join(f'<prop type="{name}">{value}</prop>' for name, value in key.items())
    body = f"<!-- Default translations -->{unit('See below.')}<!-- Alternative translations -->"
    body += unit("Look further down.", props)
    (project / "omegat/project_save.tmx").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><tmx version="1.1">{HEADER}<body>{body}</body></tmx>', encoding="utf-8"
    )
    omegat.omegat(project, "--mode=console-translate")
    # where OmegaT itself uses each of them
    translated = (project / "target/note.txt").read_text(encoding="utf-8")
    assert "See below. La clé" in translated
    assert "Look further down. Tout" in translated
    for file in ("omegat-omegat.tmx", "omegat/project_save.tmx"):
        done = aligner("import", project / file, folder=tmp_path)
        assert "0 conflicts" in done.stdout
    first, second = (tmp_path / "corpus/en/note.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert "See below." in first
    assert "Look further down." in second
