"""Every reader there is, each with small real files to begin with.

Formats and kinds of documents come from their registers: one that is added is tried without a line here. What has no
register (glossaries, rules, packages, edits, state files) is in `_others`. Start reading at `readers`.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from aligner.citations.incoming import read_references
from aligner.comparison.read import read_version
from aligner.corpus.exported import ExportState
from aligner.corpus.journal import Journal
from aligner.corpus.store import open_project, read_bitext
from aligner.documents.bilingual import read_table, write_table
from aligner.documents.kinds import KINDS
from aligner.documents.read import read_document
from aligner.documents.record import read_record
from aligner.editing.incoming import proposals
from aligner.editing.incoming.page_edits import read_edits
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.conversion.units import UnitSource, exchange_units
from aligner.formats.inputs import INPUTS
from aligner.memory.index import MemoryUnit
from aligner.memory.index.build import build
from aligner.memory.index.search import MemoryIndex
from aligner.memory.sources import file_units
from aligner.model import Bitext, Origin, Status
from aligner.terms.glossaries import read_glossary
from aligner.text import segment
from aligner.text.srx import load_srx
from aligner.translation.cache import RenderingCache
from aligner.translation.interface import Rendering
from aligner.translation.packages.package import read_package
from aligner.translation.streams.resumable import lines_kept
from tests.make import bitext
from tests.soak.trial import ROOT
from tests.unit.documents import made

SHARED = ROOT.parent / "shared/cases"
"""Files of other tools, where they lie beside the project."""


@dataclass(frozen=True)
class Reader:
    """One way in."""

    name: str
    suffix: str
    seeds: tuple[bytes, ...]
    read: Callable[[Path], Any]
    """Reads a file to its end."""


def a_bitext() -> Bitext:
    """A small bitext that has a little of everything."""
    return bitext(
        ("Titre", "Title", {"status": Status.ACCEPTED, "by": "A. B.", "changed": "2026-01-02T03:04:05Z"}),
        (
            "Un « chat » dort & rêve <ici>.",
            "A cat sleeps.",
            {"origin": Origin.MACHINE, "machine": "A cat sleeps.", "note": "?"},
        ),
        (["Oui.", "Non."], "Yes. No."),
        ("Seul.", ""),
        ("Fin 😀.", ["The", "end."], {"status": Status.EDITED, "confidence": 0.5, "quality": 0.25}),
        name="note",
    )


def _written(name: str) -> tuple[bytes, ...]:
    found = []
    for options in (WriteOptions(), WriteOptions(context=True, paragraphs=True, locale={"fr": "fr-FR", "en": "en-GB"})):
        stream = io.BytesIO()
        FORMATS[name].write([a_bitext()], stream, options)
        found.append(stream.getvalue())
    return tuple(dict.fromkeys(found))


def _shared(*suffixes: str) -> tuple[bytes, ...]:
    """Small files of other tools with such names."""
    files = sorted(SHARED.glob("formats/*")) if SHARED.is_dir() else []
    return tuple(f.read_bytes() for f in files if f.suffix in suffixes and f.stat().st_size < 60_000)


def _all(read: Callable[..., Iterator[Any]]) -> Callable[[Path], Any]:
    def through(path: Path) -> list[Any]:
        with path.open("rb") as stream:
            return list(read(stream))

    return through


def _formats() -> Iterator[Reader]:
    for name, row in FORMATS.items():
        if row.read is None:
            continue
        suffixes = {
            ".tmx": (".tmx",),
            ".xlf": (".xlf", ".sdlxliff", ".mqxliff"),
            ".xlsx": (".xlsx",),
            ".tsv": (".tsv",),
        }
        seeds = (*_written(name), *_shared(*suffixes.get(row.suffix, (row.suffix,))))
        yield Reader(name, row.suffix, seeds, _all(row.read))
        if row.documents is not None:
            yield Reader(f"{name}, work that comes back", row.suffix, seeds, _all(row.documents))


def _ods() -> bytes:
    """A spreadsheet as another program writes it."""
    from odfdo import Cell, Document, Row, Table

    made = Document("spreadsheet")
    made.body.clear()
    table = Table("pairs")
    for texts in (("French", "English"), ("Un chat dort.", "A cat sleeps."), ("Oui.", "Yes.")):
        row = Row()
        for text in texts:
            row.append_cell(Cell(text))
        table.append_row(row)
    made.body.append(table)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _inputs() -> Iterator[Reader]:
    """Every kind that can be converted, each known by itself and under the name of its kind."""
    links = (
        b'<?xml version="1.0"?>\n<cesAlign version="1.0"><linkGrp targType="s" fromDoc="a.xml" toDoc="b.xml">'
        b'<link xtargets="s1;s1" id="SL1"/><link xtargets="s2 s3;s2" certainty="0.5"/></linkGrp></cesAlign>'
    )
    alone = {
        "ods": (_ods(),),
        "ladder": (b"0\t0\t0.3\n1\t1\t0.5\n2\t2\t0\n",),
        "beads": (b"[0]:[0]:0.5\n[1]:[1]:0.2\n",),
        "links": (links,),
    }
    for name, kind in INPUTS.items():
        own = alone.get(name) or (_written(name) if name in FORMATS else ())
        seeds = (*own, *_shared(*kind.suffixes)) or (b"Un.\tOne.\n",)
        suffix = kind.suffixes[0] if kind.suffixes else ".xml"
        yield Reader(f"convert: {name}", suffix, seeds, partial(_converted, read_as=name))
        yield Reader(f"convert: known as {name}", suffix, seeds, _converted)

    packed = tuple(gzip.compress(data, mtime=0) for name in ("tmx", "jsonl", "tsv") for data in _written(name))
    yield Reader("convert: packed", ".gz", packed, _converted)
    several = {"a/b.tmx": _written("tmx")[0], "c.xlf": _written("xliff")[0], "d.tsv.gz": packed[-1]}
    yield Reader("convert: archive of files", ".zip", (_archive(**several),), _converted)


def _converted(path: Path, read_as: str = "") -> Any:
    """All units of a file."""
    texts = []
    for name in ("a.fr", "a.en"):
        texts.append(path.parent / name)
        texts[-1].write_text("Un.\nDeux.\n", encoding="utf-8")
    given = (texts[0], texts[1]) if path.suffix in {".ladder", ".beads"} else None
    return list(exchange_units(UnitSource(path, read_as, given, ("fr", "en"))))


def _documents() -> Iterator[Reader]:
    mail = (
        'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{made.PAGE}\r\n--b--\r\n"
    )
    seeds: dict[str, list[bytes]] = {
        "plain": ["Titre\n\nUn chat dort. Il rêve.\n- un\n- deux\n".encode(), "Un\tdeux\n1\t2\n".encode("cp1252")],
        "markdown": [made.MARKDOWN.encode()],
        "html": [made.SITE.encode(), made.PAGE.encode()],
        "mhtml": [mail.encode()],
        "docx": [made.docx()],
        "odt": [made.odt()],
        "epub": [made.epub()],
        "rtf": [made.RTF],
        "pdf": [made.plain_pdf(["Un chat dort.", "Il rêve."]), made.plain_pdf(["Oui."], pageCompression=1)],
    }
    for name, kind in KINDS.items():
        if not kind.hint:
            suffix = kind.suffixes[0]
            found = (*seeds.get(name, ()), *_shared(*kind.suffixes))
            if found:
                yield Reader(f"document: {name}", suffix, found, lambda path: read_document(path, language="fr"))


def _archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _package() -> bytes:
    metadata = {"from_code": "fr", "to_code": "en", "package_version": "1.0", "longest_source": 80, "target_prefix": ""}
    parts = {
        "p/metadata.json": json.dumps(metadata).encode(),
        "p/model/model.bin": b"model",
        "p/README.md": b"Un.",
        "p/sentencepiece.model": b"pieces",
    }
    return _archive(**parts)


def _srx(path: Path) -> Any:
    rules = load_srx(path)
    return segment("Un M. Dupont. Deux: art. 3. Oui ! Non", "fr", rules=rules)


def _terms(path: Path) -> Any:
    return read_glossary(path)


def _resumed(path: Path) -> Any:
    """A checkpoint, beside the output that it is of."""
    return lines_kept(path.with_name(path.name.removesuffix(".unfinished.json")))


def _state(name: str, load: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Read a state file that must have a certain name, in a folder of its own."""

    def through(path: Path) -> Any:
        place = path.parent / "state" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
        return load(place)

    return through


