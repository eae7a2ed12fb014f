"""Every format that is read into every one that is written."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.conversion.convert import PIECE, convert, pieces
from aligner.formats.conversion.units import UnitSource
from aligner.formats.inputs import INPUTS
from aligner.formats.table import format_of_output
from aligner.model import Bitext, Status
from tests.make import bitext

Write = Callable[..., bytes]
ALL = WriteOptions(keep_boilerplate=True, deduplicate=False)
READ = [name for name in INPUTS if name in FORMATS and INPUTS[name].read]
WRITTEN = [row.name for row in FORMATS.values()]
PAIRED = ("tmx", "moses")


def converted(path: Path, into: str, *, languages: tuple[str, str] = ("", "")) -> bytes:
    stream = io.BytesIO()
    convert(UnitSource(path, languages=languages), stream, FORMATS[into], ALL)
    return stream.getvalue()


def texts(found: Bitext) -> list[tuple[str, str]]:
    return [(found.source_text(bead), found.target_text(bead)) for bead in found.beads]


@pytest.mark.parametrize("into", WRITTEN)
@pytest.mark.parametrize("name", READ)
def test_every_pair_of_formats(written: Write, tmp_path: Path, name: str, into: str) -> None:
    if "parquet" in (name, into):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    given = bitext(("Oui.", "Yes."), (["Non.", "Si."], "No, yes."), ("Peut-être.", "Perhaps."), name="note")
    path = tmp_path / f"note{FORMATS[name].suffix}"
    path.write_bytes(written(name, given))
    data = converted(path, into)
    read = FORMATS[into].read
    if read:
        (found,) = read(io.BytesIO(data))
        assert (found.id, texts(found)) == ("note", texts(given))
    else:
        assert data == written(into, given) or name == "moses"


def test_nothing_is_lost_between_the_store_and_tmx(sample: Bitext, written: Write, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(written("jsonl", sample))
    assert converted(path, "tmx") == written("tmx", sample, deduplicate=False)
    back = tmp_path / "a.tmx"
    back.write_bytes(converted(path, "tmx"))
    assert converted(back, "tmx") == back.read_bytes()


def test_a_long_document_comes_in_pieces_and_keeps_its_numbers(written: Write, tmp_path: Path) -> None:
    count = 2 * PIECE + 10
    path = tmp_path / "long.tsv"
    path.write_text("source\ttarget\n" + "".join(f"un {k}\tone {k}\n" for k in range(count)))
    source = UnitSource(path, languages=("fr", "en"))
    found = list(pieces(source, size=PIECE))
    assert [len(each.beads) for each in found] == [PIECE, PIECE, 10]
    assert found[2].source.segments[-1].locator == f"{count}.1"
    tmx = converted(path, "tmx", languages=("fr", "en"))
    assert tmx.count(b'<prop type="x-document">long</prop>') == count + 1  # once in the header
    (whole,) = pieces(replace(source), size=0)
    assert [s for each in found for s in texts(each)] == texts(whole)


def test_repeated_sources_stay_and_what_is_left_out_is_counted(written: Write, tmp_path: Path) -> None:
    given = bitext(("Oui.", "Yes."), ("Oui.", "Yes!"), ("Seul.", ""), ("Non.", "No.", {"status": Status.REJECTED}))
    path = tmp_path / "a.jsonl"
    path.write_bytes(written("jsonl", given))
    stream = io.BytesIO()
    done = convert(UnitSource(path), stream, FORMATS["tmx"], ALL)
    assert stream.getvalue().count(b"<tu ") == 2
    assert (done.units, dict(done.left_out)) == (4, {"without a counterpart": 1, "rejected": 1})


TMX = """<tmx version="1.4"><header srclang="{0}"/><body>
<tu><tuv xml:lang="EN-GB"><seg>Yes.</seg></tuv><tuv xml:lang="fr"><seg>Oui.</seg></tuv>
<tuv xml:lang="de"><seg>Ja.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nein.</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("header", "languages", "pair"),
    [
        ("fr", ("", ""), ("Oui.", "Yes.")),
        ("*all*", ("", ""), ("Yes.", "Oui.")),
        ("fr", ("fr", "de"), ("Oui.", "Ja.")),
        ("fr", ("en", "fr"), ("Yes.", "Oui.")),
        ("fr", ("", "de"), ("Oui.", "Ja.")),
    ],
)
def test_two_languages_of_several(
    tmp_path: Path, header: str, languages: tuple[str, str], pair: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX.format(header))
    source = UnitSource(path, languages=languages)
    (found,) = pieces(source, size=0)
    assert texts(found) == [pair]
    assert dict(source.left_out) == {"de": 1}
    assert "left out:" in caplog.text


def test_a_table_turned_round_says_no_more_who_made_it(sample: Bitext, written: Write, tmp_path: Path) -> None:
    for name in ("tsv", "jsonl", "tmx"):
        path = tmp_path / f"a{FORMATS[name].suffix}"
        path.write_bytes(written(name, sample))
        (found,) = FORMATS["jsonl"].read(io.BytesIO(converted(path, "jsonl", languages=("en", "fr"))))  # type: ignore[misc]
        assert (found.source.language, found.target.language) == ("en", "fr")
        assert {bead.status for bead in found.beads} == {Status.DRAFT}
        both = {(target, source) for source, target in texts(sample) if source and target}
        assert {pair for pair in texts(found) if all(pair)} <= both


