"""The public cases of ``shared/cases/text`` (others are kept apart for judging): sentences, wrapped lines, tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.pipeline.align_files import AlignChoices, align_files
from aligner.text import line_layout, segment

COUNTS = {
    "footnote_calls.fr.txt": [4, 3, 3, 3, 2],
    "emphasis_dash.fr.txt": [6, 3, 2],
    "abbreviations.fr.txt": [1] * 10,
    "seg.en.txt": [1, 1, 2],
    "sent_ar.txt": [5],
    "sent_cs.txt": [4],
    "sent_de.txt": [5],
    "sent_es.txt": [5],
    "sent_hi.txt": [4],
    "sent_ja.txt": [5],
    "sent_ru.txt": [5],
    "sent_ru2.txt": [2, 2],
    "sent_uk.txt": [3],
    "ru_par.txt": [10],
    "zh20.txt": [1] * 20,
    "table_tabs.fr.txt": [3, 3, 3],
}


@pytest.mark.parametrize("name", COUNTS)
def test_sentences(shared: Path, name: str) -> None:
    file = _there(shared, name)
    language = file.stem.rsplit(".", 1)[1] if "." in file.stem else file.stem.split("_")[-1][:2]
    language = {"pa": "ru", "zh": "zh"}.get(language, language)
    found = segment(file.read_text("utf-8"), language)
    counts = [sum(s.paragraph == p for s in found) for p in range(1, found[-1].paragraph + 1)]
    assert counts == COUNTS[name]


def test_wrapped_text(shared: Path) -> None:
    text = _there(shared, "wrap.fr.txt").read_text("utf-8")
    found = [s.text for s in segment(text, "fr", paragraphs=line_layout(text))]
    assert any("se mettait au travail." in s for s in found)
    assert any("le châtelain lui-même." in s for s in found)
    assert found[-5:] == [
        "Le vent du nord se lève,",
        "La neige couvre tout ;",
        "Je garde dans mon rêve",
        "Les soirs de mois d'août.",
        "[1] Voir le chapitre suivant.",
    ]


def test_wrapped_pair(shared: Path) -> None:
    bitext = align_files(_there(shared, "wrap_pair.fr.txt"), _there(shared, "wrap_pair.en.txt"), AlignChoices())
    assert [bead.type for bead in bitext.beads] == ["1-1"] * 4


def test_empty_lines_of_segmented_files(shared: Path) -> None:
    files = _there(shared, "blank_lines.fr"), _there(shared, "blank_lines.en")
    bitext = align_files(*files, AlignChoices(segmented=True))
    assert [(b.source, b.target) for b in bitext.beads if not b.is_null] == [((0,), (0,)), ((2,), (3,)), ((5,), (4,))]


def _there(shared: Path, name: str) -> Path:
    file = shared / "cases" / "text" / name
    if not file.exists():
        pytest.skip(f"{file} is not here")
    return file
