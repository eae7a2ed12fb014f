"""What CAT tools make of XLIFF: segments, states of their own, tags, XLIFF 2, whole files inside; and real readers."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aligner.formats.xliff.parse import XliffFile
from aligner.formats.xliff.read import documents, read
from aligner.model import Bead, Bitext, Origin, Status

Write = Callable[..., bytes]

NAMESPACES = (
    'xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" '
    'xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0"'
)


def xliff(units: str, *, header: str = "", names: str = NAMESPACES) -> bytes:
    file = 'original="note.docx" source-language="fr-FR" target-language="en-GB" datatype="x"'
    return f'<xliff version="1.2" {names}><file {file}>{header}<body>{units}</body></file></xliff>'.encode()


def xliff_2(units: str, languages: str = 'srcLang="fr" trgLang="en"') -> bytes:
    names = 'xmlns="urn:oasis:names:tc:xliff:document:2.0"'
    return f'<xliff version="2.1" {languages} {names}><file id="f">{units}</file></xliff>'.encode()


def pairs(data: bytes) -> list[tuple[str, str]]:
    names = [unit.variants for unit in XliffFile(io.BytesIO(data))]
    return [(source.text, target.text) for source, target in names]


def bead(data: bytes) -> Bead:
    ((found,),) = [bitext.beads for bitext in read(io.BytesIO(data))]
    return found


SEGMENTED = (
    '<source><g id="1">Un. Deux.</g></source><seg-source><g id="1"><mrk mtype="seg" mid="4">Un.</mrk> '
    '<mrk mtype="seg" mid="5">De<mrk mtype="x-term">ux</mrk>.</mrk></g></seg-source>'
)


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ('<target><mrk mtype="seg" mid="5">Two.</mrk> <mrk mtype="seg" mid="4">One.</mrk></target>',
         [("Un.", "One."), ("Deux.", "Two.")]),
        ('<target><mrk mtype="seg" mid="4">One.</mrk><mrk mtype="seg" mid="5"/></target>',
         [("Un.", "One."), ("Deux.", "")]),
        ('<target><mrk mtype="seg" mid="5">Two.</mrk></target>', [("Un.", ""), ("Deux.", "Two.")]),
        ("<target>One. Two.</target>", [("Un. Deux.", "One. Two.")]),
        ("<target/>", [("Un.", ""), ("Deux.", "")]),
        ("", [("Un.", ""), ("Deux.", "")]),
    ],
)  # fmt: skip
def test_segments_go_together_by_mid(target: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs(xliff(f'<trans-unit id="7">{SEGMENTED}{target}</trans-unit>')) == wanted


def test_a_unit_of_ours_stays_one_however_a_tool_cuts_it(written: Write, sample: Bitext) -> None:
    data = written("xliff", sample, keep_boilerplate=True).decode()
    source = "<source>La dissuasion reste.</source>"
    assert source not in data
    start = data.index('<trans-unit id="1.1"')
    text = data[data.index("<source>", start) + 8 : data.index("</source>", start)]
    first, rest = text[:6], text[6:]
    cut = f'<seg-source><mrk mtype="seg" mid="1">{first}</mrk><mrk mtype="seg" mid="2">{rest}</mrk></seg-source>'
    changed = data[:start] + data[start:].replace("</source>", f"</source>{cut}", 1)
    (bitext,) = read(io.BytesIO(changed.encode()))
    assert len(bitext.beads) == len(sample.beads)


def states() -> Iterator[tuple[str, Status, Origin, str]]:
    """What tools write around source and target; the status and origin that it means, and the text."""
    text = "<source>Oui.</source><target>Yes.</target>"

    def sdl(facts: str, values: str = "") -> str:
        seg = f'<sdl:seg-defs><sdl:seg id="1" {facts}>{values}</sdl:seg></sdl:seg-defs>'
        source = '<source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk></seg-source>'
        return f'<trans-unit id="7">{source}<target><mrk mtype="seg" mid="1">Yes.</mrk></target>{seg}</trans-unit>'

    def unit(facts: str, inside: str = "") -> str:
        return f'<trans-unit id="7" {facts}>{text}{inside}</trans-unit>'

    draft, accepted, rejected = Status.DRAFT, Status.ACCEPTED, Status.REJECTED
    human, machine, memory = Origin.HUMAN, Origin.MACHINE, Origin.MEMORY
    yield sdl('conf="Draft" origin="mt"'), draft, machine, "Yes."
    yield sdl('conf="Draft" origin="nmt"'), draft, machine, "Yes."
    yield sdl('conf="Draft" origin="tm" percent="88"'), draft, memory, "Yes."
    yield sdl('conf="Draft" origin="interactive"'), draft, human, "Yes."
    yield sdl('conf="Translated" origin="interactive"'), accepted, human, "Yes."
    yield sdl('conf="Translated" origin="mt"'), accepted, machine, "Yes."
    yield sdl('conf="ApprovedSignOff" origin="tm"'), accepted, memory, "Yes."
    yield sdl('conf="RejectedTranslation" origin="interactive"'), rejected, human, "Yes."
    yield sdl('conf="Draft" origin="source"'), draft, Origin.NONE, ""
    yield sdl('origin="not-translated"'), draft, Origin.NONE, ""
    yield unit('mq:status="NotStarted"'), draft, Origin.NONE, ""
    yield unit('mq:status="Pretranslated"'), draft, memory, "Yes."
    inserted = '<mq:insertedmatch matchtype="1" source="MT / DeepL"/>'
    yield unit('mq:status="Pretranslated"', inserted), draft, machine, "Yes."
    yield unit('mq:status="MachineTranslated"'), draft, machine, "Yes."
    yield unit('mq:status="AssembledFromFragments"'), draft, memory, "Yes."
    yield unit('mq:status="PartiallyEdited"'), draft, human, "Yes."
    yield unit('mq:status="ManuallyConfirmed"'), accepted, human, "Yes."
    yield unit('mq:status="Proofread"'), accepted, human, "Yes."
    yield unit('mq:status="Rejected"'), rejected, human, "Yes."
    yield unit('m:confirmed="0" m:trans-origin="mt"'), draft, machine, "Yes."
    yield unit('m:confirmed="0" m:trans-origin="TM"'), draft, memory, "Yes."
    yield unit('m:confirmed="0" m:trans-origin="null"'), draft, human, "Yes."
    yield unit('m:confirmed="2" m:trans-origin="mt"'), accepted, machine, "Yes."
    yield unit('m:confirmed="1"'), accepted, human, "Yes."
    yield unit('translate="no"'), draft, Origin.NONE, ""
    yield f'<group translate="no">{unit("")}</group>', draft, Origin.NONE, ""
    yes = unit('translate="yes"')
    yield f'<group translate="no">{yes}</group>', draft, human, "Yes."


@pytest.mark.parametrize(("unit", "status", "origin", "text"), [*states()])
def test_what_tools_say_of_a_target_is_believed(unit: str, status: Status, origin: Origin, text: str) -> None:
    (bitext,) = read(io.BytesIO(xliff(unit)))
    (found,) = bitext.beads
    assert (bitext.target_text(found), found.status) == (text, status)
    assert found.origin is origin
    assert found.by.startswith("MT!") == (origin in {Origin.MACHINE, Origin.MEMORY})


def test_names_and_dates_of_tools() -> None:
    values = (
        '<sdl:value key="last_modified_by">AB</sdl:value><sdl:value key="modified_on">01/31/2026 08:41:52</sdl:value>'
    )
    seg = f'<sdl:seg-defs><sdl:seg id="1" conf="Translated">{values}</sdl:seg></sdl:seg-defs>'
    text = "<source>Oui.</source><target>Yes.</target>"
    found = bead(xliff(f'<trans-unit id="1">{text}{seg}</trans-unit>'))
    assert (found.by, found.changed) == ("AB", "2026-01-31T08:41:52Z")
    facts = 'mq:status="ManuallyConfirmed" mq:translatorcommitusername="AB" '
    dated = facts + 'mq:translatorcommittimestamp="0001-01-01T00:00:00Z" mq:lastchangedtimestamp="2026-01-31T08:41:52Z"'
    found = bead(xliff(f'<trans-unit id="1" {dated}>{text}</trans-unit>'))
    assert (found.by, found.changed) == ("AB", "2026-01-31T08:41:52Z")
    facts = 'm:confirmed="1" m:modified-by="AB" m:modified-at="1769848912000"'
    found = bead(xliff(f'<trans-unit id="1" {facts}>{text}</trans-unit>'))
    assert (found.by, found.changed) == ("AB", "2026-01-31T08:41:52Z")


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ('A<x id="1" equiv-text=" "/>b', "A b"), ('A <x id="1" equiv-text=" "/>b', "A b"), ('A<x id="1"/>b', "Ab"),
        ('A<x id="1" ctype="lb"/>b', "A b"), ('A<ph id="1">&lt;b/&gt;<sub>info</sub></ph>b', "Ab"),
        ('A<!-- q -->b<g id="1">c<mrk mtype="x">d</mrk></g>', "Abcd"), ("{1&gt;A&lt;1} b{2}", "A b"),
        ("a {x} {12} b", "a {x}  b"),
    ],
)  # fmt: skip
def test_tags_are_dropped_but_not_spaces(inline: str, text: str) -> None:
    (found,) = pairs(xliff(f'<trans-unit id="1"><source>{inline}</source></trans-unit>'))
    assert found == (text, "")


def test_what_looks_like_a_tag_is_text_in_other_files() -> None:
    data = xliff("<trans-unit id='1'><source>{1}</source></trans-unit>", names="")
    assert pairs(data) == [("{1}", "")]


def test_groups_and_files_inside_of_units() -> None:
    inside = '<group id="x"><count-group name="y"><count count-type="z">1</count></count-group></group>'
    unit = f"<trans-unit id='1'><source>Oui.</source><target>Yes.</target>{inside}</trans-unit>"
    assert pairs(xliff(unit * 3)) == [("Oui.", "Yes.")] * 3


def test_a_file_that_does_not_say_its_version_is_read() -> None:
    unit = "<trans-unit><source>Oui.</source><target>Yes.</target></trans-unit>"
    assert pairs(f"<xliff><file><body>{unit}</body></file></xliff>".encode()) == [("Oui.", "Yes.")]


def test_version_2_of_other_tools() -> None:
    segments = (
        '<segment><source>Un <pc id="1">chat</pc><ph id="2" equiv=" "/>dort.</source><target>A cat.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="b" state="final"><source>A<cp hex="0001"/><sc id="3"/>B</source><target>C</target></segment>'
        '<segment state="initial"><source>D</source><target>E</target></segment>'
    )
    (document,) = documents(io.BytesIO(xliff_2(f'<group id="g"><unit id="u">{segments}</unit></group>')))
    bitext = document.bitext
    found = [(bitext.source_text(b), bitext.target_text(b), b.status.value) for b in bitext.beads]
    assert found == [("Un chat dort.", "A cat.", "draft"), ("AB", "C", "accepted"), ("D", "", "draft")]
    (document,) = documents(io.BytesIO(xliff_2(f'<unit id="u">{segments}</unit>', 'srcLang="fr"')), target="en")
    assert document.bitext.target.language == "en"
    nothing = f'<unit id="u" translate="no">{segments}</unit>'
    assert [target for _, target in pairs(xliff_2(nothing))] == ["", "", ""]


@pytest.mark.parametrize(
    ("out", "back", "status", "origin"),
    [
        ('state="initial" subState="aligner:leveraged-mt"', 'state="translated"', Status.ACCEPTED, Origin.MACHINE),
        ('state="initial" subState="aligner:leveraged-mt"',
         'state="reviewed" subState="aligner:leveraged-mt"', Status.ACCEPTED, Origin.MACHINE),
        ('state="initial" subState="aligner:leveraged-mt"', 'state="initial"', Status.DRAFT, Origin.MACHINE),
        ("The Arabic term", "The Arab term", Status.DRAFT, Origin.MACHINE),
    ],
)  # fmt: skip
def test_what_tools_do_to_version_2(
    out: str, back: str, status: Status, origin: Origin, sample: Bitext, written: Write
) -> None:
    data = written("xliff", sample, xliff_version=2).decode()
    start = data.index('<unit id="6.1"')
    place = data.index("<segment", start)
    assert out in data[place:]
    changed = data[:place] + data[place:].replace(out, back, 1)
    (bitext,) = read(io.BytesIO(changed.encode()))
    found = next(b for b in bitext.beads if bitext.locator(b) == "6.1")
    assert (found.status, found.origin) == (status, origin)


def test_a_persons_change_in_version_2_is_theirs(sample: Bitext, written: Write) -> None:
    data = written("xliff", sample, xliff_version=2).decode()
    old = 'state="initial" subState="aligner:leveraged-mt"><source>'
    place = data.index(old, data.index('<unit id="6.1"'))
    changed = data[:place] + data[place:].replace(old, 'state="translated"><source>', 1)
    changed = changed[:place] + changed[place:].replace("The Arabic term", "The Arab term", 1)
    (bitext,) = read(io.BytesIO(changed.encode()))
    found = next(b for b in bitext.beads if bitext.locator(b) == "6.1")
    assert (found.status, found.origin) == (Status.EDITED, Origin.HUMAN)


def test_whole_files_inside_take_no_memory() -> None:
    class Long(io.RawIOBase):
        def __init__(self) -> None:
            unit = b'<trans-unit id="1"><source>Oui.</source><target>Yes.</target></trans-unit>'
            head, _, tail = xliff("UNIT", header="<header><skl>SKL</skl></header>").partition(b"SKL")
            inside = [b'<internal-file form="base64">', *[b"QUJD" * 4096 + b"\n"] * 3000, b"</internal-file>"]
            parts = [head, *inside, tail.replace(b"UNIT", b"<group>" + unit * 200 + b"</group>" + unit * 5000)]
            self.parts = iter(parts)

        def read(self, _size: int = -1) -> bytes:
            return next(self.parts, b"")

    tracemalloc.start()
    assert sum(1 for _ in XliffFile(Long())) == 5200  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_a_skeleton_may_have_anything_in_it() -> None:
    inside = "<internal-file><![CDATA[</internal-file><trans-unit>]]><b>\n</b></internal-file>"
    # A comment that names the element is none.
    unit = "<!-- <internal-file> --><trans-unit id='1'><source>Oui.</source></trans-unit>"
    assert pairs(xliff(unit, header=f"<header><skl>{inside.replace('</internal-file><', '<')}</skl></header>")) == [
        ("Oui.", "")
    ]


def test_the_toolkits_reader_sees_both_versions(sample: Bitext, written: Write) -> None:
    """translate-toolkit, which Weblate, Virtaal and Pootle read with."""
    from translate.storage.xliff import Xliff1File  # type: ignore[import-untyped]
    from translate.storage.xliff2 import Xliff2File  # type: ignore[import-untyped]

    for kind, options in ((Xliff1File, {}), (Xliff2File, {"xliff_version": 2})):
        data = written("xliff", sample, keep_boilerplate=True, **options)
        store = kind.parsestring(data)
        units = {unit.source: unit for unit in store.units}
        whole = {sample.source_text(b): sample.target_text(b) for b in sample.beads}
        assert {source: unit.target or "" for source, unit in units.items() if source in whole} == {
            source: target for source, target in whole.items() if source in units
        }
        assert len(units) > 8
        # What the toolkit writes again says the same.
        (again,) = read(io.BytesIO(bytes(store)))
        (before,) = read(io.BytesIO(data))
        assert [(b.status, b.origin, again.target_text(b)) for b in again.beads] == [
            (b.status, b.origin, before.target_text(b)) for b in before.beads
        ]


NODE = """
const {xliff12ToJs, xliff2js} = require(process.argv[1] + "/node_modules/xliff"), fs = require("fs");
const read = process.argv[3] === "2" ? xliff2js : xliff12ToJs;
read(fs.readFileSync(process.argv[2], "utf8")).then(found => {
  const units = Object.values(found.resources)[0];
  console.log(JSON.stringify(Object.fromEntries(Object.entries(units).map(([id, u]) => [id, u.target || ""]))));
});
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", [1, 2])
def test_the_reader_of_npm_sees_both_versions(version: int, sample: Bitext, written: Write, tmp_path: Path) -> None:
    """npm's ``xliff``, which i18next and Locize read with."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm is not installed")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path), "xliff@6.4.0"]
    if subprocess.run(command, capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("npm cannot fetch xliff 6.4.0 here")
    path = tmp_path / "a.xlf"
    path.write_bytes(written("xliff", sample, keep_boilerplate=True, xliff_version=version))
    done = subprocess.run(
        ["node", "-e", NODE, str(tmp_path), str(path), str(version)], capture_output=True, text=True, check=True
    )
    seen = json.loads(done.stdout)
    wanted = {sample.locator(b): " ".join(sample.target_text(b).split()) for b in sample.beads}
    assert {name: " ".join(text.split()) for name, text in seen.items()} == wanted
