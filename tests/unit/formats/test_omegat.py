"""A real CAT tool inserts the translations (Debian's OmegaT 3.6)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from aligner.model import Bead, Bitext, Kind, Origin, Segment, Side
from aligner.omegat.files import segmentation_conf, segmentation_srx
from aligner.text import builtin_srx, load_srx, segment

Write = Callable[..., bytes]

TEXT = """Accord de pêche : première lecture
M. Ferrand a pris la parole à 9 h 30. « Qui paiera ? » a-t-il demandé. Personne n’a répondu !
Le rapport (cf. annexe II, art. 4) cite trois pays : le Chili, l’Islande et le Gabon.
Les coûts s’élèvent à 1 250 € par tonne & par an… Le vote est reporté.
1. Questions diverses
"""


def constructed(text: str, language: str = "fr") -> Bitext:
    """A bitext as machine translation gives it: one made-up rendering a segment."""
    source = segment(text, language)
    renderings = [f"[{k}] {s.text.swapcase()}" for k, s in enumerate(source)]
    starts = [sum(len(r) + 1 for r in renderings[:k]) for k in range(len(renderings))]
    target = [
        Segment(r, start, start + len(r), s.paragraph, s.number)
        for r, start, s in zip(renderings, starts, source, strict=True)
    ]
    beads = tuple(Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE) for k in range(len(source)))
    return Bitext("x", Side("fr", tuple(source)), Side("en", tuple(target)), beads)


def test_srx_is_valid_and_means_the_same(schemas: Path, tmp_path: Path) -> None:
    file = tmp_path / "segmentation.srx"
    file.write_text(segmentation_srx(builtin_srx()), encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(str(schemas / "srx20.xsd")))
    assert schema.validate(etree.parse(str(file))), schema.error_log
    for language in ("fr", "fr-CA", "en", "de"):
        assert segment(TEXT, language, rules=load_srx(file)) == segment(TEXT, language)


def test_every_map_excludes_the_ones_before_it() -> None:
    languages = [
        e.get("languagepattern")
        for e in etree.fromstring(segmentation_srx(builtin_srx()).encode()).iter("{*}languagemap")
    ]
    assert languages[-1] == "(?!(?:(?:[Ff][Rr].*)|(?:[Ee][Nn].*))$)(?:.*)"


def test_cascading_maps_stay_as_they_are() -> None:
    conf = segmentation_conf(replace(builtin_srx(), cascade=True), lines=False)
    assert "<string>.*</string>" in conf
    assert "u2028" not in conf.split("French", maxsplit=1)[0]


@pytest.mark.slow
def test_omegat_inserts_every_unit(written: Write, shared: Path, tmp_path: Path) -> None:
    if not Path("/usr/share/omegat/OmegaT.jar").is_file():
        pytest.skip("OmegaT is not installed (apt-get install omegat)")
    rules, source, memory = tmp_path / "rules", tmp_path / "doc.txt", tmp_path / "memory.tmx"
    rules.mkdir()
    (rules / "segmentation.conf").write_text(segmentation_conf(builtin_srx()), encoding="utf-8")
    (rules / "segmentation.srx").write_text(segmentation_srx(builtin_srx()), encoding="utf-8")
    source.write_text(TEXT, encoding="utf-8")
    memory.write_bytes(written("tmx", constructed(TEXT)))
    command = [shared / "tools/verify_tmx.sh", memory, source, "--srx", rules, "--json", tmp_path / "report.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["coverage"], report["load_errors"], report["warnings"]) == (100.0, [], []), done.stderr
    assert report["omegat_segments"] == len(segment(TEXT, "fr"))