def _cached(path: Path) -> Any:
    """A damaged cache is made again; it must answer whatever is in it."""
    cache = RenderingCache(path, "x")
    try:
        found = cache.get(["Oui.", "Non."])
        cache.put({"Si.": Rendering("Yes.", 0.5)})
        return found
    finally:
        cache.close()


def _indexed(path: Path) -> Any:
    index = MemoryIndex(path)
    found = [index.unit(number) for number in range(min(len(index), 5))]
    return found, index.exact("Un chat dort."), index.fuzzy("Un chat dort ici.")


@cache
def _made_files() -> dict[str, bytes]:
    """State files as the program writes them."""
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        cache = RenderingCache(folder / "c.sqlite", "x")
        cache.put({"Oui.": Rendering("Yes.", 0.5), "Non.": Rendering("No.", 0.25, ("split",))})
        cache.close()
        build(
            folder / "m.index",
            [MemoryUnit("Un chat dort.", "A cat sleeps.", f"u{n}", "", "", True) for n in range(3)],
            {},
        )
        return {"cache": (folder / "c.sqlite").read_bytes(), "index": (folder / "m.index").read_bytes()}


def _edits() -> bytes:
    before = {"target": "Yes.", "status": "draft", "written": "0123456789abcdef", "maker": ""}
    common = {"bead": "3.2", "before": before, "at": "2026-01-31T12:00:00Z"}
    ops: list[dict[str, object]] = [
        {"op": "status", "status": "accepted"},
        {"op": "text", "text": "Yes!"},
        {"op": "note", "note": "?"},
        {"op": "merge"},
        {"op": "split", "source": 1, "target": 0},
        {"op": "move", "side": "source", "to": "next"},
    ]
    edits = [{**op, **common} for op in ops]
    head = {"aligner-edits": 1, "document": "brics", "languages": ["fr", "en"], "base": "", "version": "a", "by": "Ada"}
    return json.dumps({**head, "edits": edits}).encode()


