"""Documents of other programs are named as what they are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aligner.documents import read_text
from aligner.documents.kinds import KINDS, refuse_documents, written_kind, written_name
from aligner.errors import InputError


def archive(*names: str, first: tuple[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        if first:
            packed.writestr(*first)
        for name in names:
            packed.writestr(name, "Bonjour.", zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
ODT = archive("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text"))
EPUB = archive("META-INF/container.xml", first=("mimetype", "application/epub+zip"))
PAGE = "<html lang='fr'><body><p>Bonjour.</p></body></html>"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (rb"{\rtf1\ansi Bonjour.}", "a rich text file (RTF)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document (.doc, .xls, .ppt)"),
        (DOCX, "a Word document (.docx)"),
        (ODT, "an OpenDocument text (.odt)"),
        (EPUB, "an e-book (EPUB)"),
        (archive("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (archive("lettre.txt"), "a ZIP archive"),
        (PAGE.encode(), "a web page (HTML)"),
        (f"\ufeff\n<!-- page --><!DOCTYPE html>\n{PAGE}".encode(), "a web page (HTML)"),
        (f'<?xml version="1.0"?>\n{PAGE.upper()}'.encode(), "a web page (HTML)"),
        (f"\ufeff{PAGE}".encode("utf-16-le"), "a web page (HTML)"),
    ],
)
def test_what_is_no_plain_text_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "lettre.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_text(path, what="glossary")
    assert str(caught.value).startswith(f"{path}: this is {what}")
    assert "not plain text; " in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document (.doc, .xls, .ppt)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "an Office document with a password",
        ),
        (archive("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (archive("lettre.txt"), "a ZIP archive"),
    ],
)
def test_documents_that_cannot_be_read_are_named(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value).startswith(f"{path}: this is {what}, which cannot be read; ")
    assert caught.value.hint


def test_a_page_is_read_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text(PAGE, encoding="utf-8")
    assert read_text(path)[0] == "Bonjour.\n"


@pytest.mark.parametrize(
    "text",
    ["Le format %PDF-1.7 est ancien.", "<htmlement>", "PK", "La balise <html> ouvre la page.", "<p>Un paragraphe.</p>"],
)
def test_texts_about_them_are_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text(text, encoding="utf-8")
    assert read_text(path) == (text, ())


def test_a_line_of_markup_is_no_document() -> None:
    refuse_documents(PAGE.encode(), "standard input")


MARKUP = {
    "tei": ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>Oui.</text></TEI>', "a TEI file", "save its text as"),
    "tmx": ('<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "a.dtd">\n<tmx version="1.4">', "a TMX file", "--memory FILE"),
    "xliff": ('<xliff version="1.2">', "an XLIFF file", "`aligner import FILE`"),
    "po": ('# French\n#, fuzzy\nmsgid ""\nmsgstr ""\n"Language: fr\\n"\n', "a PO file of gettext", "po2tmx"),
    "docbook": ('<book xmlns="http://docbook.org/ns/docbook"><title>Le bail</title>', "a DocBook file", "pandoc"),
    "docbook 4": (
        '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x.dtd">\n<article>',
        "a DocBook file", "pandoc",
    ),
    "srx": ('<srx version="2.0">', "a file of segmentation rules (SRX)", "--srx FILE"),
    "tbx": ('<!-- x --><martif type="TBX">', "a TBX glossary", "--glossary FILE"),
    "xml": ("<?xml version='1.0'?><recette>Tarte</recette>", "an XML file (<recette>)", "save its text as"),
    "wordfast": ("%20260101~101010\t%User ID,AB\t%TU=1\t%FR-FR\t%Wordfast\t%EN-GB\n", "a Wordfast memory", "--mem"),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
@pytest.mark.parametrize("ending", [".txt", ".xml", ".md"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_given_as_text_is_named_with_the_right_command(
    name: str, ending: str, encoding: str, tmp_path: Path
) -> None:
    text, what, hint = MARKUP[name]
    path = tmp_path / f"lettre{ending}"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value).startswith(f"{path}: this is {what}, which cannot be read; ")
    assert hint in (caught.value.hint or "")
    with pytest.raises(InputError, match="not plain text; "):
        refuse_documents(text.encode(encoding), path)


@pytest.mark.parametrize(
    "text",
    ["<Non>, dit-il.", "<book> est un mot.", "TEI, TMX et XLIFF", "<article>Oui.</article>", "msgid est un mot",
     "% 20260101 en hausse", "# Titre\n\nOui.", '"Oui."\n"Non."\n'],
)  # fmt: skip
def test_texts_that_look_a_little_like_markup_are_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text(text, encoding="utf-8")
    assert read_text(path) == (text, ())


ENDINGS = sorted({each for row in KINDS.values() for each in (*row.suffixes, *row.others)})


@pytest.mark.parametrize("ending", [*ENDINGS, ".tmx", ".xlf", ".csv", ".jsonl", ".gz"])
def test_every_known_ending_is_written_as_its_kind_or_refused_in_a_sentence(ending: str) -> None:
    place, original = Path(f"x{ending.upper()}"), Path("lettre.txt")
    if ending in {each for row in KINDS.values() for each in row.written}:
        assert ending in written_kind(place, original).written
        return
    with pytest.raises(InputError, match=f"x{ending.upper()}: this kind of file cannot be written; use .txt, "):
        written_kind(place, original)


def test_a_template_is_only_written_over_a_template() -> None:
    assert written_kind(Path("a.docm"), Path("b.docm")).name == "docx"
    with pytest.raises(InputError, match=r"\.docm only from \.docm"):
        written_kind(Path("a.docm"), Path("b.docx"))
    assert written_kind(Path("a.english"), Path("b.pdf")).name == "plain"


@pytest.mark.parametrize("ending", ENDINGS)
def test_in_a_folder_every_file_gets_a_name_that_can_be_written(ending: str) -> None:
    original = Path(f"a{ending}")
    written_kind(Path(written_name(original)), original)
