"""What a command wrote is its own, at whatever moment it was stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.cli.written import is_foreign, note_before
from aligner.files import write_atomically


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "account"))
    return tmp_path / "out.xlf"


def test_a_result_is_ours_and_a_changed_one_somebodys(result: Path) -> None:
    write_atomically(result, "one", ready=note_before(result))
    assert not is_foreign(result)
    result.write_text("changed", encoding="utf-8")
    assert is_foreign(result)


@pytest.mark.parametrize("moment", ["before the file has its name", "after it"])
def test_a_kill_leaves_the_old_result_or_the_new_one_and_both_are_ours(result: Path, moment: str) -> None:
    write_atomically(result, "one", ready=note_before(result))

    def killed(finished: Path) -> None:
        note_before(result)(finished)
        if moment == "after it":
            finished.replace(result)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(result, "two", ready=killed)
    assert result.read_text(encoding="utf-8") == ("two" if moment == "after it" else "one")
    assert not is_foreign(result)


@pytest.mark.parametrize("leave", [shutil.move, shutil.copytree])
def test_a_project_that_is_moved_or_copied_still_knows_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Path, Path], object]
) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "account"))
    project = tmp_path / "project"
    (project / ".aligner").mkdir(parents=True)
    for name in ("xliff/a.xlf", "xliff/b.xlf"):
        write_atomically(project / name, "one", ready=note_before(project / name))
    leave(project, moved := tmp_path / "elsewhere")
    # another computer has another account
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "other account"))
    (moved / "xliff/b.xlf").write_text("changed", encoding="utf-8")
    assert [is_foreign(moved / name) for name in ("xliff/a.xlf", "xliff/b.xlf")] == [False, True]


def test_a_project_without_its_caches_still_knows_its_files_where_they_are(result: Path) -> None:
    caches = result.parent / ".aligner"
    caches.mkdir()
    write_atomically(result, "one", ready=note_before(result))
    shutil.rmtree(caches)
    assert not is_foreign(result)
