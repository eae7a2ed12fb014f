"""The index follows the files, and damage to it is mended."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.corpus.store import Project, read_bitext, write_bitext
from aligner.errors import EnvironmentProblem
from aligner.search import Query, found_in, refresh_index
from aligner.search.index import LAYOUT, SearchIndex
from aligner.search.update import index_path
from tests import make


def counts(project: Project, *texts: str) -> list[int]:
    """How many pairs have each text."""
    return [found_in(project, Query(text)).total for text in texts]


def test_changed_new_and_removed_files_are_followed(project: Project) -> None:
    assert counts(project, "conseil", "paix", "chat") == [4, 1, 0]
    write_bitext(project.bitext_file("a"), make.bitext(("Un chat.", "A cat."), name="a"))
    assert counts(project, "conseil", "paix", "chat") == [2, 0, 1]
    (project.corpus / "memory" / "m.tmx").unlink()
    assert counts(project, "conseil", "chat") == [1, 1]
    (project.corpus / "fr" / "a.txt").unlink()  # left over: not searched
    assert counts(project, "chat") == [0]


def test_following_gives_the_same_hits_as_making_the_index_again(project: Project) -> None:
    refresh_index(project)
    bitext = read_bitext(project.bitext_file("a"))
    write_bitext(project.bitext_file("a"), make.bitext(("Un conseil.", "Advice."), name="a"))
    refresh_index(project)
    write_bitext(project.bitext_file("a"), bitext)
    refresh_index(project)
    followed = found_in(project, Query("conseil"))
    index_path(project).unlink()
    refresh_index(project)
    assert found_in(project, Query("conseil")) == followed


def test_a_file_that_was_only_touched_is_not_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh_index(project)
    os.utime(project.bitext_file("a"), (1, 1))
    monkeypatch.setattr("aligner.search.update.parse_bitext", None)
    assert counts(project, "conseil") == [4]


def test_what_was_not_changed_is_not_written(project: Project) -> None:
    refresh_index(project)
    before = index_path(project).stat().st_mtime_ns
    refresh_index(project)
    assert counts(project, "conseil") == [4]
    assert index_path(project).stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["garbage", "cut", "zeros", "empty", "layout", "table"])
def test_a_damaged_index_is_made_again(project: Project, damage: str) -> None:
    refresh_index(project)
    path = index_path(project)
    data = path.read_bytes()
    if damage in ("layout", "table"):
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {LAYOUT + 1}" if damage == "layout" else "DROP TABLE pair")
        connection.close()
    else:
        zeros = data[:4096] + b"\0" * (len(data) - 4096)
        path.write_bytes({"garbage": b"garbage" * 1000, "cut": data[:9000], "zeros": zeros, "empty": b""}[damage])
    assert counts(project, "conseil", "paix") == [4, 1]
    assert counts(project, "conseil", "paix") == [4, 1]


def test_a_damaged_bitext_or_memory_is_left_out(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.bitext_file("b").write_text("{", encoding="utf-8")
    (project.corpus / "memory" / "m.tmx").write_text("<tmx>", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert counts(project, "conseil") == [2]
    assert "it is not searched" in caplog.text


def test_half_a_character_is_kept_as_a_sign(tmp_path: Path) -> None:
    project = make.corpus(tmp_path, make.bitext(("Un \ud83d chat.", "A cat.")), sources={"d.txt": "x"})
    (hit,) = found_in(project, Query("un")).hits
    assert hit.source.text == "Un ? chat."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_index_that_cannot_be_written_answers_as_it_is(project: Project) -> None:
    refresh_index(project)
    index_path(project).chmod(0o400)
    write_bitext(project.bitext_file("a"), make.bitext(("Un chat.", "A cat."), name="a"))
    assert counts(project, "conseil", "chat") == [4, 0]


def test_a_folder_that_cannot_be_made_is_one_sentence(project: Project) -> None:
    project.cache.write_text("a file in its place", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"cannot make the folder"):
        found_in(project, Query("conseil"))


def test_a_run_that_is_killed_leaves_an_index_that_works(project: Project) -> None:
    refresh_index(project)
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from aligner.corpus.store import open_project; import aligner.search.update as u\n"
        "u._lesson = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "u.refresh_index(open_project(Path(sys.argv[1])))"
    )
    write_bitext(project.bitext_file("a"), make.bitext(("Un chat.", "A cat."), name="a"))
    done = subprocess.run([sys.executable, "-c", code, str(project.corpus)], check=False)
    assert done.returncode == -signal.SIGKILL
    index = SearchIndex(index_path(project))
    assert index.files()["document", "a"].pairs == 3  # the old state, whole
    index.close()
    assert counts(project, "conseil", "chat") == [2, 1]


def test_several_may_make_it_at_once(project: Project) -> None:
    command = [sys.executable, "-m", "aligner", "find", "conseil", "-f", "tsv", "--corpus", str(project.corpus)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {each.communicate() for each in running}
    assert [each.returncode for each in running] == [0] * 4
    assert len(answers) == 1
    assert "4 pairs of 7" in answers.pop()[1]


def test_only_the_owner_may_read_it(project: Project) -> None:
    refresh_index(project)
    assert index_path(project).stat().st_mode & 0o777 == 0o600


def test_it_learns_which_words_go_together(tmp_path: Path) -> None:
    words = ["chat", "chien", "pain", "lac", "zorblax"], ["cat", "dog", "bread", "lake", "quibbon"]
    pairs = [(f"Un {words[0][n % 5]} est là.", f"There is some {words[1][n % 5]} here.") for n in range(40)]
    project = make.corpus(tmp_path, make.bitext(*pairs), sources={"d.txt": "x"})
    refresh_index(project)
    hit = found_in(project, Query("zorblax")).hits[0]
    assert [span.of(hit.target.text) for span in hit.target.related] == ["quibbon"]
