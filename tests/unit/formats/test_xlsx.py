"""A table out to a spreadsheet program and back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.errors import InputError
from aligner.formats.xlsx.parts import BITEXT, DOCUMENTS
from aligner.formats.xlsx.read import read
from aligner.model import Bead, Bitext, Origin, Segment, Side, Status

Write = Callable[..., bytes]
Change = Callable[[str], str]


def changed(data: bytes, *changes: tuple[str, Change], **added: str) -> bytes:
    """An archive with some parts changed and others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        parts = {name: old.read(name).decode() for name in old.namelist()}
        for name, change in changes:
            before = parts[name]
            parts[name] = change(before)
            assert parts[name] != before
        for name, content in {**parts, **added}.items():
            new.writestr(name, content)
    return stream.getvalue()


def back(data: bytes) -> Bitext:
    (bitext,) = read(io.BytesIO(data))
    return bitext


def bead(bitext: Bitext, locator: str) -> Bead:
    return next(bead for bead in bitext.beads if bitext.locator(bead) == locator)


def put(old: str, new: str) -> tuple[str, Change]:
    return BITEXT, lambda sheet: sheet.replace(old, new, 1)


def test_every_bead_comes_back(sample: Bitext, written: Write, gone_out: Callable[[Bitext], tuple[Bead, ...]]) -> None:
    bitext = back(written("xlsx", sample, keep_boilerplate=True))
    assert bitext.beads == gone_out(sample)
    assert (bitext.id, bitext.record, bitext.provenance) == (sample.id, sample.record, sample.provenance)
    for made, original in ((bitext.source, sample.source), (bitext.target, sample.target)):
        assert (made.language, made.sha256) == (original.language, original.sha256)
        assert [(s.text, s.locator, s.role) for s in made.segments] == [
            (s.text, s.locator, s.role) for s in original.segments
        ]


def test_several_documents_come_back(sample: Bitext, written: Write) -> None:
    data = written("xlsx", sample, replace(sample, id="other"))
    assert written("xlsx", *read(io.BytesIO(data))) == data


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.org")', "+33 1", "-5 °C", "@SUM(A1)", "'quoted"])
def test_what_looks_like_a_formula_is_text(written: Write, text: str) -> None:
    side = (Segment(text, 0, len(text)),)
    bitext = Bitext("doc", Side("fr", side), Side("en", side), (Bead((0,), (0,)),))
    data = written("xlsx", bitext)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(BITEXT).decode()
    assert "<f>" not in sheet
    assert set(re.findall(r'<c [^>]*t="([^"]*)"', sheet)) == {"inlineStr"}
    assert back(data).target.segments[0].text == text


def test_a_changed_target_is_edited(sample: Bitext, written: Write) -> None:
    edited = bead(back(changed(written("xlsx", sample), put(">The Arabic term", ">The Arab term"))), "6.1")
    machine = bead(sample, "6.1")
    assert (edited.status, edited.origin, edited.machine) == (Status.EDITED, Origin.HUMAN, machine.machine)
    assert (edited.maker, edited.written, edited.quality) == (machine.maker, machine.written[-1:], None)


@pytest.mark.parametrize("typed", ["accepted", "Accepted", " ACCEPTED "])
def test_a_status_may_be_typed_in_capitals_and_with_spaces(sample: Bitext, written: Write, typed: str) -> None:
    accepted = [b.status for b in back(changed(written("xlsx", sample), put(">draft<", f">{typed}<"))).beads]
    plain = [b.status for b in back(written("xlsx", sample)).beads]
    assert accepted == [Status.ACCEPTED if k == plain.index(Status.DRAFT) else s for k, s in enumerate(plain)]


def test_rows_may_be_sorted_and_columns_added(sample: Bitext, written: Write) -> None:
    def turned(sheet: str) -> str:
        first, *rows = re.findall(r"<row .*?</row>", sheet, re.DOTALL)
        body = first.replace("</row>", '<c r="AB1" t="str"><v>mine</v></c></row>') + "".join(reversed(rows))
        start, end = sheet.index("<sheetData>") + len("<sheetData>"), sheet.index("</sheetData>")
        mine = body.replace("</row>", '<c r="AB9"><f>1+1</f><v>2</v></c></row>')
        return sheet[:start] + mine.replace('<c r="AB9"><f>1+1</f><v>2</v></c>', "", 1) + sheet[end:]

    bitext = back(changed(written("xlsx", sample), (BITEXT, turned)))
    locators = [bitext.locator(bead) for bead in bitext.beads]
    plain = back(written("xlsx", sample))
    assert locators == [plain.locator(bead) for bead in plain.beads][::-1]


def test_shared_strings_with_runs_are_read(sample: Bitext, written: Write) -> None:
    strings = "<sst><si><t>no</t></si><si><r><t>The </t></r><r><t>_x0041_rab</t></r><rPh><t>x</t></rPh></si></sst>"
    old = re.compile(r't="inlineStr"><is><t xml:space="preserve">The Arabic term[^<]*</t></is>')
    change = (BITEXT, lambda sheet: old.sub('t="s"><v>1</v>', sheet, count=1))
    data = changed(written("xlsx", sample), change, **{"xl/sharedStrings.xml": strings})
    bitext = back(data)
    assert bitext.target_text(bead(bitext, "6.1")) == "The Arab"


def test_the_rest_can_be_read_without_the_second_sheet_and_the_hidden_columns(sample: Bitext, written: Write) -> None:
    drop = (BITEXT, lambda sheet: re.sub(r'<c r="([I-Z]|A[A-Z])\d+".*?</c>', "", sheet))
    facts = (DOCUMENTS, lambda sheet: re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", sheet, flags=re.DOTALL))
    bitext = back(changed(written("xlsx", sample), drop, facts))
    assert (bitext.id, bitext.source.language) == (sample.id, "und")
    assert bitext.source_text(bead(bitext, "6.1")) == sample.source_text(bead(sample, "6.1"))


def test_what_is_no_table_of_ours_is_refused(sample: Bitext, written: Write) -> None:
    data = written("xlsx", sample)
    formula = (BITEXT, lambda sheet: re.sub(r'(<c r="G3" s="1") t="inlineStr"><is>.*?</is>', r"\1><f>A1</f>", sheet))
    cases = (
        (b"id,source,target\n", "this is not an XLSX file; save it as .xlsx"),
        (data[:-40], "this is not an XLSX file"),
        (changed(data, formula), "cell G3: there is a formula instead of text"),
        (changed(data, put(">draft<", ">acepted<")), "row [2-9]: unknown status 'acepted'; use draft"),
        (changed(data, put(">source<", ">quelle<")), "there is no column 'source'"),
        (changed(data, put("<sheetData>", "<!DOCTYPE a [<!ENTITY b 'c'>]><sheetData>")), "not well-formed XML"),
    )
    for case, message in cases:
        with pytest.raises(InputError, match=message):
            back(case)