def test_packed_files(sample: Bitext, written: Write, tmp_path: Path) -> None:
    path = tmp_path / "a.tmx.gz"
    path.write_bytes(gzip.compress(written("tmx", sample)))
    plain = tmp_path / "a.tmx"
    plain.write_bytes(written("tmx", sample))
    assert converted(path, "tsv") == converted(plain, "tsv")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="damaged"):
        converted(path, "tsv")


@pytest.mark.parametrize("name", [name for name in READ if name not in {"parquet", "xces"}])
def test_everything_is_read_from_archives_too(written: Write, tmp_path: Path, name: str) -> None:
    given = bitext(("Oui.", "Yes."), ("Non.", "No."), name="note")
    suffix, data = FORMATS[name].suffix, written(name, given)
    path = tmp_path / f"note{suffix}.gz"
    path.write_bytes(gzip.compress(data))
    assert converted(path, "moses")
    path = tmp_path / "several.bin"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"../../a/note{suffix}", data)
        archive.writestr("README.txt", "Two files of pairs.")
        archive.writestr("other.tmx", TMX.format("fr"))
    lines = converted(path, "tsv", languages=("fr", "en")).decode().splitlines()[1:]
    assert [line.split("\t")[5:7] for line in lines] == [["Oui.", "Yes."], ["Non.", "No."], ["Oui.", "Yes."]]
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tmx", b"<tmx version='1.4'><header srclang='fr'/><body/></tmx>", "there are no pairs in it"),
        ("a.tsv", b"source\ttarget\na\tb\n", "the file does not tell its languages; say them with --source"),
        ("a.doc", b"\xd0\xcf", "this kind of file cannot be read as pairs; say its format with --from"),
        (
            "a.xml",
            b"<html/>",
            r"this is a web page \(HTML\), which cannot be read as pairs; say its format with --from",
        ),
        ("a.tsv", b"fr\tde\na\tb\n", "the file is fr–de, not fr–en"),
    ],
)
def test_what_cannot_be_converted(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        converted(path, "tmx", languages=("fr", "en") if b"de" in content else ("", ""))


def test_the_name_of_the_result_tells_its_format() -> None:
    assert format_of_output(Path("A.TMX")).name == "tmx"
    assert format_of_output(Path("a"), "xces").name == "xces"
    with pytest.raises(InputError, match=r"the name does not tell a format; end it in \.jsonl, \.tmx"):
        format_of_output(Path("a.doc"))


_FOREIGN = """<tmx version="1.4"><header srclang="fr" creationtool="X" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" datatype="plaintext"/><body>
<tu creationid="Anna" creationdate="20200101T000000Z"><prop type="client">ACME</prop><note>Voir.</note>
<tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="en"><seg>Yes<ph/>.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Non.</seg></tuv><tuv xml:lang="en" creationid="Bob"><seg>No.</seg></tuv></tu>
<tu changeid="Eve"><tuv xml:lang="fr"><seg>Oh.</seg></tuv><tuv xml:lang="en" creationid="Bob"><seg>Oh.</seg></tuv></tu>
<tu creationid="MT!x"><tuv xml:lang="fr"><seg>Ah.</seg></tuv><tuv xml:lang="en"><seg>Ah.</seg></tuv></tu>
</body></tmx>"""


def test_who_made_a_unit_is_its_author_where_nobody_changed_it(tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_text(_FOREIGN, encoding="utf-8")
    read = FORMATS["jsonl"].read
    assert read is not None
    (found,) = read(io.BytesIO(converted(tmp_path / "m.tmx", "jsonl")))
    assert [(bead.by, bead.changed[:4]) for bead in found.beads] == [
        ("Anna", "2020"), ("Bob", ""), ("Eve", ""), ("MT!x", ""),
    ]  # fmt: skip


def test_all_that_is_not_kept_is_counted(tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_text(_FOREIGN, encoding="utf-8")
    always = {'properties "client"': 1, "inline tags": 1}
    for into, more in {
        "jsonl": {},
        "csv": {"notes": 1, "names of who wrote or changed them": 4, "dates of changes": 1},
        "moses": {"notes": 1, "names of who wrote or changed them": 4, "dates of changes": 1, "origins": 1},
    }.items():
        done = convert(UnitSource(tmp_path / "m.tmx"), io.BytesIO(), FORMATS[into], ALL)
        assert done.not_kept == always | more, into


@pytest.mark.parametrize("into", WRITTEN)
def test_what_comes_back_as_it_was_is_not_counted_and_all_else_is(sample: Bitext, tmp_path: Path, into: str) -> None:
    if into == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    (tmp_path / "a.jsonl").write_bytes(_stored(sample))
    done = convert(UnitSource(tmp_path / "a.jsonl"), io.BytesIO(), FORMATS[into], ALL)
    documents = {"records of documents", "signatures of documents"}
    assert documents.isdisjoint(done.not_kept) is FORMATS[into].has_documents
    assert not done.not_kept if into in {"jsonl", "parquet"} else done.not_kept


def _stored(given: Bitext) -> bytes:
    stream = io.BytesIO()
    FORMATS["jsonl"].write([given], stream, ALL)
    return stream.getvalue()
