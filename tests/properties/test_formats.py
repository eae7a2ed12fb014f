"""Laws of the formats, for any bitext."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.selection import is_boilerplate, rebuilt
from aligner.formats.tmx.paragraphs import by_paragraph
from aligner.formats.tsv.write import COLUMNS, escape_cell, unescape_cell
from aligner.formats.xml.markup import element, xml_text
from aligner.model import Bead, Bitext, Kind, Match, Origin, Provenance, Record, Role, Segment, Side, Status

ANY_TEXT = st.text(st.characters(), min_size=1, max_size=12)
WORDS = st.text("aé«»<&>\"' \t\n\r\u00a0\u0301\x00\x0b\u2028\ud800\uffff😀ש", min_size=1, max_size=12)
SHAPES = st.sampled_from([(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1)])


@st.composite
def sides(draw: st.DrawFn, language: str, count: int) -> Side:
    segments: list[Segment] = []
    position, paragraph, number = 0, 1, 0
    for _ in range(count):
        if number and draw(st.booleans()):
            paragraph, number = paragraph + draw(st.integers(1, 3)), 0
        text, number = draw(ANY_TEXT | WORDS), number + 1
        role = draw(st.sampled_from(Role))
        rule = draw(st.sampled_from(["", "share"])) if role is Role.BOILERPLATE else ""
        segments.append(Segment(text, position, position + len(text), paragraph, number, role, rule))
        position += len(text) + draw(st.integers(0, 2))
    return Side(language, tuple(segments), draw(ANY_TEXT | st.just("")), draw(st.sampled_from(["", "ab" * 32])))


def beads(source: tuple[int, ...], target: tuple[int, ...]) -> st.SearchStrategy[Bead]:
    return st.builds(
        Bead,
        st.just(source),
        st.just(target),
        score=st.floats(allow_nan=False, allow_infinity=False),
        confidence=st.floats(0, 1),
        quality=st.none() | st.floats(0, 1),
        maker=st.just("") | WORDS,
        written=st.lists(st.sampled_from(["0123456789abcdef", "fedcba9876543210"]), max_size=2).map(tuple),
        kind=st.sampled_from(Kind),
        origin=st.sampled_from(Origin),
        status=st.sampled_from(Status),
        machine=st.none() | WORDS,
        machine_score=st.none() | st.floats(0, 1),
        flags=st.lists(st.sampled_from(["split", "retried"]), max_size=2).map(tuple),
        note=st.just("") | WORDS,
        changed=st.sampled_from(["", "2026-01-02T03:04:05Z"]),
        by=st.sampled_from(["", "A. B.", "<c>"]),
        match=st.none() | st.builds(Match, st.integers(0, 100), WORDS, WORDS, WORDS, WORDS, st.just("") | WORDS),
    )


def records(kind: type[Record] | type[Provenance]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{name: ANY_TEXT | st.just("") for name in kind.__dataclass_fields__})


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    made: list[Bead] = []
    i = j = 0
    for k, m in draw(st.lists(SHAPES, max_size=6)):
        made.append(draw(beads(tuple(range(i, i + k)), tuple(range(j, j + m)))))
        i, j = i + k, j + m
    source, target = draw(sides("fr", i)), draw(sides("en", j))
    return Bitext("doc", source, target, tuple(made), draw(records(Record)), draw(records(Provenance)))


def output(name: str, *written: Bitext) -> bytes:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    stream = io.BytesIO()
    FORMATS[name].write(written, stream)
    return stream.getvalue()


def unpacked(data: bytes) -> str:
    """The output as text, the files of an archive one after the other."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@given(st.lists(bitexts(), min_size=1, max_size=2))
def test_jsonl_loses_nothing(written: list[Bitext]) -> None:
    read = FORMATS["jsonl"].read
    assert read is not None
    assert list(read(io.BytesIO(output("jsonl", *written)))) == written


@pytest.mark.parametrize(("name", "unit"), [("tmx", b"<tu"), ("xliff", b"<trans-unit"), ("xlsx", b"PK")])
@given(bitexts())
def test_what_was_read_is_written_the_same(name: str, unit: bytes, bitext: Bitext) -> None:
    read, data = FORMATS[name].read, output(name, bitext)
    assert read is not None
    if unit in data:
        assert unpacked(output(name, *read(io.BytesIO(data)))).split("\n") == unpacked(data).split("\n")


