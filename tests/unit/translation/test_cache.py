"""The cache of renderings: shared, bounded, and never in the way."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.translation import Rendering
from aligner.translation.cache import RenderingCache


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "below" / "translations.sqlite"


def rendering(number: int, length: int = 10) -> Rendering:
    return Rendering(f"text {number} " + "é" * length, number / 7, ("split", "doubtful") if number % 2 else ())


def many(count: int, length: int = 10) -> dict[str, Rendering]:
    return {f"texte {n}": rendering(n, length) for n in range(count)}


def test_what_was_put_is_got(file: Path) -> None:
    cache = RenderingCache(file, "one")
    assert cache.get(["texte 1"]) == {}
    cache.put(many(1200))
    cache.close()
    again = RenderingCache(file, "one")
    assert again.get([*many(1200), "unknown"]) == many(1200)


def test_namespaces_are_apart(file: Path) -> None:
    RenderingCache(file, "beam 1").put(many(1))
    assert RenderingCache(file, "beam 2").get(many(1)) == {}


def test_odd_texts_are_fine(file: Path) -> None:
    odd = {text: Rendering(text.replace("\ud800", ""), 0.5) for text in ("", "\0", "a\nb", "\ud800", "x" * 10**6)}
    cache = RenderingCache(file, "one")
    cache.put(odd)
    assert cache.get(odd) == odd


def test_without_a_path_nothing_is_kept(tmp_path: Path) -> None:
    cache = RenderingCache(None, "one")
    cache.put(many(3))
    assert cache.get(many(3)) == {}


def test_the_oldest_entries_go_when_it_is_full(file: Path) -> None:
    cache = RenderingCache(file, "one", most_bytes=200_000)
    entries = list(many(4000, 100).items())
    for start in range(0, 4000, 100):
        cache.put(dict(entries[start : start + 100]))
    kept = cache.get(dict(entries))
    assert 100 < len(kept) < 2000
    assert "texte 3999" in kept
    assert "texte 0" not in kept
    cache.close()
    assert file.stat().st_size < 600_000


def test_what_is_used_stays(file: Path) -> None:
    entries = list(many(4000, 100).items())
    for start in range(0, 4000, 100):
        cache = RenderingCache(file, "one", most_bytes=400_000)
        cache.put(dict(entries[start : start + 100]))
        assert cache.get(["texte 7"])
        cache.close()
    kept = cache.get(dict(entries))
    assert 100 < len(kept) < 2000
    assert "texte 7" in kept
    assert "texte 8" not in kept


def test_the_environment_says_how_large_it_may_grow(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_CACHE_MB", "1")
    entries = list(many(20_000, 100).items())
    cache = RenderingCache(file, "one")
    for start in range(0, 20_000, 1000):
        cache.put(dict(entries[start : start + 1000]))
    assert 100 < len(cache.get(dict(entries))) < 10_000
    monkeypatch.setenv("ALIGNER_CACHE_MB", "much")
    with pytest.raises(InputError, match="number of megabytes"):
        RenderingCache(file, "one")


def test_only_its_owner_may_read_it(file: Path) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(1))
    assert {path.stat().st_mode & 0o077 for path in file.parent.iterdir()} == {0}


def test_a_file_of_an_older_version_is_closed_to_others(file: Path) -> None:
    RenderingCache(file, "one").put(many(1))
    file.chmod(0o644)
    assert len(RenderingCache(file, "one").get(["texte 0"])) == 1
    assert file.stat().st_mode & 0o777 == 0o600


def test_on_a_full_disk_what_is_known_is_used_and_nothing_stops(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    RenderingCache(file, "one").put(many(50))
    cache = RenderingCache(file, "one")
    assert cache.get(["texte 1"])
    assert cache._connection is not None
    ((pages,),) = cache._connection.execute("PRAGMA page_count")
    cache._connection.execute(f"PRAGMA max_page_count = {pages}")  # now SQLite says that the disk is full
    with caplog.at_level(logging.WARNING):
        cache.put(many(5000, 100))
    assert "going on without a cache" in caplog.text
    assert "full" in caplog.text
    assert cache.get(["texte 1"]) == {}
    assert RenderingCache(file, "one").get(many(60)) == many(50)


@pytest.mark.parametrize("where", ["all", "head", "middle"])
def test_a_damaged_file_is_made_anew(file: Path, where: str, caplog: pytest.LogCaptureFixture) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(2000))
    cache.close()
    data = bytearray(file.read_bytes())
    if where == "all":
        data[:] = b"not a database " * 1000
    elif where == "head":
        data[30:200] = bytes(170)
    else:
        for start in range(8192, len(data), 4096):
            data[start : start + 64] = b"\xff" * 64
    file.write_bytes(data)
    fresh = RenderingCache(file, "one")
    with caplog.at_level(logging.WARNING):
        fresh.get(many(2000))
        fresh.put(many(5))
    assert "damaged and is made again" in caplog.text
    assert fresh.get(many(2000)) == many(5)


@pytest.mark.parametrize("change", ["DELETE FROM turn", "UPDATE turn SET number = 'x'", "UPDATE turn SET number = x''"])
def test_a_file_that_lost_its_turn_is_made_anew(file: Path, change: str) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(5))
    cache.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(change)
    fresh = RenderingCache(file, "one")
    fresh.put(many(7))
    assert fresh.get(many(9)) == many(7)


def test_a_changed_letter_is_seen(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(3))
    cache.close()
    file.write_bytes(file.read_bytes().replace(b"text 2", b"tEXT 2"))
    with caplog.at_level(logging.WARNING):
        assert RenderingCache(file, "one").get(many(3)) == {}
    assert "checksum" in caplog.text


def test_a_file_of_another_layout_starts_again(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.executescript("CREATE TABLE rendering (old TEXT); PRAGMA user_version = 77")
    connection.close()
    cache = RenderingCache(file, "one")
    cache.put(many(2))
    assert cache.get(many(2)) == many(2)


def test_a_path_that_cannot_be_used_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "cache.sqlite", tmp_path):
        cache = RenderingCache(path, "one")
        with caplog.at_level(logging.WARNING):
            cache.put(many(2))
        assert "going on without a cache" in caplog.text
        assert cache.get(many(2)) == {}
        caplog.clear()


def test_a_read_only_file_is_done_without(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(2))
    assert cache._connection is not None
    cache._connection.execute("PRAGMA query_only = ON")
    with caplog.at_level(logging.WARNING):
        cache.put(many(4))
    assert "going on without a cache" in caplog.text


def read_damaged(file: Path) -> None:
    cache = RenderingCache(file, "one")
    for _ in range(20):
        assert cache.get(many(300)).items() <= many(300).items()
        cache.put(many(300))


def test_two_processes_may_find_it_damaged_at_once(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database " * 1000)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=read_damaged, args=(file,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    cache = RenderingCache(file, "one")
    cache.put(many(300))
    assert cache.get(many(300)) == many(300)


def write_many(file: Path, start: int) -> None:
    cache = RenderingCache(file, "one")
    for n in range(start, start + 200):
        cache.put({f"texte {n}": rendering(n)})


def test_two_processes_may_write_at_once(file: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_many, args=(file, start)) for start in (0, 100)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert RenderingCache(file, "one").get(many(300)) == many(300)


def test_a_layout_that_is_no_text_is_damage(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(3))
    cache.close()
    data = file.read_bytes()
    at = data.index(b"CREATE TABLE rendering") + 7
    file.write_bytes(data[:at] + b"\xd5" + data[at + 1 :])
    again = RenderingCache(file, "one")
    assert again.get(["texte 1"]) == {}
    again.put(many(3))
    assert again.get(many(3)) == many(3)
    assert "made again" in caplog.text


def test_what_was_put_outlives_a_power_cut(file: Path) -> None:
    cache = RenderingCache(file, "one")
    cache.put(many(1))
    assert cache._connection is not None
    # FULL: the log is on the disk, not only in the system's memory, when `put` returns
    assert cache._connection.execute("PRAGMA synchronous").fetchone() == (2,)
