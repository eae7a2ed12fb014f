"""What every format promises, asked of every row of the table.

A format keeps a text whole, leaves out what it says it leaves out, refuses what it cannot express, and gives the same
bytes for the same bitext. What a reader gives back differs from what was written only where ``loses`` says so.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, Format, Standing, WriteOptions
from aligner.formats.base import DEFAULTS
from aligner.formats.moses.write import moses_line
from aligner.formats.xlsx.rows import LONGEST
from aligner.formats.xml.markup import xml_text
from aligner.model import Bead, Bitext, Kind, Match, Origin, Role, Segment, Status, wording
from tests.make import beads as beads_of
from tests.make import side

TEXTS = {
    "plain": "La séance est ouverte.",
    "no-break spaces": "«\u00a0Prix\u202f: 1\u202f200\u00a0€\u00a0»",
    "right to left": "Il a dit «\u00a0السلام عليكم\u00a0» puis «\u00a0שלום\u00a0» \u200f\u202b!\u202c",
    "emoji": "Merci 🌊👩‍🔬🇫🇷",
    "other planes": "𝔘𠮷 \U0010fffd",
    "markup": "a < b && c > d ]]> <b>\"x\"</b> 'y' &amp; &#60; <!-- z --> <?q?> <![CDATA[r]]>",
    "tabs and line ends": "un\tdeux\ntrois\rquatre\r\ncinq\u2028six\x85sept",
    "several spaces": "un  deux   trois",
    "backslashes": r"C:\temp\new \\ \t",
    "curly": "{0} %s $1 [[x]]",
    "formulas": "=1+1",
    "a table's separators": "1;2,3|4",
    "quotation marks": '"un" \'deux\' ""',
    "escapes of spreadsheets": "_x0041_ _x005F_",
    "numbers": "007",
    "a bead": "[0]:[1]:0.5",
    "decomposed": "e\u0301te\u0301",
    "space at the ends": "\u00a0 un \u3000",
    "control characters": "un\x0bdeux\x00trois\x1b\ufffe",
    "long": "mot " * 20_000 + "fin",
}
SURROGATE = "un\ud83ddeux"
"""No text at all: half of a pair that UTF-16 needs and Unicode forbids."""
LOSSES: dict[str, Callable[[str], str]] = {
    "characters that XML forbids": xml_text,
    "Unicode NFC": lambda text: unicodedata.normalize("NFC", text),
    "space at the ends": str.strip,
    "line ends, tabs, repeated and outer spaces": moses_line,
}
"""What may become of a text, by the words that a format must then use."""
EVERY = pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
READABLE = [row for row in FORMATS.values() if row.read]
EVERY_READABLE = pytest.mark.parametrize("row", READABLE, ids=[row.name for row in READABLE])


def pairs(*texts: str) -> Bitext:
    """A bitext whose target texts are the source texts in brackets, so that no end is the same."""
    return Bitext("doc", side("fr", *texts), side("en", *(f"[{text}]" for text in texts)), beads_of(len(texts)))


def output(row: Format, *bitexts: Bitext, options: WriteOptions = DEFAULTS) -> bytes:
    if row.name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    stream = io.BytesIO()
    row.write(bitexts, stream, options)
    return stream.getvalue()


def back(row: Format, data: bytes) -> list[Bitext]:
    assert row.read is not None
    return list(row.read(io.BytesIO(data)))


def unpacked(data: bytes) -> bytes:
    """The output itself, or the files in it one after the other."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def texts(row: Format) -> list[str]:
    """The texts that the format can hold."""
    return [text for text in TEXTS.values() if row.name != "xlsx" or len(text) <= LONGEST]


def kept(row: Format, text: str) -> str:
    """The text as far as the format says that it keeps it."""
    for words, change in LOSSES.items():
        if words in row.loses:
            text = change(text)
    return text


