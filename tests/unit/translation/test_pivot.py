"""Any pair of languages: the way through English, with real packages under other languages' names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.model import Languages
from aligner.terms import Glossary, Term
from aligner.translation import (
    ArgosTranslator,
    Flag,
    PivotTranslator,
    TranslateOptions,
    find_route,
    install_package,
    open_engine,
)

Pack = Callable[..., Path]
QUICK = TranslateOptions(beam=1, threads=1)


@pytest.fixture
def english_german(pack: Pack, home: Path) -> Path:
    """A package that claims to translate English into German: it renders French words and copies many English ones."""
    return install_package(pack("ende", root="translate-en_de", from_code="en", to_code="de")).path


def test_a_package_for_the_pair_goes_first(pack: Pack, english_german: Path) -> None:
    install_package(pack("frde", root="translate-fr_de", from_code="fr", to_code="de"))
    (only,) = find_route(Languages("fr", "de"))
    assert (only.source, only.target) == ("fr", "de")
    assert isinstance(open_engine(Languages("fr", "de")), ArgosTranslator)


def test_two_packages_with_english_between(english_german: Path) -> None:
    first, second = find_route(Languages("fr-CA", "de"))
    assert [(p.source, p.target) for p in (first, second)] == [("fr", "en"), ("en", "de")]
    engine = open_engine(Languages("fr", "de"), options=QUICK)
    halves = [open_engine(Languages("fr", "en"), options=QUICK), open_engine(Languages("en", "de"), options=QUICK)]
    texts = ["Le Conseil a adopté le rapport.", "12 %", "Bonjour.", "Le Conseil a adopté le rapport."]
    told: list[tuple[int, int]] = []
    renderings = engine.translate(texts, progress=lambda done, total: told.append((done, total)))
    between = halves[0].translate(texts)
    last = halves[1].translate([rendering.text for rendering in between])
    assert [r.text for r in renderings] == [r.text for r in last]
    assert [r.score for r in renderings] == [
        (a.score or 0) * (b.score or 0) for a, b in zip(between, last, strict=True)
    ]
    assert renderings[1].flags == (Flag.COPIED,)
    assert renderings[0] == renderings[3]
    assert told == sorted(told)
    assert told[-1] == (2000, 2000)


def test_the_provenance_names_both(english_german: Path) -> None:
    engine = open_engine(Languages("fr", "de"), options=QUICK)
    assert isinstance(engine, PivotTranslator)
    assert re.fullmatch(r"translate-fr_en ([\d.]+) \+ translate-en_de \1", engine.made_by.package)
    assert engine.made_by.engine.startswith("ctranslate2 ")
    assert ", " not in engine.made_by.engine
    assert len(engine.made_by.fingerprint) == 64
    assert engine.made_by.fingerprint not in {half.made_by.fingerprint for half in engine.halves}
    assert all(half.signature in engine.signature for half in engine.halves)


def test_both_halves_are_kept_in_the_cache(english_german: Path, tmp_path: Path) -> None:
    texts = ["Le Conseil a adopté le rapport.", "Bonjour."]
    first = open_engine(Languages("fr", "de"), options=QUICK, cache=tmp_path / "c.sqlite")
    renderings = first.translate(texts)
    assert first.fresh == 2
    first.close()
    again = open_engine(Languages("fr", "de"), options=QUICK, cache=tmp_path / "c.sqlite")
    assert again.translate(texts) == renderings
    assert again.fresh == 0


@pytest.mark.parametrize(
    ("pair", "missing"),
    [
        (("fr", "de"), "fr → de on this machine, and of the way through English en → de is missing; .* install en de'"),
        (("es", "de"), "through English es → en and en → de is missing; run 'aligner model install es en'"),
        (("en", "fr"), "en → fr on this machine; run 'aligner model install en fr'"),
        (("de", "en"), "de → en on this machine; run"),
    ],
)
def test_what_is_missing_is_named(home: Path, pair: tuple[str, str], missing: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        find_route(Languages(*pair))
    assert re.search(missing, str(caught.value))


def test_a_package_given_may_be_one_half(pack: Pack, home: Path) -> None:
    ende = pack("ende", from_code="en", to_code="de")
    assert [p.path for p in find_route(Languages("fr", "de"), model=ende)][1] == ende
    with pytest.raises(InputError, match="this package translates en → de, not fr → en"):
        find_route(Languages("fr", "en"), model=ende)
    with pytest.raises(EnvironmentProblem, match="through English es → en is missing"):
        find_route(Languages("es", "de"), model=ende)


def test_nothing_to_translate(home: Path) -> None:
    with pytest.raises(InputError, match="nothing to translate from fr into fr-CA"):
        find_route(Languages("fr", "fr-CA"))


def test_a_glossary_is_refused_where_it_cannot_be_kept(english_german: Path) -> None:
    with pytest.raises(InputError, match="cannot keep the terms of a glossary"):
        open_engine(Languages("fr", "de"), glossary=Glossary((Term("paix", ("peace",)),)))
