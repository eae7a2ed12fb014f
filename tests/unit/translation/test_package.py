"""Which package is used."""

from __future__ import annotations

import logging
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.translation import FoundIn, find_package, list_packages, read_package
from aligner.translation.packages import package as package_module
from aligner.translation.packages.folders import EMBEDDED

Pack = Callable[..., Path]


def unpack(path: Path, home: Path, name: str) -> Path:
    folder = home / ".local/share/argos-translate/packages" / name
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder.parent / "tmp")
    shutil.move(folder.parent / "tmp" / "translate-fr_en", folder)
    (folder.parent / "tmp").rmdir()
    return folder


def test_the_embedded_package_is_the_last_resort(home: Path) -> None:
    package = find_package("fr", "en")
    assert (package.path, package.found, package.source, package.target) == (EMBEDDED, FoundIn.EMBEDDED, "fr", "en")
    assert package.size == EMBEDDED.stat().st_size
    assert len(package.fingerprint) == 64


def test_an_installed_package_beats_the_embedded_one_and_the_newest_wins(home: Path, pack: Pack) -> None:
    unpack(pack(package_version="0.0.1"), home, "old")
    assert find_package("fr", "en").version == "0.0.1"
    unpack(pack(package_version="1.9"), home, "fr_en-1_9")
    newest = unpack(pack(package_version="1.10"), home, "fr_en-1_10")
    package = find_package("fr", "en")
    assert (package.path, package.found, package.name) == (newest, FoundIn.INSTALLED, "translate-fr_en 1.10")
    assert [p.version for p in list_packages()] == ["1.10", "1.9", "0.0.1", read_package(EMBEDDED).version]


def test_a_package_given_beats_them_all(home: Path, pack: Pack) -> None:
    unpack(pack(package_version="9"), home, "new")
    path = pack("given", package_version="0.2", target_prefix="__en__", files={"README.md": b"From here."})
    package = find_package("fr", "en", model=path)
    assert (package.path, package.version, package.found) == (path, "0.2", FoundIn.GIVEN)
    assert (package.target_prefix, package.readme) == ("__en__", "From here.")


def test_regions_do_not_matter(home: Path) -> None:
    assert find_package("fr-CA", "en-GB").path == EMBEDDED


def test_a_package_for_another_pair_is_refused(home: Path, pack: Pack) -> None:
    with pytest.raises(InputError, match="translates fr → en, not fr → de"):
        find_package("fr", "de", model=pack())


def test_no_package_says_what_to_do(home: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="aligner model install fr de") as caught:
        find_package("fr", "de")
    assert "fr → de" in str(caught.value)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"metadata.json": None}, "no metadata.json"),
        ({"model/model.bin": None}, "no model/model.bin"),
        ({"sentencepiece.model": None}, "no sentencepiece.model"),
        ({"metadata.json": b"{"}, "metadata.json is damaged"),
        ({"metadata.json": b"\xff\xfe"}, "metadata.json is damaged"),
        ({"metadata.json": b"[]"}, "does not name its two languages"),
        ({"metadata.json": b'{"from_code": "../..", "to_code": "en"}'}, "does not name its two languages"),
    ],
)
def test_a_package_that_is_not_whole_is_refused(home: Path, pack: Pack, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_package(pack(files=files))


def test_a_broken_installed_package_is_logged_and_left_out(
    home: Path, pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    broken = unpack(pack(), home, "broken")
    (broken / "model" / "model.bin").unlink()
    with caplog.at_level(logging.WARNING):
        assert find_package("fr", "en").path == EMBEDDED
    assert str(broken) in caplog.text


def test_the_fingerprint_is_computed_once(home: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack()
    first = read_package(path).fingerprint

    def never(_: object) -> str:
        raise AssertionError("computed again")

    monkeypatch.setattr(package_module, "fingerprint", never)
    assert read_package(path).fingerprint == first
    path.touch()
    with pytest.raises(AssertionError, match="computed again"):
        read_package(path)


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "a file" / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "a file"))
    assert find_package("fr", "en").path == EMBEDDED


@pytest.mark.parametrize(("advised", "longest"), [(None, 80), (200, 200), (9999, 240), ("x", 80), (1, 8)])
def test_the_package_may_advise_its_longest_segment(home: Path, pack: Pack, advised: object, longest: int) -> None:
    assert read_package(pack(longest_source=advised)).longest == longest


@pytest.mark.parametrize(
    ("said", "least"), [(None, 0), (0.2, 0.2), (0.0, 0), (1.0, 0), (-0.1, 0), (float("nan"), 0), ("0.2", 0), (True, 0)]
)
def test_the_package_may_say_what_its_attention_tells(home: Path, pack: Pack, said: object, least: float) -> None:
    assert read_package(pack(least_attention=said)).least_attention == least
