"""Back out: the English in the form of the original, or in another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.documents.bilingual import read_table, write_table
from aligner.documents.english import FORMS, write_english
from aligner.documents.english.styles import carry
from aligner.documents.english.words import renders_of
from aligner.documents.layout import PLAIN, BlockKind, Piece, TextLook
from aligner.documents.read import read_any
from aligner.errors import InputError
from aligner.model import Bitext, Side, Status, sha256
from aligner.pipeline.library import align
from aligner.pipeline.pairing import pair_renderings
from aligner.text import segment
from aligner.translation import Rendering
from tests.unit.documents import made

BOLD, ITALIC, LINK = PLAIN.with_style("bold"), PLAIN.with_style("italic"), TextLook(link="x")
ENGLISH = {
    "Accord de coopération": "Cooperation agreement",
    "Déclaration commune": "Joint declaration",
    "Le ministre a reçu le président.": "The minister received the president.",
    "Il a souri.": "He smiled.",
    "Premier point": "First point",
    "Pays": "Country",
    "Total": "Total",
    "France": "France",
    "Le ministre et le président ont signé un accord.": "The minister and the president signed an agreement.",
    "Il est long.": "It is long.",
    "Un pas.": "One step.",
    "Deux pas.": "Two steps.",
    "Une citation sur deux lignes.": "A quotation on two lines.",
    "Voir l'annexe.": "See the annex.",
    "La visite du ministre": "The minister’s visit",
    "Le ministre a vu le site.": "The minister saw the site.",
    "Il était content.": "He was happy.",
    "Fin.": "The end.",
    "Un texte libre.": "A free text.",
    "Selon la presse.": "According to the press.",
    "La suite": "The sequel",
    "La suite est longue et belle.": "The sequel is long and beautiful.",
}


def aligned(path: Path) -> Bitext:
    """The bitext of a document with its translation above."""
    read = read_any(path)
    segments = segment(read.text, "fr", boilerplate=False)
    renderings = [Rendering(ENGLISH.get(s.text, s.text), 1.0) for s in segments]
    pairing = pair_renderings(read.text, segments, renderings)
    source = Side("fr", tuple(segments), sha256=sha256(read.text))
    return Bitext("a", source, Side("en", pairing.segments, sha256=sha256(pairing.text)), pairing.beads)


def written(tmp_path: Path, content: bytes | str, name: str, form: str) -> tuple[Path, tuple[str, ...]]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    made = write_english(aligned(path), path, form)
    result = tmp_path / f"english{FORMS[form][1]}"
    result.write_bytes(made.data)
    return result, made.remarks


def marks(path: Path) -> dict[str, str]:
    read = read_any(path)
    assert read.layout is not None
    return {read.text[m.start : m.end]: m.value or m.kind for m in read.layout.marks}


@pytest.mark.parametrize(
    ("pieces", "text", "expected"),
    [
        (
            [Piece("Le "), Piece("ministre", BOLD), Piece(" a reçu "), Piece("le président", LINK), Piece(".")],
            "The minister received the president.",
            {"minister": BOLD, "president": LINK},
        ),
        ([Piece("Article premier :", BOLD), Piece(" les parties coopèrent.")], "Article one: the parties cooperate.",
         {"Article one:": BOLD}),
        ([Piece("Il a lu "), Piece("Le Monde", ITALIC), Piece(".")], "He read Le Monde.", {"Le Monde": ITALIC}),
        ([Piece("Tout est gras.", BOLD)], "All is bold.", {"All is bold.": BOLD}),
    ],
)  # fmt: skip
def test_styles_go_to_the_words_that_correspond(pieces: list[Piece], text: str, expected: dict[str, TextLook]) -> None:
    carried = carry(pieces, text, renders_of(align("".join(p.text for p in pieces), text)))
    assert {p.text: p.look for p in carried.pieces if p.look != PLAIN} == expected
    assert "".join(p.text for p in carried.pieces) == text
    assert not carried.spread


def _no_word(word: str, other: str) -> bool:
    return False


def test_where_it_is_not_sure_the_whole_sentence_takes_the_style() -> None:
    carried = carry([Piece("Il faut "), Piece("en tout cas", BOLD), Piece(" partir.")], "We must leave.", _no_word)
    assert carried.pieces == (Piece("We must leave.", BOLD),)
    assert carried.spread


def test_marks_of_notes_stay_behind_their_words() -> None:
    pieces = [Piece("La paix"), Piece("", PLAIN, "note"), Piece(" est utile."), Piece("", PLAIN, "end")]
    carried = carry(pieces, "Peace is useful.", lambda a, b: (a, b) == ("paix", "peace"))
    assert [p.text or p.own for p in carried.pieces] == ["Peace", "note", " is useful.", "end"]


def test_word(tmp_path: Path) -> None:
    path, remarks = written(tmp_path, made.docx(), "a.docx", "docx")
    read = read_any(path)
    assert read.text.split("\n") == [
        "Joint declaration", "", "The minister received the president. He smiled.", "", "First point", "", "Country",
        "Total", "France", "12", "",
    ]  # fmt: skip
    assert marks(path) == {"minister": "bold", "He smiled.": "italic"}
    assert remarks == ()


def test_markdown(tmp_path: Path) -> None:
    path, _ = written(tmp_path, made.MARKDOWN, "a.md", "md")
    assert path.read_text("utf-8").startswith(
        "---\ntitle: Accord\n---\n# *Cooperation* agreement\n\n"
        "The **minister** and the [president](https://exemple.fr/p) signed an agreement.[^1] It is long.\n"
    )
    assert "- One step.\n  - Two steps.\n\n> A quotation on two lines.\n" in path.read_text("utf-8")
    assert "[^1]: See the annex.\n" in path.read_text("utf-8")
    assert "```\ncode\n```" in path.read_text("utf-8")


def test_a_web_page(tmp_path: Path) -> None:
    path, remarks = written(tmp_path, made.SITE, "a.html", "html")
    page = path.read_text("utf-8")
    assert (
        '<p>The <b>minister</b> saw the <a href="http://exemple.fr/">site</a>.<br>He was happy.'
        '<img src="a.png" alt=""> The end<sup><a href="#n1">1</a></sup>.</p>A <i>free</i> text.<div'
    ) in page
    assert '<html lang="en">' in page
    assert "<title>The minister’s visit</title>" in page
    assert "Nous utilisons des cookies." in page
    assert "5 lines of boilerplate (menus, running heads, page numbers): not translated" in remarks


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("La visite du ministre", "The minister’s visit"),
        ("La visite du\nministre | Journal", "The minister’s visit | Journal"),
        ("Visite", "The minister’s visit"),
    ],
)
def test_the_title_of_a_web_page_is_that_of_its_heading(tmp_path: Path, title: str, expected: str) -> None:
    site = made.SITE.replace("<title>Visite</title>", f"<title>{title}</title>")
    path, _ = written(tmp_path, site, "a.html", "html")
    assert f"<title>{expected}</title>" in path.read_text("utf-8")


@pytest.mark.parametrize(("content", "name", "form"), [
    (made.odt, "a.odt", "odt"),
    (lambda: made.by_libreoffice("docx"), "a.docx", "docx"),
    (lambda: made.by_libreoffice("odt"), "a.odt", "odt"),
    (lambda: made.by_libreoffice("epub"), "a.epub", "epub"),
])  # fmt: skip
def test_files_of_other_programs(tmp_path: Path, content, name: str, form: str) -> None:
    path, _ = written(tmp_path, content(), name, form)
    before, after = read_any(tmp_path / name), read_any(path)
    assert after.layout is not None
    assert before.layout is not None
    assert [(b.part, b.level, b.place) for b in after.layout.blocks] == [
        (b.part, b.level, b.place) for b in before.layout.blocks
    ]
    assert not set(ENGLISH) & set(after.text.split("\n")) - {"France", "Total"}
    if form != "epub":
        assert marks(path)["minister"] == "bold"


@pytest.mark.parametrize("form", FORMS)
def test_a_pdf_goes_out_in_every_form(tmp_path: Path, form: str) -> None:
    """A new document of each form is read with the same headings and text."""
    path, _ = written(tmp_path, made.two_columns(1), "a.pdf", form)
    before, after = read_any(tmp_path / "a.pdf"), read_any(path)
    assert before.layout is not None
    assert after.layout is not None
    kept = [before.text[b.start : b.end] for b in before.layout.blocks if b.part is not BlockKind.FURNITURE]
    assert [after.text[b.start : b.end] for b in after.layout.blocks] == kept
    assert [b.level for b in after.layout.blocks if b.part is BlockKind.HEADING] == [
        b.level for b in before.layout.blocks if b.part is BlockKind.HEADING
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_new_document_keeps_styles_and_tables(tmp_path: Path, form: str) -> None:
    name = "a.html" if form == "md" else "a.md"
    path, remarks = written(tmp_path, made.PAGE if form == "md" else made.MARKDOWN, name, form)
    found = marks(path)
    assert found["minister"] == "bold"
    assert found["agreement" if form == "md" else "president"].startswith("http")
    read = read_any(path)
    assert read.layout is not None
    cells = [read.text[b.start : b.end] for b in read.layout.blocks if b.part is BlockKind.CELL]
    assert cells == ["Country", "Total", "France", "12"]
    assert [read.text[b.start : b.end] for b in read.layout.blocks if b.part is BlockKind.ITEM] == [
        "One step.",
        "Two steps.",
    ]
    if form not in {"md"}:
        assert any("marks of notes" in sentence for sentence in remarks)


def test_plain_text_goes_out(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "  Déclaration commune\n\nIl a souri. Un pas.\n", "a.txt", "docx")
    assert read_any(path).text == "Joint declaration\n\nHe smiled. One step.\n"


def test_a_changed_original_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Un pas.\n", encoding="utf-8")
    bitext = aligned(path)
    path.write_text("Deux pas.\n", encoding="utf-8")
    with pytest.raises(InputError, match="not the text that was aligned"):
        write_english(bitext, path, "md")


def test_a_bilingual_table_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made.docx())
    bitext = aligned(tmp_path / "a.docx")
    bitext = replace(
        bitext, beads=tuple(replace(bead, note="À voir") if n == 1 else bead for n, bead in enumerate(bitext.beads))
    )
    path = tmp_path / "table.docx"
    path.write_bytes(write_table([bitext]))
    (back,) = (document.bitext for document in read_table(path))
    assert back.id == bitext.id
    assert [back.source_text(b) for b in back.beads] == [bitext.source_text(b) for b in bitext.beads]
    assert [back.target_text(b) for b in back.beads] == [bitext.target_text(b) for b in bitext.beads]
    assert [back.locator(b) for b in back.beads] == [bitext.locator(b) for b in bitext.beads]
    assert [b.note for b in back.beads] == [b.note for b in bitext.beads]
    assert {b.status for b in back.beads} == {Status.DRAFT}


def test_what_word_changes_in_the_table_is_an_edit(tmp_path: Path) -> None:
    import docx as python_docx

    (tmp_path / "a.docx").write_bytes(made.docx())
    path = tmp_path / "table.docx"
    path.write_bytes(write_table([aligned(tmp_path / "a.docx")]))
    opened = python_docx.Document(str(path))
    cell = opened.tables[0].rows[2].cells[2]
    cell.paragraphs[0].runs[0].text = "The minister met the president."
    opened.tables[0].rows[2].cells[3].text = "clearer"
    opened.add_comment(opened.tables[0].rows[3].cells[2].paragraphs[0].runs, text="Really?", author="Ada")
    opened.save(str(path))
    (back,) = (document.bitext for document in read_table(path))
    assert back.target_text(back.beads[1]) == "The minister met the president."
    assert back.beads[1].status is Status.EDITED
    assert back.beads[1].note == "clearer"
    assert back.beads[2].note == "Really?"
    assert back.beads[2].status is Status.DRAFT


def test_another_word_document_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made.docx())
    with pytest.raises(InputError, match="not a bilingual table of aligner"):
        list(read_table(tmp_path / "a.docx"))
