"""Changed copies of pairs, for what the documents to be translated hold and the training text hardly does.

Headings in capitals, lines without a full stop, French typed in haste, names never seen, terms that are in
English already, rare nouns in a sentence, reported speech, measures in the infinitive, two nations.
Each kind has its share in the configuration; the choice follows from the seed. Start reading at `augment`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from aligner.languages.words import unaccented
from training.config import Augmentation
from training.corpus import Pair
from training.nouns import find_terms, swap_noun
from training.reported import report
from training.speakers import two_nations
from training.switch import switch_phrases

HEADING_WORDS = 14
"""Longer lines are not headings."""
NUMBERED = 0.1
"""Share of the measures that have a number."""
_SUBJECT = r"[^,;:.!?]{2,60}? "
_DEMAND_FRENCH = re.compile(
    _SUBJECT + r"(?:faut|doi(?:s|t|vent)|devons|devr(?:ait|aient|ions)|convient de|convient d(?='))(?: donc| aussi|"
    r" également| [a-zéè]+ment)?[ '](?!être|avoir)([a-zàéêô]+(?:er|ir|re) .{6,200}\.)"
)
_DEMAND_ENGLISH = re.compile(
    _SUBJECT + r"(?:must|should|ought to|ha(?:s|ve) to|needs? to|(?:necessary|important|essential) to)"
    r"(?: also| therefore| [a-z]+ly)? (?!be |not |have |also )([a-z]+ .{6,220}\.)"
)
_BILATERAL = re.compile(r"\bbilatér(ale?s?|aux)\b")
_NAME = re.compile(r"(?<=[\w,.] )[A-ZÉÈÀÇÎÔ][\w'’-]{3,}\b(?! [A-Z])")
_LONG_WORD = re.compile(r"[a-zà-ÿœ]{5,}")
_SPACE = re.compile(r"[ \u00a0\u202f](?=[:;?!»])|(?<=«)[ \u00a0\u202f]")

Change = Callable[[Pair], Pair | None]


def augment(pairs: Sequence[Pair], options: Augmentation, seed: int) -> Iterator[Pair]:
    """Yield the changed copies alone; pairs that a change does not fit are passed over."""
    chance = random.Random(seed)  # noqa: S311 (a reproducible choice, no secret)
    pool = names(pairs) if options.names or options.reported else []
    terms = find_terms(pairs, options.terms) if options.nouns else []
    changes: list[tuple[float, Change]] = [
        (options.capitals, capitals),
        (options.no_stop, without_stop),
        (options.lower_source, lower_source),
        (options.spacing, tight_spacing),
        (options.slips, lambda pair: mistyped(pair, chance)),
        (options.names if pool else 0.0, lambda pair: swap_name(pair, chance.choice(pool))),
        (options.phrases, lambda pair: switch_phrases(pair, chance)),
        (options.measures, lambda pair: measure(pair, chance)),
        (options.nations, lambda pair: swap_bilateral(pair, chance)),
        (options.reported, lambda pair: report(pair, pool, chance)),
        (options.nouns if terms else 0.0, lambda pair: swap_noun(pair, chance.choice(terms), chance)),
    ]
    for pair in pairs:
        for share, change in changes:
            if share and chance.random() < share and (changed := change(pair)) is not None:
                yield changed


def capitals(pair: Pair) -> Pair | None:
    """Make a short pair a heading in capitals.

    >>> capitals(Pair("", "La paix.", "Peace.")).english
    'PEACE.'
    """
    if pair.french.count(" ") >= HEADING_WORDS:
        return None
    return Pair(pair.corpus, pair.french.upper(), pair.english.upper())


def without_stop(pair: Pair) -> Pair | None:
    """Take the full stop off both sides of a short pair; None where either has none."""
    short = pair.french.count(" ") < 2 * HEADING_WORDS
    if not short or not (pair.french.endswith(".") and pair.english.endswith(".")):
        return None
    return Pair(pair.corpus, pair.french.rstrip(". "), pair.english.rstrip(". "))


def lower_source(pair: Pair) -> Pair | None:
    """Write the French without capitals; the English stays as it is."""
    return Pair(pair.corpus, pair.french.lower(), pair.english)


def tight_spacing(pair: Pair) -> Pair | None:
    """Drop the spaces of French punctuation; None where there are none.

    >>> tight_spacing(Pair("", "Quoi ? « Rien » !", "What?")).french
    'Quoi? «Rien»!'
    """
    french = _SPACE.sub("", pair.french)
    return None if french == pair.french else Pair(pair.corpus, french, pair.english)


def mistyped(pair: Pair, chance: random.Random) -> Pair | None:
    """Write the French as people do in haste: without accents, or with a letter lost, doubled or out of place.

    >>> mistyped(Pair("", "Le siècle a été long.", "It was a long century."), random.Random(1)).french
    'Le siecle a ete long.'
    """
    french = pair.french
    if chance.random() < 0.5:
        french = unaccented(french)
    elif words := list(_LONG_WORD.finditer(french)):
        word = chance.choice(words)
        # The first letter is the one that people get right.
        at = chance.randrange(word.start() + 1, word.end() - 1)
        one, other = french[at], french[at + 1]
        french = french[:at] + chance.choice((other, one + one + other, other + one)) + french[at + 2 :]
    return None if french == pair.french else Pair(pair.corpus, french, pair.english)


def measure(pair: Pair, chance: random.Random) -> Pair | None:
    """Make a demand an item of a plan, with a number now and then; None where neither side is a demand.

    >>> pair = Pair("", "Nous devons renforcer le dialogue.", "We must strengthen dialogue.")
    >>> measure(pair, random.Random(1))
    Pair(corpus='', french='Renforcer le dialogue.', english='Strengthen dialogue.')
    """
    french, english = _DEMAND_FRENCH.fullmatch(pair.french), _DEMAND_ENGLISH.fullmatch(pair.english)
    if not french or not english:
        return None
    number = f"{chance.randint(1, 30)}. " if chance.random() < NUMBERED else ""
    return Pair(pair.corpus, *(f"{number}{side[1][0].upper()}{side[1][1:]}" for side in (french, english)))


def swap_bilateral(pair: Pair, chance: random.Random) -> Pair | None:
    """Say which two nations something bilateral is between; None where nothing is.

    >>> pair = Pair("", "Les accords bilatéraux tiennent.", "The bilateral agreements hold.")
    >>> swap_bilateral(pair, random.Random(3)).french
    'Les accords anglo-algériens tiennent.'
    """
    found = _BILATERAL.findall(pair.french)
    if len(found) != 1 or pair.english.count("bilateral ") != 1:
        return None
    french, english = two_nations(found[0], chance)
    return Pair(pair.corpus, _BILATERAL.sub(french, pair.french), pair.english.replace("bilateral ", f"{english} "))


def names(pairs: Sequence[Pair]) -> list[str]:
    """List the names that some pair spells alike on both sides, in order of the alphabet."""
    return sorted({name for pair in pairs if (name := shared_name(pair))})


def shared_name(pair: Pair) -> str | None:
    """Find the one capitalised word inside the French sentence that stands once on either side."""
    for name in _NAME.findall(pair.french):
        if pair.french.count(name) == 1 == pair.english.count(name):
            return str(name)
    return None


def swap_name(pair: Pair, other: str) -> Pair | None:
    """Put another name in the place of the shared one; None where there is none.

    >>> swap_name(Pair("", "Hier, Kamilov a parlé.", "Kamilov spoke yesterday."), "Jaishankar").english
    'Jaishankar spoke yesterday.'
    """
    name = shared_name(pair)
    if name is None or name == other:
        return None
    return Pair(pair.corpus, pair.french.replace(name, other), pair.english.replace(name, other))
