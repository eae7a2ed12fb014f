"""Static pages follow the corpus: findings, the version they were made from, and the documents beside."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.exports import EXPORTS, PAGE
from aligner.corpus.publish import Publisher, due, exports_expected, listed, republish
from aligner.corpus.store import Project, write_bitext
from aligner.errors import AlignerError
from aligner.formats import WriteOptions
from tests import make

BITEXT = make.bitext(("Le chat dort.", "The the cat sleeps."), name="b")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three documents; the last one has no pairs yet."""
    sources = {f"{name}.txt": "Le chat dort.\n" for name in ("a", "b", "c")}
    return make.corpus(tmp_path, replace(BITEXT, id="a"), BITEXT, sources=sources)


def published(project: Project, document: str) -> tuple[str, list[Path]]:
    """Publish a document; its page, and what was written."""
    publisher = Publisher(project, WriteOptions())
    publisher.publish(document)
    publisher.close()
    return project.export_file(document, EXPORTS[PAGE]).read_text("utf-8"), publisher.written


def data_of(page: str) -> Any:
    found = re.search(r'id="bitext-data">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def test_a_page_has_the_findings_of_the_checks_and_its_version(project: Project) -> None:
    data = data_of(published(project, "b")[0])
    assert [finding[0] for finding in data["beads"][0]["findings"]] == ["W401"]
    assert data["version"] == hashlib.sha256(project.bitext_file("b").read_bytes()).hexdigest()
    assert data["server"] is None


def test_a_page_leads_to_the_documents_beside_it(project: Project) -> None:
    links = [re.findall(r'rel="(\w+)" href="([^"]+)"', published(project, name)[0])[-2:] for name in ("a", "b")]
    assert links[0][-1] == ("next", "b.html")
    assert links[1] == [("prev", "a.html"), ("next", "c.html")]


def test_a_page_is_made_again_when_its_neighbours_change_and_nothing_else_is(project: Project) -> None:
    published(project, "b")
    assert published(project, "b")[1] == []
    (project.corpus / "fr" / "c.txt").rename(project.corpus / "fr" / "d.txt")
    page, written = published(project, "b")
    assert [path.name for path in written] == ["b.html"]
    assert 'href="d.html"' in page


def test_the_glossary_of_the_corpus_is_checked(project: Project) -> None:
    published(project, "b")
    (project.corpus / "glossary.tsv").write_text("chat\tfeline\n", encoding="utf-8")
    page, written = published(project, "b")
    assert [path.name for path in written] == ["b.html"]
    assert [finding[0] for finding in data_of(page)["beads"][0]["findings"]] == ["W401", "W701"]


def test_documents_that_are_left_over_have_no_page_and_no_neighbours(project: Project) -> None:
    (project.corpus / "fr" / "b.txt").unlink()
    assert listed(project) == ["a"]
    assert 'href="c.html"' in published(project, "a")[0]
    assert republish(project, ["b"], index=["a"]) == []
    assert [path.name for path in republish(project, ["a", "b"], index=["a"])] == ["search.js", "index.html"]


def test_a_file_to_search_that_could_not_be_written_follows(project: Project) -> None:
    in_the_way = project.output / "review" / "search.js"
    in_the_way.mkdir(parents=True)
    with pytest.raises(AlignerError):
        republish(project, ["b"], index=["a", "b"])
    in_the_way.rmdir()
    assert [path.name for path in republish(project, ["b"], index=["a", "b"])] == ["search.js", "index.html"]


def test_exports_that_a_kill_prevented_are_due_and_follow(project: Project) -> None:
    published(project, "b")
    with pytest.raises(KeyboardInterrupt), exports_expected(project, "b"):
        write_bitext(project.bitext_file("b"), make.bitext(("Le chat dort.", "A cat is asleep."), name="b"))
        raise KeyboardInterrupt  # as a kill: nothing after it is done
    assert due(project) == ["b"]
    page, _ = published(project, "b")
    assert "A cat is asleep." in page
    assert due(project) == []


def test_nothing_is_due_where_nothing_changed(project: Project) -> None:
    with exports_expected(project, "b") as expected:
        expected.happened = False
    assert due(project) == []
    with exports_expected(project, "b"):
        pass
    with exports_expected(project, "b") as expected:  # an earlier change is still to be published
        expected.happened = False
    assert due(project) == ["b"]


def test_an_edit_that_comes_while_exports_are_made_is_due_again(project: Project) -> None:
    with exports_expected(project, "b"):
        pass
    publisher = Publisher(project, WriteOptions())
    publisher.publish("b")
    with exports_expected(project, "b"):
        pass
    publisher.close()
    assert due(project) == ["b"]
