"""Files of every kind become the same text with the same parts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.documents.extract import map_of, read_map
from aligner.documents.layout import BlockKind, Layout
from aligner.documents.read import open_original, read_any, read_document
from aligner.errors import InputError
from aligner.model import sha256
from tests.unit.documents import made

Reading = tuple[str, Layout]


def reading(tmp_path: Path, content: bytes | str, name: str) -> Reading:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    read = read_any(path)
    assert read.layout is not None
    return read.text, read.layout


def texts(read: Reading, *parts: BlockKind) -> list[str]:
    return [read[0][b.start : b.end] for b in read[1].blocks if not parts or b.part in parts]


def marks(read: Reading) -> dict[str, str]:
    return {read[0][m.start : m.end]: m.value or m.kind for m in read[1].marks}


def test_markdown(tmp_path: Path) -> None:
    read = reading(tmp_path, made.MARKDOWN, "a.md")
    assert texts(read, BlockKind.HEADING) == ["Accord de coopération"]
    assert texts(read, BlockKind.TEXT) == [
        "Le ministre et le président ont signé un accord. Il est long.",
        "Une citation sur deux lignes.",
    ]
    assert texts(read, BlockKind.ITEM) == ["Un pas.", "Deux pas."]
    assert texts(read, BlockKind.CELL) == ["Pays", "Total", "France", "12"]
    assert texts(read, BlockKind.NOTE) == ["Voir l'annexe."]
    assert marks(read) == {
        "coopération": "italic", "ministre": "bold", "le président": "https://exemple.fr/p", "12": "bold",
    }  # fmt: skip
    assert "code\n" not in read[0]


def test_web_pages_mark_what_is_not_their_text(tmp_path: Path) -> None:
    read = reading(tmp_path, made.SITE, "a.html")
    assert texts(read, BlockKind.FURNITURE) == [
        "Accueil", "Actualités", "Nous utilisons des cookies. Accepter", "Partager sur Facebook", "Mentions légales",
    ]  # fmt: skip
    assert texts(read, BlockKind.HEADING) == ["La visite du ministre"]
    assert texts(read, BlockKind.TEXT) == ["Le ministre a vu le site.\nIl était content. Fin.", "Un texte libre."]


def test_a_page_that_a_browser_saved_in_one_file(tmp_path: Path) -> None:
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n'
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    read = reading(tmp_path, f"{head}{part}{made.SITE}\r\n--x--\r\n", "a.mhtml")
    assert texts(read, BlockKind.HEADING) == ["La visite du ministre"]


def test_word(tmp_path: Path) -> None:
    read = reading(tmp_path, made.docx(), "a.docx")
    assert texts(read) == [
        "Déclaration commune", "Le ministre a reçu le président. Il a souri.", "Premier point", "Pays", "Total",
        "France", "12",
    ]  # fmt: skip
    assert [b.part for b in read[1].blocks] == [
        BlockKind.HEADING,
        BlockKind.TEXT,
        BlockKind.ITEM,
        *[BlockKind.CELL] * 4,
    ]
    assert marks(read) == {"ministre": "bold", "Il a souri.": "italic"}
    assert read[1].blocks[-1].place == "table 1, row 2, cell 2"


def test_opendocument(tmp_path: Path) -> None:
    read = reading(tmp_path, made.odt(), "a.odt")
    assert texts(read, BlockKind.HEADING) == ["Déclaration commune"]
    assert texts(read, BlockKind.TEXT) == ["Le ministre a reçu le président.", "Il a souri."]
    assert texts(read, BlockKind.NOTE) == ["Selon la presse."]
    assert marks(read)["ministre"] == "bold"


@pytest.mark.parametrize("form", ["odt", "docx", "rtf", "epub"])
def test_files_by_libreoffice(tmp_path: Path, form: str) -> None:
    read = reading(tmp_path, made.by_libreoffice(form), f"a.{form}")
    assert texts(read) == made.TEXTS
    if form != "epub":  # there only classes of a style sheet say what is a heading and what is bold
        assert texts(read, BlockKind.HEADING) == ["Accord de coopération", "La suite"]
        assert {"ministre": "bold", "le président": "italic"}.items() <= marks(read).items()
    assert texts(read, BlockKind.CELL) == ["Pays", "Total", "France", "12"]


def test_pdf_by_libreoffice(tmp_path: Path) -> None:
    read = reading(tmp_path, made.by_libreoffice("pdf"), "a.pdf")
    assert texts(read, BlockKind.HEADING) == ["Accord de coopération", "La suite"]
    assert "Le ministre et le président ont signé un accord" in read[0].replace(" .", ".")
    assert {b.place.split(",")[0] for b in read[1].blocks} == {"page 1"}


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    read = reading(tmp_path, made.two_columns(), "a.pdf")
    starts = [t.split()[1].rstrip(".") for t in texts(read, BlockKind.TEXT)]
    assert starts == [f"{chapter}.{n}" for chapter in range(1, 13) for n in (1, 2, 3)]
    assert all(t.endswith(f"Fin {t.split()[1]}") for t in texts(read, BlockKind.TEXT))
    assert texts(read, BlockKind.HEADING) == [f"Chapitre {n}" for n in range(1, 13)]
    assert set(texts(read, BlockKind.FURNITURE)) == {"Revue de droit international", "12", "13", "14"}
    assert read[1].blocks[0].place == "page 12"


def test_hyphenation_is_closed(tmp_path: Path) -> None:
    lines = [
        "Le gouverne-",
        "ment a signé hier, dit-",
        "il, un accord avec les",
        "représentants des peu-",
        "ples réunis.",
    ]
    assert reading(tmp_path, made.plain_pdf(lines), "a.pdf")[0] == (
        "Le gouvernement a signé hier, dit-il, un accord avec les représentants des peuples réunis.\n"
    )


def test_a_scan_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.plain_pdf([]))
    with pytest.raises(InputError, match=r"1 page and no text"):
        read_any(tmp_path / "a.pdf")


def test_the_map_leads_back_to_the_original(tmp_path: Path) -> None:
    text, layout = reading(tmp_path, made.docx(), "a.docx")
    block = layout.block_at(text.index("souri"))
    assert block is not None
    assert text[block.start : block.end].startswith("Le ministre")
    assert layout.block_at(len(text) + 5) is None
    assert read_document(tmp_path / "a.docx", language="fr").document.id == "a"


def test_the_map_is_kept_in_a_file(tmp_path: Path) -> None:
    text, layout = reading(tmp_path, made.docx(), "a.docx")
    path = tmp_path / "a.map.jsonl"
    path.write_bytes(map_of(text, layout, tmp_path / "a.docx", "corpus/fr/a.docx"))
    assert read_map(path, sha256(text)) == layout
    assert read_map(path, sha256("another text")) is None
    path.write_text('{}\n{"block": 3}\n', encoding="utf-8")
    assert read_map(path, sha256(text)) is None
    assert read_map(tmp_path / "none.jsonl", "") is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (made.MARKDOWN, "a.md"),
        (made.SITE, "a.html"),
        (made.docx, "a.docx"),
        (made.odt, "a.odt"),
        (lambda: made.by_libreoffice("docx"), "b.docx"),
        (lambda: made.by_libreoffice("odt"), "b.odt"),
        (lambda: made.by_libreoffice("epub"), "b.epub"),
    ],
)
def test_what_is_written_back_is_read_again(tmp_path: Path, content, name: str) -> None:
    """The same parts, places and styles around other words."""
    text, layout = reading(tmp_path, content() if callable(content) else content, name)
    _, original = open_original(tmp_path / name)
    other = {n: [replace(p, text=p.text.upper()) for p in each.pieces] for n, each in enumerate(original.paragraphs)}
    again = reading(tmp_path, original.saved(other, "en"), f"again-{name}")
    assert again[0] == text.upper()
    # The lines of a paragraph of Markdown are joined: what follows has another line.
    places = [
        [(b.part, b.level, re.sub("^line .*", "line", b.place)) for b in found.blocks] for found in (again[1], layout)
    ]
    assert places[0] == places[1]
    assert again[1].marks == layout.marks
