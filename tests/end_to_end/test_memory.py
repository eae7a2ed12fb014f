"""Translation memories in a run, with the real model: reused, shown, remembered, changed, imported, interrupted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.end_to_end.conftest import ENVIRONMENT, Aligner
from tests.end_to_end.test_run import beads, snapshot

NOTE = "Le Conseil de sécurité s’est réuni mardi. Il a adopté 3 résolutions.\n"
OTHER = "Il a adopté 3 résolutions. Les débats ont duré deux jours. Merci beaucoup.\n"
UNITS = {
    "u1": ("Le Conseil de sécurité s'est réuni mardi.", "The Security Council convened on Tuesday."),
    "u2": ("Il a adopté 5 résolutions.", "It passed 5 resolutions."),
}


def write_memory(path: Path, units: dict[str, tuple[str, str]], **attributes: str) -> Path:
    """Write a TMX file as another tool would."""
    facts = "".join(f' {name}="{value}"' for name, value in attributes.items())
    body = "".join(
        f'<tu tuid="{name}"><tuv xml:lang="fr-CA"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en-US"{facts}><seg>{target}</seg></tuv></tu>'
        for name, (source, target) in units.items()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="other" creationtoolversion="1" '
        'segtype="sentence" o-tmf="other" adminlang="en" srclang="fr" datatype="plaintext"/>'
        f"<body>{body}</body></tmx>",
        encoding="utf-8",
    )
    return path


def header(folder: Path, document: str) -> dict[str, Any]:
    """The header line of a bitext file."""
    text = (folder / "corpus/bitext" / f"{document}.fr-en.jsonl").read_text(encoding="utf-8")
    fields: dict[str, Any] = json.loads(text.splitlines()[0])
    return fields


def english(folder: Path, document: str) -> str:
    return (folder / "corpus/en" / f"{document}.txt").read_text(encoding="utf-8")


def accept(folder: Path, document: str, number: int) -> None:
    """Accept a bead, as a reviewer does."""
    path = folder / "corpus/bitext" / f"{document}.fr-en.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    fields = json.loads(lines[number + 1]) | {"status": "accepted", "by": "Anna", "changed": "2026-01-05T00:00:00Z"}
    lines[number + 1] = json.dumps(fields, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """Two documents, run once with a memory beside the corpus."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in (("note", NOTE), ("other", OTHER)):
        path = folder / "corpus/fr" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_memory(folder / "tm.tmx", UNITS, changeid="Anna", changedate="20250101T000000Z")
    aligner("run", "--memory", "tm.tmx", folder=folder)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def test_an_exact_match_is_reused_and_says_where_it_is_from(made: Path) -> None:
    first, second = beads(made, "note")
    assert english(made, "note").startswith("The Security Council convened on Tuesday. ")
    assert (first["origin"], first["status"], first["machine"]) == ("memory", "draft", None)
    assert first["match"] == {
        "score": 100, "memory": "tm.tmx", "unit": "u1", "source": UNITS["u1"][0], "target": UNITS["u1"][1],
        "note": "typed differently",
    }  # fmt: skip
    assert second["origin"] == "mt"


def test_a_fuzzy_match_is_on_the_bead_and_in_the_exports(made: Path, aligner: Aligner) -> None:
    match = beads(made, "note")[1]["match"]
    assert isinstance(match, dict)
    assert (match["score"], match["unit"], match["target"]) == (83, "u2", "It passed 5 resolutions.")
    assert header(made, "note")["provenance"]["memory"].startswith("tm.tmx ")
    aligner("export", "note", "--format", "xliff", "-o", "x", folder=made)
    tree = etree.parse(made / "x/note.fr-en.xlf")
    found = [a for a in tree.iter("{*}alt-trans") if a.get("match-quality")]
    assert [(a.get("match-quality"), a.get("origin")) for a in found] == [("100%", "tm.tmx"), ("83%", "tm.tmx")]
    tmx = (made / "tmx/note.fr-en.tmx").read_text(encoding="utf-8")
    assert '<prop type="x-match-score">83</prop><' in tmx.replace("\n", "")
    page = (made / "review/note.html").read_text(encoding="utf-8")
    assert "It passed 5 resolutions." in page
    assert "tm.tmx" in page


def test_a_second_run_with_the_same_memory_does_nothing(project: Path, aligner: Aligner) -> None:
    before = snapshot(project)
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "Nothing to do: all 2 documents are up to date" in done.stdout
    shutil.rmtree(project / ".aligner/memory")
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "Nothing to do" in done.stdout
    assert snapshot(project) == before


