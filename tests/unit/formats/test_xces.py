"""XCES archives, as opustools reads them and as they come back."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.xces.read import read
from aligner.model import Bead, Bitext, Role, Segment, Side, Status

Write = Callable[..., bytes]


def links(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("fr-en.xml").decode()
    return [line.split('xtargets="')[1].split('"')[0] for line in text.splitlines() if line.startswith("<link ")]


def test_every_bead_is_a_link(sample: Bitext, written: Write) -> None:
    found = links(written("xces", sample))
    assert found[3:6] == ["4.1 4.2;3.1", "4.3;3.2", "5.1;4.1 4.2"]
    assert found[8:10] == ["7.2;", ";7.1"]


def test_what_is_rejected_or_left_out_has_no_counterpart(sample: Bitext, written: Write) -> None:
    rejected = replace(sample, beads=tuple(replace(bead, status=Status.REJECTED) for bead in sample.beads))
    assert links(written("xces", rejected))[:2] == ["1.1;", ";1.1"]
    kept = [
        link
        for link in links(written("xces", sample, min_confidence=0.95))
        if not link.startswith(";") and not link.endswith(";")
    ]
    assert kept == ["1.1;1.1", "3.1;2.1", "4.3;3.2", "6.1;5.1", "7.1;6.1", "8.1;8.1", "9.1;9.1"]


def test_a_rejected_bead_leaves_no_boilerplate_behind(written: Write) -> None:
    """A sentence that stands alone is judged alone, so what was read is written the same."""
    share = Segment("Share", 0, 5, 1, 1, Role.BOILERPLATE)
    sides = Side("fr", (Segment("Oui.", 0, 4, 1, 1),)), Side("en", (share,))
    bitext = Bitext("doc", *sides, (Bead((0,), (0,), status=Status.REJECTED),))
    data = written("xces", bitext)
    assert links(data) == ["1.1;"]
    assert written("xces", *read(io.BytesIO(data))) == data
    assert links(written("xces", bitext, keep_boilerplate=True)) == ["1.1;", ";1.1"]


def test_locale_and_boilerplate(sample: Bitext, written: Write) -> None:
    data = written("xces", sample, locale={"en": "en-GB"}, keep_boilerplate=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["fr/2023-05-03-geneve.xml", "en-GB/2023-05-03-geneve.xml", "fr-en-GB.xml"]
        assert '<s id="2.1" type="boilerplate">' in archive.read("fr/2023-05-03-geneve.xml").decode()


def test_opustools_reads_the_pairs(sample: Bitext, written: Write, tmp_path: Path) -> None:
    opustools = pytest.importorskip("opustools", reason="opustools is not installed")
    file = tmp_path / "corpus.zip"
    file.write_bytes(written("xces", sample, replace(sample, id="other")))
    with zipfile.ZipFile(file) as archive:
        archive.extract("fr-en.xml", tmp_path)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        reader = opustools.OpusRead(
            directory="corpus", source="fr", target="en", preprocess="raw", alignment_file=str(tmp_path / "fr-en.xml"),
            source_zip=str(file), target_zip=str(file), download_dir=str(tmp_path / "nothing"),
        )  # fmt: skip
        found = list(reader.yieldPairs())
    beads = [bead for bead in sample.beads if sample.locator(bead) != "2.1"]
    assert found == [(sample.source_text(bead), sample.target_text(bead)) for bead in beads] * 2


def archive(links: str, **texts: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(
            "en-fr.xml", f'<cesAlign><linkGrp fromDoc="en/a.xml.gz" toDoc="fr/a.xml.gz">{links}</linkGrp></cesAlign>'
        )
        for language, text in texts.items():
            made.writestr(f"{language}/a.xml", f"<document>{text}</document>")
    return stream


def test_links_of_opus_with_words_and_gaps() -> None:
    english = '<s id="s1"><w>Yes</w><w>.</w></s><s id="s2">Really.</s><s id="s3">No.</s>'
    french = '<s id="s1">Oui.</s><s id="s2">Bon.</s><s id="s3">Non.</s>'
    stream = archive('<link xtargets="s1;s1"/><link xtargets="s3;s3" certainty="0.5"/>', en=english, fr=french)
    (bitext,) = read(stream)
    assert [(bead.type, bitext.source_text(bead), bead.confidence) for bead in bitext.beads] == [
        ("1-1", "Yes .", 1.0), ("1-0", "Really.", 1.0), ("0-1", "", 1.0), ("1-1", "No.", 0.5),
    ]  # fmt: skip
    assert (bitext.id, bitext.source.language) == ("a", "en")


def test_what_is_no_such_archive_is_refused() -> None:
    text = '<s id="s1">Oui.</s><s id="s2">Non.</s>'
    cases = (
        (io.BytesIO(b"<cesAlign/>"), "XCES: this is not an archive of XCES files"),
        (archive('<link xtargets="s1;s9"/>', en=text, fr=text), r"the links of en/a.xml.gz cannot be read \('s9'\)"),
        (
            archive('<link xtargets="s2;s2"/><link xtargets="s1;s1"/>', en=text, fr=text),
            "cannot be read .*do not cover",
        ),
        (archive('<link xtargets="s1;s1"/>', en=text), "cannot be read .*There is no item named"),
        (archive("<!DOCTYPE x>", en=text, fr=text), "not well-formed XML"),
        (archive("", en="<!DOCTYPE a [<!ENTITY b 'c'>]>", fr=text), "not well-formed XML"),
    )
    for stream, message in cases:
        with pytest.raises(InputError, match=message):
            list(read(stream))