@EVERY_READABLE
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_comes_back_but_for_what_is_named(row: Format, text: str) -> None:
    if text not in texts(row):
        with pytest.raises(InputError, match=r"doc:1\.1: the target has 80,005 characters, a cell holds 32,767"):
            output(row, pairs(text))
        return
    (bitext,) = back(row, output(row, pairs(text)))
    assert [segment.text for segment in bitext.source.segments] == [kept(row, text)]
    assert [segment.text for segment in bitext.target.segments] == [kept(row, f"[{text}]")]


@EVERY_READABLE
def test_half_a_character_is_kept_refused_or_its_loss_named(row: Format) -> None:
    if "lone surrogate is refused" in row.loses:
        with pytest.raises(InputError, match=r"doc:1\.1: a text has a lone surrogate"):
            output(row, pairs(SURROGATE))
        return
    (bitext,) = back(row, output(row, pairs(SURROGATE)))
    text = bitext.source.segments[0].text
    assert text == SURROGATE or (
        (text == "undeux" and "characters that XML forbids" in row.loses)
        or (text == "un?deux" and "lone surrogate becomes ?" in row.loses)
    )


@EVERY
def test_same_bytes_again(row: Format) -> None:
    bitext = pairs(*texts(row))
    assert output(row, bitext) == output(row, bitext)


@EVERY
def test_utf_8_without_mark_and_with_a_last_line_end(row: Format) -> None:
    if row.name == "parquet":
        pytest.skip("the format is binary")
    data = unpacked(output(row, pairs("Oui.", "Non.")))
    # Excel reads a CSV file without a mark in the encoding of the system.
    assert data.startswith(b"\xef\xbb\xbf") is (row.name == "csv")
    assert data.endswith(b"\n")
    assert b"\r\n" not in data
    data.decode("utf-8")


@EVERY_READABLE
def test_null_beads_come_back_or_are_named_as_lost(row: Format) -> None:
    beads = (Bead((0,), ()), Bead((), (0,)), Bead((1,), (1,)))
    bitext = Bitext("doc", side("fr", "Seul.", "Oui."), side("en", "Lonely.", "Yes."), beads)
    (found,) = back(row, output(row, bitext))
    lost = "without a counterpart" in row.loses
    assert [bead.type for bead in found.beads] == (["1-1"] if lost else ["1-0", "0-1", "1-1"])
    assert [found.locator(bead) for bead in found.beads] == (["2.1"] if lost else ["1.1", "t1.1", "2.1"])


@EVERY_READABLE
def test_several_segments_come_back_cut_as_they_were(row: Format) -> None:
    beads = (Bead((0, 1), (0,)), Bead((2,), (1, 2)))
    bitext = Bitext("doc", side("fr", "Oui.", "Non.", "Si."), side("en", "Yes. No.", "But", "yes."), beads)
    (found,) = back(row, output(row, bitext))
    cut = "all else" in row.loses and row.name == "moses"
    assert [bead.type for bead in found.beads] == (["1-1", "1-1"] if cut else ["2-1", "1-2"])
    assert [found.locator(bead) for bead in found.beads] == ["1.1", "3.1"]
    assert [found.target_text(bead) for bead in found.beads] == ["Yes. No.", "But yes."]


