"""Files of edits, as a review page opened from disk saves them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from aligner.corpus.store import Project, read_bitext
from aligner.editing.incoming import import_file
from aligner.editing.reviewer import somebody
from aligner.errors import InputError
from aligner.model import Status
from tests.unit.editing.conftest import (
    ENGLISH,
    bitext_of,
    edit_json,
    in_corpus,
)

AT = "2026-03-01T10:00:0{}Z"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return in_corpus(tmp_path, bitext_of(), ENGLISH)


def saved(folder: Path, edits: object, **fields: object) -> Path:
    """A file of edits; fields replace its own."""
    content = {"aligner-edits": 1, "document": "d", "languages": ["fr", "en"], "by": "Bob", "edits": edits, **fields}
    path = folder / "d.edits.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def edits() -> list[dict[str, Any]]:
    bitext = bitext_of()
    return [
        edit_json(bitext, "text", 1, text="One cat.", at=AT.format(1)),
        edit_json(bitext, "status", 2, status="accepted", at=AT.format(2)),
        edit_json(bitext, "merge", 3, at=AT.format(3)),
    ]


def test_edits_are_applied_counted_and_published(project: Project, tmp_path: Path) -> None:
    path = saved(tmp_path, edits())
    planned = import_file(project, path, dry_run=True)
    assert (planned.written, read_bitext(project.bitext_file("d"))) == ((), bitext_of())
    report = import_file(project, path)
    assert (report.units, report.documents, report.conflicts) == (3, planned.documents, ())
    [done] = report.documents
    assert (done.id, done.edited, done.reviewed, done.reshaped) == ("d", 1, 1, 1)
    bitext = read_bitext(project.bitext_file("d"))
    assert [(bead.by, bead.changed, bead.status) for bead in bitext.beads[1:3]] == [
        ("Bob", AT.format(1), Status.EDITED), ("Bob", AT.format(2), Status.ACCEPTED),
    ]  # fmt: skip
    assert {path.name for path in report.written} == {
        "d.txt", "d.fr-en.jsonl", "d.fr-en.tmx", "d.xml", "d.html", "index.html", "search.js",
    }  # fmt: skip
    again = import_file(project, path)
    assert (again.documents, again.conflicts, again.written) == ((), (), ())


def test_a_later_file_with_the_same_edits_and_more_does_the_rest(project: Project, tmp_path: Path) -> None:
    import_file(project, saved(tmp_path, edits()[:1]))
    more = edit_json(bitext_of(), "text", 1, text="Two cats.", at=AT.format(5))
    more["before"] = {"target": "One cat.", "status": "edited"}
    report = import_file(project, saved(tmp_path, [*edits(), more]))
    assert [(d.edited, d.reviewed, d.reshaped) for d in report.documents] == [(1, 1, 1)]
    assert "Two cats." in project.target_file("d").read_text(encoding="utf-8")


def test_edits_of_a_document_whose_source_is_gone_change_nothing(project: Project, tmp_path: Path) -> None:
    (project.corpus / "fr/d.txt").rename(project.corpus / "fr/e.txt")
    with pytest.raises(InputError, match="'d' is not in the corpus any more: put its source back under this name"):
        import_file(project, saved(tmp_path, edits()))
    assert read_bitext(project.bitext_file("d")) == bitext_of()


def test_conflicts_are_listed_and_the_others_applied(project: Project, tmp_path: Path) -> None:
    wrong = edit_json(bitext_of(), "text", 5, text="Fish.", before={"target": "A whale.", "status": "draft"})
    gone = edit_json(bitext_of(), "note", 5, note="?", bead="9.9")
    late = edit_json(bitext_of(), "status", 0, status="rejected", before={"target": "Title", "status": "accepted"})
    report = import_file(project, saved(tmp_path, [wrong, gone, late, *edits()]))
    assert [(c.where, c.ours, c.theirs) for c in report.conflicts] == [
        ("d:3.3", "A fish swims.", "Fish."), ("d:9.9", "", "?"), ("d:1.1", "Title", "rejected"),
    ]  # fmt: skip
    assert report.exit_code == 1
    assert len(report.documents) == 1


@pytest.mark.parametrize("by", ["", None, 3, "a\u202eb"])
@pytest.mark.parametrize(("given", "name"), [("Ada L.", "Ada L."), ("", "account"), (" \n", "account")])
def test_somebody_always_stands_for_an_edit(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: object, given: str, name: str
) -> None:
    monkeypatch.setenv("LOGNAME", "account")
    import_file(project, saved(tmp_path, edits(), by=by), by=given)
    assert read_bitext(project.bitext_file("d")).beads[1].by == name


def test_an_account_without_a_name_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert (somebody(), somebody("Ada")) == ("reviewer", "Ada")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"aligner-edits": 2}, "these edits are of version 2, not 1; update aligner"),
        ({"document": "other"}, "the document 'other' is not in this corpus: name its own with --corpus"),
        ({"document": "../d"}, "the document '../d' is not in this corpus: name its own with --corpus"),
        ({"languages": ["en", "fr"]}, "the file is en–fr, the corpus fr–en"),
        ({"languages": "fr"}, "the file lacks the document, its languages or the edits"),
        ({"edits": {}}, "the file lacks the document, its languages or the edits"),
        ({"edits": [{"op": "merge"}]}, "edit 1: an edit lacks 'before'"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(
    project: Project, tmp_path: Path, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(InputError) as caught:
        import_file(project, saved(tmp_path, fields.pop("edits", []), **fields))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "the file is not JSON"),
        (b"\xff", "the file is not JSON"),
        (b"[" * 99_999, "the file is not JSON"),
        (b"[]", "this is not a file of edits; use a file that a review page saved"),
        (b"{}", "this is not a file of edits; use a file that a review page saved"),
    ],
)
def test_any_other_file_is_refused(project: Project, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "d.edits.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        import_file(project, path)
    assert str(caught.value).startswith(f"{path}: {sentence}")
    with pytest.raises(InputError, match="there is no such file"):
        import_file(project, tmp_path / "none.json")


def test_an_import_that_was_killed_before_the_exports_is_completed(project: Project, tmp_path: Path) -> None:
    file = saved(tmp_path, edits())
    killed = mock.patch("aligner.editing.incoming.page_edits.republish", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        import_file(project, file)
    memory = project.output / "tmx/d.fr-en.tmx"
    assert not memory.exists()
    report = import_file(project, file)
    assert not report.documents
    assert memory in report.written
    assert not import_file(project, file).written
