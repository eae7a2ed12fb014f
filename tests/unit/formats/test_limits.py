"""What Trados would not take is said beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.formats import WriteOptions
from aligner.formats.tmx import limits
from aligner.formats.tmx.limits import trados_limits
from aligner.model import Bead, Bitext, Segment, Side

LOCALE = {"fr": "fr-FR", "en": "en-GB"}


def bitext(*texts: str) -> Bitext:
    segments = tuple(Segment(text, 9000 * k, 9000 * k + len(text), 1, k + 1) for k, text in enumerate(texts))
    beads = tuple(Bead((k,), (k,)) for k in range(len(texts)))
    return Bitext("x", Side("fr", segments), Side("en", segments), beads)


def test_languages_need_a_region() -> None:
    (problem,) = trados_limits([bitext("Oui.")])
    assert problem == "Trados wants languages with a region, not fr and en: write --locale fr-FR,en-GB"
    (problem,) = trados_limits([bitext("Oui.")], WriteOptions(locale={"en": "en-GB"}))
    assert problem == "Trados wants languages with a region, not fr: write --locale fr-FR"
    assert trados_limits([bitext("Oui.")], WriteOptions(locale=LOCALE)) == []


def test_long_units_are_counted_and_the_first_is_named() -> None:
    texts = bitext("a", "b" * 2000, "c" * 2001, "d" * 3000)
    assert trados_limits([texts], WriteOptions(locale=LOCALE)) == [
        "2 of 4 units are longer than 2,000 characters, which Trados skips; the first is x:1.3"
    ]
    (problem,) = trados_limits([bitext("a" * 1500, "b" * 1500)], WriteOptions(locale=LOCALE, paragraphs=True))
    assert problem.startswith("1 of 1 unit is longer")


def test_what_is_not_written_does_not_count() -> None:
    long = bitext("a" * 2001)
    doubtful = replace(long, beads=(replace(long.beads[0], confidence=0.1),))
    assert trados_limits([doubtful], WriteOptions(locale=LOCALE, min_confidence=0.5)) == []


def test_large_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST", 100)
    (problem,) = trados_limits([bitext("Oui.")], WriteOptions(locale=LOCALE))
    assert problem.startswith("the file would have 0.0 GB, Trados takes 1 GB")
