"""Documents made by other programs, for the tests: python-docx, odfdo, reportlab, LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PAGE = """<html lang="fr"><head><title>Accord</title></head><body><h1>Accord de coopération</h1>
<p>Le <b>ministre</b> et <i>le président</i> ont signé <a href="http://exemple.fr/">un accord</a>. Il est long.</p>
<ol><li>Un pas.</li><li>Deux pas.</li></ol>
<table border="1"><tr><td>Pays</td><td>Total</td></tr><tr><td>France</td><td>12</td></tr></table>
<h2>La suite</h2><p>La suite est <u>longue</u> et belle.</p></body></html>"""
TEXTS = [
    "Accord de coopération", "Le ministre et le président ont signé un accord. Il est long.", "Un pas.", "Deux pas.",
    "Pays", "Total", "France", "12", "La suite", "La suite est longue et belle.",
]  # fmt: skip
MARKDOWN = """---
title: Accord
---
# Accord de *coopération*

Le **ministre** et [le président](https://exemple.fr/p) ont
signé un accord.[^1] Il est long.

- Un pas.
  - Deux pas.

> Une citation
> sur deux lignes.

| Pays | Total |
| --- | ---: |
| France | **12** |

```
code
```

[^1]: Voir l'annexe.
"""
SITE = """<!DOCTYPE html><html lang="fr"><head><title>Visite</title></head><body>
<header><a href="/">Accueil</a></header><nav><ul><li><a href="a">Actualités</a></li></ul></nav>
<div id="cookie-banner">Nous utilisons des cookies. <button>Accepter</button></div>
<main><h1>La visite du <em>ministre</em></h1>
<p>Le <b>ministre</b> a vu <a href="http://exemple.fr/">le   site</a>.<br>Il était content.<img src="a.png" alt="">
Fin<sup><a href="#n1">1</a></sup>.</p>Un texte <i>libre</i>.
<div class="share-buttons">Partager sur <a href="f">Facebook</a></div></main>
<footer>Mentions légales</footer><script>alert(1)</script></body></html>"""


RTF = rb"{\rtf1\ansi {\fonttbl{\f0 Arial;}}Le \b ministre\b0  a sign\'e9.\par Fin \u233?.{\footnote Note.}\par}"


@cache
def epub() -> bytes:
    """A book of two chapters; our own writer's."""
    from aligner.documents.epub import write_epub
    from aligner.documents.layout import BlockKind, Paragraph, Piece

    texts = ["Le départ", "Le ministre est parti.", "Le retour", "Le ministre est revenu."]
    parts = [BlockKind.HEADING, BlockKind.TEXT] * 2
    paragraphs = [Paragraph((Piece(text),), part, 1) for text, part in zip(texts, parts, strict=True)]
    return write_epub(paragraphs, "fr", "Un roman")


@cache
def docx() -> bytes:
    import docx as python_docx

    made = python_docx.Document()
    made.add_heading("Déclaration commune", 1)
    paragraph = made.add_paragraph("Le ")
    paragraph.add_run("ministre").bold = True
    paragraph.add_run(" a reçu le président. ")
    paragraph.add_run("Il a souri.").italic = True
    made.add_paragraph("Premier point", style="List Bullet")
    table = made.add_table(2, 2)
    for number, text in enumerate(("Pays", "Total", "France", "12")):
        table.cell(number // 2, number % 2).text = text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@cache
def odt() -> bytes:
    from odfdo import Document, Header, Paragraph, Style

    made = Document("text")
    made.body.clear()
    made.insert_style(Style("text", name="gras", bold=True, area="text"), automatic=True)
    made.body.append(Header(1, "Déclaration commune"))
    paragraph = Paragraph("Le ministre a reçu le président.")
    paragraph.set_span("gras", regex="ministre")
    made.body.append(paragraph)
    note = Paragraph("Il a souri.")
    note.insert_note(after="Il", note_id="n1", citation="1", body="Selon la presse.")
    made.body.append(note)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@cache
def two_columns(pages: int = 3) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    def furniture(canvas, document) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, "Revue de droit international")
        canvas.drawCentredString(297, 30, str(document.page + 11))

    styles = getSampleStyleSheet()
    body = ParagraphStyle(
        "body", parent=styles["Normal"], alignment=4, fontName="Times-Roman", leading=12, spaceAfter=6
    )
    buffer = io.BytesIO()
    frames = [Frame(60, 60, 230, 720, id="left"), Frame(305, 60, 230, 720, id="right")]
    template = BaseDocTemplate(buffer, pagesize=A4)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=furniture)])
    story = []
    for chapter in range(1, 4 * pages + 1):
        story.append(Paragraph(f"Chapitre {chapter}", styles["Heading2"]))
        text = "La coopération entre les États est nécessaire à la paix et au développement durable des peuples. " * 3
        story += [Paragraph(f"Début {chapter}.{n}. {text} Fin {chapter}.{n}.", body) for n in (1, 2, 3)]
    template.build(story)
    return buffer.getvalue()


def plain_pdf(lines: list[str], **options: object) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@cache
def by_libreoffice(form: str) -> bytes:
    """The page as LibreOffice saves it in another form; the test is skipped without LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "a.html").write_text(PAGE, encoding="utf-8")
        profile = f"-env:UserInstallation=file://{place}/profile"
        whole = ["soffice", profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8"]
        subprocess.run(
            [*whole, "--outdir", folder, str(place / "a.html")], check=True, capture_output=True, timeout=180
        )
        if form != "odt":
            command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, str(place / "a.odt")]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (place / f"a.{form}").read_bytes()
