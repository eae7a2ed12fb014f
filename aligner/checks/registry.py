"""The table of checks. A code never changes its meaning; new checks get new codes.

    1xx presence and language   2xx figures   3xx names   4xx repetition   5xx punctuation   6xx consistency   7xx terms

Start reading at `CHECKS`; `selected` takes what ``--only`` and ``--skip`` name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aligner.checks.amounts import amounts
from aligner.checks.consistency import Inconsistent, Merged
from aligner.checks.dates import dates, times
from aligner.checks.findings import Check, plain, remembering
from aligner.checks.language import language, leftover
from aligner.checks.lists import lists
from aligner.checks.markup import encoding, markup
from aligner.checks.names import acronyms, addresses, names
from aligner.checks.numbers import numbers
from aligner.checks.ordinals import ordinals
from aligner.checks.presence import added, empty, identical, length, unrelated
from aligner.checks.references import references
from aligner.checks.repetition import doubled, echoed, loop
from aligner.checks.signs import signs
from aligner.checks.terms import glossary
from aligner.checks.typography import brackets, ending, figures, guillemets, quotes, spacing
from aligner.checks.units import units
from aligner.errors import InputError
from aligner.terms.glossary import NO_TERMS, Glossary

GLOSSARY = "W701"

_TABLE = (
    plain("E101", empty, any_languages=True),
    plain("E102", identical, any_languages=True),
    plain("E103", language),
    plain("W104", leftover),
    plain("W105", length),
    plain("W106", added, any_languages=True),
    plain("W107", unrelated),
    plain("E201", numbers),
    plain("E202", dates),
    plain("W203", times),
    plain("W204", ordinals),
    plain("W205", amounts),
    plain("W206", signs),
    plain("W207", units),
    plain("W208", references),
    plain("W209", lists),
    plain("W301", names),
    plain("W302", acronyms),
    plain("E303", addresses, any_languages=True),
    plain("E304", markup, any_languages=True),
    plain("E305", encoding, any_languages=True),
    plain("W401", doubled, any_languages=True),
    plain("E402", loop, any_languages=True),
    plain("W403", echoed, any_languages=True),
    plain("W501", brackets, any_languages=True),
    plain("W502", quotes, reads_around=True),
    plain("W503", guillemets),
    plain("W504", spacing),
    plain("W505", ending, any_languages=True),
    plain("W506", figures),
    remembering("W601", Inconsistent, any_languages=True),
    remembering("W602", Merged, any_languages=True),
)

CHECKS: Mapping[str, Check] = {check.code: check for check in _TABLE}
"""The checks by code, in order."""


def selected(only: Sequence[str] = (), skip: Sequence[str] = (), *, terms: Glossary = NO_TERMS) -> tuple[Check, ...]:
    """The checks that `only` names (all without it) less those that `skip` names, by code, group (``E2``) or name.

    Raises InputError for a word that names none, and where only the check of a glossary is left, but there is none.

    >>> [check.code for check in selected(["W6", "empty"], ["merged"])]
    ['E101', 'W601']
    """
    # The check of the user's own terms exists only with a glossary; its name is known without one, too.
    doc = "A term of the glossary has none of its translations in the target, or a forbidden one."
    doc += "\n\nExample: aligneur → alignment tool"
    every = (*CHECKS.values(), Check(GLOSSARY, "glossary", glossary(terms), doc, any_languages=True))
    for word in (*only, *skip):
        if not any(_is_named(check, word) for check in every):
            raise InputError(f"there is no check '{word}'", hint="see `aligner check --list`")
    known = every if terms else every[:-1]
    wanted = [check for check in known if not only or any(_is_named(check, word) for word in only)]
    if not wanted:
        raise InputError(f"{GLOSSARY} needs a glossary", hint="name one with --glossary, or make glossary.tsv")
    return tuple(check for check in wanted if not any(_is_named(check, word) for word in skip))


def _is_named(check: Check, word: str) -> bool:
    return bool(word) and (check.code.startswith(word.upper()) or check.name == word.lower())
