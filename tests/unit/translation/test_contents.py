"""Archives are not trusted."""

from __future__ import annotations

import random
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.translation.packages import contents
from aligner.translation.packages.contents import fingerprint, open_archive, open_contents

Pack = Callable[..., Path]


def archive_of(path: Path, *names: str, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught, open_archive(path):
        pass
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["p/../../evil", "../evil", "/etc/evil", "p//evil", "p/./evil", "C:/evil", "p\\..\\evil", "p/a:b", ".."],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads out of the package" in refusal(archive_of(tmp_path / "a", "p/ok", name))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_special_files_are_refused(tmp_path: Path, kind: int) -> None:
    member = zipfile.ZipInfo("p/link")
    member.create_system, member.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr(member, "/etc/passwd")
    assert "is a link or a special file" in refusal(tmp_path / "a")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    assert "far more than a package holds" in refusal(
        archive_of(tmp_path / "a", "p/zeros", data=bytes(5 << 20) + random.Random(1).randbytes(200_000))
    )


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_MEMBERS", 3)
    assert "far more" in refusal(archive_of(tmp_path / "a", *(f"p/{n}" for n in range(4))))


@pytest.mark.parametrize("names", [("p/a", "q/b"), ("p/a", "b"), ("b",), ()])
def test_only_one_folder_is_accepted(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert "exactly one folder" in refusal(archive_of(tmp_path / "a", *names))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "same name" in refusal(archive_of(tmp_path / "a", "p/Model", "p/model"))


@pytest.mark.parametrize("data", [b"", b"not a zip at all", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert "not a whole Argos package" in refusal(tmp_path / "a")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in refusal(tmp_path / "none")


def test_a_damaged_member_is_an_input_error(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a", "p/metadata.json", data=random.Random(1).randbytes(10_000))
    data = bytearray(path.read_bytes())
    data[60:80] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a whole Argos package"), open_archive(path) as archive:
        archive.read("metadata.json")


def test_an_encrypted_member_is_an_input_error(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a", "p/metadata.json")
    data = path.read_bytes().replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    path.write_bytes(data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01"))
    with pytest.raises(InputError), open_archive(path) as archive:
        archive.read("metadata.json")


def test_the_fingerprint_is_the_same_packed_and_unpacked(
    pack: Pack, tmp_path: Path, package_files: Mapping[str, bytes]
) -> None:
    folder = tmp_path / "unpacked"
    for name, data in package_files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "README.md").write_text("not part of it")
    with (
        open_contents(folder) as one,
        open_contents(pack(files={"metadata.json": package_files["metadata.json"]})) as two,
    ):
        assert fingerprint(one) == fingerprint(two)


def test_the_fingerprint_changes_with_the_model(pack: Pack, package_files: Mapping[str, bytes]) -> None:
    changed = package_files["model/model.bin"][:-1] + b"\x55"
    with open_contents(pack("a")) as one, open_contents(pack("b", files={"model/model.bin": changed})) as two:
        assert fingerprint(one) != fingerprint(two)
