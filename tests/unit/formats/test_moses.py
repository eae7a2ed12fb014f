"""Line-aligned text files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.errors import InputError
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
