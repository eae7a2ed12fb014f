"""The English of a person that is hard-wrapped: an edit joins its lines and leaves its sentences alone."""

from __future__ import annotations

from pathlib import Path

from aligner.editing.rewrite import rewrite
from aligner.pipeline.align_files import AlignChoices, align_files
from aligner.text import line_layout, segment

FRENCH = "Le facteur montait chaque jour. Il posait son sac. Il redescendait le soir.\n"
ENGLISH = """\
The postman went up every day to the hamlet where nobody had been
waiting for him for years. He put his bag down on the bench and he
drank from the fountain. In the evening, when the lamps were lit, he
went down again.
"""


def test_an_edit_in_a_wrapped_text(tmp_path: Path) -> None:
    (tmp_path / "a.fr.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(ENGLISH, encoding="utf-8")
    bitext = align_files(tmp_path / "a.fr.txt", tmp_path / "a.en.txt", AlignChoices())
    assert [bead.type for bead in bitext.beads] == ["1-1"] * 3
    edited, english = rewrite(bitext, ENGLISH, bitext.beads, {1: "He put it down."}, source=FRENCH)
    assert english == (
        "The postman went up every day to the hamlet where nobody had been waiting for him for years. He put it down. "
        "In the evening, when the lamps were lit, he went down again.\n"
    )
    assert [english[s.start : s.end] for s in edited.target.segments] == [s.text for s in edited.target.segments]
    again = segment(english, "en", paragraphs=line_layout(english))
    assert [(s.text, s.locator) for s in again] == [(s.text, s.locator) for s in edited.target.segments]
