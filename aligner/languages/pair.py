"""Two languages side by side: what a translation from one into the other may be expected to keep.

Both are known from ``data/<language>.toml``; what takes both of them (acronyms, names that are spelled otherwise, which
checks and repairs these tables suffice for) is in ``data/<source>-<target>.toml``. Another pair is one such file, and
one for each language that has none; nothing else. Start reading at `find_pair`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.languages.language import Language, language_of
from aligner.languages.tags import base_language


@dataclass(frozen=True, slots=True, eq=False)
class LanguagePair:
    """What is known of two languages; of most pairs little, and then every table here is empty."""

    source: Language
    target: Language
    source_words: frozenset[str]
    """Function words of the source language that the target language does not have, folded."""
    target_words: frozenset[str]
    """The other way round."""
    acronyms: Mapping[str, frozenset[str]]
    """What the target language has for an acronym of the source language."""
    source_acronyms: frozenset[str]
    """Acronyms of the source language; where this pair lists none, those of its pair with English."""
    names: Mapping[str, frozenset[str]]
    """What it has for a name, folded, where the beginnings differ."""
    checks: frozenset[str]
    """The names of the checks that all this suffices for, besides those that hold for any two languages."""
    preparations: frozenset[str]
    """The names of the preparations before the model that are not for any language, but for this source language."""
    repairs: frozenset[str]
    """The names of the repairs after the model that are not for any two languages, but for these."""


def find_pair(source: str, target: str) -> LanguagePair:
    """What is known of two languages, given by their tags in whatever form.

    >>> find_pair("fr_FR", "EN") is find_pair("fra", "eng")
    True
    >>> sorted(find_pair("fr", "en").acronyms["OTAN"]), sorted(find_pair("es", "it").checks)
    (['NATO'], [])
    """
    return _pair(base_language(source), base_language(target))


@cache
def _pair(source: str, target: str) -> LanguagePair:
    here, there = language_of(source), language_of(target)
    path = files("aligner.languages").joinpath("data", f"{here.name.lower()}-{there.name.lower()}.toml")
    data = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    acronyms = data.get("acronyms", {})
    function_words = data.get("function_words", {"source": "", "target": ""})
    # What is an acronym is a matter of the source language alone, so another pair's list serves as well.
    return LanguagePair(
        source=here,
        target=there,
        source_words=_words(function_words["source"]),
        target_words=_words(function_words["target"]),
        acronyms={acronym: _words(others) for acronym, others in acronyms.items()},
        source_acronyms=frozenset(acronyms) if acronyms or target == "en" else _pair(source, "en").source_acronyms,
        names={name: _words(others) for name, others in data.get("names", {}).items()},
        checks=frozenset(data.get("checks", ())),
        preparations=here.preparations,
        repairs=there.repairs | frozenset(data.get("repairs", ())),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
