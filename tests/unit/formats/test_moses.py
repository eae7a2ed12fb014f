"""Line-aligned text files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.errors import InputError
from aligner.formats.moses.read import read, units
from aligner.model import Bead, Bitext, Segment, Side

Write = Callable[..., bytes]


def files(data: bytes) -> dict[str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode().split("\n")[:-1] for name in archive.namelist()}


def test_lines_correspond(sample: Bitext, written: Write) -> None:
    made = files(written("moses", sample, locale={"en": "en-GB"}))
    assert list(made) == ["aligner.fr-en-GB.fr", "aligner.fr-en-GB.en-GB", "aligner.fr-en-GB.ids"]
    french, english, ids = made.values()
    assert len(french) == len(english) == len(ids) == 10
    place = ids.index("2023-05-03-geneve:4.1")
    assert french[place] == "Ils ont adopté un plan d’action. Ce plan prévoit trois étapes."
    assert english[place] == "They adopted a three-step action plan."


def test_a_line_stays_a_line(written: Write) -> None:
    text = "a\u2028b\r\n\tc\x85d\u00a0e"
    sides = (Side(tag, (Segment(text, 0, len(text)),)) for tag in ("fr", "en"))
    made = files(written("moses", Bitext("x", *sides, (Bead((0,), (0,)),))))
    assert made["aligner.fr-en.fr"] == ["a b c d\u00a0e"]


def test_one_language_pair(sample: Bitext, written: Write) -> None:
    with pytest.raises(InputError, match="other: this bitext is fr–de, the ones before it fr–en"):
        written("moses", sample, replace(sample, id="other", target=replace(sample.target, language="de")))


def archive(**texts: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in texts.items():
            made.writestr(name.replace("__", "."), text)
    return stream


def test_a_corpus_as_opus_hands_it_out_is_one_document() -> None:
    given = {"README": "x", "Books__en-fr__en": "Yes.\n\nNo.\n", "Books__en-fr__fr": "Oui.\n\nNon.\n"}
    (bitext,) = read(archive(**given))
    assert (bitext.id, bitext.source.language, bitext.target.language) == ("Moses", "en", "fr")
    assert [bitext.target_text(bead) for bead in bitext.beads] == ["Oui.", "Non."]


def test_what_is_no_pair_of_texts_is_refused() -> None:
    cases = (
        (io.BytesIO(b"a\tb\n"), "Moses: this is not an archive of line-aligned texts; export it again"),
        (archive(**{"a__en": "x"}), "there are no two texts such as name.fr-en.fr and name.fr-en.en"),
        (archive(**{"a__fr-en__fr": "x\ny\n", "a__fr-en__en": "x\n"}), "the texts do not have as many lines"),
    )
    for stream, message in cases:
        with pytest.raises(InputError, match=message):
            list(read(stream))


def test_units_one_by_one_are_those_of_the_bitexts(sample: Bitext, written: Write) -> None:
    data = written("moses", sample)
    (bitext,) = read(io.BytesIO(data))
    found = list(units(io.BytesIO(data)))
    assert [(u.tuid, *(v.text for v in u.variants)) for u in found] == [
        (f"{bitext.id}:{bitext.locator(b)}", bitext.source_text(b), bitext.target_text(b)) for b in bitext.beads
    ]
