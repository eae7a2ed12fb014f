"""One language: its months, numbers, hours, amounts and function words, read from ``data/<name>.toml``.

A language that has no file is known by its code alone; `Language.is_known` says so, and nothing is looked for in its
texts that only words could tell. Start reading at `language_of`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aligner.languages.tags import base_language
from aligner.languages.words import fold

FILES = {"fr": "french", "en": "english", "de": "german"}
"""The languages that have a file, by their codes."""
_NEVER = re.compile(r"(?!)")
NOON, MIDNIGHT = 12, 0


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """How a language says and writes numbers."""

    cardinals: Mapping[str, int]
    """The value of a number word, folded; also of words that say a number in passing (*dozen*)."""
    ordinals: Mapping[str, int]
    joint: str
    """The word that joins number words: *et*, *and*."""
    compounds: tuple[str, ...]
    """The parts at which a number written as one word is cut, from the largest; empty where none is so written."""
    scales: Mapping[str, int]
    """What a word or letter after digits multiplies them by."""
    scale: re.Pattern[str]
    """What may follow digits with a scale: group 1 is the scale; digits in it mean a range (*2 à 3 millions*)."""
    ordinal: re.Pattern[str]
    """The endings that make an ordinal of digits."""
    roman: re.Pattern[str]
    """A Roman numeral, with such an ending (group 1) or without (group 2)."""
    hour: re.Pattern[str]
    """What after digits makes an hour of them."""
    short_year: re.Pattern[str]
    """Two digits, the last group that matched, that stand for a year."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What is known of a language."""

    code: str
    name: str
    """In English; the code where nothing else is known."""
    numbers: Numbers
    months: Mapping[str, int]
    date: re.Pattern[str]
    """A month in words, with what stands around it: groups day, month, day_after, year."""
    bare_month: re.Pattern[str]
    time: re.Pattern[str]
    minutes: Mapping[int, str]
    """Minutes that have a word: *half*, *quarter*."""
    hours: Mapping[int, re.Pattern[str]]
    """Noon and midnight, by name and in digits."""
    amounts: Mapping[str, re.Pattern[str]]
    """Per cent and the currencies, as sign, code and word."""
    links: frozenset[str]
    """Words that link the content words of a term."""
    others: frozenset[str]
    """Words that are in no term."""
    longest: int
    """Words in a term, links counted."""
    preparations: frozenset[str]
    """The names of what is done to a text in this language alone before a model reads it."""
    repairs: frozenset[str]
    """The names of what is done to a text that a model wrote in this language alone."""
    digits: Mapping[str, int]
    """The words for 0 to 9."""
    one: str
    """A pattern of what else says 1; empty where nothing does."""
    units: tuple[str, ...]
    """Patterns of words after which a number is written in digits however small it is."""
    measures: Mapping[str, re.Pattern[str]]
    """Units by name: what after a number is one (group 1 is the unit itself)."""
    references: re.Pattern[str]
    """Nouns that a letter or a Roman numeral may follow, which says which one is meant: *annexe A*."""
    repeatable: frozenset[str]
    """Words that may stand twice in a row: *had had*, *nous nous*."""
    between: frozenset[str]
    """Words that stand between a word and the same word: *from time to time*."""
    joining: frozenset[str]
    """Words that join two words: *and*."""
    emphasised: re.Pattern[str]
    """What may stand on both sides of one of those: *again and again*."""
    small: frozenset[str]
    """Words that have no initial in an acronym."""
    conjunctions: tuple[str, ...]
    """Words before which a sentence that is too long may be cut."""
    places: Mapping[str, str]
    """The parts of a document (*article*, *page*), each with a pattern of the words for it."""
    place_labels: Mapping[str, str]
    """What a part is called in a reference: *art.*; empty for what is cited by its number alone."""
    closings: Mapping[str, str]
    """Patterns of the lines that the text of an act ends before: formulas, the head of its notes."""
    is_known: bool


def known_languages() -> tuple[Language, ...]:
    """All languages that have a file."""
    return tuple(map(language_of, FILES))


@cache
def language_of(code: str) -> Language:
    """A language by its code, in whatever form (`aligner.languages.tags`).

    >>> language_of("fr_CA").name, language_of("deu").months["marz"], language_of("xx").is_known
    ('French', 3, False)
    """
    base = base_language(code)
    if base != code:
        return language_of(base)
    name = FILES.get(base)
    if name is None:
        # Of a language that nobody described less is looked for, and nothing is rewritten (decision 44).
        return _language({"code": base, "name": base}, is_known=False)
    text = files("aligner.languages").joinpath("data", f"{name}.toml").read_text("utf-8")
    return _language(tomllib.loads(text), is_known=True)


