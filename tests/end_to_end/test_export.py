"""``aligner export`` on the project's own corpus: every option, as a user gives it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from aligner.formats import FORMATS
from aligner.formats.tei.read import read as read_tei
from tests.end_to_end.conftest import Aligner, run_aligner
from tests.unit.formats.citation import bare, resolve
from tests.unit.formats.tei_rules import broken

DOCUMENT = "2024-09-11-brics-securite"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The project's corpus with its bitexts, as a run makes them."""
    made = tmp_path_factory.mktemp("export")
    shutil.copytree(root / "corpus/fr", made / "corpus/fr")
    shutil.copy(root / "corpus/glossary.tsv", made / "corpus")
    run_aligner("run", folder=made)
    return made


def tree(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes(), etree.XMLParser(load_dtd=False))


def test_a_tmx_as_trados_wants_it(folder: Path, aligner: Aligner) -> None:
    aligner("export", DOCUMENT, "--locale", "fr-FR,en-GB", "--no-tuid", "-o", "trados", folder=folder)
    made = tree(folder / f"trados/{DOCUMENT}.fr-en.tmx")
    assert {variant.get(LANGUAGE) for variant in made.iter("tuv")} == {"fr-FR", "en-GB"}
    assert made.xpath("count(//tu)") > 10
    assert made.xpath("count(//tu/@tuid)") == 0


def test_what_trados_would_not_take_is_said(folder: Path, aligner: Aligner) -> None:
    done = aligner("export", "--check", "trados", folder=folder, code=1)
    assert done.stderr.splitlines() == [
        "aligner: Trados wants languages with a region, not fr and en: write --locale fr-FR,en-GB"
    ]
    done = aligner("export", "--check", "trados", "--locale", "fr-FR,en-GB", folder=folder)
    assert "Trados takes all units" in done.stdout


def test_a_unit_a_paragraph(folder: Path, aligner: Aligner) -> None:
    aligner("export", DOCUMENT, "--paragraphs", "-o", "paragraphs", folder=folder)
    made = tree(folder / f"paragraphs/{DOCUMENT}.fr-en.tmx")
    assert made.xpath("string(header/@segtype)") == "paragraph"
    lines = {line.strip() for line in (folder / f"corpus/fr/{DOCUMENT}.txt").read_text(encoding="utf-8").splitlines()}
    sources = [unit.findtext("tuv/seg") for unit in made.iter("tu")]
    assert sources
    assert set(sources) <= lines


def test_only_what_was_reviewed(folder: Path, aligner: Aligner) -> None:
    for number, status in enumerate(("draft", "accepted", "edited")):
        aligner("export", "--min-status", status, "--one-file", "-o", f"status{number}", folder=folder)
    counts = [tree(folder / f"status{k}/corpus.fr-en.tmx").xpath("count(//tu)") for k in range(3)]
    assert counts[0] > 150
    assert counts == sorted(counts, reverse=True)


def test_all_documents_as_one_tei_corpus(folder: Path, aligner: Aligner) -> None:
    done = aligner("export", "--format", "tei", "--one-file", folder=folder)
    assert "wrote 5 documents" in done.stderr
    path = folder / "tei/corpus.xml"
    root = tree(path)
    assert list(broken(root)) == []
    with path.open("rb") as stream:
        bitexts = list(read_tei(stream))
    assert len(bitexts) == 5
    again = io.BytesIO()
    FORMATS["tei"].write(bitexts, again)
    assert again.getvalue() == path.read_bytes()


@pytest.mark.slow
def test_the_corpus_and_the_three_files_are_valid(folder: Path, aligner: Aligner, schemas: Path) -> None:
    if shutil.which("jing") is None:
        pytest.skip("jing is not installed (apt-get install jing)")
    aligner("export", "--format", "tei", "--one-file", "-o", "valid", folder=folder)
    aligner("export", "--format", "tei", "--split", "-o", "valid", folder=folder)
    files = sorted((folder / "valid").glob("*.xml"))
    assert len(files) == 1 + 3 * 5
    schema = schemas / "tei_all.rng"
    done = subprocess.run(["jing", schema, *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_sentence_of_every_document_can_be_cited(folder: Path, aligner: Aligner) -> None:
    aligner("export", "--format", "tei", "-o", "cited", folder=folder)
    for path in sorted((folder / "cited").glob("*.xml")):
        with path.open("rb") as stream:
            (bitext,) = read_tei(stream)
        root = bare(path.read_bytes())
        for side in (bitext.source, bitext.target):
            for segment in side.segments:
                assert resolve(root, f"{side.language}:{segment.locator}") == segment.text


def test_an_edition_in_three_files(folder: Path, aligner: Aligner) -> None:
    aligner("export", DOCUMENT, "--format", "tei", "--split", "-o", "edition", folder=folder)
    assert sorted(path.name for path in (folder / "edition").iterdir()) == [
        f"{DOCUMENT}.en.xml", f"{DOCUMENT}.fr-en.xml", f"{DOCUMENT}.fr.xml",
    ]  # fmt: skip
    done = aligner("export", "--split", "-o", "edition", folder=folder, code=2)
    assert "only TEI can be split" in done.stderr


def test_every_format_can_be_exported_and_read(folder: Path, aligner: Aligner) -> None:
    for row in FORMATS.values():
        if row.name == "parquet":
            pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
        aligner("export", DOCUMENT, "--format", row.name, "-o", "all", folder=folder)
        path = folder / f"all/{DOCUMENT}.fr-en{row.suffix}"
        path = path if path.exists() else folder / f"all/{DOCUMENT}{row.suffix}"
        assert path.stat().st_size > 100
        if row.read:
            with path.open("rb") as stream:
                assert sum(len(bitext.beads) for bitext in row.read(stream)) > 10
    assert zipfile.is_zipfile(folder / f"all/{DOCUMENT}.fr-en.xces.zip")


def test_what_has_no_effect_or_would_replace_the_complete_files_is_refused(folder: Path, aligner: Aligner) -> None:
    cases = (
        (("--format", "tei", "--min-status", "edited", "-o", "x"), "the format 'tei' has no use for --min-status"),
        (("--format", "html", "--locale", "fr-FR", "-o", "x"), "the format 'html' has no use for --locale"),
        (("--locale", "de-DE", "-o", "x"), "'de-DE' is neither fr nor en"),
        (("--paragraphs",), "give --output DIR"),
        (("--format", "beads", "--one-file"), "a file of the format 'beads' holds one document"),
        (("--format", "html", "--one-file"), "a file of the format 'html' holds one document"),
        (("--format", "doc"), "there is no format 'doc'"),
    )
    for options, message in cases:
        assert message in aligner("export", *options, folder=folder, code=2).stderr
    assert not (folder / "x").exists()
