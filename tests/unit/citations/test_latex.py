"""A real LaTeX takes what is written: quotations of hostile texts, and the entries that they cite."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.citations.article import article
from aligner.citations.forms import FORMS
from aligner.citations.quotation import quotation
from aligner.model import Record
from tests import make

TEXTS = [
    "1. « Le prix » : 5 % & plus_ou {moins} #1 $x$ ~ ^ \\ \\input{/etc/passwd}",
    '[crochet] d\'Œuvre — “guillemets” ‘simples’ `code` "droits" <i>|',
    "Espaces\u00a0: \u2002\u2009\u202f\u3000fin… 10⁶ m² CO₂ α β Ω ≤ ≥ ≠ → ½ € § ° № •",
    "}}}{{{ \\end{quote} %",
]
RECORDS = [
    Record("Un } titre { & 5 % #1", "2020-09-14", "Ren, Qi; {A, B}", "Éd_itions", "https://x.org/a_b?c=1&d=%20#e}"),
    Record("Loi n° 1", "vers 1950", type="legislation", number="2016-1321", court="Cour $ de"),
    Record("Sans auteur ~ ^ \\", "2019", type="book", publisher="Seuil"),
    Record(),
]
ARTICLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\begin{document}
\input{quotations}
\bibliographystyle{plain}
\bibliography{references}
\end{document}
"""


def ran(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_latex_compiles_an_article(engine: str, tmp_path: Path) -> None:
    if not (shutil.which(engine) and shutil.which("bibtex")):
        pytest.skip(f"no {engine} on this machine (apt-get install texlive-latex-base)")
    bitexts = [
        make.bitext(*[(text, text) for text in TEXTS], name=name, record=record)
        for name, record in zip(("a", "b_c", "dé-1", "d.e"), RECORDS, strict=True)
    ]
    quoted = [quotation(bitext, "1-4") for bitext in bitexts]
    references = [each.reference for each in quoted]
    (tmp_path / "article.tex").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "quotations.tex").write_text(article(FORMS["latex"], references, quoted), encoding="utf-8")
    (tmp_path / "references.bib").write_text(article(FORMS["bibtex"], references, quoted), encoding="utf-8")
    compile_ = (engine, "-interaction=nonstopmode", "-halt-on-error", "article.tex")
    ran(tmp_path, *compile_)
    assert "Warning" not in ran(tmp_path, "bibtex", "article")
    ran(tmp_path, *compile_)
    log = ran(tmp_path, *compile_)
    assert not re.search(r"Citation .* undefined|^!", log, re.MULTILINE)
    assert (tmp_path / "article.bbl").read_text(encoding="utf-8").count("\\bibitem") == len(bitexts)
