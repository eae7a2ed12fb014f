"""Tags of languages in whatever form mean the same language everywhere."""

from __future__ import annotations

import pytest

from aligner.alignment.result import Alignment
from aligner.checks import check
from aligner.languages import base_language, find_pair, language_of
from aligner.model import Bead, Bitext, Segment, Side
from aligner.terms import Finder, Glossary, Term


@pytest.mark.parametrize("tag", ["fr", "FR", "fr_FR", "fr-CA", "fra", "fre", "FRA", " fr "])
def test_every_form_of_a_tag_is_the_same_language(tag: str) -> None:
    assert base_language(tag) == "fr"
    assert language_of(tag) is language_of("fr")
    assert find_pair(tag, "en_GB") is find_pair("fr", "en")


@pytest.mark.parametrize("source", ["fr", "fr_FR", "FR", "fra"])
def test_the_french_english_checks_run_whatever_the_form_of_the_tags(source: str) -> None:
    sides = [
        ("La mission a coûté 12 euros en mars 2024.", source),
        ("The mission cost 13 dollars in April 2024.", "eng"),
    ]
    first, second = (
        Side(language=language, segments=(Segment(text, 0, len(text), paragraph=1),)) for text, language in sides
    )
    bitext = Bitext("a", first, second, Alignment((Bead((0,), (0,)),), 1, 1))
    assert {"E201", "E202", "W205"} <= {finding.code for finding in check([bitext])}


def test_the_stems_of_a_glossary_do_not_depend_on_the_form_of_the_tag() -> None:
    glossary = Glossary((Term("accord mondial", ("global agreement",)),), source="fra", target="EN")
    assert [breach.match.text for breach in Finder(glossary).broken("les accords mondiaux", "the deals")]
