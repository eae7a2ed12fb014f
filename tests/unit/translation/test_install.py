"""Installing packages safely: all of it, or nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.translation import FoundIn, find_package, install_package, open_translator
from aligner.translation.packages.contents import Archive

Pack = Callable[..., Path]


def everything_below(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def packages(home: Path) -> Path:
    return home / ".local/share/argos-translate/packages"


def test_an_installed_package_translates(home: Path, packages: Path, pack: Pack) -> None:
    package = install_package(pack(package_version="2.0", files={"stanza/x.txt": b"kept"}))
    assert (package.path, package.found, package.version) == (packages / "translate-fr_en", FoundIn.INSTALLED, "2.0")
    assert (package.path / "stanza" / "x.txt").read_text() == "kept"
    assert find_package("fr", "en") == package
    assert open_translator(package).translate(["Merci."])[0].text
    assert [p.name for p in packages.parent.iterdir()] == ["packages"]


def test_a_new_version_replaces_the_old_one(home: Path, packages: Path, pack: Pack) -> None:
    install_package(pack("a", package_version="1", files={"old.txt": b""}))
    assert install_package(pack("b", package_version="2")).version == "2"
    assert "translate-fr_en/old.txt" not in everything_below(packages)
    assert [p.name for p in packages.iterdir()] == ["translate-fr_en"]


def test_a_package_for_other_languages_does_not_take_its_place(home: Path, packages: Path, pack: Pack) -> None:
    kept = install_package(pack("a", package_version="1"))
    with pytest.raises(InputError, match="taken by a package for fr → en"):
        install_package(pack("b", from_code="de"))
    assert find_package("fr", "en") == kept


def test_argos_translate_sees_it(home: Path, packages: Path, pack: Pack) -> None:
    argos = pytest.importorskip("argostranslate.package")
    install_package(pack(package_version="2.0"))
    (seen,) = argos.get_installed_packages([packages])
    assert (seen.from_code, seen.to_code, seen.package_version) == ("fr", "en", "2.0")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"files": {"model/model.bin": b"garbage"}}, "model cannot be used"),
        ({"files": {"model/model.bin": b""}}, "model cannot be used"),
        ({"files": {"sentencepiece.model": b"garbage"}}, "tokenizer is damaged"),
        ({"files": {"model/config.json": b"{"}}, "model cannot be used"),
        ({"files": {"model/target_vocabulary.json": None}}, "model cannot be used"),
        ({"files": {"model/model.bin": None}}, "no model/model.bin"),
        ({"from_code": "de"}, "translates de → en, not fr → en"),
        ({"root": "-rf"}, "no usable name"),
        ({"root": ".hidden"}, "no usable name"),
    ],
)
def test_a_bad_package_is_refused_and_leaves_nothing(
    home: Path, packages: Path, pack: Pack, changes: dict[str, object], said: str
) -> None:
    install_package(pack("good"))
    before = everything_below(home)
    with pytest.raises(InputError, match=said):
        install_package(pack("bad", **changes), source="fr", target="en")
    assert everything_below(home) == before


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(home: Path, pack: Pack, share: float) -> None:
    path = pack()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="not a whole Argos package"):
        install_package(path)
    assert everything_below(home) == []


def test_a_name_that_leads_out_writes_nothing(home: Path, pack: Pack) -> None:
    path = pack()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("translate-fr_en/../../../../escaped", "x")
    with pytest.raises(InputError, match="leads out"):
        install_package(path)
    assert everything_below(home) == []


def test_the_previous_version_survives_a_failure_at_the_last_step(
    home: Path, packages: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_package(pack("a", package_version="1"))
    before = everything_below(home)
    rename = Path.rename

    def fails_into_place(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".installing-") and self.name == "translate-fr_en":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_into_place)
    with pytest.raises(EnvironmentProblem, match="no space left"):
        install_package(pack("b", package_version="2"))
    assert everything_below(home) == before
    assert find_package("fr", "en").version == "1"


def test_a_full_disk_leaves_nothing(home: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Archive, "copy", full)
    with pytest.raises(EnvironmentProblem, match="free some disk space"):
        install_package(pack())
    assert everything_below(home) == []


def test_a_folder_that_cannot_be_made_is_an_environment_problem(
    home: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "file" / "packages"))
    with pytest.raises(EnvironmentProblem, match="cannot install the package in"):
        install_package(pack())