def _language(data: Mapping[str, Any], *, is_known: bool) -> Language:
    months = [name for names in data.get("months", ()) for name in names.split()]
    numbered = {fold(name): n for n, names in enumerate(data.get("months", ()), 1) for name in names.split()}
    # The longest first: of several names that fit a pattern takes the first.
    listed = "|".join(sorted(months, key=len, reverse=True))
    nouns = data.get("references", "").split()
    terms = data.get("terms", {})
    return Language(
        code=data["code"],
        name=data["name"],
        numbers=_numbers(data.get("numbers", {})),
        months=numbered,
        date=_pattern(data.get("date"), months=listed),
        bare_month=_pattern(rf"\b({listed})\b" if listed else None),
        time=_pattern(data.get("time")),
        minutes={int(minute): word for minute, word in data.get("minutes", {}).items()},
        hours={
            hour: _pattern(data.get("hours", {}).get(name)) for hour, name in ((NOON, "noon"), (MIDNIGHT, "midnight"))
        },
        amounts={name: _pattern(pattern) for name, pattern in data.get("amounts", {}).items()},
        links=frozenset(terms.get("links", "").split()),
        others=frozenset(terms.get("others", "").split()),
        longest=int(terms.get("longest", 3)),
        preparations=frozenset(data.get("preparations", ())),
        repairs=frozenset(data.get("repairs", ())),
        digits={word: value for value, word in enumerate(data.get("digits", "").split())},
        one=data.get("one", ""),
        units=tuple(data.get("units", ())),
        # A letter with an apostrophe is a word of the sentence (*m'a dit*), not a metre.
        measures={
            name: re.compile(rf"[ \u00a0\u202f-]?({pattern})(?![^\W_]|['’])")
            for name, pattern in data.get("measures", {}).items()
        },
        references=_pattern(rf"\b(?:{'|'.join(nouns)})\b" if nouns else None),
        repeatable=frozenset(data.get("repeatable", "").split()),
        between=frozenset(data.get("between", "").split()),
        joining=frozenset(data.get("joining", "").split()),
        emphasised=_pattern(data.get("emphasised")),
        small=frozenset(data.get("small", "").split()),
        conjunctions=tuple(data.get("conjunctions", "").split()),
        places={kind: words for kind, words in data.get("places", {}).items() if kind != "labels"},
        place_labels=data.get("places", {}).get("labels", {}),
        closings=data.get("closings", {}),
        is_known=is_known,
    )


def _numbers(data: Mapping[str, Any]) -> Numbers:
    scales = {word: int(n) for n, listed in data.get("scales", {}).items() for word in listed.split(", ")}
    units = "|".join(map(re.escape, sorted(scales, key=len, reverse=True))) or "(?!)"
    among = data.get("range", "(?!)")
    endings = data.get("ordinal", "(?!)")
    before, after = data.get("decade", ("(?!)", "(?!)"))
    return Numbers(
        cardinals=_values(data.get("cardinals", {})),
        ordinals=_values(data.get("ordinals", {})),
        joint=data.get("and", ""),
        compounds=tuple(data.get("compounds", ())),
        scales=scales,
        scale=re.compile(rf"(?:\s?(?:{among}|-|–)\s?\d[\d.,]*)?[ \u00a0\u202f-]?({units})\b"),
        ordinal=re.compile(rf"(?:{endings})\b"),
        roman=re.compile(rf"\b(?:([IVX]+)(?:{data.get('roman_ordinal', '(?!)')})|([IVXLCDM]+))\b"),
        hour=re.compile(rf"\s?(?:{data.get('hour', '(?!)')})\b", re.IGNORECASE),
        short_year=re.compile(rf"(?:{before}|(?<=\d)[-–—/]|['’])(\d\d)\b|(?:\b|\b\d\d)(\d0){after}\b"),
    )


def _values(data: Mapping[str, str]) -> dict[str, int]:
    return {fold(word): int(n) for n, listed in data.items() for word in listed.split()}


def _pattern(given: str | list[str] | None, **parts: str) -> re.Pattern[str]:
    """A pattern of the data, which may be in several pieces; one that matches nothing where there is none."""
    if given is None:
        return _NEVER
    # Not `format`: patterns are full of braces.
    text = given if isinstance(given, str) else "".join(given)
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return re.compile(text, re.IGNORECASE)