@given(bitexts())
def test_both_versions_of_xliff_say_the_same(bitext: Bitext) -> None:
    read = FORMATS["xliff"].read
    assert read is not None
    stream = io.BytesIO()
    FORMATS["xliff"].write([bitext], stream, WriteOptions(xliff_version=2))
    first = list(read(io.BytesIO(output("xliff", bitext))))
    second = list(read(io.BytesIO(stream.getvalue())))
    # a file of version 2 cannot be empty
    assert second == [each for each in first if each.beads]


@pytest.mark.parametrize("name", ["tsv", "csv", "moses", "xces", "parquet"])
@given(bitexts())
def test_tables_and_archives_are_written_as_they_were_read(name: str, bitext: Bitext) -> None:
    read = FORMATS[name].read
    assert read is not None
    try:
        data = output(name, bitext)
    except InputError:
        assert name == "parquet"  # a lone surrogate
        return
    found = list(read(io.BytesIO(data)))
    if found:
        assert output(name, *found) == data


@given(bitexts())
def test_paragraphs_hold_every_segment_once(bitext: Bitext) -> None:
    text = rebuilt(bitext, [bead for bead in bitext.beads if not is_boilerplate(bitext, bead)])
    joined = by_paragraph(bitext)
    for made, given_side in ((joined.source, text.source), (joined.target, text.target)):
        places = [(segment.paragraph, segment.number) for segment in made.segments]
        assert len({paragraph for paragraph, _ in places}) == len(places)
        found = "".join("".join(segment.text.split(" ")) for segment in made.segments)
        assert found == "".join("".join(segment.text.split(" ")) for segment in given_side.segments)


def legal(value: Any) -> Any:
    """A value with the texts in it, at any depth, reduced to what XML can hold."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return xml_text(value) or "x" if value else value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: legal(getattr(value, f.name)) for f in fields(value)})
    return tuple(map(legal, value)) if isinstance(value, tuple) else value


@given(bitexts())
def test_tei_loses_nothing_that_xml_can_hold(bitext: Bitext) -> None:
    provenance = replace(bitext.provenance, created="2026-01-02T03:04:05Z", changed="")
    bitext = replace(bitext, beads=tuple(replace(bead, written=()) for bead in bitext.beads))
    bitext, read, stream = legal(replace(bitext, provenance=provenance)), FORMATS["tei"].read, io.BytesIO()
    FORMATS["tei"].write([bitext], stream, WriteOptions(keep_boilerplate=True))
    assert read is not None
    assert list(read(io.BytesIO(stream.getvalue()))) == [bitext]


@given(st.binary(max_size=200) | st.text("<>!?&;tmxuvseg[]\"'/ \x00é", max_size=200).map(str.encode))
def test_readers_refuse_rubbish_in_one_sentence(data: bytes) -> None:
    for row in FORMATS.values():
        if row.read is not None:
            with suppress(InputError):
                list(row.read(io.BytesIO(data)))


@given(bitexts())
def test_xml_formats_are_well_formed(bitext: Bitext) -> None:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    for name in ("tmx", "tei", "xliff"):
        etree.fromstring(output(name, bitext), parser)


@given(bitexts())
def test_tables_keep_their_shape(bitext: Bitext) -> None:
    rows = output("tsv", bitext).removesuffix(b"\n").split(b"\n")
    assert {row.count(b"\t") for row in rows} == {len(COLUMNS) - 1}


@given(WORDS)
def test_cells_come_back(text: str) -> None:
    cell = escape_cell(text)
    assert not set(cell) & set("\t\n\r")
    assert unescape_cell(cell) == text


@given(WORDS, WORDS)
def test_markup_gives_back_what_xml_allows(text: str, value: str) -> None:
    parsed = etree.fromstring(element("a", text, b=value))
    assert (parsed.text or "") == xml_text(text)
    assert parsed.get("b") == xml_text(value)
