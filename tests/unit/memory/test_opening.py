"""Places and the indexes made from them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from aligner.corpus.memories import pairs_in
from aligner.corpus.store import open_project, write_bitext
from aligner.errors import InputError
from aligner.memory import (
    Place,
    open_memories,
    place,
    places,
)
from aligner.memory.index import MemoryUnit
from aligner.memory.index.several import Memories
from aligner.model import USUAL_LANGUAGES, Languages, Status
from tests import make


def write(path: Path, *pairs: tuple[str, str]) -> Path:
    body = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{a}</seg></tuv><tuv xml:lang="en"><seg>{b}</seg></tuv></tu>' for a, b in pairs
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<tmx version="1.4"><header srclang="fr"/><body>{body}</body></tmx>', encoding="utf-8")
    return path


def opened(
    found: list[Place], cache: Path, reviewed: Sequence[MemoryUnit] = (), aligned: Sequence[MemoryUnit] = ()
) -> Memories:
    return open_memories(found, USUAL_LANGUAGES, cache=cache, reviewed=reviewed, aligned=aligned)


def test_a_folder_is_one_memory_of_all_its_files_in_order(tmp_path: Path) -> None:
    write(tmp_path / "tm/b.tmx", ("Oui.", "Yes."))
    write(tmp_path / "tm/a/c.TMX", ("Non.", "No."))
    write(tmp_path / "tm/.hidden/d.tmx", ("Si.", "Oh yes."))
    (tmp_path / "tm/note.txt").write_text("no memory")
    found = place(tmp_path / "tm")
    assert (found.name, [name for name, _ in found.files]) == ("tm", ["a/c.TMX", "b.tmx"])
    memories = opened([found], tmp_path / "cache")
    assert [memories.memories[0].index.unit(n).id for n in range(2)] == ["a/c.TMX:line 1", "b.tmx:line 1"]


def test_only_its_owner_may_read_an_index_and_the_folders_of_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "account" / "aligner"))
    cache = tmp_path / "account" / "aligner" / "memory"
    own = [MemoryUnit("Un.", "One.", "a:1")]
    opened([place(write(tmp_path / "a.tmx", ("Oui.", "Yes.")))], cache, own)
    indexes = sorted(cache.iterdir())
    assert [path.stat().st_mode & 0o777 for path in (cache, cache.parent, *indexes)] == [0o700, 0o700, 0o600, 0o600]
    for index in indexes:
        index.chmod(0o644)
    opened([place(tmp_path / "a.tmx")], cache, own)
    assert {path.stat().st_mode & 0o777 for path in cache.iterdir()} == {0o600}


def test_the_corpus_brings_its_own_and_nothing_is_taken_twice(tmp_path: Path) -> None:
    own = write(tmp_path / "corpus/memory/own.tmx", ("Oui.", "Yes."))
    other = write(tmp_path / "other.tmx", ("Non.", "No."))
    assert [each.name for each in places([other], tmp_path / "corpus")] == ["other.tmx", "memory"]
    assert [each.name for each in places([own.parent, own.parent], tmp_path / "corpus")] == ["memory"]
    assert [each.name for each in places([other], tmp_path / "elsewhere")] == ["other.tmx"]


def test_what_is_no_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such memory"):
        place(tmp_path / "nothing.tmx")
    with pytest.raises(InputError, match="no TMX file"):
        place(tmp_path)


def test_an_index_is_used_again_until_its_memory_changes(tmp_path: Path) -> None:
    file, cache = write(tmp_path / "m.tmx", ("Oui.", "Yes.")), tmp_path / "cache"
    opened([place(file)], cache)
    (index,) = cache.iterdir()
    made = index.stat().st_ino
    opened([place(file)], cache)
    assert index.stat().st_ino == made
    write(file, ("Oui.", "Yea."))
    found = opened([place(file)], cache).exact("Oui.")
    assert found is not None
    assert found.match.target == "Yea."
    assert len(list(cache.iterdir())) == 2


def test_the_reviewed_pairs_come_first(tmp_path: Path) -> None:
    memories = opened([], tmp_path, [MemoryUnit("Oui.", "Yes.", "doc:1.1", reviewed=True)])
    assert [memory.name for memory in memories.memories] == ["corpus"]
    assert opened([], tmp_path).memories == ()


def test_what_was_only_aligned_comes_last(tmp_path: Path) -> None:
    file = write(tmp_path / "m.tmx", ("Oui.", "Yes."))
    reviewed, aligned = MemoryUnit("Non.", "No.", "a:1.1", reviewed=True), MemoryUnit("Oui.", "Aye.", "b:1.1")
    memories = opened([place(file)], tmp_path / "cache", [reviewed], [aligned, MemoryUnit("Non.", "Nay.", "b:1.2")])
    assert [memory.name for memory in memories.memories] == ["corpus", "m.tmx", "aligned"]
    found = [memories.exact(text) for text in ("Oui.", "Non.")]
    assert [(each.match.target, each.others) for each in found if each] == [("Yes.", 1), ("No.", 1)]


def test_a_damaged_index_is_said_and_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file, cache = write(tmp_path / "m.tmx", ("Oui.", "Yes.")), tmp_path / "cache"
    opened([place(file)], cache)
    (index,) = cache.iterdir()
    whole = index.read_bytes()
    index.write_bytes(whole[:100])
    with caplog.at_level(logging.WARNING):
        assert len(opened([place(file)], cache)) == 1
    assert "damaged, and is made again" in caplog.text
    assert index.read_bytes() == whole


def test_old_indexes_are_removed(tmp_path: Path) -> None:
    for number in range(12):
        opened([place(write(tmp_path / "m.tmx", ("Oui.", f"Yes {number}.")))], tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 8


def test_a_memory_in_other_languages_is_empty_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = place(write(tmp_path / "m.tmx", ("Oui.", "Yes.")))
    for _ in range(2):  # the second time there is an index
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            memories = open_memories([found], Languages("de", "en"), cache=tmp_path / "cache")
        assert len(memories) == 0
        said = "m.tmx: 1 unit, without both languages: none is used (they are to have de and en)"
        assert caplog.messages[-1:] == [said]


def test_a_memory_of_machine_translations_says_that_it_is_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = write(tmp_path / "m.tmx", ("Oui.", "Yes."), ("Non.", "No."))
    file.write_text(file.read_text().replace("<tu>", '<tu><prop type="x-origin">mt</prop>'))
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert len(opened([place(file)], tmp_path / "cache")) == 0
        assert caplog.messages[-1:] == ["m.tmx: 2 units, all of them raw machine translation: none is used"]


def test_the_pairs_of_a_corpus_are_gathered_and_a_damaged_bitext_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project = open_project(tmp_path / "corpus")
    for name, status in (("a", Status.ACCEPTED), ("b", Status.DRAFT), ("c", Status.EDITED)):
        pair = make.bitext(("Oui.", "Oui.", {"status": status, "by": "Anna"}), name=name)
        write_bitext(project.bitext_file(name), pair)
    with project.bitext_file("c").open("ab") as stream:
        stream.write(b"damage\n")
    (project.corpus / "fr").mkdir()  # no source is there any more: what persons wrote stays a memory
    with caplog.at_level(logging.WARNING):
        reviewed, aligned = pairs_in(project)
    assert project.left_over() == ["a", "b", "c"]
    assert [[unit.id for unit in units] for units in (reviewed, aligned)] == [["a:1.1"], ["b:1.1"]]
    assert "c.fr-en.jsonl, line 3" in caplog.text
