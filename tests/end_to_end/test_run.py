"""The whole job with the real model, on a small corpus: made, idle, changed, edited, broken, stopped."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.corpus.store import open_project
from aligner.editing import OpenDocument
from aligner.editing.edits import Before, SetStatus, SetText
from aligner.model import Status
from tests.ctrl_c import LISTENING
from tests.end_to_end.conftest import ENVIRONMENT, Aligner

LETTER = """\
Accord de coopération

La France et le Canada ont signé un accord. Le texte entre en vigueur le 1er mars 2024.
M. Dupont a remercié les deux ministres.

Envoyer ce lien à un ami
"""
NOTE = "Le Conseil de sécurité s'est réuni mardi. Il a adopté 3 résolutions.\n"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".aligner" not in path.parts
    }


def beads(folder: Path, document: str) -> list[dict[str, object]]:
    """The bead lines of a bitext file."""
    lines = (folder / "corpus/bitext" / f"{document}.fr-en.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A project that has been run once."""
    folder = tmp_path_factory.mktemp("project")
    sources = folder / "corpus/fr"
    sources.mkdir(parents=True)
    (sources / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (sources / "lettre.toml").write_text('title = "Accord de coopération"\ndate = "2024-03-01"\n', encoding="utf-8")
    (sources / "note.txt").write_text(NOTE, encoding="utf-8")
    aligner("run", folder=folder)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of that project, caches included, to change."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def test_a_run_makes_everything(made: Path) -> None:
    files = set(snapshot(made))
    assert files >= {
        "corpus/en/lettre.txt", "corpus/en/note.txt",
        "corpus/bitext/lettre.fr-en.jsonl", "corpus/bitext/note.fr-en.jsonl",
        "tmx/lettre.fr-en.tmx", "tmx/note.fr-en.tmx", "tei/lettre.xml", "tei/note.xml",
        "review/lettre.html", "review/note.html", "review/index.html", "review/search.js",
    }  # fmt: skip
    english = (made / "corpus/en/lettre.txt").read_text(encoding="utf-8")
    assert english.count("\n\n") == 1
    assert "2024" in english
    assert "Envoyer" not in english


def test_boilerplate_is_marked_and_kept_out(made: Path) -> None:
    marked = [bead for bead in beads(made, "lettre") if bead["kind"] == "excluded"]
    assert [bead["source"][0]["text"] for bead in marked] == ["Envoyer ce lien à un ami"]  # type: ignore[index]
    assert marked[0]["source"][0]["rule"]  # type: ignore[index]
    assert "Envoyer" not in (made / "tmx/lettre.fr-en.tmx").read_text(encoding="utf-8")


def test_a_second_run_does_nothing_and_says_so(project: Path, aligner: Aligner) -> None:
    before = snapshot(project)
    done = aligner("run", folder=project)
    assert "Nothing to do: all 2 documents are up to date" in done.stdout
    assert snapshot(project) == before


def test_the_same_input_gives_the_same_bytes(made: Path, tmp_path: Path, aligner: Aligner) -> None:
    shutil.copytree(made / "corpus/fr", tmp_path / "corpus/fr")
    aligner("run", folder=tmp_path)
    assert snapshot(tmp_path) == snapshot(made)


def test_losing_the_caches_loses_nothing(project: Path, aligner: Aligner) -> None:
    before = snapshot(project)
    shutil.rmtree(project / ".aligner")
    (project / "tmx/note.fr-en.tmx").unlink()
    aligner("run", folder=project)
    assert snapshot(project) == before


def test_a_changed_sentence_is_translated_alone(project: Path, aligner: Aligner) -> None:
    path = project / "corpus/fr/note.txt"
    path.write_text(NOTE.replace("3 résolutions", "4 résolutions"), encoding="utf-8")
    done = aligner("run", folder=project)
    assert "1 translated, 1 unchanged" in done.stdout
    assert "1 segment translated by the model, 1 reused" in done.stdout
    assert "4" in (project / "corpus/en/note.txt").read_text(encoding="utf-8")


def test_an_edited_english_text_is_aligned_and_never_overwritten(project: Path, aligner: Aligner) -> None:
    path = project / "corpus/en/note.txt"
    first, _, _ = path.read_text(encoding="utf-8").partition(". ")
    edited = f"{first}. It adopted three resolutions.\n"
    path.write_text(edited, encoding="utf-8")
    done = aligner("run", folder=project)
    assert "1 renewed around your own work" in done.stdout
    found = beads(project, "note")
    assert [(bead["origin"], bead["status"]) for bead in found] == [("mt", "draft"), ("human", "edited")]
    assert found[1]["machine"] != found[1]["target"][0]["text"]  # type: ignore[index]

    source = project / "corpus/fr/note.txt"
    source.write_text(NOTE + "Le débat continue.\n", encoding="utf-8")
    aligner("run", folder=project)
    last = beads(project, "note")[-1]
    assert (last["origin"], last["status"], last["kind"]) == ("mt", "draft", "constructed")
    [added] = last["target"]  # type: ignore[misc]
    assert path.read_text(encoding="utf-8") == f"{edited}{added['text']}\n"


def test_a_human_translation_is_aligned_from_the_start(tmp_path: Path, aligner: Aligner) -> None:
    for language, text in (("fr", NOTE), ("en", "The Security Council met on Tuesday. It adopted 3 resolutions.\n")):
        (tmp_path / "corpus" / language).mkdir(parents=True)
        (tmp_path / "corpus" / language / "note.txt").write_text(text, encoding="utf-8")
    aligner("run", folder=tmp_path)
    assert [(b["origin"], b["status"], b["type"]) for b in beads(tmp_path, "note")] == [("human", "draft", "1-1")] * 2
    assert "The Security Council met on Tuesday." in (tmp_path / "tmx/note.fr-en.tmx").read_text(encoding="utf-8")


def test_a_human_translation_in_the_place_of_the_machine_s_is_no_review(project: Path, aligner: Aligner) -> None:
    english = "A Deal to Work Together\n\nOttawa and Paris now have a deal. From March 1, 2024, it applies.\n"
    thanks = "Mr. Dupont expressed his gratitude to both ministers.\n"
    (project / "corpus/en/lettre.txt").write_text(english + thanks, encoding="utf-8")
    for change in ("gratitude", "heartfelt thanks"):
        (project / "corpus/en/lettre.txt").write_text(english + thanks.replace("gratitude", change), encoding="utf-8")
        aligner("run", folder=project)
        found = [bead for bead in beads(project, "lettre") if bead["kind"] != "excluded"]
        assert {(bead["kind"], bead["origin"], bead["status"]) for bead in found} == {("aligned", "human", "draft")}
    aligner("export", "lettre", "--reviewed", "--min-status", "edited", "-o", "reviewed", folder=project)
    assert "<tu " not in (project / "reviewed/lettre.fr-en.tmx").read_text(encoding="utf-8")
    done = aligner("diff", "--machine", "lettre", "--json", folder=project)
    assert json.loads(done.stdout)["metric"] == "TER"


def test_a_gap_in_a_persons_english_is_said_until_it_is_filled_or_accepted(project: Path, aligner: Aligner) -> None:
    path = project / "corpus/en/note.txt"
    path.write_text(path.read_text(encoding="utf-8").partition(". ")[0] + ".\n", encoding="utf-8")
    for state in ("1 renewed", "Nothing to do"):
        done = aligner("run", folder=project)
        assert state in done.stdout
        assert done.stderr == (
            "aligner: note: your English has nothing for 1 of its segments (1.2): "
            "in `aligner review`, `e` and *Machine text* puts the machine's there, `a` accepts the gap\n"
        )
    opened, machine = OpenDocument(open_project(project / "corpus"), "note"), str(beads(project, "note")[1]["machine"])
    accepted = SetStatus(bead="1.2", before=Before("", Status.DRAFT), status=Status.ACCEPTED)
    for edit in (accepted, SetText(bead="1.2", before=Before("", Status.ACCEPTED), text=machine)):
        assert not opened.apply([edit], by="ada").refused
        assert aligner("run", folder=project).stderr == ""
    assert machine in path.read_text(encoding="utf-8")


GREETING = """\
Madame la Directrice,
Je serai à Genève du 4 au 7 juin.
Veuillez agréer, Madame la Directrice, l'expression de mes sentiments distingués.
Jean Tremblay
"""


def test_a_new_sentence_does_not_part_what_belongs_together(tmp_path: Path, aligner: Aligner) -> None:
    english = "Dear Madam,\nI will be in Geneva from June 4 to 7.\nYours faithfully,\nJean Tremblay\n"
    for language, text in (("fr", GREETING), ("en", english)):
        (tmp_path / "corpus" / language).mkdir(parents=True)
        (tmp_path / "corpus" / language / "lettre.txt").write_text(text, encoding="utf-8")
    aligner("run", folder=tmp_path)
    before = beads(tmp_path, "lettre")
    assert [bead["type"] for bead in before] == ["1-1"] * 4

    news = "Je voyagerai avec une collègue, Mme Ana Ruiz."
    source, target = tmp_path / "corpus/fr/lettre.txt", tmp_path / "corpus/en/lettre.txt"
    source.write_text(GREETING.replace("Veuillez", f"{news}\nVeuillez"), encoding="utf-8")
    aligner("run", folder=tmp_path)
    after = beads(tmp_path, "lettre")
    assert [bead["type"] for bead in after] == ["1-1", "1-1", "1-0", "1-1", "1-1"]
    assert [bead["confidence"] for bead in after if bead["target"]] == [bead["confidence"] for bead in before]

    target.write_text(english.replace("Yours", "A colleague, Ms. Ana Ruiz, will be with me.\nYours"), encoding="utf-8")
    aligner("run", folder=tmp_path)
    assert [bead["type"] for bead in beads(tmp_path, "lettre")] == ["1-1"] * 5


def test_what_nobody_edited_keeps_the_estimate_of_its_quality(project: Path, aligner: Aligner) -> None:
    drafted = beads(project, "note")
    path = project / "corpus/en/note.txt"
    path.write_text(
        f"{path.read_text(encoding='utf-8').partition('. ')[0]}. It took three decisions.\n", encoding="utf-8"
    )
    for choice in ((), ("--force",)):
        aligner("run", *choice, folder=project)
        found = beads(project, "note")
        assert found[0] == drafted[0]
        assert (found[1]["kind"], found[1]["origin"]) == ("aligned", "human")


def test_a_sentence_that_a_person_struck_out_stays_out(project: Path, aligner: Aligner) -> None:
    path, source = project / "corpus/en/note.txt", project / "corpus/fr/note.txt"
    shorter = path.read_text(encoding="utf-8").partition(". ")[0] + ".\n"
    path.write_text(shorter, encoding="utf-8")
    for text in (NOTE, NOTE + "Le débat continue.\n"):
        source.write_text(text, encoding="utf-8")
        assert "1 renewed around your own work" in aligner("run", folder=project).stdout
        assert path.read_text(encoding="utf-8").startswith(shorter)
        assert beads(project, "note")[1]["target"] == []


def test_a_persons_sentence_is_theirs_also_where_the_machine_says_the_same(tmp_path: Path, aligner: Aligner) -> None:
    for language, text in (("fr", "Article 2\n" + NOTE), ("en", "Article 2\nThe Council met. It took 3 decisions.\n")):
        (tmp_path / "corpus" / language).mkdir(parents=True)
        (tmp_path / "corpus" / language / "note.txt").write_text(text, encoding="utf-8")
    for choice in ((), ("--force",)):
        aligner("run", *choice, folder=tmp_path)
        found = beads(tmp_path, "note")
        assert (found[0]["machine"], found[0]["origin"]) == ("Article 2", "human")
        assert [(bead["origin"], bead.get("flags", [])) for bead in found] == [("human", [])] * 3


def test_one_bad_document_does_not_stop_the_others(project: Path, aligner: Aligner) -> None:
    sources = project / "corpus/fr"
    (sources / "binaire.txt").write_bytes(bytes(range(256)) * 40)
    (sources / "vide.txt").write_text("  \n", encoding="utf-8")
    (sources / "ligne.txt").write_text("Une phrase simple. " * 60 + "\n", encoding="utf-8")
    done = aligner("run", folder=project, code=2)
    assert "binaire.txt: this is not" in done.stderr
    assert "vide.txt: the document is empty" in done.stderr
    assert (project / "corpus/en/ligne.txt").read_text(encoding="utf-8").strip()
    assert not (project / "corpus/en/vide.txt").exists()


def test_another_encoding_is_read_and_the_guess_is_said(project: Path, aligner: Aligner) -> None:
    (project / "corpus/fr/latin.txt").write_bytes(
        "Le traité a été signé à l’étranger. C’était l’été.\n".encode("cp1252")
    )
    done = aligner("run", folder=project)
    assert "latin: not UTF-8: read as cp1252" in done.stderr


def test_a_missing_or_empty_folder_is_explained(tmp_path: Path, aligner: Aligner) -> None:
    done = aligner("run", folder=tmp_path, code=2)
    assert done.stderr.startswith("aligner: corpus/fr: there is no such folder; put documents in corpus/fr: text, ")
    (tmp_path / "corpus/fr").mkdir(parents=True)
    done = aligner("run", folder=tmp_path, code=2)
    assert done.stderr.startswith("aligner: corpus/fr: there is no document in this folder")


def test_no_model_for_the_pair_is_explained(project: Path, aligner: Aligner) -> None:
    (project / "corpus/de").mkdir()
    (project / "corpus/de/a.txt").write_text("Guten Tag.\n", encoding="utf-8")
    done = aligner("run", "--source", "de", folder=project, code=3)
    assert "aligner model install" in done.stderr


def test_a_corrupt_model_is_explained(project: Path, aligner: Aligner) -> None:
    (project / "bad.argosmodel").write_bytes(b"PK\x03\x04 not really")
    done = aligner("run", "--model", "bad.argosmodel", folder=project, code=2)
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT as a terminal does")
@pytest.mark.slow
def test_ctrl_c_leaves_every_file_whole_and_the_next_run_goes_on(tmp_path: Path, root: Path, aligner: Aligner) -> None:
    sources = tmp_path / "corpus/fr"
    shutil.copytree(root / "corpus/fr", sources)
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", "run"], cwd=tmp_path, env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **LISTENING,
    )  # fmt: skip
    cache = tmp_path / ".aligner/translations.sqlite"
    deadline = time.monotonic() + 120
    while not cache.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert "Traceback" not in stderr
    assert process.returncode in {0, 130}  # 0: a very fast machine had finished
    if process.returncode == 130:
        assert "run the same command to go on" in stderr
    assert not list(tmp_path.rglob("*.tmp"))

    aligner("run", folder=tmp_path)
    assert len(list((tmp_path / "tmx").glob("*.tmx"))) == 5
    done = aligner("run", folder=tmp_path)
    assert "Nothing to do" in done.stdout


