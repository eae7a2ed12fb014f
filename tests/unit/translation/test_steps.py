"""The tables of preparations and repairs: each row does what its example shows, for the languages it is for."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.languages import LanguagePair, find_pair
from aligner.translation import TranslateOptions
from aligner.translation.protect.preparations import PREPARATIONS, Preparation, Prepared, Recipient
from aligner.translation.protect.repairs import REPAIRS, Repair
from aligner.translation.protect.steps import NAMES, Steps, marked

FRENCH_ENGLISH = find_pair("fr", "en")
KNOWN = string.printable + "àâçéèêëîïôùûÉœ’•\u00a0"
DOCUMENT = Path(__file__).parents[3] / "docs" / "translation.md"


def reader(languages: LanguagePair = FRENCH_ENGLISH) -> Recipient:
    """A model that reads French but has neither the degree sign nor foreign letters."""
    return Recipient(knows=KNOWN.__contains__, learned=KNOWN.__contains__, languages=languages)


def prepared(text: str, languages: LanguagePair = FRENCH_ENGLISH, *without: str) -> Prepared:
    return Steps(languages, without).prepare(text, reader(languages))


@pytest.mark.parametrize("row", PREPARATIONS, ids=lambda row: row.name)
def test_a_preparation_does_what_its_example_shows(row: Preparation) -> None:
    made = row.function(Prepared(row.before), reader())
    if row.name == "protected":
        made = row.function(Prepared(row.before), Recipient(**{**_fields(reader()), "cut_inside": True}))
    assert marked(made) == row.after


def _fields(one: Recipient) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("knows", "learned", "languages")}


@pytest.mark.parametrize("row", REPAIRS, ids=lambda row: row.name)
def test_a_repair_does_what_its_example_shows(row: Repair) -> None:
    source = prepared(row.source)
    if row.name in {"superscripts", "times", "separators", "ordinals", "names", "numbers-alone", "amounts-alone"}:
        source = Prepared(row.source)
    if row.name == "letters":
        source = Prepared(row.source, proper={"Zizek": "Žižek"})
    assert row.function(source, row.said) == row.mended


@pytest.mark.parametrize("row", PREPARATIONS, ids=lambda row: row.name)
def test_a_preparation_made_twice_changes_nothing_more(row: Preparation) -> None:
    once = row.function(Prepared(row.before), reader())
    assert row.function(once, reader()).text == once.text


def test_every_name_in_the_data_is_a_row_for_some_languages() -> None:
    special = {row.name for row in (*PREPARATIONS, *REPAIRS) if row.some_languages}
    named = {name for code in ("fr", "en", "de") for name in find_pair(code, "en").preparations}
    named |= FRENCH_ENGLISH.repairs | find_pair("de", "en").repairs
    assert named == special


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("de", "Sie arbeitet 35 h pro Woche, ab 9 h."),
        ("es", "la ley n° 78-17"),
        ("it", "Article 1er"),
        ("de", "DÉCIDE :"),
    ],
)
def test_french_is_rewritten_only_where_the_source_is_french(source: str, text: str) -> None:
    assert prepared(text, find_pair(source, "en")).text == text
    assert prepared(text, find_pair("fr", "en")).text != text
    assert prepared(text, find_pair("fr", "de")).text != text, "whatever it is translated into"


def test_only_french_into_english_has_the_repairs_that_compare_the_two() -> None:
    def repairs(source: str, target: str) -> set[str]:
        return {row.name for rows in Steps(find_pair(source, target)).repairs.values() for row in rows}

    assert {"separators", "ordinals", "names", "colon", "spacing"} <= repairs("fr", "en")
    assert repairs("es", "en").isdisjoint({"separators", "ordinals", "names"})
    assert {"colon", "spacing"} <= repairs("es", "en"), "these are about English alone"
    assert repairs("en", "fr").isdisjoint({"separators", "ordinals", "names", "colon", "spacing"})


@pytest.mark.parametrize("name", NAMES)
def test_every_row_can_be_switched_off_by_its_name(name: str) -> None:
    steps = Steps(FRENCH_ENGLISH, [name])
    assert name not in {row.name for row in steps.preparations}
    assert name not in {row.name for rows in steps.repairs.values() for row in rows}


def test_a_name_that_is_in_neither_table_is_refused() -> None:
    with pytest.raises(InputError, match="there is no step 'hour'"):
        Steps(FRENCH_ENGLISH, ["hour"])


def test_what_is_switched_off_is_in_the_signature() -> None:
    assert TranslateOptions(without=("hours", "capital")).signature == "beam:2|longest:0|without:capital+hours"
    assert "without" not in TranslateOptions().signature


def test_the_documentation_has_both_tables() -> None:
    text = DOCUMENT.read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", text, re.MULTILINE)
    expected = [(row.name, row.reason) for row in (*PREPARATIONS, *REPAIRS)]
    found = [(name, reason) for name, reason in rows if name in NAMES]
    assert found == expected
