"""Names as the source writes them: a model that never saw one makes letters up, *Muhriddin* becomes *Muhridin*.

A capitalised word that English texts do not have is taken for such a name, if a capitalised word of the French is much
like it and stands nowhere in the rendering; then that one takes its place. Not so French words that only French texts
have (*Crimée*, *Azéris*): English has words of its own for them, and the name of neither is right.
Initials with a letter too many or too few (*BUBS* for *UBS*) go the same way; others are translated (*AIEA*, *IAEA*),
and those have as many letters or nothing in common.

Which words texts have is in ``data/capitalised.txt.xz``, counted in parallel text by ``python -m training names``.
Start reading at `with_names`.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import pairwise

from aligner.languages.words import fold, right_before

FILE = files("aligner.languages") / "data" / "capitalised.txt.xz"
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<![^\W_])[A-Z]{3,}(?![^\W_])")
_OPENS = re.compile(r"(?:\A|[.!?:;…•–—-]|[«“\"(\[])[\s«“\"'(\[]*\Z")
_NO_SURNAME = re.compile(r"(?:ales?|aux|iques?|ien(?:ne)?s?|aires?|ez|eux|euses?|elles?|ifs?|ives?|ée?s?|antes?)\Z")
"""Endings of French adjectives."""
_ARTICLE = re.compile(r"(?:\b(?:les?|la|des?|du|aux?|une?)\s|['’])\Z")
_SHORTEST = 3
_STRAY_LETTERS = 2
"""Letters more or fewer that initials are known with."""
_ALIKE, _ALIKE_BESIDE = 0.7, 0.3
"""How much of two words must agree, 0 to 1: enough for *Harappathe* and *Harappa*, too much for two names; and how much
after the same word, as in *Sergueï Choidan* for *Sergueï Choïgou*."""


@dataclass(frozen=True, slots=True)
class Capitalised:
    """Words, folded, that texts have with a capital inside sentences."""

    french: frozenset[str]
    english: frozenset[str]


@cache
def known_words() -> Capitalised:
    """The words that come with aligner."""
    french, english = lzma.decompress(FILE.read_bytes()).decode("utf-8").split("\n\n")
    return Capitalised(frozenset(french.split()), frozenset(english.split()))


def with_names(source: str, target: str) -> str:
    """Give the names and initials of a French source their letters back in its English rendering.

    >>> with_names("Il a vu Sirojiddin Muhriddin à Moscou.", "He saw Sirojiddin Muhridin in Moscow.")
    'He saw Sirojiddin Muhriddin in Moscow.'
    >>> with_names("L'AIEA a aidé l'UBS.", "The IAEA helped the BUBS.")
    'The IAEA helped the UBS.'
    """
    target = _with_surnames(source, _with_initials(source, target))
    here, there = set(_WORD.findall(source)), set(_WORD.findall(target))
    made_up = sorted(word for word in there - here if _is_name(word) and fold(word) not in known_words().english)
    # Where nothing was made up, as in most renderings, nothing that is lost could be put in its place.
    lost = {name for name in _names(source) if name not in there} if made_up else set()
    if not lost:
        return target
    before = _predecessors(source)
    for word in made_up * 2:  # once more, for a name put right is a neighbour of the next
        neighbours = _predecessors(target)[word]
        beside = {name for name in lost if before[name] & neighbours}
        name = _likest(word, beside, _ALIKE_BESIDE) or _likest(word, lost, _ALIKE)
        # A word that French texts have and English ones do not has an English form (*Crimée*): it is not put in.
        if name and (fold(name) in known_words().english or fold(name) not in known_words().french):
            target = re.sub(rf"\b{word}\b", name, target)
    return target


def _with_surnames(source: str, target: str) -> str:
    """Put a surname that no text has back behind its given name, which stands alone in the target.

    >>> _with_surnames("Nikolaï Patrouchev, secrétaire, parle.", "Nikolai, the Secretary, speaks.")
    'Nikolai Patrouchev, the Secretary, speaks.'
    """
    found = list(_WORD.finditer(source))
    for given, name in pairwise(found):
        if not (_is_name(given[0]) and _is_name(name[0]) and source[given.end() : name.start()] == " "):
            continue
        # Of an adjective (*la Force Aérienne*) English has a word of its own.
        is_noun = _NO_SURNAME.search(name[0]) or _ARTICLE.search(right_before(source, given.start()))
        if is_noun or fold(name[0]) in known_words().french:
            continue
        there = list(_WORD.finditer(target))
        same = [word for word in there if fold(word[0]) == fold(given[0])]
        if (
            len(same) != 1
            or not same[0][0][0].isupper()
            or any(_likeness(name[0], word[0]) >= _ALIKE for word in there)
        ):
            continue
        end = same[0].end()
        if not target[end:].lstrip(" -(")[:1].isupper():
            target = f"{target[:end]} {name[0]}{target[end:]}"
    return target


def _likeness(name: str, word: str) -> float:
    """How much of a name and a word agrees, 0 to 1, accents and capitals aside."""
    return SequenceMatcher(None, fold(name), fold(word)).ratio()


def _with_initials(source: str, target: str) -> str:
    """Put the initials of the source in the place of such as have a letter too many or too few."""
    there = set(_INITIALS.findall(target))
    lost = set(_INITIALS.findall(source)) - there if there else set()
    for word in sorted(there) if lost else ():
        if word in source or fold(word) in known_words().english:
            continue
        likely = [each for each in lost if _is_stray(word, each) or _is_stray(each, word)]
        if len(likely) == 1:
            target = re.sub(rf"\b{word}\b", likely[0], target)
    return target


def _is_stray(longer: str, shorter: str) -> bool:
    """Whether a few letters have strayed into initials.

    >>> _is_stray("BUBS", "UBS"), _is_stray("IAEA", "AIEA"), _is_stray("NATO", "ONU")
    (True, False, False)
    """
    letters = iter(longer)
    return 0 < len(longer) - len(shorter) <= _STRAY_LETTERS and all(letter in letters for letter in shorter)


def _names(text: str) -> Iterator[str]:
    """Capitalised words, at the beginning of a sentence only those before another one."""
    found = list(_WORD.finditer(text))
    for number, word in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else word
        follows = _is_name(after[0]) and text[word.end() : after.start()] in (" ", "-")
        if _is_name(word[0]) and (follows or not _OPENS.search(text[max(0, word.start() - 8) : word.start()])):
            yield word[0]


def _predecessors(text: str) -> dict[str, set[str]]:
    """For each capitalised word those right before it, folded: of *Jean Dupont* it is *jean* before *Dupont*."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairwise(_WORD.findall(text)):
        if _is_name(one) and _is_name(other):
            found[other].add(fold(one))
    return found


def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper() and word[1:].islower()


def _likest(word: str, names: set[str], least: float) -> str:
    """The name that is most like a word, empty when none is like it enough, or when they differ in accents alone."""
    alike = [(_likeness(name, word), name) for name in names if fold(name)[0] == fold(word)[0]]
    likeness, name = max(alike, default=(0.0, ""))
    return name if least <= likeness < 1 else ""