def test_a_damaged_bitext_stops_only_its_own_document(project: Path, aligner: Aligner) -> None:
    path = project / "corpus/bitext/note.fr-en.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    (project / "corpus/fr/neuf.txt").write_text("Un texte nouveau.\n", encoding="utf-8")
    done = aligner("run", folder=project, code=2)
    assert "note.fr-en.jsonl" in done.stderr
    index = (project / "review/index.html").read_text(encoding="utf-8")
    assert "neuf.html" in index
    assert "note.html" not in index
    path.unlink()
    done = aligner("run", folder=project)
    assert "1 translated, 2 unchanged" in done.stdout


def test_our_own_english_stays_ours_when_the_bitext_could_not_follow(project: Path, aligner: Aligner) -> None:
    source = project / "corpus/fr/note.txt"
    source.write_text(NOTE.replace("mardi", "jeudi"), encoding="utf-8")
    before = (project / "corpus/bitext/note.fr-en.jsonl").read_bytes()
    aligner("run", folder=project)
    (project / "corpus/bitext/note.fr-en.jsonl").write_bytes(before)  # as if the run had been killed in between
    source.write_text(NOTE.replace("mardi", "samedi"), encoding="utf-8")
    done = aligner("run", folder=project)
    assert "1 translated, 1 unchanged" in done.stdout