def test_the_same_input_gives_the_same_bytes(made: Path, tmp_path: Path, aligner: Aligner) -> None:
    shutil.copytree(made / "corpus/fr", tmp_path / "corpus/fr")
    shutil.copy(made / "tm.tmx", tmp_path)
    aligner("run", "--memory", "tm.tmx", folder=tmp_path)
    shutil.rmtree(made / "x", ignore_errors=True)
    assert snapshot(tmp_path) == snapshot(made)


def test_a_changed_memory_changes_only_what_it_speaks_about(project: Path, aligner: Aligner) -> None:
    write_memory(project / "tm.tmx", {**UNITS, "u3": ("Merci beaucoup.", "Many thanks.")})
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "1 translated, 1 unchanged" in done.stdout
    assert "0 segments translated by the model" in done.stdout
    assert english(project, "other").endswith(" Many thanks.\n")


def test_without_the_memory_the_machine_speaks_again(project: Path, aligner: Aligner) -> None:
    aligner("run", "--no-memory", folder=project)
    assert {bead["origin"] for bead in beads(project, "note")} == {"mt"}
    assert not any("match" in bead for bead in beads(project, "note"))
    assert "memory" not in header(project, "note")["provenance"]["signature"]


def test_reviewed_pairs_are_a_memory_for_other_documents_only(project: Path, aligner: Aligner) -> None:
    accept(project, "note", 1)
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "1 translated, 1 unchanged" in done.stdout
    first = beads(project, "other")[0]
    match = first["match"]
    assert isinstance(match, dict)
    assert (first["origin"], match["memory"], match["unit"]) == ("memory", "corpus", "note:1.2")
    assert beads(project, "note")[1]["origin"] == "mt"
    assert "Nothing to do" in aligner("run", "--memory", "tm.tmx", folder=project).stdout
    accept(project, "other", 0)
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "2 unchanged" in done.stdout  # but for the exports of what was accepted
    assert beads(project, "note")[1]["origin"] == "mt"


def test_what_was_accepted_stays_when_everything_is_done_again(project: Path, aligner: Aligner) -> None:
    accept(project, "other", 1)
    before = beads(project, "other")[1]
    aligner("run", "--memory", "tm.tmx", "--beam", "4", "--force", folder=project)
    after = beads(project, "other")[1]
    assert {name: after[name] for name in ("target", "origin", "status", "by", "machine")} == {
        name: before[name] for name in ("target", "origin", "status", "by", "machine")
    }


def test_a_persons_english_is_never_overwritten_and_keeps_what_came_from_memory(
    project: Path, aligner: Aligner
) -> None:
    path = project / "corpus/en/note.txt"
    text = UNITS["u1"][1] + " It adopted three resolutions.\n"
    path.write_text(text, encoding="utf-8")
    kept = {"u1": UNITS["u1"], "u2": ("Il a adopté 3 résolutions.", "It passed 3 resolutions.")}
    write_memory(project / "tm.tmx", kept)
    aligner("run", "--memory", "tm.tmx", folder=project)
    assert path.read_text(encoding="utf-8") == text
    first, second = beads(project, "note")
    assert (first["origin"], second["origin"], second["status"]) == ("memory", "human", "edited")
    found = beads(project, "other")[0]["match"]
    assert isinstance(found, dict)
    assert found["target"] == "It adopted three resolutions."  # reviewed, so before the memory's
    assert "Nothing to do" in aligner("run", "--memory", "tm.tmx", folder=project).stdout


def test_a_translation_by_a_person_is_a_memory_for_other_documents(project: Path, aligner: Aligner) -> None:
    (project / "corpus/fr/human.txt").write_text("Merci beaucoup. Les débats ont repris.\n", encoding="utf-8")
    (project / "corpus/en/human.txt").write_text("Much obliged. The debates went on.\n", encoding="utf-8")
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "1 translated, 1 aligned to an English text of your own, 1 unchanged" in done.stdout
    last = beads(project, "other")[2]
    match = last["match"]
    assert isinstance(match, dict)
    assert (last["origin"], match["memory"], match["unit"]) == ("memory", "aligned", "human:1.1")
    assert english(project, "other").endswith(" Much obliged.\n")
    assert "match" not in beads(project, "human")[0]
    assert "Nothing to do" in aligner("run", "--memory", "tm.tmx", folder=project).stdout
    found = aligner("memory", "search", "Merci beaucoup.", folder=project)
    assert found.stdout.startswith("100 %  aligned human:1.1\n")


