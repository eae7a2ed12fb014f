"""Alignments that are files of their own, with their texts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.conversion.convert import pieces
from aligner.formats.conversion.units import UnitSource

FRENCH = ["Le bail.", "Le toit.", "La cave.", "Fin."]
ENGLISH = ["The lease.", "The roof and the cellar.", "The end."]
PAIRS = [("Le bail.", "The lease."), ("Le toit. La cave.", "The roof and the cellar."), ("Fin.", "The end.")]
LADDER = "0\t0\t0.5\n1\t1\t0.25\n3\t2\t0.9\n4\t3\t0\n"
BEADS = "[0]:[0]:0.5\n[1, 2]:[1]:0.25\n[3]:[2]:0.9\n"
LINKS = '<link type="1-1" {0}="1;a" status="man"/><link {0}="2 3;b"/><link {0}="4;c"/>'.format("xtargets")
TURNED = '<link xtargets="a;1"/><link xtargets="b;2 3"/><link xtargets="c;4"/>'


def folder_of(tmp_path: Path) -> tuple[Path, Path]:
    """The two texts, a sentence a line and as XML."""
    for name, sentences, ids in (("fr", FRENCH, "1234"), ("en", ENGLISH, "abc")):
        (tmp_path / f"a.{name}.txt").write_text("".join(f"{line}\n" for line in sentences), encoding="utf-8")
        marked = "".join(f'<s id="{i}">{text}</s>' for i, text in zip(ids, sentences, strict=True))
        (tmp_path / f"a.{name}.xml").write_text(f'<text xml:lang="{name}"><p>{marked}</p></text>', encoding="utf-8")
    return tmp_path / "a.fr.txt", tmp_path / "a.en.txt"


def read(path: Path, texts: tuple[Path, Path] | None = None) -> list[tuple[str, str]]:
    (bitext,) = pieces(UnitSource(path, texts=texts), size=0)
    assert (bitext.source.language, bitext.target.language) == ("fr", "en")
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


@pytest.mark.parametrize(("name", "content"), [("a.ladder", LADDER), ("hun.txt", LADDER), ("a.beads", BEADS)])
def test_positions_and_two_texts(tmp_path: Path, name: str, content: str) -> None:
    texts = folder_of(tmp_path)
    (tmp_path / name).write_text(content)
    assert read(tmp_path / name, texts) == PAIRS


def test_segments_stay_segments(tmp_path: Path) -> None:
    texts = folder_of(tmp_path)
    (tmp_path / "a.ladder").write_text(LADDER)
    (bitext,) = pieces(UnitSource(tmp_path / "a.ladder", texts=texts), size=0)
    assert [(s.text, s.locator) for s in bitext.source.segments][1:3] == [("Le toit.", "2.1"), ("La cave.", "3.1")]
    assert [bead.score for bead in bitext.beads] == [0.5, 0.25, 0.9]


def test_paragraphs_of_hunalign_are_counted_and_are_no_text(tmp_path: Path) -> None:
    texts = folder_of(tmp_path)
    for path in texts:
        path.write_text("<p>\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "a.ladder").write_text(
        "0\t0\t1\n" + re.sub(r"(\d)\t(\d)\t", lambda m: f"{int(m[1]) + 1}\t{int(m[2]) + 1}\t", LADDER)
    )
    assert read(tmp_path / "a.ladder", texts) == PAIRS


XML = {
    "XCES": f'<cesAlign><linkGrp fromDoc="a.fr.xml" toDoc="a.en.xml.gz">{LINKS}</linkGrp></cesAlign>',
    "InterText": f"<linkGrp toDoc='a.en.xml' fromDoc='a.fr.xml'>{TURNED}</linkGrp>",
    "InterText in the order of XCES": f"<linkGrp toDoc='a.en.xml' fromDoc='a.fr.xml'>{LINKS}</linkGrp>",
}


@pytest.mark.parametrize("content", XML.values(), ids=XML)
def test_links_in_xml(tmp_path: Path, content: str) -> None:
    folder_of(tmp_path)
    (tmp_path / "links.xml").write_text(content)
    assert read(tmp_path / "links.xml") == PAIRS


def test_packed_texts_and_sentences_without_a_link(tmp_path: Path) -> None:
    folder_of(tmp_path)
    text = tmp_path / "a.en.xml"
    (tmp_path / "a.en.xml.gz").write_bytes(gzip.compress(text.read_bytes()))
    text.unlink()
    content = '<cesAlign><linkGrp fromDoc="a.fr.xml" toDoc="a.en.xml.gz"><link xtargets="2 3;b"/></linkGrp></cesAlign>'
    (tmp_path / "links.xml").write_text(content)
    alone = [("Le bail.", ""), ("", "The lease."), PAIRS[1], ("Fin.", ""), ("", "The end.")]
    assert read(tmp_path / "links.xml") == alone


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ladder", "0\t0\t1\n9\t9\t1\n", "line 2: the alignment and .*a.fr.txt are not of the same length"),
        ("a.ladder", "0\t0\t1\n1\t1\t1\n", "the alignment and .*a.fr.txt are not of the same length"),
        ("a.ladder", "0\t0\t1\n3\t2\t1\n1\t1\t1\n", "line 3: the rungs of the ladder go back"),
        ("a.ladder", "0\t0\t1\nx\n", "line 2: this is not a rung of a ladder"),
        ("a.ladder", "\n", "there is nothing in this file"),
        ("a.beads", "[7]:[0]:1\n", r"bead \[7\]:\[0\]: there is no such line in the texts"),
        (
            "l.xml",
            '<cesAlign><linkGrp fromDoc="../x.xml" toDoc="a.en.xml"/></cesAlign>',
            "'../x.xml' is not beside its",
        ),
        (
            "l.xml",
            '<cesAlign><linkGrp fromDoc="a.fr.xml" toDoc="a.en.xml"><link xtargets="1;zz"/></linkGrp></cesAlign>',
            "there is no sentence 'zz' in these texts",
        ),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    texts = folder_of(tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        read(tmp_path / name, None if name == "l.xml" else texts)


def test_an_alignment_alone_has_no_texts(tmp_path: Path) -> None:
    (tmp_path / "a.ladder").write_text(LADDER)
    with pytest.raises(InputError, match="an alignment alone has no texts; name both texts"):
        read(tmp_path / "a.ladder")