def _others() -> Iterator[Reader]:
    table = b"source\ttarget\tstatus\tnote\nONU\tUN\tpreferred\t\naccord\ttreaty\tforbidden\tno\n"
    tbx = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>'
        b'<conceptEntry id="c1"><langSec xml:lang="fr"><termSec><term>accord</term></termSec></langSec><langSec '
        b'xml:lang="en"><termSec><term>treaty</term><termNote type="administrativeStatus">preferredTerm-admn-sts'
        b"</termNote></termSec></langSec></conceptEntry></body></text></tbx>"
    )
    martif = (
        b'<martif type="TBX" xml:lang="en"><text><body><termEntry><langSet xml:lang="fr"><tig><term>ONU</term></tig>'
        b'</langSet><langSet xml:lang="en"><ntig><termGrp><term>UN</term></termGrp></ntig></langSet></termEntry></body>'
        b"</text></martif>"
    )
    rules = (ROOT / "aligner/text/data").glob("*.srx")
    small = (
        b'<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="yes"/><body>'
        b'<languagerules><languagerule languagerulename="fr"><rule break="no"><beforebreak>\\bart\\.</beforebreak>'
        b'<afterbreak>\\s</afterbreak></rule><rule break="yes"><beforebreak>[.?!]+</beforebreak><afterbreak>\\s'
        b'</afterbreak></rule></languagerule></languagerules><maprules><languagemap languagepattern="(FR|fr).*" '
        b'languagerulename="fr"/></maprules></body></srx>'
    )
    journal = {
        "states": [{"bitext": "a" * 64, "english": "", "edits": ["b"]}],
        "position": 0,
        "pending": None,
        "edits": [],
    }
    point = {"lines": 3, "read": 30, "digest": "a" * 64, "written": 20, "maker": "m", "complete": False}
    page_project = open_project(Path("/nowhere/corpus"))
    yield Reader("glossary: TSV", ".tsv", (table, *_shared(".tsv", ".txt")), _terms)
    yield Reader("glossary: CSV", ".csv", (table.replace(b"\t", b","), *_shared(".csv")), _terms)
    yield Reader("glossary: TBX", ".tbx", (tbx, martif), _terms)
    yield Reader("rules: SRX", ".srx", (small, *_shared(".srx"), *(f.read_bytes() for f in rules)), _srx)
    yield Reader("package", ".argosmodel", (_package(),), read_package)
    yield Reader("edits of a page", ".json", (_edits(),), read_edits)
    yield Reader("table in Word", ".docx", (write_table([a_bitext()]),), lambda path: list(read_table(path)))
    yield Reader("record", ".toml", (b'title = "Un"\ndate = 2024-01-02\nlanguage = "fr"\n',), read_record)
    bibtex = b"@article{a1, title = {Un {Titre} \\'et\\'e}, author = {Doe, Jane and Roe, R.}, year = 2024}\n"
    ris = b"TY  - JOUR\nTI  - Un titre\nAU  - Doe, Jane\nPY  - 2024/03/01\nER  - \n"
    csl = (
        b'[{"id": "a1", "type": "book", "title": "Un", "issued": {"date-parts": [[2024]]}, "author": [{"family":"D"}]}]'
    )
    yield Reader("references: BibTeX", ".bib", (bibtex,), read_references)
    yield Reader("references: RIS", ".ris", (ris,), read_references)
    yield Reader("references: CSL-JSON", ".json", (csl,), read_references)
    yield Reader("memory: TMX", ".tmx", (*_written("tmx"), *_shared(".tmx")), _memory)
    yield Reader("memory: index", ".index", (_made_files()["index"],), _indexed)
    yield Reader("state: bitext", ".jsonl", _written("jsonl"), read_bitext)
    yield Reader("state: cache", ".sqlite", (_made_files()["cache"],), _cached)
    yield Reader(
        "state: journal",
        ".json",
        (json.dumps(journal).encode(),),
        _state("journal.json", lambda path: Journal(path.parent).load().seen()),
    )
    yield Reader("state: checkpoint", ".unfinished.json", (json.dumps(point).encode(),), _resumed)
    yield Reader(
        "state: exports",
        ".json",
        (b'{"tmx/a.fr-en.tmx": "a b"}',),
        _state(".aligner/exports.json", lambda path: ExportState(open_project(path.parents[1] / "corpus")).documents()),
    )
    yield Reader("a version to compare", ".tmx", _written("tmx"), read_version)
    yield Reader("a version to compare: text", ".txt", (b"Un.\nDeux.\n",), read_version)
    yield Reader(
        "work that comes back", ".xlf", _written("xliff"), lambda path: proposals.proposals(path, page_project)
    )


def _memory(path: Path) -> Any:
    from collections import Counter

    return list(file_units(path, ("fr", "en"), left_out=Counter()))


@cache
def readers() -> tuple[Reader, ...]:
    """All of them, in a fixed order."""
    return (*_formats(), *_inputs(), *_documents(), *_others())
