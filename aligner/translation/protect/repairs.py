"""What is done to what the model said: one table, in the order in which it is done.

    part ──PART──▶ parts ──CLAUSE, COPIED──▶ joined ──JOINED──▶ passage ──PASSAGE──▶ several passages ──TEXT──▶ joined …

A text is usually one passage of one part; a long one is several passages, and a passage at fault is tried again in
several parts. Whenever parts or passages are put together, the rows of CLAUSE, COPIED and JOINED are at work. Rows that
are for some languages alone are named in their data, as in `aligner.translation.protect.preparations`; any row can be
switched off by its name. Start reading at `REPAIRS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from aligner.languages.french_english.hours import with_exact_times
from aligner.languages.french_english.names import with_names
from aligner.languages.french_english.ordinals import with_ordinals, with_repeated_numbers
from aligner.languages.french_english.separators import english_amount, with_english_separators
from aligner.languages.french_english.spelling import english_article
from aligner.languages.into_english import (
    english_number,
    small_clause,
    with_colon,
    with_number_sign,
    with_quotes,
    without_foreign_spaces,
)
from aligner.languages.marks import marker_end
from aligner.translation.protect.fold import capitalised, respell
from aligner.translation.protect.preparations import Prepared
from aligner.translation.protect.stretches import protected_stretches
from aligner.translation.protect.superscripts import with_note, with_superscripts

_ENDS, _INSIDE, _PARTING = ".!?…", frozenset(",;:"), frozenset(";:")
"""What a sentence ends with, what a clause may end with, and what is no less needed in another language."""
_LOOKED_AT = 80
"""Characters in which a protected stretch at the beginning of a text is recognised."""


class Stage(StrEnum):
    """What a repair is given, and beside which source."""

    PART = "part"
    """What the model said for one part."""
    CLAUSE = "clause"
    """The same, where there are several that make one sentence."""
    COPIED = "copied"
    """A stretch that the model did not get; source and output are the same."""
    ALONE = "alone"
    """The same, where it is all of a text."""
    JOINED = "joined"
    """Parts put together again."""
    PASSAGE = "passage"
    """What was said for a passage, once it is whole."""
    TEXT = "text"
    """What was said for a passage, before those of a text are put together."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A row of the table."""

    name: str
    reason: str
    source: str
    said: str
    mended: str
    stage: Stage
    function: Callable[[Prepared, str], str]
    some_languages: bool = False
    """Only for languages, or pairs of them, whose data names it."""


def _of_output(function: Callable[[str], str]) -> Callable[[Prepared, str], str]:
    """A repair that looks at the output alone."""
    return lambda _, output: function(output)


def _with_source(function: Callable[[str, str], str]) -> Callable[[Prepared, str], str]:
    """A repair that compares the output with the source text."""
    return lambda source, output: function(source.text, output)


def _clause_end(source: str, output: str) -> str:
    """An output without the full stop that only a sentence has, and with the semicolon of its clause."""
    # A colon or semicolon holds the clauses of a sentence together; a comma English may do without.
    mark = source[-1:] if source[-1:] in _INSIDE else ""
    if (output[-1:] in _ENDS and source[-1:] not in _ENDS) or (mark in _PARTING and output[-1:] not in _INSIDE):
        return output.rstrip(_ENDS).rstrip() + mark
    return output


def _capital(source: Prepared, output: str) -> str:
    """A capital where the source has one, unless the first letter belongs to what must stay as it is."""
    start = marker_end(output)
    first = next((i for i in range(start, len(output)) if output[i].isalpha()), 0)
    beginning = protected_stretches(output[: first + _LOOKED_AT], str.isprintable) if source.opens else []
    is_protected = any(begin <= first < end for begin, end in beginning)
    return output[:start] + capitalised(output[start:]) if source.opens and not is_protected else output