@EVERY_READABLE
def test_what_is_known_of_a_bead_comes_back_or_is_named_as_lost(row: Format, sample: Bitext) -> None:
    words = {
        "score": "scores", "confidence": "confidence", "quality": "quality", "kind": "kinds", "origin": "origin",
        "status": "status", "machine": "rendering", "machine_score": "scores", "maker": "maker",
        "written": "fingerprints of", "flags": "flags", "note": "notes", "changed": "dates", "by": "reviewers",
        "match": "matches",
    }  # fmt: skip
    bead = Bead(
        (0,), (0,), score=0.25, confidence=0.5, quality=0.375, maker="translate-fr_en 0.5 <3f0c>",
        written=("0123456789abcdef", wording("Yes.")), kind=Kind.LOCKED, origin=Origin.MEMORY, status=Status.EDITED,
        machine="Si.", machine_score=0.75, flags=("split", "doubtful"), note="Voir <3>", changed="2026-01-02T03:04:05Z",
        by="A. Reviewer", match=Match(84, "treaties.tmx", "tu7", "Le <traité>", "The treaty", "two of them"),
    )  # fmt: skip
    sides = (
        replace(sample.source, segments=(Segment("Oui.", 9, 13, 3, 2, Role.HEADING),)),
        replace(sample.target, segments=(Segment("Yes.", 5, 9, 2, 7),)),
    )
    bitext = Bitext("doc", sides[0], sides[1], (bead,), sample.record, sample.provenance)
    (found,) = back(row, output(row, bitext))
    (made,) = found.beads
    for name, word in words.items():
        named = word in row.loses or "all else" in row.loses
        assert getattr(made, name) == getattr(bead, name) or named, name
    for name, word in (("record", "the record"), ("provenance", "provenance")):
        assert getattr(found, name) == getattr(bitext, name) or word in row.loses or "all else" in row.loses
    for made_side, given in ((found.source, bitext.source), (found.target, bitext.target)):
        assert made_side.language == given.language
        assert made_side.segments == given.segments or "offsets" in row.loses or "all else" in row.loses
    assert found.locator(made) == "3.2"


SENT_BACK = ("tmx", "xliff", "xlsx", "tsv", "csv")
"""The formats in which a person can send work back."""


@pytest.mark.parametrize("name", SENT_BACK)
def test_every_unit_carries_its_fingerprint_and_its_maker(name: str) -> None:
    bitext = pairs(
        "Oui.", "«\u00a0Prix\u202f: 1\u202f200\u00a0€\u00a0»", "un  deux\te\u0301te\u0301", "\u00a0un\ufffe "
    )
    makers = ("translate-fr_en 0.5 3f0c9a5be1d27784", "", "libretranslate 1.6", "")
    beads = tuple(replace(bead, maker=maker) for bead, maker in zip(bitext.beads, makers, strict=True))
    (found,) = back(FORMATS[name], output(FORMATS[name], replace(bitext, beads=beads)))
    assert [bead.maker for bead in found.beads] == list(makers)
    assert [bead.written for bead in found.beads] == [(wording(bitext.target_text(bead)),) for bead in beads]
    assert [bead.written for bead in found.beads] == [(wording(found.target_text(bead)),) for bead in found.beads]