def test_an_export_that_someone_emptied_is_made_again(project: Path, aligner: Aligner) -> None:
    path = project / "tmx/note.fr-en.tmx"
    whole = path.read_bytes()
    path.write_bytes(b"")
    aligner("run", folder=project)
    assert path.read_bytes() == whole


def test_names_that_are_no_ids(tmp_path: Path, aligner: Aligner) -> None:
    for language, text in (("fr", "Le traité est signé."), ("en", "The treaty is signed.")):
        (tmp_path / "corpus" / language).mkdir(parents=True)
        (tmp_path / "corpus" / language / "Été & paix.txt").write_text(text + "\n", encoding="utf-8")
    for name in ("Été, paix.txt", "index.txt"):
        (tmp_path / "corpus/fr" / name).write_text("Autre texte.\n", encoding="utf-8")
    done = aligner("run", folder=tmp_path, code=2)
    assert "another document has the same id" in done.stderr
    assert "cannot be called 'index'" in done.stderr
    assert [p.name for p in (tmp_path / "corpus/en").iterdir()] == ["Été & paix.txt"]
    assert "The treaty is signed." in (tmp_path / "tmx/Été-paix.fr-en.tmx").read_text(encoding="utf-8")


def test_two_machine_sentences_merged_by_hand_count_as_edited(project: Path, aligner: Aligner) -> None:
    path = project / "corpus/en/note.txt"
    path.write_text("The Security Council met on Tuesday and adopted 3 resolutions.\n", encoding="utf-8")
    aligner("run", folder=project)
    assert [(b["type"], b["status"]) for b in beads(project, "note")] == [("2-1", "edited")]
    aligner("export", "note", "--reviewed", "-o", "reviewed", folder=project)
    assert "<tu " in (project / "reviewed/note.fr-en.tmx").read_text(encoding="utf-8")
