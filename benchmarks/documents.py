"""Pages per second and memory for each kind of document: python -m benchmarks.documents.

A document of 200 chapters of the same French text is written in each form by our own writers (PDF by reportlab) and
read again, once a process. A page is 2,000 characters.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aligner.documents.english.write import FORMS, fresh
from aligner.documents.layout import PLAIN, BlockKind, Paragraph, Piece
from aligner.documents.read import read_any

_TEXT = "La coopération entre les États est nécessaire à la paix et au développement durable des peuples. "
_PAGE = 2000


def paragraphs(chapters: int) -> list[Paragraph]:
    """A document with headings, bold words and a table in each chapter."""
    made = []
    for chapter in range(chapters):
        made.append(Paragraph((Piece(f"Chapitre {chapter}"),), BlockKind.HEADING, 1))
        for number in range(5):
            bold = Piece(f"Début {chapter}.{number} ", PLAIN.with_style("bold"))
            made.append(Paragraph((bold, Piece(_TEXT * 4 + "Fin."))))
        for cell in range(4):
            place = f"table {chapter}, row {cell // 2 + 1}, cell {cell % 2 + 1}"
            made.append(Paragraph((Piece(f"Cellule {cell}"),), BlockKind.CELL, 0, place))
    return made


def pdf(path: Path, chapters: int) -> None:
    """The same text as a PDF."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph as Block
    from reportlab.platypus import SimpleDocTemplate

    styles = getSampleStyleSheet()
    names = {BlockKind.HEADING: "Heading1"}
    story = [Block(each.text, styles[names.get(each.part, "Normal")]) for each in paragraphs(chapters)]
    SimpleDocTemplate(str(path)).build(story)


def _measured(path: Path) -> str:
    start = time.perf_counter()
    read = read_any(path)
    seconds = time.perf_counter() - start
    pages = len(read.text) / _PAGE
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = path.stat().st_size / 1e6
    return f"| {path.suffix[1:]} | {pages:,.0f} | {size:.2f} | {pages / seconds:,.0f} | {memory:,.0f} |"


def main() -> None:
    """Print a table."""
    if len(sys.argv) > 1:
        print(_measured(Path(sys.argv[1])))
        return
    chapters = 200
    print("| kind | pages | MB | pages a second | memory, MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for kind, ending in FORMS.values():
            files.append(Path(folder) / f"a{ending}")
            files[-1].write_bytes(fresh(kind)(paragraphs(chapters), "fr", "Un essai"))
        files += [Path(folder) / "a.pdf", Path(folder) / "a.txt"]
        pdf(files[-2], chapters)
        files[-1].write_text("\n".join(p.text for p in paragraphs(chapters)), encoding="utf-8")
        for path in files:
            command = [sys.executable, "-m", "benchmarks.documents", str(path)]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