def test_import_search_stats_export(project: Path, tmp_path: Path, aligner: Aligner) -> None:
    source = write_memory(tmp_path / "tm/eu.tmx", {**UNITS, "u9": ("", "Nothing."), "u8": ("Oui.", "Yes.")})
    done = aligner("memory", "import", source, folder=project)
    assert "eu.tmx: 3 units; left out: 1 without both languages; wrote corpus/memory/eu.tmx" in done.stderr
    assert "a variant without text was left out" in done.stderr
    assert "replaced" in aligner("memory", "import", source.parent, folder=project).stderr
    found = json.loads(aligner("memory", "search", "Il a adopté 9 résolutions.", "-f", "json", folder=project).stdout)
    assert [(each["score"], each["memory"], each["unit"]) for each in found["found"]] == [(83, "memory", "u2")]
    text = aligner("memory", "search", "--min-score", "100", folder=project, text="Oui.\nNon.\n")
    assert "100 %  memory u8" in text.stdout
    assert "nothing that is 100 % like it among 3 units: Non." in text.stderr
    assert "memory  " in aligner("memory", "stats", folder=project).stdout
    aligner("memory", "export", "-o", "one.tmx", folder=project)
    aligner("memory", "export", "-o", "two.tmx", folder=project)
    data = (project / "one.tmx").read_bytes()
    assert data == (project / "two.tmx").read_bytes()
    assert data.count(b"<tu ") == 3
    aligner("run", folder=project)
    match = beads(project, "note")[0]["match"]
    assert isinstance(match, dict)
    assert match["memory"] == "memory"


def test_translate_takes_from_memory(made: Path, tmp_path: Path, aligner: Aligner) -> None:
    text = "Merci.\n" + NOTE[:42].rstrip()
    done = aligner("translate", "--lines", "--memory", made / "tm.tmx", folder=tmp_path, text=text)
    assert done.stdout.splitlines()[1] == UNITS["u1"][1]
    assert "taken from memories: 1 from tm.tmx" in done.stderr
    again = aligner("translate", "--lines", "--memory", made / "tm.tmx", "--no-memory", folder=tmp_path, text=NOTE[:42])
    assert again.stdout.strip() != UNITS["u1"][1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not xml", "not well-formed XML"),
        ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx>&x;</tmx>', "defines entities"),
        ("<html/>", "this is not a TMX file"),
        ("<tmx version='1.4'><header/><body><tu>", "not well-formed XML"),
    ],
)
def test_a_bad_memory_is_one_sentence_and_leaves_nothing(
    project: Path, aligner: Aligner, content: str, said: str
) -> None:
    (project / "bad.tmx").write_text(content, encoding="utf-8")
    before = snapshot(project)
    for command in (("run", "--memory"), ("memory", "import"), ("memory", "search", "x", "--memory")):
        done = aligner(*command, "bad.tmx", folder=project, code=2)
        assert said in done.stderr
        assert "bad.tmx" in done.stderr
    assert snapshot(project) == before


def test_a_memory_that_is_not_there_is_one_sentence(project: Path, aligner: Aligner) -> None:
    assert "there is no such memory" in aligner("run", "--memory", "no.tmx", folder=project, code=2).stderr
    (project / "empty").mkdir()
    assert "no TMX file in this folder" in aligner("run", "--memory", "empty", folder=project, code=2).stderr


def test_two_processes_build_the_same_index_at_once(tmp_path: Path) -> None:
    text = "Phrase numéro 77 du texte."
    units = {f"u{n}": (f"Phrase numéro {n} du texte.", f"Sentence {n}.") for n in range(20_000)}
    memory = write_memory(tmp_path / "large.tmx", units)
    command = [sys.executable, "-m", "aligner", "memory", "search", text, "--memory", str(memory)]
    environment = {**ENVIRONMENT, "ALIGNER_CACHE": str(tmp_path / "cache")}

    def search(seed: int) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env={**environment, "PYTHONHASHSEED": str(seed)}, capture_output=True, check=True
        )
        return done.stdout.decode()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(search, (1, 2))
    assert first == second
    assert first.startswith("100 %  large.tmx u77\n")
    assert [path.suffix for path in (tmp_path / "cache/memory").iterdir()] == [".index"]


def test_a_damaged_index_is_made_anew(project: Path, aligner: Aligner) -> None:
    (index,) = (project / ".aligner/memory").glob("tmx-*.index")
    index.write_bytes(index.read_bytes()[:200])
    done = aligner("run", "--memory", "tm.tmx", folder=project)
    assert "index of a memory is damaged" in done.stderr
    assert "Nothing to do" in done.stdout
