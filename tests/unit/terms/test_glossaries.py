"""Glossary files: which one a corpus has for a pair, and how its suffix is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.model import Languages
from aligner.terms.glossaries import (
    chosen_glossary,
    find_glossary,
    glossary_files,
    read_glossary,
)


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("Rat\tcouncil\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "pair", "found"),
    [
        ((), ("fr", "en"), None),
        (("glossary.tsv", "glossary.csv"), ("fr", "en"), "glossary.tsv"),
        (("glossary.csv",), ("fr-CA", "en-GB"), "glossary.csv"),
        (("glossary.tsv",), ("fr", "de"), None),
        (("glossary.tsv", "glossary.fr-de.csv"), ("fr", "de"), "glossary.fr-de.csv"),
        (("glossary.tsv", "glossary.fr-en.csv"), ("fr", "en"), "glossary.fr-en.csv"),
    ],
)
def test_the_glossary_of_a_corpus(
    tmp_path: Path, names: tuple[str, ...], pair: tuple[str, str], found: str | None
) -> None:
    make(tmp_path, *names)
    path = find_glossary(tmp_path, Languages(*pair))
    assert (path.name if path else None) == found


def test_all_glossaries_of_a_corpus(tmp_path: Path) -> None:
    make(tmp_path, "glossary.tsv", "glossary.fr-de.csv", "glossary.tbx", "glossary.md", "candidates.tsv")
    assert [path.name for path in glossary_files(tmp_path)] == ["glossary.fr-de.csv", "glossary.tbx", "glossary.tsv"]


def test_which_glossary_is_used(tmp_path: Path) -> None:
    make(tmp_path, "glossary.tsv")
    other = tmp_path / "other.csv"
    other.write_text("a,b\nc,d\n", encoding="utf-8")
    assert bool(chosen_glossary(tmp_path, None))
    chosen = chosen_glossary(tmp_path, other)
    assert chosen is not None
    assert [term.source for term in chosen] == ["a", "c"]
    assert chosen_glossary(tmp_path, None, use=False) is None
    assert chosen_glossary(tmp_path / "nowhere", None) is None


def test_a_table_in_an_old_encoding_is_read_and_that_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "g.csv").write_bytes("fr;en\nsécurité;security\n".encode("cp1252"))
    assert read_glossary(tmp_path / "g.csv").terms[0].source == "sécurité"
    assert "cp1252" in caplog.text or "1252" in caplog.text


def test_the_glossary_of_this_project_has_no_flaw(root: Path) -> None:
    glossary = read_glossary(root / "corpus" / "glossary.tsv")
    assert len(glossary.terms) >= 30
    assert all(term.allowed for term in glossary)


def test_a_glossary_without_terms_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "g.tsv").write_text("source\ttarget\n# nothing yet\n", encoding="utf-8")
    assert not read_glossary(tmp_path / "g.tsv").terms
    assert "there is no term in this glossary" in caplog.text


def test_unknown_suffixes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a glossary by its name"):
        read_glossary(tmp_path / "a.docx")


@pytest.mark.parametrize("ending", ["txt", "tab", "utf8", "tsv"])
def test_glossaries_of_omegat(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"glossary.{ending}"
    path.write_text(
        "# Glossary in tab-separated format -*- coding: utf-8 -*-\nbail\tlease\tloi de 1989\ngrange\tbarn\t\n"
    )
    bail, grange = read_glossary(path).terms
    assert (bail.preferred, bail.notes, grange.preferred) == (("lease",), (("lease", "loi de 1989"),), ("barn",))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_glossaries_in_utf_16(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("fr\ten\r\nclé\tkey\r\n", encoding=encoding)
    assert read_glossary(path).terms[0].source == "clé"


def test_a_glossary_in_a_spreadsheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Français", "Anglais", "Statut"], ["bail", "lease", None], ["bail", "letting", "interdit"]):
        book.active.append(row)
    path = tmp_path / "glossary.xlsx"
    book.save(path)
    (term,) = read_glossary(path).terms
    assert (term.preferred, term.forbidden) == (("lease",), ("letting",))
