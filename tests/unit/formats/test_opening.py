"""Files in archives, under any name; archives that are broken, empty or made to do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.opening import opened_parts

TMX = (
    b'<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv>'
    b'<tuv xml:lang="en"><seg>Yes.</seg></tuv></tu></body></tmx>'
)
XLIFF = (
    b'<xliff version="1.2"><file original="b" source-language="fr" target-language="en"><body><trans-unit id="1">'
    b"<source>Non.</source><target>No.</target></trans-unit></body></file></xliff>"
)


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pairs(path: Path, source: str | None = "fr", target: str | None = "en") -> list[tuple[str, str]]:
    return [
        (document.bitext.source_text(bead), document.bitext.target_text(bead))
        for part in opened_parts(path)
        for document in part.documents(source, target)
        for bead in document.bitext.beads
    ]


def units(path: Path) -> list[str]:
    return [unit.variants[0].text for part in opened_parts(path) for unit in part.units()]


YES, NO = ("Oui.", "Yes."), ("Non.", "No.")
READ = {
    "a.tmx": (TMX, [YES]),
    "a.xlf": (TMX, [YES]),
    "memory.bin": (XLIFF, [NO]),
    "a.sdlxliff": (XLIFF, [NO]),
    "a.tmx.gz": (gzip.compress(TMX), [YES]),
    "a.tmx.bz2": (bz2.compress(TMX), [YES]),
    "a.tmx.xz": (lzma.compress(TMX), [YES]),
    "a.zip": (zipped({"README": b"Hello", "x/a.tmx": TMX, "b.xlf": XLIFF, "__MACOSX/x/._a.tmx": b"x"}), [YES, NO]),
    "unnamed.zip": (zipped({"@@": TMX, "a.tmx": TMX}).replace(b"@@", b"\0@"), [YES]),
    "deep.zip": (zipped({"en-fr.tmx.gz": gzip.compress(TMX)}), [YES]),
    "moses.zip": (zipped({"x.fr-en.fr": b"Oui.\n", "x.fr-en.en": b"Yes.\n", "LICENSE": b"x"}), [YES]),
    "turned.zip": (zipped({"Books.en-fr.en": b"Yes.\n", "Books.en-fr.fr": b"Oui.\n"}), [YES]),
    "slip.zip": (zipped({"../../slip.tmx": TMX, "/etc/slip.tmx": TMX}), [YES, YES]),
}


@pytest.mark.parametrize("name", READ)
def test_read_whatever_it_is_called_and_wrapped_in(name: str, tmp_path: Path) -> None:
    data, wanted = READ[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert pairs(path) == wanted
    assert len(units(path)) == len(wanted)
    assert [p.name for p in tmp_path.iterdir()] == [name]


NAMED = {
    "cut.tmx.gz": (gzip.compress(TMX * 9)[:-30], "cut.tmx.gz: this archive is damaged or cut short; fetch or make"),
    "cut.tmx.xz": (lzma.compress(TMX * 99)[:-60], "cut.tmx.xz: this archive is damaged or cut short"),
    "cut.zip": (zipped({"a.tmx": TMX})[:-20], "cut.zip: this ZIP archive is damaged"),
    "none.zip": (zipped({"a.png": b"\x89PNG"}), "no TMX or XLIFF file in this ZIP archive; in it: a.png"),
    "empty.zip": (zipped({}), "no TMX or XLIFF file in this ZIP archive; in it: nothing"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c0000", "this is a 7z archive, which cannot be read as pairs; unpack it"),
    "a.rar": (b"Rar!\x1a\x07\x00", "this is a RAR archive, which cannot be read as pairs; unpack it"),
    "a.xml": (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
        "this is not an edition as aligner writes it",
    ),
    "a.po": (b'msgid ""\nmsgstr ""\n', "this is a PO file of gettext, which cannot be read as pairs; make XLIFF of it"),
    "a.tbx": (b'<martif type="TBX"/>', "this is a TBX glossary, which cannot be read as pairs; use it as a glossary"),
    "a.doc": (b"\xd0\xcf\x11\xe0", "this kind of file cannot be read as pairs; use .tmx"),
    "a.zip": (zipped({"word/document.xml": b"<x/>"}), "this is a Word document, which cannot be read as pairs"),
    "a.tmx": (b"<html><body/></html>", "this is not a TMX file but <html>"),
    "empty.tmx": (b"", "there is nothing in this file; save it again"),
    "blank.xlf": (b"\xff\xfe\0\0 \n", "there is nothing in this file"),
    "a.csv.gz": (gzip.compress(b"a,b"), "a.csv.gz, line 1: there is no column 'source'"),
    "a.sdltm": (b"SQLite format 3\0" + bytes(84), "this Trados memory cannot be read"),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_cannot_be_read_is_named_with_a_way_out(name: str, tmp_path: Path) -> None:
    data, message = NAMED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        pairs(path)
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


def test_an_archive_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tmx.gz"
    beginning = TMX[: TMX.index(b"<tu>")]
    with gzip.open(path, "wb") as stream:
        stream.write(beginning)
        for _ in range(300):
            stream.write(b"<!-- " + b" " * (1 << 20) + b" -->")
    with pytest.raises(InputError, match="this archive unpacks to more than 250 times its size; if it is"):
        pairs(path)
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.tmx": b" " * (300 << 20)}))
    with pytest.raises(InputError, match="this archive unpacks to more than 250 times its size"):
        pairs(path)


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.tmx": TMX}))
    # the flag that says that a file is encrypted, in both places where it is written
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="this ZIP archive is protected by a password; unpack it"):
        pairs(path)


def test_the_languages_that_are_wanted_decide(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    turned = XLIFF.replace(
        b'source-language="fr" target-language="en"', b'source-language="en-GB" target-language="fr"'
    )
    path.write_bytes(turned)
    assert pairs(path) == [("No.", "Non.")]
    assert pairs(path, None, None) == [("Non.", "No.")]
    path.write_bytes(XLIFF.replace(b' target-language="en"', b""))
    assert pairs(path) == [NO]
    (unit,) = [unit for part in opened_parts(path) for unit in part.units("fr", "en")]
    assert [variant.language for variant in unit.variants] == ["fr", "en"]
