"""Broken and hostile files: one clear sentence or a result, never a traceback, never a full memory."""

from __future__ import annotations

import io
import random
import resource
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.documents import package
from aligner.documents.read import open_original, read_any
from aligner.errors import InputError
from tests.unit.documents import made

FILES = {
    "docx": made.docx,
    "epub": made.epub,
    "odt": made.odt,
    "pdf": lambda: made.two_columns(1),
    "html": made.SITE.encode,
    "md": made.MARKDOWN.encode,
    "rtf": lambda: made.RTF,
}


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """An archive with another part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return buffer.getvalue()


def refused(tmp_path: Path, data: bytes, name: str) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_any(path)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value.what


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(made.RTF)
    assert read_any(tmp_path / "a.rtf").text == "Le ministre a signé.\n\nFin é.\n\nNote.\n"


@pytest.mark.parametrize("kind", FILES)
def test_truncated_files(tmp_path: Path, kind: str) -> None:
    data = FILES[kind]()
    for size in (len(data) // 3, len(data) * 2 // 3, len(data) - 20):
        (tmp_path / f"a.{kind}").write_bytes(data[:size])
        try:
            read_any(tmp_path / f"a.{kind}")
        except InputError as error:
            assert error.hint  # noqa: PT017 - either is right


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PART", 1 << 20)
    bomb = replaced(made.docx(), "word/document.xml", b"<w:document>" + b" " * (4 << 20))
    assert "too large when unpacked" in refused(tmp_path, bomb, "a.docx")


def test_sizes_that_lie_are_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PART", 1 << 20)
    bomb = bytearray(replaced(made.docx(), "word/document.xml", b" " * (4 << 20)))
    size = (4 << 20).to_bytes(4, "little")
    while (at := bomb.find(size)) >= 0:
        bomb[at : at + 4] = (10).to_bytes(4, "little")
    assert refused(tmp_path, bytes(bomb), "a.docx")


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "word/../../evil.txt"])
def test_names_that_lead_elsewhere_write_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in/a.docx"
    path.write_bytes(replaced(made.docx(), name, b"evil"))
    _, original = open_original(path)
    original.saved({}, "en")
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        b'<!DOCTYPE w [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_mean_nothing(tmp_path: Path, doctype: bytes) -> None:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>Oui &c;.</w:t></w:r></w:p></w:body></w:document>' % space
    data = replaced(made.docx(), "word/document.xml", doctype + body)
    try:
        (tmp_path / "a.docx").write_bytes(data)
        assert "root:" not in read_any(tmp_path / "a.docx").text
    except InputError as error:
        assert "damaged" in error.what  # noqa: PT017


def test_macros_are_not_run_and_not_passed_on(tmp_path: Path) -> None:
    data = replaced(made.docx(), "word/vbaProject.bin", b"\x00macro")
    path = tmp_path / "a.docm"
    path.write_bytes(data)
    assert "it has macros: they were not looked at" in read_any(path).notes
    _, original = open_original(path)
    with zipfile.ZipFile(io.BytesIO(original.saved({}, "en"))) as archive:
        assert "word/vbaProject.bin" not in archive.namelist()


def test_passwords_are_named(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    secret = made.plain_pdf(["Un secret."], encrypt=StandardEncryption("lock", "owner"))
    assert refused(tmp_path, secret, "a.pdf") == "this file is protected by a password"


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{'<div>' * 50_000}Oui.", encoding="utf-8")
    (tmp_path / "a.md").write_text("> " * 5_000 + "Oui.\n" + "[" * 5_000, encoding="utf-8")
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 " + b"{" * 50_000 + b"Oui.")
    deep = b"<a>" * 50_000
    (tmp_path / "a.docx").write_bytes(replaced(made.docx(), "word/document.xml", deep))
    for path in tmp_path.iterdir():
        try:
            assert read_any(path).text
        except InputError as error:
            assert error.hint  # noqa: PT017


def test_a_long_pdf_takes_little_memory(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(500):
        for line in range(40):
            canvas.drawString(72, 760 - 17 * line, f"La ligne {line} de la page {page} est ici.")
        canvas.showPage()
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(buffer.getvalue())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    layout = read_any(tmp_path / "a.pdf").layout
    assert layout is not None
    assert layout.blocks[-1].place.endswith("500")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=40)
@given(seed=st.integers(0, 1 << 30))
def test_mutated_files_end_in_a_sentence_or_a_result(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    """A few bytes of the file, or of a part in an archive, are others: it is read, or refused in one sentence."""
    chance = random.Random(seed)
    data = FILES[kind]()
    if kind in {"docx", "odt", "epub"} and chance.random() < 0.8:
        part = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/chapter1.xhtml"}[kind]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = replaced(data, part, mutated(archive.read(part), chance))
    else:
        data = mutated(data, chance)
    path = tmp_path_factory.getbasetemp() / f"mutated.{kind}"
    path.write_bytes(data)
    try:
        text = read_any(path).text
        _, original = open_original(path)
        assert text
        original.saved({n: p.pieces for n, p in enumerate(original.paragraphs)}, "en")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with a few changes: flipped, cut out, doubled, moved."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(max(len(changed), 1))
        size = chance.choice((1, 1, 2, 8, 64))
        what = chance.randrange(4)
        if what == 0:
            changed[at : at + size] = chance.randbytes(size)
        elif what == 1:
            del changed[at : at + size]
        elif what == 2:
            changed[at:at] = changed[at : at + size]
        else:
            changed[at:at] = chance.choice((b"<", b">", b"&", b"\x00", b"</w:p>", b"<w:p>", b"\xff", b"{", b"}"))
    return bytes(changed)
