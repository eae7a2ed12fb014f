"""Tables about French and English, read once from ``data/french-english.toml``. Start reading at `knowledge`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the checks know about the two languages."""

    french: frozenset[str]
    """French function words that are no English words, folded."""
    english: frozenset[str]
    """English function words that are no French words."""
    acronyms: Mapping[str, frozenset[str]]
    """What English has for a French acronym."""
    names: Mapping[str, frozenset[str]]
    """What English has for a French name, folded, where the beginnings differ."""


@cache
def knowledge() -> Knowledge:
    """The tables.

    >>> sorted(knowledge().acronyms["OTAN"])
    ['NATO']
    """
    text = files("aligner.check").joinpath("data/french-english.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Knowledge(
        french=_words(tables["function_words"]["french"]),
        english=_words(tables["function_words"]["english"]),
        acronyms={name: _words(others) for name, others in tables["acronyms"].items()},
        names={name: _words(others) for name, others in tables["names"].items()},
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
