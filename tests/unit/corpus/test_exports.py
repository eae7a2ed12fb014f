"""Which options an export takes, and files that hold several documents or a part of one."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.exports import (
    check_options,
    export_named,
    write_split,
    write_together,
)
from aligner.errors import InputError
from aligner.formats import FORMATS, Standing, WriteOptions
from aligner.model import Status
from tests import make

BITEXT = make.bitext(("Oui.", "Oui."), name="a")


def test_an_option_without_effect_is_refused() -> None:
    check_options("tmx", WriteOptions(tuid=False, paragraphs=True, min_status=Status.EDITED))
    check_options("omegat-project", WriteOptions(min_confidence=0.5))
    check_options("html", WriteOptions(keep_boilerplate=True))
    cases = (
        ("tei", WriteOptions(min_confidence=0.5), "the format 'tei' has no use for --min-confidence; leave it out"),
        (
            "beads",
            WriteOptions(tuid=False, standings=(Standing.REVIEWED,), min_quality=0.5),
            "has no use for --reviewed, --min-quality, --no-tuid",
        ),
        ("omegat-project", WriteOptions(paragraphs=True), "'omegat-project' has no use for --paragraphs"),
        ("html", WriteOptions(locale={"fr": "fr-FR"}), "the format 'html' has no use for --locale"),
    )
    for name, options, message in cases:
        with pytest.raises(InputError, match=message):
            check_options(name, options)


def test_every_format_is_an_export() -> None:
    for name in FORMATS:
        if name == "parquet":
            pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
        assert export_named(name).render(BITEXT, WriteOptions())


def test_several_documents_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.xml"
    with path.open("wb") as stream:
        write_together("tei", (replace(BITEXT, id=name) for name in "abc"), stream, WriteOptions())
    assert path.read_text(encoding="utf-8").count("<TEI ") == 3
    for name in ("beads", "html"):
        with pytest.raises(InputError, match=f"a file of the format '{name}' holds one document; leave out --one-file"):
            write_together(name, [BITEXT], io.BytesIO(), WriteOptions())


def test_an_edition_in_three_files(tmp_path: Path) -> None:
    files = write_split(BITEXT, tmp_path / "edition", WriteOptions())
    assert [file.name for file in files] == ["a.fr.xml", "a.en.xml", "a.fr-en.xml"]
    assert all(file.is_file() for file in files)