@pytest.mark.parametrize("name", SENT_BACK)
def test_a_text_that_was_changed_still_says_what_went_out(name: str) -> None:
    (found,) = back(FORMATS[name], changed(output(FORMATS[name], pairs("Oui.")), b"[Oui.]", b"Yes!"))
    assert found.target_text(found.beads[0]) == "Yes!"
    assert found.beads[0].written == (wording("[Oui.]"),)


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file with other words in it; the first sheet of an archive."""
    if not data.startswith(b"PK"):
        assert old in data
        return data.replace(old, new)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    return stream.getvalue()


@EVERY
def test_boilerplate_is_left_out_unless_asked_for_or_everything_is_kept(row: Format) -> None:
    beads = (Bead((0,), (), kind=Kind.EXCLUDED, origin=Origin.NONE), Bead((1,), (0,)))
    bitext = Bitext("doc", side("fr", "Partager", "Oui."), side("en", "Yes."), beads)
    if row.read is None:
        assert output(row, bitext) == output(row, bitext, options=WriteOptions(keep_boilerplate=True))
        return

    def sources(**options: bool) -> list[str]:
        (found,) = back(row, output(row, bitext, options=WriteOptions(**options)))  # type: ignore[arg-type]
        return [segment.text for segment in found.source.segments]

    assert ("Partager" in sources()) == (row.keeps == "everything")
    wanted = "keep_boilerplate" in row.heeds and "without a counterpart" not in row.loses
    assert ("Partager" in sources(keep_boilerplate=True)) == (wanted or row.keeps == "everything")


@EVERY
def test_rejected_beads_are_no_pairs_unless_their_status_is_told(row: Format) -> None:
    bitext = replace(pairs("Oui.", "Non."), beads=(Bead((0,), (0,), status=Status.REJECTED), Bead((1,), (1,))))
    if row.read is None:
        return
    (found,) = back(row, output(row, bitext))
    of_first = [bead for bead in found.beads if found.source_text(bead) == "Oui."]
    assert all(bead.is_null or bead.status is Status.REJECTED for bead in of_first)
    assert of_first or "rejected" in row.loses


@EVERY
def test_ten_thousand_beads(row: Format) -> None:
    bitext = pairs(*(f"Phrase {k}." for k in range(10_000)))
    data = output(row, bitext)
    if row.read is None:
        assert any(last in data for last in (b"[9999]:[9999]", b"9999\t9999"))
        return
    (found,) = back(row, data)
    assert [found.target_text(bead) for bead in found.beads] == [f"[Phrase {k}.]" for k in range(10_000)]


@EVERY
def test_several_bitexts_or_a_refusal(row: Format) -> None:
    bitexts = [replace(pairs("Oui.", "Non."), id="a"), replace(pairs("Si.", "Mais."), id="b")]
    if not row.many:
        with pytest.raises(InputError, match="one document a file"):
            output(row, *bitexts)
        return
    found = back(row, output(row, *bitexts))
    assert [bitext.id for bitext in found] == ["a", "b"]
    assert [segment.text for bitext in found for segment in bitext.source.segments] == ["Oui.", "Non.", "Si.", "Mais."]


@EVERY_READABLE
def test_what_was_read_is_written_as_it_was(row: Format, sample: Bitext) -> None:
    for bitexts in ([pairs(*texts(row))], [sample], [sample, replace(sample, id="other")]):
        data = output(row, *bitexts)
        found = back(row, data)
        assert output(row, *found) == data
        assert found == bitexts or row.loses


@EVERY
def test_options_change_what_is_written_exactly_where_they_are_heeded(row: Format, sample: Bitext) -> None:
    first = sample.beads[2]
    again = replace(first, source=(len(sample.source.segments),), target=(len(sample.target.segments),))
    sides = [
        replace(side, segments=(*side.segments, replace(side.segments[index], paragraph=99)))
        for side, (index,) in ((sample.source, first.source), (sample.target, first.target))
    ]
    bitext = replace(sample, beads=(*sample.beads, again), source=sides[0], target=sides[1])
    chosen = {
        "keep_boilerplate": True, "standings": (Standing.REVIEWED,), "min_status": Status.ACCEPTED,
        "min_confidence": 0.95, "min_quality": 0.5, "locale": {"fr": "fr-FR", "en": "en-GB"}, "tuid": False,
        "deduplicate": False, "context": True, "paragraphs": True, "xliff_version": 2,
    }  # fmt: skip
    assert set(chosen) == {field.name for field in fields(WriteOptions)}
    plain = output(row, bitext)
    written = {name: output(row, bitext, options=WriteOptions(**{name: chosen[name]})) for name in chosen}  # type: ignore[arg-type]
    heeded = {name for name, data in written.items() if data != plain}
    assert heeded == row.heeds


def test_an_option_that_a_format_cannot_heed_is_named() -> None:
    options = WriteOptions(min_confidence=0.5, tuid=False, keep_boilerplate=True)
    assert FORMATS["beads"].unheeded(options) == ["min_confidence", "tuid"]
    assert FORMATS["tsv"].unheeded(options) == ["tuid"]
    assert FORMATS["tmx"].unheeded(options) == []


@EVERY
def test_the_documentation_says_what_the_table_says(row: Format, root: Path) -> None:
    words = (row.keeps, row.loses or "nothing", "yes" if row.read else "no")
    assert f"| `{row.name}` | {' | '.join(words)} |" in (root / "docs/formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [field.name for field in fields(WriteOptions)])
def test_the_documentation_says_which_formats_heed_an_option(option: str, root: Path) -> None:
    heeding = ", ".join(row.name for row in FORMATS.values() if option in row.heeds)
    lines = (root / "docs/formats.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith(f"| `{option}` |")]
    assert line.endswith(f" | {heeding} |")