REPAIRS = (
    Repair(
        "superscripts",
        "models write raised and lowered digits as plain ones",
        "10 m² de CO₂",
        "10 m2 of CO2",
        "10 m² of CO₂",
        Stage.PART,
        _with_source(with_superscripts),
    ),
    Repair(
        "times",
        "models add zeros to a time with a colon",
        "de 9:00 à 17:00",
        "from 9:000 to 17:00",
        "from 9:00 to 17:00",
        Stage.PART,
        _with_source(with_exact_times),
    ),
    Repair(
        "number-sign",
        "models copy the sign of a number",
        "délibération n° 45",
        "decision N° 45",
        "decision No. 45",
        Stage.PART,
        _of_output(with_number_sign),
        some_languages=True,
    ),
    # Each clause of a long sentence goes to the model alone.
    Repair(
        "clause-end",
        "models end a clause with a full stop",
        "le plan ;",
        "the plan.",
        "the plan;",
        Stage.CLAUSE,
        _with_source(_clause_end),
    ),
    Repair(
        "clause-capital",
        "models begin a clause with a capital",
        "il vient",
        "He comes",
        "he comes",
        Stage.CLAUSE,
        _with_source(small_clause),
        some_languages=True,
    ),
    Repair(
        "numbers-alone",
        "a number that stands alone is not translated",
        "1 234,5",
        "1 234,5",
        "1,234.5",
        Stage.COPIED,
        _of_output(english_number),
        some_languages=True,
    ),
    Repair(
        "amounts-alone",
        "an amount that is all of a text, as in a cell, is not translated",
        "12,50 €",
        "12,50 €",
        "€12.50",
        Stage.ALONE,
        _of_output(english_amount),
        some_languages=True,
    ),
    Repair(
        "article-alone",
        "the number of an article, alone, is the same in English",
        "Article 1er :",
        "Article 1er :",
        "Article 1:",
        Stage.ALONE,
        _of_output(english_article),
        some_languages=True,
    ),
    Repair(
        "letters",
        "words that were spelled without their letters get them back",
        "Slavoj Žižek",
        "Slavoj Zizek",
        "Slavoj Žižek",
        Stage.JOINED,
        lambda source, output: respell(output, source.proper),
    ),
    Repair(
        "footnote",
        "the mark goes back behind the last word",
        "Il vient¹.",
        "He comes.",
        "He comes¹.",
        Stage.JOINED,
        lambda source, output: with_note(output, source.note),
    ),
    Repair(
        "spacing",
        "English has no space before its punctuation",
        "Pourquoi ?",
        "Why ?",
        "Why?",
        Stage.JOINED,
        lambda _, output: without_foreign_spaces(output, lambda: protected_stretches(output, str.isprintable)),
        some_languages=True,
    ),
    Repair(
        "capital",
        "models begin with a small letter after a mark or a heading",
        "Document sur la paix",
        "document on peace",
        "Document on peace",
        Stage.JOINED,
        _capital,
    ),
    Repair(
        "heading",
        "a heading in capitals was read as a sentence",
        "LA SÉCURITÉ MONDIALE",
        "Global security",
        "GLOBAL SECURITY",
        Stage.JOINED,
        lambda source, output: output.upper() if source.capitals else output,
    ),
    # Before: 93 of 7,750 renderings had single marks, 49 a space behind the opening one.
    Repair(
        "quotes",
        "models know two kinds of quotation marks, and French spaces in them",
        "le « non »",
        "the ' no'",
        'the "no"',
        Stage.PASSAGE,
        _with_source(with_quotes),
        some_languages=True,
    ),
    Repair(
        "separators",
        "models mix up separators of numbers",
        "12,5 %, soit 1 234 567,80 €",
        "12,5%, i.e. €1 234 567.80",
        "12.5%, i.e. €1,234,567.80",
        Stage.PASSAGE,
        _with_source(with_english_separators),
        some_languages=True,
    ),
    Repair(
        "ordinals",
        "small models get large ordinals wrong",
        "À sa soixante-dix-neuvième session",
        "At its sixty-ninth session",
        "At its seventy-ninth session",
        Stage.PASSAGE,
        _with_source(with_ordinals),
        some_languages=True,
    ),
    # One wrote "whose seat is €8" for a house in a street.
    Repair(
        "bis",
        "models read bis and ter as letters, ordinals or money",
        "au 8 bis, rue Basse",
        "at €8, Rue Basse",
        "at 8 bis, Rue Basse",
        Stage.PASSAGE,
        _with_source(with_repeated_numbers),
        some_languages=True,
    ),
    # Of 71 renderings that it changed people's have the restored name in 43, the replaced one in none (decision 40).
    Repair(
        "names",
        "models misspell names and initials that they never saw",
        "Il a vu Sirojiddin Muhriddin à Moscou.",
        "He saw Sirojiddin Muhridin in Moscow.",
        "He saw Sirojiddin Muhriddin in Moscow.",
        Stage.PASSAGE,
        _with_source(with_names),
        some_languages=True,
    ),
    # *Tél. :* and *SIRET :* lost their colon, and the number after them got commas.
    Repair(
        "colon",
        "models end an introduction, or an item of a list, with a full stop",
        "Il a dit :",
        "He said.",
        "He said:",
        Stage.TEXT,
        _with_source(with_colon),
        some_languages=True,
    ),
)
"""In this order within a stage."""
