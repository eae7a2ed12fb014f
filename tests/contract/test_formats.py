"""What every format promises, asked of every row of the table.

A format keeps a text whole, leaves out what it says it leaves out, refuses what it cannot express, and gives the same
bytes for the same bitext.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, Format, WriteOptions
from aligner.formats.base import DEFAULTS
from aligner.formats.tsv import unescape
from aligner.formats.xlsx.rows import LONGEST
from aligner.model import Bead, Bitext, Kind, Origin, Segment, Side

TEXTS = {
    "plain": "La séance est ouverte.",
    "no-break spaces": "«\u00a0Prix\u202f: 1\u202f200\u00a0€\u00a0»",
    "right to left": "Il a dit «\u00a0السلام عليكم\u00a0» puis «\u00a0שלום\u00a0».",
    "emoji": "Merci 🌊👩‍🔬🇫🇷",
    "markup": "a < b && c > d ]]> <b>\"x\"</b> 'y' &amp; &#60;",
    "tabs and line ends": "un\tdeux\ntrois\rquatre",
    "backslashes": r"C:\temp\new \\ \t",
    "curly": "{0} %s $1 [[x]]",
    "formulas": "=1+1",
    "escapes of spreadsheets": "_x0041_ _x005F_",
    "long": "mot " * 20_000 + "fin",
}
EVERY = pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)


def side(language: str, texts: list[str]) -> Side:
    segments, position = [], 0
    for number, text in enumerate(texts, 1):
        segments.append(Segment(text, position, position + len(text), number))
        position += len(text) + 1
    return Side(language, tuple(segments))


def pairs(*texts: str) -> Bitext:
    """A bitext whose target texts are the source texts in brackets."""
    beads = tuple(Bead((k,), (k,)) for k in range(len(texts)))
    return Bitext("doc", side("fr", list(texts)), side("en", [f"[{text}]" for text in texts]), beads)


def output(row: Format, *bitexts: Bitext, options: WriteOptions = DEFAULTS) -> bytes:
    stream = io.BytesIO()
    row.write(bitexts, stream, options)
    return stream.getvalue()


def unpacked(data: bytes) -> bytes:
    """The output itself, or the files in it one after the other."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def texts(row: Format) -> list[str]:
    """The texts that the format can hold."""
    return [text for text in TEXTS.values() if row.name != "xlsx" or len(text) <= LONGEST]


def plain(row: Format, data: bytes) -> str:
    """The output with the format's escapes undone."""
    text = unpacked(data).decode("utf-8")
    if row.name == "jsonl":
        return "\n".join(
            re.sub(r'"text": "((?:[^"\\]|\\.)*)"', lambda m: _json(m[0]), line) for line in text.split("\n")
        )
    if row.name == "tsv":
        return unescape(text)
    text = text.replace("_x005F_", "_") if row.name == "xlsx" else text
    return html.unescape(text) if row.media_type.endswith("+xml") or row.name == "xlsx" else text


def _json(pair: str) -> str:
    return str(json.loads("{" + pair + "}")["text"])


@EVERY
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_survive(row: Format, text: str) -> None:
    if text not in texts(row):
        with pytest.raises(InputError, match=r"doc:1\.1: the target has 80,005 characters, a cell holds 32,767"):
            output(row, pairs(text))
        return
    shown = plain(row, output(row, pairs(text)))
    if "the texts" in row.loses:
        return
    if "line ends" in row.loses:
        text = " ".join(re.split(r"[\t\n\r]", text))
    assert text in shown
    assert f"[{text}]" in shown


@EVERY
def test_same_bytes_again(row: Format) -> None:
    bitext = pairs(*texts(row))
    assert output(row, bitext) == output(row, bitext)


@EVERY
def test_utf_8_without_mark_and_with_a_last_line_end(row: Format) -> None:
    data = unpacked(output(row, pairs(*texts(row))))
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")
    assert b"\r\n" not in data


@EVERY
def test_null_beads_are_kept_or_named_as_lost(row: Format) -> None:
    beads = (Bead((0,), ()), Bead((), (0,)))
    data = output(row, Bitext("doc", side("fr", ["Seul."]), side("en", ["Lonely."]), beads))
    data = unpacked(data).decode()
    if "without a counterpart" in row.loses:
        assert "Seul." not in data
    elif "the texts" not in row.loses:
        assert "Seul." in data
        assert "Lonely." in data


@EVERY
def test_boilerplate_is_left_out_unless_asked_for_or_everything_is_kept(row: Format) -> None:
    beads = (Bead((0,), (), kind=Kind.EXCLUDED, origin=Origin.NONE), Bead((1,), (0,)))
    bitext = Bitext("doc", side("fr", ["Partager", "Oui."]), side("en", ["Yes."]), beads)
    assert (b"Partager" in output(row, bitext)) == (row.keeps == "everything")
    if row.name in {"tei", "tsv", "xlsx"}:
        assert b"Partager" in unpacked(output(row, bitext, options=WriteOptions(keep_boilerplate=True)))


@EVERY
def test_ten_thousand_beads(row: Format) -> None:
    bitext = pairs(*(f"Phrase {k}." for k in range(10_000)))
    data = unpacked(output(row, bitext)).decode()
    assert any(last in data for last in ("[9999]:[9999]", "9999\t9999", "[Phrase 9999.]"))


@EVERY
def test_several_bitexts_where_the_format_can(row: Format) -> None:
    bitexts = [replace(pairs("Oui.", "Non."), id="a"), replace(pairs("Si.", "Mais."), id="b")]
    if row.many:
        data = unpacked(output(row, *bitexts)).decode()
        assert data.index("Oui.") < data.index("Mais.")


@EVERY
def test_what_was_written_can_be_read(row: Format) -> None:
    if row.read is None:
        pytest.skip("the format has no reader")
    bitext = pairs(*texts(row))
    (back,) = row.read(io.BytesIO(output(row, bitext)))
    assert output(row, back) == output(row, bitext)
    assert back == bitext or row.loses
