"""`aligner diff` as a project manager uses it: after post-editing, between two versions, against a reference."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.store import read_bitext, write_bitext
from aligner.model import Status
from tests.end_to_end.conftest import Aligner

FRENCH = "Accord de coopération\n\nLa France et le Canada ont signé un accord. Le Conseil s'est réuni mardi.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A project that has been run."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "corpus/fr").mkdir(parents=True)
    (folder / "corpus/fr/lettre.txt").write_text(FRENCH, encoding="utf-8")
    aligner("run", folder=folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def test_post_editing_from_the_first_run_to_the_report(folder: Path, aligner: Aligner) -> None:
    shutil.copytree(folder / "corpus", folder / "before")
    done = aligner("diff", "--machine", folder=folder)
    assert "HTER" in done.stdout.splitlines()[0]
    assert done.stdout.splitlines()[2].split()[:4] == ["lettre", "3", "3", "0"]

    english = folder / "corpus/en/lettre.txt"
    text = english.read_text(encoding="utf-8")
    last = text.split(". ")[-1].strip()
    english.write_text(text.replace(last, "The Council met on Tuesday, at last."), encoding="utf-8")
    assert "changed since it was aligned" in aligner("diff", "--machine", folder=folder).stderr
    aligner("run", folder=folder)
    done = aligner("diff", "--machine", "lettre", "--json", folder=folder)
    values = json.loads(done.stdout)
    (changed,) = (sentence for sentence in values["sentences"] if sentence["outcome"] == "changed")
    assert (values["metric"], changed["old"], changed["new"]) == ("HTER", last, "The Council met on Tuesday, at last.")
    assert values["edits"] == changed["edits"] > 0

    done = aligner("diff", "--machine", folder=folder)
    assert done.stderr.endswith("review/diff.html\n")
    page = (folder / "review/diff.html").read_text(encoding="utf-8")
    assert 'href="lettre.html#' in page
    assert 'id="' + changed["place"] + '"' in (folder / "review/lettre.html").read_text(encoding="utf-8")
    aligner("diff", "--machine", folder=folder)
    assert (folder / "review/diff.html").read_text(encoding="utf-8") == page

    between = json.loads(aligner("diff", "before", "corpus", "--json", folder=folder).stdout)
    assert (between["metric"], between["segments"]["changed"], between["edits"]) == ("TER", 1, values["edits"])
    aligner("diff", "before", "corpus", "-o", "out/two.html", folder=folder)
    assert 'href="../review/lettre.html#' in (folder / "out/two.html").read_text(encoding="utf-8")


def test_where_the_machine_now_says_something_else_is_said(folder: Path, aligner: Aligner) -> None:
    path = folder / "corpus/bitext/lettre.fr-en.jsonl"
    bitext = read_bitext(path)
    accepted = replace(bitext.beads[1], status=Status.ACCEPTED, machine="France and Canada signed a deal.")
    write_bitext(path, replace(bitext, beads=(bitext.beads[0], accepted, *bitext.beads[2:])))
    done = aligner("diff", "--machine", folder=folder)
    sentence = "lettre: the machine now says something else than what was accepted or edited at 2.1"
    assert sentence in done.stdout.splitlines()
    page = (folder / "review/diff.html").read_text(encoding="utf-8")
    assert page.count('data-news=""') == 1
    assert "reviewed; the machine now says something else" in page


def test_a_corpus_and_the_memory_made_from_it_are_the_same(folder: Path, aligner: Aligner) -> None:
    values = json.loads(aligner("diff", "corpus", "tmx/lettre.fr-en.tmx", "--json", folder=folder).stdout)
    assert values["segments"] == {"all": 3, "changed": 0, "added": 0, "removed": 0, "unchanged": 3}


def test_machine_translation_against_a_reference(tmp_path: Path, aligner: Aligner) -> None:
    (tmp_path / "mt.en").write_text("The cat sat.\nIt rain.\n", encoding="utf-8")
    (tmp_path / "ref.en").write_text("The cat sat.\nIt rains hard.\n", encoding="utf-8")
    done = aligner("diff", "mt.en", "ref.en", "--order", "document", "--only-changed", folder=tmp_path)
    assert done.stdout.splitlines()[2].split() == ["ref", "2", "1", "1", "0", "0", "−1", "+2", "33.3", "68.1"]
    assert "1 sentence that did not change is not shown" in (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert done.stderr == "aligner: the report is in diff.html\n"


def test_scores_are_those_of_evaluate(tmp_path: Path, aligner: Aligner) -> None:
    hypotheses = ["Yes, it is.", "The council met in Geneva today.", "Same."]
    references = ["Yes it is.", "Today the council met in Bern.", "Same."]
    for name, lines in (("a.en", hypotheses), ("b.en", references)):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    diff = json.loads(aligner("diff", "a.en", "b.en", "--json", folder=tmp_path).stdout)
    scores = json.loads(aligner("evaluate", "a.en", "b.en", "--bootstrap", "0", "--json", folder=tmp_path).stdout)
    by_name = {score["name"]: score for score in scores["scores"]}
    assert diff["ter"] == pytest.approx(by_name["TER"]["score"], abs=0.005)
    assert diff["chrf2"] == pytest.approx(by_name["chrF2"]["score"], abs=0.005)
    assert diff["signatures"] == {name: by_name[name]["signature"] for name in ("TER", "chrF2")}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "aligner: two versions are needed, not 0; name two files or folders, or use --machine"),
        (["a.en"], "aligner: two versions are needed, not 1;"),
        (["a.en", "none.en"], "aligner: none.en: there is no such file or folder; check the name"),
        (["a.en", "."], "aligner: .: there are neither aligned pairs nor .txt files in this folder"),
        (["a.en", "a.en", "-o", "a.en"], "aligner: a.en: the result would overwrite the source"),
        (["--machine"], "aligner: corpus/bitext: there are no aligned pairs"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str], said: str, tmp_path: Path, aligner: Aligner) -> None:
    (tmp_path / "a.en").write_text("One.\n", encoding="utf-8")
    done = aligner("diff", *arguments, folder=tmp_path, code=2)
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.en"]


def test_a_document_called_diff_keeps_its_page(folder: Path, aligner: Aligner) -> None:
    (folder / "corpus/fr/lettre.txt").rename(folder / "corpus/fr/diff.txt")
    aligner("run", folder=folder)
    page = (folder / "review/diff.html").read_bytes()
    done = aligner("diff", "--machine", "diff", folder=folder)
    assert done.stderr == "aligner: the report is in diff.html\n"
    assert (folder / "review/diff.html").read_bytes() == page
